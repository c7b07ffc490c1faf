"""Cyclic garbage is collected on the GUI thread alone."""

from __future__ import annotations

import gc
import time

from PySide6.QtCore import QObject, QTimer, Slot

COLLECT_EVERY_MS = 1000

ALL_EVERY_S = 30.0
"""Shortest time between two collections of everything, which stop both threads for some hundredths of a second."""


class GarbageCollector(QObject):
    """Switches Python's own collection off and does it from a timer of the GUI thread.

    Python collects on whichever thread happens to allocate; on the training thread that would finalise Qt objects where
    they do not belong, and crash now and then.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._all_at = time.monotonic()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_timeout)
        self._timer.start(COLLECT_EVERY_MS)

    @Slot()
    def forgive_the_past(self) -> None:
        """Look no more at what exists now, garbage or not.

        Modules live as long as the process; walking all of torch's takes about a tenth of a second, which a click would
        have to wait for.
        """
        gc.freeze()

    def stop(self) -> None:
        """Give the collection back to Python."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()

    @Slot()
    def _on_timeout(self) -> None:
        # As Python would: the young ones often, the old ones when enough young ones have survived.
        young, middle, old = gc.get_count()
        thresholds = gc.get_threshold()
        now = time.monotonic()
        if old > thresholds[2] and now - self._all_at >= ALL_EVERY_S:
            self._all_at = now
            gc.collect()
        elif middle > thresholds[1]:
            gc.collect(1)
        elif young > thresholds[0]:
            gc.collect(0)
