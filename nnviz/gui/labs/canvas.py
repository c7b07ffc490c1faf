"""What labs paint on: a widget with the theme's colours and type, and the painting of texts, handles and arrows."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QStaticText,
    QTransform,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnviz.gui.style.theme import Theme

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter
MOST_WIDTHS = 2000
"""Of so many texts the widths are kept: most texts of a frame were in the last one, and measuring takes time."""


class LabCanvas(QWidget):
    """The picture of a lab. A subclass overrides `paint()`; all of it is one paint item.

    Attributes:
        theme: Colours and sizes.
        paint_s: Seconds that the last frame took.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.paint_s = 0.0
        # Fonts and their measures by size and weight: a frame asks for them a thousand times.
        self._faces: dict[tuple[int, bool], tuple[QFont, QFontMetricsF, float]] = {}
        self._widths: dict[tuple[int, bool, str], float] = {}
        self._texts: dict[tuple[int, bool, str], QStaticText] = {}
        self._inks: dict[str, QColor] = {}
        self._parts: dict[str, tuple[tuple[object, ...], QPixmap]] = {}
        # What lies behind it need not be painted each time: it fills its whole surface.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_theme(self, theme: Theme) -> None:
        """Take on another look."""
        self.theme = theme
        self.forget()
        self.update()

    def paint(self, painter: QPainter) -> None:
        """Paint the whole picture; the ground is there already."""
        raise NotImplementedError

    def face(self, px: int = 0, *, bold: bool = False) -> QFont:
        """The type of the canvas in a size, by default the ordinary one."""
        return self._face(px or self.theme.font_px, bold)[0]

    def _face(self, px: int, bold: bool) -> tuple[QFont, QFontMetricsF, float]:
        # The font, its measures, and how far below the middle of a line its letters stand.
        found = self._faces.get((px, bold))
        if found is None:
            font = QFont(self.font())
            font.setPixelSize(px)
            font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
            metrics = QFontMetricsF(font)
            found = self._faces[px, bold] = (font, metrics, (metrics.ascent() - metrics.descent()) / 2)
        return found

    def write(
        self,
        painter: QPainter,
        box: QRectF,
        text: str,
        align: Qt.AlignmentFlag = LEFT,
        colour: str | QColor = "text",
        px: int = 0,
        *,
        bold: bool = False,
        wrap: bool = False,
    ) -> None:
        """Paint a text into a box; what is too wide for its line is shortened at the end.

        One line is aligned LEFT, RIGHT or CENTRE; one that may wrap in any way that Qt has.
        """
        px = px or self.theme.font_px
        font, metrics, drop = self._face(px, bold)
        painter.setFont(font)
        painter.setPen(self._ink(colour) if isinstance(colour, str) else colour)
        if wrap:
            painter.drawText(box, int(align) | int(Qt.TextFlag.TextWordWrap), text)
            return
        key = (px, bold, text)
        known = self._widths.get(key)
        left, room, middle = box.x(), box.width(), box.center().y() + drop
        width = self.width_of(text, px, bold=bold) if known is None else known
        if width > room + 0.5:
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room + 0.5)
            width = metrics.horizontalAdvance(text)
            known = None
        if align is not LEFT:
            left += room - width if align is RIGHT else (room - width) / 2
        # At a point: having Qt lay it out in a rectangle takes twice the time. What was written before is laid out
        # once and kept, which again saves half; but many numbers of a running lab are written a single time.
        if known is None:
            painter.drawText(QPointF(left, middle), text)
        else:
            laid = self._texts.get(key) or self.laid_out(text, px, bold=bold)
            painter.drawStaticText(QPointF(left, middle - metrics.ascent()), laid)

    def _ink(self, token: str) -> QColor:
        colour = self._inks.get(token)
        if colour is None:
            colour = self._inks[token] = self.theme.colour(token)
        return colour

    def laid_out(self, text: str, px: int = 0, *, bold: bool = False) -> QStaticText:
        """A text that is ready to be painted, kept for the next time."""
        key = (px or self.theme.font_px, bold, text)
        laid = self._texts.get(key)
        if laid is None:
            self.width_of(text, px, bold=bold)  # what is measured is forgotten together with what is laid out
            laid = self._texts[key] = QStaticText(text)
            laid.setTextFormat(Qt.TextFormat.PlainText)
            laid.prepare(QTransform(), self._face(key[0], bold)[0])
        return laid

    def width_of(self, text: str, px: int = 0, *, bold: bool = False) -> float:
        """How wide a text would be."""
        key = (px or self.theme.font_px, bold, text)
        width = self._widths.get(key)
        if width is None:
            if len(self._widths) > MOST_WIDTHS:
                self._widths.clear()
                self._texts.clear()
            width = self._widths[key] = self._face(key[0], bold)[1].horizontalAdvance(text)
        return width

    def keep(
        self,
        painter: QPainter,
        name: str,
        box: QRectF,
        key: tuple[object, ...],
        paint: Callable[[QPainter], None],
        *,
        over: bool = False,
    ) -> None:
        """Paint a part of the picture, anew only when it shows something else than the last time.

        Args:
            painter: Of the canvas.
            name: Of the part.
            box: All that it covers.
            key: All that it depends on, beside theme, type and size.
            paint: Paints it, at the places that it has on the canvas.
            over: Whether something lies below it that must be seen; otherwise the ground is part of it.
        """
        area, ratio = box.toAlignedRect(), self.devicePixelRatioF()
        whole = (key, area, ratio, self.theme)
        found = self._parts.get(name)
        if found is None or found[0] != whole:
            pixmap = QPixmap(area.size() * ratio)
            pixmap.setDevicePixelRatio(ratio)
            pixmap.fill(Qt.GlobalColor.transparent if over else self.theme.colour("surface"))
            under = QPainter(pixmap)
            under.setRenderHint(QPainter.RenderHint.Antialiasing)
            under.setFont(self.font())
            under.translate(-area.topLeft())
            paint(under)
            under.end()
            found = self._parts[name] = (whole, pixmap)
        painter.drawPixmap(area.topLeft(), found[1])

    def forget(self) -> None:
        """Paint everything anew the next time, and measure it."""
        self._faces.clear()
        self._widths.clear()
        self._texts.clear()
        self._inks.clear()
        self._parts.clear()

    def line_height(self, px: int = 0) -> float:
        """Height of one line of text."""
        return self._face(px or self.theme.font_px, False)[1].height()

    def sizeHint(self) -> QSize:
        return QSize(640, 440)

    def minimumSizeHint(self) -> QSize:
        return QSize(280, 220)

    def paintEvent(self, event: QPaintEvent) -> None:
        began = time.perf_counter()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), self.theme.colour("surface"))
        self.paint(painter)
        painter.end()
        self.paint_s = time.perf_counter() - began

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.forget()
        super().changeEvent(event)

    def focusInEvent(self, event: object) -> None:
        super().focusInEvent(event)  # type: ignore[arg-type]
        self.update()

    def focusOutEvent(self, event: object) -> None:
        super().focusOutEvent(event)  # type: ignore[arg-type]
        self.update()


def paint_handle(painter: QPainter, at: QPointF, theme: Theme, radius: float, *, held: bool = False) -> None:
    """A round handle that can be dragged."""
    painter.setPen(QPen(theme.colour("surface"), 2))
    painter.setBrush(theme.colour("accent_pressed" if held else "accent"))
    painter.drawEllipse(at, radius, radius)


def paint_arrow(painter: QPainter, start: QPointF, end: QPointF, pen: QPen) -> None:
    """A straight arrow; one that is shorter than its head is only the head's dot."""
    along = end - start
    length = math.hypot(along.x(), along.y())
    painter.setPen(pen)
    painter.setBrush(pen.color())
    head = 4.0 + 2.0 * pen.widthF()
    if length < head:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(end, pen.widthF(), pen.widthF())
        return
    unit = along / length
    side = QPointF(-unit.y(), unit.x())
    neck = end - unit * head
    painter.drawLine(start, neck)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawPolygon(QPolygonF([end, neck + side * (head / 2), neck - side * (head / 2)]))
