"""Two half moons."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnviz.core.datasets.base import DATASETS
from nnviz.core.datasets.points import PointsSpec

CENTRE = np.array([0.5, 0.25])
HALF_WIDTH = 1.5


@DATASETS.register
@dataclass(frozen=True, kw_only=True)
class Moons(PointsSpec):
    """Two half circles that reach into each other.

    Input shape: (2,)
    Source: scikit-learn, `make_moons`, whose x from -1 to 2 and y from -0.5 to 1 are moved and scaled to x from -1 to 1
        and y from -0.5 to 0.5.
    """

    def points(self, rng: np.random.Generator) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        """Evenly spaced on both half circles."""
        from sklearn.datasets import make_moons

        first, second = self.class_sizes()
        positions, labels = make_moons((first, second), shuffle=False)
        return (positions - CENTRE) / HALF_WIDTH, labels
