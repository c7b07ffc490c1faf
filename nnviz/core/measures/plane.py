"""Points that cover a part of the plane: what is asked of a network to draw its surface."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

MARGIN = 0.1
"""Share of the data's extent that is shown beyond it on each side."""


@dataclass(frozen=True)
class Window:
    """A rectangle of the plane.

    Attributes:
        left: Least x.
        right: Largest x.
        bottom: Least y.
        top: Largest y.
    """

    left: float
    right: float
    bottom: float
    top: float

    def grid(self, side: int) -> NDArray[np.float32]:
        """Centres of side x side equal cells, the first row at the top, (side * side, 2)."""
        at = (np.arange(side) + 0.5) / side
        x = self.left + at * (self.right - self.left)
        y = self.top - at * (self.top - self.bottom)
        columns, rows = np.meshgrid(x, y)
        return np.stack([columns, rows], axis=-1).reshape(-1, 2).astype(np.float32)


def window_around(points: NDArray[Any]) -> Window:
    """The square that holds all points, (N, 2), with a margin; its middle is the middle of their extent."""
    if not len(points):
        return Window(-1.0, 1.0, -1.0, 1.0)
    low, high = points.min(axis=0).astype(float), points.max(axis=0).astype(float)
    half = float((high - low).max()) / 2 * (1 + 2 * MARGIN) or 1.0
    x, y = (low + high) / 2
    return Window(float(x - half), float(x + half), float(y - half), float(y + half))


def signed_share(probabilities: NDArray[Any]) -> NDArray[Any]:
    """Of two classes, how surely the second, from -1 (surely the first) to 1, (...); from (..., 2)."""
    return np.asarray(probabilities[..., 1] - probabilities[..., 0])
