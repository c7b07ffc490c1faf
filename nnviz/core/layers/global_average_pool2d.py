"""Global average pooling."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from nnviz.core.call import Call
from nnviz.core.layers.base import LAYERS, LayerSpec
from nnviz.core.shape import Shape
from nnviz.core.terms import Terms


@LAYERS.register
@dataclass(frozen=True, kw_only=True)
class GlobalAveragePool2d(LayerSpec):
    """Keeps one number per channel: its mean over the whole image, a vector that needs no flattening.

    Input shape: (C, H, W)
    Output shape: (C,)
    Source: Lin, Chen & Yan 2014, arXiv:1312.4400, section 3.2.
    """

    title = "Global average pooling"
    category = "Pooling"
    formula = "y[c] = mean over all pixels of x[c]"

    def output_shape(self, x: Shape) -> Shape:
        """(C,)."""
        self.need_image(x)
        return Shape((x.dims[0],))

    def operations(self, x: Shape) -> int:
        """Additions: one per value."""
        return x.size

    def terms(self, x: NDArray[Any], index: tuple[int, ...], parameters: Mapping[str, NDArray[Any]]) -> Terms:
        """The whole channel."""
        (channel,) = index
        return Terms("mean", x[channel : channel + 1], None, 0.0, (0, 0), (channel, channel + 1))

    def torch_call(self, x: Shape) -> Call:
        """`nn.AdaptiveAvgPool2d` to one pixel, flattened."""
        return Call("nn.Sequential", (Call("nn.AdaptiveAvgPool2d", (1,)), Call("nn.Flatten")))
