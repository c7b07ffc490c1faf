"""Two circles, one inside the other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnviz.core.datasets.base import DATASETS
from nnviz.core.datasets.points import PointsSpec
from nnviz.core.spec import param


@DATASETS.register
@dataclass(frozen=True, kw_only=True)
class Circles(PointsSpec):
    """A circle of radius 1 around a smaller one: the first class is outside, the second inside.

    Input shape: (2,)
    Source: scikit-learn, `make_circles`.
    """

    inner_radius: float = param(0.5, "Radius of the inner circle; the outer one has 1.", ge=0, lt=1)

    def points(self, rng: np.random.Generator) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        """Evenly spaced on both circles."""
        from sklearn.datasets import make_circles

        outer, inner = self.class_sizes()
        return make_circles((outer, inner), shuffle=False, factor=self.inner_radius)  # type: ignore[no-any-return]
