"""The runs on the disk, read and changed away from the window's thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from nnviz.core.project import ProjectFile
from nnviz.core.run_curves import RunCurves
from nnviz.core.runs import RunFolder, RunSummary, find_runs, forget_set_aside
from nnviz.core.snapshot import Failure
from nnviz.gui.background import Background


@dataclass(frozen=True)
class RunEntry:
    """One run of the table.

    Attributes:
        folder: Where it is.
        summary: What is known of it.
    """

    folder: RunFolder
    summary: RunSummary

    @property
    def id(self) -> str:
        """Tells it apart from others."""
        return self.folder.id

    @property
    def name(self) -> str:
        """What it is called: by whoever looked at it, else by its network."""
        return self.summary.name or self.summary.title


@dataclass(frozen=True)
class ReadRun:
    """What a run was trained with, and its curves.

    Attributes:
        project: Network, data and training; without weights.
        curves: Its curves.
    """

    project: ProjectFile
    curves: RunCurves


class RunShelf(QObject):
    """Lists runs, reads them, renames them and sets them aside. All methods return at once.

    Attributes:
        aside: The runs that were set aside last; they can be put back.

    Signals:
        listed(list): All runs there are, as RunEntry, the newest first.
        read(dict): What was asked for: ReadRun by id; one that cannot be read is missing.
        changed: Something was renamed, set aside or put back.
        opened(ProjectFile): What open_run() asked for.
        failed(Failure): Something could not be done.
    """

    listed = Signal(object)
    read = Signal(object)
    changed = Signal()
    opened = Signal(object)
    failed = Signal(object)

    def __init__(self, folder: Path | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.folder = folder
        self.aside: tuple[RunFolder, ...] = ()
        self._listing = False
        self._background = Background()
        self._background.done.connect(self._on_done)
        self._background.failed.connect(self._on_failed)
        if folder is not None:
            # Nobody can put back any more what was set aside in an earlier session.
            self._background.start("forget", partial(forget_set_aside, folder))

    def list_runs(self) -> None:
        """Look what there is; `listed` answers. While one look is under way another is not begun."""
        if self.folder is not None and not self._listing:
            self._listing = True
            self._background.start("list", partial(_listed, self.folder))

    def read_runs(self, folders: Sequence[RunFolder]) -> None:
        """Read settings and curves of some runs; `read` answers."""
        self._background.start("read", partial(_read, tuple(folders)))

    def open_run(self, folder: RunFolder) -> None:
        """Read all of a run, with what it has learned; `opened` answers."""
        self._background.start("open", folder.project)

    def change(self, folder: RunFolder, **values: str) -> None:
        """Give a run another name or other notes."""
        self._background.start("change", partial(_change, folder, values))

    def set_aside(self, folders: Sequence[RunFolder]) -> None:
        """Take runs out of the list, and forget those that were set aside before."""
        if self.folder is not None:
            self._background.start("aside", partial(_set_aside, self.folder, tuple(folders)))

    def put_back(self) -> None:
        """Put the runs back that were set aside last."""
        folders, self.aside = self.aside, ()
        self._background.start("back", partial(_put_back, folders))

    @Slot(str, object)
    def _on_done(self, name: str, answer: object) -> None:
        if name == "list":
            self._listing = False
            self.listed.emit(answer)
        elif name == "read":
            self.read.emit(answer)
        elif name == "open":
            self.opened.emit(answer)
        elif name == "aside":
            assert isinstance(answer, tuple)
            self.aside = answer
            self.changed.emit()
        elif name in ("change", "back"):
            self.changed.emit()

    @Slot(str, object)
    def _on_failed(self, name: str, failure: Failure) -> None:
        if name == "list":
            self._listing = False
        self.failed.emit(failure)
        if name in ("aside", "back", "change"):
            # A part of it may be done.
            self.changed.emit()


def _listed(folder: Path) -> list[RunEntry]:
    return [RunEntry(run, summary) for run, summary in find_runs(folder)]


def _read(folders: tuple[RunFolder, ...]) -> dict[str, ReadRun]:
    found = {}
    failure: Exception | None = None
    for folder in folders:
        try:
            project = folder.project()
        except Exception as error:
            failure = error
            continue
        curves = RunCurves()
        curves.append(project.history)
        found[folder.id] = ReadRun(replace(project, weights={}, state={}), curves)
    if failure is not None and not found:
        raise failure
    return found


def _change(folder: RunFolder, values: dict[str, Any]) -> None:
    folder.write_summary(replace(folder.summary(), **values))


def _set_aside(folder: Path, runs: tuple[RunFolder, ...]) -> tuple[RunFolder, ...]:
    forget_set_aside(folder)
    return tuple(run.set_aside() for run in runs)


def _put_back(runs: tuple[RunFolder, ...]) -> None:
    for run in runs:
        run.put_back()
