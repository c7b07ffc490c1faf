"""What one value of a layer is made of: the numbers that are put together, and how."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Rule = Literal["weighted sum", "largest", "mean", "norm"]


@dataclass(frozen=True)
class Terms:
    """The inputs of one output value, side by side with what they are weighted by.

    Attributes:
        rule: How they are put together: the sum of input times weight plus bias, the largest, the mean, or the root
            of the sum of squares.
        inputs: What the value sees, (channels, height, width); a vector is (1, 1, F).
        weights: What each of them is multiplied by, of the same shape; None if nothing is learned.
        bias: What is added to the sum.
        corner: Row and column of the first of them in the layer's input; below 0 in a border of zeros.
        channels: First channel of the input that they come from, and the one behind the last.
    """

    rule: Rule
    inputs: NDArray[np.float32]
    weights: NDArray[np.float32] | None
    bias: float
    corner: tuple[int, int]
    channels: tuple[int, int]

    @property
    def value(self) -> float:
        """What comes out."""
        x = self.inputs.astype(np.float64)
        if self.rule == "largest":
            return float(x.max())
        if self.rule == "mean":
            return float(x.mean())
        if self.rule == "norm":
            return float(np.sqrt((x**2).sum()))
        assert self.weights is not None
        return float((x * self.weights).sum() + self.bias)


def window_terms(rule: Rule, x: NDArray[Any], index: tuple[int, ...], window: int, stride: int) -> Terms:
    """Terms of a layer that sums up windows channel by channel.

    Args:
        rule: How.
        x: Its input, (C, H, W).
        index: Channel, row and column of the value.
        window: Side of the window.
        stride: Step between two windows.
    """
    channel, row, column = index
    top, left = row * stride, column * stride
    inputs = x[channel : channel + 1, top : top + window, left : left + window]
    return Terms(rule, inputs.astype(np.float32), None, 0.0, (top, left), (channel, channel + 1))
