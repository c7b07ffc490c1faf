"""One of nnviz's own files dropped on the window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from nnviz.gui.path_line import first_path

SUFFIX = ".nnviz"


class FileDrop(QObject):
    """Takes files of one kind that are dropped on a window; all else is left to the window.

    Args:
        window: The window.
        suffix: How the files' names end: ".nnviz".

    Signals:
        dropped(Path): This file should be opened.
    """

    dropped = Signal(object)

    def __init__(self, window: QWidget, suffix: str) -> None:
        super().__init__(window)
        self._suffix = suffix
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Answer drags of such files, and leave all others alone."""
        if not isinstance(event, QDragEnterEvent | QDragMoveEvent | QDropEvent):
            return False
        path = first_path(event.mimeData())
        if path is None or path.suffix.lower() != self._suffix:
            return False
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if event.type() == QEvent.Type.Drop:
            self.dropped.emit(path)
        return True
