"""Draws live views one after the other, as often as their cost allows."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Qt, QTimer, Slot

from nnviz.gui.views.base import LiveView

SHARE = 0.14
"""Share of the time of the window's thread that drawing may take while a network learns."""

QUICK_SHARE = 0.8
"""The same where somebody waits for the drawing: at an earlier step, after one batch, at the end of the run."""

TURN_S = 0.003
"""Views are drawn together up to here: between two turns the training takes all of the processor's memory."""

LEAST_GAP_MS = 4
"""Between two views the window answers to whatever else has happened."""

MOST_GAP_MS = 500
"""Longest wait behind one view: one slow painting (a window being resized) is no reason to crawl."""


class Turns(QObject):
    """Gives every view that has news a turn.

    One view at a time: ten painted in one go would keep a click waiting for as long as all ten take. A view that has
    news again before its turn comes is drawn once, with the newest.

    Attributes:
        share: Share of the time of the window's thread that drawing may take; costlier views are drawn less often.

    Args:
        draw: Draws what is newest of a view.
    """

    def __init__(self, draw: Callable[[LiveView], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.share = SHARE
        self._draw = draw
        self._waiting: dict[str, LiveView] = {}
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_timeout)

    @property
    def is_waiting(self) -> bool:
        """Whether any view waits for its turn."""
        return bool(self._waiting)

    def offer(self, views: Iterable[LiveView]) -> None:
        """These have news; who waits already keeps its place."""
        for view in views:
            self._waiting.setdefault(view.name, view)
        if self._waiting and not self._timer.isActive():
            self._timer.start(0)

    def clear(self) -> None:
        """Nobody waits any more."""
        self._waiting.clear()
        self._timer.stop()

    @Slot()
    def _on_timeout(self) -> None:
        if not self._waiting:
            return
        # Processor time, not time: the training keeps both cores busy, and that is not the view's fault.
        began, painting = time.thread_time(), 0.0
        while self._waiting and time.thread_time() - began + painting < TURN_S:
            view = self._waiting.pop(next(iter(self._waiting)))
            self._draw(view)
            # It is painted when control is back with Qt: what the last painting took is what is known.
            painting += view.paint_s
        cost = time.thread_time() - began + painting
        self._timer.start(min(MOST_GAP_MS, max(LEAST_GAP_MS, round(1000 * cost / self.share))))
