"""The adding problem."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnviz.core.datasets.base import DATASETS
from nnviz.core.datasets.sequences import SequencesSpec
from nnviz.core.shape import Shape
from nnviz.core.spec import param


@DATASETS.register
@dataclass(frozen=True, kw_only=True)
class AddingProblem(SequencesSpec):
    """Rows of random numbers, two of which are marked; their sum is to be told.

    The first value of each step is uniform in [0, 1], the second is 1 at two steps and 0 elsewhere; one of them lies in
    the first half of the sequence and one in the second. Who always answers 1 has a mean squared error of 1/6. What is
    asked is seen many steps before the answer, so a plain recurrent cell learns nothing from it.

    Input shape: (T, 2)
    Source: Hochreiter & Schmidhuber 1997, doi:10.1162/neco.1997.9.8.1735, experiment 4, in the form of Le, Jaitly &
        Hinton 2015, arXiv:1504.00941, section 4.1.
    """

    title = "Adding problem"
    task = "regression"

    length: int = param(100, "Number of steps of the longest sequence.", ge=2, le=5_000, unit="steps")
    vary: bool = param(False, "Whether sequences are of unequal length, down to half of the longest.")

    @property
    def input_shape(self) -> Shape:
        """(T, 2): numbers and marks."""
        return Shape((self.length, 2))

    @property
    def outputs(self) -> int:
        """One value, the sum."""
        return 1

    def sequences(self, size: int, rng: np.random.Generator) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Numbers and marks, (size, T, 2), and sums, (size, 1); NaN behind a sequence's end."""
        longest = np.full(size, self.length)
        lengths = rng.integers(max(2, self.length // 2), self.length + 1, size) if self.vary else longest
        x = np.zeros((size, self.length, 2), np.float32)
        x[:, :, 0] = rng.random((size, self.length), dtype=np.float32)
        rows = np.arange(size)
        # One mark in each half, of each sequence's own length.
        first, second = rng.integers(0, lengths // 2), rng.integers(lengths // 2, lengths)
        x[rows, first, 1] = x[rows, second, 1] = 1
        y = x[rows, first, :1] + x[rows, second, :1]
        x[np.arange(self.length) >= lengths[:, None]] = np.nan
        return x, y
