"""Writes a run to the disk while it is trained, on a thread of its own."""

from __future__ import annotations

import queue
import threading
import time
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import replace

from nnviz.core.errors import NnvizError
from nnviz.core.project import ProjectFile
from nnviz.core.runs import MOST_MEGABYTES, MOST_STEPS, RunFolder, RunSummary, wanted_steps

WAITING_BYTES = 100_000_000
"""Memory that states may take while they wait for a slow disk; what comes then is left out, but for two."""

SUMMARY_EVERY_S = 2.0

Work = Callable[[], None]


class RunRecorder:
    """Keeps one run: its summary now and then, its state before the wanted steps, its curves at the end.

    Called from the thread that trains. The disk is only written to by the recorder's own thread, which `close()` ends.

    Attributes:
        folder: Where the run is kept.
        failure: What went wrong on the disk, as a sentence, after which nothing more is written; empty if nothing did.

    Args:
        folder: Where it is kept; made when it is written to.
        summary: What it is.
        most_steps: Number of steps whose state is kept.
        most_megabytes: Room that these may take.
    """

    def __init__(
        self,
        folder: RunFolder,
        summary: RunSummary,
        most_steps: int = MOST_STEPS,
        most_megabytes: int = MOST_MEGABYTES,
    ) -> None:
        self.folder = folder
        self.failure = ""
        self._summary = summary
        self._most = most_steps
        self._most_bytes = most_megabytes * 1_000_000
        self._wanted = wanted_steps(max(1, summary.total_steps), most_steps) if most_steps else []
        self._told_at = 0.0
        self._work: queue.Queue[Work | None] = queue.Queue()
        self._waiting: dict[int, ProjectFile] = {}
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="run recorder")
        self._thread.start()
        self._work.put(self._write_summary(summary))

    @property
    def summary(self) -> RunSummary:
        """What was said of the run last."""
        return self._summary

    def next_wanted(self, step: int) -> int:
        """The first wanted step that is not before `step`; -1 if there is none."""
        place = bisect_left(self._wanted, step)
        return self._wanted[place] if place < len(self._wanted) else -1

    def keep_before(self, step: int, state: ProjectFile) -> None:
        """Keep the state before a step; it is left out if too many wait for the disk already."""
        with self._lock:
            held = sum(map(_bytes_of, self._waiting.values()))
            if self.failure or (len(self._waiting) >= 2 and held + _bytes_of(state) > WAITING_BYTES):
                return
            self._waiting[step] = state
        self._work.put(lambda: self._write_state(step, state))

    def steps(self) -> tuple[int, ...]:
        """The steps that the run can be taken back to, in their order."""
        with self._lock:
            return tuple(sorted({*self.folder.steps(), *self._waiting}))

    def before_step(self, step: int) -> ProjectFile:
        """The state before a step, from the disk or on its way there.

        Raises:
            ProjectError: If it cannot be read.
        """
        with self._lock:
            waiting = self._waiting.get(step)
        return self.folder.before_step(step) if waiting is None else waiting

    def tell(self, summary: RunSummary) -> None:
        """Say how the run stands; written at most every two seconds."""
        self._summary = summary
        now = time.monotonic()
        if now - self._told_at >= SUMMARY_EVERY_S:
            self._told_at = now
            self._work.put(self._write_summary(summary))

    def keep_curves(self, project: ProjectFile) -> None:
        """Keep what is trained and its curves so far, without weights: what is left of a run that is cut off."""
        self._work.put(lambda: self.folder.write_project(project))

    def end(self, state: str, project: ProjectFile) -> None:
        """Say how it ended, and keep its curves and what it ended with; the run may go on afterwards."""
        self._summary = replace(self._summary, state=state)
        self._work.put(self._write_summary(self._summary))
        self._work.put(lambda: self.folder.write_project(project))

    def close(self, *, wait: bool = False) -> None:
        """Write what waits, and end the thread; returns at once, or when that is done."""
        self._work.put(None)
        if wait:
            self._thread.join()

    def _write_summary(self, summary: RunSummary) -> Work:
        def write() -> None:
            # Names and notes may have been changed in the table meanwhile.
            old = _summary_of(self.folder)
            kept = summary if old is None else replace(summary, name=old.name, notes=old.notes)
            self.folder.write_summary(kept)

        return write

    def _write_state(self, step: int, state: ProjectFile) -> None:
        try:
            self.folder.write_before_step(step, state)
            self.folder.thin(self._most, self._most_bytes)
        finally:
            with self._lock:
                self._waiting.pop(step, None)

    def _run(self) -> None:
        while True:
            work = self._work.get()
            if work is None:
                return
            if self.failure:
                continue
            try:
                work()
            except NnvizError as error:
                self.failure = str(error)
            except OSError as error:
                self.failure = f"The run cannot be kept in {self.folder.path}: {error.strerror or error}."


def _bytes_of(state: ProjectFile) -> int:
    return sum(array.nbytes for arrays in (state.weights, state.state) for array in arrays.values())


def _summary_of(folder: RunFolder) -> RunSummary | None:
    try:
        return folder.summary()
    except NnvizError:
        return None
