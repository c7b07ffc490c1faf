"""What crosses from the thread that trains to the one that draws: frozen, with read-only arrays, nothing of torch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray


def read_only(array: NDArray[Any]) -> NDArray[Any]:
    """A copy of `array` that nobody can write to."""
    copy = np.array(array)
    copy.flags.writeable = False
    return copy


@dataclass(frozen=True)
class Snapshot:
    """What one live view's probe saw after one step.

    Attributes:
        step: Number of batches trained so far.
        arrays: The probe's answers by name; read-only.
    """

    step: int
    arrays: Mapping[str, NDArray[Any]]


@dataclass(frozen=True)
class History:
    """Curves of a run, or the newest stretch of them.

    Attributes:
        steps: Numbers of the measured steps, int64, (n,).
        loss: Training loss of those batches, float32, (n,).
        accuracy: Share of those batches that was classified rightly, (n,); NaN where it was not measured, and for
            regression.
        validation_steps: Steps after which validation data was measured, int64, (m,).
        validation_loss: Mean loss on the validation data, (m,).
        validation_accuracy: Accuracy on it, (m,); NaN for regression.
        rate_steps: Steps that were the first with another learning rate than the one before, int64, (k,).
        rates: These learning rates, (k,).
    """

    steps: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
    loss: NDArray[np.float32] = field(default_factory=lambda: np.empty(0, np.float32))
    accuracy: NDArray[np.float32] = field(default_factory=lambda: np.empty(0, np.float32))
    validation_steps: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
    validation_loss: NDArray[np.float32] = field(default_factory=lambda: np.empty(0, np.float32))
    validation_accuracy: NDArray[np.float32] = field(default_factory=lambda: np.empty(0, np.float32))
    rate_steps: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
    rates: NDArray[np.float32] = field(default_factory=lambda: np.empty(0, np.float32))

    def __add__(self, later: History) -> History:
        """This stretch followed by a later one."""
        names = [field.name for field in fields(self)]
        return History(*(np.concatenate((getattr(self, name), getattr(later, name))) for name in names))

    def __len__(self) -> int:
        return len(self.steps)


@dataclass(frozen=True)
class Progress:
    """How far a run is.

    Attributes:
        step: Batches trained so far.
        total_steps: Batches of the whole run.
        epoch: Passes through the training data, begun at 1.
        total_epochs: Passes of the whole run, the last one perhaps in part.
        samples_per_second: Training samples per second of late; 0 if unknown.
        seconds_left: Expected time to the end; NaN if unknown.
        steps_per_epoch: Batches of a pass; 0 if unknown.
    """

    step: int
    total_steps: int
    epoch: int
    total_epochs: int
    samples_per_second: float
    seconds_left: float
    steps_per_epoch: int = 0

    @property
    def fraction(self) -> float:
        """Share of the run that is done, from 0 to 1."""
        return self.step / self.total_steps if self.total_steps else 0.0


@dataclass(frozen=True)
class Prediction:
    """What a network says of one drawing.

    Attributes:
        request: Number of the request that it answers; a later request makes earlier answers stale.
        classes: Names of the classes.
        probabilities: One per class, float64, summing to 1; read-only.
        network: Title of the network that answered, for people.
        steps: Number of steps that it had been trained for.
    """

    request: int
    classes: tuple[str, ...]
    probabilities: NDArray[np.float64]
    network: str
    steps: int

    @property
    def best(self) -> int:
        """Index of the most probable class."""
        return int(np.argmax(self.probabilities))


@dataclass(frozen=True)
class Failure:
    """Something that went wrong on the other thread.

    Attributes:
        sentence: What to tell people.
        details: The traceback for a bug report; empty where the sentence says everything.
        diverged_at: The step of a training whose loss was no finite number; 0 if that is not what went wrong.
    """

    sentence: str
    details: str = ""
    diverged_at: int = 0
