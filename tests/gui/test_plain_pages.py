from __future__ import annotations

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel, QScrollArea
from pytestqt.qtbot import QtBot

from nnviz.gui.plain_page import PlainPage
from nnviz.gui.runs.workspace import RunsWorkspace
from nnviz.gui.window_context import WindowContext
from nnviz.gui.workspaces import WORKSPACES


@pytest.mark.parametrize("kind", [RunsWorkspace])
@pytest.mark.parametrize("projector", [False, True])
def test_pages_promise_much_and_have_no_dead_button(
    qtbot: QtBot, context: WindowContext, kind: type[PlainPage], projector: bool
) -> None:
    context.appearance.set_projector(projector)
    page = kind(context)
    qtbot.addWidget(page)
    page.resize(900, 600)
    page.show()
    headings = [label for label in page.findChildren(QLabel) if label.property("kind") == "heading"]
    assert len(headings) >= 4
    assert page.findChildren(QAbstractButton) == []
    scroll = page.findChild(QScrollArea)
    assert scroll.horizontalScrollBar().maximum() == 0


def test_every_workspace_of_the_rail_can_be_loaded() -> None:
    loaded = {entry.name: entry.load() for entry in WORKSPACES}
    assert list(loaded) == ["draw", "network", "live", "labs", "runs"]
    assert [kind.name for kind in loaded.values()] == list(loaded)
