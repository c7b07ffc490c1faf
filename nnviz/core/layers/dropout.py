"""Dropout."""

from __future__ import annotations

from dataclasses import dataclass

from nnviz.core.call import Call
from nnviz.core.layers.base import LAYERS, LayerSpec
from nnviz.core.shape import Shape
from nnviz.core.spec import param


@LAYERS.register
@dataclass(frozen=True, kw_only=True)
class Dropout(LayerSpec):
    """Sets values to zero at random while training, and leaves everything as it is afterwards.

    Each value is dropped with probability `rate`; the kept ones are divided by (1 - rate), so that sums stay the same
    on average. Every step so trains another thinned network; the full one acts like the mean of them all. The chapter
    speaks of the keep probability: it is 1 - rate.

    Input shape: any
    Output shape: the same
    Source: Srivastava et al. 2014, Dropout: a simple way to prevent neural networks from overfitting, section 4.
    """

    category = "Regularisation"
    formula = "y = x * mask / (1 - rate) while training, y = x otherwise"
    mixes = False

    rate: float = param(0.5, "Probability that a value is dropped (keep probability: 1 - rate).", ge=0, lt=1)

    def output_shape(self, x: Shape) -> Shape:
        """The input's shape."""
        return x

    def torch_call(self, x: Shape) -> Call:
        """`nn.Dropout`."""
        return Call("nn.Dropout", (self.rate,))
