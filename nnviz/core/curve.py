"""A curve of any length in bounded memory: what a plot needs of a million steps."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

MOST_BINS = 1024
"""Bins after which pairs are merged: about as many as a plot has pixels across."""

NEWEST = 20
"""Values whose mean is called the newest: a single batch says little."""


class Curve:
    """Mean, least and largest value of a growing series in at most `MOST_BINS` stretches of equal length.

    Each bin covers `width` steps. When the bins run out, neighbours are merged and the width doubles, so appending
    costs the same at step one and at step one million.

    Attributes:
        width: Number of steps that a bin covers.
    """

    def __init__(self) -> None:
        self.width = 1
        self._bins = -1
        self._last_step = 0
        # Rows: number of values, their sum, least, largest, and sum of the steps.
        self._sums = np.zeros((5, MOST_BINS))

    def __len__(self) -> int:
        return self._bins + 1

    def append(self, steps: NDArray[np.int64], values: NDArray[np.float32]) -> None:
        """Add values behind the ones that are there; NaN is left out.

        Args:
            steps: Their step numbers, from 0, never smaller than the last one, (n,).
            values: The values, (n,).
        """
        known = ~np.isnan(values)
        steps, values = steps[known], values[known]
        if not len(steps):
            return
        while steps[-1] // self.width >= MOST_BINS:
            self._merge()
        bins = steps // self.width
        fresh = np.arange(self._bins + 1, bins[-1] + 1)
        self._sums[2, fresh], self._sums[3, fresh] = np.inf, -np.inf
        counts, totals, least, largest, places = self._sums
        np.add.at(counts, bins, 1)
        np.add.at(totals, bins, values)
        np.minimum.at(least, bins, values)
        np.maximum.at(largest, bins, values)
        np.add.at(places, bins, steps)
        self._bins = max(self._bins, int(bins[-1]))
        self._last_step = int(steps[-1])

    def bins(
        self, most: int = MOST_BINS
    ) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """Mean step, mean value, least and largest value of every bin that has one, each (n,).

        Args:
            most: Greatest n; where there are more bins, as many neighbours as needed are taken together.
        """
        part = self._sums[:, : self._bins + 1]
        counts, totals, least, largest, places = part[:, part[0] > 0]
        together = -(-len(counts) // most)
        if together > 1:
            starts = np.arange(0, len(counts), together)
            counts, totals, places = (np.add.reduceat(sums, starts) for sums in (counts, totals, places))
            least, largest = np.minimum.reduceat(least, starts), np.maximum.reduceat(largest, starts)
        return places / counts, totals / counts, least, largest

    @property
    def last_step(self) -> int:
        """Step of the newest value; 0 if there is none."""
        return self._last_step

    @property
    def newest(self) -> float:
        """Mean of the newest values, over about `NEWEST` of them; NaN if there are none."""
        counts, totals = self._sums[0, : self._bins + 1], self._sums[1, : self._bins + 1]
        enough = np.searchsorted(np.cumsum(counts[::-1]), NEWEST) + 1
        return float(totals[-enough:].sum() / counts[-enough:].sum()) if len(counts) else math.nan

    @property
    def largest(self) -> float:
        """Largest mean of a bin; NaN if there is none."""
        _, means, _, _ = self.bins()
        return float(means.max()) if len(means) else math.nan

    @property
    def least(self) -> float:
        """Least mean of a bin; NaN if there is none."""
        _, means, _, _ = self.bins()
        return float(means.min()) if len(means) else math.nan

    def at(self, step: float) -> tuple[int, int, float]:
        """First and last step of the bin that holds `step`, or of the nearest one, and the mean value there."""
        places, means, _, _ = self.bins()
        if not len(places):
            return 0, 0, math.nan
        nearest = int(np.argmin(np.abs(places - step)))
        first = int(places[nearest]) // self.width * self.width
        return max(1, first), min(self._last_step, max(1, first + self.width - 1)), float(means[nearest])

    def _merge(self) -> None:
        counts, totals, least, largest, places = self._sums
        merged = np.zeros_like(self._sums)
        half = MOST_BINS // 2
        merged[0, :half] = counts[::2] + counts[1::2]
        merged[1, :half] = totals[::2] + totals[1::2]
        empty = counts == 0
        low, high = np.where(empty, np.inf, least), np.where(empty, -np.inf, largest)
        merged[2, :half] = np.minimum(low[::2], low[1::2])
        merged[3, :half] = np.maximum(high[::2], high[1::2])
        merged[4, :half] = places[::2] + places[1::2]
        self._sums = merged
        self.width *= 2
        self._bins = self._bins // 2 if self._bins >= 0 else -1
