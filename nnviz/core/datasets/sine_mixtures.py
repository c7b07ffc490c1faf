"""Sums of sines to forecast."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnviz.core.datasets.base import DATASETS
from nnviz.core.datasets.series import SeriesSpec
from nnviz.core.spec import param


@DATASETS.register
@dataclass(frozen=True, kw_only=True)
class SineMixtures(SeriesSpec):
    """Sums of a few sines of random period, height and phase; how they go on is to be told at every step.

    Each curve is other than the last, so the network has to find period and phase in what it has seen so far.

    Input shape: (T, 1), about -1 to 1
    """

    title = "Sine mixtures"

    samples: int = param(3_000, "Number of training sequences.", ge=2, le=1_000_000, unit="sequences")
    sines: int = param(2, "Number of sines that are added up.", ge=1, le=10)
    shortest_period: float = param(10.0, "Steps of the shortest period.", ge=3, le=1000, unit="steps")
    longest_period: float = param(40.0, "Steps of the longest period.", ge=3, le=1000, unit="steps")

    def sequences(self, size: int, rng: np.random.Generator) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """The curves, (size, T, 1), and at each step what comes next, (size, T, ahead)."""
        shortest, longest = sorted((self.shortest_period, self.longest_period))
        period = rng.uniform(shortest, longest, (size, self.sines, 1))
        phase = rng.uniform(0, 2 * np.pi, (size, self.sines, 1))
        height = rng.uniform(0.3, 1, (size, self.sines, 1))
        times = np.arange(self.length + self.ahead)
        curves = (height * np.sin(2 * np.pi * times / period + phase)).sum(1) / height.sum(1)
        # Window number t holds the values from t + 1 on.
        windows = np.lib.stride_tricks.sliding_window_view(curves[:, 1:], self.ahead, axis=1)
        length = self.length
        x = curves[:, :length, None].astype(np.float32)
        return x, windows.astype(np.float32)
