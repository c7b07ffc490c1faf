"""A noisy series to forecast."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnviz.core.datasets.base import DATASETS
from nnviz.core.datasets.series import SeriesSpec
from nnviz.core.spec import param


@DATASETS.register
@dataclass(frozen=True, kw_only=True)
class NoisySeries(SeriesSpec):
    """Stretches of the chaotic Mackey-Glass series, measured with noise; how they go on is to be told at every step.

    x grows by 0.2 x_(t-17) / (1 + x_(t-17)^10) - 0.1 x_t per step. Near forecasts can be good, far ones cannot, and the
    noise is beyond all forecasting: its variance is what remains of the error of a perfect one.

    Input shape: (T, 1), about -2 to 2
    Source: Mackey & Glass 1977, doi:10.1126/science.267326, eq. 4b with a delay of 17, in steps of 1.
    """

    title = "Noisy series"

    samples: int = param(2_000, "Number of training sequences.", ge=2, le=1_000_000, unit="sequences")
    noise: float = param(0.1, "Standard deviation of what is added at random to every value.", ge=0, le=2)

    def sequences(self, size: int, rng: np.random.Generator) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """What is measured, (size, T, 1), and at each step what comes next, (size, T, ahead)."""
        delay, settling = 17, 300
        # Each stretch begins with a past of its own, and is looked at once it has settled.
        series = np.empty((size, delay + 1 + settling + self.length + self.ahead))
        series[:, : delay + 1] = rng.uniform(0.2, 1.4, (size, 1))
        for t in range(delay, series.shape[1] - 1):
            past = series[:, t - delay]
            series[:, t + 1] = 0.9 * series[:, t] + 0.2 * past / (1 + past**10)
        # Mean and spread of the settled series.
        settled = (series[:, delay + 1 + settling :] - 0.9) / 0.24
        settled += self.noise * rng.standard_normal(settled.shape)
        windows = np.lib.stride_tricks.sliding_window_view(settled[:, 1:], self.ahead, axis=1)
        length = self.length
        return settled[:, :length, None].astype(np.float32), windows.astype(np.float32)
