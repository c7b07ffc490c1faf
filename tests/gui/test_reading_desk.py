"""The desk alone, on this thread: what it answers to each question."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from nnviz.core import reader
from nnviz.core.errors import NnvizError
from nnviz.core.reading import Question, Reading
from nnviz.core.snapshot import Failure
from nnviz.gui import reading_desk
from nnviz.gui.reading_desk import ReadingDesk
from tests.gui.training import BAR


class Heard:
    def __init__(self, desk: ReadingDesk) -> None:
        self.readings: list[Reading] = []
        self.failures: list[Failure] = []
        desk.answered.connect(self.readings.append)
        desk.failed.connect(self.failures.append)


@pytest.fixture
def desk(qapp: QApplication) -> ReadingDesk:
    return ReadingDesk()


@pytest.fixture
def heard(desk: ReadingDesk) -> Heard:
    return Heard(desk)


def test_an_older_question_is_not_answered(desk: ReadingDesk, heard: Heard) -> None:
    desk.warm_up()
    desk.newest_request = 3
    for request in (1, 2, 3):
        desk.read(request, BAR)
    assert [reading.request for reading in heard.readings] == [3]
    assert not heard.readings[0].answers[0].digits[0].flags.writeable


def test_a_missing_bundled_network_is_told_and_drawings_are_still_prepared(
    desk: ReadingDesk, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> Any:
        raise NnvizError("digits.nnviz is missing.")

    monkeypatch.setattr(reader, "bundled_project", missing)
    ready: list[bool] = []
    desk.ready.connect(lambda: ready.append(True))
    desk.warm_up()
    assert heard.failures == [Failure("digits.nnviz is missing.")]
    assert ready == [True]
    desk.read(1, BAR)
    assert heard.readings[0].answers == ()
    assert not heard.readings[0].preparation.blank


def test_two_digits_side_by_side_are_a_number(desk: ReadingDesk, heard: Heard) -> None:
    desk.warm_up()
    ones = tuple(np.array([[x, 60.0], [x, 340.0]]) for x in (100.0, 300.0))
    desk.read(1, Question(strokes=ones, layers=True))
    answer = heard.readings[-1].answers[0]
    assert [answer.classes[int(np.argmax(digit))] for digit in answer.digits] == ["1", "1"]
    assert heard.readings[-1].places == (0.25, 0.75)
    assert answer.layers[-1].values.shape == (10,)
    desk.read(2, Question(strokes=ones, several=False))
    assert len(heard.readings[-1].answers[0].digits) == 1


def test_nothing_is_said_of_an_empty_page(desk: ReadingDesk, heard: Heard) -> None:
    desk.warm_up()
    desk.read(1, Question(picture=np.full((40, 30), 0.9, np.float32)))
    assert heard.readings[0].preparation.blank
    assert heard.readings[0].answers == ()


FULL = replace(BAR, layers=True, stages=True, saliency=True)


def test_the_answer_comes_first_and_its_pictures_behind_it(desk: ReadingDesk, heard: Heard) -> None:
    desk.warm_up()
    desk.read(1, FULL)
    alone, whole = heard.readings
    assert (alone.request, alone.complete, alone.answers[0].layers) == (1, False, ())
    assert alone.answers[0].saliency is None
    assert (whole.request, whole.complete) == (1, True)
    assert whole.answers[0].digits is alone.answers[0].digits
    assert whole.answers[0].layers[-1].values.shape == (10,)
    assert whole.answers[0].saliency is not None
    desk.read(2, BAR)
    assert [reading.complete for reading in heard.readings[2:]] == [True]


def test_a_newer_question_waits_for_no_pictures_but_they_come_now_and_then(
    desk: ReadingDesk, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.warm_up()
    moves = iter(range(2, 100))

    def move(reading: Reading) -> None:
        # The pen moves while the answer is on its way to the window.
        desk.newest_request = next(moves)

    desk.answered.connect(move)
    now = 100.0
    monkeypatch.setattr(reading_desk.time, "monotonic", lambda: now)
    desk._pictured_at = now
    for _ in range(3):
        desk.read(desk.newest_request, FULL)
    assert [reading.complete for reading in heard.readings] == [False, False, False]
    now += 1.01 * reading_desk.PICTURES_LATEST_S
    desk.read(desk.newest_request, FULL)
    assert [reading.complete for reading in heard.readings[3:]] == [False, True]


def test_a_drawing_that_is_asked_again_is_not_prepared_again(
    desk: ReadingDesk, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.warm_up()
    desk.read(1, FULL)
    desk.read(2, BAR)
    assert heard.readings[-1].preparation is heard.readings[0].preparation
    desk.read(3, replace(BAR, pen=BAR.pen + 1))
    assert heard.readings[-1].preparation is not heard.readings[0].preparation
