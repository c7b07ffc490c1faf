"""Max pooling."""

from __future__ import annotations

from dataclasses import dataclass

from nnviz.core.call import Call
from nnviz.core.layers._pooling import PoolingSpec
from nnviz.core.layers.base import LAYERS
from nnviz.core.shape import Shape


@LAYERS.register
@dataclass(frozen=True, kw_only=True)
class MaxPool2d(PoolingSpec):
    """Keeps the largest value of each window, channel by channel.

    The usual window is 2x2 with stride 2; 3x3 with stride 2 overlaps. A pattern that moves by a pixel changes little.

    Input shape: (C, H, W)
    Output shape: (C, H', W') with H' = floor((H - window) / stride) + 1
    Source: Dumoulin & Visin 2016, arXiv:1603.07285, relationship 14; Riesenhuber & Poggio 1999.
    """

    title = "Max pooling"
    formula = "y = largest value in each window"
    rule = "largest"

    def torch_call(self, x: Shape) -> Call:
        """`nn.MaxPool2d`."""
        return Call("nn.MaxPool2d", (self.window,), {"stride": self.stride})
