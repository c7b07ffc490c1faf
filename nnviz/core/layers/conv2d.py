"""Two-dimensional convolution."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.core.call import Call
from nnviz.core.initialisers.base import INITIALISERS, InitialiserSpec
from nnviz.core.initialisers.fan_in_uniform import FanInUniform
from nnviz.core.layers._windows import PADDINGS, output_side, same_padding
from nnviz.core.layers.base import LAYERS, LayerSpec
from nnviz.core.shape import Fix, Shape, ShapeError
from nnviz.core.spec import param
from nnviz.core.terms import Terms


@LAYERS.register
@dataclass(frozen=True, kw_only=True)
class Conv2d(LayerSpec):
    """2-D convolution (cross-correlation): y[o] = b[o] + sum_c w[o, c] * x[c].

    Each filter slides over the image and answers where its pattern is; its weights are the same at every place.

    Input shape: (C, H, W)
    Output shape: (filters, H', W') with H' = floor((H + padding before + padding after - kernel) / stride) + 1
    Source: Dumoulin & Visin 2016, arXiv:1603.07285, relationship 6.
    """

    title = "Convolution"
    category = "Layer"
    formula = "y[o] = b[o] + sum over c of w[o, c] * x[c]"

    filters: int = param(16, "Number of learned filters; each makes one feature map.", ge=1, le=4096)
    kernel_size: int = param(3, "Side of each filter.", ge=1, le=63, unit="pixels")
    stride: int = param(
        1, "Step between two places of the filter; the larger, the smaller the output.", ge=1, le=32, unit="pixels"
    )
    padding: str = param(
        "same",
        "Zeros around the image: 'valid' none, 'same' so many that stride 1 keeps the size, 'custom' as many as given.",
        choices=PADDINGS,
    )
    padding_size: int = param(
        0,
        "Zeros on each side, if padding is 'custom'.",
        ge=0,
        le=63,
        unit="pixels",
        only_if=("padding", ("custom",)),
    )
    bias: bool = param(True, "Whether a learned constant is added to each feature map.")
    weight_initialiser: InitialiserSpec = param(FanInUniform(), "How the filters start.", registry=INITIALISERS)
    bias_initialiser: InitialiserSpec = param(
        FanInUniform(), "How the biases start.", registry=INITIALISERS, only_if=("bias", (True,))
    )

    def pads(self, x: Shape) -> tuple[int, int, int, int]:
        """Zeros at the left, right, top and bottom, in torch's order."""
        _, height, width = x
        if self.padding == "valid":
            return 0, 0, 0, 0
        if self.padding == "custom":
            return (self.padding_size,) * 4
        left, right = same_padding(width, self.kernel_size, self.stride)
        top, bottom = same_padding(height, self.kernel_size, self.stride)
        return left, right, top, bottom

    def output_shape(self, x: Shape) -> Shape:
        """(filters, H', W')."""
        self.need_image(x)
        _, height, width = x
        left, right, top, bottom = self.pads(x)
        rows = output_side(height, self.kernel_size, self.stride, top, bottom)
        columns = output_side(width, self.kernel_size, self.stride, left, right)
        if rows < 1 or columns < 1:
            largest = min(height + top + bottom, width + left + right)
            fixes = (
                Fix(f"Shrink the kernel to {largest}x{largest}", "change", params=(("kernel_size", largest),)),
                Fix("Pad the image ('same')", "change", params=(("padding", "same"),)),
            )
            kernel = f"{self.kernel_size}x{self.kernel_size}"
            raise ShapeError(self.title, x, f"an image at least as large as its {kernel} kernel", fixes)
        return Shape((self.filters, rows, columns))

    def parameter_shapes(self, x: Shape) -> dict[str, tuple[int, ...]]:
        """Weight (filters, C, k, k) and bias (filters,)."""
        side = self.kernel_size
        shapes: dict[str, tuple[int, ...]] = {"weight": (self.filters, x.dims[0], side, side)}
        if self.bias:
            shapes["bias"] = (self.filters,)
        return shapes

    def parameter_formula(self, x: Shape) -> str:
        """Kernel x channels x filters + filters: "5x5x1x32 + 32 = 832"."""
        side = self.kernel_size
        bias = f" + {self.filters}" if self.bias else ""
        return f"{side}x{side}x{x.dims[0]}x{self.filters}{bias} = {self.parameter_count(x)}"

    def operations(self, x: Shape) -> int:
        """One multiplication per weight and output pixel."""
        out = self.output_shape(x)
        return out.size * x.dims[0] * self.kernel_size**2

    def initialisers(self) -> Iterator[tuple[str, InitialiserSpec]]:
        """Weight, then bias."""
        yield "weight", self.weight_initialiser
        if self.bias:
            yield "bias", self.bias_initialiser

    def terms(self, x: NDArray[Any], index: tuple[int, ...], parameters: Mapping[str, NDArray[Any]]) -> Terms:
        """The patch under the filter, of all channels, and the filter's weights."""
        filter_, row, column = index
        left, right, top, bottom = self.pads(Shape.of(x.shape))
        side = self.kernel_size
        padded = np.pad(x.astype(np.float32), ((0, 0), (top, bottom), (left, right)))
        first_row, first_column = row * self.stride, column * self.stride
        inputs = padded[:, first_row : first_row + side, first_column : first_column + side]
        bias = float(parameters["bias"][filter_]) if self.bias else 0.0
        corner = (first_row - top, first_column - left)
        return Terms("weighted sum", inputs, parameters["weight"][filter_], bias, corner, (0, len(x)))

    def torch_call(self, x: Shape) -> Call:
        """`nn.Conv2d`; behind an `nn.ZeroPad2d` where the two sides need different numbers of zeros."""
        left, right, top, bottom = self.pads(x)
        kwargs: dict[str, object] = {}
        if self.stride != 1:
            kwargs["stride"] = self.stride
        symmetric = left == right and top == bottom
        if symmetric and (top or left):
            kwargs["padding"] = top if top == left else (top, left)
        if not self.bias:
            kwargs["bias"] = False
        conv = Call("nn.Conv2d", (x.dims[0], self.filters, self.kernel_size), kwargs)
        if symmetric:
            return conv
        return Call("nn.Sequential", (Call("nn.ZeroPad2d", ((left, right, top, bottom),)), conv))
