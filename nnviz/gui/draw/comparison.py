"""The choice of a second network that reads the same drawing."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QFileDialog, QWidget

from nnviz.core.project import ProjectFile, load_project
from nnviz.core.snapshot import Failure
from nnviz.gui.background import Background
from nnviz.resource_path import resource_path

BUNDLED = ("linear", "mlp", "digits")
"""The networks that come with the application, by their files' names."""


class ComparisonBox(QComboBox):
    """Which network reads beside the first one: none, one of those that came with the application, or a file's.

    Signals:
        chosen(ProjectFile): This network reads, too; None if none does.
        failed(str): The file cannot be used; the sentence says why.
    """

    chosen = Signal(object)
    failed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("comparison_box")
        self.setAccessibleName(self.tr("Compare with"))
        self.view().setObjectName("comparison_list")
        self.view().setAccessibleName(self.tr("Networks to compare with"))
        self.setToolTip(self.tr("Let a second network read the same drawing: where they differ is a lesson."))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._background = Background(self)
        self._background.done.connect(self._on_loaded)
        self._background.failed.connect(self._on_failed)
        titles = {"linear": self.tr("a linear network"), "mlp": self.tr("an MLP"), "digits": self.tr("the bundled CNN")}
        self.addItem(self.tr("Compare with..."), None)
        for name in BUNDLED:
            if resource_path("models", f"{name}.nnviz").exists():
                self.addItem(titles[name], str(resource_path("models", f"{name}.nnviz")))
        self.addItem(self.tr("another file..."), "")
        self._asked = 0
        self.activated.connect(self._on_activated)

    def choose(self, name: str) -> None:
        """Compare with a network that came with the application, by its file's name."""
        index = self.findData(str(resource_path("models", f"{name}.nnviz")))
        self.setCurrentIndex(index)
        self._on_activated(index)

    @Slot(int)
    def _on_activated(self, index: int) -> None:
        path = self.itemData(index)
        self._asked += 1
        if path is None:
            self.chosen.emit(None)
            return
        if not path:
            path, _ = QFileDialog.getOpenFileName(self, self.tr("A network to compare with"), "", "nnviz (*.nnviz)")
            if not path:
                self._give_up()
                return
            self.insertItem(index, Path(path).stem, path)
            self.setCurrentIndex(index)
        self._background.start(str(self._asked), lambda: load_project(Path(path)))

    def _give_up(self) -> None:
        self.setCurrentIndex(0)
        self.chosen.emit(None)

    @Slot(str, object)
    def _on_loaded(self, token: str, file: ProjectFile) -> None:
        if token == str(self._asked):
            self.chosen.emit(file)

    @Slot(str, object)
    def _on_failed(self, token: str, failure: Failure) -> None:
        if token == str(self._asked):
            self._give_up()
            self.failed.emit(failure.sentence)
