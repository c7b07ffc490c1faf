"""How a training gives way to a pen that is moving."""

from __future__ import annotations

import time

LASTS_S = 0.06
"""What a move of the pen is given: until its answer, strip and layers are on the screen."""

LONGEST_S = 0.5
"""However long the pen moves: in this time at least one slice of steps is trained."""

NAP_S = 0.002
"""While the training waits, its event loop is served this often."""


class GivingWay:
    """Tells the training thread, between two batches, whether others need the processor more.

    The GUI thread asks; the training thread looks. Each writes numbers of its own only: no lock is needed.
    """

    def __init__(self) -> None:
        self._until = 0.0
        self._trained_at = 0.0

    def ask(self) -> None:
        """Ask the training to begin no batch for a moment."""
        self._until = time.monotonic() + LASTS_S

    def napped(self) -> bool:
        """Wait a moment if the training was asked to; says whether it did. Else a slice of steps is due."""
        now = time.monotonic()
        if now < self._until and now - self._trained_at < LONGEST_S:
            time.sleep(NAP_S)
            return True
        self._trained_at = now
        return False
