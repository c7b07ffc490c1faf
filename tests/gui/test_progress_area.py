from __future__ import annotations

import math

import pytest
from PySide6.QtCore import QAbstractAnimation, QLocale, Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QProgressBar
from pytestqt.qtbot import QtBot

from nnviz.core.snapshot import Progress
from nnviz.gui.progress_area import ProgressArea
from nnviz.gui.session import SessionState
from nnviz.gui.window_context import WindowContext
from tests.gui.fake_session import FakeSession


@pytest.fixture
def area(qtbot: QtBot, context: WindowContext) -> ProgressArea:
    area = ProgressArea(context)
    area.setLocale(QLocale(QLocale.Language.English))
    qtbot.addWidget(area)
    area.resize(600, 40)
    area.show()
    return area


def texts(area: ProgressArea) -> tuple[str, str]:
    return area.findChild(QLabel, "epoch_label").text(), area.findChild(QLabel, "rate_label").text()


def bar(area: ProgressArea) -> QProgressBar:
    return area.findChild(QProgressBar, "progress_bar")


RUNNING = Progress(step=500, total_steps=2000, epoch=2, total_epochs=5, samples_per_second=6312.4, seconds_left=83.4)


def test_says_what_has_not_begun(area: ProgressArea, fake_session: FakeSession) -> None:
    assert texts(area) == ("Not trained yet", "")
    fake_session.become(SessionState.STARTING)
    assert texts(area)[0] == "Getting ready"


def test_says_epoch_speed_and_time_left(area: ProgressArea, fake_session: FakeSession) -> None:
    fake_session.become(SessionState.TRAINING)
    fake_session.progress_changed.emit(RUNNING)
    assert texts(area) == ("Epoch 2 of 5", "6,312 samples/s · 1 min 23 s left")
    assert bar(area).value() / bar(area).maximum() == pytest.approx(0.25)


def test_leaves_the_speed_out_where_there_is_no_room(area: ProgressArea, fake_session: FakeSession) -> None:
    fake_session.become(SessionState.TRAINING)
    fake_session.progress_changed.emit(RUNNING)
    metrics = area.fontMetrics()
    area.resize(metrics.horizontalAdvance("Epoch 2 of 5") + metrics.horizontalAdvance("1 min 23 s left") + 40, 40)
    assert texts(area) == ("Epoch 2 of 5", "1 min 23 s left")
    area.resize(metrics.horizontalAdvance("Epoch 2 of 5") + 20, 40)
    assert texts(area) == ("Epoch 2 of 5", "")


def test_unknown_speed_and_time_are_not_shown(area: ProgressArea, fake_session: FakeSession) -> None:
    fake_session.become(SessionState.TRAINING)
    fake_session.progress_changed.emit(Progress(1, 2000, 1, 5, 0.0, math.nan))
    assert texts(area) == ("Epoch 1 of 5", "")


def test_a_paused_run_says_so_and_a_finished_one_stays(area: ProgressArea, fake_session: FakeSession) -> None:
    fake_session.become(SessionState.TRAINING)
    fake_session.progress_changed.emit(RUNNING)
    fake_session.become(SessionState.PAUSED)
    assert texts(area) == ("Epoch 2 of 5, paused", "Step 500 of 2,000")
    fake_session.become(SessionState.IDLE)
    assert texts(area) == ("Epoch 2 of 5", "Step 500 of 2,000")
    fake_session.run_forgotten.emit()
    assert texts(area) == ("Not trained yet", "")
    assert bar(area).value() == 0


def test_a_download_shows_megabytes_and_can_be_cancelled(
    qtbot: QtBot, area: ProgressArea, fake_session: FakeSession
) -> None:
    cancel = area.findChild(QAbstractButton, "cancel_button")
    assert not cancel.isVisible()
    fake_session.become(SessionState.LOADING)
    assert bar(area).maximum() == 0
    fake_session.loading_progressed.emit("Downloading MNIST", 2_500_000, 10_000_000)
    assert texts(area) == ("Downloading MNIST", "2.5 of 10.0 MB")
    assert bar(area).value() / bar(area).maximum() == pytest.approx(0.25)
    qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    assert fake_session.calls[-1] == ("stop",)
    fake_session.become(SessionState.IDLE)
    assert not cancel.isVisible()


def test_a_download_of_unknown_size_keeps_moving(area: ProgressArea, fake_session: FakeSession) -> None:
    fake_session.become(SessionState.LOADING)
    fake_session.loading_progressed.emit("Downloading MNIST", 2_500_000, 0)
    assert texts(area) == ("Downloading MNIST", "2.5 MB")
    assert bar(area).maximum() == 0


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0 s"), (-3, "0 s"), (59.4, "59 s"), (59.6, "1 min 00 s"), (3599, "59 min 59 s"), (3900, "1 h 05 min")],
)
def test_durations(area: ProgressArea, seconds: float, text: str) -> None:
    assert area.duration(seconds) == text


def test_a_bar_that_was_busy_moves_no_more(
    qtbot: QtBot, area: ProgressArea, fake_session: FakeSession, context: WindowContext
) -> None:
    fake_session.become(SessionState.LOADING)
    qtbot.waitUntil(lambda: bool(bar(area).findChildren(QAbstractAnimation)))
    fake_session.become(SessionState.STARTING)
    # Nothing is done yet: a share of nothing is not painted, and the style would not notice.
    assert bar(area).value() == 0
    qtbot.waitUntil(lambda: not bar(area).findChildren(QAbstractAnimation))
