"""Scrolling by itself while something is dragged near the upper or lower border."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QTimer, Slot
from PySide6.QtWidgets import QScrollArea

_BORDER_PX = 48
_INTERVAL_MS = 25
_FASTEST_PX = 16


class DropScroll(QObject):
    """Scrolls an area up or down, the faster the nearer the border, for as long as it is told where the mouse is."""

    def __init__(self, area: QScrollArea) -> None:
        super().__init__(area)
        self._area = area
        self._step = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_INTERVAL_MS)
        self._timer.timeout.connect(self._on_timeout)

    @property
    def step(self) -> int:
        """Pixels that it scrolls each time; below 0 upwards."""
        return self._step

    def follow(self, position: QPoint) -> None:
        """The mouse is at that place of the viewport now."""
        top, bottom = position.y(), self._area.viewport().height() - position.y()
        nearness = max(0, _BORDER_PX - min(top, bottom)) / _BORDER_PX
        self._step = round(min(1.0, nearness) * _FASTEST_PX) * (-1 if top < bottom else 1)
        if self._step and not self._timer.isActive():
            self._timer.start()
        elif not self._step:
            self._timer.stop()

    def stop(self) -> None:
        """Nothing is dragged any more."""
        self._step = 0
        self._timer.stop()

    @Slot()
    def _on_timeout(self) -> None:
        bar = self._area.verticalScrollBar()
        bar.setValue(bar.value() + self._step)
