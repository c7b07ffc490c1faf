"""Draws live views one after the other, as often as their cost allows, while the training waits for them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Qt, QTimer, Slot

from nnviz.gui.screen_turn import ScreenTurn
from nnviz.gui.views.base import LiveView

SHARE = 0.2
"""Share of the time of the window's thread that drawing may take while a network learns."""

QUICK_SHARE = 0.8
"""The same where somebody waits for the drawing: at an earlier step, after one batch, at the end of the run."""

TURN_S = 0.012
"""Views are drawn together up to here: each turn has a price, and the window answers to nothing else meanwhile."""

LEAST_GAP_MS = 4
"""Between two turns the window answers to whatever else has happened."""

MOST_GAP_MS = 500
"""Longest wait behind one turn: one slow painting (a window being resized) is no reason to crawl."""

LONGEST_WAIT_MS = 60
"""A batch that takes longer is not waited for: the views are drawn beside it."""


class Turns(QObject):
    """Gives every view that has news a turn.

    A few views at a time: ten painted in one go would keep a click waiting for as long as all ten take. A view that has
    news again before its turn comes is drawn once, with the newest.

    Attributes:
        share: Share of the time of the window's thread that drawing may take; costlier views are drawn less often.
        asks: Whether the training is asked to wait meanwhile.
        least_gap_s: Seconds between two drawings of the same view, at least.

    Args:
        draw: Draws and paints what is newest of a view.
        screen_turn: How the training is asked.
    """

    def __init__(
        self, draw: Callable[[LiveView], None], screen_turn: ScreenTurn, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.share = SHARE
        self.asks = False
        self.least_gap_s = 0.0
        self._draw = draw
        self._screen_turn = screen_turn
        self._waiting: dict[str, LiveView] = {}
        self._drawn_at: dict[str, float] = {}
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_gap_over)
        self._patience = QTimer(self, singleShot=True)
        self._patience.timeout.connect(self._draw_some)

    @property
    def is_waiting(self) -> bool:
        """Whether any view waits for its turn."""
        return bool(self._waiting)

    def offer(self, views: Iterable[LiveView]) -> None:
        """These have news; who waits already keeps its place."""
        for view in views:
            self._waiting.setdefault(view.name, view)
        if self._waiting and not self._timer.isActive() and not self._patience.isActive():
            self._timer.start(0)

    def clear(self) -> None:
        """Nobody waits any more."""
        self._waiting.clear()
        self._timer.stop()
        self._patience.stop()
        self._screen_turn.end()

    @Slot()
    def take(self) -> None:
        """The training waits now."""
        if self._patience.isActive():
            self._draw_some()
        # Else it was too late, and what was to be drawn is drawn.
        self._screen_turn.end()

    @Slot()
    def _on_gap_over(self) -> None:
        if not self._waiting:
            return
        soonest = min(self._due_at(name) for name in self._waiting) - time.monotonic()
        if soonest > 0:
            self._timer.start(round(1000 * soonest) + 1)
        elif self.asks:
            self._patience.start(LONGEST_WAIT_MS)
            self._screen_turn.want()
        else:
            self._draw_some()

    @Slot()
    def _draw_some(self) -> None:
        self._patience.stop()
        # Processor time, not time: the training may keep both cores busy, and that is not the view's fault.
        began = time.thread_time()
        due = [name for name in self._waiting if self._due_at(name) <= time.monotonic()]
        for name in due:
            self._drawn_at[name] = time.monotonic()
            self._draw(self._waiting.pop(name))
            if time.thread_time() - began > TURN_S:
                break
        self._screen_turn.end()
        cost = time.thread_time() - began
        self._timer.start(min(MOST_GAP_MS, max(LEAST_GAP_MS, round(1000 * cost / self.share))))

    def _due_at(self, name: str) -> float:
        return self._drawn_at.get(name, -1.0e9) + self.least_gap_s
