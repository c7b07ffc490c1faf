"""Kept runs written for TensorBoard: asking where, how far it is, and giving it up."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QSettings, QStandardPaths, Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from nnviz.core.snapshot import Failure
from nnviz.gui.background import Background
from nnviz.gui.runs.shelf import RunEntry
from nnviz.gui.style.theme import Theme

FOLDER = "runs/tensorboard"
"""The setting that remembers where runs were written last."""

WHOLE = 1000


class TensorBoardRow(QWidget):
    """A row that is there while runs are written: what is done, a bar, and a button to give it up.

    Runs are written away from the window's thread, each into a folder of its own.

    Signals:
        said(str): One sentence on what was written, or why it was not.
        busy_changed: Writing has begun or ended, in whichever way.
    """

    said = Signal(str)
    busy_changed = Signal()

    _progressed = Signal(int, int)

    def __init__(self, settings: QSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._wanted: tuple[RunEntry, ...] = ()
        self._cancelled = threading.Event()
        self._folder = Path()
        self._background = Background()
        self._background.done.connect(self._on_done)
        self._background.failed.connect(self._on_failed)
        # From the thread that writes to the window's.
        self._progressed.connect(self._on_progressed)
        self.setObjectName("tensorboard_row")
        self._label = QLabel()
        self._label.setProperty("kind", "muted")
        self._bar = QProgressBar()
        self._bar.setObjectName("tensorboard_bar")
        self._bar.setAccessibleName(self.tr("Progress"))
        self._bar.setRange(0, WHOLE)
        self._bar.setTextVisible(False)
        self._cancel = QPushButton(self.tr("Cancel"))
        self._cancel.setObjectName("tensorboard_cancel")
        self._cancel.setToolTip(self.tr("Stop writing. Runs that are written already stay."))
        self._cancel.clicked.connect(self._on_cancel)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._label)
        self._row.addWidget(self._bar, 1)
        self._row.addWidget(self._cancel)
        self.hide()

    @property
    def busy(self) -> bool:
        """Whether runs are being written."""
        return not self.isHidden()

    def ask(self, entries: Sequence[RunEntry]) -> None:
        """Ask for a folder, and write these runs there; or say what has to be installed first."""
        # Asked here rather than of the core, whose sentence is English.
        if find_spec("tensorboardX") is None:
            self.said.emit(
                self.tr(
                    "Writing for TensorBoard needs one more package: install it with "
                    'pip install "nnviz[tensorboard]", and start nnviz again.'
                )
            )
            return
        if self.busy or not entries:
            return
        self._wanted = tuple(entries)
        remembered = str(self._settings.value(FOLDER, ""))
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        folder = remembered if remembered and Path(remembered).is_dir() else documents
        dialog = QFileDialog(self.parentWidget(), self.tr("Folder for TensorBoard"), folder)
        dialog.setObjectName("tensorboard_dialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self._on_folder_chosen)
        dialog.open()

    def set_theme(self, theme: Theme) -> None:
        """Take on another look."""
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.space)

    @Slot(str)
    def _on_folder_chosen(self, chosen: str) -> None:
        self._folder = Path(chosen)
        self._settings.setValue(FOLDER, chosen)
        self._cancelled.clear()
        names = self._wanted[0].name if len(self._wanted) == 1 else self.tr("{0} runs").format(len(self._wanted))
        self._label.setText(self.tr("Writing {0} for TensorBoard").format(names))
        self._bar.setValue(0)
        self.show()
        self.busy_changed.emit()
        self._background.start(
            "tensorboard",
            partial(_write, self._wanted, self._folder, self._progressed.emit, self._cancelled.is_set),
        )

    @Slot(int, int)
    def _on_progressed(self, done: int, total: int) -> None:
        self._bar.setValue(round(WHOLE * done / max(1, total)))

    @Slot()
    def _on_cancel(self) -> None:
        self._cancelled.set()

    @Slot(str, object)
    def _on_done(self, name: str, written: int) -> None:
        self.hide()
        if self._cancelled.is_set() and written < len(self._wanted):
            text = self.tr("Given up: {0} of {1} runs were written.").format(written, len(self._wanted))
        elif written == 1:
            text = self.tr("Wrote {0}. To look at it: tensorboard --logdir {1}")
            text = text.format(self._wanted[0].name, _quoted(self._folder))
        else:
            text = self.tr("Wrote {0} runs. To look at them: tensorboard --logdir {1}")
            text = text.format(written, _quoted(self._folder))
        self.said.emit(text)
        self.busy_changed.emit()

    @Slot(str, object)
    def _on_failed(self, name: str, failure: Failure) -> None:
        self.hide()
        self.said.emit(failure.sentence)
        self.busy_changed.emit()


def _write(
    entries: tuple[RunEntry, ...],
    folder: Path,
    progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> int:
    """Write runs one after the other; how many were written before it was given up."""
    from nnviz.core.export.tensorboard import ExportCancelledError, write_run

    for number, entry in enumerate(entries):

        def tell(done: int, total: int, before: int = number) -> None:
            progress(before * total + done, len(entries) * total)

        try:
            write_run(entry.folder, folder, tell, cancelled)
        except ExportCancelledError:
            return number
    return len(entries)


def _quoted(path: Path) -> str:
    return f'"{path}"' if " " in str(path) else str(path)
