"""Exclusive or, as points."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnviz.core.datasets.base import DATASETS
from nnviz.core.datasets.points import PointsSpec


@DATASETS.register
@dataclass(frozen=True, kw_only=True)
class Xor(PointsSpec):
    """Four squares of points; opposite ones are of one class, so that no straight line parts the classes.

    A point is of the second class where exactly one of its coordinates is positive.

    Input shape: (2,)
    Source: Minsky & Papert 1969, Perceptrons: no network without a hidden layer can learn it.
    """

    title = "XOR"

    def points(self, rng: np.random.Generator) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        """Uniform in the square, the class from the signs."""
        # The magnitudes are drawn first and the quadrants dealt out in turn, so that both classes are equally large.
        sizes = rng.uniform(0, 1, (self.samples, 2))
        quadrant = np.arange(self.samples) % 4
        signs = np.array([[1, 1], [-1, 1], [-1, -1], [1, -1]])[quadrant]
        return sizes * signs, quadrant % 2
