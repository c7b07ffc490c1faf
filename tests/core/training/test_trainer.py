"""The trainer against a loop written out by hand, and at its edges."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from nnviz.core.datasets.base import Dataset, Split
from nnviz.core.layers.batch_norm import BatchNorm
from nnviz.core.layers.conv2d import Conv2d
from nnviz.core.layers.dense import Dense
from nnviz.core.layers.dropout import Dropout
from nnviz.core.layers.flatten import Flatten
from nnviz.core.layers.relu import ReLU
from nnviz.core.layers.sigmoid import Sigmoid
from nnviz.core.network import NetworkSpec
from nnviz.core.shape import Shape, ShapeError
from nnviz.core.snapshot import History
from nnviz.core.training.checkpoint import weights_of
from nnviz.core.training.losses.binary_cross_entropy import BinaryCrossEntropy
from nnviz.core.training.losses.cross_entropy import CrossEntropy
from nnviz.core.training.losses.mean_squared_error import MeanSquaredError
from nnviz.core.training.optimisers.adam import Adam
from nnviz.core.training.optimisers.adamw import AdamW
from nnviz.core.training.optimisers.gradient_descent import GradientDescent
from nnviz.core.training.problems import EndError, TrainingError
from nnviz.core.training.schedules.one_cycle import OneCycle
from nnviz.core.training.spec import TrainingSpec
from nnviz.core.training.trainer import EVALUATION_BATCH, DivergedError, Step, Trainer, check_fit

POINTS = NetworkSpec(input_shape=Shape((2,)), layers=(Dense(units=6), ReLU(), Dropout(rate=0.3), Dense(units=2)))
IMAGES = NetworkSpec(
    input_shape=Shape((1, 8, 8)),
    layers=(Conv2d(filters=3), BatchNorm(), ReLU(), Flatten(), Dropout(rate=0.4), Dense(units=10)),
)
CHAPTER = NetworkSpec(input_shape=Shape((2,)), layers=(Dense(units=5), Sigmoid(), Dense(units=1), Sigmoid()))


def trained(network: NetworkSpec, training: TrainingSpec, data: Dataset) -> Trainer:
    trainer = Trainer(network, training, data, "cpu")
    for _ in trainer.steps():
        pass
    return trainer


def same(first: dict[str, Any], second: dict[str, Any]) -> bool:
    return first.keys() == second.keys() and all(np.array_equal(first[name], second[name]) for name in first)


def test_points_train_like_a_loop_written_by_hand(points: Dataset) -> None:
    training = TrainingSpec(optimiser=Adam(learning_rate=0.02), batch_size=8, epochs=3, seed=7)
    ours = trained(POINTS, training, points)

    torch.manual_seed(7)
    model = nn.Sequential(nn.Linear(2, 6), nn.ReLU(), nn.Dropout(0.3), nn.Linear(6, 2))
    optimiser = torch.optim.Adam(model.parameters(), lr=0.02, fused=True)
    shuffler = torch.Generator().manual_seed(7)
    x, y = torch.from_numpy(points.train.x), torch.from_numpy(points.train.y)
    losses = []
    for _ in range(3):
        order = torch.randperm(20, generator=shuffler)
        for chosen in (order[:8], order[8:16], order[16:]):
            optimiser.zero_grad()
            loss = nn.functional.cross_entropy(model(x[chosen]), y[chosen])
            loss.backward()
            optimiser.step()
            losses.append(loss.item())
    assert [array.tobytes() for array in weights_of(ours.model).values()] == [
        tensor.numpy().tobytes() for tensor in model.state_dict().values()
    ]
    history = ours.take_history()
    assert history.steps.tolist() == list(range(1, 10))
    assert history.loss.tolist() == losses


def test_images_train_like_a_loop_written_by_hand(images: Dataset) -> None:
    training = TrainingSpec(optimiser=AdamW(learning_rate=0.01), schedule=OneCycle(), batch_size=16, epochs=2, seed=3)
    ours = trained(IMAGES, training, images)

    torch.manual_seed(3)
    model = nn.Sequential(
        nn.Conv2d(1, 3, 3, padding=1), nn.BatchNorm2d(3), nn.ReLU(), nn.Flatten(), nn.Dropout(0.4), nn.Linear(192, 10)
    ).to(memory_format=torch.channels_last)
    optimiser = torch.optim.AdamW(model.parameters(), lr=0.01, weight_decay=0.01, fused=True)
    cycle = torch.optim.lr_scheduler.OneCycleLR(optimiser, 0.01, total_steps=6, cycle_momentum=False)
    shuffler = torch.Generator().manual_seed(3)
    x, y = torch.from_numpy(images.train.x), torch.from_numpy(images.train.y)
    for _ in range(2):
        order = torch.randperm(40, generator=shuffler)
        for chosen in (order[:16], order[16:32], order[32:]):
            optimiser.zero_grad()
            batch = x[chosen].contiguous(memory_format=torch.channels_last)
            nn.functional.cross_entropy(model(batch), y[chosen]).backward()
            optimiser.step()
            cycle.step()
    for mine, theirs in zip(weights_of(ours.model).values(), model.state_dict().values(), strict=True):
        assert np.array_equal(mine, theirs.numpy())


def test_one_step_of_the_chapters_network_by_its_formulas(line: Dataset) -> None:
    eta, n = 0.5, 4
    training = TrainingSpec(
        loss=MeanSquaredError(), optimiser=GradientDescent(learning_rate=eta), batch_size=n, steps=1, seed=2
    )
    trainer = Trainer(CHAPTER, training, line, "cpu")
    w1, b1, w2, b2 = (array.astype(np.float64) for array in weights_of(trainer.model).values())
    next(trainer.steps())

    def sigma(z: np.ndarray) -> np.ndarray:
        return 1 / (1 + np.exp(-z))

    # The chapter's W is our weight transposed; its error e is half our loss's gradient, which is averaged over n.
    w1, w2 = w1.T, w2.T
    a0, y = line.train.x.astype(np.float64), line.train.y.astype(np.float64)
    a1 = sigma(a0 @ w1 + b1)
    a2 = sigma(a1 @ w2 + b2)
    dz2 = 2 / n * (a2 - y) * a2 * (1 - a2)
    dz1 = dz2 @ w2.T * a1 * (1 - a1)
    expected = (w1 - eta * a0.T @ dz1, b1 - eta * dz1.sum(0), w2 - eta * a1.T @ dz2, b2 - eta * dz2.sum(0))
    after = weights_of(trainer.model)
    for found, wanted in zip(after.values(), (expected[0].T, expected[1], expected[2].T, expected[3]), strict=True):
        np.testing.assert_allclose(found, wanted, rtol=0, atol=1e-6)
    assert trainer.take_history().loss[0] == pytest.approx(np.mean((a2 - y) ** 2), rel=1e-6)


def test_a_step_goes_down_the_slope_that_finite_differences_find(line: Dataset) -> None:
    training = TrainingSpec(
        loss=MeanSquaredError(), optimiser=GradientDescent(learning_rate=1.0), batch_size=4, steps=1, seed=5
    )
    trainer = Trainer(CHAPTER, training, line, "cpu")
    before = weights_of(trainer.model)
    model = CHAPTER.build().double()
    x, y = torch.from_numpy(line.train.x).double(), torch.from_numpy(line.train.y).double()

    def loss_at(weights: dict[str, np.ndarray]) -> float:
        model.load_state_dict({name: torch.from_numpy(array) for name, array in weights.items()})
        with torch.no_grad():
            return float(((model(x) - y) ** 2).mean())

    next(trainer.steps())
    for name, after in weights_of(trainer.model).items():
        for place in np.ndindex(after.shape):
            shifted = {key: array.astype(np.float64) for key, array in before.items()}
            shifted[name][place] += 1e-5
            above = loss_at(shifted)
            shifted[name][place] -= 2e-5
            slope = (above - loss_at(shifted)) / 2e-5
            assert before[name][place] - after[place] == pytest.approx(slope, abs=2e-6)


@pytest.mark.parametrize(("network", "data"), [(POINTS, "points"), (IMAGES, "images")])
def test_same_seed_same_weights_bit_for_bit(network: NetworkSpec, data: str, request: pytest.FixtureRequest) -> None:
    dataset: Dataset = request.getfixturevalue(data)
    training = TrainingSpec(batch_size=7, epochs=2, seed=11)
    first = weights_of(trained(network, training, dataset).model)
    second = weights_of(trained(network, training, dataset).model)
    other = weights_of(trained(network, training.replace(seed=12), dataset).model)
    assert same(first, second)
    assert not same(first, other)


@pytest.mark.parametrize(
    ("samples", "batch_size", "expected"),
    [
        (10, 5, [(0, 5), (5, 10)]),
        (12, 5, [(0, 5), (5, 10), (10, 12)]),
        (11, 5, [(0, 5), (5, 11)]),
        (3, 2, [(0, 3)]),
        (3, 1, [(0, 1), (1, 2), (2, 3)]),
        (4, 100, [(0, 4)]),
        (4, 4, [(0, 4)]),
        (1, 8, [(0, 1)]),
        (1, 1, [(0, 1)]),
    ],
)
def test_batches(samples: int, batch_size: int, expected: list[tuple[int, int]]) -> None:
    training = TrainingSpec(batch_size=batch_size, epochs=3)
    assert training.batches(samples) == expected
    assert training.total_steps(samples) == 3 * len(expected)
    assert training.replace(steps=17).total_steps(samples) == 17


def test_an_epoch_uses_every_sample_once_in_another_order(make_points: Callable[..., Dataset]) -> None:
    data = make_points(train=11)
    trainer = Trainer(POINTS, TrainingSpec(batch_size=4, epochs=3), data, "cpu")
    seen: list[list[tuple[float, ...]]] = [[]]
    trainer.model.register_forward_pre_hook(lambda _, given: seen[-1].extend(map(tuple, given[0].tolist())))
    for step in trainer.steps():
        if step.ends_epoch:
            seen.append([])
        elif step.phase == "train" and step.number % trainer.steps_per_epoch == 0:
            seen.append([])  # what follows is validation
    epochs = [passed for passed in seen if len(passed) == 11]
    assert len(epochs) == 3
    assert all(sorted(epoch) == sorted(map(tuple, data.train.x.tolist())) for epoch in epochs)
    assert epochs[0] != epochs[1] != epochs[2]


def kinds(steps: list[Step]) -> list[tuple[int, int, str, int, bool]]:
    return [(step.number, step.epoch, step.phase, step.samples, step.ends_epoch) for step in steps]


def test_validation_comes_after_each_epoch(points: Dataset) -> None:
    trainer = Trainer(POINTS, TrainingSpec(batch_size=10, epochs=2), points, "cpu")
    assert kinds(list(trainer.steps())) == [
        (1, 1, "train", 10, False),
        (2, 1, "train", 10, False),
        (2, 1, "validate", 6, False),
        (2, 1, "validate", 0, True),
        (3, 2, "train", 10, False),
        (4, 2, "train", 10, False),
        (4, 2, "validate", 6, False),
        (4, 2, "validate", 0, True),
    ]
    assert trainer.take_history().validation_steps.tolist() == [2, 4]
    assert (trainer.finished, trainer.epoch, trainer.total_epochs) == (True, 2, 2)


@pytest.mark.parametrize(
    ("every", "steps", "measured"), [(3, 8, [3, 6, 8]), (2, 8, [2, 4, 6, 8]), (100, 5, [5]), (0, 7, [2, 4, 6, 7])]
)
def test_validation_comes_when_asked_and_at_the_end(
    points: Dataset, every: int, steps: int, measured: list[int]
) -> None:
    training = TrainingSpec(batch_size=10, steps=steps, validate_every=every)
    trainer = trained(POINTS, training, points)
    assert trainer.take_history().validation_steps.tolist() == measured
    assert trainer.step == steps


def test_without_validation_data_epochs_end_with_their_last_batch(make_points: Callable[..., Dataset]) -> None:
    trainer = Trainer(POINTS, TrainingSpec(batch_size=10, epochs=2), make_points(validation=0), "cpu")
    assert [step.ends_epoch for step in trainer.steps()] == [False, True, False, True]
    assert not len(trainer.take_history().validation_steps)


def test_validation_is_measured_with_dropout_off(points: Dataset) -> None:
    trainer = trained(POINTS, TrainingSpec(batch_size=20, steps=5, validate_every=5), points)
    trainer.model.eval()
    with torch.no_grad():
        outputs = trainer.model(torch.from_numpy(points.validation.x))
    targets = torch.from_numpy(points.validation.y)
    history = trainer.take_history()
    assert history.validation_loss[0] == pytest.approx(nn.functional.cross_entropy(outputs, targets).item(), rel=1e-6)
    assert history.validation_accuracy[0] == pytest.approx((outputs.argmax(1) == targets).float().mean().item())


def test_evaluation_in_chunks_weighs_each_sample_alike(make_points: Callable[..., Dataset]) -> None:
    count = 2 * EVALUATION_BATCH + 1
    data = make_points(test=count)
    trainer = Trainer(POINTS, TrainingSpec(), data, "cpu")
    measured = trainer.evaluate(data.test)
    trainer.model.eval()
    with torch.no_grad():
        outputs = trainer.model(torch.from_numpy(data.test.x)).numpy().astype(np.float64)
    log_sum = np.log(np.exp(outputs).sum(axis=1))
    right = outputs[np.arange(count), data.test.y]
    assert measured.loss == pytest.approx((log_sum - right).mean(), rel=1e-5)
    assert measured.accuracy == pytest.approx((outputs.argmax(axis=1) == data.test.y).mean())
    assert measured.samples == count


def test_evaluation_of_nothing_and_of_a_regression(line: Dataset, make_points: Callable[..., Dataset]) -> None:
    nothing = Trainer(POINTS, TrainingSpec(), make_points(test=0), "cpu").evaluate(make_points(test=0).test)
    assert math.isnan(nothing.loss)
    assert math.isnan(nothing.accuracy)
    regression = Trainer(CHAPTER, TrainingSpec(loss=MeanSquaredError()), line, "cpu").evaluate(line.test)
    assert regression.loss > 0
    assert math.isnan(regression.accuracy)


def test_evaluating_between_steps_changes_nothing(images: Dataset) -> None:
    training = TrainingSpec(batch_size=8, epochs=2)
    undisturbed = weights_of(trained(IMAGES, training, images).model)
    trainer = Trainer(IMAGES, training, images, "cpu")
    for _ in trainer.steps():
        before, random = weights_of(trainer.model), torch.get_rng_state()
        trainer.evaluate(images.test)
        assert same(before, weights_of(trainer.model))
        assert torch.equal(random, torch.get_rng_state())
    assert same(undisturbed, weights_of(trainer.model))


def test_leaving_the_iterator_anywhere_and_going_on_is_the_same(make_points: Callable[..., Dataset]) -> None:
    data = make_points(validation=2 * EVALUATION_BATCH + 5)
    training = TrainingSpec(batch_size=6, epochs=3, validate_every=2)
    whole = trained(POINTS, training, data)
    expected = whole.take_history()
    # With one piece per iterator the measuring would begin anew for ever: it is done in one go.
    for pieces in (4, 5, 7):
        trainer = Trainer(POINTS, training, data, "cpu")
        history = History()
        for _ in range(1000):
            taken = list(itertools.islice(trainer.steps(), pieces))
            history += trainer.take_history()
            if not taken:
                break
        assert trainer.finished
        assert same(weights_of(whole.model), weights_of(trainer.model))
        assert same(vars(expected) | {"accuracy": 0}, vars(history) | {"accuracy": 0})


def test_a_measurement_that_was_left_half_done_is_done_again(make_points: Callable[..., Dataset]) -> None:
    data = make_points(validation=3 * EVALUATION_BATCH)
    trainer = Trainer(POINTS, TrainingSpec(batch_size=20, epochs=1), data, "cpu")
    for step in trainer.steps():
        if step.phase == "validate":
            break
    assert not len(trainer.take_history().validation_steps)
    rest = list(trainer.steps())
    assert [step.phase for step in rest] == ["validate"] * 4
    assert rest[-1].ends_epoch
    assert trainer.take_history().validation_steps.tolist() == [1]


class _Bad(nn.Module):
    """A loss that is no finite number from call `first` on."""

    def __init__(self, first: int, value: float) -> None:
        super().__init__()
        self.first, self.value, self.calls = first, value, 0

    def forward(self, outputs: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
        self.calls += 1
        loss = nn.functional.cross_entropy(outputs, targets)
        return loss * self.value if self.calls >= self.first else loss


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_a_loss_that_is_no_number_stops_with_its_step(points: Dataset, value: float) -> None:
    training = TrainingSpec(optimiser=Adam(learning_rate=0.125), batch_size=20, steps=8, validate_every=100)
    trainer = Trainer(POINTS, training, points, "cpu")
    trainer.loss = _Bad(4, value)
    for _ in trainer.steps():
        pass
    history = trainer.take_history()
    assert history.steps.tolist() == [1, 2, 3]
    assert np.isfinite(history.loss).all()
    assert not len(history.validation_steps)
    with pytest.raises(DivergedError, match=r"at step 4:.*smaller learning rate \(it was 0\.125\)") as caught:
        trainer.check_finite()
    assert caught.value.step == 4


def test_a_loss_that_is_finite_raises_nothing(points: Dataset) -> None:
    trainer = trained(POINTS, TrainingSpec(batch_size=20, steps=3), points)
    trainer.take_history()
    trainer.check_finite()


def test_a_last_step_that_breaks_the_weights_is_seen_by_validation(line: Dataset) -> None:
    training = TrainingSpec(
        loss=MeanSquaredError(), optimiser=GradientDescent(learning_rate=1000.0), batch_size=4, steps=9
    )
    network = NetworkSpec(input_shape=Shape((2,)), layers=(Dense(units=1),))
    steps_to_overflow = 0
    trainer = Trainer(network, training, line, "cpu")
    for step in trainer.steps():
        steps_to_overflow = step.number
        if not np.isfinite(trainer.evaluate(line.test).loss):
            break
    assert 1 < steps_to_overflow < 9
    trainer = trained(network, training.replace(steps=steps_to_overflow), line)
    history = trainer.take_history()
    assert len(history) == steps_to_overflow - 1
    assert np.isfinite(history.validation_loss).all()
    with pytest.raises(DivergedError, match=f"at step {steps_to_overflow}:"):
        trainer.check_finite()


def test_training_accuracy_is_measured_now_and_then(points: Dataset) -> None:
    trainer = trained(POINTS, TrainingSpec(batch_size=20, steps=21, validate_every=100), points)
    history = trainer.take_history()
    assert np.flatnonzero(~np.isnan(history.accuracy)).tolist() == [0, 9, 19]
    assert ((history.accuracy >= 0) | np.isnan(history.accuracy)).all()
    assert not len(trainer.take_history())


@pytest.mark.parametrize(
    "error",
    [
        RuntimeError("[enforce fail at alloc_cpu.cpp:117] DefaultCPUAllocator: can't allocate memory: you tried ..."),
        RuntimeError("CUDA out of memory. Tried to allocate 2.00 GiB"),
        MemoryError(),
    ],
)
def test_too_little_memory_is_a_sentence(points: Dataset, error: Exception) -> None:
    trainer = Trainer(POINTS, TrainingSpec(batch_size=20, steps=3), points, "cpu")

    def no_memory(*_: Any) -> torch.Tensor:
        raise error

    trainer.loss = no_memory
    with pytest.raises(TrainingError, match="not enough memory on cpu for batches of 20: choose a smaller batch size"):
        next(trainer.steps())
    with pytest.raises(TrainingError, match="not enough memory"):
        trainer.evaluate(points.test)


def test_other_faults_are_not_taken_for_too_little_memory(points: Dataset) -> None:
    trainer = Trainer(POINTS, TrainingSpec(batch_size=20, steps=3), points, "cpu")

    def broken(*_: Any) -> torch.Tensor:
        raise RuntimeError("an illegal memory access was encountered")

    trainer.loss = broken
    with pytest.raises(RuntimeError, match="illegal memory access"):
        next(trainer.steps())


def test_a_network_that_memory_cannot_hold_is_a_sentence(points: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    def build(*_: Any) -> nn.Sequential:
        raise RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate 400000000000 bytes.")

    monkeypatch.setattr(NetworkSpec, "build", build)
    with pytest.raises(TrainingError, match="not enough memory"):
        Trainer(POINTS, TrainingSpec(), points, "cpu")


def vectors(*layers: Any) -> NetworkSpec:
    return NetworkSpec(input_shape=Shape((2,)), layers=layers)


@pytest.mark.parametrize(
    ("network", "training", "error", "words"),
    [
        (
            NetworkSpec(input_shape=Shape((3,)), layers=(Dense(units=2),)),
            TrainingSpec(),
            TrainingError,
            "takes samples of 3, but Circles has samples of 2",
        ),
        (vectors(), TrainingSpec(), None, "no layers yet"),
        (vectors(Conv2d()), TrainingSpec(), ShapeError, "needs an image"),
        (vectors(Dense(units=3)), TrainingSpec(), None, "2"),
        (vectors(Dense(units=2)), TrainingSpec(loss=BinaryCrossEntropy()), EndError, "Binary cross-entropy needs prob"),
        (
            vectors(Dense(units=4), BatchNorm(), Dense(units=2)),
            TrainingSpec(batch_size=1),
            TrainingError,
            "at least two samples per batch",
        ),
    ],
)
def test_what_does_not_fit_is_refused_with_a_sentence(
    points: Dataset, network: NetworkSpec, training: TrainingSpec, error: type[Exception] | None, words: str
) -> None:
    with pytest.raises(error or Exception, match=words):
        check_fit(network, training, points)
    with pytest.raises(error or Exception, match=words):
        Trainer(network, training, points, "cpu")


def test_a_classification_loss_does_not_fit_a_regression(line: Dataset) -> None:
    with pytest.raises(TrainingError, match="Cross-entropy is a loss for classification, but Linear function is a"):
        check_fit(CHAPTER, TrainingSpec(loss=CrossEntropy()), line)


def test_no_training_samples_is_a_sentence(make_points: Callable[..., Dataset]) -> None:
    with pytest.raises(TrainingError, match="no training samples"):
        check_fit(POINTS, TrainingSpec(), make_points(train=0))


def test_batch_norm_meets_no_batch_of_one_sample(make_points: Callable[..., Dataset]) -> None:
    network = vectors(Dense(units=4), BatchNorm(), Dense(units=2))
    trainer = trained(network, TrainingSpec(batch_size=4, epochs=1), make_points(train=9))
    assert trainer.step == 2
    with pytest.raises(TrainingError, match="at least two samples"):
        check_fit(network, TrainingSpec(), make_points(train=1))


def test_batch_norm_of_images_can_take_one_sample(images: Dataset) -> None:
    one = Dataset(images.spec, Split(images.train.x[:1], images.train.y[:1]), images.validation, images.test)
    assert trained(IMAGES, TrainingSpec(batch_size=1, epochs=2), one).step == 2


def test_a_model_that_is_given_is_trained_on(points: Dataset) -> None:
    model = POINTS.build(99)
    before = weights_of(model)
    trainer = Trainer(POINTS, TrainingSpec(batch_size=20, steps=1), points, "cpu", model=model)
    assert same(weights_of(trainer.model), before)
    next(trainer.steps())
    assert not same(weights_of(model), before)
