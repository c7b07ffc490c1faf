"""The one thing that two threads share: what the trainer measured, waiting for the screen."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field

from nnviz.core.snapshot import History, Progress, Snapshot


@dataclass(frozen=True)
class Mail:
    """Everything that arrived since the last look.

    Attributes:
        run: Number of the run that it belongs to.
        history: The newest stretch of the curves; never skipped, however slow the screen.
        progress: The latest progress, or None.
        snapshots: The latest snapshot of each live view by its name; earlier ones were replaced.
    """

    run: int = 0
    history: History = field(default_factory=History)
    progress: Progress | None = None
    snapshots: Mapping[str, Snapshot] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(len(self.history) or len(self.history.validation_steps) or self.progress or self.snapshots)


class Mailbox:
    """Scalars are appended and heavy arrays replaced, so that a slow screen never builds a queue.

    Any thread may call any method.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._run = 0
        self._stretches: list[History] = []
        self._progress: Progress | None = None
        self._snapshots: dict[str, Snapshot] = {}

    def append(self, history: History) -> None:
        """Add a stretch of the curves behind what is waiting."""
        with self._lock:
            self._stretches.append(history)

    def replace(self, *, progress: Progress | None = None, snapshots: Mapping[str, Snapshot] | None = None) -> None:
        """Put the latest progress and snapshots in place of the ones that are waiting."""
        with self._lock:
            if progress is not None:
                self._progress = progress
            self._snapshots.update(snapshots or {})

    def take(self, run: int) -> Mail:
        """Everything that is waiting of run number `run`; the box is empty afterwards.

        Mail of another run, one that was given up or one of which the reader has not heard yet, stays where it is.
        """
        with self._lock:
            if run != self._run:
                return Mail(run)
            stretches, self._stretches = self._stretches, []
            progress, self._progress = self._progress, None
            snapshots, self._snapshots = self._snapshots, {}
        history = stretches[0] if len(stretches) == 1 else sum(stretches, History())
        return Mail(run, history, progress, snapshots)

    def begin(self, run: int) -> None:
        """Throw away what is waiting: from now on everything belongs to run number `run`."""
        with self._lock:
            self._run = run
            self._stretches, self._progress, self._snapshots = [], None, {}
