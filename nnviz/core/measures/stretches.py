"""Stretches of sequences that are alike: where else something like this happens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Found:
    """A stretch that is alike.

    Attributes:
        sequence: Number of its sequence.
        start: Its first step, from 0.
        cosine: Cosine of the angle between the two stretches, each taken as one long vector: 1 if they point the same
            way.
        distance: Root mean square of the differences of their values.
    """

    sequence: int
    start: int
    cosine: float
    distance: float


def alike(
    values: NDArray[Any],
    lengths: NDArray[np.intp],
    pattern: NDArray[Any],
    most: int,
    *,
    by: str = "cosine",
    leave_out: tuple[int, int] = (-1, 0),
) -> list[Found]:
    """The stretches of sequences that are most like a pattern, the nearest first; none overlaps another one.

    Args:
        values: Sequences, (N, T, units); what stands behind an end does not count.
        lengths: Number of steps of each sequence, (N,).
        pattern: The stretch that is looked for, (steps, units).
        most: How many are wanted.
        by: "cosine" for the largest cosine, "distance" for the least distance.
        leave_out: Sequence and first step of the pattern itself: what overlaps it is not found.
    """
    steps, units = pattern.shape
    count = values.shape[1] - steps + 1
    if count < 1 or steps < 1 or not len(values):
        return []
    known = np.nan_to_num(np.asarray(values, np.float64))
    wanted = np.asarray(pattern, np.float64)
    product = np.zeros((len(values), count))
    for place in range(steps):
        product += known[:, place : place + count] @ wanted[place]
    sums = np.cumsum(np.pad((known**2).sum(axis=2), ((0, 0), (1, 0))), axis=1)
    square = sums[:, steps:] - sums[:, :count]
    own = float((wanted**2).sum())
    with np.errstate(divide="ignore", invalid="ignore"):
        cosine = np.clip(np.nan_to_num(product / np.sqrt(square * own)), -1, 1)
    # Rounding may leave a little less than nothing.
    distance = np.sqrt(np.maximum(0.0, square + own - 2 * product) / (steps * units))
    cost = -cosine if by == "cosine" else distance
    cost = np.where(np.arange(count) + steps > lengths[:, None], np.inf, cost)
    sequence, start = leave_out
    if sequence >= 0:
        cost[sequence, max(0, start - steps + 1) : start + steps] = np.inf
    found: list[Found] = []
    while len(found) < most:
        row, column = np.unravel_index(int(cost.argmin()), cost.shape)
        if not np.isfinite(cost[row, column]):
            break
        found.append(Found(int(row), int(column), float(cosine[row, column]), float(distance[row, column])))
        cost[row, max(0, column - steps + 1) : column + steps] = np.inf
    return found
