"""Arithmetic of sliding windows, shared by convolution and pooling."""

from __future__ import annotations

from nnviz.core.shape import Fix, Shape, ShapeError

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


def pooled_shape(title: str, x: Shape, window: int, stride: int) -> Shape:
    """What pooling without padding leaves of an image (C, H, W).

    Args:
        title: Title of the layer that pools.
        x: The image.
        window: Side of the window.
        stride: Step between two windows.

    Raises:
        ShapeError: If the window is larger than the image.
    """
    channels, height, width = x
    rows, columns = output_side(height, window, stride, 0, 0), output_side(width, window, stride, 0, 0)
    if rows < 1 or columns < 1:
        side = min(height, width)
        fixes = (
            Fix(f"Shrink the window to {side}x{side}", "change", params=(("window", side),)),
            Fix(f"Remove {title}", "remove"),
        )
        raise ShapeError(title, x, f"an image at least as large as its {window}x{window} window", fixes)
    return Shape((channels, rows, columns))
