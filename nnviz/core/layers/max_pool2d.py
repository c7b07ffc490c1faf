"""Max pooling."""

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
class MaxPool2d(LayerSpec):
    """Keeps the largest value of each window, channel by channel.

    The usual window is 2x2 with stride 2; 3x3 with stride 2 overlaps. A pattern that moves by a pixel changes little.

    Input shape: (C, H, W)
    Output shape: (C, H', W') with H' = floor((H - window) / stride) + 1
    Source: Dumoulin & Visin 2016, arXiv:1603.07285, relationship 14; Riesenhuber & Poggio 1999.
    """

    title = "Max pooling"
    category = "Pooling"
    formula = "y = largest value in each window"

    window: int = param(2, "Side of the window.", ge=1, le=32, unit="pixels")
    stride: int = param(2, "Step between two windows.", ge=1, le=32, unit="pixels")

    def output_shape(self, x: Shape) -> Shape:
        """(C, H', W')."""
        self.need_image(x)
        return pooled_shape(self.title, x, self.window, self.stride)

    def operations(self, x: Shape) -> int:
        """Comparisons: one per value that a window covers."""
        return self.output_shape(x).size * self.window**2

    def terms(self, x: NDArray[Any], index: tuple[int, ...], parameters: Mapping[str, NDArray[Any]]) -> Terms:
        """The window's values."""
        return window_terms("largest", x, index, self.window, self.stride)

    def torch_call(self, x: Shape) -> Call:
        """`nn.MaxPool2d`."""
        return Call("nn.MaxPool2d", (self.window,), {"stride": self.stride})
