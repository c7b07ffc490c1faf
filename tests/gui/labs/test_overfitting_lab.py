"""The lab on overfitting and regularisation, with the mouse and the keys."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QSlider, QToolButton
from pytestqt.qtbot import QtBot

from nnviz.core.labs.overfitting import METHODS, dropout_masks, logits
from nnviz.core.labs.state import LabState, LabStateError, state_from_text, state_to_text
from nnviz.gui.labs.network_strip import MOST_LINES, largest_weights
from nnviz.gui.labs.overfitting_canvas import thinned
from nnviz.gui.labs.tried import MOST_POINTS, Tried
from nnviz.gui.labs.workspace import LabsWorkspace
from nnviz.gui.style import colours
from nnviz.gui.window_context import WindowContext
from tests.gui.labs.conftest import Opener


@pytest.fixture
def page(open_lab: Opener) -> Any:
    page = open_lab("overfitting_lab").page
    assert page is not None
    return page


def said(page: Any) -> str:
    label = page.findChild(QLabel, "lab_happened")
    assert label is not None
    return str(label.text())


def press(page: Any, name: str) -> None:
    QTest.mouseClick(page.findChild(QToolButton, name), Qt.MouseButton.LeftButton)


def choose(page: Any, field: str, text: str) -> None:
    box = page.findChild(QComboBox, field)
    box.setCurrentIndex(box.findText(text))


def train(page: Any, hundreds: int) -> None:
    box = page.findChild(QComboBox, "lab_stride")
    box.setCurrentIndex(box.findData("hundred"))
    for _ in range(hundreds):
        press(page, "lab_step")


def test_it_overfits_and_says_so(page: Any) -> None:
    train(page, 3)
    training = page.lab.training
    assert training.step == 300
    best = int(np.argmin(training.validation_losses))
    assert "<b>overfits</b>" in said(page)
    assert f"at step {best}" in said(page)
    assert f"{training.losses[300]:.2g}" in said(page)
    assert page.lab.validation_loss == training.validation_losses[300]


@pytest.mark.parametrize("method", METHODS[1:])
def test_one_method_after_another_leaves_its_curve(page: Any, method: str) -> None:
    lab = page.lab
    train(page, 2)
    before = lab.training.validation_losses
    choose(page, "lab_field_method", method)
    assert lab.settings.method == method
    assert lab.step == 0
    (known,) = lab.tried
    assert (known.method, known.steps, known.kept) == ("none", 200, 200)
    assert known.loss == pytest.approx(before[200], rel=1e-4)
    assert known.curve[0] == pytest.approx(before[0], rel=1e-4)
    assert known.curve[50] == pytest.approx(before[100], rel=1e-4)
    np.testing.assert_array_equal(lab.training.points.x[:3], lab.training.points.x[:3])
    train(page, 2)
    assert lab.validation_loss < known.loss
    lab.canvas.grab()
    choose(page, "lab_field_method", "none")
    assert [entry.method for entry in lab.tried] == ["none", method]
    train(page, 1)
    # The same once more takes the earlier one's place.
    choose(page, "lab_field_method", "L2" if method != "L2" else "L1")
    assert [(entry.method, entry.steps) for entry in lab.tried][-1] == ("none", 100)
    assert [entry.method for entry in lab.tried].count("none") == 1


def test_other_points_forget_what_was_tried(page: Any) -> None:
    lab = page.lab
    for change in ({"noise": 0.3}, {"points": 30}, {"learning_rate": 0.01}):
        lab.advance("ten")
        lab.apply(lab.settings.replace(method="L2" if lab.settings.method == "none" else "none"))
        assert lab.tried
        lab.apply(lab.settings.replace(**change))
        assert lab.tried == []
    lab.advance("ten")
    lab.apply(lab.settings.replace(units=3))
    assert "40" in lab.tried[0].label(3)
    assert "40" not in lab.tried[0].label(40)
    lab.set_seed(2)
    assert lab.tried == []


def test_dropout_draws_the_network_of_the_step(page: Any) -> None:
    lab = page.lab
    choose(page, "lab_field_method", "dropout")
    assert lab.training.kept_units() is None
    whole = lab.canvas.grab().toImage()
    press(page, "lab_step")
    kept = lab.training.kept_units()
    np.testing.assert_array_equal(kept, dropout_masks(40, 0.5, 0, 0))
    assert f"{int(np.sum(kept))} were there" in said(page)
    assert lab.canvas.grab().toImage() != whole
    there = [np.ones(2, bool), *kept, np.ones(1, bool)]
    ends, values = largest_weights(lab.training.shown.weights, there)
    assert 0 < len(ends) <= 3 * MOST_LINES
    for (layer, start, end), value in zip(ends.tolist(), values.tolist(), strict=True):
        assert there[layer][start]
        assert there[layer + 1][end]
        assert lab.training.shown.weights.matrices()[layer][start, end] == value


def test_early_stopping_ends_by_itself_and_keeps_the_best(page: Any) -> None:
    lab = page.lab
    choose(page, "lab_field_method", "early stopping")
    train(page, 8)
    training = lab.training
    best = training.best_step()
    assert training.stopped
    assert lab.step == best + 100
    assert f"the weights of step {best} are kept" in said(page)
    assert not page.findChild(QToolButton, "lab_run").isEnabled()
    assert lab.validation_loss == min(training.validation_losses)
    lab.canvas.grab()
    press(page, "lab_back")
    assert not training.stopped
    assert page.findChild(QToolButton, "lab_run").isEnabled()


def test_l1_and_max_norm_say_what_they_did(page: Any) -> None:
    lab = page.lab
    choose(page, "lab_field_method", "L1")
    train(page, 4)
    assert lab.share_near_zero() > 0.5
    assert f"{100 * lab.share_near_zero():.0f}&nbsp;% of the weights" in said(page)
    choose(page, "lab_field_method", "max-norm")
    train(page, 1)
    assert lab.units_at_limit() > 40
    assert f"{lab.units_at_limit()} units are at the limit" in said(page)


def test_dragging_along_the_losses_goes_back_in_time(page: Any) -> None:
    lab, canvas = page.lab, page.lab.canvas
    seen = [lab.training.state.weights.line]
    for _ in range(100):
        lab.advance("step")
        seen.append(lab.training.state.weights.line)
    axes = canvas.chart()

    def place(step: int) -> QPoint:
        return QPoint(round(axes.x(step)), round(axes.box.center().y()))

    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=place(80))
    QTest.mouseMove(canvas, place(50))
    QTest.mouseMove(canvas, place(21))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=place(21))
    step = lab.step
    assert abs(step - 21) <= 1
    np.testing.assert_array_equal(lab.training.state.weights.line, seen[step])
    assert f"Step {step}:" in said(page)
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=place(100))
    assert lab.step == 100
    np.testing.assert_array_equal(lab.training.state.weights.line, seen[100])


def test_a_point_is_dragged_and_taken_back(page: Any) -> None:
    lab, canvas = page.lab, page.lab.canvas
    lab.advance("ten")
    before = lab.training.points.x.copy()
    start = canvas.place_of(4).toPoint()
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=start)
    np.testing.assert_array_equal(lab.training.points.x, before)
    assert lab.step == 10
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(canvas, start + QPoint(20, 10))
    QTest.mouseMove(canvas, start + QPoint(40, 20))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=start + QPoint(40, 20))
    moved = lab.training.points.x
    index = int(np.abs(moved - before).sum(axis=1).argmax())
    assert moved[index, 0] > before[index, 0] + 0.1
    assert moved[index, 1] < before[index, 1]
    assert (np.abs(moved - before).sum(axis=1) > 0).sum() == 1
    assert lab.step == 0
    assert "You moved a training point" in said(page)
    state = state_from_text(state_to_text(lab.state()))
    press(page, "lab_undo")
    np.testing.assert_array_equal(lab.training.points.x, before)
    assert lab.step == 10
    lab.take_state(state)
    np.testing.assert_array_equal(lab.training.points.x, moved)


def test_a_double_click_changes_the_class(page: Any) -> None:
    lab, canvas = page.lab, page.lab.canvas
    before = lab.training.points.y.copy()
    QTest.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=canvas.place_of(2).toPoint())
    assert (lab.training.points.y != before).sum() == 1
    assert "of the other class" in said(page)
    press(page, "lab_undo")
    np.testing.assert_array_equal(lab.training.points.y, before)


def test_points_are_chosen_and_moved_by_keyboard(page: Any) -> None:
    lab, canvas = page.lab, page.lab.canvas
    before = lab.training.points
    shift = Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(canvas, Qt.Key.Key_Right, shift)
    assert lab.training.points is before
    QTest.keyClick(canvas, Qt.Key.Key_Down)
    QTest.keyClick(canvas, Qt.Key.Key_Down)
    QTest.keyClick(canvas, Qt.Key.Key_Right, shift)
    QTest.keyClick(canvas, Qt.Key.Key_Up, shift)
    np.testing.assert_allclose(lab.training.points.x[1] - before.x[1], (0.05, 0.05), atol=0.001)
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    assert lab.training.points.y[1] != before.y[1]
    for _ in range(3):
        QTest.keyClick(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    np.testing.assert_array_equal(lab.training.points.x, before.x)


def test_the_boundary_is_painted_where_the_network_is_undecided(page: Any) -> None:
    lab, canvas = page.lab, page.lab.canvas
    train(page, 1)
    image = canvas.grab().toImage()
    axes = canvas.plane()
    orange, blue = colours.negative(lab.theme), colours.positive(lab.theme)
    found = []
    for x, y in ((-1.5, 0.95), (1.5, -0.95), (-0.9, 0.95), (1.2, 0.3)):
        at = axes.at(x, y).toPoint()
        colour = image.pixelColor(at)
        nearer_blue = abs(colour.hue() - blue.hue()) < abs(colour.hue() - orange.hue())
        value = float(logits(lab.training.shown.weights, np.array([[x, y]]))[0])
        if abs(value) > 1:
            assert nearer_blue == (value > 0)
            found.append(value > 0)
    assert len(set(found)) == 2


def test_many_steps_are_made_again_without_holding_the_window_up(
    qtbot: QtBot, context: WindowContext, open_lab: Opener
) -> None:
    workspace = open_lab("overfitting_lab")
    assert workspace.page is not None
    lab: Any = workspace.page.lab
    train(workspace.page, 8)
    line = lab.training.state.weights.line
    wanted = state_to_text(lab.state())
    workspace.show_gallery()
    again = LabsWorkspace(context)
    qtbot.addWidget(again)
    again.open_lab("overfitting_lab")
    assert again.page is not None
    other: Any = again.page.lab
    # The state is the whole one at once; the weights follow.
    assert state_to_text(other.state()) == wanted
    assert other.training.step < 800
    assert "are made again" in other.happened()
    qtbot.waitUntil(lambda: other.training.step == 800)
    np.testing.assert_array_equal(other.training.state.weights.line, line)
    assert "are made again" not in other.happened()
    again.close()


def test_a_step_while_steps_are_made_again_counts_from_the_end(page: Any) -> None:
    lab = page.lab
    lab.take_state(LabState("overfitting_lab", lab.settings.to_json(), 0, 700))
    assert lab.training.step < 700
    press(page, "lab_step")
    assert lab.step == lab.training.step == 701
    lab.take_state(LabState("overfitting_lab", lab.settings.to_json(), 0, 700))
    lab.go_to(3)
    assert lab.training.step == 3
    lab.take_state(LabState("overfitting_lab", lab.settings.to_json(), 0, 1_000_000))
    assert lab.step == 2000
    lab.left()


GOOD = {"method": "L2", "value": 0.01, "units": 40, "steps": 3, "kept": 3, "loss": 0.5, "curve": [0.7, 0.6, 0.5]}


@pytest.mark.parametrize(
    "content",
    [
        {"points": [[0.0, 0.0, 1.0]]},
        {"points": [[0.0, 0.0, 0.5]] * 24},
        {"points": "none"},
        {"tried": 3},
        {"tried": [1]},
        {"tried": [{**GOOD, "method": "magic"}]},
        {"tried": [{**GOOD, "curve": [0.1]}]},
        {"tried": [{**GOOD, "curve": [0.1, "x"]}]},
        {"tried": [{**GOOD, "curve": [0.1] * (MOST_POINTS + 1)}]},
        {"tried": [{key: value for key, value in GOOD.items() if key != "loss"}]},
        {"tried": [GOOD] * 7},
    ],
)
def test_damaged_content_gives_a_sentence_and_changes_nothing(page: Any, content: dict[str, Any]) -> None:
    lab = page.lab
    lab.advance("ten")
    lab.apply(lab.settings.replace(method="L2"))
    before = state_to_text(lab.state())
    with pytest.raises(LabStateError, match=r"\.$"):
        lab.take_state(LabState("overfitting_lab", lab.settings.to_json(), 0, 5, content))
    assert state_to_text(lab.state()) == before
    lab.take_state(LabState("overfitting_lab", lab.settings.to_json(), 0, 5, {"tried": [GOOD] * 6}))
    assert len(lab.tried) == 6
    lab.canvas.grab()


def test_curves_are_thinned_and_keep_their_ends() -> None:
    losses = [1 / (1 + step) for step in range(1501)]
    known = Tried.of("none", 0.0, 40, losses, 1500)
    assert len(known.curve) == MOST_POINTS
    assert known.curve[0] == 1.0
    assert known.curve[-1] == pytest.approx(losses[-1], rel=1e-4)
    assert thinned(0, 1000, 100)[[0, 1, -1]].tolist() == [0, 10, 1000]
    assert thinned(3, 9, 100).tolist() == [3, 4, 5, 6, 7, 8, 9]
    assert thinned(0, 15, 10).tolist()[-1] == 15


def test_it_runs_by_itself_and_is_painted_in_time(qtbot: QtBot, page: Any) -> None:
    lab = page.lab
    slider = page.findChild(QSlider, "lab_slider_points")
    slider.setValue(slider.maximum())
    press(page, "lab_run")
    qtbot.waitUntil(lambda: lab.step > 20)
    press(page, "lab_run")
    step = lab.step
    assert not page.transport.running
    for _ in range(10):
        lab.advance("step")
        lab.canvas.grab()
    assert lab.step == step + 10
