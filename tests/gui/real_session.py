"""What tests do with a session that has its real threads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytestqt.qtbot import QtBot

from nnviz.core.probes import ProbeContext
from nnviz.core.reading import Answer, Question
from nnviz.gui.document import Project
from nnviz.gui.session import Session, SessionState
from tests.gui.training import BAR, Notes, NotingClock


def wait_for(qtbot: QtBot, session: Session, *states: SessionState) -> None:
    qtbot.waitUntil(lambda: session.state in states)


def train(qtbot: QtBot, session: Session, project: Project) -> None:
    """Train to the end, or until something goes wrong."""
    session.train(project)
    wait_for(qtbot, session, SessionState.IDLE)


def ask(qtbot: QtBot, session: Session, notes: Notes, question: Question = BAR) -> Answer:
    number = session.read(question)
    qtbot.waitUntil(lambda: bool(notes.readings) and notes.readings[-1].request == number)
    return notes.readings[-1].answers[0]


def steps_of(clock: NotingClock) -> list[int]:
    return clock.history().steps.tolist()


def some_steps(qtbot: QtBot, clock: NotingClock, more_than: int = 0) -> None:
    qtbot.waitUntil(lambda: clock.curves.loss.last_step > more_than)


def training_thread_is_through(qtbot: QtBot, session: Session) -> None:
    """Whatever was asked of the training thread before is done when this returns."""
    with qtbot.waitSignal(session.mail_posted):
        session.set_visible_probes({})


def first_weights(context: ProbeContext) -> Mapping[str, Any]:
    return {"weight": next(iter(context.parameters(name) for name in context.layer_names if "dense" in name))["weight"]}
