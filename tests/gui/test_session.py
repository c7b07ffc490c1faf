"""The session with its real threads and data: every state, every way between them, and clicks in any order."""

from __future__ import annotations

import random
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnviz.core.datasets.files import MIRROR_VARIABLE
from nnviz.core.datasets.mnist import Mnist
from nnviz.core.datasets.web_stream import ANSWER_TIMEOUT_S
from nnviz.core.ink import DIGITS_8X8, MNIST
from nnviz.core.mailbox import Mail
from nnviz.core.presets import PRESETS
from nnviz.core.probes import ProbeContext
from nnviz.core.reader import bundled_project
from nnviz.core.reading import Answer, Question
from nnviz.core.snapshot import Progress
from nnviz.core.training.optimisers.gradient_descent import GradientDescent
from nnviz.gui import worker as worker_module
from nnviz.gui.document import Project
from nnviz.gui.frame_clock import FrameClock
from nnviz.gui.session import Session, SessionState
from tests.gui.training import (
    BAR,
    CIRCLES_PER_EPOCH,
    ENDLESS,
    NeverLoaded,
    Notes,
    NotingClock,
    circles,
    digits,
    diverging,
    linear,
    never_loaded,
    plain_history,
    plain_trainer,
)

STARTING, IDLE, LOADING, TRAINING, PAUSED = SessionState


@pytest.fixture
def session(qapp: QApplication) -> Iterator[Session]:
    session = Session()
    yield session
    session.shut_down()


@pytest.fixture
def notes(session: Session) -> Notes:
    return Notes(session)


@pytest.fixture
def clock(session: Session) -> NotingClock:
    return NotingClock(session)


def wait_for(qtbot: QtBot, session: Session, *states: SessionState) -> None:
    qtbot.waitUntil(lambda: session.state in states)


def train(qtbot: QtBot, session: Session, project: Project) -> None:
    """Train to the end, or until something goes wrong."""
    session.train(project)
    wait_for(qtbot, session, IDLE)


def ask(qtbot: QtBot, session: Session, notes: Notes, question: Question = BAR) -> Answer:
    number = session.read(question)
    qtbot.waitUntil(lambda: bool(notes.readings) and notes.readings[-1].request == number)
    return notes.readings[-1].answers[0]


def steps_of(clock: NotingClock) -> list[int]:
    return clock.history().steps.tolist()


def some_steps(qtbot: QtBot, clock: NotingClock, more_than: int = 0) -> None:
    qtbot.waitUntil(lambda: clock.curves.loss.last_step > more_than)


def training_thread_is_through(qtbot: QtBot, session: Session) -> None:
    """Whatever was asked of the training thread before is done when this returns."""
    with qtbot.waitSignal(session.mail_posted):
        session.set_visible_probes({})


# A run


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


# Loading


def test_stop_gives_up_loading(qtbot: QtBot, session: Session, notes: Notes) -> None:
    with qtbot.waitSignal(session.loading_progressed) as told:
        session.train(never_loaded())
    assert told.args == ["Waiting", 1, 2]
    session.stop()
    assert session.state is IDLE
    assert NeverLoaded.left.wait(60)
    train(qtbot, session, circles())
    assert notes.failures == []
    assert notes.runs == [circles()]


def test_reset_gives_up_loading(qtbot: QtBot, session: Session, notes: Notes) -> None:
    session.train(never_loaded())
    assert NeverLoaded.entered.wait(60)
    session.reset()
    assert session.state is IDLE
    assert NeverLoaded.left.wait(60)
    train(qtbot, session, circles())
    assert notes.failures == []


def test_what_is_given_up_stays_given_up_when_something_else_is_trained_at_once(
    qtbot: QtBot, session: Session, notes: Notes
) -> None:
    session.train(never_loaded())
    assert NeverLoaded.entered.wait(60)
    session.stop()
    session.train(circles())
    wait_for(qtbot, session, IDLE)
    assert notes.runs == [circles()]


def test_the_last_network_answers_while_and_after_loading_is_given_up(
    qtbot: QtBot, session: Session, notes: Notes, clock: NotingClock
) -> None:
    train(qtbot, session, digits())
    session.train(never_loaded())
    assert session.project_under_way == never_loaded()
    assert ask(qtbot, session, notes).network == "Small digit reader"
    session.stop()
    assert session.project_under_way == digits()
    assert ask(qtbot, session, notes).network == "Small digit reader"
    assert len(steps_of(clock)) == 40


def test_data_that_cannot_be_had_is_told_once_and_the_session_stays_usable(
    qtbot: QtBot, session: Session, notes: Notes, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        monkeypatch.setenv(MIRROR_VARIABLE, f"http://127.0.0.1:{free.getsockname()[1]}")
    preset = PRESETS["mlp"]
    session.train(Project(preset.title, preset.network, preset.dataset, preset.training))
    wait_for(qtbot, session, IDLE)
    assert notes.data_failures == notes.failures
    assert "MNIST" in notes.failures[0].sentence
    assert notes.failures[0].details == ""
    train(qtbot, session, circles())


# Clicks in any order


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
        lambda: session.set_visible_probes({"weights": _first_weights}),
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


def _first_weights(context: ProbeContext) -> Mapping[str, Any]:
    return {"weight": next(iter(context.parameters(name) for name in context.layer_names if "dense" in name))["weight"]}


# Closing


@pytest.mark.parametrize("moment", ["unused", "starting", "loading", "training", "paused", "ended", "probing"])
def test_closing_at_any_moment_is_clean(qtbot: QtBot, qapp: QApplication, moment: str) -> None:
    session = Session()
    clock = FrameClock(session)
    if moment in ("starting", "probing"):
        session.warm_up()
        session.set_visible_probes({"weights": _first_weights})
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


# Drawings


def test_the_bundled_network_answers_before_any_run(qtbot: QtBot, session: Session, notes: Notes) -> None:
    session.warm_up()
    answer = ask(qtbot, session, notes)
    assert answer.classes[answer.best] == "1"
    assert answer.digits[0].sum() == pytest.approx(1)
    assert answer.bundled
    assert answer.steps > 0


def test_a_drawing_is_answered_while_training_is_under_way(
    qtbot: QtBot, session: Session, notes: Notes, clock: NotingClock
) -> None:
    session.train(digits(epochs=ENDLESS))
    some_steps(qtbot, clock)
    assert session.recipe == DIGITS_8X8
    first, second = (ask(qtbot, session, notes) for _ in range(2))
    assert session.state is TRAINING
    assert first.network == "Small digit reader"
    assert 0 < first.steps <= second.steps


def test_of_many_drawings_the_newest_is_answered_and_few_others(
    qtbot: QtBot, session: Session, notes: Notes, clock: NotingClock
) -> None:
    session.train(digits(epochs=ENDLESS))
    some_steps(qtbot, clock)
    numbers = [session.read(BAR) for _ in range(20)]
    qtbot.waitUntil(lambda: bool(notes.readings) and notes.readings[-1].request == numbers[-1])
    assert session.state is TRAINING
    # Those that the desk had begun with before the next one was asked.
    assert len(notes.readings) < len(numbers)


def test_a_network_that_learns_answers_with_what_it_has_learned_by_now(
    qtbot: QtBot, session: Session, notes: Notes, clock: NotingClock
) -> None:
    session.follow_weights(True)
    session.train(digits(epochs=ENDLESS))
    some_steps(qtbot, clock)
    first = ask(qtbot, session, notes).steps
    qtbot.waitUntil(lambda: ask(qtbot, session, notes).steps > first)
    session.pause()
    wait_for(qtbot, session, PAUSED)
    assert ask(qtbot, session, notes).steps == session._worker._trainer.step  # type: ignore[union-attr]


def test_two_networks_read_the_same_drawing(qtbot: QtBot, session: Session, notes: Notes) -> None:
    train(qtbot, session, digits())
    session.compare_with(bundled_project())
    session.read(BAR)
    qtbot.waitUntil(lambda: bool(notes.readings))
    first, second = notes.readings[-1].answers
    assert (first.network, first.bundled) == ("Small digit reader", False)
    assert second.network == bundled_project().title
    session.compare_with(None)
    number = session.read(BAR)
    qtbot.waitUntil(lambda: notes.readings[-1].request == number)
    assert len(notes.readings[-1].answers) == 1


def test_points_leave_drawings_to_the_bundled_network(
    qtbot: QtBot, session: Session, notes: Notes, clock: NotingClock
) -> None:
    session.warm_up()
    session.train(circles(epochs=ENDLESS))
    some_steps(qtbot, clock)
    assert session.recipe == MNIST
    answer = ask(qtbot, session, notes)
    assert answer.classes[answer.best] == "1"
    assert answer.network != "Small classifier"


def test_everyone_hears_when_another_network_answers(qtbot: QtBot, session: Session) -> None:
    recipes: list[object] = []
    session.recipe_changed.connect(recipes.append)
    session.step_batch(digits())
    wait_for(qtbot, session, PAUSED)
    assert recipes == [DIGITS_8X8]
    session.reset()
    assert recipes == [DIGITS_8X8, MNIST]


# Divergence


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


# Probes, curves, progress


def test_a_probe_that_fails_is_told_once_and_training_goes_on(
    qtbot: QtBot, session: Session, notes: Notes, clock: NotingClock
) -> None:
    def bad(context: ProbeContext) -> Mapping[str, Any]:
        raise ZeroDivisionError("no such picture")

    seen: list[Mail] = []
    clock.mail_arrived.connect(seen.append)
    session.set_visible_probes({"bad": bad, "weights": _first_weights})
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
        session.set_visible_probes({"weights": _first_weights})
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
