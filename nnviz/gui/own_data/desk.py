"""Where own data comes in: by the dialog, by a file dropped on the window, or as used before."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from nnviz.core.datasets.base import DatasetSpec
from nnviz.core.datasets.own_data import OwnData
from nnviz.gui.own_data.dialog import ImportDialog
from nnviz.gui.own_data.drop import DataDrop
from nnviz.gui.own_data.files import data_path
from nnviz.gui.own_data.recent import RecentData
from nnviz.gui.window_context import WindowContext


class OwnDataDesk(QObject):
    """Asks for data of the user's own, and remembers what was used.

    Attributes:
        recent: What was used lately.

    Signals:
        chosen(DatasetSpec): This data should be used.
        missed(str): Data that was used before is gone; the sentence says what to do.
    """

    chosen = Signal(object)
    missed = Signal(str)

    def __init__(self, context: WindowContext, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._dialog: ImportDialog | None = None
        self.recent = RecentData(context.settings, self)
        self._drop = DataDrop(window, context.appearance)
        self._drop.dropped.connect(self.ask_about)
        application = QCoreApplication.instance()
        assert application is not None
        application.aboutToQuit.connect(self.close)

    @Slot()
    def ask(self) -> None:
        """Open the dialog with nothing in it."""
        self._open(None, None)

    @Slot(object)
    def ask_about(self, path: Path) -> None:
        """Open the dialog on a file or folder."""
        self._open(path, None)

    @Slot(object)
    def look_again(self, spec: DatasetSpec) -> None:
        """Open the dialog on data that is in use, with the settings that it has."""
        if isinstance(spec, OwnData):
            self._open(None, spec)

    @Slot(object)
    def use_again(self, spec: DatasetSpec) -> None:
        """Use data that was used before, if it is still there."""
        path = data_path(spec)
        if path is None or not path.exists():
            self.recent.remove(spec)
            self.missed.emit(
                self.tr("{0} is not there any more. Put it back and open it again, or choose other data.").format(path)
            )
            return
        self.recent.add(spec)
        self.chosen.emit(spec)

    @Slot()
    def close(self) -> None:
        """Close the dialog, if it is open, with its thread: the window goes, or the application ends."""
        if self._dialog is not None:
            self._dialog.reject()

    def _open(self, path: Path | None, spec: OwnData | None) -> None:
        if self._dialog is not None:
            # Dropped on the window while the dialog is open: it is meant for the dialog.
            if path is not None:
                self._dialog.look_into(path)
            self._dialog.raise_()
            return
        self._dialog = dialog = ImportDialog(self._context.appearance, self._window)
        dialog.finished.connect(self._on_finished)
        if spec is not None:
            dialog.look_again(spec)
        elif path is not None:
            dialog.look_into(path)
        dialog.open()

    @Slot(int)
    def _on_finished(self, result: int) -> None:
        dialog, self._dialog = self._dialog, None
        if dialog is None:
            return
        dialog.deleteLater()
        if result and dialog.spec is not None:
            self.recent.add(dialog.spec)
            self.chosen.emit(dialog.spec)
