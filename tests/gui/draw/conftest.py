from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnviz.gui.draw.pad import DrawingPad
from nnviz.gui.draw.workspace import DrawWorkspace
from nnviz.gui.window_context import WindowContext
from tests.gui.draw.pointer import AskedSession


@pytest.fixture
def fake_session(qapp: QApplication) -> AskedSession:
    return AskedSession()


@pytest.fixture
def pad(qtbot: QtBot) -> DrawingPad:
    widget = DrawingPad()
    widget.resize(400, 400)
    qtbot.addWidget(widget)
    with qtbot.waitExposed(widget):
        widget.show()
    widget.activateWindow()
    widget.setFocus()
    return widget


@pytest.fixture
def workspace(qtbot: QtBot, context: WindowContext) -> Iterator[DrawWorkspace]:
    page = DrawWorkspace(context)
    page.resize(1180, 680)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    page.shown()
    yield page
    page.hidden()
