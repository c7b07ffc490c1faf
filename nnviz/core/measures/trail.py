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
        self._steps: list[int] = []
        self._rows: list[NDArray[np.float32]] = []
        self._spacing = 1

    def __len__(self) -> int:
        return len(self._steps)

    @property
    def last_step(self) -> int:
        """Step of the newest row; -1 if there is none."""
        return self._steps[-1] if self._steps else -1

    def append(self, step: int, row: NDArray[np.floating]) -> None:
        """Add what was measured at `step`; a step that is not behind the newest one is left out.

        Args:
            step: Its step.
            row: The numbers, (n,); another n than before begins a new trail.
        """
        if self._rows and len(row) != len(self._rows[-1]):
            self._steps, self._rows, self._spacing = [], [], 1
        if step <= self.last_step:
            return
        if len(self._steps) >= 2 and self._steps[-1] - self._steps[-2] < self._spacing:
            # The newest row was only the newest, and gives way.
            self._steps.pop()
            self._rows.pop()
        self._steps.append(step)
        self._rows.append(np.array(row, np.float32))
        if len(self._steps) > MOST_ROWS:
            self._steps, self._rows = self._steps[::2], self._rows[::2]
            self._spacing = max(2 * self._spacing, 2 * (self._steps[-1] - self._steps[0]) // MOST_ROWS)

    def steps(self) -> NDArray[np.int64]:
        """The steps, (m,)."""
        return np.array(self._steps, np.int64)

    def rows(self) -> NDArray[np.float32]:
        """What was measured, (m, n)."""
        return np.stack(self._rows) if self._rows else np.empty((0, 0), np.float32)
