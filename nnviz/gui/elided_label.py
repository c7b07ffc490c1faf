"""A line of text that ends in an ellipsis where there is no room, and says all of it in its tooltip."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel

LEAST = 5
"""Characters below which nothing is shown at all."""


class ElidedLabel(QLabel):
    """A label that never asks for more width than it is given."""

    def setText(self, text: str) -> None:
        """Show this text, and all of it in the tooltip."""
        super().setText(text)
        self.setToolTip(text)

    def minimumSizeHint(self) -> QSize:
        """No width: whatever does not fit is left out."""
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw as much as fits."""
        painter = QPainter(self)
        area = self.contentsRect()
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, area.width())
        if shown != self.text() and len(shown) < LEAST:
            # An ellipsis alone says nothing, and takes the eye.
            return
        self.style().drawItemText(
            painter, area, self.alignment(), self.palette(), self.isEnabled(), shown, self.foregroundRole()
        )
