"""The curves of a run of any length in bounded memory, as files and tables want them: value by value."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.core.snapshot import History

MOST_BATCHES = 200_000
"""Trained batches after which every second one goes: 16 bytes each."""

MOST_MEASUREMENTS = 10_000
"""The same for measurements of the validation data, and for changes of the learning rate."""

SLACK = 0.1
"""Rows that are taken beyond the bound before all are gone through again, as a share of it."""

Columns = list[NDArray[Any]]


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
        self._batches = _Rows(most_batches)
        self._measured = _Rows(most_measurements, _best)
        self._rates = _Rows(most_measurements)
        self._whole: History | None = History()
        if history is not None:
            self.append(history)

    def append(self, stretch: History) -> None:
        """Add the newest stretch."""
        self.newest = stretch
        self._whole = None
        # By its step and not by its place: the accuracy of cheap batches is measured at even steps only.
        self._batches.append([stretch.steps, stretch.loss, stretch.accuracy], stretch.steps)
        self._measured.append([stretch.validation_steps, stretch.validation_loss, stretch.validation_accuracy])
        self._rates.append([stretch.rate_steps, stretch.rates])

    def history(self) -> History:
        """All that is kept."""
        if self._whole is None:
            groups = (
                (self._batches, ("steps", "loss", "accuracy")),
                (self._measured, ("validation_steps", "validation_loss", "validation_accuracy")),
                (self._rates, ("rate_steps", "rates")),
            )
            # Before the first row there are no columns.
            self._whole = History(
                **{name: column for rows, names in groups for name, column in zip(names, rows.kept(), strict=False)}
            )
        return self._whole


class _Rows:
    """A table that grows within a bound, in memory that is taken once.

    Joining ever longer arrays would leave holes behind that are too small for the next one: several times the memory.
    Rows that were given away are never written to again.

    Args:
        most: Rows after which every second one goes.
        always: Says which places stay in any case, beside the first and the last one.
    """

    def __init__(self, most: int, always: Callable[[Columns], list[int]] = lambda columns: []) -> None:
        self._most = most
        self._always = always
        self._spacing = 1
        self._count = self._next = 0
        # What each row is counted by, and the columns.
        self._memory: Columns = []

    def append(self, columns: Columns, numbers: NDArray[np.int64] | None = None) -> None:
        """Add rows; without numbers they are counted from 0."""
        fresh = len(columns[0])
        if not fresh:
            return
        if numbers is None:
            numbers = np.arange(self._next, self._next + fresh)
            self._next += fresh
        rows = [numbers, *columns]
        if not self._memory:
            self._memory = [np.empty(0, column.dtype) for column in rows]
        if self._count + fresh > len(self._memory[0]):
            self._thin()
        self._make_room(self._count + fresh)
        for memory, column in zip(self._memory, rows, strict=True):
            memory[self._count : self._count + fresh] = column
        self._count += fresh

    def kept(self) -> Columns:
        """The columns of the rows that are kept, read-only; none before the first row."""
        if not self._memory:
            return []
        self._thin()
        columns = [column[: self._count] for column in self._memory[1:]]
        for column in columns:
            column.flags.writeable = False
        return columns

    def _make_room(self, rows: int) -> None:
        if rows > len(self._memory[0]):
            self._move([column[: self._count] for column in self._memory], rows)

    def _move(self, columns: Columns, rows: int) -> None:
        """Take other memory with room for so many rows, and put these there."""
        room = max(rows, int(self._most * (1 + SLACK)))
        self._count = len(columns[0])
        # Memory that nothing was written to is not used yet.
        self._memory = [np.empty(room, column.dtype) for column in columns]
        for memory, column in zip(self._memory, columns, strict=True):
            memory[: self._count] = column

    def _thin(self) -> None:
        if not self._count:
            return
        numbers, *columns = (column[: self._count] for column in self._memory)
        places = [0, self._count - 1, *self._always(columns)]
        wanted = self._wanted(numbers, places)
        while wanted.sum() > self._most:
            self._spacing *= 2
            wanted = self._wanted(numbers, places)
        if not wanted.all():
            self._move([numbers[wanted], *(column[wanted] for column in columns)], 0)

    def _wanted(self, numbers: NDArray[np.int64], places: list[int]) -> NDArray[np.bool_]:
        wanted: NDArray[np.bool_] = numbers % self._spacing == 0
        wanted[places] = True
        return wanted


def _best(columns: Columns) -> list[int]:
    """Places of the lowest loss and the highest accuracy on validation data, of those that are numbers."""
    _, loss, accuracy = columns
    return [int(np.nanargmax(values)) for values in (-loss, accuracy) if np.isfinite(values).any()]
