"""Many small pictures tiled into one, for views that paint a single image."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray


@lru_cache(maxsize=512)
def _columns(count: int, height: int, width: int, aspect: float, gap: int) -> int:
    # Remembered: a view asks for the same tiling in every frame.
    best, size = 1, 0.0
    for columns in range(1, count + 1):
        rows = math.ceil(count / columns)
        across = columns * (width + gap) - gap
        down = rows * (height + gap) - gap
        scale = min(aspect / across, 1 / down)
        if scale > size * (1 + 1e-9):
            best, size = columns, scale
    return best


@dataclass(frozen=True)
class Tiling:
    """Where each of many equal pictures stands in one.

    Attributes:
        count: Number of pictures.
        height: Height of one, in pixels.
        width: Width of one, in pixels.
        columns: Pictures beside each other.
        gap: Pixels between two of them.
    """

    count: int
    height: int
    width: int
    columns: int
    gap: int = 1

    @classmethod
    def for_shape(cls, count: int, height: int, width: int, aspect: float, gap: int = 1) -> Tiling:
        """The tiling that fills an area of this width over height with the largest tiles."""
        return cls(count, height, width, _columns(count, height, width, aspect, gap), gap)

    @property
    def rows(self) -> int:
        """Pictures one below the other."""
        return math.ceil(self.count / self.columns)

    @property
    def size(self) -> tuple[int, int]:
        """Height and width of the whole, in pixels."""
        down = self.rows * (self.height + self.gap) - self.gap
        return max(0, down), max(0, self.columns * (self.width + self.gap) - self.gap)

    def corner(self, index: int) -> tuple[int, int]:
        """Row and column of a picture's first pixel."""
        row, column = divmod(index, self.columns)
        return row * (self.height + self.gap), column * (self.width + self.gap)

    def at(self, row: float, column: float) -> tuple[int, int, int] | None:
        """Picture, row and column in it of a pixel of the whole; None for gaps and beyond the end."""
        down, in_row = divmod(int(row), self.height + self.gap)
        across, in_column = divmod(int(column), self.width + self.gap)
        index = down * self.columns + across
        outside = row < 0 or column < 0 or in_row >= self.height or in_column >= self.width
        if outside or across >= self.columns or index >= self.count:
            return None
        return index, in_row, in_column

    def tile(self, pictures: NDArray[Any]) -> NDArray[np.float32]:
        """All pictures in one array; gaps are NaN.

        Args:
            pictures: (count, height, width).
        """
        rows, columns, gap = self.rows, self.columns, self.gap
        whole = np.full((rows * columns, self.height + gap, self.width + gap), np.nan, np.float32)
        whole[: self.count, : self.height, : self.width] = pictures
        in_rows = whole.reshape(rows, columns, self.height + gap, self.width + gap).swapaxes(1, 2)
        down, across = self.size
        return in_rows.reshape(rows * (self.height + gap), columns * (self.width + gap))[:down, :across]
