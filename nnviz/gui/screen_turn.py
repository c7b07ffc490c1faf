"""The moments in which the training waits between two batches, so that the window can draw.

Both need all of a small machine. Side by side each takes half as long again: the threads of a batch wait for the one
whose core the window has taken, and both throw each other's data out of the caches. One after the other, drawing costs
the training no more than the time that it takes, and takes less.
"""

from __future__ import annotations

import threading
import time

LONGEST_S = 0.03
"""A window that is busy with something else is waited for no longer."""

SLEEP_S = 0.0002
"""The window's thread needs so long to fall asleep. If torch's helper is woken before, the system finds no core free
and puts it beside the thread that trains, on one core, where it stays for a batch that takes five times as long."""


class ScreenTurn:
    """What the window's thread and the training thread agree by."""

    def __init__(self) -> None:
        self._wanted = False
        self._over = threading.Event()

    @property
    def is_wanted(self) -> bool:
        """Whether the window would like to draw."""
        return self._wanted

    def want(self) -> None:
        """The window has something to draw."""
        self._over.clear()
        self._wanted = True

    def end(self) -> None:
        """The window has drawn, or does not want to any more."""
        self._wanted = False
        self._over.set()

    def wait(self) -> None:
        """Let the window draw; it was told that it may."""
        self._wanted = False
        self._over.wait(LONGEST_S)
        time.sleep(SLEEP_S)
