"""The lab on the LSTM cell, with the mouse and the keys."""

from __future__ import annotations

import math
import subprocess
import sys
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QSlider, QToolButton

from nnviz.core.labs.lstm_cell import BEHAVIOURS
from nnviz.core.labs.state import LabState, LabStateError, state_from_text, state_to_text
from nnviz.gui.labs.lstm_cell import OWN
from nnviz.gui.labs.workspace import LabsWorkspace
from tests.gui.labs.conftest import Opener


@pytest.fixture
def page(open_lab: Opener) -> LabsWorkspace:
    return open_lab("lstm_cell_lab")


@pytest.fixture
def lab(page: LabsWorkspace) -> Any:
    assert page.page is not None
    return page.page.lab


def drag(canvas: Any, start: QPoint, end: QPoint) -> None:
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(canvas, (start + end) / 2)
    QTest.mouseMove(canvas, end)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=end)


def test_dragging_an_input_changes_what_comes_behind_it_and_nothing_before(lab: Any) -> None:
    before = lab.run
    start = lab.canvas.handle_at(("x", 4)).toPoint()
    drag(lab.canvas, start, start - QPoint(0, round(2.5 * lab.theme.font_px)))
    # That far is a drag by one.
    assert lab.inputs[4] == pytest.approx(1.0, abs=0.05)
    assert lab.run[:4] == before[:4]
    assert lab.run[4].c > before[4].c + 0.5
    assert lab.settings.behaviour == OWN
    assert "x<sub>5</sub>" in lab.happened()


def test_dragging_a_weight_goes_where_the_mouse_is(lab: Any) -> None:
    canvas = lab.canvas
    track = canvas.track("f", "b")
    start = canvas.handle_at(("f", "b")).toPoint()
    end = QPoint(round(track.left() + track.width() / 4), start.y())
    drag(canvas, start, end)
    assert lab.cell.f.b == pytest.approx(-6.0, abs=0.3)
    assert lab.run[0].f == pytest.approx(1 / (1 + math.exp(-lab.cell.f.b)))
    # Now the first input is forgotten at once.
    assert lab.run[1].c < 0.01
    assert canvas.handle_at(("f", "b")).x() == pytest.approx(end.x(), abs=2)


def test_a_click_on_the_button_holds_a_gate_and_a_slider_moves_it(lab: Any) -> None:
    canvas = lab.canvas
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=canvas.pill("i").center().toPoint())
    # It is held on what it was: x = 1, w_x = 12, b = -8.
    assert lab.cell.i.held == pytest.approx(1 / (1 + math.exp(-4)), abs=0.005)
    track = canvas.track("i", "held")
    at = canvas.handle_at(("i", "held")).toPoint()
    drag(canvas, at, QPoint(round(track.left() + track.width() / 2), at.y()))
    assert lab.cell.i.held == pytest.approx(0.5, abs=0.02)
    assert all(step.i == lab.cell.i.held for step in lab.run)
    drag(canvas, canvas.handle_at(("i", "held")).toPoint(), QPoint(2000, at.y()))
    assert lab.cell.i.held == 1.0
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=canvas.pill("i").center().toPoint())
    assert lab.cell.i == BEHAVIOURS["keeps"].cell.i


def test_the_candidate_can_be_held_below_zero(lab: Any) -> None:
    canvas = lab.canvas
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=canvas.pill("g").center().toPoint())
    at = canvas.handle_at(("g", "held")).toPoint()
    drag(canvas, at, QPoint(0, at.y()))
    assert lab.cell.g.held == -1.0
    assert lab.run[0].c == pytest.approx(-lab.run[0].i)


def test_keys_choose_change_and_hold(lab: Any) -> None:
    canvas = lab.canvas
    QTest.keyClick(canvas, Qt.Key.Key_Down)
    QTest.keyClick(canvas, Qt.Key.Key_Plus)
    assert lab.inputs[1] == pytest.approx(0.1)
    # Up from the first input comes the last slider: the bias of the output gate.
    for _ in range(2):
        QTest.keyClick(canvas, Qt.Key.Key_Up)
    QTest.keyClick(canvas, Qt.Key.Key_Minus)
    assert lab.cell.o.b == pytest.approx(5.9)
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    assert lab.cell.o.held == 1.0
    QTest.keyClick(canvas, Qt.Key.Key_Minus)
    assert lab.cell.o.held == pytest.approx(0.9)
    QTest.keyClick(canvas, Qt.Key.Key_Plus)
    QTest.keyClick(canvas, Qt.Key.Key_Plus)
    assert lab.cell.o.held == 1.0
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    assert lab.cell.o.held is None


def test_each_part_says_its_formula_with_its_numbers(lab: Any) -> None:
    assert "Nothing is read yet" in lab.happened()
    lab.advance("time")
    lab.advance("part")
    before, now = lab.run[0], lab.run[1]
    assert f"C becomes f C = {now.f:.4f} &middot; {before.c:.4f} = <b>{now.f * before.c:.4f}</b>" in lab.happened()
    lab.advance("part")
    assert "sigmoid(12 &middot; 0 + 0 &middot; 0.7365 + (\N{MINUS SIGN}8))" in lab.happened()
    assert f"= <b>{now.c:.4f}</b>." in lab.happened()
    lab.advance("part")
    assert f"tanh({now.c:.4f}) = <b>{now.h:.4f}</b>" in lab.happened()
    lab.toggle_held("f")
    lab.retreat("time")
    lab.advance("part")
    assert "f is held by hand on <b>1</b>" in lab.happened()


def test_strides_end_where_their_names_say(lab: Any) -> None:
    assert lab.advance("part")
    assert (lab.time, lab.parts) == (0, 1)
    assert lab.advance("time")
    assert (lab.time, lab.parts, lab.step) == (0, 3, 3)
    assert lab.advance("sequence")
    assert lab.step == 36
    assert not lab.advance("part")
    assert lab.retreat("part")
    assert lab.step == 35
    assert lab.retreat("time")
    assert lab.step == 33
    assert lab.retreat("sequence")
    assert not lab.retreat("part")


def test_a_behaviour_is_chosen_made_ones_own_and_found_again(page: LabsWorkspace, lab: Any) -> None:
    box = page.findChild(QComboBox, "lab_field_behaviour")
    assert box is not None
    box.setFocus()
    for name in list(BEHAVIOURS)[1:]:
        QTest.keyClick(box, Qt.Key.Key_Down)
        assert lab.settings.behaviour == name
        assert lab.cell == BEHAVIOURS[name].cell
    undo = page.findChild(QToolButton, "lab_undo")
    assert undo is not None
    lab.canvas.setFocus()
    QTest.keyClick(lab.canvas, Qt.Key.Key_Plus)
    assert lab.settings.behaviour == OWN
    assert box.currentText() == OWN
    QTest.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert lab.settings.behaviour == list(BEHAVIOURS)[-1]
    assert lab.inputs == BEHAVIOURS[list(BEHAVIOURS)[-1]].inputs


def test_one_drag_is_one_edit(page: LabsWorkspace, lab: Any) -> None:
    before = state_to_text(lab.state())
    start = lab.canvas.handle_at(("x", 2)).toPoint()
    drag(lab.canvas, start, start - QPoint(0, 60))
    assert state_to_text(lab.state()) != before
    undo = page.findChild(QToolButton, "lab_undo")
    assert undo is not None
    QTest.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert state_to_text(lab.state()) == before
    assert not undo.isEnabled()
    # A click without a drag is none.
    QTest.mouseClick(lab.canvas, Qt.MouseButton.LeftButton, pos=start)
    assert not undo.isEnabled()


def test_a_longer_sequence_keeps_what_was_set(page: LabsWorkspace, lab: Any) -> None:
    lab.set_input(11, -1.5)
    slider = page.findChild(QSlider, "lab_slider_length")
    assert slider is not None
    slider.setFocus()
    QTest.keyClick(slider, Qt.Key.Key_Right)
    assert len(lab.run) == 13
    assert lab.inputs[11:] == (-1.5, 0.0)
    assert page.page is not None
    page.page.grab()


def test_the_state_comes_back_with_held_gates(lab: Any) -> None:
    lab.set_input(3, 1.25)
    lab.set_weight("g", "w_h", -3.5)
    lab.toggle_held("f")
    lab.advance("time")
    saved = state_from_text(state_to_text(lab.state()))
    cell, inputs, numbers = lab.cell, lab.inputs, lab.run
    lab.take_state(LabState("lstm_cell_lab"))
    assert lab.cell == BEHAVIOURS["keeps"].cell
    lab.take_state(saved)
    assert (lab.cell, lab.inputs, lab.run, lab.step) == (cell, inputs, numbers, 3)


@pytest.mark.parametrize(
    "content",
    [
        {"inputs": [1.0]},
        {"inputs": [9.0] * 12},
        {"gates": [1]},
        {"gates": {"f": [1.0, 2.0]}},
        {"gates": {"f": ["1", 0, 0]}},
        {"held": {"f": -0.5}},
        {"held": {"o": 2.0}},
    ],
)
def test_damaged_contents_are_refused(lab: Any, content: dict[str, Any]) -> None:
    before = state_to_text(lab.state())
    with pytest.raises(LabStateError):
        lab.take_state(LabState("lstm_cell_lab", {"behaviour": OWN}, content=content))
    with pytest.raises(LabStateError):
        lab.take_state(LabState("lstm_cell_lab", step=37))
    assert state_to_text(lab.state()) == before


def test_numbers_appear_only_when_they_are_computed(lab: Any) -> None:
    canvas = lab.canvas
    place = canvas.column("h", 0).center()
    assert canvas.exact_text(place) == ""
    lab.advance("part")
    assert canvas.exact_text(place) == ""
    assert canvas.exact_text(canvas.column("f", 0).center()) == f"f (1) = {lab.run[0].f:.12g}"
    lab.advance("time")
    assert canvas.exact_text(place) == f"h (1) = {lab.run[0].h:.12g}"


def test_the_strip_is_as_high_as_the_number(lab: Any) -> None:
    canvas = lab.canvas
    lab.advance("sequence")
    canvas.grab()
    image = canvas.grab().toImage()
    ratio = image.devicePixelRatio()
    box = canvas.column("c", 6).adjusted(4, 3, -4, -3)
    # From the bottom of the strip, of which 1 is the top.
    wanted = box.bottom() - lab.run[6].c * box.height()
    x = round((box.left() + 3) * ratio)
    ground = image.pixelColor(x, round((canvas.strip("c").top() - 1) * ratio))
    rows = [y for y in range(int(box.top()) - 2, int(box.bottom())) if image.pixelColor(x, round(y * ratio)) != ground]
    assert min(rows) == pytest.approx(wanted, abs=3)


def test_it_needs_no_torch() -> None:
    code = (
        "import sys; from PySide6.QtWidgets import QApplication; app = QApplication([]);"
        "from nnviz.gui.labs.lstm_cell import LstmCellLab; from nnviz.gui.style.theme import LIGHT;"
        "LstmCellLab(LIGHT).grab(); assert 'torch' not in sys.modules"
    )
    QApplication.processEvents()
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
