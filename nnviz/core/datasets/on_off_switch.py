"""A switch that one letter turns on and off."""

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
class OnOffSwitch(SequencesSpec):
    """Random letters of which an X switches on, and the next X off again; at every step is asked whether it is on.

    One bit has to be kept for as long as no X comes: watch which unit does it.

    Input shape: (T, 1), numbers of symbols
    Source: the parity problem of Hochreiter & Schmidhuber 1997, doi:10.1162/neco.1997.9.8.1735, asked at every step.
    """

    title = "On-off switch"

    length: int = param(30, "Number of steps of the longest sequence.", ge=2, le=5_000, unit="steps")
    letters: int = param(5, "Number of different letters besides X.", ge=1, le=23)
    share: float = param(0.15, "Share of the letters that are an X.", ge=0.01, le=0.99)
    vary: bool = param(True, "Whether sequences are of unequal length, down to half of the longest.")

    @property
    def input_shape(self) -> Shape:
        """(T, 1): letters by their numbers."""
        return Shape((self.length, 1))

    @property
    def classes(self) -> tuple[str, ...]:
        """Whether it is on."""
        return ("off", "on")

    @property
    def symbol_names(self) -> tuple[str, ...]:
        """X and the others."""
        return ("X", *"ABCDEFGHIJKLMNOPQRSTUVW"[: self.letters])

    @property
    def output_shape(self) -> Shape:
        """(T, 2)."""
        return Shape((self.length, 2))

    def sequences(self, size: int, rng: np.random.Generator) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """Numbers of symbols, (size, T, 1), and 1 while it is on, (size, T); NaN behind a sequence's end."""
        longest = np.full(size, self.length)
        lengths = rng.integers(max(1, self.length // 2), self.length + 1, size) if self.vary else longest
        x = rng.integers(1, self.letters + 1, (size, self.length))
        x[rng.random(x.shape) < self.share] = 0
        y = np.cumsum(x == 0, axis=1) % 2
        ended = np.arange(self.length) >= lengths[:, None]
        return np.where(ended, np.nan, x)[:, :, None].astype(np.float32), np.where(ended, self.not_asked, y)
