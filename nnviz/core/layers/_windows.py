"""Arithmetic of sliding windows, shared by convolution and pooling."""

from __future__ import annotations

PADDINGS = ("valid", "same", "custom")


def output_side(side: int, kernel: int, stride: int, before: int, after: int) -> int:
    """Number of positions of a window: floor((side + before + after - kernel) / stride) + 1.

    Zero or less means that the window does not fit.

    Source: Dumoulin & Visin 2016, arXiv:1603.07285, relationship 6.
    """
    return (side + before + after - kernel) // stride + 1


def same_padding(side: int, kernel: int, stride: int) -> tuple[int, int]:
    """Zeros before and after an axis such that the output has ceil(side / stride) positions.

    An odd number of zeros puts the extra one behind, as TensorFlow does, whose "SAME" the chapter uses.
    """
    positions = -(-side // stride)
    total = max(0, (positions - 1) * stride + kernel - side)
    return total // 2, total - total // 2
