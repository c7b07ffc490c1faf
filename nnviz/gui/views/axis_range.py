"""Ranges of axes that stay put: a plot whose axes move with every frame cannot be read, and is slow."""

from __future__ import annotations

import math
from bisect import bisect_right
from operator import itemgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

FIRST_STEPS = 100
"""Steps that an axis of steps shows at first."""

MOST_MOVES = 1024
"""Moves of a range that are remembered; beyond, every second one is forgotten."""


def nice_ceiling(value: float) -> float:
    """The smallest of 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8 times a power of ten that is not below `value` (above 0)."""
    power = 10.0 ** math.floor(math.log10(value))
    steps = (step * power for step in (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10))
    return next(step for step in steps if step >= value * (1 - 1e-9))


class GrowingRange:
    """Upper end of an axis that begins at zero: grows when it must, shrinks only when most of it is empty.

    Where it has moved is remembered. When a run is taken back to an earlier step, the axis is the one of then: the
    picture is what it was.

    Attributes:
        end: Upper end at the step that is shown.
        newest_end: Upper end at the newest step.

    Args:
        start: Upper end at first.
        empty: It shrinks when it is so many times as long as what is on it.
    """

    def __init__(self, start: float, empty: float = 4.0) -> None:
        self.end = self.newest_end = start
        self._empty = empty
        self._newest_step = 0
        # Steps and the end from there on.
        self._moves: list[tuple[int, float]] = []

    def follow(self, largest: float, step: int = 0) -> bool:
        """Make room for `largest`; returns whether the end has moved.

        Args:
            largest: What is shown.
            step: The step of which it is shown.
        """
        before = self.end
        if step < self._newest_step:
            place = bisect_right(self._moves, step, key=itemgetter(0))
            # Of what was before the first look nothing is known: as if it had come then.
            self.end = self._fitting(largest, self._moves[max(0, place - 1)][1])
            return self.end != before
        self.end = self.newest_end = self._fitting(largest, self.newest_end)
        self._newest_step = step
        if not self._moves or self._moves[-1][1] != self.end:
            if self._moves and self._moves[-1][0] == step:
                self._moves.pop()
            self._moves.append((step, self.end))
            if len(self._moves) > MOST_MOVES:
                self._moves = self._moves[::2]
        return self.end != before

    def _fitting(self, largest: float, end: float) -> float:
        if not math.isfinite(largest) or largest <= 0:
            return end
        return nice_ceiling(largest * 1.02) if largest > end or largest < end / self._empty else end


class DecadeRange:
    """Range of a logarithmic axis in whole powers of ten: grows when it must, and never shrinks.

    Attributes:
        low: Exponent at its lower end.
        high: Exponent at its upper end.

    Args:
        low: Lower end at first.
        high: Upper end at first.
        lowest: It never goes below.
    """

    def __init__(self, low: int, high: int, lowest: int = -30) -> None:
        self.low, self.high = low, high
        self._lowest = lowest

    def follow(self, values: NDArray[np.floating[Any]]) -> None:
        """Make room for values; those that are not above zero have no place on such an axis."""
        known = values[np.isfinite(values) & (values > 0)]
        if len(known):
            exponents = np.log10(known.astype(np.float64))
            self.low = max(self._lowest, min(self.low, math.floor(float(exponents.min()))))
            self.high = max(self.high, math.ceil(float(exponents.max())))

    def place(self, values: NDArray[np.floating[Any]]) -> NDArray[np.float64]:
        """Exponents of values, with those below the range at its lower end."""
        with np.errstate(divide="ignore", invalid="ignore"):
            exponents = np.log10(values.astype(np.float64))
        return np.nan_to_num(np.clip(exponents, self.low, self.high), nan=self.low)

    def place_of(self, value: float) -> float:
        """Exponent of one finite value: numpy takes many times as long for it."""
        if value <= 0:
            return float(self.low)
        return min(max(math.log10(value), self.low), self.high)


class LossRange:
    """Range of an axis of losses, on a scale from zero and on a logarithmic one.

    Args:
        least: Values below are drawn here on the logarithmic scale, which has no zero.
    """

    def __init__(self, least: float = 1e-6) -> None:
        self._least = least
        self._upper = GrowingRange(1.0)
        self._decades = (-1, 1)

    def follow(self, values: NDArray[np.floating[Any]]) -> bool:
        """Make room for all values there are; returns whether the range has moved. What is not finite has no place."""
        known = values[np.isfinite(values)]
        if not len(known):
            return False
        low, high = float(known.min()), float(known.max())
        least = max(self._least, low)
        # A hundredth is 0.00999... in float32, and needs no decade of its own.
        lowest = math.floor(math.log10(least) + 1e-6)
        decades = lowest, max(lowest + 1, math.ceil(math.log10(max(high, least)) - 1e-6))
        moved = self._upper.follow(high) or decades != self._decades
        self._decades = decades
        return moved

    def bounds(self, *, log: bool) -> tuple[float, float]:
        """Lower and upper end; exponents of ten on the logarithmic scale."""
        return (float(self._decades[0]), float(self._decades[1])) if log else (0.0, self._upper.end)


class StepRange:
    """Range of an axis of steps: doubles when the run outgrows it, up to the run's length, and never moves back.

    Attributes:
        end: Last step that is shown.

    Args:
        total_steps: Length of the run.
    """

    def __init__(self, total_steps: int) -> None:
        self._total = max(1, total_steps)
        self.end = min(FIRST_STEPS, self._total)

    def follow(self, step: int) -> bool:
        """Make room for `step`; returns whether the range has grown."""
        if step <= self.end:
            return False
        while self.end < step:
            self.end *= 2
        # A run may be continued beyond its length: what was measured is always shown.
        self.end = max(step, min(self.end, self._total))
        return True
