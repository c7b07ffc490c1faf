"""The loader: reads, downloads or makes data on a thread of its own, so that drawings are answered meanwhile."""

from __future__ import annotations

import threading
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
        cancelled: Set by any thread to give up the job under way; whoever starts the next one clears it.

    Signals:
        loaded(LoadJob, Dataset): The data is there.
        failed(LoadJob, Failure): It cannot be had.
        progressed(str, int, int): What is being done, bytes done, bytes in all (0: unknown).
    """

    loaded = Signal(object, object)
    failed = Signal(object, object)
    progressed = Signal(str, object, object)

    def __init__(self) -> None:
        super().__init__()
        self.cancelled = threading.Event()
        self._last: tuple[DatasetSpec, Path | None, Dataset] | None = None
        self._reported_at = 0.0

    @Slot(object)
    def load(self, job: LoadJob) -> None:
        """Load one data set."""
        if self._last is not None and self._last[:2] == (job.spec, job.data_dir):
            self.loaded.emit(job, self._last[2])
            return
        context = LoadContext(data_dir=job.data_dir, progress=self._report, cancelled=self.cancelled.is_set)
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

    def _report(self, what: str, done: int, total: int) -> None:
        now = time.perf_counter()
        if now - self._reported_at >= REPORT_EVERY_S or done == total:
            self._reported_at = now
            self.progressed.emit(what, done, total)
