"""Pictures made larger and smaller by exact area weighting."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def resample(
    picture: NDArray[np.float32],
    height: int,
    width: int,
    scale: tuple[float, float] = (1.0, 1.0),
    offset: tuple[float, float] = (0.0, 0.0),
) -> NDArray[np.float32]:
    """The picture under new = scale * old + offset, on a grid of `height` x `width` pixels; nothing (0) around it.

    Made smaller, a pixel is the mean of the area that it covers, to the fraction of a pixel; made larger, it is
    interpolated linearly. With scale 1 and whole offsets every value stays what it was.

    Args:
        picture: (H, W).
        height: Rows of the result.
        width: Columns of the result.
        scale: To the right and down, more than 0.
        offset: To the right and down, in pixels of the result.
    """
    down = _weights(picture.shape[0], height, scale[1], offset[1])
    right = _weights(picture.shape[1], width, scale[0], offset[0])
    return np.asarray(down @ picture @ right.T, dtype=np.float32)


def shrunk(picture: NDArray[np.float32], longest: int) -> NDArray[np.float32]:
    """The picture so small that its longest side is at most `longest`; itself if it is so already."""
    height, width = picture.shape
    if max(height, width) <= longest:
        return picture
    rows, columns = (max(1, round(side * longest / max(height, width))) for side in (height, width))
    return resample(picture, rows, columns, (columns / width, rows / height))


def stretched(picture: NDArray[np.float32], height: int, width: int) -> NDArray[np.float32]:
    """The picture on `height` x `width` pixels, its border values carried on to the very edge."""
    scale = (width / picture.shape[1], height / picture.shape[0])
    # Interpolation fades to 0 at the border; dividing by what a picture of ones becomes undoes that.
    down = _weights(picture.shape[0], height, scale[1], 0.0)
    right = _weights(picture.shape[1], width, scale[0], 0.0)
    down /= down.sum(axis=1, keepdims=True)
    right /= right.sum(axis=1, keepdims=True)
    return np.asarray(down @ picture @ right.T, dtype=np.float32)


def _weights(old: int, new: int, scale: float, offset: float) -> NDArray[np.float32]:
    """(new, old): how much of each old pixel goes into each new one."""
    edges = (np.arange(new + 1) - offset) / scale
    low, high = edges[:-1, None], edges[1:, None]
    pixel = np.arange(old)
    if scale > 1:
        middle = (low + high) / 2 - 0.5
        weights = np.clip(1 - np.abs(middle - pixel), 0, 1)
    else:
        weights = np.clip(np.minimum(high, pixel + 1) - np.maximum(low, pixel), 0, None) * scale
    return np.asarray(weights, dtype=np.float32)
