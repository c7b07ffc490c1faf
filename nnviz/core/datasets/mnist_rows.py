"""MNIST, read row by row."""

from __future__ import annotations

from dataclasses import dataclass

from nnviz.core.datasets.base import DATASETS
from nnviz.core.datasets.mnist import Mnist
from nnviz.core.datasets.reordered import Reordered
from nnviz.core.shape import Shape


@DATASETS.register
@dataclass(frozen=True, kw_only=True)
class MnistRows(Reordered, Mnist):  # type: ignore[misc]  # a drawing is no sample of it, of MNIST it is
    """MNIST as sequences: each picture is read row by row from above, 28 steps of 28 pixels.

    Input shape: (28, 28), float32 in [0, 1]
    Source: LeCun, Bottou, Bengio & Haffner 1998, Gradient-based learning applied to document recognition; LeCun, Cortes
        & Burges, THE MNIST DATABASE. Licence CC BY-SA 3.0.
    """

    title = "MNIST by rows"

    @property
    def input_shape(self) -> Shape:
        """(28, 28): rows of pixels."""
        return Shape((28, 28))

    def order(self) -> None:
        """As the pixels stand."""
