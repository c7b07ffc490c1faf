"""One-hot encoding of symbols."""

from __future__ import annotations

from dataclasses import dataclass

from nnviz.core.call import Call
from nnviz.core.layers.base import LAYERS, LayerSpec
from nnviz.core.shape import Shape
from nnviz.core.spec import param


@LAYERS.register
@dataclass(frozen=True, kw_only=True)
class OneHot(LayerSpec):
    """One value for each possible symbol, 1 for the one that is there and 0 for all others; nothing is learned.

    Input shape: (T, 1), numbers of symbols from 0
    Output shape: (T, symbols)
    """

    title = "One-hot"
    category = "Recurrent"
    formula = "y[t, k] = 1 if x[t] = k, else 0"

    symbols: int = param(128, "Number of different symbols.", ge=1, le=100_000)

    def output_shape(self, x: Shape) -> Shape:
        """(T, symbols)."""
        self.need_symbols(x)
        return Shape((x.dims[0], self.symbols))

    def operations(self, x: Shape) -> int:
        """None: nothing is multiplied."""
        return 0

    def torch_call(self, x: Shape) -> Call:
        """A module of our own."""
        return Call("OneHot", (self.symbols,), define=_define)


def _define() -> type:
    import torch
    from torch import nn

    class OneHot(nn.Module):
        """Numbers of symbols, (N, T, 1) floating-point numbers -> (N, T, symbols) of 0 and 1."""

        def __init__(self, symbols: int) -> None:
            super().__init__()
            self.symbols = symbols

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return (x.round() == torch.arange(self.symbols, device=x.device)).to(x.dtype)

    return OneHot
