"""Average pooling."""

from __future__ import annotations

from dataclasses import dataclass

from nnviz.core.call import Call
from nnviz.core.layers._pooling import PoolingSpec
from nnviz.core.layers.base import LAYERS
from nnviz.core.shape import Shape


@LAYERS.register
@dataclass(frozen=True, kw_only=True)
class AveragePool2d(PoolingSpec):
    """Keeps the mean of each window, channel by channel: a small, soft picture of what was there.

    Input shape: (C, H, W)
    Output shape: (C, H', W') with H' = floor((H - window) / stride) + 1
    Source: LeCun, Bottou, Bengio & Haffner 1998, Gradient-based learning applied to document recognition, section II.B.
    """

    title = "Average pooling"
    formula = "y = mean of each window"
    rule = "mean"

    def torch_call(self, x: Shape) -> Call:
        """`nn.AvgPool2d`."""
        return Call("nn.AvgPool2d", (self.window,), {"stride": self.stride})
