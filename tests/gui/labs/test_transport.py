"""How many steps the labs' one timer makes in a frame."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from nnviz.gui.labs import transport as module
from nnviz.gui.labs.base import STEP
from nnviz.gui.labs.transport import FRAME_MS, Transport
from nnviz.gui.style.theme import LIGHT

STEP_S = 0.001


class Clock:
    """A clock that only goes on when it is told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def perf_counter(self) -> float:
        return self.now

    thread_time = perf_counter


class SlowLab(SimpleNamespace):
    """What the transport asks of a lab; every step takes a millisecond."""

    strides = (STEP,)
    speed = 1.0

    def __init__(self, clock: Clock) -> None:
        super().__init__(steps=0, clock=clock)

    def advance(self, stride: str) -> bool:
        self.steps += 1
        self.clock.now += STEP_S
        return True

    def pieces(self, stride: str) -> tuple[str, int]:
        return stride, 1000

    def can_advance(self) -> bool:
        return True

    can_retreat = can_advance

    def position(self) -> str:
        return str(self.steps)

    def show_between(self, share: float) -> None:
        return


def steps_in_a_frame(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, painting_s: float) -> int:
    """How many steps a frame makes once it is known how long painting takes."""
    clock = Clock()
    monkeypatch.setattr(module, "time", clock)
    bar = Transport(LIGHT)
    qtbot.addWidget(bar)
    lab: Any = SlowLab(clock)
    bar.take(lab)
    bar.set_speed(240)
    bar.toggle_run()
    bar._timer.stop()
    counts = []
    for _ in range(30):
        before = lab.steps
        bar._on_frame()
        counts.append(lab.steps - before)
        clock.now += painting_s
    return counts[-1]


def test_the_longer_painting_takes_the_fewer_steps_a_frame_makes(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    counts = [steps_in_a_frame(qtbot, monkeypatch, painting_s) for painting_s in (0.002, 0.005, 0.02)]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > counts[1] > counts[2]
    # Steps and painting together stay within the frame, and the slowest machine moves on by one step.
    assert (counts[1] * STEP_S) + 0.005 <= FRAME_MS / 1000
    assert counts[2] == 1


def test_what_happened_while_it_was_halted_is_no_painting(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    monkeypatch.setattr(module, "time", clock)
    bar = Transport(LIGHT)
    qtbot.addWidget(bar)
    lab: Any = SlowLab(clock)
    bar.take(lab)
    bar.set_speed(240)
    counts = []
    for _ in range(2):
        bar.toggle_run()
        bar._timer.stop()
        before = lab.steps
        bar._on_frame()
        clock.now += 0.001
        bar._on_frame()
        counts.append(lab.steps - before)
        bar.halt()
        clock.now += 60.0
    assert counts[1] == counts[0]
