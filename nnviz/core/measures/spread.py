"""How values are spread: a histogram whose middle is zero, and quantiles."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import torch

BINS = 40
"""Bars of a histogram; an even number, so that no bar lies on both sides of zero."""

SHARES = (0.0, 0.07, 0.16, 0.31, 0.5, 0.69, 0.84, 0.93, 1.0)
"""Shares of the quantiles: least, median and largest, and those half, one and one and a half standard deviations away
from the mean of a normal distribution."""

_SHARES = np.array(SHARES)
_EDGES = np.linspace(-1, 1, BINS + 1)[1:-1]

MOST_VALUES = 16_384
"""Values that are looked at; of a larger array every n-th, whose quantiles are off by less than half a per cent."""


@dataclass(frozen=True)
class Spread:
    """How many values there are where.

    Attributes:
        counts: Values per bin, (BINS,); of a sample of the values where there are very many.
        limit: The bins are equally wide and reach from -limit to limit, the largest distance from zero.
        quantiles: Values at `SHARES`, (9,); the first and last are exact, also of very many values.
        mean: Their mean.
        deviation: Their standard deviation.
        values: Number of all values.
    """

    counts: NDArray[np.int64]
    limit: float
    quantiles: NDArray[np.float64]
    mean: float
    deviation: float
    values: int


def spread(values: NDArray[Any]) -> Spread:
    """Histogram and quantiles of any array; what is not finite is left out."""
    flat = values.ravel()
    ordered = np.sort(flat[:: _stride(flat.size)])
    # NaN is sorted to the end.
    if ordered.size and not (np.isfinite(ordered[0]) and np.isfinite(ordered[-1])):
        ordered = ordered[np.isfinite(ordered)]
        flat = flat[np.isfinite(flat)]
    if not ordered.size:
        return Spread(np.zeros(BINS, np.int64), 0.0, np.full(len(SHARES), np.nan), np.nan, np.nan, 0)
    return _spread(ordered, float(flat.min()), float(flat.max()), int(flat.size))


def spread_of_tensor(tensor: torch.Tensor) -> Spread:
    """The same of a tensor, of which only the sample leaves the device; in a third of the time if it is large."""
    import torch

    flat = tensor.detach().reshape(-1)
    count = flat.numel()
    if count > MOST_VALUES:
        least, largest = (float(end) for end in torch.aminmax(flat))
        if math.isfinite(least) and math.isfinite(largest):
            return _spread(np.sort(flat[:: _stride(count)].cpu().numpy()), least, largest, count)
    return spread(flat.cpu().numpy())


def spread_of_tensors(tensors: Sequence[torch.Tensor]) -> Spread:
    """The same of the entries of several together."""
    import torch

    if not tensors:
        return spread(np.empty(0, np.float32))
    return spread_of_tensor(tensors[0] if len(tensors) == 1 else torch.cat([tensor.reshape(-1) for tensor in tensors]))


def _stride(count: int) -> int:
    return max(1, -(-count // MOST_VALUES))


def _spread(ordered: NDArray[Any], least: float, largest: float, count: int) -> Spread:
    """From a sample in ascending order, and what is known of all values."""
    limit = max(abs(least), abs(largest))
    # The last bin has its upper end too, as everywhere.
    edges = (limit * _EDGES).astype(ordered.dtype)
    places = np.searchsorted(ordered, edges, side="left")
    counts = np.empty(BINS, np.int64)
    counts[0], counts[-1] = places[0], ordered.size - places[-1]
    counts[1:-1] = places[1:] - places[:-1]
    wide = ordered.astype(np.float64)
    at = _SHARES * (wide.size - 1)
    below = at.astype(np.int64)
    low, high = wide[below], wide[np.minimum(below + 1, wide.size - 1)]
    quantiles = low + (at - below) * (high - low)
    quantiles[0], quantiles[-1] = least, largest
    mean = float(wide.sum()) / wide.size
    wide -= mean
    return Spread(counts, limit, quantiles, mean, math.sqrt(float(wide @ wide) / wide.size), count)
