"""Lines that grow step by step, kept as pictures: a frame draws only what is new of them."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from nnviz.gui.labs.axes import Axes

Draw = Callable[[QPainter, int, int, int], None]
"""Draws what layer number n gets between two steps: painter, n, first step, last step."""


FAR_AWAY_PX = 1e4
"""Qt's painter is slow beyond: what is further away is no part of any picture."""


def draw_stretch(painter: QPainter, axes: Axes, x: NDArray[np.float64], y: NDArray[np.float64]) -> None:
    """Draw a part of a line; a single step, which is what most frames add, without the cost of arrays."""
    if len(x) != 2:
        painter.drawPolyline(axes.polyline(x, y))
        return
    places = [(axes.x(float(a)), axes.y(float(b))) for a, b in zip(x, y, strict=True)]
    if all(math.isfinite(a) and math.isfinite(b) for a, b in places):
        ends = [QPointF(*(min(FAR_AWAY_PX, max(-FAR_AWAY_PX, part)) for part in place)) for place in places]
        painter.drawLine(*ends)


class Trail:
    """One or several transparent pictures above each other, with everything that was drawn up to a step.

    Args:
        layers: How many, the lowest first.
    """

    def __init__(self, layers: int = 1) -> None:
        self._pictures: list[QPixmap] = []
        self._layers = layers
        self._key: Hashable = None
        self._step = 0

    def paint(self, painter: QPainter, box: QRectF, key: Hashable, step: int, draw: Draw) -> None:
        """Bring the pictures to a step, and paint them.

        Args:
            painter: Of the widget.
            box: Where they are; what is drawn beyond is cut off.
            key: What the lines depend on beside the step; with another one all is drawn afresh.
            step: How far the lines go.
            draw: Draws a stretch of them, in the coordinates of the widget.
        """
        if box.width() < 1 or box.height() < 1:
            return
        ratio = painter.device().devicePixelRatioF()
        whole = (key, box.getRect(), ratio)
        if whole != self._key or step < self._step:
            self._pictures = [
                QPixmap(round(box.width() * ratio), round(box.height() * ratio)) for _ in range(self._layers)
            ]
            for picture in self._pictures:
                picture.setDevicePixelRatio(ratio)
                picture.fill(Qt.GlobalColor.transparent)
            self._key, self._step = whole, 0
        if step > self._step:
            for layer, picture in enumerate(self._pictures):
                onto = QPainter(picture)
                onto.setRenderHint(QPainter.RenderHint.Antialiasing)
                onto.translate(-box.topLeft())
                try:
                    draw(onto, layer, self._step, step)
                finally:
                    # A picture that is dropped while somebody paints on it ends the process.
                    onto.end()
            self._step = step
        corner = QPointF(box.topLeft())
        for picture in self._pictures:
            painter.drawPixmap(corner, picture)
