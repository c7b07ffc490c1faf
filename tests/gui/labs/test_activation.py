"""The lab on activation functions, with the mouse and the keys."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox

from nnviz.core.labs.activation_curves import CURVES
from nnviz.core.labs.state import LabStateError
from nnviz.gui.style import colours
from tests.gui.labs.conftest import Opener


@pytest.fixture
def lab(open_lab: Opener) -> Any:
    page = open_lab("activation_lab").page
    assert page is not None
    return page.lab


def place(lab: Any, x: float) -> QPoint:
    axes = lab.canvas.axes()
    return QPoint(round(axes.x(x)), round(axes.box.center().y()))


def test_the_point_is_dragged_and_every_number_follows(lab: Any) -> None:
    canvas = lab.canvas
    start = canvas.handle().toPoint()
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(canvas, place(lab, 2.0))
    QTest.mouseMove(canvas, place(lab, 3.0))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=place(lab, 3.0))
    assert lab.point == pytest.approx(3.0, abs=0.05)
    x = torch.tensor(lab.point, dtype=torch.float64, requires_grad=True)
    signal = x
    for _ in range(8):
        signal = torch.sigmoid(signal)
    signal.backward()
    assert lab.stack.a[-1] == pytest.approx(signal.item(), rel=1e-9)
    assert x.grad is not None
    assert lab.stack.gradient[0] == pytest.approx(x.grad.item(), rel=1e-9)
    assert canvas.handle().x() == pytest.approx(place(lab, lab.point).x(), abs=1)
    assert f"{torch.sigmoid(x).item():.3f}" in lab.happened()


def test_the_point_stays_in_the_plot(lab: Any) -> None:
    canvas = lab.canvas
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=canvas.handle().toPoint())
    QTest.mouseMove(canvas, QPoint(-500, 50))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(-500, 50))
    assert lab.point == -6.0
    for _ in range(15):
        QTest.keyClick(canvas, Qt.Key.Key_PageUp)
    assert lab.point == 6.0


def test_keys_move_the_point_and_undo_puts_it_back(open_lab: Opener) -> None:
    page = open_lab("activation_lab").page
    assert page is not None
    lab: Any = page.lab
    QTest.keyClick(lab.canvas, Qt.Key.Key_Up)
    assert lab.point == pytest.approx(1.1)
    QTest.keyClick(lab.canvas, Qt.Key.Key_Minus)
    assert lab.point == pytest.approx(1.0)
    QTest.keyClick(lab.canvas, Qt.Key.Key_PageDown)
    assert lab.point == pytest.approx(0.0)
    QTest.keyClick(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert lab.point == pytest.approx(1.0)


def test_steps_go_down_the_stack_and_back_up(lab: Any) -> None:
    for layer in range(1, 9):
        assert lab.advance("step")
        assert f"Layer {layer}, forwards" in lab.happened()
        assert lab.reached == (layer, 0)
    for layer in range(8, 0, -1):
        assert lab.advance("step")
        assert f"Layer {layer}, backwards" in lab.happened()
    assert not lab.advance("step")
    # The product of the slopes, by hand; the weight is 1.
    assert lab.stack.gradient[0] == pytest.approx(float(np.prod(lab.stack.slope)), rel=1e-12)


@pytest.mark.parametrize("name", CURVES)
def test_every_function_says_when_to_take_it_and_draws_its_curve(open_lab: Opener, name: str) -> None:
    page = open_lab("activation_lab").page
    assert page is not None
    lab: Any = page.lab
    box = page.findChild(QComboBox, "lab_field_function")
    assert box is not None
    box.setCurrentIndex(box.findText(name))
    box.activated.emit(box.currentIndex())
    assert lab.settings.function == name
    assert name in lab.what()
    lab.set_point(-4.0)
    image = lab.canvas.grab().toImage()
    axes = lab.canvas.axes()
    accent = lab.theme.colour("accent")
    # Somewhere around the curve at x = 2 there is its colour.
    at = axes.at(2.0, float(lab.curve.at(2.0, lab.knobs)[0])).toPoint()
    near = [image.pixelColor(at.x() + dx, at.y() + dy) for dx in range(-2, 3) for dy in range(-3, 4)]
    assert any(abs(c.hue() - accent.hue()) < 12 and c.saturation() > 60 for c in near)


def test_the_sigmoids_slope_is_said_to_be_at_most_a_quarter(lab: Any) -> None:
    assert "at most 0.25" in lab.what().replace("</b>", "").replace("<b>", "")


def test_a_second_function_has_a_colour_and_bars_of_its_own(lab: Any) -> None:
    lab.apply(lab.settings.replace(compare_with="nothing"))
    green = colours.class_colour(lab.theme, 2)

    def greens() -> int:
        image = lab.canvas.grab().toImage()
        return sum(
            image.pixelColor(x, y) == green for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)
        )

    assert greens() == 0
    lab.apply(lab.settings.replace(compare_with="ReLU"))
    assert greens() > 200
    lab.apply(lab.settings.replace(compare_with="sigmoid"))
    assert greens() == 0


def test_spread_inputs_meet_flat_slopes(lab: Any) -> None:
    assert lab.share_flat < 0.01
    lab.apply(lab.settings.replace(spread_of_inputs=5.0))
    # The share of a normal distribution beyond 2.887 / 5 = 0.5774 standard deviations is 56.4 %.
    assert lab.share_flat == pytest.approx(0.564, abs=0.005)


def test_a_point_beyond_the_plot_is_refused(lab: Any) -> None:
    state = lab.state()
    with pytest.raises(LabStateError):
        lab.take_state(type(state)(state.lab, state.settings, 0, 0, {"x": 99}))
    assert lab.point == 1.0
