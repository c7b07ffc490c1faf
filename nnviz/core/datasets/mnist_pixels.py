"""MNIST, read pixel by pixel."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnviz.core.datasets.base import DATASETS
from nnviz.core.datasets.mnist import Mnist
from nnviz.core.datasets.reordered import Reordered
from nnviz.core.shape import Shape
from nnviz.core.spec import param


@DATASETS.register
@dataclass(frozen=True, kw_only=True)
class MnistPixels(Reordered, Mnist):  # type: ignore[misc]  # a drawing is no sample of it, of MNIST it is
    """MNIST as long sequences: each picture is read pixel by pixel, row after row, in 784 steps; or in mixed order.

    Mixed, with the same order for all pictures, what belongs together lies far apart: harder for a recurrent network,
    and no different for a dense one.

    Input shape: (784, 1), float32 in [0, 1]; fewer steps where every few pixels are left out
    Source: Le, Jaitly & Hinton 2015, arXiv:1504.00941, section 4.2; LeCun, Cortes & Burges, THE MNIST DATABASE. Licence
        CC BY-SA 3.0.
    """

    title = "MNIST by pixels"

    permuted: bool = param(False, "Whether the pixels are read in a random order, the same for all pictures.")
    every: int = param(1, "Only every so many pixels of a row, and every so many rows, are read.", ge=1, le=14)
    permutation_seed: int = param(
        0, "Start of the random numbers that mix.", ge=0, le=2**32 - 1, only_if=("permuted", (True,))
    )

    @property
    def input_shape(self) -> Shape:
        """(784, 1): pixels one after the other."""
        return Shape((len(range(0, 28, self.every)) ** 2, 1))

    def order(self) -> NDArray[np.int64]:
        """Place in the picture of the pixel of each step."""
        places = np.arange(28 * 28).reshape(28, 28)[:: self.every, :: self.every].ravel()
        if self.permuted:
            return np.random.default_rng(self.permutation_seed).permutation(places)
        return places
