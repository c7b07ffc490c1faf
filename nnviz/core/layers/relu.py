"""ReLU activation."""

from __future__ import annotations

from dataclasses import dataclass

from nnviz.core.call import Call
from nnviz.core.layers.base import LAYERS, LayerSpec
from nnviz.core.shape import Shape


@LAYERS.register
@dataclass(frozen=True, kw_only=True)
class ReLU(LayerSpec):
    """Rectified linear unit: y = max(0, x).

    Its derivative is 1 above zero and 0 below, so gradients do not shrink on their way back; a unit whose input is
    always negative gets no gradient any more and is called dead.

    Input shape: any
    Output shape: the same
    Source: Nair & Hinton 2010, Rectified linear units improve restricted Boltzmann machines.
    """

    name = "relu"
    category = "Activation"
    formula = "y = max(0, x)"
    mixes = False
    dies = True

    def output_shape(self, x: Shape) -> Shape:
        """The input's shape: it works on each value by itself."""
        return x

    def torch_call(self, x: Shape) -> Call:
        """`nn.ReLU`."""
        return Call("nn.ReLU")
