"""Small pictures of shapes: maps as squares one behind the other, vectors as circles or bars, sequences as cells."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPen

from nnviz.core.network import NetworkSpec
from nnviz.core.shape import Shape
from nnviz.gui.style.theme import Theme

PICTURE_SIDE = 40
"""Room for a picture on a card, in device-independent pixels."""

_OFFSET = 2.5
_BAR_WIDTH = 6.0
_GAP = 7.0
_WIDEST_GAP = 20.0
_MOST_UNITS = 8


class ShapePicture:
    """Draws shapes to one scale, so that one sees an image shrink and its maps multiply.

    Args:
        largest_side: Height or width in pixels of the largest image that is drawn to this scale.
        height: Height that such an image may take on the screen.
    """

    def __init__(self, largest_side: int, height: float) -> None:
        self._height = height
        self._scale = (height - 4 * _OFFSET) / max(1, largest_side)

    def size(self, shape: Shape) -> QSizeF:
        """Width and height that the picture of `shape` takes."""
        if shape.is_image:
            channels, height, width = shape
            depth = (_planes(channels) - 1) * _OFFSET
            return QSizeF(self._side(width) + depth, self._side(height) + depth)
        if shape.is_sequence:
            steps, features = shape
            return QSizeF(min(10, steps) * 4.0, min(self._height, 6 + 3 * math.log2(features + 1)))
        if shape.size <= _MOST_UNITS:
            return QSizeF(self._unit(shape.size), shape.size * (self._unit(shape.size) + 1) - 1)
        return QSizeF(_BAR_WIDTH, min(self._height, 6 + 3.2 * math.log2(shape.size)))

    def paint(self, painter: QPainter, centre: QPointF, shape: Shape, theme: Theme) -> None:
        """Draw `shape` around a point, in the theme's accent."""
        size = self.size(shape)
        area = QRectF(centre.x() - size.width() / 2, centre.y() - size.height() / 2, size.width(), size.height())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("accent_text"), 1))
        painter.setBrush(theme.colour("accent_soft"))
        if shape.is_image:
            self._paint_maps(painter, area, shape)
        elif shape.is_sequence:
            cells = min(10, shape.dims[0])
            for cell in range(cells):
                painter.drawRect(QRectF(area.left() + cell * 4, area.top(), 4, area.height()))
        elif shape.size <= _MOST_UNITS:
            unit = self._unit(shape.size)
            for index in range(shape.size):
                painter.drawEllipse(QRectF(area.left(), area.top() + index * (unit + 1), unit, unit))
        else:
            painter.drawRoundedRect(area, 1.5, 1.5)
        painter.restore()

    def _paint_maps(self, painter: QPainter, area: QRectF, shape: Shape) -> None:
        channels, height, width = shape
        planes = _planes(channels)
        side = QSizeF(self._side(width), self._side(height))
        for plane in reversed(range(planes)):
            corner = area.topLeft() + QPointF(plane * _OFFSET, (planes - 1 - plane) * _OFFSET)
            painter.drawRect(QRectF(corner, side))

    def _unit(self, units: int) -> float:
        # Diameter of one unit's circle.
        return min(7.0, (self._height + 1) / units - 1)

    def _side(self, pixels: int) -> float:
        return max(3.0, pixels * self._scale)


def milestones(network: NetworkSpec) -> list[Shape]:
    """The input's shape and every shape after a layer that changes it."""
    shapes = [network.input_shape]
    for trace in network.trace():
        if trace.leaves is not None and trace.leaves != shapes[-1]:
            shapes.append(trace.leaves)
    return shapes


def largest_side(shapes: Sequence[Shape]) -> int:
    """Height or width of the largest image among shapes."""
    return max((max(shape.dims[1:]) for shape in shapes if shape.is_image), default=1)


def paint_network(painter: QPainter, area: QRectF, network: NetworkSpec, theme: Theme) -> None:
    """Draw a network's shapes from left to right, with a line through them; shrunk if there are many."""
    shapes = milestones(network)
    picture = ShapePicture(largest_side(shapes), area.height())
    widths = [picture.size(shape).width() for shape in shapes]
    gaps = max(1, len(shapes) - 1)
    gap = min(_WIDEST_GAP, max(_GAP, (area.width() - sum(widths)) / gaps))
    total = sum(widths) + gap * (len(shapes) - 1)
    shrink = min(1.0, area.width() / total)
    painter.save()
    painter.setClipRect(area)
    painter.translate(area.left(), area.center().y())
    painter.scale(shrink, shrink)
    painter.setPen(QPen(theme.colour("border_strong"), 1, Qt.PenStyle.SolidLine))
    painter.drawLine(QPointF(0, 0), QPointF(total, 0))
    x = 0.0
    for shape, width in zip(shapes, widths, strict=True):
        picture.paint(painter, QPointF(x + width / 2, 0), shape, theme)
        x += width + gap
    painter.restore()


def _planes(channels: int) -> int:
    # 1, 3, 16, 64 maps: 1, 2, 3, 4 squares. All of them would be a grey block.
    return min(5, 1 + math.ceil(math.log2(channels) / 2))
