"""The session with its real threads and data: a run from its beginning to its end, or to where it diverges."""

from __future__ import annotations

import threading
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from nnviz.core.ink import MNIST
from nnviz.core.training.optimisers.gradient_descent import GradientDescent
from nnviz.gui import worker as worker_module
from nnviz.gui.document import Project
from nnviz.gui.session import Session, SessionState
from tests.gui.real_session import ask, some_steps, steps_of, train, training_thread_is_through, wait_for
from tests.gui.training import CIRCLES_PER_EPOCH, ENDLESS, Notes, NotingClock, circles, digits, diverging, linear

STARTING, IDLE, LOADING, TRAINING, PAUSED = SessionState


def test_warming_up_makes_the_session_ready(qtbot: QtBot, session: Session, notes: Notes) -> None:
    assert session.state is STARTING
    assert session.device_choices() == [("auto", "Automatic")]
    with qtbot.waitSignal(session.devices_changed):
        session.warm_up()
    assert session.state is IDLE
    assert ("cpu", "CPU") in session.device_choices()
    assert notes.failures == []


def test_a_run_trains_to_its_end(qtbot: QtBot, session: Session, notes: Notes, clock: NotingClock) -> None:
    project = circles(epochs=2)
    train(qtbot, session, project)
    assert notes.states == [LOADING, TRAINING, IDLE]
    assert notes.runs == [project]
    assert session.run_project == project
    assert session.run_steps == 2 * CIRCLES_PER_EPOCH
    assert notes.sentences[-1].startswith("Finished: 38 steps in ")
    assert steps_of(clock) == list(range(1, 39))
    assert clock.curves.validation.validation_steps.tolist() == [19, 38]


def test_it_can_be_trained_before_torch_is_loaded(qtbot: QtBot, session: Session, clock: NotingClock) -> None:
    session.warm_up()
    train(qtbot, session, circles())
    assert steps_of(clock) == list(range(1, 39))


def test_training_again_starts_anew(qtbot: QtBot, session: Session, notes: Notes, clock: NotingClock) -> None:
    train(qtbot, session, circles())
    first = clock.history()
    train(qtbot, session, circles())
    again = clock.history()
    np.testing.assert_array_equal(first.loss, again.loss)
    assert notes.states == [LOADING, TRAINING, IDLE] * 2


def test_each_run_counts_its_own_seconds(qtbot: QtBot, session: Session, notes: Notes) -> None:
    train(qtbot, session, linear(steps=3000))
    train(qtbot, session, circles(steps=1))
    assert notes.sentences[-1] == "Finished: 1 steps in 0.0 s of training."


def test_pausing_and_going_on_loses_nothing(qtbot: QtBot, session: Session, notes: Notes, clock: NotingClock) -> None:
    session.train(circles(epochs=ENDLESS))
    some_steps(qtbot, clock)
    session.pause()
    wait_for(qtbot, session, PAUSED)
    at = clock.curves.loss.last_step
    assert notes.sentences[-1] == f"Paused after step {at:,}."
    training_thread_is_through(qtbot, session)
    assert clock.curves.loss.last_step == at
    session.train(circles())
    assert session.state is TRAINING
    some_steps(qtbot, clock, more_than=at)
    session.stop()
    wait_for(qtbot, session, IDLE)
    assert steps_of(clock) == list(range(1, clock.curves.loss.last_step + 1))
    assert notes.sentences[-1] == f"Stopped after step {clock.curves.loss.last_step:,}."


def test_a_paused_run_goes_on_with_what_it_began_with(qtbot: QtBot, session: Session) -> None:
    session.step_batch(circles())
    wait_for(qtbot, session, PAUSED)
    session.train(digits())
    wait_for(qtbot, session, IDLE)
    assert session.run_project == circles()


def test_a_step_is_exactly_one_batch(qtbot: QtBot, session: Session, notes: Notes, clock: NotingClock) -> None:
    for number in (1, 2, 3):
        session.step_batch(circles())
        wait_for(qtbot, session, PAUSED)
        assert steps_of(clock) == list(range(1, number + 1))
        assert notes.sentences[-1] == f"Step {number} is done (epoch 1 of 2)."


def test_a_step_brings_the_validation_that_is_due_and_trains_a_batch_each_time(
    qtbot: QtBot, session: Session, clock: NotingClock
) -> None:
    # One batch is an epoch, and its validation data takes several pieces of work.
    project = linear(steps=3, batch_size=10_000)
    for number in (1, 2):
        session.step_batch(project)
        wait_for(qtbot, session, PAUSED)
        assert steps_of(clock) == list(range(1, number + 1))
        assert clock.curves.validation.validation_steps.tolist() == list(range(1, number + 1))
    session.step_batch(project)
    wait_for(qtbot, session, IDLE)
    assert clock.curves.validation.validation_steps.tolist() == [1, 2, 3]


def test_an_epoch_is_exactly_one_epoch_with_its_validation(qtbot: QtBot, session: Session, clock: NotingClock) -> None:
    session.step_epoch(circles(epochs=3))
    wait_for(qtbot, session, PAUSED)
    assert steps_of(clock) == list(range(1, 20))
    assert clock.curves.validation.validation_steps.tolist() == [19]
    session.step_batch(circles())
    wait_for(qtbot, session, PAUSED)
    session.step_epoch(circles())
    wait_for(qtbot, session, PAUSED)
    assert steps_of(clock) == list(range(1, 39))
    assert clock.curves.validation.validation_steps.tolist() == [19, 38]
    session.step_epoch(circles())
    wait_for(qtbot, session, IDLE)
    assert steps_of(clock) == list(range(1, 58))


def test_stopping_waits_for_one_batch_at_most(
    qtbot: QtBot, session: Session, notes: Notes, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nnviz.core.training.trainer import Trainer

    inside, permits = threading.Event(), threading.Semaphore(0)
    train_batch = Trainer._train_batch

    def gated(trainer: Trainer) -> Any:
        inside.set()
        assert permits.acquire(timeout=60)
        return train_batch(trainer)

    monkeypatch.setattr(Trainer, "_train_batch", gated)
    monkeypatch.setattr(worker_module, "SLICE_S", 0.0)
    session.train(circles(epochs=ENDLESS))
    wait_for(qtbot, session, TRAINING)
    assert inside.wait(60)
    session.stop()
    permits.release()
    wait_for(qtbot, session, IDLE)
    assert notes.sentences[-1] == "Stopped after step 1."


def test_the_network_of_a_stopped_run_stays_to_be_asked(
    qtbot: QtBot, session: Session, notes: Notes, clock: NotingClock
) -> None:
    session.train(digits(epochs=ENDLESS))
    some_steps(qtbot, clock)
    session.stop()
    wait_for(qtbot, session, IDLE)
    answer = ask(qtbot, session, notes)
    assert (answer.network, answer.steps) == ("Small digit reader", clock.curves.loss.last_step)


def test_reset_forgets_the_run(qtbot: QtBot, session: Session, notes: Notes, clock: NotingClock) -> None:
    session.warm_up()
    session.train(digits(epochs=ENDLESS))
    some_steps(qtbot, clock)
    with qtbot.waitSignal(session.run_forgotten):
        session.reset()
    assert session.state is IDLE
    assert session.run_project is None
    assert session.recipe == MNIST
    assert steps_of(clock) == []
    # What the training thread measured until it heard of the reset must not come back.
    assert ask(qtbot, session, notes).network != "Small digit reader"
    clock.take_mail()
    assert steps_of(clock) == []
    assert notes.failures == []


def test_a_network_with_a_fault_is_refused_with_its_sentence(session: Session, notes: Notes) -> None:
    faulty = Project("Faulty", digits().network, circles().dataset, circles().training)
    session.train(faulty)
    assert len(notes.failures) == 1
    assert session.state is STARTING


def test_a_run_that_cannot_begin_leaves_the_last_network_answering(
    qtbot: QtBot, session: Session, notes: Notes
) -> None:
    train(qtbot, session, digits())
    session.set_device("abacus")
    session.train(circles())
    wait_for(qtbot, session, IDLE)
    assert "abacus" in notes.failures[-1].sentence
    assert notes.data_failures == []
    assert ask(qtbot, session, notes).network == "Small digit reader"
    session.set_device("auto")
    train(qtbot, session, circles())


def test_a_run_that_diverges_ends_with_a_sentence_and_finite_curves(
    qtbot: QtBot, session: Session, notes: Notes, clock: NotingClock
) -> None:
    train(qtbot, session, diverging())
    sentence = notes.failures[0].sentence
    last = clock.curves.loss.last_step
    assert f"at step {last + 1}:" in sentence
    assert "smaller learning rate (it was 10)" in sentence
    assert notes.failures[0].details == ""
    assert np.isfinite(clock.history().loss).all()
    assert notes.data_failures == []
    train(qtbot, session, circles())
    assert len(notes.failures) == 1


@pytest.mark.parametrize("click", ["pause", "stop", "reset"])
def test_a_divergence_that_a_click_discovers_leaves_nothing_stuck(
    qtbot: QtBot, session: Session, notes: Notes, click: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # No look at the loss by itself.
    monkeypatch.setattr(worker_module, "LOOK_EVERY_S", 1e12)
    session.train(diverging())
    wait_for(qtbot, session, TRAINING)
    qtbot.waitUntil(lambda: session._worker._trainer.step > 200)
    assert session.state is TRAINING
    getattr(session, click)()
    wait_for(qtbot, session, IDLE)
    assert len(notes.failures) == (0 if click == "reset" else 1)
    train(qtbot, session, circles())


def test_a_learning_rate_of_a_thousand_is_survived(qtbot: QtBot, session: Session, notes: Notes) -> None:
    project = linear(optimiser=GradientDescent(learning_rate=1000.0), steps=10**8)
    train(qtbot, session, project)
    assert "it was 1000" in notes.failures[0].sentence
