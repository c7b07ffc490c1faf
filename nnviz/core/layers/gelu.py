"""GELU."""

from __future__ import annotations

from dataclasses import dataclass

from nnviz.core.call import Call
from nnviz.core.layers.base import LAYERS, LayerSpec
from nnviz.core.shape import Shape


@LAYERS.register
@dataclass(frozen=True, kw_only=True)
class GELU(LayerSpec):
    """Gaussian error linear unit: y = x P(N < x) for a standard normal N, a rectifier with a soft knee.

    Its slope is below 0 between about -3 and -0.75, and it lets through a little of what is just below 0.

    Input shape: any
    Output shape: the same
    Source: Hendrycks & Gimpel 2016, arXiv:1606.08415, section 2.
    """

    name = "gelu"
    category = "Activation"
    formula = "y = x (1 + erf(x / sqrt(2))) / 2"
    mixes = False

    def output_shape(self, x: Shape) -> Shape:
        """The input's."""
        return x

    def torch_call(self, x: Shape) -> Call:
        """`nn.GELU`."""
        return Call("nn.GELU")
