"""Smoothed curves: what a noisy loss does, without its noise."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

PARTS = 200
"""Parts of an axis over which one weight of the past is meant."""


def smoothed(
    steps: NDArray[np.float64], values: NDArray[np.float64], weight: float, span: float
) -> NDArray[np.float64]:
    """Mean of each value and all before it, the older the less: the past counts `weight` per part of the axis.

    s_i = sum_j w^((t_i - t_j) PARTS / span) v_j / sum_j w^((t_i - t_j) PARTS / span), over j <= i. The sums' quotient
    begins with the first value, not with zero; time in the exponent makes it independent of how dense the values are.

    Args:
        steps: Where they were measured, never falling, (n,).
        values: The values, finite, (n,).
        weight: From 0 (nothing is smoothed) to below 1.
        span: Steps that the axis shows.
    """
    if weight <= 0 or len(values) < 2:
        return values
    decay = np.power(weight, np.diff(steps) * (PARTS / max(span, 1.0)))
    total, count = float(values[0]), 1.0
    result = np.empty(len(values))
    result[0] = total
    for place, (kept, value) in enumerate(zip(decay.tolist(), values[1:].tolist(), strict=True), start=1):
        total, count = total * kept + value, count * kept + 1.0
        result[place] = total / count
    return result
