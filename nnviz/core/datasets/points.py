"""What the sets of 2-D points share: number, noise, seed, scale and splits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from nnviz.core.datasets.base import Dataset, DatasetSpec, LoadContext
from nnviz.core.datasets.method_source import constants_source, function_source, method_source
from nnviz.core.datasets.stratify import stratified_indices, stratified_splits
from nnviz.core.shape import Shape
from nnviz.core.spec import param

SHARES = (0.6, 0.2, 0.2)
"""Shares of training, validation and test."""


@dataclass(frozen=True, kw_only=True)
class PointsSpec(DatasetSpec):
    """Points in the plane, each of one class, made from a seed.

    All sets have one scale: without noise, the points lie in the square from -1 to 1 and reach its edge in at least one
    direction. Noise is added to that and may carry points outside. 60 % of the points are for training, 20 % for
    validation and 20 % for the test, with the classes in the same proportions.

    Input shape: (2,)
    """

    class_names: ClassVar[tuple[str, ...]] = ("orange", "blue")

    samples: int = param(1_000, "Number of points, all splits together.", ge=50, le=100_000, unit="points")
    noise: float = param(0.1, "Standard deviation of what is added at random to both coordinates.", ge=0, le=1)
    seed: int = param(0, "Start of the random numbers: the same seed gives the same points.", ge=0, le=2**32 - 1)

    @property
    def classes(self) -> tuple[str, ...]:
        """Two classes, unless a set has more."""
        return self.class_names

    @property
    def input_shape(self) -> Shape:
        """(2,): the coordinates."""
        return Shape((2,))

    def load(self, context: LoadContext) -> Dataset:
        """Make the points; nothing is read."""
        rng = np.random.default_rng(self.seed)
        positions, labels = self.points(rng)
        noisy = positions + self.noise * rng.standard_normal(positions.shape)
        train, validation, test = stratified_splits(
            noisy.astype(np.float32), labels.astype(np.int64), SHARES, np.random.default_rng((self.seed, 1))
        )
        return Dataset(spec=self, train=train, validation=validation, test=test)

    def train_samples(self) -> int:
        """60 % of the points."""
        return round(SHARES[0] * self.samples)

    def script(self) -> str:
        """The functions that make the points, as they stand here."""
        helpers = ("class_sizes",) if "self.class_sizes(" in function_source(type(self).points) else ()
        constants = constants_source(self, *helpers, "points")
        # What `points` does not mention itself.
        own = {"SAMPLES": self.samples, "NOISE": self.noise, "DATA_SEED": self.seed, "SHARES": SHARES}
        settings = "".join(f"{name} = {value!r}\n" for name, value in own.items() if f"{name} = " not in constants)
        parts = (
            "import numpy as np\nfrom numpy.typing import NDArray\n",
            constants + settings,
            *(method_source(self, name) for name in (*helpers, "points")),
            function_source(stratified_indices),
            _LOAD_DATA,
        )
        return "\n\n".join(part.strip("\n") + "\n" for part in parts)

    def points(self, rng: np.random.Generator) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        """Positions without noise, (samples, 2) in [-1, 1], and class indices, (samples,)."""
        raise NotImplementedError

    def class_sizes(self) -> list[int]:
        """Number of points of each class: as equal as it can be."""
        number = len(self.classes)
        return [self.samples // number + (index < self.samples % number) for index in range(number)]


_LOAD_DATA = '''
def load_data():
    """Points in the plane, (N, 2), and their classes, (N,): training, validation and test."""
    rng = np.random.default_rng(DATA_SEED)
    positions, labels = points(rng)
    noisy = positions + NOISE * rng.standard_normal(positions.shape)
    x, y = noisy.astype(np.float32), labels.astype(np.int64)
    train, validation, test = stratified_indices(y, SHARES, np.random.default_rng((DATA_SEED, 1)))
    return x[train], y[train], x[validation], y[validation], x[test], y[test]
'''
