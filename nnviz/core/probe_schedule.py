"""How often each live view's probe is asked: as often as its cost allows."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable

TICK_S = 0.08
"""Shortest time between two rounds: the screen shows no more."""

SHARE = 0.03
"""Share of the time that the probes of up to four views may take together."""

MORE_SHARE = 0.005
"""Added for each further view: who opens ten wants to see them move."""

FEW = 4

SELDOM = 4
"""Rounds between two questions to a probe that need not be asked often, however little it costs."""

LONGEST = 40
"""Rounds after which even the costliest probe is asked."""

MEMORY = 0.7
"""Weight of what a probe cost before, against what it cost last."""


class ProbeSchedule:
    """Decides in rounds which probes are due.

    A probe is asked every round, or every second, third ... one, so that costly ones are asked less often and all that
    are asked together share what the context computes once. Who comes first in a round pays for what is shared: the
    order is another one in every round.
    """

    def __init__(self) -> None:
        self._costs: dict[str, float] = {}
        self._seldom: frozenset[str] = frozenset()
        self._round = 0
        self._next_at = 0.0

    def set_names(self, names: Iterable[str], seldom: Collection[str] = ()) -> None:
        """Say whose probes are asked from now on; what is known of their costs stays known.

        Args:
            names: Whose.
            seldom: Which of them need not be asked often. They are no views: nothing is added to the share for them.
        """
        self._seldom = frozenset(seldom)
        self._costs = {name: self._costs.get(name, 0.0) for name in names}
        self._next_at = 0.0

    def hurry(self) -> None:
        """Let the next question find all of them due."""
        self._next_at = 0.0
        self._round = -1

    def due(self, now: float) -> list[str]:
        """Whose probes are to be asked now, in this order; asking begins a round if it is time for one."""
        if now < self._next_at or not self._costs:
            return []
        self._next_at = now + TICK_S
        self._round += 1
        names = [name for name in self._costs if self._round % self.period(name) == 0]
        first = self._round % len(names) if names else 0
        return names[first:] + names[:first]

    def note(self, name: str, seconds: float) -> None:
        """Learn what asking a probe took."""
        if name in self._costs:
            known = self._costs[name]
            self._costs[name] = MEMORY * known + (1 - MEMORY) * seconds if known else seconds

    def period(self, name: str) -> int:
        """Rounds between two questions to a probe."""
        count = len(self._costs)
        views = count - len(self._seldom & self._costs.keys())
        share = (SHARE + MORE_SHARE * max(0, views - FEW)) / count
        least = SELDOM if name in self._seldom else 1
        return min(LONGEST, max(least, math.ceil(self._costs[name] / (share * TICK_S))))
