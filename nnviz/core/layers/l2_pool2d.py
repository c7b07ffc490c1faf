"""L2-norm pooling."""

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
class L2Pool2d(LayerSpec):
    """Keeps the square root of the sum of squares of each window, channel by channel.

    Large values count for more than in a mean, small ones for more than in a maximum.

    Input shape: (C, H, W)
    Output shape: (C, H', W') with H' = floor((H - window) / stride) + 1
    Source: Le et al. 2012, arXiv:1112.6209, section 3; named beside max and average pooling in the chapter.
    """

    title = "L2-norm pooling"
    category = "Pooling"
    formula = "y = sqrt(sum of x^2 in each window)"

    window: int = param(2, "Side of the window.", ge=1, le=32, unit="pixels")
    stride: int = param(2, "Step between two windows.", ge=1, le=32, unit="pixels")

    def output_shape(self, x: Shape) -> Shape:
        """(C, H', W')."""
        self.need_image(x)
        return pooled_shape(self.title, x, self.window, self.stride)

    def operations(self, x: Shape) -> int:
        """Multiplications: one per value that a window covers."""
        return self.output_shape(x).size * self.window**2

    def terms(self, x: NDArray[Any], index: tuple[int, ...], parameters: Mapping[str, NDArray[Any]]) -> Terms:
        """The window's values."""
        return window_terms("norm", x, index, self.window, self.stride)

    def torch_call(self, x: Shape) -> Call:
        """A module of our own: the gradient of `nn.LPPool2d` is not a number where a window is all zero."""
        return Call("L2Pool2d", (self.window, self.stride), define=_define)


def _define() -> type:
    import torch
    from torch import nn

    class L2Pool2d(nn.Module):
        """Square root of the sum of squares of each window, (N, C, H, W); its gradient is 0 where all are 0."""

        def __init__(self, window: int, stride: int) -> None:
            super().__init__()
            self.window, self.stride = window, stride

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            means = nn.functional.avg_pool2d(x * x, self.window, self.stride)
            # The smallest normal number: the root has no slope at 0, and all other sums stay what they are.
            return (means * self.window**2).clamp_min(torch.finfo(x.dtype).tiny).sqrt()

    return L2Pool2d
