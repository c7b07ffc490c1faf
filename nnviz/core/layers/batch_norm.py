"""Batch normalisation."""

from __future__ import annotations

from dataclasses import dataclass

from nnviz.core.call import Call
from nnviz.core.layers.base import INSERT_FLATTEN, LAYERS, LayerSpec
from nnviz.core.shape import Fix, Shape, ShapeError
from nnviz.core.spec import param


@LAYERS.register
@dataclass(frozen=True, kw_only=True)
class BatchNorm(LayerSpec):
    """Brings each channel to mean 0 and variance 1 over the batch, then scales and shifts it by learned amounts.

    y = gamma (x - mean) / sqrt(variance + epsilon) + beta, per channel (images) or per feature (vectors). After
    training the running averages of mean and variance are used, so that one sample alone gives the same answer as in
    a batch.

    Input shape: (F,) or (C, H, W)
    Output shape: the same
    Source: Ioffe & Szegedy 2015, arXiv:1502.03167, algorithm 1.
    """

    title = "Batch norm"
    category = "Regularisation"
    formula = "y = gamma (x - mean) / sqrt(variance + epsilon) + beta"
    mixes = False

    epsilon: float = param(1e-5, "Small number that keeps the division finite.", gt=0, le=1, log=True)
    momentum: float = param(0.1, "Weight of the newest batch in the running averages.", gt=0, le=1)

    def output_shape(self, x: Shape) -> Shape:
        """The input's shape."""
        if x.is_sequence:
            fix = Fix(INSERT_FLATTEN.format(layer=self.title), "insert_before", "flatten")
            raise ShapeError(self.title, x, "a vector or an image", (fix,))
        return x

    def parameter_shapes(self, x: Shape) -> dict[str, tuple[int, ...]]:
        """Gamma and beta, one of each per channel or feature."""
        return {"weight": (x.dims[0],), "bias": (x.dims[0],)}

    def operations(self, x: Shape) -> int:
        """One multiplication per value."""
        return x.size

    def torch_call(self, x: Shape) -> Call:
        """`nn.BatchNorm2d` for images, `nn.BatchNorm1d` for vectors."""
        function = "nn.BatchNorm2d" if x.is_image else "nn.BatchNorm1d"
        return Call(function, (x.dims[0],), {"eps": self.epsilon, "momentum": self.momentum})
