"""Sigmoid activation."""

from __future__ import annotations

from dataclasses import dataclass

from nnviz.core.call import Call
from nnviz.core.layers.base import LAYERS, LayerSpec
from nnviz.core.shape import Shape


@LAYERS.register
@dataclass(frozen=True, kw_only=True)
class Sigmoid(LayerSpec):
    """Logistic function: y = 1 / (1 + e^-x), between 0 and 1.

    Its derivative y (1 - y) is at most 0.25 and nearly 0 where the unit is saturated, so gradients vanish in
    deep stacks.

    Input shape: any
    Output shape: the same
    Source: Rumelhart, Hinton & Williams 1986, Learning representations by back-propagating errors, eq. 2.
    """

    name = "sigmoid"
    category = "Activation"
    formula = "y = 1 / (1 + e^-x)"
    mixes = False
    flat_ends = (0.0, 1.0)
    gives = "probabilities"

    def output_shape(self, x: Shape) -> Shape:
        """The input's shape: it works on each value by itself."""
        return x

    def torch_call(self, x: Shape) -> Call:
        """`nn.Sigmoid`."""
        return Call("nn.Sigmoid")
