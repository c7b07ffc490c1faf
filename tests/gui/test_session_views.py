"""What reaches the screen of a training: probes, curves, progress."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from nnviz.core.mailbox import Mail
from nnviz.core.presets import PRESETS
from nnviz.core.probes import ProbeContext
from nnviz.core.snapshot import Progress
from nnviz.gui.document import Project
from nnviz.gui.session import Session, SessionState
from tests.gui.real_session import ask, first_weights, some_steps, steps_of, train, wait_for
from tests.gui.training import BAR, ENDLESS, Notes, NotingClock, circles, digits, linear, plain_trainer

STARTING, IDLE, LOADING, TRAINING, PAUSED = SessionState


def test_a_probe_that_fails_is_told_once_and_training_goes_on(
    qtbot: QtBot, session: Session, notes: Notes, clock: NotingClock
) -> None:
    def bad(context: ProbeContext) -> Mapping[str, Any]:
        raise ZeroDivisionError("no such picture")

    seen: list[Mail] = []
    clock.mail_arrived.connect(seen.append)
    session.set_visible_probes({"bad": bad, "weights": first_weights})
    train(qtbot, session, linear(steps=2000))
    assert notes.sentences[-1].startswith("Finished: 2,000 steps")
    assert len(notes.failures) == 1
    assert "no such picture" in notes.failures[0].sentence
    assert "ZeroDivisionError" in notes.failures[0].details
    snapshots = [mail.snapshots["weights"] for mail in seen if "weights" in mail.snapshots]
    assert snapshots[-1].step == 2000
    assert snapshots[-1].arrays["weight"].shape == (5, 2)
    assert all("bad" not in mail.snapshots for mail in seen)


def test_a_view_that_opens_while_paused_gets_its_picture(qtbot: QtBot, session: Session, clock: NotingClock) -> None:
    session.step_batch(circles())
    wait_for(qtbot, session, PAUSED)
    with qtbot.waitSignal(clock.mail_arrived) as arrived:
        session.set_visible_probes({"weights": first_weights})
    assert arrived.args[0].snapshots["weights"].step == 1


def test_probes_of_hidden_views_are_not_asked(qtbot: QtBot, session: Session, clock: NotingClock) -> None:
    asked: list[int] = []

    def counting(context: ProbeContext) -> Mapping[str, Any]:
        asked.append(context.step)
        return {}

    session.set_visible_probes({"counting": counting})
    session.train(linear(steps=10**6))
    qtbot.waitUntil(lambda: len(asked) > 1)
    session.set_visible_probes({})
    session.pause()
    wait_for(qtbot, session, PAUSED)
    before = len(asked)
    session.train(linear())
    some_steps(qtbot, clock, more_than=clock.curves.loss.last_step)
    session.pause()
    wait_for(qtbot, session, PAUSED)
    assert len(asked) == before


def test_a_slow_screen_loses_no_step(qtbot: QtBot, session: Session, clock: NotingClock) -> None:
    session.train(circles(epochs=ENDLESS))
    some_steps(qtbot, clock)
    before = clock.curves.loss.last_step
    # The window is busy for half a second.
    threading.Event().wait(0.5)
    session.stop()
    wait_for(qtbot, session, IDLE)
    last = clock.curves.loss.last_step
    assert last > before + 20
    assert steps_of(clock) == list(range(1, last + 1))


@pytest.mark.parametrize("steps", [1, 2, 3])
def test_the_last_progress_is_told_whatever_the_frames_were(
    qtbot: QtBot, session: Session, clock: NotingClock, steps: int
) -> None:
    told: list[Progress] = []
    session.progress_changed.connect(told.append)
    for _ in range(steps):
        session.step_batch(circles())
        wait_for(qtbot, session, PAUSED)
    assert (told[-1].step, told[-1].total_steps, told[-1].epoch, told[-1].total_epochs) == (steps, 38, 1, 2)


def test_progress_tells_speed_and_time_left(qtbot: QtBot, session: Session, clock: NotingClock) -> None:
    told: list[Progress] = []
    session.progress_changed.connect(told.append)
    session.train(circles(epochs=ENDLESS))
    qtbot.waitUntil(lambda: bool(told) and told[-1].samples_per_second > 0)
    last = told[-1]
    assert last.seconds_left == pytest.approx((last.total_steps - last.step) * 32 / last.samples_per_second)


def test_the_window_changes_no_weight(qtbot: QtBot, session: Session, notes: Notes, clock: NotingClock) -> None:
    """Bit for bit, with drawings, probes, pauses and steps in between."""
    import torch

    project = digits(epochs=3, seed=7)
    plain = plain_trainer(project)
    for _ in plain.steps():
        pass
    session.set_device("cpu")
    session.warm_up()
    session.set_visible_probes({"outputs": lambda context: {"y": context.outputs(context.data.train.x[:5])}})
    session.step_batch(project)
    wait_for(qtbot, session, PAUSED)
    ask(qtbot, session, notes)
    session.step_epoch(project)
    session.read(BAR)
    wait_for(qtbot, session, PAUSED)
    session.train(project)
    session.read(BAR)
    wait_for(qtbot, session, IDLE)
    trained = session._worker._trainer
    assert trained.step == plain.step == 60
    for name, tensor in plain.model.state_dict().items():
        assert torch.equal(trained.model.state_dict()[name], tensor), name
    expected = plain.take_history()
    np.testing.assert_array_equal(clock.history().loss, expected.loss)
    np.testing.assert_array_equal(clock.curves.validation.validation_accuracy, expected.validation_accuracy)


def test_sequences_beyond_memory_are_a_sentence_and_the_window_goes_on(
    qtbot: QtBot, session: Session, notes: Notes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nnviz.core.datasets.sequences.available_memory", lambda: 16_000_000_000)
    preset = PRESETS["adding_lstm"]
    dataset = preset.dataset.replace(length=5_000, samples=1_000_000)
    network = preset.network.replace(input_shape=dataset.input_shape)
    session.train(Project("Large", network, dataset, preset.training))
    qtbot.waitUntil(lambda: bool(notes.data_failures), timeout=30_000)
    assert "Choose fewer sequences, or shorter ones." in notes.data_failures[0].sentence
    wait_for(qtbot, session, IDLE)
    monkeypatch.setattr("nnviz.core.training.memory_needed.available_memory", lambda: 1_000_000)
    small = dataset.replace(length=100, samples=200)
    session.train(Project("Wide", preset.network, small, preset.training))
    qtbot.waitUntil(lambda: len(notes.failures) > 1, timeout=30_000)
    assert "Choose a smaller batch size, fewer units, or shorter sequences." in notes.failures[-1].sentence
    wait_for(qtbot, session, IDLE)
    # And what fits is trained.
    train(qtbot, session, circles())
    assert notes.runs[-1] == circles()
