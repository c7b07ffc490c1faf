"""Pen strokes to grey pixels: how much of each pixel a round pen covers. Plain numpy; knows nothing of digits."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_PIECES_AT_ONCE = 128
"""As many windows as a processor's cache holds: with 1,024 it takes two to three times as long."""


def pen_coverage(
    strokes: Sequence[NDArray[np.float64]], pen_width: float, height: int, width: int
) -> NDArray[np.float32]:
    """Part of each pixel that a round pen covers when it follows the strokes.

    A pixel at distance d from the pen's path is covered by the overlap of [d - 1/2, d + 1/2] with
    [-pen_width/2, pen_width/2]: exact for a straight line along the grid, within 0.1 for any other. A stroke of one
    point, or of coinciding points, is a disc. What lies outside the picture is cut off.

    Args:
        strokes: (n, 2) arrays of x and y in pixels; pixel i covers [i, i + 1].
        pen_width: Diameter of the pen in pixels, more than 0.
        height: Rows of the picture.
        width: Columns of the picture.

    Returns:
        Array of shape (height, width), values in [0, 1].
    """
    radius = pen_width / 2
    starts, ends = _pieces(strokes, longest=max(1.0, radius))
    # A piece can reach no pixel further from its middle than half its length, the radius and half a pixel.
    reach = max(1.0, radius) / 2 + radius + 0.5
    side = int(np.ceil(2 * reach)) + 1
    padded = np.zeros((height + 2 * side, width + 2 * side), dtype=np.float32)
    near = _near(starts, ends, reach, height, width)
    starts, ends = starts[near], ends[near]
    for first in range(0, len(starts), _PIECES_AT_ONCE):
        part = slice(first, first + _PIECES_AT_ONCE)
        _cover(padded, starts[part], ends[part], radius, side)
    return padded[side:-side, side:-side]


def average_blocks(picture: NDArray[np.float32], factor: int) -> NDArray[np.float32]:
    """The picture made `factor` times smaller, each pixel the mean of a block: area weighting by a whole factor."""
    height, width = picture.shape
    blocks = picture.reshape(height // factor, factor, width // factor, factor)
    return np.asarray(blocks.mean(axis=(1, 3)), dtype=np.float32)


def _pieces(strokes: Sequence[NDArray[np.float64]], longest: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Starts and ends, each (m, 2), of straight pieces of at most `longest` that make up the strokes."""
    starts, ends = [], []
    for stroke in strokes:
        points = _thinned(stroke)
        if len(points) == 1:
            starts.append(points)
            ends.append(points)
            continue
        steps = np.diff(points, axis=0)
        parts = np.maximum(np.ceil(np.hypot(steps[:, 0], steps[:, 1]) / longest), 1).astype(np.intp)
        index = np.repeat(np.arange(len(parts)), parts)
        nth = np.arange(len(index)) - np.repeat(np.cumsum(parts) - parts, parts)
        step = (steps / parts[:, None])[index]
        start = points[:-1][index] + nth[:, None] * step
        starts.append(start)
        ends.append(start + step)
    if not starts:
        return np.empty((0, 2)), np.empty((0, 2))
    return np.concatenate(starts), np.concatenate(ends)


def _thinned(stroke: NDArray[np.float64]) -> NDArray[np.float64]:
    """The stroke without points that follow the one before within a small part of a pixel."""
    spacing = 0.5
    steps = np.diff(stroke, axis=0)
    way = np.concatenate([[0.0], np.cumsum(np.hypot(steps[:, 0], steps[:, 1]))])
    if way[-1] == 0:
        return stroke[:1]
    keep = np.empty(len(stroke), dtype=bool)
    keep[0] = keep[-1] = True
    cell = np.floor(way / spacing)
    keep[1:-1] = cell[1:-1] > cell[:-2]
    return stroke[keep]


def _near(
    starts: NDArray[np.float64], ends: NDArray[np.float64], reach: float, height: int, width: int
) -> NDArray[np.bool_]:
    middle = (starts + ends) / 2
    size = np.array([width, height])
    return np.asarray(((middle > -reach) & (middle < size + reach)).all(axis=1))


def _cover(
    padded: NDArray[np.float32],
    starts: NDArray[np.float64],
    ends: NDArray[np.float64],
    radius: float,
    side: int,
) -> None:
    """Raise `padded` to the coverage of each piece, in a window of `side` x `side` pixels around it."""
    corner = np.floor((starts + ends) / 2 - (side - 1) / 2).astype(np.intp)
    # Coordinates relative to the window's first pixel centre keep float32 exact enough.
    a = (starts - corner - 0.5).astype(np.float32)
    step = (ends - starts).astype(np.float32)
    length2 = (step**2).sum(axis=1)
    scale = step / np.where(length2 > 0, length2, 1)[:, None]
    grid = np.arange(side, dtype=np.float32)
    x = grid[None, None, :] - a[:, 0, None, None]  # (m, 1, side)
    y = grid[None, :, None] - a[:, 1, None, None]  # (m, side, 1)
    t = x * scale[:, 0, None, None] + y * scale[:, 1, None, None]  # (m, side, side)
    np.clip(t, 0, 1, out=t)
    across = x - t * step[:, 0, None, None]
    down = y - t * step[:, 1, None, None]
    distance = np.sqrt(across * across + down * down)  # hypot takes four times as long
    # A pen thinner than a pixel covers its own width only.
    cover = np.float32(radius + 0.5) - np.maximum(distance, np.float32(0.5 - radius))
    np.clip(cover, 0, 1, out=cover)
    rows = corner[:, 1, None, None] + side + np.arange(side)[None, :, None]
    columns = corner[:, 0, None, None] + side + np.arange(side)[None, None, :]
    index = rows * padded.shape[1] + columns
    np.maximum.at(padded.reshape(-1), index.reshape(-1), cover.reshape(-1))
