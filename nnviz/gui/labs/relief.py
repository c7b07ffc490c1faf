"""A loss surface seen from above: colours for the height, and lines where it is equal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from nnviz.core.labs.loss_surface import Surface
from nnviz.gui.style import colours
from nnviz.gui.style.theme import Theme

LEVELS = 14
"""Lines of equal loss between the lowest and the largest loss of the window."""
STRONGEST = 0.5
"""Share of the map of colours that is used: paths in any colour must stand out from the darkest slope."""
LINE_SHARE = 0.34
"""How much of the line's colour covers the ground."""


@dataclass(frozen=True)
class Scale:
    """From losses to places on the scale of colours, 0 to 1: ((loss - lowest) / (top - lowest))^bend.

    Attributes:
        lowest: Loss at place 0.
        top: Loss at place 1.
        bend: Power; below 1 it spreads the small losses out.
    """

    lowest: float
    top: float
    bend: float

    @classmethod
    def of(cls, surface: Surface) -> Scale:
        """The scale on which the whole window of a surface fits."""
        return cls(surface.lowest, surface.top, surface.bend)

    def place(self, loss: Any) -> NDArray[np.float64]:
        """Places of losses."""
        share = (np.asarray(loss, np.float64) - self.lowest) / (self.top - self.lowest)
        return np.asarray(np.clip(share, 0, 1) ** self.bend)

    def loss(self, place: float) -> float:
        """The loss at a place."""
        return float(self.lowest + (self.top - self.lowest) * place ** (1 / self.bend))


def shades(theme: Theme) -> NDArray[np.uint8]:
    """The colours from the lowest to the largest loss, RGBA, (256, 4)."""
    used = np.linspace(0, 255 * STRONGEST, 256).round().astype(int)
    return colours.sequential(theme)[used]


def paint_relief(surface: Surface, width: int, height: int, theme: Theme) -> QImage:
    """The window of a surface as a picture of so many pixels.

    Lines of equal loss are as far from each other as colours are. A line's cover is its distance in pixels, from how
    fast the place on the scale changes there, so that it is smooth and equally wide everywhere.
    """
    (left, right), (low, high) = surface.w1_range, surface.w2_range
    w1 = left + (np.arange(width) + 0.5) / width * (right - left)
    w2 = high - (np.arange(height) + 0.5) / height * (high - low)
    scale = Scale.of(surface)
    place = scale.place(surface.loss(w1[None], w2[:, None])).astype(np.float32)
    picture = shades(theme)[(place * 255).round().astype(np.uint8)]
    level = place * LEVELS
    down, across = np.gradient(level)
    slope = np.hypot(down, across) + 1e-9
    away = np.abs(level - np.round(level)) / slope
    # Not at level 0: that is the minimum itself, which has a mark.
    cover = np.clip(1.15 - away, 0, 1) * (np.round(level) > 0) * LINE_SHARE
    ink = theme.colour("text")
    line = np.array((ink.red(), ink.green(), ink.blue()), np.float32)
    # A tenth of the pixels have a line over them.
    covered = cover > 0
    ground = picture[covered, :3]
    picture[covered, :3] = (ground + cover[covered, None] * (line - ground)).round().astype(np.uint8)
    picture = np.ascontiguousarray(picture)
    # The array ends here: the picture needs pixels of its own.
    return QImage(picture.data, width, height, 4 * width, QImage.Format.Format_RGBA8888).convertToFormat(
        QImage.Format.Format_RGB32
    )
