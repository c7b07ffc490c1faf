from __future__ import annotations

import math

import pytest

from nnviz.gui.views.axis_range import GrowingRange, StepRange, nice_ceiling


@pytest.mark.parametrize(
    ("value", "ceiling"),
    [(1, 1), (1.01, 1.5), (1.6, 2), (2.2, 2.5), (2.6, 3), (3.5, 4), (4.1, 5), (5.5, 6), (7, 8), (8.1, 10), (99, 100),
     (0.0011, 0.0015), (7e-6, 8e-6), (123_456, 150_000)],
)  # fmt: skip
def test_nice_ceilings(value: float, ceiling: float) -> None:
    assert nice_ceiling(value) == pytest.approx(ceiling)


@pytest.mark.parametrize(
    ("largest", "moved", "end"),
    [
        (1.0, False, 1.0),
        (0.26, False, 1.0),
        (0.2, True, 0.25),
        (1.1, True, 1.5),
        (2.3, True, 2.5),
        (700.0, True, 800.0),
        (0.0, False, 1.0),
        (-3.0, False, 1.0),
        (math.nan, False, 1.0),
        (math.inf, False, 1.0),
    ],
)
def test_a_growing_range_makes_room_and_rarely_shrinks(largest: float, moved: bool, end: float) -> None:
    axis = GrowingRange(1.0)
    assert axis.follow(largest) is moved
    assert axis.end == pytest.approx(end)
    assert axis.follow(largest) is False, "what fits stays as it is"


@pytest.mark.parametrize(
    ("total", "step", "moved", "end"),
    [
        (1000, 0, False, 100),
        (1000, 100, False, 100),
        (1000, 101, True, 200),
        (1000, 450, True, 800),
        (1000, 900, True, 1000),
        (1000, 1200, True, 1200),
        (30, 30, False, 30),
        (30, 31, True, 31),
        (0, 1, False, 1),
    ],
)
def test_steps_double_up_to_the_length_of_the_run(total: int, step: int, moved: bool, end: int) -> None:
    axis = StepRange(total)
    assert axis.follow(step) is moved
    assert axis.end == end
    assert axis.follow(step - 1) is False, "it never moves back"
    assert axis.end == end
