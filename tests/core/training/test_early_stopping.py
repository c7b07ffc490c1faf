"""When training ends before its last step, and with which weights."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
import torch

from nnviz.core.datasets.base import Dataset
from nnviz.core.layers.batch_norm import BatchNorm
from nnviz.core.layers.dense import Dense
from nnviz.core.layers.dropout import Dropout
from nnviz.core.layers.relu import ReLU
from nnviz.core.network import NetworkSpec
from nnviz.core.shape import Shape
from nnviz.core.training.checkpoint import restore_checkpoint, save_checkpoint, weights_of
from nnviz.core.training.metrics import Evaluation
from nnviz.core.training.problems import TrainingError
from nnviz.core.training.spec import TrainingSpec
from nnviz.core.training.trainer import Trainer

NETWORK = NetworkSpec(
    input_shape=Shape((2,)), layers=(Dense(units=6), BatchNorm(), ReLU(), Dropout(rate=0.2), Dense(units=2))
)
# 20 samples in batches of 5 are 4 steps an epoch; measured after every second one.
TRAINING = TrainingSpec(batch_size=5, epochs=5, validate_every=2, early_stopping=3, seed=2)


class Told(Trainer):
    """A trainer whose validation losses are told beforehand; remembers the weights at each measurement."""

    def __init__(self, losses: list[float], training: TrainingSpec, data: Dataset) -> None:
        super().__init__(NETWORK, training, data, "cpu")
        self.losses = [float(loss) for loss in losses]
        self.seen: dict[int, dict[str, Any]] = {}

    def _evaluation(self, data: Any) -> Iterator[int]:
        yield 6
        self.seen[self.step] = weights_of(self.model)
        return Evaluation(self.losses[self.step // 2 - 1], 0.5, 6)

    def train(self) -> list[tuple[int, str]]:
        return [(step.number, step.phase) for step in self.steps()]


def same(first: dict[str, Any], second: dict[str, Any]) -> bool:
    return first.keys() == second.keys() and all(np.array_equal(first[name], second[name]) for name in first)


@pytest.mark.parametrize(
    ("losses", "patience", "ends", "best"),
    [
        ([5, 4, 3, 2, 1, 0.9, 0.8, 0.7, 0.6, 0.5], 3, 20, 20),
        ([5, 4, 4, 4, 4], 3, 10, 4),
        ([5, 6, 7, 8], 3, 8, 2),
        ([5, 6, 7, 4, 6, 7, 5], 3, 14, 8),
        ([5, 6], 1, 4, 2),
        ([5, 6, 7, 8, 9, 10, 11, 12, 13, 14], 0, 20, 2),
        ([5, math.nan, math.inf, math.nan], 3, 8, 2),
        ([math.nan, math.nan, 3, 4, 5, 6], 3, 12, 6),
        ([9, 8, 7, 6, 5, 4, 3, 4, 5, 6], 3, 20, 14),
    ],
)
def test_training_ends_when_the_loss_has_not_fallen_for_long(
    points: Dataset, losses: list[float], patience: int, ends: int, best: int
) -> None:
    trainer = Told(losses, TRAINING.replace(early_stopping=patience), points)
    pieces = trainer.train()
    assert trainer.finished
    assert (trainer.step, trainer.validated_at, trainer.best.step) == (ends, ends, best)
    assert [number for number, phase in pieces if phase == "train"] == list(range(1, ends + 1))
    assert trainer.total_steps == 20
    assert not trainer.validation_is_due
    assert list(trainer.steps()) == []
    assert trainer.weights_step == ends


def test_it_says_why_it_ended(points: Dataset) -> None:
    early = Told([5, 6, 7, 8], TRAINING, points)
    assert early.ended_because == ""
    early.train()
    assert early.ended_because == "Stopped early after step 8: the validation loss has not fallen for 3 measurements."
    once = Told([5, 6], TRAINING.replace(early_stopping=1, keep_best=True), points)
    once.train()
    assert once.ended_because == (
        "Stopped early after step 4: the validation loss has not fallen for 1 measurement. "
        "The weights of step 2, with the lowest validation loss, are back."
    )
    at_the_end = Told([5, 3, 4, 5, 4, 5, 4, 5, 4, 5], TRAINING.replace(early_stopping=0, keep_best=True), points)
    at_the_end.train()
    assert at_the_end.ended_because == "The weights of step 4, with the lowest validation loss, are back."
    ordinary = Told([9, 8, 7, 6, 5, 4, 3, 2, 1, 0], TRAINING.replace(keep_best=True), points)
    ordinary.train()
    assert ordinary.ended_because == ""


def test_the_best_weights_and_buffers_come_back(points: Dataset) -> None:
    trainer = Told([5, 4, 6, 7, 8], TRAINING.replace(keep_best=True), points)
    trainer.train()
    assert (trainer.step, trainer.weights_step) == (10, 4)
    assert same(weights_of(trainer.model), trainer.seen[4])
    assert not same(trainer.seen[4], trainer.seen[10])
    assert int(trainer.model.batch_norm_1.num_batches_tracked) == 4


def test_without_keep_best_the_last_weights_stay(points: Dataset) -> None:
    trainer = Told([5, 4, 6, 7, 8], TRAINING, points)
    trainer.train()
    assert same(weights_of(trainer.model), trainer.seen[10])
    assert trainer.best.weights == {}


def test_a_best_last_measurement_keeps_what_is_there(points: Dataset) -> None:
    trainer = Told([5, 4, 6, 7, 3], TRAINING.replace(epochs=1, steps=10, keep_best=True), points)
    trainer.train()
    assert (trainer.weights_step, trainer.best.is_back) == (10, False)
    assert same(weights_of(trainer.model), trainer.seen[10])


def test_real_losses_put_back_the_lowest_one(points: Dataset) -> None:
    training = TrainingSpec(batch_size=5, steps=60, validate_every=3, keep_best=True, seed=4)
    trainer = Trainer(NETWORK, training, points, "cpu")
    for _ in trainer.steps():
        pass
    history = trainer.take_history()
    lowest = int(np.argmin(history.validation_loss))
    assert trainer.weights_step == history.validation_steps[lowest]
    assert trainer.evaluate(points.validation).loss == pytest.approx(float(history.validation_loss[lowest]), rel=1e-6)


def test_measuring_twice_an_epoch_still_measures_its_end(points: Dataset) -> None:
    trainer = Trainer(NETWORK, TrainingSpec(batch_size=5, epochs=2, validate_every=3), points, "cpu")
    for _ in trainer.steps():
        pass
    assert trainer.take_history().validation_steps.tolist() == [3, 4, 6, 8]


def test_nothing_to_go_by_is_a_sentence(make_points: Callable[..., Dataset]) -> None:
    data = make_points(validation=0)
    with pytest.raises(TrainingError, match="Early stopping goes by the loss on validation data, and Circles has none"):
        Trainer(NETWORK, TRAINING, data, "cpu")
    with pytest.raises(TrainingError, match="Keep best goes by the loss on validation data"):
        Trainer(NETWORK, TRAINING.replace(early_stopping=0, keep_best=True), data, "cpu")


# Resuming


@pytest.mark.parametrize("stop_at", range(1, 19))
def test_a_resumed_run_stops_where_the_unbroken_one_does(points: Dataset, stop_at: int) -> None:
    losses = [5.0, 6, 4, 6, 5, 3, 7, 8, 9]
    training = TRAINING.replace(keep_best=True)
    unbroken = Told(losses, training, points)
    unbroken.train()
    assert (unbroken.step, unbroken.weights_step) == (18, 12)
    first = Told(losses, training, points)
    for step in first.steps():
        if step.number == stop_at:
            break
    point = save_checkpoint(first)
    torch.rand(5)
    second = Told(losses, training, points)
    restore_checkpoint(second, point)
    second.train()
    assert (second.step, second.weights_step, second.ended_because) == (18, 12, unbroken.ended_because)
    assert same(weights_of(unbroken.model), weights_of(second.model))


def test_an_early_end_is_kept_in_the_checkpoint(points: Dataset) -> None:
    trainer = Told([5.0, 6, 7, 8, 1, 2, 3, 4, 5, 6], TRAINING.replace(keep_best=True), points)
    trainer.train()
    again = Told(trainer.losses, trainer.training, points)
    restore_checkpoint(again, save_checkpoint(trainer))
    assert again.finished
    assert again.ended_because == trainer.ended_because != ""
    assert again.train() == []
    patient = Told(trainer.losses, trainer.training.replace(early_stopping=4), points)
    restore_checkpoint(patient, save_checkpoint(trainer))
    assert not patient.finished
    patient.train()
    assert (patient.step, patient.weights_step) == (18, 10)


def test_keeping_the_best_can_be_switched_on_later(points: Dataset) -> None:
    trainer = Told([5.0, 1, 3, 2, 4, 6, 7, 8, 9, 9], TRAINING.replace(early_stopping=0), points)
    for step in trainer.steps():
        if step.number == 5:
            break
    later = Told(trainer.losses, trainer.training.replace(keep_best=True), points)
    restore_checkpoint(later, save_checkpoint(trainer))
    later.train()
    # The weights of step 4 were better, but nobody kept them.
    assert later.weights_step == 8


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("loss", "low"),
        ("loss", math.nan),
        ("loss", True),
        ("step", -1),
        ("step", None),
        ("waited", 1.5),
        ("is_back", "yes"),
    ],
)
def test_a_damaged_best_measurement_is_refused(points: Dataset, name: str, value: Any) -> None:
    training = TRAINING.replace(keep_best=True)
    trainer = Told([5.0] * 10, training, points)
    trainer.train()
    point = save_checkpoint(trainer)
    point.numbers["best"][name] = value
    with pytest.raises(TrainingError, match="training state in the file is damaged"):
        restore_checkpoint(Told([], training, points), point)


def test_damaged_best_weights_are_refused(points: Dataset) -> None:
    training = TRAINING.replace(keep_best=True)
    trainer = Told([5.0] * 10, training, points)
    trainer.train()
    for change in (
        lambda state: state.update({"best.dense_1.bias": np.zeros(2, np.float32)}),
        lambda state: state.pop("best.dense_1.bias"),
        lambda state: state.update({"best.more": np.zeros(2, np.float32)}),
    ):
        point = save_checkpoint(trainer)
        change(point.state)
        with pytest.raises(TrainingError, match=r"damaged: the best weights do not fit the network at "):
            restore_checkpoint(Told([], training, points), point)
    point = save_checkpoint(trainer)
    point.numbers["best"] = [3]
    with pytest.raises(TrainingError, match="says nothing of the best measurement"):
        restore_checkpoint(Told([], training, points), point)


def test_files_of_before_have_no_best_measurement(points: Dataset) -> None:
    trainer = Told([5.0, 4], TRAINING.replace(early_stopping=0), points)
    for step in trainer.steps():
        if step.number == 3:
            break
    point = save_checkpoint(trainer)
    del point.numbers["best"], point.numbers["rates_of"]
    other = Told([5.0, 4, 5, 6, 7], TRAINING, points)
    restore_checkpoint(other, point)
    other.train()
    assert (other.step, other.best.step) == (10, 4)
