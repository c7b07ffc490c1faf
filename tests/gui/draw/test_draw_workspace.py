from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QLabel, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from nnviz.core.ink import ALL_STEPS, DIGITS_8X8, prepare_strokes
from nnviz.core.presets import PRESETS
from nnviz.core.snapshot import Failure
from nnviz.gui.document import Project
from nnviz.gui.draw import workspace as draw_workspace
from nnviz.gui.draw.workspace import FRAME_MS, DrawWorkspace
from nnviz.gui.session import SessionState
from nnviz.gui.style.theme import DARK, LIGHT, Theme
from nnviz.gui.window_context import WindowContext
from tests.gui.draw.pointer import SEVEN, AskedSession, draw


def ask(qtbot: QtBot, workspace: DrawWorkspace, session: AskedSession) -> int:
    """Draw a stroke and wait until the network is asked; returns the request's number."""
    before = session.request
    draw(workspace.pad)
    qtbot.waitUntil(lambda: session.request > before)
    return session.request


def button(workspace: QWidget, name: str) -> QAbstractButton:
    found = workspace.findChild(QToolButton, name)
    assert found is not None
    return found


def test_a_drawing_is_asked_and_its_answer_shown(
    qtbot: QtBot, workspace: DrawWorkspace, fake_session: AskedSession
) -> None:
    draw(workspace.pad)
    # Where on the pad the strokes lie, and how large it is, makes no difference to the image.
    expected = prepare_strokes([np.array(SEVEN, dtype=np.float64)]).image
    qtbot.waitUntil(lambda: fake_session.request > 0 and np.allclose(fake_session.images[-1], expected, atol=2 / 255))
    fake_session.answer(7)
    assert workspace.verdict.sentence == "This is a 7"
    assert workspace.bars.probabilities is not None
    assert int(np.argmax(workspace.bars.probabilities)) == 7
    np.testing.assert_allclose(workspace.seen.picture, expected, atol=2 / 255)


def test_nothing_is_asked_of_a_blank_pad(workspace: DrawWorkspace, fake_session: AskedSession) -> None:
    draw(workspace.pad)
    workspace.pad.clear()
    assert not workspace._ask_timer.isActive()
    asked = fake_session.request
    fake_session.recipe_changed.emit(fake_session.recipe)
    fake_session.become(SessionState.TRAINING)
    workspace._again_timer.timeout.emit()
    assert not workspace._ask_timer.isActive()
    assert fake_session.request == asked
    assert workspace.verdict.sentence == "Nothing drawn yet"


def test_while_an_answer_is_due_a_frame_asks_once_and_waits_for_no_answer(
    qtbot: QtBot, workspace: DrawWorkspace, fake_session: AskedSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    # However slow the machine is: all of this happens within one frame.
    monkeypatch.setattr(draw_workspace.time, "monotonic", lambda: 100.0)
    QTest.mousePress(workspace.pad, Qt.MouseButton.LeftButton, pos=QPoint(150, 300))
    for step in range(20):
        QTest.mouseMove(workspace.pad, QPoint(151 + step, 300))
    assert workspace._ask_timer.interval() == FRAME_MS
    # The answer has not come, and the drawing has changed: the newest state must not wait for it.
    qtbot.waitUntil(lambda: fake_session.request > 1)
    assert fake_session.request == 2
    assert len(fake_session.questions[-1].strokes[0]) == 21
    QTest.mouseRelease(workspace.pad, Qt.MouseButton.LeftButton, pos=QPoint(170, 300))


def test_an_answer_that_never_comes_does_not_end_the_asking(
    qtbot: QtBot, workspace: DrawWorkspace, fake_session: AskedSession
) -> None:
    first = ask(qtbot, workspace, fake_session)
    draw(workspace.pad, [(50, 50), (60, 60)])
    qtbot.waitUntil(lambda: fake_session.request > first)


def test_a_failure_makes_room_for_the_next_request(
    qtbot: QtBot, workspace: DrawWorkspace, fake_session: AskedSession
) -> None:
    first = ask(qtbot, workspace, fake_session)
    fake_session.failed.emit(Failure("The weights are no numbers any more."))
    draw(workspace.pad, [(50, 50), (60, 60)])
    qtbot.waitUntil(lambda: fake_session.request > first)


def test_an_older_answer_does_not_replace_a_newer_one(
    qtbot: QtBot, workspace: DrawWorkspace, fake_session: AskedSession
) -> None:
    old = ask(qtbot, workspace, fake_session)
    fake_session.answer(1)
    ask(qtbot, workspace, fake_session)
    fake_session.answer(7)
    fake_session.answer(1, request=old)
    assert workspace.verdict.sentence == "This is a 7"


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_an_answer_after_clear_is_ignored(
    qtbot: QtBot, workspace: DrawWorkspace, fake_session: AskedSession, key: Qt.Key
) -> None:
    ask(qtbot, workspace, fake_session)
    QTest.keyClick(workspace.pad, key)
    assert workspace.pad.is_blank
    fake_session.answer(7)
    assert workspace.verdict.sentence == "Nothing drawn yet"
    assert workspace.bars.probabilities is None
    assert workspace.seen.picture is None


def test_an_answer_to_what_was_cleared_is_not_taken_for_the_next_drawing(
    qtbot: QtBot, workspace: DrawWorkspace, fake_session: AskedSession
) -> None:
    cleared = ask(qtbot, workspace, fake_session)
    workspace.pad.clear()
    ask(qtbot, workspace, fake_session)
    fake_session.answer(1, request=cleared)
    assert workspace.bars.probabilities is None
    fake_session.answer(7)
    assert workspace.verdict.sentence == "This is a 7"


def test_the_buttons_clear_undo_and_redo(workspace: DrawWorkspace) -> None:
    clear, undo, redo = (button(workspace, f"draw_{name}_button") for name in ("clear", "undo", "redo"))
    assert not clear.isEnabled()
    assert not undo.isEnabled()
    draw(workspace.pad)
    QTest.mouseClick(clear, Qt.MouseButton.LeftButton)
    assert workspace.pad.is_blank
    QTest.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert not workspace.pad.is_blank
    QTest.mouseClick(redo, Qt.MouseButton.LeftButton)
    assert workspace.pad.is_blank


def test_the_keys_undo_redo_and_erase(workspace: DrawWorkspace) -> None:
    draw(workspace.pad)
    control = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(workspace.pad, Qt.Key.Key_Z, control)
    assert workspace.pad.is_blank
    QTest.keyClick(workspace.pad, Qt.Key.Key_Z, control | Qt.KeyboardModifier.ShiftModifier)
    assert not workspace.pad.is_blank
    QTest.keyClick(workspace.pad, Qt.Key.Key_E)
    assert workspace.pad.erasing
    assert button(workspace, "draw_erase_button").isChecked()


def test_the_keys_also_work_from_the_slider(workspace: DrawWorkspace) -> None:
    draw(workspace.pad)
    workspace.tools.pen_slider.setFocus()
    QTest.keyClick(workspace.tools.pen_slider, Qt.Key.Key_Right)
    assert workspace.pad.pen_width == 19
    QTest.keyClick(workspace.tools.pen_slider, Qt.Key.Key_Escape)
    assert workspace.pad.is_blank


def test_a_picture_is_pasted_by_key(qtbot: QtBot, workspace: DrawWorkspace, fake_session: AskedSession) -> None:
    bar = QImage(60, 80, QImage.Format.Format_RGB32)
    bar.fill(Qt.GlobalColor.white)
    for y in range(10, 70):
        for x in range(27, 33):
            bar.setPixelColor(x, y, Qt.GlobalColor.black)
    QGuiApplication.clipboard().setImage(bar)
    QTest.keyClick(workspace.pad, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: fake_session.request == 1)
    assert fake_session.images[0][14, 14] > 0.9


def test_an_empty_page_has_no_answer(qtbot: QtBot, workspace: DrawWorkspace, fake_session: AskedSession) -> None:
    workspace.pad.show_picture(np.full((50, 40), 0.9, np.float32))
    qtbot.waitUntil(lambda: fake_session.request == 1)
    fake_session.answer(7)
    assert workspace.verdict.sentence == "I see no ink"
    assert workspace.bars.probabilities is None


def test_a_broken_picture_is_told_on_the_page(workspace: DrawWorkspace, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "letter.png"
    path.write_bytes(b"not a picture")
    with qtbot.waitSignal(workspace.said) as said:
        workspace.pad.take_picture(path)
    assert "letter.png" in said.args[0]
    notice = workspace.findChild(QLabel, "draw_notice_text")
    assert notice is not None
    assert notice.isVisible()
    assert notice.text() == said.args[0]
    draw(workspace.pad)
    assert not notice.isVisible()


def test_the_line_says_who_answered(
    qtbot: QtBot, workspace: DrawWorkspace, fake_session: AskedSession, context: WindowContext
) -> None:
    ask(qtbot, workspace, fake_session)
    fake_session.answer(7)
    assert workspace.verdict.source == "Bundled network (Fast CNN), after 430 steps"
    fake_session.run_project = context.document.project
    fake_session.become(SessionState.TRAINING)
    fake_session.answer(7)
    assert workspace.verdict.source == "Fast CNN, 430 steps, still training"
    fake_session.become(SessionState.PAUSED)
    fake_session.answer(7)
    assert workspace.verdict.source == "Fast CNN, after 430 steps"
    fake_session.answer(7, steps=0)
    assert workspace.verdict.source == "Fast CNN, not trained yet"
    points = PRESETS["2d_classifier"]
    fake_session.run_project = Project(points.title, points.network, points.dataset, points.training)
    fake_session.answer(7, steps=12000)
    bundled = "Bundled network (Fast CNN), after 12,000 steps"
    assert workspace.verdict.source == f"{bundled}; {points.title} cannot read drawings"


def test_another_network_is_asked_the_same_drawing_in_its_own_size(
    qtbot: QtBot, workspace: DrawWorkspace, fake_session: AskedSession
) -> None:
    ask(qtbot, workspace, fake_session)
    fake_session.answer(7)
    fake_session.recipe = DIGITS_8X8
    fake_session.recipe_changed.emit(DIGITS_8X8)
    qtbot.waitUntil(lambda: fake_session.images[-1].shape == (8, 8))


def test_a_network_in_training_is_asked_again_and_again_while_it_is_seen(
    qtbot: QtBot, workspace: DrawWorkspace, fake_session: AskedSession
) -> None:
    ask(qtbot, workspace, fake_session)
    fake_session.answer(7)
    fake_session.become(SessionState.TRAINING)
    for _ in range(2):
        before = fake_session.request
        qtbot.waitUntil(lambda before=before: fake_session.request > before)
        fake_session.answer(7)
    workspace.hidden()
    assert not workspace._again_timer.isActive()
    assert not workspace._ask_timer.isActive()


def test_before_torch_is_there_the_page_says_so(
    qtbot: QtBot, workspace: DrawWorkspace, fake_session: AskedSession
) -> None:
    fake_session.become(SessionState.STARTING)
    first = ask(qtbot, workspace, fake_session)
    assert workspace.verdict.sentence == "One moment"
    fake_session.become(SessionState.IDLE)
    qtbot.waitUntil(lambda: fake_session.request > first)
    fake_session.answer(7)
    assert workspace.verdict.sentence == "This is a 7"


@pytest.mark.parametrize("projector", [False, True])
@pytest.mark.parametrize("size", [(852, 500), (1172, 640), (1800, 940)])
def test_nothing_is_cut_off(
    workspace: DrawWorkspace, context: WindowContext, size: tuple[int, int], projector: bool
) -> None:
    context.appearance.set_projector(projector)
    workspace.resize(*size)
    paper = workspace.pad.paper()
    assert paper.width() >= 200
    parts = (workspace.verdict, workspace.bars, workspace.seen, workspace.strip)
    for part in parts:
        assert part.width() >= part.minimumSizeHint().width()
        assert part.height() >= part.minimumSizeHint().height()
    if size != (852, 500):
        area = workspace.rect()
        for part in (*parts, workspace.pad, workspace.tools):
            corner = part.mapTo(workspace, part.rect().bottomRight())
            assert area.contains(corner), part.objectName()


def test_everything_that_takes_the_keyboard_has_a_name(workspace: DrawWorkspace) -> None:
    for widget in workspace.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            assert widget.objectName(), widget
            assert widget.accessibleName(), widget.objectName()


def test_the_page_loads_neither_torch_nor_pillow_nor_pyqtgraph() -> None:
    code = "import sys, nnviz.gui.draw.workspace; print([m for m in ('torch', 'PIL', 'pyqtgraph') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout.strip() == "[]", done.stderr


def test_a_step_of_the_preparation_is_left_out_by_a_click(
    qtbot: QtBot, workspace: DrawWorkspace, fake_session: AskedSession
) -> None:
    ask(qtbot, workspace, fake_session)
    before = fake_session.images[-1]
    switch = workspace.strip.findChild(QCheckBox, "step_centred")
    assert switch is not None
    QTest.mouseClick(switch, Qt.MouseButton.LeftButton, pos=QPoint(10, switch.height() // 2))
    qtbot.waitUntil(lambda: not fake_session.questions[-1].steps.centre)
    assert fake_session.questions[-1].steps.crop
    assert not np.array_equal(fake_session.images[-1], before)
    QTest.mouseClick(switch, Qt.MouseButton.LeftButton, pos=QPoint(10, switch.height() // 2))
    qtbot.waitUntil(lambda: fake_session.questions[-1].steps == ALL_STEPS)
    np.testing.assert_array_equal(fake_session.images[-1], before)


def test_several_digits_are_a_number(qtbot: QtBot, workspace: DrawWorkspace, fake_session: AskedSession) -> None:
    ask(qtbot, workspace, fake_session)
    fake_session.answer(7, 1, 4)
    assert workspace.verdict.sentence == "This is the number 714"
    fake_session.answer(7, 1, probability=0.7)
    assert workspace.verdict.sentence == "71: I am not sure of every digit"


def test_an_answer_lets_the_next_question_go_at_once(workspace: DrawWorkspace, fake_session: AskedSession) -> None:
    QTest.mousePress(workspace.pad, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    assert fake_session.request == 1
    QTest.mouseMove(workspace.pad, QPoint(100, 160))
    QTest.mouseMove(workspace.pad, QPoint(100, 200))
    fake_session.answer(1)
    assert fake_session.request == 2
    assert len(fake_session.questions[-1].strokes[0]) == 3
    # Nobody is asked twice about what has not changed.
    fake_session.answer(1)
    assert fake_session.request == 2
    QTest.mouseMove(workspace.pad, QPoint(100, 210))
    assert fake_session.request == 3


def test_pictures_come_behind_the_answer(
    qtbot: QtBot, workspace: DrawWorkspace, fake_session: AskedSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    for name, part, slot in (
        ("strip", workspace.strip, "show_preparation"),
        ("layers", workspace.layers, "show_answers"),
        ("bars", workspace.bars, "show_probabilities"),
    ):
        monkeypatch.setattr(part, slot, lambda *given, name=name: shown.append(name))
    ask(qtbot, workspace, fake_session)
    assert fake_session.questions[0].layers
    assert fake_session.questions[0].stages
    fake_session.answer(7, complete=False)
    assert shown == ["bars"]
    fake_session.answer(7)
    assert shown == ["bars", "bars", "strip", "layers"]


def test_pictures_of_an_older_drawing_make_way_for_a_newer_answer(
    workspace: DrawWorkspace, fake_session: AskedSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1000.0
    monkeypatch.setattr(draw_workspace, "time", SimpleNamespace(monotonic=lambda: now))
    draw(workspace.pad, release=False)
    shown: list[int] = []
    monkeypatch.setattr(workspace.strip, "show_preparation", lambda given: shown.append(1))
    fake_session.answer(7)
    assert len(shown) == 1
    now += 0.05
    before = fake_session.request
    workspace._ask()
    assert fake_session.request == before + 1
    fake_session.answer(7, request=before)
    assert len(shown) == 1
    assert workspace.bars.probabilities is not None
    fake_session.answer(7)
    assert len(shown) == 2
    # Where the pen never rests, they are shown all the same.
    workspace._ask()
    now += 0.2
    fake_session.answer(7, request=before + 1)
    assert len(shown) == 3


def test_training_gives_way_to_the_pen_and_not_to_what_rests(
    workspace: DrawWorkspace, fake_session: AskedSession
) -> None:
    draw(workspace.pad)
    ways = fake_session.calls.count(("give_way",))
    assert ways >= len(SEVEN)
    workspace._on_ask_again_due()
    assert fake_session.calls.count(("give_way",)) == ways


def test_reasons_stay_until_the_next_ones_come(
    qtbot: QtBot, workspace: DrawWorkspace, fake_session: AskedSession
) -> None:
    ask(qtbot, workspace, fake_session)
    fake_session.answer(7, saliency=np.full((28, 28), 0.5, np.float32))
    workspace._why.click()
    assert workspace.seen.saliency is not None
    fake_session.answer(7, complete=False)
    assert workspace.seen.saliency is not None


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_what_paints_its_own_ground_cannot_be_told_from_its_card(workspace: DrawWorkspace, theme: Theme) -> None:
    for part in (workspace.bars, workspace.seen, workspace.strip, workspace.layers):
        part.set_theme(theme)
        picture = part.grab().toImage()
        assert picture.pixelColor(0, 0) == theme.colour("surface"), part.objectName()


def test_a_second_network_reads_beside_the_first(
    qtbot: QtBot, workspace: DrawWorkspace, fake_session: AskedSession
) -> None:
    assert not workspace.rival_bars.isVisible()
    workspace.comparison.choose("digits")
    qtbot.waitUntil(lambda: bool(fake_session.compared))
    assert fake_session.compared[-1] is not None
    ask(qtbot, workspace, fake_session)
    fake_session.answer(7, rival=1)
    assert workspace.rival_bars.isVisible()
    assert int(np.argmax(workspace.bars.probabilities)) == 7
    assert int(np.argmax(workspace.rival_bars.probabilities)) == 1
    workspace.comparison.setCurrentIndex(0)
    workspace.comparison.activated.emit(0)
    assert fake_session.compared[-1] is None
    assert not workspace.rival_bars.isVisible()


def test_why_is_asked_when_it_is_wanted(qtbot: QtBot, workspace: DrawWorkspace, fake_session: AskedSession) -> None:
    ask(qtbot, workspace, fake_session)
    assert not fake_session.questions[-1].saliency
    switch = workspace.findChild(QCheckBox, "saliency_switch")
    assert switch is not None
    switch.click()
    qtbot.waitUntil(lambda: fake_session.questions[-1].saliency)


def test_weights_are_followed_while_the_page_is_seen(workspace: DrawWorkspace, fake_session: AskedSession) -> None:
    assert fake_session.follows_weights
    workspace.hidden()
    assert not fake_session.follows_weights
