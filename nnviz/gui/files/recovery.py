"""Autosave, and what a crash left behind."""

from __future__ import annotations

import json
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QDateTime, QLocale, QLockFile, QObject, QTimer, Slot

from nnviz.core.project import ProjectError, ProjectFile, load_project, save_project
from nnviz.core.snapshot import Failure
from nnviz.gui.background import Background
from nnviz.gui.banner import Answer
from nnviz.gui.files.compose import compose
from nnviz.gui.files.desk import FileDesk
from nnviz.gui.window_context import WindowContext

INTERVAL_MS = 60_000
"""Time between two looks at whether anything is unsaved: what a crash can cost at most."""


@dataclass(frozen=True)
class Orphan:
    """What another nnviz had unsaved when it ended without being closed.

    Attributes:
        file: The autosaved project.
        name: What its window called it.
        path: Where it would have been saved, or None.
        lock: Held for as long as this nnviz thinks about it, so that no other one offers it too.
    """

    file: Path
    name: str
    path: Path | None
    lock: QLockFile


@dataclass(frozen=True)
class Found:
    """What was left behind, read."""

    orphan: Orphan
    project: ProjectFile


class Recovery(QObject):
    """Saves what is unsaved every minute to a folder of its own, and offers what a crash left there.

    Each running nnviz has one file there, with a lock beside it. The file goes when the project is saved or the window
    is closed; so a file whose lock nobody holds is what a crash left behind.

    Args:
        folder: Where the files lie; made when it is needed.
        context: What the window shares.
        desk: Knows what is unsaved.
    """

    def __init__(self, folder: Path, context: WindowContext, desk: FileDesk) -> None:
        super().__init__(desk)
        self._folder = folder
        self._context = context
        self._desk = desk
        self._name = secrets.token_hex(8)
        self._lock: QLockFile | None = None
        self._orphans: list[Orphan] = []
        self._number = 0
        self._busy = ""
        self._written: object = None
        self._background = Background()
        self._background.done.connect(self._on_done)
        self._background.failed.connect(self._on_failed)
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self.autosave)
        context.session.collected.connect(self._on_collected)
        desk.saved.connect(self._on_desk_changed)
        desk.project_taken.connect(self._on_desk_changed)

    @Slot()
    def start(self) -> None:
        """Offer what was left behind, and begin to save."""
        self._orphans = find_orphans(self._folder)
        self._offer()
        self._timer.start()

    @Slot()
    def autosave(self) -> None:
        """Save now, if there is anything that has not been saved."""
        if not self._desk.modified or self._busy or self._state() == self._written:
            return
        self._number += 1
        self._busy = f"autosave {self._number}"
        self._context.session.collect(self._busy)

    @Slot()
    def discard(self) -> None:
        """The window was closed: what is unsaved now is not wanted."""
        self._timer.stop()
        self._busy = ""
        self._remove()

    @Slot()
    def release(self) -> None:
        """The process ends; a file that is still there is offered at the next start."""
        self._timer.stop()
        for lock in (self._lock, *(orphan.lock for orphan in self._orphans)):
            if lock is not None:
                lock.unlock()
        self._lock, self._orphans = None, []

    def _state(self) -> object:
        return self._context.document.project, self._desk.step

    @property
    def _file(self) -> Path:
        return self._folder / f"{self._name}.nnviz"

    @Slot(str, object)
    def _on_collected(self, token: str, run: ProjectFile | None) -> None:
        if token != self._busy:
            return
        if self._lock is None:
            self._lock = _locked(self._folder, self._name)
        if self._lock is None:
            self._say_once(self.tr("No recovery copy can be kept in {0}. Save often.").format(self._folder))
            return
        self._written = self._state()
        # Of a network that was changed since it was trained the network is kept, not what was learned.
        file, _ = compose(self._context.document.project, run)
        note = {"name": self._desk.name, "path": str(self._desk.path.absolute()) if self._desk.path else ""}
        self._background.start(token, partial(_write, self._file, file, note))

    @Slot(str, object)
    def _on_done(self, name: str, answer: object) -> None:
        if isinstance(answer, Found):
            self._adopt(answer)
        elif name != self._busy:
            # Saved or closed while it was being written.
            if not self._busy:
                self._remove()
        else:
            self._busy = ""

    @Slot(str, object)
    def _on_failed(self, name: str, failure: Failure) -> None:
        if name == "recover":
            self._desk.told.emit(failure.sentence, [])
        elif name == self._busy:
            self._busy = ""
            self._say_once(self.tr("No recovery copy can be kept: {0}").format(failure.sentence))

    def _say_once(self, sentence: str) -> None:
        # Not every minute: whoever reads it once can save.
        self._timer.stop()
        self._busy = ""
        self._desk.said.emit(sentence)

    @Slot()
    def _on_desk_changed(self) -> None:
        if not self._desk.modified:
            self._busy = ""
            self._remove()

    def _remove(self) -> None:
        self._written = None
        _delete(self._file)
        if self._lock is not None:
            self._lock.unlock()
            self._lock = None

    def _offer(self) -> None:
        if not self._orphans:
            return
        orphan = self._orphans[0]
        when = QLocale().toString(_time(orphan.file), QLocale.FormatType.ShortFormat)
        sentence = self.tr("nnviz was not closed properly. Changes to {0} from {1} were kept.")
        answers = [
            Answer("recover_button", self.tr("Recover them"), self._recover, primary=True),
            Answer("discard_button", self.tr("Discard them"), self._discard_orphan),
        ]
        self._desk.told.emit(sentence.format(orphan.name, when), answers)

    def _recover(self) -> None:
        self._desk.keep_then(self._read_orphan)

    def _read_orphan(self) -> None:
        self._background.start("recover", partial(_read, self._orphans.pop(0)))

    def _discard_orphan(self) -> None:
        orphan = self._orphans.pop(0)
        _delete(orphan.file)
        orphan.lock.unlock()
        self._offer()

    def _adopt(self, found: Found) -> None:
        # Its file becomes this window's own: it goes when the project is saved, and stays if we crash as well.
        self._desk.take(found.project, found.orphan.path, recovered=True)
        self._remove()
        self._name, self._lock = found.orphan.file.stem, found.orphan.lock
        self._written = self._state()
        self._desk.said.emit(self.tr("Recovered {0}. Save it to keep it.").format(found.orphan.name))


def recovery_folder() -> Path:
    """Where unsaved work is kept: the system's folder for the state of applications."""
    # Imported here: the window is on the screen before anybody asks.
    import platformdirs

    return Path(platformdirs.user_state_dir("nnviz", appauthor=False)) / "recovery"


def find_orphans(folder: Path) -> list[Orphan]:
    """What crashes have left behind, newest first. Each is locked until somebody has decided."""
    found = []
    try:
        files = sorted(folder.glob("*.nnviz"), key=lambda file: file.stat().st_mtime, reverse=True)
    except OSError:
        return []
    for file in files:
        lock = _locked(folder, file.stem)
        if lock is None:
            # Its nnviz is still running.
            continue
        note = _note(file)
        found.append(
            Orphan(file, note.get("name") or file.stem, Path(note["path"]) if note.get("path") else None, lock)
        )
    return found


def _locked(folder: Path, name: str) -> QLockFile | None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    lock = QLockFile(str(folder / f"{name}.lock"))
    # A lock is never too old, only left by a process that is gone: a lesson may be paused for an hour.
    lock.setStaleLockTime(0)
    return lock if lock.tryLock(0) else None


def _note(file: Path) -> dict[str, str]:
    try:
        note = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {key: value for key, value in note.items() if isinstance(value, str)} if isinstance(note, dict) else {}


def _write(path: Path, file: ProjectFile, note: dict[str, str]) -> None:
    try:
        save_project(path, file)
        path.with_suffix(".json").write_text(json.dumps(note), encoding="utf-8")
    except OSError as error:
        raise ProjectError(f"{path} cannot be written: {error.strerror or error}.") from error


def _read(orphan: Orphan) -> Found:
    try:
        return Found(orphan, load_project(orphan.file))
    except ProjectError:
        # Not offered again, but not deleted either: somebody may still want to look into it.
        with suppress(OSError):
            os.replace(orphan.file, orphan.file.with_suffix(".damaged"))
        raise


def _delete(file: Path) -> None:
    for path in (file, file.with_suffix(".json")):
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _time(file: Path) -> QDateTime:
    try:
        return QDateTime.fromSecsSinceEpoch(int(file.stat().st_mtime))
    except OSError:
        return QDateTime.currentDateTime()
