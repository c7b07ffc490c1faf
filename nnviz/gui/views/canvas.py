"""What the views that paint themselves share: one paint item, type from the theme, and values under the mouse."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from nnviz.gui.style.theme import Theme
from nnviz.gui.views.ground import Ground


def write_line(
    painter: QPainter,
    area: QRectF,
    text: str,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> None:
    """Write one line in the painter's pen and font, upright in the middle of `area`, shortened where it must be."""
    metrics = painter.fontMetrics()
    width = metrics.horizontalAdvance(text)
    if width > area.width() + 1:
        text = metrics.elidedText(text, elide, int(area.width()))
        width = metrics.horizontalAdvance(text)
    spare = area.width() - width
    x = area.x() + {Qt.AlignmentFlag.AlignRight: spare, Qt.AlignmentFlag.AlignHCenter: spare / 2}.get(align, 0.0)
    # At a point: laying text out in a rectangle takes five times as long.
    painter.drawText(QPointF(x, area.center().y() + (metrics.ascent() - metrics.descent()) / 2), text)


class Canvas(QWidget):
    """A widget that paints everything itself, in one go.

    Attributes:
        theme: The look.
        as_vectors: Whether everything is to be painted as lines and text, for a file.
        message: A sentence that is shown while there is nothing else to show.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.message = ""
        self.as_vectors = False
        self._told = ""
        self._ground = Ground()
        self._fonts: dict[tuple[int, bool], QFont] = {}
        self.setMouseTracking(True)
        # What lies behind it need not be painted each time: it fills its whole surface.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_theme(self, theme: Theme) -> None:
        """Take on another look."""
        self.theme = theme
        self.fit()
        self.updateGeometry()
        self.update()

    def paint(self, painter: QPainter) -> None:
        """Paint all of it."""
        raise NotImplementedError

    def least_height(self) -> float:
        """The height below which it scrolls, at its present width; 0 if it fits everywhere."""
        return 0.0

    def fit(self) -> None:
        """Ask for the height that is needed now."""
        height = round(self.least_height())
        if height != self.minimumHeight():
            self.setMinimumHeight(height)

    def ground_key(self) -> object:
        """What the ground depends on, beside theme and size; None if there is no ground."""
        return None

    def paint_ground(self, painter: QPainter) -> None:
        """Paint what stays the same for many frames: names, numbers of axes, scales."""

    def pointed_at(self, place: QPointF | None) -> None:
        """Called when the mouse has moved there, or has left."""

    def text_at(self, place: QPointF) -> str:
        """What is said of a place under the mouse; empty if nothing is."""
        return ""

    def type(self, pixels: int, *, bold: bool = False) -> QFont:
        """The window's type in a size of the theme."""
        font = self._fonts.get((pixels, bold))
        if font is None:
            font = QFont(self.font())
            font.setPixelSize(pixels)
            font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
            self._fonts[pixels, bold] = font
        return font

    @property
    def caption(self) -> QFont:
        """Type of axes and remarks."""
        return self.type(self.theme.caption_px)

    def write(
        self,
        painter: QPainter,
        area: QRectF,
        text: str,
        colour: QColor | str = "muted",
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> None:
        """Write one line in the painter's font, shortened where there is no room for it.

        Args:
            painter: Where.
            area: In this; upright in its middle.
            text: What.
            colour: A colour, or a token of the theme.
            align: Left, right or centred.
            elide: Where it is shortened; names of layers in the middle, for their number tells them apart.
        """
        painter.setPen(self.theme.colour(colour) if isinstance(colour, str) else colour)
        write_line(painter, area, text, align, elide)

    @staticmethod
    def fitting(painter: QPainter, width: float, *texts: str) -> str:
        """The first of several ways to say something that needs no more room, in the painter's font; else the last."""
        metrics = painter.fontMetrics()
        return next((text for text in texts if metrics.horizontalAdvance(text) <= width), texts[-1])

    def sizeHint(self) -> QSize:
        return QSize(self.theme.font_px * 34, self.theme.font_px * 20)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.font_px * 8, self.theme.font_px * 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self.caption)
        if self.message:
            self._fill(painter)
            painter.setFont(self.type(self.theme.font_px))
            painter.setPen(self.theme.colour("muted"))
            margin = 2 * self.theme.space
            area = QRectF(self.rect()).adjusted(margin, margin, -margin, -margin)
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self.message)
        else:
            self._draw_ground(painter)
            self.paint(painter)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.pointed_at(event.position())
        self._tell(event.position(), event.globalPosition().toPoint())

    def leaveEvent(self, event: QEvent) -> None:
        self.pointed_at(None)
        self._tell(QPointF(-1, -1), QPoint())
        super().leaveEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fonts.clear()
            self._ground.forget()
        super().changeEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            self._told = ""
            self._tell(QPointF(event.pos()), event.globalPos())
            return True
        return super().event(event)

    def _draw_ground(self, painter: QPainter) -> None:
        key = self.ground_key()
        if key is None:
            self._fill(painter)
        elif self.as_vectors:
            self.paint_ground(painter)
        else:
            surface = self.theme.colour("surface")
            self._ground.draw(painter, self.size(), surface, (key, self.theme), self._paint_ground_in_type)

    def _fill(self, painter: QPainter) -> None:
        if not self.as_vectors:
            painter.fillRect(self.rect(), self.theme.colour("surface"))

    def _paint_ground_in_type(self, painter: QPainter) -> None:
        painter.setFont(self.caption)
        self.paint_ground(painter)

    def _tell(self, place: QPointF, at: QPoint) -> None:
        text = "" if self.message else self.text_at(place)
        if text and text != self._told:
            QToolTip.showText(at, text, self)
        elif not text and self._told:
            QToolTip.hideText()
        self._told = text
