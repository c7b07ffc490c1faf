"""ELU."""

from __future__ import annotations

from dataclasses import dataclass

from nnviz.core.call import Call
from nnviz.core.layers.base import LAYERS, LayerSpec
from nnviz.core.shape import Shape
from nnviz.core.spec import param


@LAYERS.register
@dataclass(frozen=True, kw_only=True)
class ELU(LayerSpec):
    """Exponential linear unit: y = x where x > 0, alpha (e^x - 1) elsewhere, which bends smoothly towards -alpha.

    Its outputs have a mean near 0, and negative inputs keep a gradient.

    Input shape: any
    Output shape: the same
    Source: Clevert, Unterthiner & Hochreiter 2016, arXiv:1511.07289, eq. 15.
    """

    name = "elu"
    category = "Activation"
    formula = "y = x if x > 0, else alpha (e^x - 1)"
    mixes = False

    alpha: float = param(1.0, "Minus the value that very negative inputs come near.", gt=0, le=10)

    def output_shape(self, x: Shape) -> Shape:
        """The input's."""
        return x

    def torch_call(self, x: Shape) -> Call:
        """`nn.ELU`."""
        return Call("nn.ELU", (self.alpha,))
