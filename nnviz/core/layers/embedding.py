"""Embedding of symbols."""

from __future__ import annotations

from dataclasses import dataclass

from nnviz.core.call import Call
from nnviz.core.layers.base import LAYERS, LayerSpec
from nnviz.core.shape import Shape
from nnviz.core.spec import param


@LAYERS.register
@dataclass(frozen=True, kw_only=True)
class Embedding(LayerSpec):
    """A learned vector for each symbol: y_t = row number x_t of a table W. Symbols of like use end up side by side.

    The same as one-hot encoding and a dense layer without bias, but nothing is multiplied by zeros.

    Input shape: (T, 1), numbers of symbols from 0
    Output shape: (T, size)
    Source: Bengio, Ducharme, Vincent & Jauvin 2003, A neural probabilistic language model, section 2.
    """

    category = "Recurrent"
    formula = "y[t] = W[x[t]]"

    symbols: int = param(128, "Number of different symbols.", ge=1, le=100_000)
    size: int = param(32, "Number of values that stand for a symbol.", ge=1, le=4096)

    def output_shape(self, x: Shape) -> Shape:
        """(T, size)."""
        self.need_symbols(x)
        return Shape((x.dims[0], self.size))

    def parameter_shapes(self, x: Shape) -> dict[str, tuple[int, ...]]:
        """The table, (symbols, size)."""
        return {"weight": (self.symbols, self.size)}

    def operations(self, x: Shape) -> int:
        """None: rows are looked up."""
        return 0

    def torch_call(self, x: Shape) -> Call:
        """`nn.Embedding`, within a module that takes numbers of symbols as the data has them."""
        return Call("Symbols", (Call("nn.Embedding", (self.symbols, self.size)),), define=_define)


def _define() -> type:
    import torch
    from torch import nn

    class Symbols(nn.Module):
        """Vectors for symbols, (N, T, 1) floating-point numbers -> (N, T, size)."""

        def __init__(self, table: nn.Embedding) -> None:
            super().__init__()
            self.table = table

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            vectors: torch.Tensor = self.table(x[..., 0].round().clamp(0, self.table.num_embeddings - 1).long())
            return vectors

    return Symbols
