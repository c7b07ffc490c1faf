"""Leaky ReLU."""

from __future__ import annotations

from dataclasses import dataclass

from nnviz.core.call import Call
from nnviz.core.layers.base import LAYERS, LayerSpec
from nnviz.core.shape import Shape
from nnviz.core.spec import param


@LAYERS.register
@dataclass(frozen=True, kw_only=True)
class LeakyReLU(LayerSpec):
    """Leaky rectifier: y = x where x > 0, slope times x elsewhere, so that no unit can die.

    Input shape: any
    Output shape: the same
    Source: Maas, Hannun & Ng 2013, Rectifier nonlinearities improve neural network acoustic models, eq. 2.
    """

    name = "leaky_relu"
    title = "Leaky ReLU"
    category = "Activation"
    formula = "y = max(x, slope x)"
    mixes = False

    slope: float = param(0.01, "How much of a negative input comes through.", ge=0, le=1)

    def output_shape(self, x: Shape) -> Shape:
        """The input's."""
        return x

    def torch_call(self, x: Shape) -> Call:
        """`nn.LeakyReLU`."""
        return Call("nn.LeakyReLU", (self.slope,))
