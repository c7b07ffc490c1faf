"""The output of a layer as one small picture: feature maps side by side, units in a grid, time along a row."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

GAP = 255
"""Index of what lies between two feature maps; values have 0 (most negative) to 254 (most positive), 127 is zero."""

MOST_MAPS = 16
"""More feature maps would be too small to show anything."""

MOST_UNITS = 1024


def layer_picture(values: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Indices into a colour table, (H, W), on a scale that is symmetric about zero.

    Args:
        values: (C, H, W): maps in a grid; (T, F): a column for each moment; (F,): up to 20 units in a column, more of
            them in a grid. Where there are too many to be told apart, the first ones are shown.
    """
    limit = float(np.abs(values).max(initial=0.0))
    if limit > 0 and math.isfinite(limit):
        indices = np.round(values * (127 / limit) + 127).astype(np.uint8)
    else:
        indices = np.full(values.shape, 127, np.uint8)
    if indices.ndim == 3:
        return _tiled(indices[:MOST_MAPS])
    if indices.ndim == 2:
        return np.ascontiguousarray(indices.T)
    units = indices.reshape(-1)[:MOST_UNITS]
    if len(units) <= 20:
        return units[:, None]
    columns = math.ceil(math.sqrt(len(units)))
    grid = np.full(math.ceil(len(units) / columns) * columns, GAP, np.uint8)
    grid[: len(units)] = units
    return grid.reshape(-1, columns)


def _tiled(maps: NDArray[np.uint8]) -> NDArray[np.uint8]:
    count, height, width = maps.shape
    columns = math.ceil(math.sqrt(count * height / width))
    rows = math.ceil(count / columns)
    grid = np.full((rows * columns, height + 1, width + 1), GAP, np.uint8)
    grid[:count, :height, :width] = maps
    # (rows, columns, H, W) -> (rows * H, columns * W)
    tiled = grid.reshape(rows, columns, height + 1, width + 1).transpose(0, 2, 1, 3)
    return np.ascontiguousarray(tiled.reshape(rows * (height + 1), columns * (width + 1))[:-1, :-1])
