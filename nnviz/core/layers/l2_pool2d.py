"""L2-norm pooling."""

from __future__ import annotations

from dataclasses import dataclass

from nnviz.core.call import Call
from nnviz.core.layers._pooling import PoolingSpec
from nnviz.core.layers.base import LAYERS
from nnviz.core.shape import Shape


@LAYERS.register
@dataclass(frozen=True, kw_only=True)
class L2Pool2d(PoolingSpec):
    """Keeps the square root of the sum of squares of each window, channel by channel.

    Large values count for more than in a mean, small ones for more than in a maximum.

    Input shape: (C, H, W)
    Output shape: (C, H', W') with H' = floor((H - window) / stride) + 1
    Source: Le et al. 2012, arXiv:1112.6209, section 3; named beside max and average pooling in the chapter.
    """

    title = "L2-norm pooling"
    formula = "y = sqrt(sum of x^2 in each window)"
    rule = "norm"

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
