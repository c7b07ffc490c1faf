"""The curves of the newest earlier runs, read in the background for the views that show them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from nnviz.core.earlier_runs import EarlierRun, earlier_runs
from nnviz.core.project import ProjectFile
from nnviz.gui.background import Background
from nnviz.gui.document import Project
from nnviz.gui.window_context import WindowContext

MOST = 5
"""Runs that are shown: more faded lines could not be told apart."""

WAIT_MS = 400
"""Time after the beginning of a run before the disk is read: the run before may just be written."""


class EarlierRuns(QObject):
    """Finds the runs that learned the same from the same data, once for each run that is shown.

    Signals:
        found(tuple): They, as EarlierRun, the newest first; none when another run begins.
    """

    found = Signal(object)

    def __init__(self, context: WindowContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._project: Project | None = None
        self._wanted = False
        self._asked = 0
        self._fresh = False
        self._background = Background()
        self._background.done.connect(self._on_done)
        self._timer = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._timer.timeout.connect(self._read)

    def begin(self, project: Project) -> None:
        """Forget what was found: another run begins."""
        self._project, self._fresh = project, False
        self._asked += 1
        self.found.emit(())
        if self._wanted:
            self._timer.start()

    def want(self, wanted: bool) -> None:
        """Say whether anybody shows them; nothing is read otherwise."""
        self._wanted = wanted
        if wanted and not self._fresh and self._project is not None and not self._timer.isActive():
            self._read()

    @Slot()
    def _read(self) -> None:
        folder, project = self._context.session.runs_dir, self._project
        if folder is None or project is None or self._fresh:
            return
        self._fresh = True
        like = ProjectFile(project.title, project.network, project.dataset, project.training)
        # One more: the run that is shown may be among them, and has no folder yet that could be named.
        self._background.start(str(self._asked), partial(earlier_runs, folder, like, MOST + 1))

    @Slot(str, object)
    def _on_done(self, number: str, runs: tuple[EarlierRun, ...]) -> None:
        if number == str(self._asked):
            current = self._context.session.run_folder
            others = [run for run in runs if current is None or run.id != current.name]
            self.found.emit(tuple(others[:MOST]))
