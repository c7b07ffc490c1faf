"""The dialog in which a lab's file is chosen, to save to or to open; the folder of the last one is remembered."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings, QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from nnviz.core.labs.state import SUFFIX

_FOLDER = "labs/folder"


class LabFileDialog(QFileDialog):
    """Asks for a file of a lab; `fileSelected` says which.

    Args:
        parent: Above what it stands.
        title: Its heading.
        settings: Where the folder is remembered.
        save_as: Name that is proposed to save to; empty to open one.
    """

    def __init__(self, parent: QWidget, title: str, settings: QSettings, save_as: str = "") -> None:
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        folder = str(settings.value(_FOLDER, "")) or documents
        super().__init__(parent, title, folder)
        kind = self.tr("Labs of nnviz")
        self.setNameFilter(f"{kind} (*{SUFFIX})")
        self.setObjectName("lab_file_dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if save_as:
            self.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            self.setDefaultSuffix(SUFFIX[1:])
            self.selectFile(f"{save_as}{SUFFIX}")
        else:
            self.setFileMode(QFileDialog.FileMode.ExistingFile)


def remember_folder(settings: QSettings, path: Path) -> None:
    """Begin in this file's folder the next time."""
    settings.setValue(_FOLDER, str(path.parent))
