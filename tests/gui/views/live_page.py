"""The Live page on the screen, with a session that the test plays."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from nnviz.gui.document import Project
from nnviz.gui.session import SessionState
from nnviz.gui.views.workspace import LiveWorkspace
from nnviz.gui.window_context import WindowContext
from tests.gui.fake_session import FakeSession


def opened(qtbot: QtBot, context: WindowContext, width: int = 1000, height: int = 700) -> LiveWorkspace:
    """The page, shown at this size."""
    page = LiveWorkspace(context)
    qtbot.addWidget(page)
    page.resize(width, height)
    with qtbot.waitExposed(page):
        page.show()
    page.shown()
    return page


def start(session: FakeSession, project: Project, number: int = 1) -> None:
    """Let a run of a project begin."""
    session.run_project, session.run_number = project, number
    session.mailbox.begin(number)
    session.become(SessionState.TRAINING)
    session.run_started.emit(project)
