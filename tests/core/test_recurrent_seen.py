"""What views are told of recurrent layers: against the model itself, and without a trace in the training."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from nnviz.core.datasets.adding_problem import AddingProblem
from nnviz.core.datasets.base import Dataset, LoadContext, Split
from nnviz.core.datasets.mnist_pixels import MnistPixels
from nnviz.core.datasets.on_off_switch import OnOffSwitch
from nnviz.core.layers.dense import Dense
from nnviz.core.layers.dropout import Dropout
from nnviz.core.layers.gru import Gru
from nnviz.core.layers.lstm import Lstm
from nnviz.core.layers.one_hot import OneHot
from nnviz.core.layers.rnn import Rnn
from nnviz.core.network import NetworkSpec
from nnviz.core.probes import ProbeContext
from nnviz.core.recurrent_seen import gates, influence, lengths_of, places, recurrent_layers
from nnviz.core.shape import Shape
from nnviz.core.training.losses.mean_squared_error import MeanSquaredError
from nnviz.core.training.spec import TrainingSpec
from nnviz.core.training.trainer import Trainer

SWITCH = NetworkSpec(
    input_shape=Shape((30, 1)),
    layers=(
        OneHot(symbols=6),
        Gru(units=5, bidirectional=True, passes_on="every step"),
        Dropout(rate=0.5),
        Lstm(units=4, layers=2, passes_on="every step"),
        Dense(units=2),
    ),
)
ADDING = NetworkSpec(input_shape=Shape((20, 2)), layers=(Rnn(units=6), Dense(units=1)))


def trained(network: NetworkSpec, data: Dataset, **training: object) -> Trainer:
    trainer = Trainer(network, TrainingSpec(batch_size=16, epochs=2, **training), data, "cpu")  # type: ignore[arg-type]
    steps = trainer.steps()
    while trainer.step < 3:
        next(steps)
    return trainer


@pytest.fixture(scope="module")
def switch() -> tuple[Trainer, Dataset]:
    data = OnOffSwitch(samples=200).load(LoadContext(download=False))
    return trained(SWITCH, data), data


@pytest.fixture(scope="module")
def adding() -> tuple[Trainer, Dataset]:
    data = AddingProblem(samples=200, length=20, vary=True).load(LoadContext(download=False))
    return trained(ADDING, data, loss=MeanSquaredError()), data


def test_layers_and_cells_are_found_in_their_order() -> None:
    assert list(recurrent_layers(SWITCH)) == ["gru_1", "lstm_1"]
    assert [place.key for place in places(SWITCH)] == [
        ("gru_1", 0, False),
        ("gru_1", 0, True),
        ("lstm_1", 0, False),
        ("lstm_1", 1, False),
    ]
    off = SWITCH.replace(layers=(*SWITCH.layers[:3], SWITCH.layers[3].replace(enabled=False), SWITCH.layers[4]))
    assert list(recurrent_layers(off)) == ["gru_1"]


def test_the_uppermost_hidden_states_are_what_the_layer_gives(switch: tuple[Trainer, Dataset]) -> None:
    trainer, data = switch
    x = data.validation.x[:8]
    outputs = ProbeContext(trainer, data).activations(x)
    for sample in range(8):
        context = ProbeContext(trainer, data)
        length = int(lengths_of(x)[sample])
        both = [gates(context, sample, "gru_1", 0, way)["part.hidden"] for way in (False, True)]
        np.testing.assert_allclose(np.hstack(both)[:length], outputs["gru_1"][sample, :length], atol=1e-5)
        top = gates(context, sample, "lstm_1", 1)
        np.testing.assert_allclose(top["part.hidden"][:length], outputs["lstm_1"][sample, :length], atol=1e-5)
        assert np.isnan(top["part.cell"][length:]).all()
        assert int(top["length"]) == length
        expected = torch.softmax(torch.from_numpy(np.array(outputs["dense_1"][sample, :length])), 1).numpy()
        np.testing.assert_allclose(top["answer"][:length], expected, atol=1e-5)
        assert np.isnan(top["answer"][length:]).all()


def test_gradients_of_outputs_are_those_of_autograd(switch: tuple[Trainer, Dataset]) -> None:
    trainer, data = switch
    context = ProbeContext(trainer, data)
    x, y = data.validation.x[:5], data.validation.y[:5]
    model = SWITCH.build(0)
    model.load_state_dict(trainer.model.state_dict())
    model.eval()
    value, lengths = model.without_padding(torch.from_numpy(np.array(x)))  # type: ignore[operator]
    kept = {}
    for name, layer in model.named_children():
        value = layer(value, lengths) if name in ("gru_1", "lstm_1") else layer(value)
        if name != "one_hot_1":
            value.retain_grad()
            kept[name] = value
    asked = torch.from_numpy(np.array(y)).flatten()
    torch.nn.functional.cross_entropy(value.flatten(0, 1)[asked >= 0], asked[asked >= 0]).backward()
    before = {name: parameter.grad.clone() for name, parameter in trainer.model.named_parameters()}
    found = context.loss_gradients("gru_1", kept["gru_1"].detach().numpy(), x, y)
    assert list(found) == ["gru_1", "dropout_1", "lstm_1", "dense_1"]
    for name, gradient in found.items():
        np.testing.assert_allclose(gradient, kept[name].grad.numpy(), atol=1e-7)
    for name, parameter in trainer.model.named_parameters():
        assert torch.equal(parameter.grad, before[name]), "the training's own gradients stay"
    assert trainer.model.training


def test_values_are_answered_once_and_regressions_by_values(adding: tuple[Trainer, Dataset]) -> None:
    trainer, data = adding
    context = ProbeContext(trainer, data)
    found = gates(context, 3)
    expected = context.outputs(data.validation.x[3:4])
    np.testing.assert_allclose(found["answer"], expected, atol=1e-6)
    assert float(found["error"]) < 1e-5
    assert int(found["samples"]) == 100
    # A sample that is not there is the last one.
    assert int(gates(context, 1_000)["sample"]) == 99
    asked = []
    for _ in range(3):
        context.once("key", lambda: asked.append(1))
    assert len(asked) == 1


def test_what_arrives_is_what_the_layer_before_gives(switch: tuple[Trainer, Dataset]) -> None:
    trainer, data = switch
    context = ProbeContext(trainer, data)
    x = data.validation.x[:4]
    outputs = context.activations(x)
    np.testing.assert_array_equal(context.arriving("gru_1", x), outputs["one_hot_1"])
    np.testing.assert_allclose(context.arriving("lstm_1", x), outputs["gru_1"])
    np.testing.assert_allclose(context.behind("gru_1", outputs["gru_1"], x), outputs["dense_1"], atol=1e-6)
    with pytest.raises(KeyError):
        context.arriving("conv2d_1", x)


def test_a_longer_padding_changes_nothing(switch: tuple[Trainer, Dataset]) -> None:
    trainer, data = switch
    x = data.validation.x[:4]
    longer = np.full((4, 45, 1), np.nan, np.float32)
    longer[:, :30] = x
    wide = SWITCH.replace(input_shape=Shape((45, 1)))
    other = Trainer(wide, TrainingSpec(batch_size=16, epochs=2), _padded(data, 45), "cpu")
    other.model.load_state_dict(trainer.model.state_dict())
    for layer, level, way in (place.key for place in places(SWITCH)):
        short = gates(ProbeContext(trainer, data), 1, layer, level, way)
        long = gates(ProbeContext(other, _padded(data, 45)), 1, layer, level, way)
        length = int(short["length"])
        assert int(long["length"]) == length
        for name in short:
            if name.startswith(("part.", "of_")) or name == "answer":
                np.testing.assert_allclose(long[name][:length], short[name][:length], atol=1e-6, err_msg=name)


def test_all_of_ten_classes_are_explained_however_long_the_sequence() -> None:
    network = NetworkSpec(input_shape=Shape((784, 1)), layers=(Rnn(units=3), Dense(units=10)))
    rng = np.random.default_rng(0)
    split = Split(rng.random((8, 784, 1), dtype=np.float32), rng.integers(0, 10, 8))
    data = Dataset(MnistPixels(), split, split, split)
    trainer = Trainer(network, TrainingSpec(batch_size=4, epochs=1), data, "cpu")
    found = influence(ProbeContext(trainer, data), 2)
    assert found["row"].tolist() == list(range(10))
    x = torch.from_numpy(np.array(split.x[2:3])).requires_grad_()
    (gradient,) = torch.autograd.grad(trainer.model(x)[0, 7], x)
    np.testing.assert_allclose(found["influence"][7], (gradient * x).sum(2)[0].detach().numpy(), atol=1e-6)


def _padded(data: Dataset, steps: int) -> Dataset:
    """The same sequences with more behind their ends."""
    splits = []
    for split in (data.train, data.validation, data.test):
        x = np.full((len(split), steps, 1), np.nan, np.float32)
        y = np.full((len(split), steps), -100)
        x[:, :30], y[:, :30] = split.x, split.y
        splits.append(Split(x, y))
    return Dataset(OnOffSwitch(samples=200, length=steps), *splits)
