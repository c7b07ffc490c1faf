"""The line above the live views: what it says of a run, and what mouse and keyboard can do with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from nnviz.core.presets import PRESETS
from nnviz.core.snapshot import Failure, History, Progress, Snapshot
from nnviz.core.training.optimisers.gradient_descent import GradientDescent
from nnviz.gui.document import Document, Project
from nnviz.gui.frame_clock import FrameClock
from nnviz.gui.session import Session
from nnviz.gui.style.appearance import Appearance
from nnviz.gui.style.theme import Scheme
from nnviz.gui.views import in_words as module
from nnviz.gui.views.workspace import LiveWorkspace
from nnviz.gui.window_context import WindowContext
from tests.gui.fake_session import FakeSession
from tests.gui.training import circles, preset_project
from tests.gui.views import live_page
from tests.gui.views.live_page import opened

OVERFITTING = (
    "Overfitting since epoch 4: the validation loss rose from 0.5 to 0.9, that of training fell from 0.658 to 0.1."
)


class ToldSession(FakeSession):
    """Notes which probes are asked."""

    def __init__(self) -> None:
        super().__init__()
        self.run_steps = 38
        self.asked: set[str] = set()

    def set_visible_probes(self, probes: object) -> None:
        assert isinstance(probes, dict)
        self.asked = set(probes)


@pytest.fixture
def fake_session(qapp: object) -> ToldSession:
    return ToldSession()


@pytest.fixture(autouse=True)
def _look_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LOOK_EVERY_S", 0.0)


@pytest.fixture
def page(qtbot: QtBot, context: WindowContext) -> LiveWorkspace:
    return opened(qtbot, context)


def start(page: LiveWorkspace, project: Project, number: int = 1) -> ToldSession:
    session = page.context.session
    assert isinstance(session, ToldSession)
    live_page.start(session, project, number)
    return session


def overfit(page: LiveWorkspace) -> None:
    """Ten epochs of ten steps: validation is lowest at the fourth, training falls to the end."""
    steps = np.arange(1, 101)
    loss = np.linspace(1.0, 0.1, 100).astype(np.float32)
    validation = np.array([0.9, 0.7, 0.5, 0.5, 0.5, 0.7, 0.8, 0.9, 0.9, 0.9], np.float32)
    nothing = np.full(100, np.nan, np.float32)
    post(page, History(steps, loss, nothing, steps[9::10], validation, nothing[:10]))


def post(page: LiveWorkspace, history: History, snapshot: Snapshot | None = None) -> None:
    box = page.context.session.mailbox
    box.append(history)
    box.replace(
        progress=Progress(100, 200, 10, 20, 0.0, 0.0, 10), snapshots={"in_words": snapshot} if snapshot else None
    )
    page.context.frame_clock.take_mail()


def part(page: LiveWorkspace, name: str, kind: type[QWidget] = QWidget) -> QWidget:
    found = page.in_words.findChild(kind, f"in_words_{name}")
    assert found is not None
    return found


def text(page: LiveWorkspace, name: str) -> str:
    label = part(page, name, QLabel)
    assert isinstance(label, QLabel)
    return label.text()


def test_nothing_is_said_of_a_run_that_goes_well(page: LiveWorkspace) -> None:
    start(page, circles())
    steps = np.arange(1, 101)
    loss = np.linspace(1.0, 0.1, 100).astype(np.float32)
    nothing = np.full(100, np.nan, np.float32)
    post(page, History(steps, loss, nothing, steps[9::10], loss[9::10], nothing[:10]))
    assert not page.in_words.isVisible()
    assert page.in_words.sentence == ""


def test_one_sentence_with_its_numbers(page: LiveWorkspace) -> None:
    start(page, circles())
    overfit(page)
    assert page.in_words.isVisible()
    assert text(page, "sentence").startswith("Overfitting since epoch 4: the validation loss rose from 0.5 to 0.9")
    assert page.in_words.accessibleName() == text(page, "sentence")


def test_why_and_what_to_try_are_shown_by_mouse_and_keyboard(qtbot: QtBot, page: LiveWorkspace) -> None:
    start(page, circles())
    overfit(page)
    button, reason = part(page, "why"), part(page, "reason")
    assert not reason.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert reason.isVisible()
    assert "by heart" in text(page, "reason")
    assert "early stopping" in text(page, "tries")
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert not reason.isVisible()


def test_everything_in_it_can_be_reached_by_tab(qtbot: QtBot, page: LiveWorkspace) -> None:
    start(page, page.context.document.project)
    overfit(page)
    page.activateWindow()
    part(page, "why").setFocus()
    reached = []
    for _ in range(3):
        focus = QApplication.focusWidget()
        assert focus is not None
        reached.append(focus.objectName())
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    assert reached == ["in_words_why", "in_words_mend", "in_words_close"]
    assert all(part(page, name.removeprefix("in_words_")).focusPolicy() & Qt.FocusPolicy.TabFocus for name in reached)


def test_what_is_closed_is_not_said_again_in_this_run(qtbot: QtBot, page: LiveWorkspace) -> None:
    start(page, circles())
    overfit(page)
    qtbot.mouseClick(part(page, "close", QToolButton), Qt.MouseButton.LeftButton)
    assert not page.in_words.isVisible()
    more = np.arange(101, 111)
    nothing = np.full(10, np.nan, np.float32)
    post(
        page, History(more, np.full(10, 0.05, np.float32), nothing, more[9:], np.array([1.2], np.float32), nothing[:1])
    )
    assert not page.in_words.isVisible()
    start(page, circles(), number=2)
    overfit(page)
    assert page.in_words.isVisible()


def test_one_click_makes_an_edit_that_undo_takes_back(qtbot: QtBot, page: LiveWorkspace, document: Document) -> None:
    before = document.project
    start(page, before)
    overfit(page)
    button = part(page, "mend", QPushButton)
    assert isinstance(button, QPushButton)
    assert button.text() == "Stop early next time"
    with qtbot.waitSignal(page.said) as said:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert "Undo takes it back" in said.args[0]
    assert document.project == replace(before, training=replace(before.training, early_stopping=5, keep_best=True))
    assert not button.isVisible(), "it is done"
    document.undo_stack.undo()
    assert document.project == before
    assert button.isVisible()


def test_no_edit_is_offered_for_other_data(page: LiveWorkspace) -> None:
    start(page, circles())
    overfit(page)
    assert page.in_words.isVisible()
    assert not part(page, "mend").isVisible()


def test_a_loss_that_is_no_number_is_told_here_and_not_above(page: LiveWorkspace) -> None:
    session = start(page, circles(optimiser=GradientDescent(learning_rate=100.0)))
    failure = Failure("The loss was no longer a finite number at step 3.", diverged_at=3)
    session.failed.emit(failure)
    assert page.tells(failure)
    assert text(page, "sentence").startswith("The learning rate of 100 is far too high: at step 3")
    assert not page.tells(Failure("The disk is full."))
    page.hidden()
    assert not page.tells(failure), "who is on another page reads the message above"


def test_only_a_page_on_the_screen_asks_the_network(page: LiveWorkspace) -> None:
    session = start(page, circles())
    assert "in_words" in session.asked
    page.hidden()
    assert "in_words" not in session.asked
    overfit(page)
    assert page.in_words.sentence == ""
    page.shown()
    assert "in_words" in session.asked
    assert page.in_words.sentence


def test_an_rbm_is_not_judged_by_its_reconstructions(page: LiveWorkspace) -> None:
    session = start(page, preset_project("rbm_digits"))
    assert "in_words" not in session.asked
    overfit(page)
    assert page.in_words.sentence == ""


def dead(step: int, units: int = 8) -> Snapshot:
    arrays = {
        "layer": np.array(["dense_1"]),
        "size": np.array([16]),
        "norms": np.array([[1.0, 0.1, 0.001]]),
        "watched": np.array(["relu_1"]),
        "counts": np.array([[8, units]]),
        "saturated": np.array([0.0]),
    }
    return Snapshot(step, arrays)


def one_step(step: int) -> History:
    return History(np.array([step]), np.array([0.7], np.float32), np.array([np.nan], np.float32))


def test_one_look_proves_nothing_and_neither_does_the_same_one_twice(page: LiveWorkspace) -> None:
    start(page, circles())
    post(page, one_step(1), dead(1))
    post(page, one_step(2), dead(1))
    assert page.in_words.sentence == ""
    post(page, one_step(3), dead(3))
    assert page.in_words.sentence == "relu_1 is dead: all 8 units are zero for every sample."


def test_an_earlier_step_that_is_looked_at_again_is_not_how_it_goes(page: LiveWorkspace) -> None:
    session = start(page, circles())
    session.rewound.emit(50)
    post(page, one_step(1), dead(50))
    post(page, one_step(2), dead(51))
    assert page.in_words.sentence == ""


def test_numbers_in_a_sentence_do_not_flicker(page: LiveWorkspace, monkeypatch: pytest.MonkeyPatch) -> None:
    start(page, circles())
    for step in (1, 2):
        post(page, one_step(step), dead(step))
    monkeypatch.setattr(module, "REWORD_EVERY_S", 1000.0)
    post(page, one_step(3), dead(3, units=7))
    assert "all 8 units" in page.in_words.sentence
    monkeypatch.setattr(module, "REWORD_EVERY_S", 0.0)
    post(page, one_step(4), dead(4, units=7))
    assert "7 of 8 units" in page.in_words.sentence


@pytest.mark.parametrize("width", [760, 1000, 1800])
@pytest.mark.parametrize("projector", [False, True])
def test_nothing_is_cut_off(qtbot: QtBot, page: LiveWorkspace, width: int, projector: bool) -> None:
    page.context.appearance.set_scheme(Scheme.DARK)
    page.context.appearance.set_projector(projector)
    start(page, page.context.document.project)
    overfit(page)
    page.resize(width, 900)
    qtbot.mouseClick(part(page, "why"), Qt.MouseButton.LeftButton)
    for name in ("sentence", "reason", "tries"):
        label = part(page, name, QLabel)
        qtbot.waitUntil(lambda label=label: label.height() >= label.heightForWidth(label.width()))
    assert page.in_words.geometry().right() < page.width()


@pytest.fixture
def session(qapp: QApplication, tmp_path: Path) -> Iterator[Session]:
    session = Session()
    session.keep_runs(tmp_path / "runs", keep=False)
    session.set_device("cpu")
    yield session
    session.shut_down()


@pytest.mark.parametrize(
    ("name", "edit", "wanted"),
    [
        ("deep_sigmoid", {}, "The gradient vanishes: in dense_1"),
        ("deep_relu", {"optimiser": GradientDescent(learning_rate=100.0)}, "The learning rate of 100 is far too high"),
    ],
)
def test_real_runs_are_told_of(
    qtbot: QtBot, session: Session, appearance: Appearance, settings: object, name: str, edit: dict, wanted: str
) -> None:
    preset = PRESETS[name]
    project = Project(preset.title, preset.network, preset.dataset, replace(preset.training, **edit))
    page = opened(qtbot, WindowContext(Document(project), session, FrameClock(session), appearance, settings))
    session.train(project)
    qtbot.waitUntil(lambda: page.in_words.sentence.startswith(wanted))
    session.stop()
