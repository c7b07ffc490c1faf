"""From images to vectors."""

from __future__ import annotations

from dataclasses import dataclass

from nnviz.core.call import Call
from nnviz.core.layers.base import LAYERS, LayerSpec
from nnviz.core.shape import Shape


@LAYERS.register
@dataclass(frozen=True, kw_only=True)
class Flatten(LayerSpec):
    """All values of a sample in one row, channel by channel, line by line; nothing is computed.

    Input shape: any
    Output shape: (F,) with F the product of the input's axes
    """

    category = "Shape"
    formula = "y = all values of x in one row"

    def output_shape(self, x: Shape) -> Shape:
        """One axis that holds everything."""
        return Shape((x.size,))

    def operations(self, x: Shape) -> int:
        """None: the same memory is read in another way."""
        return 0

    def torch_call(self, x: Shape) -> Call:
        """`nn.Flatten`."""
        return Call("nn.Flatten")
