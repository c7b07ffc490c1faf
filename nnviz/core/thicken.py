"""Strokes of a picture made wider or narrower, their middle line kept."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def stroke_width(ink: NDArray[np.float32]) -> float:
    """Mean width of the strokes in pixels: twice the area through the length of the outline.

    A line of length l and width w has the area l*w and an outline of about 2*l. The outline's length is pi/4 times the
    number of pixel edges along it, where all directions are alike (Cauchy-Crofton).

    Args:
        ink: (H, W), 0 paper, 1 ink.
    """
    mask = np.pad(ink >= 0.5, 1)
    edges = np.count_nonzero(mask[1:] != mask[:-1]) + np.count_nonzero(mask[:, 1:] != mask[:, :-1])
    area = float(ink.sum(dtype=np.float64))
    return 2 * area / max(edges * np.pi / 4, 1.0)


def thickened(ink: NDArray[np.float32], by: float) -> NDArray[np.float32]:
    """The ink with its outline moved outwards by `by` pixels (inwards if negative), cut off at the picture's border.

    Args:
        ink: (H, W), 0 paper, 1 ink. The outline is where it is half as dark as its darkest pixel, so that hair lines,
            grey all over, have one too.
        by: Distance in pixels.
    """
    # How far a pixel's middle is outside the outline, which runs half a pixel beside the middles of the last pixels.
    edge = ink.max(initial=0.0) / 2
    outside = distance_to(ink >= edge) - 0.5 if by >= 0 else 0.5 - distance_to(ink < edge)
    return np.asarray(np.clip(0.5 + by - outside, 0, 1), dtype=np.float32)


def distance_to(mask: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Euclidean distance from each pixel to the nearest one where `mask` is True; large if there is none.

    First along the columns, then the least of g(x')^2 + (x - x')^2 along each row (Felzenszwalb & Huttenlocher 2012,
    "Distance Transforms of Sampled Functions", by trying every x', which numpy does fast enough for small pictures).
    """
    height, width = mask.shape
    far = height + width
    rows = np.arange(height)[:, None]
    above = np.maximum.accumulate(np.where(mask, rows, -far), axis=0)
    below = np.minimum.accumulate(np.where(mask, rows, height + far)[::-1], axis=0)[::-1]
    vertical = np.minimum(rows - above, below - rows).astype(np.float32)
    columns = np.arange(width, dtype=np.float32)
    across = (columns[:, None] - columns[None, :]) ** 2
    squared = np.stack([(across + row[None, :] ** 2).min(axis=1) for row in vertical])
    return np.asarray(np.sqrt(squared), dtype=np.float32)
