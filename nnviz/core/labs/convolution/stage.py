"""One stage of a convolutional network on one channel, number by number: convolution, ReLU, pooling."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from nnviz.core.layers._windows import output_side

Array = NDArray[np.float64]
Pooling = Literal["max", "average", "L2 norm"]
Operation = Literal["convolution", "ReLU", "pooling"]

POOLINGS: tuple[Pooling, ...] = ("max", "average", "L2 norm")
OPERATIONS: tuple[Operation, ...] = ("convolution", "ReLU", "pooling")

MOST_STRIDE = 4
MOST_PADDING = 3
MOST_DILATION = 3
MOST_WINDOW = 4


def reach(kernel: int, dilation: int) -> int:
    """Side of the square that a dilated kernel spans: d (k - 1) + 1 pixels.

    Source: Yu & Koltun 2016, arXiv:1511.07122, section 2.
    """
    return dilation * (kernel - 1) + 1


def side_after(side: int, kernel: int, stride: int, padding: int, dilation: int) -> int:
    """Side of the feature map: floor((n + 2 p - d (k - 1) - 1) / s) + 1; below 1 if the kernel does not fit.

    Source: Dumoulin & Visin 2016, arXiv:1603.07285, relationship 15.
    """
    return output_side(side, reach(kernel, dilation), stride, padding, padding)


def convolve(x: Array, kernel: Array, bias: float = 0.0, stride: int = 1, padding: int = 0, dilation: int = 1) -> Array:
    """2-D convolution as networks have it (cross-correlation: the kernel is not turned round).

    y[i, j] = b + sum over k, l of w[k, l] x[s i + d k - p, s j + d l - p]; x is 0 outside.

    Input shape: (H, W) and the kernel (K, K)
    Output shape: (H', W') as `side_after` says

    Raises:
        ValueError: If the kernel is larger than the padded image.
    """
    span = reach(len(kernel), dilation)
    windows = sliding_window_view(np.pad(x, padding), (span, span))
    taps = windows[::stride, ::stride, ::dilation, ::dilation]
    return np.asarray(np.einsum("ijkl,kl->ij", taps, kernel) + bias)


def rectified(x: Array) -> Array:
    """ReLU: max(0, x), of any shape."""
    return np.maximum(x, 0.0)


def pool(x: Array, kind: Pooling, window: int, stride: int) -> Array:
    """Pooling without padding: the largest, the mean, or the root of the sum of squares of each window.

    Input shape: (H, W)
    Output shape: (H', W') with H' = floor((H - window) / stride) + 1

    Raises:
        ValueError: If the window is larger than the image.
    """
    windows = sliding_window_view(x, (window, window))[::stride, ::stride]
    if kind == "max":
        return np.asarray(windows.max(axis=(2, 3)))
    if kind == "average":
        return np.asarray(windows.mean(axis=(2, 3)))
    return np.asarray(np.sqrt((windows**2).sum(axis=(2, 3))))


@dataclass(frozen=True, eq=False)
class Recipe:
    """What a stage does.

    Attributes:
        kernel: The weights, (K, K).
        bias: What is added to every sum.
        stride: How many pixels the kernel goes on at a time.
        padding: Width of the border of zeros.
        dilation: How far apart the pixels are that the kernel looks at.
        pooling: What is kept of each window.
        window: Side of the window of the pooling.
        pooling_stride: How many cells the window goes on at a time.
    """

    kernel: Array
    bias: float = 0.0
    stride: int = 1
    padding: int = 0
    dilation: int = 1
    pooling: Pooling = "max"
    window: int = 2
    pooling_stride: int = 2


@dataclass(frozen=True, eq=False)
class CellTerms:
    """What one cell of a map is made of.

    Attributes:
        operation: What made it.
        inputs: The numbers that it looks at, (K, K), or (1, 1) behind ReLU.
        parts: What becomes of each of them before they are put together: products with the kernel, squares for the
            L2 norm, else the inputs themselves.
        total: The sum of the parts; for max pooling the largest.
        value: The cell.
        corner: Row and column of the first input in the map before; for a convolution in the padded image.
        step: How many rows and columns lie between two inputs.
    """

    operation: Operation
    inputs: Array
    parts: Array
    total: float
    value: float
    corner: tuple[int, int]
    step: int = 1


class Stage:
    """An image and all that a recipe makes of it.

    Attributes:
        recipe: What was done.
        x: The image, (H, W).
        padded: The image with its border of zeros.
        convolved: The feature map; None if the kernel does not fit.
        rectified: The same behind ReLU.
        pooled: The pooled map; None if there is no map or the window does not fit.
    """

    def __init__(self, x: Array, recipe: Recipe) -> None:
        self.recipe, self.x = recipe, x
        self.padded: Array = np.pad(x, recipe.padding)
        self.convolved: Array | None = None
        self.rectified: Array | None = None
        self.pooled: Array | None = None
        if min(self.padded.shape) >= reach(len(recipe.kernel), recipe.dilation):
            self.convolved = convolve(x, recipe.kernel, recipe.bias, recipe.stride, recipe.padding, recipe.dilation)
            self.rectified = rectified(self.convolved)
            if min(self.convolved.shape) >= recipe.window:
                self.pooled = pool(self.rectified, recipe.pooling, recipe.window, recipe.pooling_stride)

    def map_of(self, operation: Operation) -> Array | None:
        """What an operation makes; None if it does not fit."""
        return {"convolution": self.convolved, "ReLU": self.rectified, "pooling": self.pooled}[operation]

    @property
    def largest(self) -> float:
        """Largest magnitude of all numbers: image, kernel, maps."""
        maps = (self.x, self.recipe.kernel, self.convolved, self.pooled)
        return max(float(np.abs(values).max()) for values in maps if values is not None)

    def terms(self, operation: Operation, row: int, column: int) -> CellTerms:
        """What a cell is made of.

        Raises:
            ValueError: If the operation does not fit.
        """
        made, recipe = self.map_of(operation), self.recipe
        if made is None or self.convolved is None or self.rectified is None:
            raise ValueError(f"There is no map behind {operation}.")
        value = float(made[row, column])
        if operation == "ReLU":
            x = self.convolved[row : row + 1, column : column + 1]
            return CellTerms(operation, x, x, float(x[0, 0]), value, (row, column))
        if operation == "convolution":
            top, left, step = row * recipe.stride, column * recipe.stride, recipe.dilation
            span = reach(len(recipe.kernel), step)
            inputs = self.padded[top : top + span : step, left : left + span : step]
            parts = inputs * recipe.kernel
            return CellTerms(operation, inputs, parts, float(parts.sum()), value, (top, left), step)
        top, left, side = row * recipe.pooling_stride, column * recipe.pooling_stride, recipe.window
        inputs = self.rectified[top : top + side, left : left + side]
        parts = inputs**2 if recipe.pooling == "L2 norm" else inputs
        total = float(parts.max() if recipe.pooling == "max" else parts.sum())
        return CellTerms(operation, inputs, parts, total, value, (top, left))
