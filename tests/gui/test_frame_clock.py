"""The frame clock, with mail that the test posts."""

from __future__ import annotations

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from nnviz.core.mailbox import Mail
from nnviz.core.snapshot import History, Progress, Snapshot
from nnviz.gui.frame_clock import FRAMES_PER_PROGRESS
from nnviz.gui.session import SessionState
from tests.gui.fake_session import FakeSession
from tests.gui.training import NotingClock


@pytest.fixture
def clock(fake_session: FakeSession) -> NotingClock:
    return NotingClock(fake_session)


@pytest.fixture
def mails(clock: NotingClock) -> list[Mail]:
    arrived: list[Mail] = []
    clock.mail_arrived.connect(arrived.append)
    return arrived


@pytest.fixture
def told(fake_session: FakeSession, clock: NotingClock) -> list[int]:
    steps: list[int] = []
    fake_session.progress_changed.connect(lambda progress: steps.append(progress.step))
    return steps


def start_run(session: FakeSession, number: int) -> None:
    session.run_number = number
    session.mailbox.begin(number)
    session.become(SessionState.TRAINING)
    session.run_started.emit(None)


def post(session: FakeSession, step: int) -> None:
    value = np.array([1 / step], np.float32)
    session.mailbox.append(History(np.array([step]), value, value))
    session.mailbox.replace(progress=Progress(step, 100, 1, 1, 0.0, 1.0))


def test_mail_comes_by_itself_while_training(
    qtbot: QtBot, fake_session: FakeSession, clock: NotingClock, mails: list[Mail]
) -> None:
    start_run(fake_session, 1)
    post(fake_session, 1)
    post(fake_session, 2)
    qtbot.waitUntil(lambda: bool(mails))
    assert [mail.history.steps.tolist() for mail in mails] == [[1, 2]]
    assert clock.history().steps.tolist() == [1, 2]
    assert clock.frames == 1


def test_an_empty_box_makes_no_frame(fake_session: FakeSession, clock: NotingClock, mails: list[Mail]) -> None:
    start_run(fake_session, 1)
    clock.take_mail()
    assert (mails, clock.frames) == ([], 0)


@pytest.mark.parametrize("end", [SessionState.IDLE, SessionState.PAUSED])
def test_the_last_mail_comes_when_training_ends(
    fake_session: FakeSession, clock: NotingClock, mails: list[Mail], end: SessionState
) -> None:
    start_run(fake_session, 1)
    post(fake_session, 1)
    fake_session.become(end)
    assert clock.history().steps.tolist() == [1]


def test_another_run_starts_with_empty_curves(qtbot: QtBot, fake_session: FakeSession, clock: NotingClock) -> None:
    start_run(fake_session, 1)
    post(fake_session, 1)
    clock.take_mail()
    before = clock.curves
    with qtbot.waitSignal(clock.curves_cleared):
        start_run(fake_session, 2)
    assert clock.curves is not before
    assert clock.history().steps.tolist() == []


def test_mail_of_a_run_that_was_given_up_never_shows(
    fake_session: FakeSession, clock: NotingClock, mails: list[Mail]
) -> None:
    start_run(fake_session, 1)
    fake_session.mailbox.begin(2)
    post(fake_session, 1)
    clock.take_mail()
    fake_session.become(SessionState.IDLE)
    assert mails == []


def test_a_forgotten_run_has_no_curves(fake_session: FakeSession, clock: NotingClock) -> None:
    start_run(fake_session, 1)
    post(fake_session, 1)
    clock.take_mail()
    fake_session.run_number = 0
    fake_session.run_forgotten.emit()
    assert clock.history().steps.tolist() == []


def test_numbers_change_no_faster_than_they_can_be_read(
    fake_session: FakeSession, clock: NotingClock, told: list[int]
) -> None:
    start_run(fake_session, 1)
    for step in range(1, 1 + 4 * FRAMES_PER_PROGRESS):
        post(fake_session, step)
        clock.take_mail()
    assert told == [FRAMES_PER_PROGRESS * i for i in range(1, 5)]


@pytest.mark.parametrize("frames", range(4))
def test_the_newest_progress_is_told_when_training_ends(
    fake_session: FakeSession, clock: NotingClock, told: list[int], frames: int
) -> None:
    start_run(fake_session, 1)
    for step in range(1, 1 + frames):
        post(fake_session, step)
        clock.take_mail()
    fake_session.become(SessionState.PAUSED)
    assert told[-1:] == [frames][: min(frames, 1)]
    assert len(told) == len(set(told))


def test_progress_of_an_earlier_run_is_not_told_of_the_next(
    fake_session: FakeSession, clock: NotingClock, told: list[int]
) -> None:
    start_run(fake_session, 1)
    post(fake_session, 1)
    clock.take_mail()
    start_run(fake_session, 2)
    fake_session.become(SessionState.IDLE)
    assert told == []


def test_pictures_that_come_while_nothing_trains_are_shown(
    fake_session: FakeSession, clock: NotingClock, mails: list[Mail]
) -> None:
    start_run(fake_session, 1)
    fake_session.become(SessionState.PAUSED)
    fake_session.mailbox.replace(snapshots={"weights": Snapshot(4, {})})
    fake_session.mail_posted.emit()
    assert [mail.snapshots["weights"].step for mail in mails] == [4]
