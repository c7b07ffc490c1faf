"""Linear."""

from __future__ import annotations

from dataclasses import dataclass

from nnviz.core.call import Call
from nnviz.core.layers.base import LAYERS, LayerSpec
from nnviz.core.shape import Shape


@LAYERS.register
@dataclass(frozen=True, kw_only=True)
class Linear(LayerSpec):
    """No bend at all: y = x, the activation of a regression's last layer.

    A stack of dense layers with nothing else between them is no more than one dense layer.

    Input shape: any
    Output shape: the same
    Source: Goodfellow, Bengio & Courville 2016, Deep Learning, section 6.2.2.1.
    """

    category = "Activation"
    formula = "y = x"
    mixes = False

    def output_shape(self, x: Shape) -> Shape:
        """The input's."""
        return x

    def operations(self, x: Shape) -> int:
        """None."""
        return 0

    def torch_call(self, x: Shape) -> Call:
        """`nn.Identity`."""
        return Call("nn.Identity")
