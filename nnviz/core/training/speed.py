"""How fast a training is."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

from nnviz.core.snapshot import Progress

if TYPE_CHECKING:
    from nnviz.core.project import ProjectFile
    from nnviz.core.training.trainer import Trainer


class Speed:
    """Trained samples per second, over about the last second.

    Attributes:
        samples_per_second: The rate; 0 if it is not known yet.
        seconds: Time that was trained for, without pauses.
    """

    def __init__(self) -> None:
        self.samples_per_second = 0.0
        self.seconds = 0.0
        self.restart()

    def restart(self) -> None:
        """Begin to count, after a pause that must not count."""
        self._began = self._last = time.perf_counter()
        self._samples = 0

    def add(self, samples: int) -> None:
        """Count a batch that is done."""
        now = time.perf_counter()
        self._samples += samples
        self.seconds += now - self._last
        self._last = now
        if now - self._began >= 1.0:
            rate = self._samples / (now - self._began)
            old = self.samples_per_second
            self.samples_per_second = rate if not old else 0.5 * old + 0.5 * rate
            self._began, self._samples = now, 0

    def progress(self, trainer: Trainer) -> Progress:
        """How far a training is that goes at this speed."""
        rate = self.samples_per_second
        left = (trainer.total_steps - trainer.step) * trainer.training.batch_size
        return Progress(
            trainer.step,
            trainer.total_steps,
            trainer.epoch,
            trainer.total_epochs,
            rate,
            left / rate if rate else math.nan,
            trainer.steps_per_epoch,
        )


def progress_of(file: ProjectFile) -> Progress:
    """How far the run of a file is; what the file does not say is 0."""
    found = [file.numbers.get(name) for name in ("step", "total_steps", "epoch", "total_epochs")]
    step, total, epoch, epochs = (value if type(value) is int and value > 0 else 0 for value in found)
    return Progress(step, total, epoch, epochs, 0.0, float("nan"))
