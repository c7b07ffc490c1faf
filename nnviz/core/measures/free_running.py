"""How well a network goes on with sequences by itself, fed with its own forecast."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.core.probes import ProbeContext

MOST_SERIES = 32
"""Series that are gone on with at once; the error is the mean over them."""
SHORTEST_WARM_UP = 2


def free_running(context: ProbeContext, warm_up: int = 0) -> dict[str, NDArray[Any]]:
    """Forecasts of the first validation series, each step from those before it.

    The network reads the true values of a warm-up; from then on each of its forecasts of the next value is what it
    reads next.

    Args:
        context: A moment of a training that learns to forecast values, by a network that can step.
        warm_up: True values that are read first; 0 for half of the series.

    Returns:
        "series", (N, L): the true values, to the last that is known. "forecast", (N, L - warm_up). "warm_up", ().
        "error" and "baseline", (L - warm_up): root mean square over the series of what the forecast, and the last true
        value, are wrong by, that many steps ahead.
    """
    split = context.split
    x, y = split.x[:MOST_SERIES, :, 0], split.y[:MOST_SERIES]
    series = np.concatenate((x, y[:, -1].astype(np.float32)), axis=1)
    steps = x.shape[1]
    warm_up = min(steps, max(SHORTEST_WARM_UP, warm_up)) if warm_up else max(1, steps // 2)
    forecast = np.empty((len(series), series.shape[1] - warm_up), np.float32)
    with context.stepping() as step:
        read = series[:, :warm_up, None]
        for ahead in range(forecast.shape[1]):
            # The nearest of the values that are forecast at once.
            forecast[:, ahead] = step(read)[:, -1, 0]
            read = forecast[:, ahead, None, None]
    truth = series[:, warm_up:].astype(np.float64)
    with np.errstate(over="ignore", invalid="ignore"):
        error = np.sqrt(np.mean((forecast - truth) ** 2, axis=0))
    baseline = np.sqrt(np.mean((series[:, warm_up - 1, None] - truth) ** 2, axis=0))
    return {
        "series": series,
        "forecast": forecast,
        "warm_up": np.array(warm_up),
        "error": error,
        "baseline": baseline,
    }
