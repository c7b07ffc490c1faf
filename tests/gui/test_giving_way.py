"""A training gives way to a pen that moves, and yet goes on."""

from __future__ import annotations

from itertools import pairwise

import pytest

from nnviz.gui import giving_way
from nnviz.gui.giving_way import LASTS_S, LONGEST_S, NAP_S, GivingWay


class Clock:
    """A clock that only sleeping moves."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 100.0
        monkeypatch.setattr(giving_way.time, "monotonic", lambda: self.now)
        monkeypatch.setattr(giving_way.time, "sleep", self.go)

    def go(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def test_nobody_waits_unasked(clock: Clock) -> None:
    way = GivingWay()
    assert not any(way.napped() for _ in range(5))
    assert clock.now == 100.0


def test_training_waits_for_a_moment_and_goes_on(clock: Clock) -> None:
    way = GivingWay()
    way.napped()
    way.ask()
    naps = 0
    while way.napped():
        naps += 1
    assert clock.now == pytest.approx(100 + LASTS_S, abs=NAP_S)
    assert naps > 10
    assert not way.napped()


def test_however_long_the_pen_moves_something_is_trained(clock: Clock) -> None:
    way = GivingWay()
    way.napped()
    trained = []
    while clock.now < 110:
        way.ask()
        if not way.napped():
            trained.append(clock.now)
            clock.go(0.01)
    waits = [b - a for a, b in pairwise(trained)]
    assert len(waits) > 10
    assert max(waits) <= LONGEST_S + NAP_S
    # And hardly more than that.
    assert min(waits) >= LONGEST_S - NAP_S
