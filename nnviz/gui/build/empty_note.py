"""What stands in the column where there are no layers yet."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from nnviz.gui.style.appearance import Appearance
from nnviz.gui.style.icons import pixmap


class EmptyNote(QWidget):
    """A place to drop the first layer on; a click opens the search.

    Signals:
        pressed(): It was clicked.
    """

    pressed = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._target = False
        self.setObjectName("empty_note")
        self.setAccessibleName(self.text())
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.apply_theme()

    def text(self) -> str:
        """What it says."""
        return self.tr("Drag a layer here, or type its name")

    def set_target(self, target: bool) -> None:
        """Show that what is dragged would land here."""
        if target != self._target:
            self._target = target
            self.update()

    def apply_theme(self) -> None:
        """Take the sizes of the theme that is on the screen now."""
        self.setMinimumHeight(14 * self._appearance.theme.font_px)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._appearance.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(theme.colour("accent" if self._target else "border_strong"), 2 if self._target else 1.5)
        pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(theme.colour("accent_soft" if self._target else "surface"))
        frame = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(frame, theme.card_radius, theme.card_radius)
        side = 2 * theme.icon_px
        middle = self.rect().center()
        picture = pixmap("plus", theme.accent_text, side, self.devicePixelRatioF())
        painter.drawPixmap(middle - QPoint(side // 2, side), picture)
        font = QFont(self.font())
        font.setPixelSize(theme.heading_px)
        painter.setFont(font)
        painter.setPen(theme.colour("text"))
        below = self.rect().adjusted(theme.space, middle.y() + theme.space, -theme.space, -theme.space)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.drawText(below, flags, self.text())
