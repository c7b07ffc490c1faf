"""A line of text that ends in an ellipsis where there is no room, and says all of it in its tooltip."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

LEAST = 4
"""Characters below which nothing is shown at all."""


class ElidedLabel(QLabel):
    """A label that never asks for more width than it is given.

    It wishes for the width of the longest text that it has shown since it was empty. A new text that is no longer than
    that is only painted: a plain label has the whole window laid out again at each of its texts, and some of these have
    a new number at every frame.

    Args:
        text: Its first text.
        parent: Its owner.
    """

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._longest = ""
        self._named = False
        self._ground: QColor | None = None
        self.setText(text)

    def text(self) -> str:
        """The whole text."""
        return self._text

    def setText(self, text: str) -> None:
        """Show this text, and all of it in the tooltip."""
        self.setToolTip(text)
        if text == self._text:
            return
        self._text = text
        if not self._named:
            # What a screen reader says: Qt knows of no text in this label.
            super().setAccessibleName(text)
        if not text or self._width_of(text) > self._width_of(self._longest):
            self._longest = text
            self.updateGeometry()
        self.update()

    def setAccessibleName(self, name: str) -> None:
        """Have screen readers say what this is, in place of its text."""
        self._named = bool(name)
        super().setAccessibleName(name or self._text)

    def set_ground(self, colour: QColor) -> None:
        """Fill what lies behind the text, so that a new one need not have the widgets behind it painted again."""
        self._ground = colour
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.update()

    def _width_of(self, text: str) -> int:
        # Rounded up: with half a pixel less than the text is wide, its end is left out.
        return math.ceil(QFontMetricsF(self.font()).horizontalAdvance(text))

    def sizeHint(self) -> QSize:
        """One line, as wide as the longest text so far."""
        margins = self.contentsMargins()
        indent = 2 * self.margin()
        # Measured when it is asked for: a style sheet gives another type later, and not always says so.
        return QSize(
            self._width_of(self._longest) + margins.left() + margins.right() + indent,
            self.fontMetrics().height() + margins.top() + margins.bottom() + indent,
        )

    def minimumSizeHint(self) -> QSize:
        """No width: whatever does not fit is left out."""
        return QSize(0, self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        """Measure the text again in another type."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._longest = self._text
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw as much as fits."""
        painter = QPainter(self)
        if self._ground is not None:
            painter.fillRect(self.rect(), self._ground)
        area = self.contentsRect()
        shown = self.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, area.width())
        if shown != self._text and len(shown) < LEAST:
            # An ellipsis alone says nothing, and takes the eye.
            return
        self.style().drawItemText(
            painter, area, self.alignment(), self.palette(), self.isEnabled(), shown, self.foregroundRole()
        )
