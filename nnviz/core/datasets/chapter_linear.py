"""The function that the chapter's first network learns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnviz.core.datasets.base import DATASETS, Dataset, DatasetSpec, LoadContext, Split
from nnviz.core.shape import Shape
from nnviz.core.spec import param

HELD_OUT = 50
"""Points of the validation split, and of the test split."""


@DATASETS.register
@dataclass(frozen=True, kw_only=True)
class ChapterLinear(DatasetSpec):
    """The linear function y = 2 x0 + 4 x1 + 1 of two numbers, which are uniform in [0, 1]: y goes from 1 to 7.

    50 points are for validation and 50 for the test. The chapter draws 100 new points for each of 1,000 steps and
    tests every 100 steps: with batches of 100, ten epochs of the 10,000 training points are as long, and validation
    comes as often.

    Input shape: (2,)
    """

    title = "Linear function"
    task = "regression"

    samples: int = param(10_000, "Number of training points.", ge=1, le=1_000_000, unit="points")
    seed: int = param(0, "Start of the random numbers: the same seed gives the same points.", ge=0, le=2**32 - 1)

    @property
    def input_shape(self) -> Shape:
        """(2,): x0 and x1."""
        return Shape((2,))

    @property
    def outputs(self) -> int:
        """One value, y."""
        return 1

    def load(self, context: LoadContext) -> Dataset:
        """Make the points; nothing is read."""
        # One generator per split, so that the number of training points changes nothing in the others.
        train, validation, test = (
            _points(size, np.random.default_rng((self.seed, index)))
            for index, size in enumerate((self.samples, HELD_OUT, HELD_OUT))
        )
        return Dataset(spec=self, train=train, validation=validation, test=test)

    def train_samples(self) -> int:
        """As many as asked for."""
        return self.samples

    def script(self) -> str:
        """The formula, and numpy's random numbers."""
        settings = f"SAMPLES = {self.samples!r}\nHELD_OUT = {HELD_OUT!r}\nDATA_SEED = {self.seed!r}\n"
        return f"import numpy as np\n\n{settings}{_LOAD_DATA}"


_LOAD_DATA = '''

def points(size, rng):
    """Inputs uniform in [0, 1], (size, 2), and y = 2 x0 + 4 x1 + 1, (size, 1)."""
    x = rng.random((size, 2), dtype=np.float32)
    return x, x @ np.array([[2], [4]], dtype=np.float32) + np.float32(1)


def load_data():
    """Training, validation and test points, each from random numbers of its own."""
    train, validation, test = (
        points(size, np.random.default_rng((DATA_SEED, index)))
        for index, size in enumerate((SAMPLES, HELD_OUT, HELD_OUT))
    )
    return (*train, *validation, *test)
'''


def _points(size: int, rng: np.random.Generator) -> Split:
    x = rng.random((size, 2), dtype=np.float32)  # (N, 2)
    return Split(x, x @ np.array([[2], [4]], dtype=np.float32) + np.float32(1))  # y: (N, 1)
