"""The line between two layer cards and the shape that goes along it."""

from __future__ import annotations

import html

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from nnviz.core.shape import Shape
from nnviz.gui.build.shape_picture import PICTURE_SIDE
from nnviz.gui.spec_text import count_text, shape_text
from nnviz.gui.style.appearance import Appearance
from nnviz.gui.style.icons import pixmap


class Edge(QWidget):
    """The line between two cards, with the shape that goes along it, or "unknown"; a layer can be put on it.

    Signals:
        pressed(): It was clicked: somebody wants to insert a layer here.
    """

    pressed = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._shape: Shape | None = None
        self._note = ""
        self._target = False
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedHeight(self._height())

    def show_shape(self, shape: Shape | None, note: str = "") -> None:
        """Show a shape, and a note on where it comes from or goes to."""
        if (shape, note) == (self._shape, self._note) and self.toolTip():
            return
        self._shape, self._note = shape, note
        self.setAccessibleName(self.text())
        insert = self.tr("Click to insert a layer here.")
        self.setToolTip(f"<p>{html.escape(self._explanation())}</p><p>{html.escape(insert)}</p>")
        self.update()

    def text(self) -> str:
        """What is written on the edge."""
        return shape_text(self._shape) if self._shape is not None else self.tr("unknown")

    @property
    def is_target(self) -> bool:
        """Whether the next layer goes here."""
        return self._target

    def set_target(self, target: bool) -> None:
        """Mark the place as the one where the next layer goes, or not."""
        if target != self._target:
            self._target = target
            self.update()

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

    def mousePressEvent(self, event: QMouseEvent) -> None:
        # Taken, so that the release comes here.
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.pressed.emit()

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
        if self._target or self.underMouse():
            self._paint_place(painter, x)

    def _paint_place(self, painter: QPainter, x: float) -> None:
        # A bar along the whole gap for what is about to land, a plus for where the mouse could insert.
        theme = self._appearance.theme
        middle = self.height() / 2
        if self._target:
            painter.setPen(QPen(theme.colour("accent"), 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawLine(QPointF(2, middle), QPointF(x, middle))
            end = PICTURE_SIDE + 4 * theme.space + self.fontMetrics().horizontalAdvance(self.text())
            if self._note and self._shape is not None:
                end += theme.space + self.fontMetrics().horizontalAdvance(self._note)
            painter.drawLine(QPointF(end, middle), QPointF(self.width() - 2, middle))
        radius = self.height() / 2 - 3
        painter.setPen(QPen(theme.colour("accent"), 1.5))
        painter.setBrush(theme.colour("accent_soft"))
        painter.drawEllipse(QRectF(x - radius, middle - radius, 2 * radius, 2 * radius))
        side = round(1.5 * radius)
        picture = pixmap("plus", theme.accent_text, side, self.devicePixelRatioF())
        painter.drawPixmap(QPoint(round(x - side / 2), round(middle - side / 2)), picture)
