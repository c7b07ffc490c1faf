"""How often each live view's probe is asked: as often as its cost allows."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from statistics import median

TICK_S = 0.084
"""Shortest time between two rounds: a little less than between two frames, so that each frame finds something new."""

MANY_TICK_S = 0.19
"""The same with more than a few views: so many pictures are looked at one after the other."""

LONGEST_S = 3.2
"""Longest time between two rounds, whatever the probes cost."""

SHARE = 0.08
"""Share of the time that the probes of up to four views may take together."""

MORE_SHARE = 0.012
"""Added for each further view: who opens ten wants to see them move."""

FEW = 4

USUAL = 4.0
"""A probe that costs more than so many times the median is asked less often than the others."""

CHEAP_S = 0.003
"""A probe that costs no more is asked in every round, however little the others cost."""

SELDOM_S = 1.6
"""Time between two questions to a probe that need not be asked often, however little it costs."""

LONGEST = 32
"""Rounds after which even the costliest probe is asked."""

MEMORY = 0.7
"""Weight of what a probe cost before, against what it cost last."""


class ProbeSchedule:
    """Decides in rounds which probes are due.

    Rounds come as often as the share allows. Whoever is asked in one shares what the context computes once, so most are
    asked in every round; one that costs far more than the others in every second, fourth, eighth ... one, so that it
    does not hold up all of them.
    """

    def __init__(self) -> None:
        self._costs: dict[str, float] = {}
        self._shared = 0.0
        self._seldom: frozenset[str] = frozenset()
        self._least_s: Mapping[str, float] = {}
        self._round = 0
        self._next_at = 0.0
        self._interval = TICK_S

    def set_names(
        self, names: Iterable[str], seldom: Collection[str] = (), least_s: Mapping[str, float] | None = None
    ) -> None:
        """Say whose probes are asked from now on; what is known of their costs stays known.

        Args:
            names: Whose.
            seldom: Which of them need not be asked often. They are no views: nothing is added to the share for them.
            least_s: Seconds between two questions to some of them, rounded to whole rounds. If it is said of all, the
                least of them is the least time between two rounds.
        """
        self._least_s = least_s or {}
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
        self._interval = self.interval()
        # Questions come between two batches only. Late rounds are made up for, so that they are not fewer for that.
        late = now - self._next_at
        self._next_at = now + self._interval - (late if late < self._interval else 0.0)
        self._round += 1
        return [name for name in self._costs if self._round % self.period(name) == 0]

    def note(self, name: str, seconds: float) -> None:
        """Learn what asking a probe took, but for what all share."""
        if name in self._costs:
            self._costs[name] = _followed(self._costs[name], seconds)

    def note_shared(self, seconds: float) -> None:
        """Learn what took so long for all that were asked in a round together."""
        self._shared = _followed(self._shared, seconds)

    def period(self, name: str) -> int:
        """Rounds between two questions to a probe: a power of two, or what need not be asked often waits for."""
        usual = USUAL * median(self._costs.values())
        cost, least = self._costs[name], max(1, round(self._least_s.get(name, 0.0) / self._interval))
        if name in self._seldom:
            least = math.ceil(SELDOM_S / self._interval)
        times = math.ceil(math.log2(cost / usual)) if usual > 0 and cost > max(usual, CHEAP_S) else 0
        return min(LONGEST, max(least, 1 << times))

    def interval(self) -> float:
        """Seconds between two rounds."""
        views = len(self._costs.keys() - self._seldom)
        share = SHARE + MORE_SHARE * max(0, views - FEW)
        cost = self._shared + sum(cost / self.period(name) for name, cost in self._costs.items())
        # A round in which nobody would be asked delays the next one.
        soonest = min((self._least_s.get(name, 0.0) for name in self._costs.keys() - self._seldom), default=0.0)
        return min(LONGEST_S, max(TICK_S if views <= FEW else MANY_TICK_S, cost / share, soonest))


def _followed(known: float, seconds: float) -> float:
    return MEMORY * known + (1 - MEMORY) * seconds if known else seconds
