"""The lab on forward and backward pass, with the mouse and the keys."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QToolButton

from nnviz.core.labs.backprop.functions import LOSSES
from nnviz.core.labs.backprop.program import Kind
from nnviz.core.labs.backprop.walk import Place
from nnviz.gui.labs.backprop import BackpropSettings
from tests.gui.labs.conftest import Opener


@pytest.fixture
def page(open_lab: Opener) -> Any:
    page = open_lab("backprop_lab").page
    assert page is not None
    page.lab.canvas.grab()
    return page


def type_number(page: Any, place: Place, text: str) -> None:
    """Click on a framed number, type another and press Enter."""
    canvas = page.lab.canvas
    canvas.grab()
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=canvas.cell_of(place).center().toPoint())
    editor = canvas.findChild(QLineEdit, "backprop_editor")
    assert editor.isVisible()
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert not editor.isVisible()


def said(page: Any) -> str:
    label = page.findChild(QLabel, "lab_happened")
    assert label is not None
    return str(label.text())


def press(page: Any, name: str) -> None:
    button = page.findChild(QToolButton, name)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def choose(page: Any, stride: str) -> None:
    box = page.findChild(QComboBox, "lab_stride")
    box.setCurrentIndex(box.findData(stride))


def test_it_begins_with_the_chapters_network(page: Any) -> None:
    net = page.lab.walk.net
    assert (net.sizes, net.hidden, net.output, net.loss) == ((2, 5, 1), "sigmoid", "sigmoid", "half squared error")


def test_every_stride_is_stepped_with_the_mouse_and_back(page: Any) -> None:
    kinds = []
    for stride in ("multiplication", "neuron", "layer", "pass", "update"):
        choose(page, stride)
        press(page, "lab_step")
        kinds.append(page.lab.walk.last.kind)
    assert kinds == [Kind.PRODUCT, Kind.ACTIVATE, Kind.ACTIVATE, Kind.LOSS, Kind.CHECK]
    assert "fell from" in said(page)
    for _ in kinds:
        press(page, "lab_back")
    assert page.lab.walk.position == 0
    assert not page.lab.can_retreat()


def test_the_formula_has_todays_numbers_in_it(page: Any) -> None:
    type_number(page, Place("input", 0, 0), "0.6")
    type_number(page, Place("weight", 1, 0, 0), "-0.5")
    page.lab.advance("multiplication")
    shown = page.lab.explanation()
    assert shown.formula == "a0[1] · W1[1,1]"
    assert shown.numbers == "0.6 · (\N{MINUS SIGN}0.5)"
    assert shown.value == pytest.approx(-0.3)
    assert "\N{MINUS SIGN}0.3" in page.lab.happened()


@pytest.mark.parametrize(
    "place", [Place("weight", 2, 0, 3), Place("bias", 2, 0), Place("input", 0, 1), Place("target", 0, 0)]
)
def test_a_number_is_typed_and_taken_back(page: Any, place: Place) -> None:
    page.lab.advance("pass")
    before, loss = page.lab.walk.get_number(place), page.lab.walk.values.loss
    type_number(page, place, "0.25")
    assert page.lab.walk.get_number(place) == 0.25
    assert page.lab.walk.values.loss != loss
    assert "You set" in said(page)
    press(page, "lab_back")
    assert page.lab.walk.get_number(place) == before
    assert page.lab.walk.values.loss == loss
    press(page, "lab_undo")
    assert page.lab.walk.get_number(place) == before


def test_typing_eta_moves_the_slider(page: Any) -> None:
    type_number(page, Place("eta"), "2")
    assert page.lab.settings.learning_rate == 2.0
    assert page.controls.spec.learning_rate == 2.0
    assert page.lab.walk.values.eta == 2.0


def test_escape_and_words_change_nothing(page: Any) -> None:
    canvas, place = page.lab.canvas, Place("input", 0, 0)
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=canvas.cell_of(place).center().toPoint())
    editor = canvas.findChild(QLineEdit, "backprop_editor")
    QTest.keyClicks(editor, "hello")
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert not editor.isVisible()
    assert page.lab.walk.get_number(place) == 0.6
    # Escape left the editor, not the lab.
    assert page.isVisible()


def test_numbers_are_chosen_and_typed_by_keyboard(page: Any) -> None:
    canvas = page.lab.canvas
    canvas.setFocus()
    QTest.keyClick(canvas, Qt.Key.Key_Down)
    QTest.keyClick(canvas, Qt.Key.Key_Down)
    QTest.keyClick(canvas, Qt.Key.Key_Up)
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    editor = canvas.findChild(QLineEdit, "backprop_editor")
    QTest.keyClicks(editor, "0.125")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert any(0.125 in row for matrix in page.lab.walk.values.w[1:] for row in matrix)
    QTest.keyClick(canvas, Qt.Key.Key_PageDown)
    assert canvas.shown_unit() == (1, 1)


def test_a_click_on_a_unit_shows_its_numbers(page: Any) -> None:
    canvas = page.lab.canvas
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=canvas.unit_at(1, 3).toPoint())
    assert canvas.shown_unit() == (1, 3)
    canvas.grab()
    assert not canvas.cell_of(Place("bias", 1, 3)).isEmpty()


def test_the_code_is_marked_where_the_step_is(page: Any) -> None:
    QTest.mouseClick(page.findChild(QCheckBox, "lab_field_show_code"), Qt.MouseButton.LeftButton)
    page.lab.advance("neuron")
    code = page.lab._code
    assert code.marked_line == "a1 = torch.sigmoid(z1)"
    page.lab.advance("pass")
    page.lab.advance("neuron")
    page.lab.advance("multiplication")
    assert code.marked_line == "da1 = W2 @ delta2"
    page.lab.retreat("multiplication")
    assert code.marked_line == "dW2 = torch.outer(a1, delta2)"
    QTest.mouseClick(page.findChild(QCheckBox, "lab_field_show_code"), Qt.MouseButton.LeftButton)
    assert page.lab._code is None


def test_a_guess_is_asked_for_and_judged(page: Any) -> None:
    QTest.mouseClick(page.findChild(QCheckBox, "lab_field_ask_first"), Qt.MouseButton.LeftButton)
    choose(page, "multiplication")
    answer = page.lab.canvas.findChild(QLineEdit, "backprop_answer")
    wanted = page.lab.walk.peek("multiplication")[1].growing[1][0]
    press(page, "lab_step")
    assert answer.isVisible()
    assert page.lab.walk.position == 0
    QTest.keyClicks(answer, f"{wanted:.4f}")
    QTest.keyClick(answer, Qt.Key.Key_Return)
    assert "Right!" in said(page)
    assert page.lab.walk.position == 1
    press(page, "lab_step")
    QTest.keyClicks(answer, "99")
    QTest.keyClick(answer, Qt.Key.Key_Return)
    assert "Not quite" in said(page)
    assert "1 of 2" in said(page)
    # The keyboard goes on where one is: the next key asks for the next number.
    assert page.window().focusWidget() is page.lab.canvas
    QTest.keyClick(page.window().focusWidget(), Qt.Key.Key_Right)
    assert answer.isVisible()
    press(page, "lab_back")
    assert page.lab.asked is None
    assert page.lab.walk.position == 2
    assert not answer.isVisible()


@pytest.mark.parametrize("loss", LOSSES)
def test_every_loss_can_be_chosen_and_the_output_follows(page: Any, loss: str) -> None:
    box = page.findChild(QComboBox, "lab_field_loss")
    box.setCurrentIndex(list(LOSSES).index(loss))
    assert page.lab.settings.loss == loss
    assert page.lab.settings.output_activation in LOSSES[loss].outputs
    assert page.controls.spec == page.lab.settings
    page.lab.advance("update")
    assert page.lab.walk.values.loss_after < page.lab.walk.values.loss
    page.lab.canvas.grab()


def test_the_largest_network_fits(page: Any) -> None:
    page.lab.apply(BackpropSettings(inputs=8, hidden_layers=3, hidden_units=8, outputs=8))
    for stride in ("pass", "neuron", "multiplication"):
        page.lab.advance(stride)
        page.lab.canvas.grab()
    canvas = page.lab.canvas
    places = [canvas.unit_at(layer, unit) for layer in range(5) for unit in range(8)]
    assert all(canvas.rect().contains(place.toPoint()) for place in places)
    assert canvas.unit_at(1, 1).y() - canvas.unit_at(1, 0).y() > 2 * canvas.radius()


def test_chapter_samples_are_those_of_the_formula(page: Any) -> None:
    page.lab.apply(page.lab.settings.replace(samples="chapter: 2 x1 + 4 x2 + 1"))
    seen = set()
    for _ in range(5):
        page.lab.advance("update")
        x, y = page.lab.walk.values.a[0], page.lab.walk.values.y
        assert y[0] == pytest.approx(2 * x[0] + 4 * x[1] + 1)
        seen.add(tuple(x))
    assert len(seen) == 5


def test_a_rate_beyond_all_bounds_gives_a_sentence(page: Any) -> None:
    page.lab.apply(
        page.lab.settings.replace(hidden_activation="linear", output_activation="linear", learning_rate=10.0)
    )
    for _ in range(40):
        if not page.lab.advance("update"):
            break
    page.refresh()
    page.lab.canvas.grab()
    assert "rose" in said(page) or "beyond all bounds" in said(page)
    assert page.lab.retreat("update")
