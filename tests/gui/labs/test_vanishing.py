"""The lab on vanishing and exploding gradients, with the mouse and the keys."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QSlider, QToolButton

from nnviz.core.labs.signal_sizes import batch, unit_draws
from nnviz.gui.labs.vanishing_canvas import factor_text, power_text
from nnviz.gui.style import colours
from tests.gui.labs.conftest import Opener


@pytest.fixture
def page(open_lab: Opener) -> Any:
    page = open_lab("vanishing_lab").page
    assert page is not None
    return page


def said(page: Any) -> str:
    label = page.findChild(QLabel, "lab_happened")
    assert label is not None
    return str(label.text())


def place(lab: Any, layer: int, chart: int = 0) -> QPoint:
    axes = lab.canvas.charts()[chart]
    return QPoint(round(axes.x(layer)), round(axes.box.center().y()))


def test_the_numbers_are_torchs(page: Any) -> None:
    lab = page.lab
    lab.apply(lab.settings.replace(activation="tanh", initialisation="Xavier", depth=9, units=32))
    inputs, gradient = batch(32, 0)
    a = torch.tensor(inputs)
    zs = []
    for weights in unit_draws("normal", 32, 9, 0):
        z = a @ torch.tensor(weights / 32**0.5).requires_grad_()
        z.retain_grad()
        a = torch.tanh(z)
        zs.append(z)
    a.backward(torch.tensor(gradient))
    wanted = [float(z.grad.pow(2).mean().sqrt()) for z in zs]  # type: ignore[union-attr]
    np.testing.assert_allclose(lab.passes.delta_sizes, wanted, rtol=1e-9)
    assert lab.passes.a_sizes[-1] == pytest.approx(float(a.detach().pow(2).mean().sqrt()), rel=1e-9)


def test_a_layer_is_looked_at_with_mouse_and_keys(page: Any) -> None:
    lab, canvas = page.lab, page.lab.canvas
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=place(lab, 7))
    assert lab.layer == 7
    assert said(page).startswith("Layer 7: activations")
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=place(lab, 3, 1))
    QTest.mouseMove(canvas, place(lab, 5, 1))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=place(lab, 5, 1))
    assert lab.layer == 5
    QTest.keyClick(canvas, Qt.Key.Key_Up)
    QTest.keyClick(canvas, Qt.Key.Key_PageUp)
    assert lab.layer == 11
    for _ in range(5):
        QTest.keyClick(canvas, Qt.Key.Key_PageUp)
    assert lab.layer == 20
    for _ in range(30):
        QTest.keyClick(canvas, Qt.Key.Key_Down)
    assert lab.layer == 0
    assert "The inputs" in said(page)


def test_steps_go_forwards_and_backwards_with_the_numbers(page: Any) -> None:
    lab = page.lab
    step = page.findChild(QToolButton, "lab_step")
    for layer in range(1, 4):
        QTest.mouseClick(step, Qt.MouseButton.LeftButton)
        assert f"Layer {layer}, forwards" in said(page)
        assert lab.layer == layer
    assert f"{lab.passes.a_sizes[3]:.2g}" in said(page)
    stride = page.findChild(QComboBox, "lab_stride")
    stride.setCurrentIndex(stride.findData("pass"))
    QTest.mouseClick(step, Qt.MouseButton.LeftButton)
    assert "in 20 layers: the signal <b>vanishes</b>" in said(page)
    stride.setCurrentIndex(stride.findData("layer"))
    QTest.mouseClick(step, Qt.MouseButton.LeftButton)
    assert "Layer 20, backwards" in said(page)
    stride.setCurrentIndex(stride.findData("pass"))
    QTest.mouseClick(step, Qt.MouseButton.LeftButton)
    assert "Layer 1, backwards" in said(page)
    assert "the gradient <b>vanishes</b>" in said(page)
    assert not lab.can_advance()
    QTest.mouseClick(page.findChild(QToolButton, "lab_back"), Qt.MouseButton.LeftButton)
    assert lab.position() == "Forwards: layer 20 of 20"


@pytest.mark.parametrize(
    ("changes", "forwards", "backwards"),
    [
        ({"activation": "ReLU", "initialisation": "He", "units": 80}, "keeps its size", "keeps its size"),
        ({"activation": "ReLU", "initialisation": "Xavier", "depth": 30}, "vanishes", "vanishes"),
        ({"activation": "ReLU", "initialisation": "He", "scale": 2.0}, "explodes", "explodes"),
        ({"activation": "sigmoid", "initialisation": "Xavier"}, "keeps its size", "vanishes"),
        ({"activation": "tanh", "initialisation": "Xavier", "units": 80}, "keeps its size", "keeps its size"),
        ({"activation": "tanh", "initialisation": "normal", "standard_deviation": 0.5}, "keeps its size", "explodes"),
        ({"activation": "linear", "initialisation": "uniform by fan-in"}, "vanishes", "vanishes"),
    ],
)
def test_what_becomes_of_signal_and_gradient(page: Any, changes: dict[str, Any], forwards: str, backwards: str) -> None:
    lab = page.lab
    lab.apply(lab.settings.replace(**changes))
    assert f"Forwards the signal <b>{forwards}</b>" in lab.happened()
    assert f"the gradient <b>{backwards}</b>" in lab.happened()


def test_samples_that_become_alike_are_noticed(page: Any) -> None:
    lab = page.lab
    lab.apply(lab.settings.replace(activation="sigmoid", initialisation="Xavier"))
    assert "all samples look nearly the same" in lab.happened()
    lab.apply(lab.settings.replace(initialisation="normal", standard_deviation=1.0))
    assert "saturated" in lab.happened()


def test_dragging_the_scale_changes_the_picture_at_once(page: Any) -> None:
    lab = page.lab
    slider = page.findChild(QSlider, "lab_slider_scale")
    slider.setFocus()
    before, image = lab.passes.a_sizes.copy(), lab.canvas.grab().toImage()
    for _ in range(5):
        QTest.keyClick(slider, Qt.Key.Key_Right)
    assert lab.settings.scale > 1
    np.testing.assert_allclose(lab.passes.a_sizes, before * lab.settings.scale ** np.arange(21), rtol=1e-9)
    assert lab.canvas.grab().toImage() != image


def test_a_second_initialisation_stays_where_it_is_while_the_scale_moves(page: Any) -> None:
    lab = page.lab
    green = colours.class_colour(lab.theme, 2)

    def greens() -> int:
        image = lab.canvas.grab().toImage()
        return sum(image.pixelColor(x, y) == green for x in range(0, image.width(), 2) for y in range(image.height()))

    assert greens() == 0
    box = page.findChild(QComboBox, "lab_field_compare_with")
    box.setCurrentIndex(box.findText("He"))
    assert lab.settings.compare_with == "He"
    assert greens() > 100
    known = lab.other
    lab.apply(lab.settings.replace(scale=3.0))
    assert lab.other is known
    lab.apply(lab.settings.replace(depth=7))
    assert len(lab.other.a_sizes) == 8
    lab.set_seed(3)
    assert lab.other is not known


@pytest.mark.parametrize("depth", [2, 3, 20, 37, 50])
@pytest.mark.parametrize("scale", [0.1, 1.0, 10.0])
def test_every_layer_is_within_the_picture(page: Any, depth: int, scale: float) -> None:
    lab = page.lab
    lab.apply(lab.settings.replace(depth=depth, scale=scale, compare_with="Xavier"))
    low, high = lab.canvas.decades()
    for part in (lab.passes.a_sizes, lab.passes.delta_sizes, lab.other.a_sizes):
        powers = np.log10(part[part > 0])
        assert low <= powers.min()
        assert powers.max() <= high
    shown = lab.canvas.shown_layers()
    assert shown[0] == 0
    assert len(shown) >= 2
    assert shown[-1] <= depth
    for layer in (0, depth):
        QTest.mouseClick(lab.canvas, Qt.MouseButton.LeftButton, pos=place(lab, layer))
        assert lab.layer == layer


def test_histograms_count_everything(page: Any) -> None:
    lab = page.lab
    lab.apply(lab.settings.replace(scale=10.0))
    for layer in (0, 5, 20):
        counts = lab.histogram(layer)
        assert counts.sum() == lab.passes.a[layer].size
    outside = int((lab.passes.a[20] > 3).sum())
    assert outside > 0
    assert lab.histogram(20)[-1] >= outside


def test_powers_of_ten() -> None:
    assert power_text(0) == "1"
    assert power_text(-4) == "10⁻⁴"
    assert power_text(12) == "10¹²"


def test_factors_around_one_are_written_alike() -> None:
    assert [factor_text(value) for value in (0.99999, 1.0, 1.001)] == ["1.0"] * 3
    assert factor_text(0.566) == "0.57"
    assert factor_text(0.0) == "0"
