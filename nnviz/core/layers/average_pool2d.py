"""Average pooling."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from nnviz.core.call import Call
from nnviz.core.layers._windows import pooled_shape
from nnviz.core.layers.base import LAYERS, LayerSpec
from nnviz.core.shape import Shape
from nnviz.core.spec import param
from nnviz.core.terms import Terms, window_terms


@LAYERS.register
@dataclass(frozen=True, kw_only=True)
class AveragePool2d(LayerSpec):
    """Keeps the mean of each window, channel by channel: a small, soft picture of what was there.

    Input shape: (C, H, W)
    Output shape: (C, H', W') with H' = floor((H - window) / stride) + 1
    Source: LeCun, Bottou, Bengio & Haffner 1998, Gradient-based learning applied to document recognition, section II.B.
    """

    title = "Average pooling"
    category = "Pooling"
    formula = "y = mean of each window"

    window: int = param(2, "Side of the window.", ge=1, le=32, unit="pixels")
    stride: int = param(2, "Step between two windows.", ge=1, le=32, unit="pixels")

    def output_shape(self, x: Shape) -> Shape:
        """(C, H', W')."""
        self.need_image(x)
        return pooled_shape(self.title, x, self.window, self.stride)

    def operations(self, x: Shape) -> int:
        """Additions: one per value that a window covers."""
        return self.output_shape(x).size * self.window**2

    def terms(self, x: NDArray[Any], index: tuple[int, ...], parameters: Mapping[str, NDArray[Any]]) -> Terms:
        """The window's values."""
        return window_terms("mean", x, index, self.window, self.stride)

    def torch_call(self, x: Shape) -> Call:
        """`nn.AvgPool2d`."""
        return Call("nn.AvgPool2d", (self.window,), {"stride": self.stride})
