"""Tanh activation."""

from __future__ import annotations

from dataclasses import dataclass

from nnviz.core.call import Call
from nnviz.core.layers.base import LAYERS, LayerSpec
from nnviz.core.shape import Shape


@LAYERS.register
@dataclass(frozen=True, kw_only=True)
class Tanh(LayerSpec):
    """Hyperbolic tangent: y = (e^x - e^-x) / (e^x + e^-x), between -1 and 1.

    Its derivative 1 - y^2 is at most 1; unlike the sigmoid's, its outputs are centred around zero.

    Input shape: any
    Output shape: the same
    Source: LeCun, Bottou, Orr, Mueller 1998, Efficient BackProp, section 4.4.
    """

    name = "tanh"
    category = "Activation"
    formula = "y = (e^x - e^-x) / (e^x + e^-x)"
    mixes = False
    flat_ends = (-1.0, 1.0)

    def output_shape(self, x: Shape) -> Shape:
        """The input's shape: it works on each value by itself."""
        return x

    def torch_call(self, x: Shape) -> Call:
        """`nn.Tanh`."""
        return Call("nn.Tanh")
