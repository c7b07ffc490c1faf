"""The session clicked in any order, and closed at any moment."""

from __future__ import annotations

import random
import socket
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnviz.core.datasets.files import MIRROR_VARIABLE
from nnviz.core.datasets.mnist import Mnist
from nnviz.core.datasets.web_stream import ANSWER_TIMEOUT_S
from nnviz.core.mailbox import Mail
from nnviz.core.presets import PRESETS
from nnviz.gui.document import Project
from nnviz.gui.frame_clock import FrameClock
from nnviz.gui.session import Session, SessionState
from tests.gui.real_session import first_weights, some_steps, steps_of, train, wait_for
from tests.gui.training import (
    BAR,
    ENDLESS,
    NeverLoaded,
    Notes,
    NotingClock,
    circles,
    digits,
    linear,
    never_loaded,
    plain_history,
)

STARTING, IDLE, LOADING, TRAINING, PAUSED = SessionState


def test_a_late_reset_does_not_end_the_run_behind_it(
    qtbot: QtBot, session: Session, notes: Notes, clock: NotingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Given up while its trainer was being built, with another run waiting behind."""
    from nnviz.core.training import trainer

    building, go_on = threading.Event(), threading.Event()
    check_fit = trainer.check_fit

    def gated(*args: Any) -> None:
        building.set()
        assert go_on.wait(60)
        check_fit(*args)

    monkeypatch.setattr(trainer, "check_fit", gated)
    session.train(digits(epochs=ENDLESS))
    qtbot.waitUntil(building.is_set)
    session.stop()
    session.train(circles())
    loaded: list[Any] = []
    session._loader.loaded.connect(lambda job, data: loaded.append(job))
    qtbot.waitUntil(lambda: bool(loaded))
    go_on.set()
    wait_for(qtbot, session, IDLE)
    assert notes.runs == [circles()]
    assert steps_of(clock) == list(range(1, 39))


def test_a_quick_row_of_clicks_ends_where_the_last_one_points(
    qtbot: QtBot, session: Session, notes: Notes, clock: NotingClock
) -> None:
    session.train(digits(epochs=ENDLESS))
    session.stop()
    session.train(linear(steps=10**6))
    session.reset()
    session.train(circles())
    wait_for(qtbot, session, IDLE)
    assert notes.runs == [circles()]
    assert steps_of(clock) == list(range(1, 39))
    np.testing.assert_array_equal(clock.history().loss, plain_history(circles()).loss)


class Checked:
    """Compares the curves on the screen, whenever they change, with those of the run that the session says it is."""

    def __init__(self, session: Session, clock: NotingClock, references: Mapping[str, Any]) -> None:
        self.session, self.clock, self.references = session, clock, references
        clock.mail_arrived.connect(self.on_mail_arrived)

    def on_mail_arrived(self, mail: Mail) -> None:
        self.check()

    def check(self) -> None:
        project, shown = self.session.run_project, self.clock.history()
        if project is None:
            assert len(shown) == 0
            return
        expected = self.references[project.title]
        assert shown.steps.tolist() == list(range(1, len(shown) + 1))
        np.testing.assert_array_equal(shown.loss, expected.loss[: len(shown)])
        measured = len(shown.validation_steps)
        np.testing.assert_array_equal(shown.validation_loss, expected.validation_loss[:measured])


@pytest.fixture(scope="module")
def clicked_projects() -> list[Project]:
    return [circles(epochs=60), digits(epochs=40), linear(steps=1500, validate_every=100)]


@pytest.fixture(scope="module")
def references(clicked_projects: list[Project]) -> dict[str, Any]:
    return {project.title: plain_history(project) for project in clicked_projects}


@pytest.mark.parametrize("seed", range(6))
def test_clicks_in_any_order_never_leave_it_stuck_or_mix_runs(
    qtbot: QtBot,
    session: Session,
    notes: Notes,
    clock: NotingClock,
    clicked_projects: list[Project],
    references: dict[str, Any],
    seed: int,
) -> None:
    checked = Checked(session, clock, references)
    choose = random.Random(seed)
    clicks: list[Callable[[], object]] = [
        session.pause,
        session.stop,
        session.reset,
        lambda: session.read(BAR),
        lambda: session.set_visible_probes({"weights": first_weights}),
        lambda: session.set_visible_probes({}),
        lambda: qtbot.wait(choose.randrange(200)),
    ]
    clicks += [
        lambda kind=kind, project=project: kind(project)
        for kind in (session.train, session.step_batch, session.step_epoch)
        for project in clicked_projects
    ]
    if seed % 2:
        session.warm_up()
    for _ in range(30):
        choose.choice(clicks)()
        if choose.random() < 0.5:
            qtbot.wait(choose.randrange(1, 30))
        checked.check()
    if session.state is LOADING:
        wait_for(qtbot, session, TRAINING, PAUSED, IDLE)
    session.stop()
    wait_for(qtbot, session, IDLE, STARTING)
    train(qtbot, session, circles())
    assert steps_of(clock) == list(range(1, 39))
    assert notes.failures == []


@pytest.mark.parametrize("moment", ["unused", "starting", "loading", "training", "paused", "ended", "probing"])
def test_closing_at_any_moment_is_clean(qtbot: QtBot, qapp: QApplication, moment: str) -> None:
    session = Session()
    clock = FrameClock(session)
    if moment in ("starting", "probing"):
        session.warm_up()
        session.set_visible_probes({"weights": first_weights})
    if moment == "loading":
        session.train(never_loaded())
        assert NeverLoaded.entered.wait(60)
    if moment in ("training", "probing"):
        session.train(digits(epochs=ENDLESS))
        some_steps(qtbot, clock)
    if moment == "paused":
        session.step_batch(digits())
        wait_for(qtbot, session, PAUSED)
    if moment == "ended":
        train(qtbot, session, circles())
    for _ in range(10):
        session.read(BAR)
    threads = (session._training_thread, session._loading_thread, session._reading_thread)
    # A thread that hangs would take for ever.
    session.shut_down()
    assert all(thread.isFinished() for thread in threads)
    # What the threads had still sent arrives at a session that is over.
    qapp.processEvents()


def test_closing_during_a_download_does_not_wait_for_the_server(
    qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = Session()
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(30)
        monkeypatch.setenv(MIRROR_VARIABLE, f"http://127.0.0.1:{server.getsockname()[1]}")
        preset = PRESETS["mlp"]
        session.train(Project(preset.title, preset.network, Mnist(), preset.training))
        connection, _ = server.accept()
        # It never answers.
        began = time.monotonic()
        session.shut_down()
        assert time.monotonic() - began < ANSWER_TIMEOUT_S
        connection.close()
