"""Measurements of a whole run in bounded memory: rows of numbers, dense at first and thinner later."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

MOST_ROWS = 256
"""Rows after which every second one is dropped: more than a plot of some hundred pixels can show."""


class Trail:
    """Rows of equally many numbers, each measured at a step, for a plot over time.

    The newest row is always there. When there are too many, every second one goes and new ones are kept half as often,
    so that what is kept lies evenly over the run.
    """

    def __init__(self) -> None:
        self._steps = np.empty(MOST_ROWS + 1, np.int64)
        self._rows = np.empty((MOST_ROWS + 1, 0), np.float32)
        self._count = 0
        self._spacing = 1

    def __len__(self) -> int:
        return self._count

    @property
    def last_step(self) -> int:
        """Step of the newest row; -1 if there is none."""
        return int(self._steps[self._count - 1]) if self._count else -1

    def append(self, step: int, row: NDArray[np.floating]) -> None:
        """Add what was measured at `step`; a step that is not behind the newest one is left out.

        Args:
            step: Its step.
            row: The numbers, (n,); another n than before begins a new trail.
        """
        if len(row) != self._rows.shape[1]:
            self._rows = np.empty((MOST_ROWS + 1, len(row)), np.float32)
            self._count, self._spacing = 0, 1
        if step <= self.last_step:
            return
        if self._count >= 2 and self._steps[self._count - 1] - self._steps[self._count - 2] < self._spacing:
            # The newest row was only the newest, and gives way.
            self._count -= 1
        self._steps[self._count], self._rows[self._count] = step, row
        self._count += 1
        if self._count > MOST_ROWS:
            kept = -(-self._count // 2)
            self._steps[:kept] = self._steps[::2].copy()
            self._rows[:kept] = self._rows[::2].copy()
            self._count = kept
            self._spacing = max(2 * self._spacing, 2 * int(self._steps[kept - 1] - self._steps[0]) // MOST_ROWS)

    def steps(self) -> NDArray[np.int64]:
        """The steps, (m,); good until the next one is added."""
        return self._steps[: self._count]

    def rows(self) -> NDArray[np.float32]:
        """What was measured, (m, n); good until the next row is added."""
        return self._rows[: self._count]
