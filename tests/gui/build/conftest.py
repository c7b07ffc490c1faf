"""A Network workspace with the chapter's network, on a session that has no threads."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnviz.core.presets.base import PRESETS
from nnviz.gui.build.workspace import BuildWorkspace
from nnviz.gui.document import Document, Project
from nnviz.gui.window_context import WindowContext


def preset_project(name: str) -> Project:
    preset = PRESETS[name]
    return Project(preset.title, preset.network, preset.dataset, preset.training)


@pytest.fixture
def document(qapp: QApplication) -> Document:
    return Document(preset_project("chapter_cnn"))


@pytest.fixture
def workspace(qtbot: QtBot, context: WindowContext) -> BuildWorkspace:
    page = BuildWorkspace(context)
    qtbot.addWidget(page)
    page.resize(1200, 740)
    page.show()
    qtbot.waitExposed(page)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.shown()
    return page
