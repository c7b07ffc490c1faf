"""Recurrent layers: torch's numbers, padding that no layer sees, gradients that end where they are cut."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from torch import nn

from nnviz.core.datasets import LoadContext
from nnviz.core.datasets.adding_problem import AddingProblem
from nnviz.core.datasets.on_off_switch import OnOffSwitch
from nnviz.core.layers.dense import Dense
from nnviz.core.layers.gru import Gru
from nnviz.core.layers.lstm import Lstm
from nnviz.core.layers.one_hot import OneHot
from nnviz.core.layers.rnn import Rnn
from nnviz.core.network import NetworkSpec
from nnviz.core.shape import Shape
from nnviz.core.training.asked import asked
from nnviz.core.training.optimisers.adam import Adam
from nnviz.core.training.spec import TrainingSpec
from nnviz.core.training.trainer import Trainer

CELLS = [Rnn(units=5), Rnn(units=5, activation="relu"), Gru(units=5), Lstm(units=5)]
BOTH = [*CELLS, *(cell.replace(bidirectional=True) for cell in CELLS), Lstm(units=5, layers=2)]


def built(layer: object, steps: int = 9, features: int = 3) -> nn.Sequential:
    model = NetworkSpec(input_shape=Shape((steps, features)), layers=(layer,)).build(3)  # type: ignore[arg-type]
    return model.eval()


@pytest.mark.parametrize("passes_on", ["last step", "every step"])
@pytest.mark.parametrize("layer", BOTH, ids=repr)
def test_longer_padding_changes_nothing(layer: Rnn, passes_on: str) -> None:
    layer = layer.replace(passes_on=passes_on)
    short, long = built(layer, 6), built(layer, 9)
    long.load_state_dict(short.state_dict())
    x = torch.randn(4, 6, 3, generator=torch.Generator().manual_seed(1))
    lengths = [6, 1, 3, 5]
    padded = torch.full((4, 9, 3), torch.nan)
    for row, length in enumerate(lengths):
        x[row, length:] = torch.nan
        padded[row, :length] = x[row, :length]
    one, other = short(x), long(padded)
    if passes_on == "every step":
        assert (other[:, 6:] == 0).all()
        other = other[:, :6]
    assert torch.equal(one, other)
    for row, length in enumerate(lengths):
        alone = built(layer, length)
        alone.load_state_dict(short.state_dict())
        expected = alone(x[row : row + 1, :length])
        found = one[row : row + 1, :length] if passes_on == "every step" else one[row : row + 1]
        torch.testing.assert_close(found, expected, atol=1e-6, rtol=0)


def lstm_by_hand(weights: dict[str, np.ndarray], x: np.ndarray) -> np.ndarray:
    """Hidden states, (T, units), in float64, gate by gate as the chapter has them."""
    units = weights["weight_hh_l0"].shape[1]
    h, c, states = np.zeros(units), np.zeros(units), []
    for step in x.astype(np.float64):
        z = weights["weight_ih_l0"] @ step + weights["bias_ih_l0"] + weights["weight_hh_l0"] @ h + weights["bias_hh_l0"]
        i, f, g, o = np.split(z, 4)
        c = c / (1 + np.exp(-f)) + np.tanh(g) / (1 + np.exp(-i))
        h = np.tanh(c) / (1 + np.exp(-o))
        states.append(h)
    return np.array(states)


def test_an_lstm_against_its_formula() -> None:
    model = built(Lstm(units=5, passes_on="every step", forget_bias=0.5))
    weights = {name.rsplit(".", 1)[-1]: tensor.numpy() for name, tensor in model.state_dict().items()}
    np.testing.assert_allclose(weights["bias_ih_l0"][5:10] + weights["bias_hh_l0"][5:10], 0.5)
    x = np.random.default_rng(2).normal(size=(9, 3)).astype(np.float32)
    with torch.no_grad():
        np.testing.assert_allclose(model(torch.from_numpy(x)[None])[0], lstm_by_hand(weights, x), atol=1e-6)


@pytest.mark.parametrize("layer", CELLS, ids=repr)
def test_a_truncated_gradient_ends_where_a_piece_begins(layer: Rnn) -> None:
    whole, cut = built(layer).train(), built(layer.replace(truncate=4)).train()
    cut.load_state_dict(whole.state_dict())
    results = []
    for model in (whole, cut):
        x = torch.randn(2, 9, 3, generator=torch.Generator().manual_seed(1)).requires_grad_()
        out = model(x)
        out.sum().backward()
        assert x.grad is not None
        results.append((out, x.grad.abs().sum((0, 2))))
    torch.testing.assert_close(results[0][0], results[1][0])
    assert (results[0][1] > 0).all()
    # Pieces of 4: the last one is step 8 alone.
    assert (results[1][1][:8] == 0).all()
    assert results[1][1][8] > 0


def test_only_what_is_asked_counts() -> None:
    outputs, targets = torch.arange(12.0).reshape(2, 3, 2), torch.tensor([[1, -100, 0], [-100, -100, 1]])
    left, right = asked(outputs, targets)
    assert left.tolist() == [[0, 1], [4, 5], [10, 11]]
    assert right.tolist() == [1, 0, 1]
    values = torch.tensor([[[1.0], [np.nan]], [[2.0], [3.0]]])
    left, right = asked(torch.zeros(2, 2, 1), values)
    assert right.tolist() == [[1.0], [2.0], [3.0]]


def trained(network: NetworkSpec, dataset: object, **training: object) -> float:
    trainer = Trainer(network, TrainingSpec(**training), dataset.load(LoadContext()), "cpu")  # type: ignore[arg-type, attr-defined]
    for _ in trainer.steps():
        pass
    return float(trainer.take_history().validation_accuracy[-1])


def test_a_small_lstm_learns_to_remember_one_bit() -> None:
    from nnviz.core.presets.on_off_switch import OnOffMemory

    dataset = replace(OnOffMemory.dataset, length=12, samples=2000)
    network = NetworkSpec(
        input_shape=dataset.input_shape,
        layers=(OneHot(symbols=6), Lstm(units=8, passes_on="every step"), Dense(units=2)),
    )
    accuracy = trained(
        network,
        dataset,
        optimiser=OnOffMemory.training.optimiser,
        batch_size=32,
        epochs=8,
        schedule=OnOffMemory.training.schedule,
    )
    assert accuracy == 1.0


def test_the_problems_are_what_they_say() -> None:
    data = replace(AddingProblem(), samples=50, length=20).load(LoadContext()).train
    for x, y in zip(data.x, data.y, strict=True):
        marked = np.flatnonzero(x[:, 1] == 1)
        assert len(marked) == 2
        assert marked[0] < 10 <= marked[1]
        assert y[0] == pytest.approx(x[marked, 0].sum(), abs=1e-6)
    data = replace(OnOffSwitch(), samples=50).load(LoadContext()).train
    for x, y in zip(data.x[:, :, 0], data.y, strict=True):
        on = 0
        for letter, target in zip(x, y, strict=True):
            if np.isnan(letter):
                assert target == -100
                continue
            on ^= letter == 0
            assert target == on


def test_a_small_lstm_learns_to_tell_the_next_character() -> None:
    from nnviz.core.datasets.help_topics import HelpTopics

    dataset = HelpTopics(length=40)
    network = NetworkSpec(
        input_shape=dataset.input_shape,
        layers=(
            OneHot(symbols=dataset.symbols),
            Lstm(units=48, passes_on="every step"),
            Dense(units=len(dataset.classes)),
        ),
    )
    data = dataset.load(LoadContext())
    training = TrainingSpec(optimiser=Adam(learning_rate=0.02), batch_size=64, steps=120)
    trainer = Trainer(network, training, data, "cpu")
    for _ in trainer.steps():
        pass
    history = trainer.take_history()
    counts = np.bincount(data.validation.y[data.validation.y >= 0])
    shares = counts[counts > 0] / counts.sum()
    # Better than who knows how often each character comes, but not what stands before it.
    assert float(history.validation_loss[-1]) < 0.85 * -(shares * np.log(shares)).sum()
