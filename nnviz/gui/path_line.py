"""A line for the path of a file or a folder: typed, dropped or found with a button beside it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QDir, QEvent, QMimeData, Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QIcon, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QToolButton, QWidget

Wanted = Literal["file", "folder", "either"]


def first_path(mime: QMimeData) -> Path | None:
    """The first file or folder of this machine in what is dragged or was copied, or None."""
    return next((Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()), None)


class PathLine(QWidget):
    """Shows one path; it counts when Enter is pressed, the keyboard goes elsewhere, or it was dropped or found.

    Not with every letter: half a path is another file, and reading one takes time.

    Args:
        wanted: Whether a file or a folder is looked for with the button; for "either" there are two.
        suffixes: Endings that the dialog offers first, as (".csv", ".tsv"); empty for any.

    Attributes:
        line: The line itself.
        browse: The button beside it.
        browse_folder: The second button, for a folder; hidden unless either may be found.

    Signals:
        path_edited(str): Somebody chose another path, which need not exist.
        editing_finished(): Enter was pressed or the keyboard went elsewhere.
    """

    path_edited = Signal(str)
    editing_finished = Signal()

    def __init__(self, wanted: Wanted, suffixes: Sequence[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._suffixes = tuple(suffixes)
        self._path = ""
        self.line = _DropLine()
        self.line.setPlaceholderText(
            {
                "file": self.tr("Drop a file here"),
                "folder": self.tr("Drop a folder here"),
                "either": self.tr("Drop a file or a folder here"),
            }[wanted]
        )
        file_text, folder_text = self.tr("Choose a file..."), self.tr("Choose a folder...")
        dots = self.tr("...")
        self.browse = _button(
            folder_text if wanted == "folder" else file_text, self.tr("File...") if wanted == "either" else dots
        )
        self.browse_folder = _button(folder_text, self.tr("Folder..."))
        self.browse_folder.setVisible(wanted == "either")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.line, 1)
        layout.addWidget(self.browse)
        layout.addWidget(self.browse_folder)
        self.setFocusProxy(self.line)
        self.line.editingFinished.connect(self._on_editing_finished)
        self.line.dropped.connect(self._take)
        self.browse.clicked.connect(self._on_browse_folder if wanted == "folder" else self._on_browse_file)
        self.browse_folder.clicked.connect(self._on_browse_folder)

    @property
    def path(self) -> str:
        """The path that was chosen last, as the system writes it."""
        return self._path

    def set_path(self, path: str) -> None:
        """Show a path, without a signal; the end is what tells files apart, so the end is seen."""
        self._path = path
        if self.line.text() != path:
            self.line.setText(path)
        self.line.setToolTip(path)

    def set_icons(self, file: QIcon, folder: QIcon) -> None:
        """Show pictures on the buttons, beside their texts."""
        for button, picture in ((self.browse, file), (self.browse_folder, folder)):
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setIcon(picture)

    @Slot(str)
    def _take(self, path: str) -> None:
        if path != self._path:
            self.set_path(path)
            self.path_edited.emit(path)

    @Slot()
    def _on_editing_finished(self) -> None:
        self._take(self.line.text().strip())
        self.editing_finished.emit()

    @Slot()
    def _on_browse_file(self) -> None:
        found, _ = QFileDialog.getOpenFileName(self, self.tr("Choose a file"), self._start(), self._filter())
        self._take_found(found)

    @Slot()
    def _on_browse_folder(self) -> None:
        self._take_found(QFileDialog.getExistingDirectory(self, self.tr("Choose a folder"), self._start()))

    def _start(self) -> str:
        return self._path or QDir.homePath()

    def _take_found(self, found: str) -> None:
        if found:
            self._take(QDir.toNativeSeparators(found))
            self.editing_finished.emit()

    def _filter(self) -> str:
        every = self.tr("All files") + " (*)"
        if not self._suffixes:
            return every
        patterns = " ".join(f"*{suffix}" for suffix in self._suffixes)
        return f"{self.tr('Files of this kind')} ({patterns});;{every}"


def _button(name: str, text: str) -> QToolButton:
    button = QToolButton()
    button.setProperty("kind", "outlined")
    button.setText(text)
    button.setAccessibleName(name)
    button.setToolTip(name)
    return button


class _DropLine(QLineEdit):
    # A line edit takes a dropped file as the text "file:///..."; here its path is meant.

    dropped = Signal(str)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if first_path(event.mimeData()) is not None:
            event.acceptProposedAction()
        else:
            super().dragEnterEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if first_path(event.mimeData()) is not None:
            event.acceptProposedAction()
        else:
            super().dragMoveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        path = first_path(event.mimeData())
        if path is None:
            super().dropEvent(event)
            return
        event.acceptProposedAction()
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.dropped.emit(str(path))

    def event(self, event: QEvent) -> bool:
        # Enter in a dialog would press its button, though it is meant for the path.
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and self.isModified()
        ):
            self.setModified(False)
            self.editingFinished.emit()
            return True
        return super().event(event)
