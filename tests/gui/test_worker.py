"""The worker alone, on this thread: what it sends for each thing it is told."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnviz.core.datasets.base import LoadContext
from nnviz.core.mailbox import Mailbox
from nnviz.core.probes import PacedProbe, Probe, ProbeContext
from nnviz.core.training.optimisers.gradient_descent import GradientDescent
from nnviz.gui.document import Project
from nnviz.gui.jobs import TrainingJob
from nnviz.gui.screen_turn import LONGEST_S, ScreenTurn
from nnviz.gui.worker import Worker
from tests.gui.training import ENDLESS, circles, digits


class Heard:
    """Everything that a worker sent, in order: the signal's name and its words."""

    def __init__(self, worker: Worker) -> None:
        self.words: list[tuple[str, tuple[Any, ...]]] = []
        names = ["ready", "collected", "run_began", "run_paused", "run_ended", "network_stands", "weights_moved"]
        for name in (*names, "run_failed", "failed"):
            getattr(worker, name).connect(lambda *words, name=name: self.words.append((name, words)))

    def names(self) -> list[str]:
        return [name for name, _ in self.words]

    def last(self, name: str) -> Any:
        return next(words[-1] for said, words in reversed(self.words) if said == name)


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def worker(qapp: QApplication, mailbox: Mailbox) -> Iterator[Worker]:
    worker = Worker(mailbox, ScreenTurn())
    yield worker
    worker.pause()
    worker.stop()


@pytest.fixture
def heard(worker: Worker) -> Heard:
    return Heard(worker)


def begin(worker: Worker, project: Project, number: int = 1, stop_after: str = "") -> None:
    worker.newest_job = number
    worker.begin(TrainingJob(number, project, project.dataset.load(LoadContext()), "cpu", stop_after))


def test_its_thread_takes_numbers_too_small_for_their_digits_as_zero(worker: Worker, heard: Heard) -> None:
    import torch

    torch.set_flush_denormal(False)
    worker.warm_up()
    assert heard.names() == ["ready"]
    assert float(torch.full((4,), 1e-40)[0] * 0.5) == 0


def test_each_word_of_a_run_bears_its_number(qtbot: QtBot, worker: Worker, heard: Heard) -> None:
    begin(worker, circles(), number=7, stop_after="batch")
    qtbot.waitUntil(lambda: "run_paused" in heard.names())
    worker.go_on("")
    qtbot.waitUntil(lambda: "run_ended" in heard.names())
    told = [(name, words[0]) for name, words in heard.words if name in ("run_paused", "run_ended")]
    assert told == [("run_paused", 7), ("run_ended", 7)]
    given = [words[0].number for name, words in heard.words if name in ("network_stands", "weights_moved")]
    assert set(given) == {7}


@pytest.mark.parametrize("device", ["cpu", "another"])
def test_only_a_training_on_the_windows_own_processor_waits_for_it(
    qtbot: QtBot, worker: Worker, heard: Heard, device: str
) -> None:
    turn = worker._screen_turn
    begin(worker, circles(), stop_after="batch")
    qtbot.waitUntil(lambda: "run_paused" in heard.names())
    assert worker._trainer is not None
    worker._trainer.device = device
    turn.want()
    began = time.perf_counter()
    with qtbot.waitSignal(worker.turn_given):
        worker._let_window_draw()
    waited = time.perf_counter() - began
    assert waited >= 0.9 * LONGEST_S if device == "cpu" else waited < 0.5 * LONGEST_S
    assert not turn.is_wanted


def test_a_run_that_stops_early_says_why(qtbot: QtBot, worker: Worker, heard: Heard, mailbox: Mailbox) -> None:
    # Steps so small that no weight changes: the second measurement is no lower than the first.
    still = {"optimiser": GradientDescent(learning_rate=1e-30), "early_stopping": 1, "epochs": ENDLESS}
    begin(worker, circles(**still))
    qtbot.waitUntil(lambda: "run_ended" in heard.names())
    assert heard.last("run_ended") == (
        "Stopped early after step 38: the validation loss has not fallen for 1 measurement."
    )
    mail = mailbox.take(1)
    assert mail.progress is not None
    assert mail.progress.step == 38
    worker.go_on("")
    assert heard.names().count("run_ended") == 1


def test_nothing_to_pause_stop_or_go_on_with_is_no_error(worker: Worker, heard: Heard) -> None:
    worker.pause()
    worker.stop()
    worker.go_on("")
    worker.forget(3)
    assert heard.words == []


def test_a_job_that_is_not_wanted_any_more_is_not_begun(worker: Worker, heard: Heard) -> None:
    project = circles()
    worker.newest_job = 2
    worker.begin(TrainingJob(1, project, project.dataset.load(LoadContext()), "cpu"))
    assert heard.words == []


def test_only_what_is_old_enough_is_forgotten(qtbot: QtBot, worker: Worker, heard: Heard, mailbox: Mailbox) -> None:
    begin(worker, digits(), number=5, stop_after="batch")
    qtbot.waitUntil(lambda: "run_paused" in heard.names())
    worker.forget(4)
    worker.collect("kept")
    worker.forget(5)
    worker.collect("forgotten")
    kept, forgotten = (words for name, words in heard.words if name == "collected")
    assert kept[1].title == "Small digit reader"
    assert forgotten == ("forgotten", None)


def test_the_network_is_given_away_as_a_copy_when_it_stands_and_when_it_rests(
    qtbot: QtBot, worker: Worker, heard: Heard
) -> None:
    begin(worker, digits(), number=3, stop_after="batch")
    qtbot.waitUntil(lambda: "run_paused" in heard.names())
    stands, moved = heard.last("network_stands"), heard.last("weights_moved")
    assert (stands.number, stands.file.numbers["step"]) == (3, 0)
    assert (moved.number, moved.weights.step) == (3, 1)
    before, after = stands.file.weights["dense_1.weight"], moved.weights.arrays["dense_1.weight"]
    assert np.abs(after - before).max() > 0
    kept = after.copy()
    worker.go_on("")
    qtbot.waitUntil(lambda: "run_ended" in heard.names())
    np.testing.assert_array_equal(after, kept)


def test_weights_are_copied_while_training(qtbot: QtBot, worker: Worker, heard: Heard) -> None:
    begin(worker, digits(epochs=ENDLESS))
    worker.weights_wanted = True
    qtbot.waitUntil(lambda: heard.names().count("weights_moved") > 1)


def test_an_unexpected_error_in_training_ends_the_run_with_its_traceback(
    qtbot: QtBot, worker: Worker, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nnviz.core.training.trainer import Trainer

    def broken(trainer: Trainer) -> Any:
        raise ZeroDivisionError("by nought")

    begin(worker, circles(), stop_after="batch")
    qtbot.waitUntil(lambda: "run_paused" in heard.names())
    with monkeypatch.context() as patch:
        patch.setattr(Trainer, "_train_batch", broken)
        worker.go_on("")
        qtbot.waitUntil(lambda: "run_failed" in heard.names())
    failure = heard.last("run_failed")
    assert failure.sentence == "Something unexpected went wrong: by nought"
    assert "ZeroDivisionError" in failure.details
    begin(worker, circles(), number=2)
    qtbot.waitUntil(lambda: "run_ended" in heard.names())


def test_what_nobody_could_follow_is_asked_less_often(qtbot: QtBot, worker: Worker) -> None:
    asked = {"always": 0, "now and then": 0}

    def probe(name: str) -> Probe:
        def ask(context: ProbeContext) -> Mapping[str, Any]:
            asked[name] += 1
            return {}

        return ask

    worker.set_probes({"always": probe("always"), "now and then": PacedProbe(probe("now and then"), 10.0)})
    begin(worker, circles(epochs=ENDLESS))
    qtbot.waitUntil(lambda: asked["always"] >= 8)
    assert 1 <= asked["now and then"] <= 2


def test_pictures_that_cross_are_copies_that_nobody_can_write_to(
    qtbot: QtBot, worker: Worker, heard: Heard, mailbox: Mailbox
) -> None:
    begin(worker, circles(), stop_after="batch")
    qtbot.waitUntil(lambda: "run_paused" in heard.names())
    worker.set_probes({"weights": lambda context: context.parameters("dense_1")})
    weights = mailbox.take(1).snapshots["weights"].arrays["weight"]
    assert weights.shape == (8, 2)
    assert not weights.flags.writeable
    before = weights.copy()
    worker.go_on("")
    qtbot.waitUntil(lambda: "run_ended" in heard.names())
    np.testing.assert_array_equal(weights, before)
