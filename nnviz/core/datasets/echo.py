"""Echo."""

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
class Echo(SequencesSpec):
    """A row of random bits, each to be said again a few steps later, while new ones arrive.

    The network has to keep as many bits at once as there are steps of delay.

    Input shape: (T, 1), 0 or 1
    Source: Jaeger 2002, Short term memory in echo state networks, GMD report 152: the delay line.
    """

    title = "Echo"

    length: int = param(40, "Number of steps.", ge=2, le=5_000, unit="steps")
    delay: int = param(3, "Steps between a bit and its echo; 0 is no echo at all.", ge=0, le=100, unit="steps")

    @property
    def steps(self) -> int:
        """Steps of a sequence: at least one more than the delay, so that something is asked."""
        return max(self.length, self.delay + 1)

    @property
    def input_shape(self) -> Shape:
        """(T, 1): the bits."""
        return Shape((self.steps, 1))

    @property
    def classes(self) -> tuple[str, ...]:
        """A bit's two values."""
        return ("0", "1")

    @property
    def output_shape(self) -> Shape:
        """(T, 2)."""
        return Shape((self.steps, 2))

    def sequences(self, size: int, rng: np.random.Generator) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """Bits, (size, T, 1), and their echo, (size, T); nothing is asked before the first one."""
        bits = rng.integers(0, 2, (size, self.steps))
        y = np.full(bits.shape, self.not_asked, np.int64)
        y[:, self.delay :] = bits[:, : self.steps - self.delay]
        return bits[:, :, None].astype(np.float32), y
