"""The curves of a run of any length in bounded memory, as files and tables want them: value by value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.core.snapshot import History

MOST_BATCHES = 200_000
"""Trained batches after which every second one goes: 16 bytes each."""

MOST_MEASUREMENTS = 10_000
"""The same for measurements of the validation data, and for changes of the learning rate."""

MOST_WAITING = 100
"""Stretches that wait to be joined: joining copies everything."""


class KeptHistory:
    """A history that grows and stays within its bounds.

    Up to the bounds it is complete. Then only every second batch is kept, later every fourth, and so on, each as it was
    measured; the first and the newest one are always there, and so are the lowest loss and the highest accuracy on
    validation data. What is kept depends on the run alone, not on the stretches in which it arrived.

    Attributes:
        newest: The stretch that was added last.

    Args:
        history: What it begins with.
        most_batches: Bound for trained batches.
        most_measurements: Bound for measurements of the validation data, and for changes of the learning rate.
    """

    def __init__(
        self,
        history: History | None = None,
        most_batches: int = MOST_BATCHES,
        most_measurements: int = MOST_MEASUREMENTS,
    ) -> None:
        self.newest = History()
        self._most = most_batches
        self._spacing = 1
        self._measured, self._rates = _Numbers(most_measurements), _Numbers(most_measurements)
        self._kept = History()
        self._waiting: list[History] = []
        if history is not None:
            self.append(history)

    def append(self, stretch: History) -> None:
        """Add the newest stretch."""
        self.newest = stretch
        self._waiting.append(stretch)
        if len(self._waiting) > MOST_WAITING or len(stretch) > self._most:
            self.history()

    def history(self) -> History:
        """All that is kept."""
        if self._waiting:
            joined = sum(self._waiting, self._kept)
            self._waiting = []
            self._kept = self._thinned(joined)
        return self._kept

    def _thinned(self, whole: History) -> History:
        always = [0, -1] if len(whole) else []
        batches = _wanted(whole.steps, self._spacing, always)
        while batches.sum() > self._most:
            self._spacing *= 2
            batches = _wanted(whole.steps, self._spacing, always)
        measured = self._measured.wanted(len(whole.validation_steps), _best(whole))
        rates = self._rates.wanted(len(whole.rate_steps))
        if batches.all() and measured.all() and rates.all():
            return whole
        return History(
            whole.steps[batches],
            whole.loss[batches],
            whole.accuracy[batches],
            whole.validation_steps[measured],
            whole.validation_loss[measured],
            whole.validation_accuracy[measured],
            whole.rate_steps[rates],
            whole.rates[rates],
        )


class _Numbers:
    """Which rows of a growing table are kept: the numbers that they had in all of it, from 0.

    Args:
        most: Rows after which every second one goes.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._spacing = 1
        self._kept = np.empty(0, np.int64)
        self._next = 0

    def wanted(self, rows: int, always: Sequence[int] = ()) -> NDArray[np.bool_]:
        """Which rows stay of the ones that were kept and the new ones behind them, (rows,).

        Args:
            rows: Number of both.
            always: Places of rows that stay in any case, beside the first and the last one.
        """
        fresh = rows - len(self._kept)
        numbers = np.concatenate((self._kept, np.arange(self._next, self._next + fresh)))
        self._next += fresh
        places = [*always, 0, -1] if rows else []
        wanted = _wanted(numbers, self._spacing, places)
        while wanted.sum() > self._most:
            self._spacing *= 2
            wanted = _wanted(numbers, self._spacing, places)
        self._kept = numbers[wanted]
        return wanted


def _wanted(numbers: NDArray[np.int64], spacing: int, always: list[int]) -> NDArray[np.bool_]:
    wanted: NDArray[np.bool_] = numbers % spacing == 0
    wanted[always] = True
    return wanted


def _best(history: History) -> list[int]:
    """Places of the lowest loss and the highest accuracy on validation data, of those that are numbers."""
    columns: tuple[NDArray[Any], ...] = (-history.validation_loss, history.validation_accuracy)
    return [int(np.nanargmax(values)) for values in columns if np.isfinite(values).any()]
