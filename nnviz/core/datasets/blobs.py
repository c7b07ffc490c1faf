"""Round heaps of points."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnviz.core.datasets.base import DATASETS
from nnviz.core.datasets.points import PointsSpec
from nnviz.core.spec import param


@DATASETS.register
@dataclass(frozen=True, kw_only=True)
class Blobs(PointsSpec):
    """Normally distributed heaps around centres on a circle of radius 1, one per class: easy, unless noise is large.

    The noise is each heap's standard deviation. The first centre lies to the right, the others follow anticlockwise.

    Input shape: (2,)
    """

    noise: float = param(0.2, "Standard deviation of each heap, in both coordinates.", ge=0, le=1)
    heaps: int = param(3, "Number of heaps, each a class.", ge=2, le=10, unit="heaps")

    @property
    def classes(self) -> tuple[str, ...]:
        """One class per heap."""
        return tuple(f"heap {index + 1}" for index in range(self.heaps))

    def points(self, rng: np.random.Generator) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        """Each point at its heap's centre, to be spread by the noise."""
        labels = np.repeat(np.arange(self.heaps), self.class_sizes())
        angle = 2 * np.pi * labels / self.heaps
        return np.stack([np.cos(angle), np.sin(angle)], axis=1), labels
