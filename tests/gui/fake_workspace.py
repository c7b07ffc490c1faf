"""Workspaces that note when they come and go."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from nnviz.gui.window_context import WindowContext
from nnviz.gui.workspace import Workspace
from nnviz.gui.workspaces import WorkspaceEntry


class FakeDraw(Workspace):
    name = "draw"

    def __init__(self, context: WindowContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.told: list[str] = []
        self.field = QLineEdit()
        column = QVBoxLayout(self)
        column.addWidget(self.field)

    def shown(self) -> None:
        self.told.append("shown")

    def hidden(self) -> None:
        self.told.append("hidden")


class FakeNetwork(FakeDraw):
    name = "network"


ENTRIES = (
    WorkspaceEntry("draw", "Draw", "Draw a digit.", "draw", "tests.gui.fake_workspace:FakeDraw"),
    WorkspaceEntry("network", "Network", "Look at layers.", "network", "tests.gui.fake_workspace:FakeNetwork"),
    WorkspaceEntry("runs", "Runs", "Earlier trainings.", "runs", "nnviz.gui.runs.workspace:RunsWorkspace"),
)
