"""The loader: reads, downloads or makes data on a thread of its own, so that drawings are answered meanwhile."""

from __future__ import annotations

import time
import traceback
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from nnviz.core.datasets.base import Dataset, DatasetSpec, LoadContext
from nnviz.core.errors import NnvizError
from nnviz.core.snapshot import Failure

REPORT_EVERY_S = 0.1


@dataclass(frozen=True)
class LoadJob:
    """What is to be loaded.

    Attributes:
        number: Told apart by it from jobs that were given up.
        spec: The data set.
        data_dir: Folder of the user's that is searched first, or None.
    """

    number: int
    spec: DatasetSpec
    data_dir: Path | None


class Loader(QObject):
    """Loads data sets, and keeps the last one. Lives on the loading thread.

    Attributes:
        newest_job: Number of the only job that is still wanted; written by the GUI thread. All others are given up.

    Signals:
        loaded(LoadJob, Dataset): The data is there.
        failed(LoadJob, Failure): It cannot be had.
        progressed(LoadJob, str, int, int): What is being done, bytes done, bytes in all (0: unknown).
    """

    loaded = Signal(object, object)
    failed = Signal(object, object)
    progressed = Signal(object, str, object, object)

    def __init__(self) -> None:
        super().__init__()
        self.newest_job = 0
        self._last: tuple[DatasetSpec, Path | None, Dataset] | None = None
        self._reported_at = 0.0

    @Slot(object)
    def load(self, job: LoadJob) -> None:
        """Load one data set, unless it is not wanted any more."""
        if job.number != self.newest_job:
            return
        if self._last is not None and self._last[:2] == (job.spec, job.data_dir):
            self.loaded.emit(job, self._last[2])
            return

        def report(what: str, done: int, total: int) -> None:
            self._report(job, what, done, total)

        def cancelled() -> bool:
            return job.number != self.newest_job

        context = LoadContext(data_dir=job.data_dir, progress=report, cancelled=cancelled)
        try:
            data = job.spec.load(context)
        except NnvizError as error:
            self.failed.emit(job, Failure(str(error)))
            return
        except Exception as error:
            sentence = self.tr("The data could not be loaded: {0}").format(error)
            self.failed.emit(job, Failure(sentence, traceback.format_exc()))
            return
        self._last = (job.spec, job.data_dir, data)
        self.loaded.emit(job, data)

    def _report(self, job: LoadJob, what: str, done: int, total: int) -> None:
        now = time.perf_counter()
        if now - self._reported_at >= REPORT_EVERY_S or done == total:
            self._reported_at = now
            self.progressed.emit(job, what, done, total)
