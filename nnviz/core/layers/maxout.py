"""Maxout."""

from __future__ import annotations

from dataclasses import dataclass

from nnviz.core.call import Call
from nnviz.core.layers.base import INSERT_FLATTEN, LAYERS, LayerSpec
from nnviz.core.shape import Fix, Shape, ShapeError
from nnviz.core.spec import param


@LAYERS.register
@dataclass(frozen=True, kw_only=True)
class Maxout(LayerSpec):
    """Keeps the largest of every few neighbouring values: y_i = max over j of z_ij, j from 1 to pieces.

    Behind a dense layer with pieces times as many units, each output is the largest of several straight lines in the
    input: a convex bend whose form is learned. Of an image it takes groups of channels, pixel by pixel.

    Input shape: (F,) or (C, H, W), with F or C a multiple of pieces
    Output shape: (F / pieces,) or (C / pieces, H, W)
    Source: Goodfellow et al. 2013, arXiv:1302.4389, section 3.
    """

    category = "Activation"
    formula = "y[i] = max over j of z[i, j]"

    pieces: int = param(2, "Number of neighbouring values of which the largest is kept.", ge=1, le=64)

    def output_shape(self, x: Shape) -> Shape:
        """A share of the features or channels."""
        if x.is_sequence:
            fix = Fix(INSERT_FLATTEN.format(layer=self.title), "insert_before", "flatten")
            raise ShapeError(self.title, x, "a vector or an image", (fix,))
        if x.dims[0] % self.pieces:
            divisor = max(d for d in range(1, self.pieces) if x.dims[0] % d == 0)
            fix = Fix(f"Change the pieces to {divisor}", "change", params=(("pieces", divisor),))
            kind = "channels" if x.is_image else "features"
            raise ShapeError(self.title, x, f"a multiple of {self.pieces} {kind}", (fix,))
        return Shape((x.dims[0] // self.pieces, *x.dims[1:]))

    def operations(self, x: Shape) -> int:
        """Comparisons: one per value."""
        return x.size

    def torch_call(self, x: Shape) -> Call:
        """A module of our own."""
        return Call("Maxout", (self.pieces,), define=_define)


def _define() -> type:
    import torch
    from torch import nn

    class Maxout(nn.Module):
        """Keeps the largest of every `pieces` neighbouring features or channels, (N, C, ...)."""

        def __init__(self, pieces: int) -> None:
            super().__init__()
            self.pieces = pieces

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return torch.unflatten(x, 1, (-1, self.pieces)).amax(2)

    return Maxout
