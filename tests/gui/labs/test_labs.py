"""The frame of the labs, with every lab that the registry has: opening, moving, remembering, files, undo, keys."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QScrollArea, QSlider, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from nnviz.core.labs.state import load_state, state_from_text, state_to_text
from nnviz.gui.labs.base import LABS, Lab
from nnviz.gui.labs.canvas import LabCanvas
from nnviz.gui.labs.workspace import LabsWorkspace
from nnviz.gui.style.theme import Scheme
from nnviz.gui.window_context import WindowContext
from tests.gui.labs.conftest import Opener

NAMES = LABS.names()
MOVING = [name for name in NAMES if LABS[name].strides]


def lab_of(page: LabsWorkspace) -> Lab:
    assert page.page is not None
    return page.page.lab


def button(page: LabsWorkspace, name: str) -> QToolButton:
    found = page.findChild(QToolButton, name)
    assert found is not None
    return found


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def text(page: LabsWorkspace, name: str) -> str:
    found = page.findChild(QLabel, name)
    assert found is not None
    return found.text()


def test_the_gallery_has_a_card_for_every_lab_and_opens_them(qtbot: QtBot, context: WindowContext) -> None:
    page = LabsWorkspace(context)
    qtbot.addWidget(page)
    page.resize(1200, 720)
    page.show()
    page.shown()
    cards = page.gallery.cards
    assert sorted(card.lab.name for card in cards) == NAMES
    orders = [card.lab.order for card in cards]
    assert orders == sorted(orders)
    click(cards[-1])
    assert lab_of(page).name == cards[-1].lab.name
    click(button(page, "back_to_labs"))
    assert page.page is None
    assert page.focusWidget() is cards[-1]
    QTest.keyClick(cards[-1], Qt.Key.Key_Return)
    assert lab_of(page).name == cards[-1].lab.name
    QTest.keyClick(page.page, Qt.Key.Key_Escape)
    assert page.page is None


@pytest.mark.parametrize("name", NAMES)
def test_every_lab_says_what_it_is_what_to_do_and_what_happened(open_lab: Opener, name: str) -> None:
    cls = LABS[name]
    assert cls.heading()
    assert cls.lesson()
    assert len(cls.lesson()) < 130
    page = open_lab(name)
    for paragraph in ("lab_what", "lab_todo", "lab_happened"):
        assert len(text(page, paragraph)) > 20, paragraph
    lab = lab_of(page)
    before = text(page, "lab_happened")
    if cls.strides:
        assert lab.can_advance()
        assert not lab.can_retreat()
        click(button(page, "lab_step"))
        assert text(page, "lab_happened") != before


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("projector", [False, True])
def test_no_lab_is_cut_off_in_any_size(open_lab: Opener, context: WindowContext, name: str, projector: bool) -> None:
    context.appearance.set_projector(projector)
    page = open_lab(name)
    for scroll in page.findChildren(QScrollArea):
        assert scroll.horizontalScrollBar().maximum() == 0, scroll.objectName()
    assert page.page is not None
    assert page.page.minimumSizeHint().width() <= 1172 - (28 if projector else 0)
    assert page.page.minimumSizeHint().height() <= 690
    for label in page.page.findChildren(QLabel):
        if label.isVisible() and label.wordWrap():
            assert label.height() >= label.heightForWidth(label.width()), label.text()
        elif label.isVisible() and not label.text().startswith("<"):
            assert label.width() >= label.sizeHint().width() - 1, label.text()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("projector", [False, True])
def test_no_number_of_a_picture_is_cut_off(
    open_lab: Opener, context: WindowContext, monkeypatch: pytest.MonkeyPatch, name: str, projector: bool
) -> None:
    # A shortened word can be guessed; a shortened number is another one.
    context.appearance.set_projector(projector)
    written: set[tuple[str, bool]] = set()
    write = LabCanvas.write

    def watched(canvas: LabCanvas, painter: QPainter, box: QRectF, text: str, *rest: Any, **more: Any) -> None:
        px = rest[2] if len(rest) > 2 else 0
        fits = canvas.width_of(text, px, bold=more.get("bold", False)) <= box.width() + 0.5
        written.add((text, fits or more.get("wrap", False)))
        write(canvas, painter, box, text, *rest, **more)

    monkeypatch.setattr(LabCanvas, "write", watched)
    page = open_lab(name)
    lab = lab_of(page)
    for stride in lab.strides:
        for _ in range(6):
            lab.advance(stride.name)
            lab.grab()
    assert written
    assert [text for text, fits in written if not fits and any(sign.isdigit() for sign in text)] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_lab_comes_back_from_its_state(open_lab: Opener, name: str) -> None:
    page = open_lab(name)
    lab = lab_of(page)
    if lab.uses_seed:
        lab.set_seed(5)
    for _ in range(3):
        if lab.strides:
            lab.advance(lab.strides[0].name)
    state = state_from_text(state_to_text(lab.state()))
    click(button(page, "lab_afresh"))
    assert lab.step == 0
    lab.take_state(state)
    assert state_to_text(lab.state()) == state_to_text(state)


@pytest.mark.parametrize("name", MOVING)
def test_steps_are_taken_back_exactly(open_lab: Opener, name: str) -> None:
    page = open_lab(name)
    lab = lab_of(page)
    for stride in lab.strides:
        texts = [state_to_text(lab.state())]
        for _ in range(4):
            if lab.advance(stride.name):
                texts.append(state_to_text(lab.state()))
        assert len(texts) > 1
        for wanted in reversed(texts[:-1]):
            assert lab.retreat(stride.name)
            assert state_to_text(lab.state()) == wanted
        assert not lab.retreat(stride.name)


@pytest.mark.parametrize("name", MOVING)
def test_keys_move_every_lab(qtbot: QtBot, open_lab: Opener, name: str) -> None:
    page = open_lab(name)
    frame, lab = page.page, lab_of(page)
    assert frame is not None
    start = state_to_text(lab.state())
    QTest.keyClick(frame, Qt.Key.Key_Right)
    after = state_to_text(lab.state())
    assert after != start
    QTest.keyClick(frame, Qt.Key.Key_Left)
    assert state_to_text(lab.state()) == start
    QTest.keyClick(frame, Qt.Key.Key_Period)
    assert state_to_text(lab.state()) == after
    QTest.keyClick(frame, Qt.Key.Key_Home)
    assert state_to_text(lab.state()) == start
    frame.transport.set_speed(60)
    QTest.keyClick(frame, Qt.Key.Key_Space)
    assert frame.transport.running
    qtbot.waitUntil(lambda: state_to_text(lab.state()) not in (start, after))
    QTest.keyClick(frame, Qt.Key.Key_Space)
    assert not frame.transport.running
    speed = frame.transport.speed
    QTest.keyClick(frame, Qt.Key.Key_S)
    assert frame.transport.speed == speed / 8


@pytest.mark.parametrize("name", NAMES)
def test_a_lab_is_as_it_was_left(qtbot: QtBot, context: WindowContext, open_lab: Opener, name: str) -> None:
    page = open_lab(name)
    lab = lab_of(page)
    if lab.strides:
        click(button(page, "lab_step"))
    left = state_to_text(lab.state())
    page.show_gallery()
    page.open_lab(name)
    assert state_to_text(lab_of(page).state()) == left
    again = LabsWorkspace(context)
    qtbot.addWidget(again)
    assert state_to_text(lab_of(again).state()) == left


@pytest.mark.parametrize("name", NAMES)
def test_every_slider_can_be_moved_from_end_to_end_and_taken_back(open_lab: Opener, name: str) -> None:
    page = open_lab(name)
    frame = page.page
    assert frame is not None
    before = frame.lab.state()
    sliders = [slider for slider in frame.controls.findChildren(QSlider) if slider.isVisible()]
    moved = 0
    for slider in sliders:
        for end in (slider.minimum(), slider.maximum()):
            slider.setValue(end)
            frame.lab.grab()
            moved += 1
    for _ in range(moved):
        click(button(page, "lab_undo"))
    assert frame.lab.state().settings == before.settings
    if sliders:
        click(button(page, "lab_redo"))
        assert frame.lab.state().settings != before.settings


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
def test_every_lab_paints_itself_in_both_themes(
    open_lab: Opener, context: WindowContext, name: str, scheme: Scheme
) -> None:
    page = open_lab(name)
    context.appearance.set_scheme(scheme)
    image = lab_of(page).grab().toImage()
    seen = {image.pixelColor(x, y).name() for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}
    assert len(seen) > 4
    ground = image.pixelColor(3, image.height() // 2).lightnessF()
    assert ground < 0.3 if scheme is Scheme.DARK else ground > 0.8


@pytest.mark.parametrize("name", NAMES)
def test_what_a_picture_keeps_is_never_out_of_date(open_lab: Opener, name: str) -> None:
    page = open_lab(name)
    lab, canvas = lab_of(page), lab_of(page).findChild(LabCanvas)
    assert canvas is not None
    moves: list[Callable[[], object]] = []
    for stride in lab.strides:
        moves += [partial(lab.advance, stride.name)] * 3 + [partial(lab.retreat, stride.name)]
    moves += [partial(QTest.mouseMove, canvas, QPoint(x, 250)) for x in (60, 300, 620)]
    moves += [partial(QTest.mouseClick, canvas, Qt.MouseButton.LeftButton, pos=QPoint(x, 200)) for x in (150, 500)]
    moves += [partial(slider.setValue, slider.maximum() // 3) for slider in lab_sliders(page)]
    seen = []
    for move in moves:
        move()
        picture = canvas.grab().toImage()
        canvas.forget()
        assert canvas.grab().toImage() == picture, move
        canvas.grab()
        seen.append(picture)
    assert any(picture != seen[0] for picture in seen)


def lab_sliders(page: LabsWorkspace) -> list[QSlider]:
    assert page.page is not None
    return page.page.controls.findChildren(QSlider)


def choose_file(open_dialog: Callable[[], None], page: LabsWorkspace, path: Path) -> None:
    open_dialog()
    dialog = page.findChild(QFileDialog, "lab_file_dialog")
    assert dialog is not None
    dialog.fileSelected.emit(str(path))
    dialog.close()
    # It is deleted when it has been closed: the next one must not be taken for it.
    QApplication.sendPostedEvents(dialog, QEvent.Type.DeferredDelete)


def test_a_state_is_saved_and_opened_again(open_lab: Opener, tmp_path: Path) -> None:
    page = open_lab("softmax_lab")
    lab: Any = lab_of(page)
    lab.set_logit(0, -3.0)
    click(button(page, "lab_step"))
    path = tmp_path / "lesson.nnlab"
    choose_file(lambda: click(button(page, "lab_save")), page, path)
    saved = state_to_text(lab.state())
    assert state_to_text(load_state(path)) == saved
    click(button(page, "lab_afresh"))
    assert state_to_text(lab.state()) != saved
    choose_file(lambda: click(button(page, "lab_open")), page, path)
    assert state_to_text(lab.state()) == saved
    click(button(page, "lab_undo"))
    assert state_to_text(lab.state()) != saved


def test_a_lesson_is_opened_from_the_gallery(qtbot: QtBot, open_lab: Opener, tmp_path: Path) -> None:
    page = open_lab("softmax_lab")
    lab: Any = lab_of(page)
    lab.set_logit(0, -3.0)
    click(button(page, "lab_step"))
    path = tmp_path / "lesson.nnlab"
    choose_file(lambda: click(button(page, "lab_save")), page, path)
    saved = state_to_text(lab.state())
    click(button(page, "lab_afresh"))
    click(button(page, "back_to_labs"))
    damaged = tmp_path / "damaged.nnlab"
    damaged.write_text("nonsense")
    choose_file(lambda: click(button(page, "labs_open")), page, damaged)
    problem = page.findChild(QLabel, "labs_problem")
    assert problem is not None
    assert problem.isVisible()
    assert problem.text().endswith(".")
    assert page.page is None
    choose_file(lambda: click(button(page, "labs_open")), page, path)
    assert lab_of(page).name == "softmax_lab"
    assert state_to_text(lab_of(page).state()) == saved
    click(button(page, "back_to_labs"))
    assert not problem.isVisible()


@pytest.mark.parametrize(
    "content",
    [
        "nonsense",
        '{"format": "nnviz lab", "version": 1, "lab": "softmax_lab", "settings": {"classes": 99}}',
        '{"format": "nnviz lab", "version": 1, "lab": "softmax_lab", "settings": {"unheard": 1}}',
        '{"format": "nnviz lab", "version": 1, "lab": "softmax_lab", "content": {"logits": [1]}}',
        '{"format": "nnviz lab", "version": 1, "lab": "no_such_lab"}',
    ],
)
def test_a_damaged_file_gives_a_sentence_and_changes_nothing(
    qtbot: QtBot, open_lab: Opener, tmp_path: Path, content: str
) -> None:
    page = open_lab("softmax_lab")
    before = state_to_text(lab_of(page).state())
    path = tmp_path / "damaged.nnlab"
    path.write_text(content)
    with qtbot.waitSignal(page.said) as said:
        choose_file(lambda: click(button(page, "lab_open")), page, path)
    assert said.args is not None
    assert said.args[0].endswith(".")
    assert said.args[0] in text(page, "lab_happened")
    assert state_to_text(lab_of(page).state()) == before


def test_settings_that_were_tampered_with_are_forgotten(qtbot: QtBot, context: WindowContext) -> None:
    context.settings.setValue("labs/state/softmax_lab", "{broken")
    context.settings.setValue("labs/open", "softmax_lab")
    page = LabsWorkspace(context)
    qtbot.addWidget(page)
    assert lab_of(page).step == 0


def test_the_projector_is_one_key_and_back(qtbot: QtBot, open_lab: Opener, context: WindowContext) -> None:
    page = open_lab("softmax_lab")
    assert page.page is not None
    with qtbot.waitSignal(page.alone_requested) as asked:
        QTest.keyClick(page.page, Qt.Key.Key_P)
    assert asked.args == [True]
    assert context.theme.projector
    with qtbot.waitSignal(page.alone_requested) as asked:
        QTest.keyClick(page.page, Qt.Key.Key_Escape)
    assert asked.args == [False]
    assert not context.theme.projector
    assert page.page is not None
    with qtbot.waitSignal(page.alone_requested):
        QTest.keyClick(page.page, Qt.Key.Key_F)
    assert not context.theme.projector


def test_undo_keys_mean_the_lab(open_lab: Opener) -> None:
    page = open_lab("softmax_lab")
    lab: Any = lab_of(page)
    slider = page.findChild(QSlider, "lab_slider_classes")
    assert slider is not None
    slider.setFocus()
    QTest.keyClick(slider, Qt.Key.Key_Right)
    assert lab.settings.classes == 5
    QTest.keyClick(slider, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert lab.settings.classes == 4
    QTest.keyClick(slider, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert lab.settings.classes == 5


def test_a_number_that_is_not_allowed_gives_a_sentence(qtbot: QtBot, open_lab: Opener) -> None:
    page = open_lab("softmax_lab")
    box = page.findChild(QWidget, "lab_field_temperature")
    assert box is not None
    box.setFocus()
    with qtbot.waitSignal(page.said) as said:
        QTest.keyClick(box, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(box, "77")
    assert said.args is not None
    assert "at most 5" in said.args[0]


def test_clicking_beside_everything_does_nothing(open_lab: Opener) -> None:
    for name in NAMES:
        page = open_lab(name)
        before = state_to_text(lab_of(page).state())
        QTest.mouseClick(lab_of(page), Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
        assert state_to_text(lab_of(page).state()) == before
        page.close()


def test_settings_come_once_the_lab_is_on_the_screen_and_move_nothing(qtbot: QtBot, context: WindowContext) -> None:
    page = LabsWorkspace(context)
    qtbot.addWidget(page)
    page.resize(1200, 720)
    page.show()
    page.open_lab("gradient_descent_lab")
    frame = page.page
    assert frame is not None
    assert frame.controls.findChild(QWidget, "lab_field_learning_rate") is None
    what = page.findChild(QLabel, "lab_what")
    assert what is not None
    # What is set meanwhile counts, too.
    frame.lab.apply(frame.lab.settings.replace(learning_rate=0.01))
    frame.controls.show_spec(frame.lab.settings)
    QApplication.sendPostedEvents()  # it is laid out now, and no timer came meanwhile
    width = what.width()
    assert not frame.controls.complete
    qtbot.waitUntil(lambda: frame.controls.complete)
    QApplication.processEvents()
    assert what.width() == width
    box = frame.controls.findChild(QWidget, "lab_field_learning_rate")
    assert box is not None
    assert float(box.property("value")) == 0.01
    page.show_gallery()
    assert frame.controls.findChildren(QSlider) == []
