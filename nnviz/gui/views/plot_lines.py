"""All lines and points of one plot as a single item, which is painted in a tenth of the time of one item for each."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from pyqtgraph.functions import arrayToQPolygonF
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

FAR_PX = 20_000.0
"""Distance from the plot beyond which it does not matter any more where a value stands."""

NOTHING: NDArray[Any] = np.empty(0)


class Series:
    """One line, or one set of points, in the numbers of the plot's axes.

    Attributes:
        x: Its places, (n,).
        y: Its values, (n,).
        pen: Of the line; of points, around them.
        brush: Fills points; None leaves rings.
        size: Diameter of points in pixels.
        antialias: Whether a line is smooth, which takes more time.
    """

    def __init__(self, lines: PlotLines, size: float = 0.0) -> None:
        self._lines = lines
        self.x = self.y = NOTHING
        self.pen = QPen()
        self.brush: QColor | None = None
        self.size = size
        self.antialias = size > 0

    def set_data(self, x: NDArray[Any], y: NDArray[Any], *, antialias: bool | None = None) -> None:
        """Show these from the next painting on."""
        self.x, self.y = x, y
        if antialias is not None:
            self.antialias = antialias
        self._lines.changed.emit()

    def set_look(self, pen: QPen | None = None, brush: QColor | None = None) -> None:
        """Draw it with these."""
        self.pen, self.brush = pen or QPen(Qt.PenStyle.NoPen), brush
        self._lines.changed.emit()


class PlotLines(pg.GraphicsObject):
    """Lines and points in a view box, the first at the bottom.

    Each item of a plot that is drawn anew at every frame has its bounds, its transformation and its path worked out
    anew; here it is one multiplication and one call for each line.

    Attributes:
        apart: Whether it is left out of the scene for now.

    Signals:
        changed: Paint them anew; the scene is not told, for all else in it stays as it is.

    Args:
        box: Where they are drawn; its range says what number stands where.
    """

    changed = Signal()

    def __init__(self, box: pg.ViewBox) -> None:
        super().__init__()
        self._box = box
        self.series: list[Series] = []
        self.apart = False
        self.setParentItem(box)
        # Behind the lines that follow the mouse, in front of what happened in the run.
        self.setZValue(-0.5)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        box.sigRangeChanged.connect(self._on_range_changed)
        box.sigResized.connect(self._on_resized)

    def add(self, size: float = 0.0, *, at_bottom: bool = False) -> Series:
        """One more line; points of this diameter in pixels, if one is given."""
        series = Series(self, size)
        self.series.insert(0 if at_bottom else len(self.series), series)
        return series

    def boundingRect(self) -> QRectF:
        return QRectF(self._box.rect())

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        if not self.apart:
            self.paint_lines(painter)

    def paint_lines(self, painter: QPainter) -> None:
        """Paint all of them, in the pixels of the box."""
        area = self.boundingRect()
        (left, right), (bottom, top) = self._box.viewRange()
        if right <= left or top <= bottom:
            return
        across, up = area.width() / (right - left), area.height() / (top - bottom)
        for series in self.series:
            if not len(series.x):
                continue
            x = area.left() + (series.x - left) * across
            # Far outside Qt reckons wrong.
            y = np.clip(area.bottom() - (series.y - bottom) * up, -FAR_PX, FAR_PX)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, series.antialias)
            if not series.size:
                painter.setClipRect(area)
                painter.setPen(series.pen)
                painter.drawPolyline(arrayToQPolygonF(x, y))
                continue
            # A point at the very end is seen whole, and one beyond it is not.
            inside = (x >= area.left()) & (x <= area.right()) & (y >= area.top()) & (y <= area.bottom())
            x, y = x[inside], y[inside]
            painter.setClipping(False)
            if series.brush is not None:
                pen = QPen(series.brush, series.size, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
                painter.setPen(pen)
                painter.drawPoints(arrayToQPolygonF(x, y))
            else:
                painter.setPen(series.pen)
                painter.setBrush(Qt.BrushStyle.NoBrush)
                for place in zip(x.tolist(), y.tolist(), strict=True):
                    painter.drawEllipse(QPointF(*place), series.size / 2, series.size / 2)

    def _on_range_changed(self) -> None:
        self.changed.emit()

    def _on_resized(self) -> None:
        self.prepareGeometryChange()
