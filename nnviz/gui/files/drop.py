"""A project file dropped on the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from nnviz.gui.path_line import first_path

SUFFIX = ".nnviz"


def is_project(path: Path) -> bool:
    """Whether this may be a project, by its name alone."""
    return path.suffix.lower() == SUFFIX


class ProjectDrop(QObject):
    """Takes project files that are dropped on a window; all else is left to the window.

    Signals:
        dropped(Path): This file should be opened.
    """

    dropped = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Answer drags of project files, and leave all others alone."""
        if not isinstance(event, QDragEnterEvent | QDragMoveEvent | QDropEvent):
            return False
        path = first_path(event.mimeData())
        if path is None or not is_project(path):
            return False
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if event.type() == QEvent.Type.Drop:
            self.dropped.emit(path)
        return True
