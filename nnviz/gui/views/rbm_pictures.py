"""What the views of RBMs share: which projects they are for, and mosaics of pictures with a heading."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from nnviz.core.measures.tiles import Tiling
from nnviz.core.training.make_trainer import learns_by_contrast
from nnviz.gui.document import Project
from nnviz.gui.style.theme import Theme
from nnviz.gui.views.canvas import Canvas
from nnviz.gui.views.pixels import draw_image, fitted, sample_image


def trains_rbms(project: Project) -> bool:
    """Whether RBMs of the project learn by contrastive divergence."""
    return learns_by_contrast(project.network, project.training)


def picture_shape(values: int, project: Project | None) -> tuple[int, int]:
    """Height and width in which so many values are shown: the input's if they are its pixels, else nearly square."""
    if project is not None:
        shape = project.network.input_shape
        if shape.is_image and shape.size == values and shape.dims[0] == 1:
            return shape.dims[1], shape.dims[2]
    height = max(1, int(math.sqrt(values)))
    return height, math.ceil(values / height)


def as_pictures(values: NDArray[Any], height: int, width: int) -> NDArray[np.float32]:
    """Rows of values as pictures, (N, height, width), filled up with zeros."""
    result = np.zeros((len(values), height * width), np.float32)
    result[:, : values.shape[1]] = values
    return result.reshape(-1, height, width)


class PicturesCanvas(Canvas):
    """Small pictures in ink on paper, under a line of text.

    Attributes:
        columns: Pictures in a row; 0 for as many as make them largest.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.columns = 0
        self.clear()

    def clear(self) -> None:
        """Forget everything: another run begins."""
        self._pictures: NDArray[np.float32] = np.empty((0, 1, 1), np.float32)
        self._caption = ""

    def show_pictures(self, pictures: NDArray[np.float32], caption: str) -> None:
        """Show these, (N, height, width), with values from 0 to 1."""
        self._pictures, self._caption = np.clip(pictures, 0, 1), caption
        self.update()

    def tiling(self) -> Tiling:
        """How the pictures are laid out."""
        count, height, width = self._pictures.shape
        area = self.room()
        if self.columns:
            return Tiling(count, height, width, self.columns, 2)
        return Tiling.for_shape(count, height, width, area.width() / max(1.0, area.height()), 2)

    def room(self) -> QRectF:
        """Where the pictures may stand."""
        line = self.theme.caption_px * 1.6
        return QRectF(0, line, self.width(), max(1.0, self.height() - line))

    def area(self) -> QRectF:
        """Where they stand."""
        down, across = self.tiling().size
        return fitted(self.room(), across, down)

    def paint(self, painter: QPainter) -> None:
        """Paint all of them as one image."""
        line = self.theme.caption_px * 1.6
        self.write(painter, QRectF(0, 0, self.width(), line), self._caption)
        if not len(self._pictures):
            return
        tiled = self.tiling().tile(self._pictures)
        gaps = np.isnan(tiled)
        draw_image(painter, self.area(), sample_image(np.where(gaps, 0, tiled)[None], self.theme))

    def text_at(self, place: QPointF) -> str:
        """The value under the mouse."""
        if not len(self._pictures) or not self.area().contains(place):
            return ""
        area, tiling = self.area(), self.tiling()
        scale = area.width() / tiling.size[1]
        found = tiling.at((place.y() - area.y()) / scale, (place.x() - area.x()) / scale)
        if found is None or found[0] >= len(self._pictures):
            return ""
        number, row, column = found
        text = self.tr("Picture {0}, row {1}, column {2}: {3}")
        return text.format(number + 1, row + 1, column + 1, f"{self._pictures[number, row, column]:.3f}")
