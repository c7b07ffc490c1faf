"""A run that was stopped and taken up again is the run that never stopped, bit for bit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from nnviz.core.datasets.base import Dataset
from nnviz.core.layers.batch_norm import BatchNorm
from nnviz.core.layers.conv2d import Conv2d
from nnviz.core.layers.dense import Dense
from nnviz.core.layers.dropout import Dropout
from nnviz.core.layers.flatten import Flatten
from nnviz.core.layers.relu import ReLU
from nnviz.core.network import NetworkSpec
from nnviz.core.project import ProjectFile, load_project, save_project
from nnviz.core.shape import Shape
from nnviz.core.snapshot import History
from nnviz.core.training.checkpoint import Checkpoint, load_weights, restore_checkpoint, save_checkpoint, weights_of
from nnviz.core.training.optimisers import OPTIMISERS, OptimiserSpec
from nnviz.core.training.optimisers.adam import Adam
from nnviz.core.training.optimisers.ftrl_proximal import FTRLProximal
from nnviz.core.training.optimisers.gradient_descent import GradientDescent
from nnviz.core.training.optimisers.momentum import Momentum
from nnviz.core.training.problems import TrainingError
from nnviz.core.training.regularisers.base import REGULARISERS
from nnviz.core.training.schedules.base import SCHEDULES, ScheduleSpec
from nnviz.core.training.schedules.cosine import Cosine
from nnviz.core.training.schedules.one_cycle import OneCycle
from nnviz.core.training.schedules.step_decay import StepDecay
from nnviz.core.training.spec import TrainingSpec
from nnviz.core.training.trainer import Trainer

POINTS = NetworkSpec(input_shape=Shape((2,)), layers=(Dense(units=6), ReLU(), Dropout(rate=0.3), Dense(units=2)))
IMAGES = NetworkSpec(
    input_shape=Shape((1, 8, 8)),
    layers=(
        Conv2d(filters=3),
        BatchNorm(),
        ReLU(),
        Conv2d(filters=4),
        Flatten(),
        Dropout(rate=0.4),
        Dense(units=10),
    ),
)
# 20 samples in batches of 6 are 4 steps an epoch, so 10 steps end in the middle of the third.
TWENTY = TrainingSpec(batch_size=6, steps=20, validate_every=5, seed=9)
HUNDRED = TWENTY.replace(steps=100)

Keep = Callable[[Checkpoint], Checkpoint]


def run(trainer: Trainer, until: int) -> History:
    for step in trainer.steps():
        if step.number >= until and (step.phase == "train" or trainer.step % 5):
            break
    return trainer.take_history()


def assert_same(first: Trainer, second: Trainer) -> None:
    one, other = save_checkpoint(first), save_checkpoint(second)
    assert one.numbers == other.numbers
    for mine, theirs in ((one.weights, other.weights), (one.state, other.state)):
        assert mine.keys() == theirs.keys()
        for name, array in mine.items():
            assert array.dtype == theirs[name].dtype
            assert array.tobytes() == theirs[name].tobytes(), name


@pytest.fixture(params=["in memory", "in a file"])
def keep(request: pytest.FixtureRequest, tmp_path: Path, points: Dataset) -> Keep:
    def through_file(point: Checkpoint) -> Checkpoint:
        path = tmp_path / "run.nnviz"
        project = ProjectFile("Run", POINTS, points.spec, TWENTY)
        save_project(path, replace(project, weights=point.weights, state=point.state, numbers=point.numbers))
        back = load_project(path)
        return Checkpoint(back.weights, back.state, back.numbers)

    return through_file if request.param == "in a file" else lambda point: point


@pytest.mark.parametrize("schedule", SCHEDULES)
@pytest.mark.parametrize("optimiser", OPTIMISERS)
def test_twice_fifty_steps_are_a_hundred_with_dropout_and_shuffling(
    optimiser: type[OptimiserSpec], schedule: type[ScheduleSpec], points: Dataset
) -> None:
    training = HUNDRED.replace(optimiser=optimiser(), schedule=schedule())
    unbroken = Trainer(POINTS, training, points, "cpu")
    expected = run(unbroken, 1000)
    first = Trainer(POINTS, training, points, "cpu")
    history = run(first, 50)
    point = save_checkpoint(first)
    second = Trainer(POINTS, training, points, "cpu")
    restore_checkpoint(second, point)
    assert second.step == 50
    assert second.step % second.steps_per_epoch == 2  # in the middle of an epoch
    history += run(second, 1000)
    assert_same(unbroken, second)
    assert second.step == 100
    assert history.loss.tolist() == expected.loss.tolist()


def _everything(**settings: Any) -> list[TrainingSpec]:
    """A training per optimiser, schedule, loss and regulariser, and one with all regularisers at once."""
    base = TrainingSpec(batch_size=12, steps=100, validate_every=5, seed=9, **settings)
    return [
        *(base.replace(optimiser=cls()) for cls in OPTIMISERS),
        base.replace(optimiser=Momentum(nesterov=True)),
        *(base.replace(schedule=cls()) for cls in SCHEDULES),
        *(base.replace(regularisers=(cls(),)) for cls in REGULARISERS),
        base.replace(regularisers=tuple(cls() for cls in REGULARISERS), schedule=Cosine()),
    ]


@pytest.mark.parametrize("training", _everything(early_stopping=15, keep_best=True))
def test_twice_fifty_steps_of_a_convolution_network_are_a_hundred_through_a_file(
    training: TrainingSpec, images: Dataset, tmp_path: Path
) -> None:
    unbroken = Trainer(IMAGES, training, images, "cpu")
    run(unbroken, 1000)
    first = Trainer(IMAGES, training, images, "cpu")
    run(first, 50)
    point = save_checkpoint(first)
    project = ProjectFile("Images", IMAGES, images.spec, training, point.weights, point.state, point.numbers)
    save_project(tmp_path / "images.nnviz", project)
    back = load_project(tmp_path / "images.nnviz")
    assert back.weights["batch_norm_1.num_batches_tracked"].shape == ()
    second = Trainer(back.network, back.training, images, "cpu")
    restore_checkpoint(second, Checkpoint(back.weights, back.state, back.numbers))
    run(second, 1000)
    assert_same(unbroken, second)
    assert second.weights_step == unbroken.weights_step
    assert second.finished


@pytest.mark.parametrize("stop_at", [1, 4, 10, 19, 20])
@pytest.mark.parametrize("optimiser", [Adam(), FTRLProximal(l1=0.01), Momentum(nesterov=True)])
def test_a_resumed_run_is_the_unbroken_one(optimiser: OptimiserSpec, stop_at: int, points: Dataset, keep: Keep) -> None:
    training = TWENTY.replace(optimiser=optimiser, schedule=OneCycle())
    unbroken = Trainer(POINTS, training, points, "cpu")
    expected = run(unbroken, 1000)
    first = Trainer(POINTS, training, points, "cpu")
    history = run(first, stop_at)
    point = keep(save_checkpoint(first))
    torch.rand(17)  # what happens in between must not matter
    second = Trainer(POINTS, training, points, "cpu")
    restore_checkpoint(second, point)
    assert second.step == stop_at
    history += run(second, 1000)
    assert_same(unbroken, second)
    assert history.loss.tolist() == expected.loss.tolist()
    assert history.validation_steps.tolist() == expected.validation_steps.tolist() == [5, 10, 15, 20]
    assert history.validation_loss.tolist() == expected.validation_loss.tolist()


def test_resuming_before_a_measurement_still_measures(points: Dataset) -> None:
    first = Trainer(POINTS, TWENTY, points, "cpu")
    for step in first.steps():
        if step.number == 5:
            break
    second = Trainer(POINTS, TWENTY, points, "cpu")
    restore_checkpoint(second, save_checkpoint(first))
    assert next(second.steps()).phase == "validate"
    third = Trainer(POINTS, TWENTY, points, "cpu")
    run(second, 5)
    restore_checkpoint(third, save_checkpoint(second))
    assert [step.phase for step, _ in zip(third.steps(), range(2), strict=False)] != ["validate", "validate"]


def test_a_finished_one_cycle_run_can_be_made_longer(points: Dataset) -> None:
    training = TWENTY.replace(optimiser=Adam(learning_rate=0.01), schedule=OneCycle())
    first = Trainer(POINTS, training, points, "cpu")
    run(first, 1000)
    longer = training.replace(steps=40)
    second = Trainer(POINTS, longer, points, "cpu")
    restore_checkpoint(second, save_checkpoint(first))
    unbroken = Trainer(POINTS, longer, points, "cpu")
    run(unbroken, 30)
    run(second, 30)
    assert second.optimiser.param_groups[0]["lr"] == unbroken.optimiser.param_groups[0]["lr"] > 0.001
    run(second, 1000)
    assert second.step == 40


@pytest.mark.parametrize("schedule", [Cosine(), StepDecay(stages=4, factor=0.5), OneCycle()])
@pytest.mark.parametrize(
    "change",
    [
        {"steps": 50},
        {"optimiser": GradientDescent(learning_rate=0.07)},
        {"steps": 31, "optimiser": GradientDescent(learning_rate=0.001)},
    ],
)
def test_a_run_of_another_length_or_rate_follows_its_new_schedule(
    schedule: ScheduleSpec, change: dict[str, Any], points: Dataset
) -> None:
    training = TWENTY.replace(optimiser=GradientDescent(learning_rate=0.1), schedule=schedule)
    first = Trainer(POINTS, training, points, "cpu")
    run(first, 13)
    changed = training.replace(**change)
    second = Trainer(POINTS, changed, points, "cpu")
    restore_checkpoint(second, save_checkpoint(first))
    unbroken = Trainer(POINTS, changed, points, "cpu")
    run(unbroken, 14)
    run(second, 14)
    assert second.optimiser.param_groups[0]["lr"] == pytest.approx(unbroken.optimiser.param_groups[0]["lr"], rel=1e-9)


def test_another_learning_rate_holds_after_resuming(points: Dataset) -> None:
    first = Trainer(POINTS, TWENTY.replace(optimiser=GradientDescent(learning_rate=0.5)), points, "cpu")
    run(first, 3)
    second = Trainer(POINTS, TWENTY.replace(optimiser=GradientDescent(learning_rate=0.001)), points, "cpu")
    restore_checkpoint(second, save_checkpoint(first))
    assert second.optimiser.param_groups[0]["lr"] == 0.001


def test_a_checkpoint_does_not_change_when_training_goes_on(points: Dataset) -> None:
    trainer = Trainer(POINTS, TWENTY.replace(optimiser=Adam()), points, "cpu")
    run(trainer, 2)
    point = save_checkpoint(trainer)
    copies = {name: array.copy() for name, array in (point.weights | point.state).items()}
    run(trainer, 9)
    assert all(np.array_equal(copies[name], array) for name, array in (point.weights | point.state).items())
    assert not np.array_equal(copies["dense_1.weight"], weights_of(trainer.model)["dense_1.weight"])


def test_saving_disturbs_nothing(points: Dataset) -> None:
    undisturbed = Trainer(POINTS, TWENTY, points, "cpu")
    run(undisturbed, 1000)
    trainer = Trainer(POINTS, TWENTY, points, "cpu")
    for _ in trainer.steps():
        save_checkpoint(trainer)
    assert_same(undisturbed, trainer)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            lambda weights: weights.pop("dense_1.bias"),
            r"for 'dense_1.bias' the network has \(6,\), the file has nothing",
        ),
        (lambda weights: weights.update(more=np.zeros(3)), r"for 'more' the network has nothing, the file has \(3,\)"),
        (lambda weights: weights.update({"dense_2.bias": np.zeros(3)}), r"the network has \(2,\), the file has \(3,\)"),
    ],
)
def test_weights_of_another_network_are_refused(
    change: Callable[[dict[str, Any]], Any], words: str, points: Dataset
) -> None:
    model = POINTS.build(1)
    before = weights_of(model)
    weights = weights_of(POINTS.build(2))
    change(weights)
    with pytest.raises(TrainingError, match=words):
        load_weights(model, weights)
    assert all(np.array_equal(array, before[name]) for name, array in weights_of(model).items())


def test_what_another_kind_of_device_drew_is_no_hindrance(points: Dataset) -> None:
    first = Trainer(POINTS, TWENTY, points, "cpu")
    run(first, 3)
    point = save_checkpoint(first)
    assert {name for name in point.state if name.startswith("random.")} == {"random.torch", "random.shuffler"}
    point.state["random.cuda"] = np.zeros(16, np.uint8)
    second = Trainer(POINTS, TWENTY, points, "cpu")
    restore_checkpoint(second, point)
    del point.state["random.cuda"]
    assert_same(second, first)


@pytest.mark.parametrize(
    ("part", "name", "value"),
    [
        ("state", "random.torch", np.zeros(3, np.uint8)),
        ("state", "random.torch", np.zeros(5056, np.float32)),
        ("state", "random.shuffler", np.zeros((2, 2), np.uint8)),
        ("state", "optimiser.0.exp_avg", np.zeros(3, np.float32)),
        ("state", "optimiser.0.exp_avg", np.zeros((), np.float32)),
        ("state", "optimiser.0.exp_avg", np.zeros((6, 2), np.int64)),
        ("state", "optimiser.0.step", np.zeros(1, np.float32)),
        ("state", "optimiser.9.step", np.zeros((), np.float32)),
        ("state", "optimiser.-1.step", np.zeros((), np.float32)),
        ("state", "optimiser.x.step", np.zeros((), np.float32)),
        ("state", "optimiser.0", np.zeros((), np.float32)),
        ("numbers", "step", None),
        ("numbers", "step", -1),
        ("numbers", "step", 1.5),
        ("numbers", "step", "2"),
        ("numbers", "validated_at", "2"),
        ("numbers", "learning_rates", []),
        ("numbers", "learning_rates", ["fast"]),
        ("numbers", "learning_rates", [float("nan")]),
        ("numbers", "learning_rates", [10**400]),
        ("numbers", "learning_rates", None),
    ],
)
def test_damaged_state_is_refused(part: str, name: str, value: Any, points: Dataset) -> None:
    training = TWENTY.replace(optimiser=Adam(), schedule=OneCycle())
    trainer = Trainer(POINTS, training, points, "cpu")
    run(trainer, 3)
    point = save_checkpoint(trainer)
    getattr(point, part)[name] = value
    with pytest.raises(TrainingError, match=r"training state in the file is damaged.*weights themselves are fine"):
        restore_checkpoint(Trainer(POINTS, training, points, "cpu"), point)


@pytest.mark.parametrize(
    ("part", "name"), [("state", "random.torch"), ("state", "random.shuffler"), ("numbers", "step")]
)
def test_missing_state_is_named(part: str, name: str, points: Dataset) -> None:
    trainer = Trainer(POINTS, TWENTY, points, "cpu")
    run(trainer, 3)
    point = save_checkpoint(trainer)
    del getattr(point, part)[name]
    with pytest.raises(TrainingError, match=f"damaged: '{name}' is missing"):
        restore_checkpoint(Trainer(POINTS, TWENTY, points, "cpu"), point)
