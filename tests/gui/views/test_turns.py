"""Views are drawn one after the other, and costly ones less often."""

from __future__ import annotations

import time

import pytest
from pytestqt.qtbot import QtBot

from nnviz.gui.style.theme import LIGHT
from nnviz.gui.views.accuracy import Accuracy
from nnviz.gui.views.base import LiveView
from nnviz.gui.views.loss import Loss
from nnviz.gui.views.turns import MOST_GAP_MS, QUICK_SHARE, SHARE, Turns


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
    turns = Turns(lambda view: drawn.append(view.name))
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

    turns = Turns(draw)
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

    turns = Turns(draw)
    turns.offer(views)
    qtbot.waitUntil(lambda: len(drawn) == 2)
    assert drawn[1] - drawn[0] >= 0.3
    assert turns._timer.interval() <= MOST_GAP_MS


def test_where_somebody_waits_it_takes_more(qtbot: QtBot, views: list[LiveView]) -> None:
    turns = Turns(lambda view: busy(0.02))
    turns.offer(views)
    qtbot.waitUntil(lambda: not turns.is_waiting)
    slow = turns._timer.interval()
    turns.clear()
    turns.share = QUICK_SHARE
    turns.offer(views)
    assert turns.is_waiting
    qtbot.waitUntil(lambda: not turns.is_waiting)
    assert turns._timer.interval() < 0.25 * slow
