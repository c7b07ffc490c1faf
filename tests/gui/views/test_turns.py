"""Views are drawn one after the other, and costly ones less often."""

from __future__ import annotations

import time

import pytest
from pytestqt.qtbot import QtBot

from nnviz.gui.screen_turn import LONGEST_S, SLEEP_S, ScreenTurn
from nnviz.gui.style.theme import LIGHT
from nnviz.gui.views.accuracy import Accuracy
from nnviz.gui.views.base import LiveView
from nnviz.gui.views.loss import Loss
from nnviz.gui.views.turns import LONGEST_WAIT_MS, MOST_GAP_MS, QUICK_SHARE, SHARE, Turns


def busy(seconds: float) -> None:
    until = time.thread_time() + seconds
    while time.thread_time() < until:
        pass


@pytest.fixture
def views(qtbot: QtBot) -> list[LiveView]:
    views: list[LiveView] = [Loss(LIGHT), Accuracy(LIGHT)]
    for view in views:
        qtbot.addWidget(view)
    return views


def test_each_gets_a_turn_of_its_own_and_waits_only_once(qtbot: QtBot, views: list[LiveView]) -> None:
    drawn: list[str] = []
    turns = Turns(lambda view: drawn.append(view.name), ScreenTurn())
    turns.offer(views)
    turns.offer(reversed(views))
    assert drawn == []
    qtbot.waitUntil(lambda: len(drawn) == 2)
    qtbot.wait(50)
    assert drawn == ["loss", "accuracy"]
    turns.offer(views[1:])
    qtbot.waitUntil(lambda: len(drawn) == 3)
    turns.offer(views)
    turns.clear()
    qtbot.wait(30)
    assert len(drawn) == 3


def test_drawing_takes_no_more_than_its_share(qtbot: QtBot, views: list[LiveView]) -> None:
    cost, count = 0.005, 0

    def draw(view: LiveView) -> None:
        nonlocal count
        count += 1
        busy(cost)

    turns = Turns(draw, ScreenTurn())
    began = time.perf_counter()
    while time.perf_counter() - began < 1.0:
        turns.offer(views)
        qtbot.wait(2)
    assert 0 < count * cost <= 1.1 * SHARE * (time.perf_counter() - began)


def test_one_slow_painting_is_no_reason_to_crawl(qtbot: QtBot, views: list[LiveView]) -> None:
    drawn: list[float] = []

    def draw(view: LiveView) -> None:
        drawn.append(time.perf_counter())
        if len(drawn) == 1:
            busy(0.3)

    turns = Turns(draw, ScreenTurn())
    turns.offer(views)
    qtbot.waitUntil(lambda: len(drawn) == 2)
    assert drawn[1] - drawn[0] >= 0.3
    assert turns._timer.interval() <= MOST_GAP_MS


def test_where_somebody_waits_it_takes_more(qtbot: QtBot, views: list[LiveView]) -> None:
    turns = Turns(lambda view: busy(0.02), ScreenTurn())
    turns.offer(views)
    qtbot.waitUntil(lambda: not turns.is_waiting)
    slow = turns._timer.interval()
    turns.clear()
    turns.share = QUICK_SHARE
    turns.offer(views)
    assert turns.is_waiting
    qtbot.waitUntil(lambda: not turns.is_waiting)
    assert turns._timer.interval() < 1.2 * slow * SHARE / QUICK_SHARE


def test_the_training_is_asked_to_wait_and_goes_on_when_the_views_are_drawn(
    qtbot: QtBot, views: list[LiveView]
) -> None:
    drawn: list[str] = []
    screen_turn = ScreenTurn()
    turns = Turns(lambda view: drawn.append(view.name), screen_turn)
    turns.asks = True
    turns.offer(views)
    qtbot.waitUntil(lambda: screen_turn.is_wanted)
    assert drawn == []
    turns.take()
    assert drawn == ["loss", "accuracy"]
    assert not screen_turn.is_wanted
    began = time.perf_counter()
    screen_turn.wait()
    # Not before the window's thread has had the time to fall asleep.
    assert SLEEP_S <= time.perf_counter() - began < LONGEST_S / 2


def test_a_training_that_does_not_answer_is_not_waited_for_long(qtbot: QtBot, views: list[LiveView]) -> None:
    drawn: list[str] = []
    screen_turn = ScreenTurn()
    turns = Turns(lambda view: drawn.append(view.name), screen_turn)
    turns.asks = True
    began = time.perf_counter()
    turns.offer(views)
    qtbot.waitUntil(lambda: len(drawn) == 2)
    assert time.perf_counter() - began >= 0.9 * LONGEST_WAIT_MS / 1000
    # It comes too late: there is nothing to draw, and it is not kept.
    screen_turn.want()
    turns.take()
    assert len(drawn) == 2
    assert not screen_turn.is_wanted


def test_a_window_that_is_busy_is_not_waited_for_long() -> None:
    screen_turn = ScreenTurn()
    screen_turn.want()
    began = time.perf_counter()
    screen_turn.wait()
    assert LONGEST_S * 0.9 <= time.perf_counter() - began < 1.0
    assert not screen_turn.is_wanted


def test_where_there_are_many_each_is_drawn_less_often_and_the_last_news_are_drawn(
    qtbot: QtBot, views: list[LiveView]
) -> None:
    drawn: list[tuple[str, int]] = []
    news = 0
    turns = Turns(lambda view: drawn.append((view.name, news)), ScreenTurn())
    turns.share = QUICK_SHARE
    turns.least_gap_s = 0.1
    began = time.perf_counter()
    while time.perf_counter() - began < 0.55:
        news += 1
        turns.offer(views[:1])
        qtbot.wait(5)
    assert 4 <= len(drawn) <= 6
    turns.offer(views[:1])
    qtbot.waitUntil(lambda: drawn[-1] == ("loss", news))
