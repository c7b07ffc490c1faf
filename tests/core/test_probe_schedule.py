from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from nnviz.core.probe_schedule import (
    CHEAP_S,
    LONGEST,
    LONGEST_S,
    MANY_TICK_S,
    MORE_SHARE,
    SELDOM_S,
    SHARE,
    TICK_S,
    ProbeSchedule,
)


def simulate(
    costs: dict[str, float],
    seconds: float = 60.0,
    seldom: Sequence[str] = (),
    least_s: Mapping[str, float] | None = None,
) -> tuple[dict[str, int], float]:
    """How often each is asked, and the share of the time that asking takes."""
    schedule = ProbeSchedule()
    schedule.set_names(costs, seldom, least_s)
    asked, now, spent = dict.fromkeys(costs, 0), 1.0, 0.0
    while now < 1.0 + seconds:
        for name in schedule.due(now):
            asked[name] += 1
            schedule.note(name, costs[name])
            now += costs[name]
            spent += costs[name]
        now += 0.01
    return asked, spent / seconds


def test_usual_ones_are_asked_together_and_a_costly_one_does_not_hold_them_up() -> None:
    asked, share = simulate({"cheap": 0.0005, "middling": 0.003, "other": 0.002, "costly": 0.2})
    assert asked["cheap"] == asked["middling"] == asked["other"]
    assert asked["middling"] > 20 * asked["costly"] > 0
    assert asked["middling"] > 60 * 4
    assert share < 1.3 * SHARE


def test_cheap_ones_are_asked_as_often_as_the_screen_shows() -> None:
    asked, share = simulate(dict.fromkeys("abcd", 0.001))
    assert min(asked.values()) > 0.85 * 60 / (TICK_S + 0.01)
    assert share < SHARE


def test_of_many_views_each_is_asked_half_as_often() -> None:
    asked, _ = simulate(dict.fromkeys("abcdefgh", 0.0005))
    assert min(asked.values()) > 0.85 * 60 / (MANY_TICK_S + 0.01)
    assert max(asked.values()) < 1.05 * 60 / MANY_TICK_S


def test_rounds_are_as_far_apart_as_the_least_that_is_said_of_all() -> None:
    asked, _ = simulate({"a": 0.001, "b": 0.001, "word": 0.0001}, seldom=["word"], least_s={"a": 0.2, "b": 0.4})
    assert 0.9 * 60 / 0.21 < asked["a"] < 1.02 * 60 / 0.2
    assert 0.9 * 60 / 0.42 < asked["b"] < 1.02 * 60 / 0.4
    asked, _ = simulate({"a": 0.001, "b": 0.001}, least_s={"a": 0.2})
    assert asked["b"] > 0.85 * 60 / (TICK_S + 0.01)


def test_one_that_is_cheap_is_asked_in_every_round_though_the_others_are_cheaper() -> None:
    asked, _ = simulate({"a": 0.0001, "b": 0.0001, "c": 0.0001, "d": 0.9 * CHEAP_S})
    assert asked["d"] == asked["a"]
    asked, _ = simulate({"a": 0.0001, "b": 0.0001, "c": 0.0001, "d": 1.5 * CHEAP_S})
    assert asked["d"] < asked["a"] / 2


def test_long_batches_do_not_make_rounds_fewer() -> None:
    schedule = ProbeSchedule()
    schedule.set_names(["a"])
    batch, rounds = 0.9 * TICK_S, 0
    for number in range(100):
        rounds += bool(schedule.due(1.0 + number * batch))
    assert rounds >= 0.99 * 100 * batch / TICK_S


def test_ten_views_may_take_a_little_more_and_no_more() -> None:
    _, share = simulate({f"view_{number}": 0.004 for number in range(10)})
    assert share < 1.1 * (SHARE + 6 * MORE_SHARE)


def test_nobody_waits_for_ever() -> None:
    schedule = ProbeSchedule()
    schedule.set_names(["huge", "a", "b"])
    for name, cost in (("huge", 100.0), ("a", 0.001), ("b", 0.001)):
        schedule.note(name, cost)
    assert schedule.period("huge") == LONGEST
    assert schedule.interval() == LONGEST_S


def test_what_is_shared_makes_rounds_fewer_and_nobody_slower_than_the_others() -> None:
    schedule = ProbeSchedule()
    schedule.set_names(["a", "b", "c"])
    for name in "abc":
        schedule.note(name, 0.001)
    alone = schedule.interval()
    for _ in range(30):
        schedule.note_shared(0.03)
    assert schedule.interval() > 2 * alone
    assert schedule.interval() == pytest.approx(0.033 / SHARE)
    assert {schedule.period(name) for name in "abc"} == {1}


def test_not_before_its_time_and_at_once_in_a_hurry() -> None:
    schedule = ProbeSchedule()
    schedule.set_names(["a", "b", "c"])
    for name, cost in (("a", 0.001), ("b", 0.1), ("c", 0.001)):
        schedule.note(name, cost)
    assert schedule.due(1.0)
    assert schedule.due(1.0 + TICK_S / 2) == []
    schedule.hurry()
    assert set(schedule.due(1.0 + TICK_S / 2)) == {"a", "b", "c"}
    schedule.set_names(["b"])
    assert schedule.interval() > 1, "what it costs is not forgotten"


def test_what_nobody_could_follow_is_asked_in_every_second_or_third_round_and_the_others_in_each() -> None:
    schedule = ProbeSchedule()
    schedule.set_names(["a", "b", "c"], least_s={"b": 2 * TICK_S, "c": 3.2 * TICK_S})
    for name in "abc":
        schedule.note(name, 0.0001)
    asked = dict.fromkeys("abc", 0)
    for number in range(600):
        for name in schedule.due(number * TICK_S / 10):
            asked[name] += 1
    assert 58 <= asked["a"] <= 61
    assert 28 <= asked["b"] <= 31
    assert 18 <= asked["c"] <= 21


def test_what_need_not_be_asked_often_is_not_and_stays_within_the_share_of_four_views() -> None:
    names = ["a", "b", "c", "d", "diagnosis"]
    asked, _ = simulate(dict.fromkeys(names, 0.0002), seldom=["diagnosis"])
    assert 0.9 * 60 / SELDOM_S < asked["diagnosis"] < 1.1 * 60 / SELDOM_S
    assert asked["a"] > 10 * asked["diagnosis"]
    _, share = simulate(dict.fromkeys(names, 0.004), seldom=["diagnosis"])
    assert share < 1.2 * SHARE
    schedule = ProbeSchedule()
    schedule.set_names(names, seldom=["diagnosis"])
    for name in names:
        schedule.note(name, 100.0 if name == "diagnosis" else 0.001)
    assert schedule.period("diagnosis") == LONGEST
