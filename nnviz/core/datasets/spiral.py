"""Spirals wound into each other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnviz.core.datasets.base import DATASETS
from nnviz.core.datasets.points import PointsSpec
from nnviz.core.spec import param


@DATASETS.register
@dataclass(frozen=True, kw_only=True)
class Spiral(PointsSpec):
    """Arms that wind around the centre, one per class: hard for a small network.

    Along arm k of K, with t from 0 to 1: radius t, angle 2 pi (turns t + k / K).

    Input shape: (2,)
    Source: Lang & Witbrock 1988, Learning to tell two spirals apart (there with three turns).
    """

    noise: float = param(0.02, "Standard deviation of what is added at random to both coordinates.", ge=0, le=1)
    turns: float = param(1.5, "How often each arm winds around the centre.", gt=0, le=5, unit="turns")
    arms: int = param(2, "Number of arms, each a class.", ge=2, le=6, unit="arms")

    @property
    def classes(self) -> tuple[str, ...]:
        """One class per arm."""
        return tuple(f"arm {index + 1}" for index in range(self.arms))

    def points(self, rng: np.random.Generator) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        """Evenly spaced along each arm's radius."""
        labels = np.repeat(np.arange(self.arms), self.class_sizes())
        # The centre belongs to all arms, so no point is put on it.
        t = np.concatenate([np.arange(1, size + 1) / size for size in self.class_sizes()])
        angle = 2 * np.pi * (self.turns * t + labels / self.arms)
        return np.stack([t * np.cos(angle), t * np.sin(angle)], axis=1), labels
