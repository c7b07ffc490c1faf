"""Captured passes and updates against the model and the optimiser themselves: the same to the last bit, or not used."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import torch
from torch import nn

from nnviz.core.datasets.base import Dataset
from nnviz.core.layers.average_pool2d import AveragePool2d
from nnviz.core.layers.base import LayerSpec
from nnviz.core.layers.batch_norm import BatchNorm
from nnviz.core.layers.conv2d import Conv2d
from nnviz.core.layers.dense import Dense
from nnviz.core.layers.dropout import Dropout
from nnviz.core.layers.elu import ELU
from nnviz.core.layers.flatten import Flatten
from nnviz.core.layers.gelu import GELU
from nnviz.core.layers.l2_pool2d import L2Pool2d
from nnviz.core.layers.leaky_relu import LeakyReLU
from nnviz.core.layers.max_pool2d import MaxPool2d
from nnviz.core.layers.maxout import Maxout
from nnviz.core.layers.prelu import PReLU
from nnviz.core.layers.relu import ReLU
from nnviz.core.layers.sigmoid import Sigmoid
from nnviz.core.layers.tanh import Tanh
from nnviz.core.network import NetworkSpec
from nnviz.core.shape import Shape
from nnviz.core.training import captured_update, training_pass, training_update
from nnviz.core.training.captured_pass import capture, in_training_order
from nnviz.core.training.checkpoint import Checkpoint, restore_checkpoint, save_checkpoint
from nnviz.core.training.optimisers.base import OPTIMISERS, OptimiserSpec
from nnviz.core.training.regularisers.base import REGULARISERS
from nnviz.core.training.schedules.one_cycle import OneCycle
from nnviz.core.training.spec import TrainingSpec
from nnviz.core.training.trainer import Trainer

ACTIVATIONS: list[LayerSpec] = [ReLU(), LeakyReLU(), PReLU(), Sigmoid(), Tanh(), ELU(), GELU(), Maxout(pieces=2)]
POOLINGS: list[LayerSpec] = [MaxPool2d(), AveragePool2d(), L2Pool2d()]
EPOCHS = 14


def points_network(activation: LayerSpec) -> NetworkSpec:
    layers = (Dense(units=6), activation, Dropout(rate=0.3), Dense(units=2))
    return NetworkSpec(input_shape=Shape((2,)), layers=layers)


def image_network(pooling: LayerSpec) -> NetworkSpec:
    layers = (Conv2d(filters=3), BatchNorm(), ReLU(), pooling, Flatten(), Dropout(rate=0.4), Dense(units=10))
    return NetworkSpec(input_shape=Shape((1, 8, 8)), layers=layers)


@pytest.fixture
def early(monkeypatch: pytest.MonkeyPatch) -> Callable[[bool], None]:
    """Says whether the trainers that are made from now on capture what they do, and then after three steps."""

    def set_early(captures: bool) -> None:
        after = 3 if captures else 10**9
        monkeypatch.setattr(training_pass, "CAPTURE_AFTER", after)
        monkeypatch.setattr(training_update, "CAPTURE_AFTER", after)

    return set_early


def both_ways(
    network: NetworkSpec, training: TrainingSpec, data: Dataset, early: Callable[[bool], None]
) -> tuple[Trainer, Trainer]:
    trainers = []
    for captures in (False, True):
        early(captures)
        trainer = Trainer(network, training, data, "cpu")
        for _ in trainer.steps():
            pass
        trainers.append(trainer)
    return trainers[0], trainers[1]


def assert_same(first: Trainer, second: Trainer) -> None:
    left, right = first.model.state_dict(), second.model.state_dict()
    assert left.keys() == right.keys()
    for name, tensor in left.items():
        assert torch.equal(tensor, right[name]), name
    history, other = first.take_history(), second.take_history()
    assert history.loss.tolist() == other.loss.tolist()
    assert history.validation_loss.tolist() == other.validation_loss.tolist()


@pytest.mark.parametrize("activation", ACTIVATIONS, ids=lambda layer: layer.name)
def test_every_activation_trains_the_same_when_captured(
    activation: LayerSpec, points: Dataset, early: Callable[[bool], None]
) -> None:
    # Twenty samples in batches of eight: the last one has four, and a graph of its own.
    plain, captured = both_ways(points_network(activation), TrainingSpec(batch_size=8, epochs=EPOCHS), points, early)
    assert_same(plain, captured)
    assert not plain._pass.captured_shapes
    assert sorted(captured._pass.captured_shapes) == [(4, 2), (8, 2)]


@pytest.mark.parametrize("pooling", POOLINGS, ids=lambda layer: layer.name)
def test_every_pooling_trains_the_same_when_captured(
    pooling: LayerSpec, images: Dataset, early: Callable[[bool], None]
) -> None:
    plain, captured = both_ways(image_network(pooling), TrainingSpec(batch_size=8, epochs=EPOCHS), images, early)
    assert_same(plain, captured)
    assert captured._pass.captured_shapes == [(8, 1, 8, 8)]


@pytest.mark.parametrize("optimiser", list(OPTIMISERS), ids=lambda spec: spec.name)
def test_every_optimiser_does_the_same_when_captured(
    optimiser: type[OptimiserSpec], points: Dataset, early: Callable[[bool], None]
) -> None:
    training = TrainingSpec(optimiser=optimiser(learning_rate=0.02), schedule=OneCycle(), batch_size=8, epochs=EPOCHS)
    plain, captured = both_ways(points_network(Tanh()), training, points, early)
    assert_same(plain, captured)
    # Its rate of the moment is a number that it reads from a tensor.
    assert captured._update.is_captured == (optimiser.name != "adagrad")


@pytest.mark.parametrize("regulariser", list(REGULARISERS), ids=lambda spec: spec.name)
def test_regularisers_see_the_gradients_and_weights_of_captured_steps(
    regulariser: type, points: Dataset, early: Callable[[bool], None]
) -> None:
    training = TrainingSpec(regularisers=(regulariser(),), batch_size=8, epochs=EPOCHS)
    assert_same(*both_ways(points_network(ReLU()), training, points, early))


def test_a_training_goes_on_the_same_from_a_file_after_its_steps_were_captured(
    points: Dataset, early: Callable[[bool], None]
) -> None:
    early(True)
    training = TrainingSpec(batch_size=8, epochs=EPOCHS)
    through = Trainer(points_network(Tanh()), training, points, "cpu")
    saved: Checkpoint | None = None
    for step in through.steps():
        if step.phase == "train" and step.number == 20:
            saved = save_checkpoint(through)
    assert saved is not None
    again = Trainer(points_network(Tanh()), training, points, "cpu")
    for step in again.steps():
        if step.phase == "train" and step.number == 12:
            break
    assert again._update.is_captured
    # The optimiser's state is another one from here on.
    restore_checkpoint(again, saved)
    for _ in again.steps():
        pass
    for name, tensor in through.model.state_dict().items():
        assert torch.equal(tensor, again.model.state_dict()[name]), name


def test_max_pooling_comes_before_relu_and_only_where_they_meet() -> None:
    kinds = [type(layer).__name__ for layer in in_training_order(nn.Sequential(nn.ReLU(), nn.MaxPool2d(2), nn.ReLU()))]
    assert kinds == ["MaxPool2d", "ReLU", "ReLU"]
    kinds = [type(layer).__name__ for layer in in_training_order(nn.Sequential(nn.ReLU(), nn.Tanh(), nn.MaxPool2d(2)))]
    assert kinds == ["ReLU", "Tanh", "MaxPool2d"]


class _Deciding(nn.Module):
    """Does something else when its input is large."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return 2 * x if x.sum() > 0 else x


class _Peeking(nn.Module):
    """Works with a number of its batch that it reads behind torch's back."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x * float(x.detach().numpy()[0, 0])


class _Counting(nn.Module):
    """Does something else every time, which no operation shows."""

    def __init__(self) -> None:
        super().__init__()
        self.times = 0

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        self.times += 1
        return x * float(self.times)


class _FromOutside(nn.Module):
    """Works with a tensor that is no parameter, no buffer and no input."""

    noise = torch.ones(2)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x + self.noise


@pytest.mark.parametrize("odd", [_Deciding, _Peeking, _Counting, _FromOutside])
def test_a_model_that_does_not_always_do_the_same_is_not_captured(odd: type[nn.Module]) -> None:
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(2, 2), odd())
    x, y = torch.randn(4, 2), torch.tensor([0, 1, 1, 0])
    assert capture(model, nn.CrossEntropyLoss(), x, y) is None


def test_a_wide_network_is_captured_too() -> None:
    # Here the interpreter would compute otherwise if it made the graph faster.
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(784, 300), nn.ReLU(), nn.Linear(300, 10))
    assert capture(model, nn.CrossEntropyLoss(), torch.randn(128, 784), torch.randint(10, (128,))) is not None


def test_another_optimiser_makes_its_own_steps() -> None:
    update = training_update.TrainingUpdate(captures=True)
    layers = [nn.Linear(2, 2), nn.Linear(2, 2)]
    for layer in layers:
        optimiser = torch.optim.Adam(layer.parameters(), lr=0.1, fused=True)
        for _ in range(2 * training_update.CAPTURE_AFTER):
            before = layer.weight.detach().clone()
            for parameter in layer.parameters():
                parameter.grad = torch.ones_like(parameter)
            update(optimiser)
            assert not torch.equal(layer.weight, before)
        assert update.is_captured


def test_capturing_leaves_weights_buffers_gradients_and_random_numbers_alone() -> None:
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4), nn.Dropout(0.5), nn.Linear(4, 2))
    x, y = torch.randn(6, 3), torch.tensor([0, 1, 1, 0, 1, 0])
    before = {name: tensor.clone() for name, tensor in model.state_dict().items()}
    state = torch.get_rng_state()
    assert capture(model, nn.CrossEntropyLoss(), x, y) is not None
    assert torch.equal(torch.get_rng_state(), state)
    assert all(torch.equal(tensor, before[name]) for name, tensor in model.state_dict().items())
    assert all(parameter.grad is None for parameter in model.parameters())


def test_what_takes_long_is_not_tried_out(
    points: Dataset, early: Callable[[bool], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    early(True)
    monkeypatch.setattr(training_pass, "LONGEST_S", 0.0)
    monkeypatch.setattr(captured_update, "MOST_PARAMETERS", 31)
    # Dense 2-6-2 has 32 parameters.
    trainer = Trainer(points_network(Tanh()), TrainingSpec(batch_size=8, epochs=EPOCHS), points, "cpu")
    for _ in trainer.steps():
        pass
    assert trainer._pass.captured_shapes == []
    assert not trainer._update.is_captured


def test_an_update_is_left_to_the_optimiser_while_a_gradient_is_missing() -> None:
    layer = nn.Linear(2, 2)
    optimiser = torch.optim.Adam(layer.parameters(), lr=0.1, fused=True)
    for parameter in layer.parameters():
        parameter.grad = torch.ones_like(parameter)
    optimiser.step()
    captured = captured_update.capture(optimiser)
    assert captured is not None
    before = layer.weight.detach().clone()
    layer.bias.grad = None
    assert not captured()
    assert torch.equal(layer.weight, before)
