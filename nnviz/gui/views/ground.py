"""What stays the same in a picture for many frames: names, axes, numbers, grids."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QPainter, QPixmap


class Ground:
    """A picture that is painted once and then copied: text takes more time than all curves that are drawn over it."""

    def __init__(self) -> None:
        self._picture = QPixmap()
        self._key: object = None

    def forget(self) -> None:
        """Something of it has changed: paint it anew the next time."""
        self._key = None

    def draw(
        self, painter: QPainter, size: QSize, colour: QColor, key: object, paint: Callable[[QPainter], None]
    ) -> None:
        """Draw it, in place of whatever is there; it is as sharp as the device that is painted on.

        Args:
            painter: Where, in the pixels of the widget.
            size: Of the widget.
            colour: What it is filled with first.
            key: What it depends on beside these; a change has it painted anew.
            paint: Paints it.
        """
        # That of a screen, or that of a file.
        ratio = painter.deviceTransform().m11()
        whole = (key, size.width(), size.height(), colour.rgba(), ratio)
        if whole != self._key:
            self._picture = QPixmap(round(size.width() * ratio), round(size.height() * ratio))
            self._picture.setDevicePixelRatio(ratio)
            self._picture.fill(colour)
            under = QPainter(self._picture)
            paint(under)
            under.end()
            self._key = whole
        painter.drawPixmap(0, 0, self._picture)
