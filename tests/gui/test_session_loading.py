"""The session while data is loaded, given up, or cannot be had."""

from __future__ import annotations

import socket

import pytest
from pytestqt.qtbot import QtBot

from nnviz.core.datasets.files import MIRROR_VARIABLE
from nnviz.core.presets import PRESETS
from nnviz.gui.document import Project
from nnviz.gui.session import Session, SessionState
from tests.gui.real_session import ask, steps_of, train, wait_for
from tests.gui.training import NeverLoaded, Notes, NotingClock, circles, digits, never_loaded

STARTING, IDLE, LOADING, TRAINING, PAUSED = SessionState


def test_stop_gives_up_loading(qtbot: QtBot, session: Session, notes: Notes) -> None:
    with qtbot.waitSignal(session.loading_progressed) as told:
        session.train(never_loaded())
    assert told.args == ["Waiting", 1, 2]
    session.stop()
    assert session.state is IDLE
    assert NeverLoaded.left.wait(60)
    train(qtbot, session, circles())
    assert notes.failures == []
    assert notes.runs == [circles()]


def test_reset_gives_up_loading(qtbot: QtBot, session: Session, notes: Notes) -> None:
    session.train(never_loaded())
    assert NeverLoaded.entered.wait(60)
    session.reset()
    assert session.state is IDLE
    assert NeverLoaded.left.wait(60)
    train(qtbot, session, circles())
    assert notes.failures == []


def test_what_is_given_up_stays_given_up_when_something_else_is_trained_at_once(
    qtbot: QtBot, session: Session, notes: Notes
) -> None:
    session.train(never_loaded())
    assert NeverLoaded.entered.wait(60)
    session.stop()
    session.train(circles())
    wait_for(qtbot, session, IDLE)
    assert notes.runs == [circles()]


def test_the_last_network_answers_while_and_after_loading_is_given_up(
    qtbot: QtBot, session: Session, notes: Notes, clock: NotingClock
) -> None:
    train(qtbot, session, digits())
    session.train(never_loaded())
    assert session.project_under_way == never_loaded()
    assert ask(qtbot, session, notes).network == "Small digit reader"
    session.stop()
    assert session.project_under_way == digits()
    assert ask(qtbot, session, notes).network == "Small digit reader"
    assert len(steps_of(clock)) == 40


def test_data_that_cannot_be_had_is_told_once_and_the_session_stays_usable(
    qtbot: QtBot, session: Session, notes: Notes, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        monkeypatch.setenv(MIRROR_VARIABLE, f"http://127.0.0.1:{free.getsockname()[1]}")
    preset = PRESETS["mlp"]
    session.train(Project(preset.title, preset.network, preset.dataset, preset.training))
    wait_for(qtbot, session, IDLE)
    assert notes.data_failures == notes.failures
    assert "MNIST" in notes.failures[0].sentence
    assert notes.failures[0].details == ""
    train(qtbot, session, circles())
