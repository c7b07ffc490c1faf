"""The line between two layer cards and the shape that goes along it."""

from __future__ import annotations

import html

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from nnviz.core.shape import Shape
from nnviz.gui.build.shape_picture import PICTURE_SIDE
from nnviz.gui.spec_text import count_text, shape_text
from nnviz.gui.style.appearance import Appearance


class Edge(QWidget):
    """The line between two cards, with the shape that goes along it, or "unknown"."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._shape: Shape | None = None
        self._note = ""
        self.setFixedHeight(self._height())

    def show_shape(self, shape: Shape | None, note: str = "") -> None:
        """Show a shape, and a note on where it comes from or goes to."""
        if (shape, note) == (self._shape, self._note) and self.toolTip():
            return
        self._shape, self._note = shape, note
        self.setAccessibleName(self.text())
        self.setToolTip(f"<p>{html.escape(self._explanation())}</p>")
        self.update()

    def text(self) -> str:
        """What is written on the edge."""
        return shape_text(self._shape) if self._shape is not None else self.tr("unknown")

    def apply_theme(self) -> None:
        """Take the sizes of the theme that is on the screen now."""
        self.setFixedHeight(self._height())
        self.update()

    def _height(self) -> int:
        return round(self._appearance.theme.font_px * 1.3) + self._appearance.theme.space + 4

    def _explanation(self) -> str:
        if self._shape is None:
            return self.tr("Not known until the layer above it fits.")
        axes = {
            1: self.tr("A vector of {0} values."),
            2: self.tr("A sequence of {0} steps with {1} values each."),
            3: self.tr("{0} channels of {1} × {2} pixels (channels × height × width): {3} values."),
        }
        return axes[self._shape.rank].format(*self._shape, count_text(self._shape.size))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._appearance.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x = theme.space + PICTURE_SIDE / 2 + 4.5
        known = self._shape is not None
        pen = QPen(theme.colour("border_strong"), 1.5)
        pen.setStyle(Qt.PenStyle.SolidLine if known else Qt.PenStyle.DashLine)
        painter.setPen(pen)
        bottom = self.height() - 1.0
        painter.drawLine(QPointF(x, 1), QPointF(x, bottom))
        if known:
            painter.drawPolyline([QPointF(x - 3.5, bottom - 4), QPointF(x, bottom), QPointF(x + 3.5, bottom - 4)])
        left = PICTURE_SIDE + 3 * theme.space
        area = self.rect().adjusted(left, 0, -theme.space, 0)
        painter.setPen(theme.colour("text" if known else "muted"))
        align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(area, align, self.text())
        if self._note and known:
            painter.setPen(theme.colour("muted"))
            advance = self.fontMetrics().horizontalAdvance(self.text()) + theme.space
            painter.drawText(area.adjusted(advance, 0, 0, 0), align, self._note)
