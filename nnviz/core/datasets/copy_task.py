"""Copying after a delay."""

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
class CopyTask(SequencesSpec):
    """A few letters, a long pause, a signal; then all letters are to be said again, in their order.

    Nothing is asked before the signal. Symbol 0 is the pause and the last one the signal.

    Input shape: (T, 1) with T = 2 items + delay, numbers of symbols
    Source: Hochreiter & Schmidhuber 1997, doi:10.1162/neco.1997.9.8.1735, as in Arjovsky, Shah & Bengio 2016,
        arXiv:1511.06464, section 4.1.
    """

    title = "Copy after a delay"

    items: int = param(10, "Number of letters to be kept.", ge=1, le=100, unit="letters")
    delay: int = param(20, "Steps between the last letter and the first answer.", ge=1, le=5_000, unit="steps")
    letters: int = param(8, "Number of different letters.", ge=2, le=26)

    @property
    def length(self) -> int:
        """Steps of a sequence."""
        return 2 * self.items + self.delay

    @property
    def input_shape(self) -> Shape:
        """(T, 1): letters, pause and signal by their numbers."""
        return Shape((self.length, 1))

    @property
    def classes(self) -> tuple[str, ...]:
        """The letters."""
        return tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ"[: self.letters])

    @property
    def symbol_names(self) -> tuple[str, ...]:
        """Pause, letters and signal."""
        return ("\N{MIDDLE DOT}", *self.classes, "?")

    @property
    def output_shape(self) -> Shape:
        """(T, letters)."""
        return Shape((self.length, self.letters))

    def sequences(self, size: int, rng: np.random.Generator) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """Numbers of symbols, (size, T, 1), and of letters, (size, T); nothing is asked before the signal."""
        said = rng.integers(0, self.letters, (size, self.items))
        x = np.zeros((size, 2 * self.items + self.delay, 1), np.float32)
        x[:, : self.items, 0] = 1 + said
        x[:, self.items + self.delay - 1, 0] = 1 + self.letters
        y = np.full(x.shape[:2], self.not_asked, np.int64)
        y[:, self.items + self.delay :] = said
        return x, y
