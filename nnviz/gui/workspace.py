"""What every workspace is: one page of the window, opened from the rail."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from nnviz.core.snapshot import Failure
from nnviz.gui.window_context import WindowContext


class Workspace(QWidget):
    """One page of the window. It is made on the first visit and then kept.

    Title and icon stand in `nnviz.gui.workspaces`, so that the rail can show a workspace that is not made yet.

    Attributes:
        name: The workspace's name in that list; also its objectName.
        context: What the window shares with it.

    Signals:
        said(str): One sentence on what has just happened, for the status line.
        preview_requested(DatasetSpec): Somebody wants to see what is in this data of their own.
        branch_requested(ProjectFile): Somebody wants to go on from this state, as a run of its own.
        project_requested(ProjectFile): Somebody wants this in place of the project that is on the screen.
        alone_requested(bool): The page wants the whole screen, without rail and bars, or gives it back.
    """

    said = Signal(str)
    preview_requested = Signal(object)
    branch_requested = Signal(object)
    project_requested = Signal(object)
    alone_requested = Signal(bool)
    name: ClassVar[str] = ""

    def __init__(self, context: WindowContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.setObjectName(self.name)

    def shown(self) -> None:
        """Called when the page has come to the screen: start what costs time here, not in the constructor.

        The keyboard comes along, so that Tab goes on from the page; a page with a part to type into gives it to that.
        """
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_file(self, path: Path) -> None:
        """Open a file of a kind that is this workspace's own."""
        raise NotImplementedError

    def tells(self, failure: Failure) -> bool:
        """Whether the page itself tells what went wrong, so that no message above it need repeat it."""
        return False

    def hidden(self) -> None:
        """Called when the page has left the screen or the window was minimised: what is not seen costs nothing."""
