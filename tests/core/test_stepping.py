"""Reading step by step against reading at once."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest
import torch

from nnviz.core.layers.base import LAYERS
from nnviz.core.layers.dense import Dense
from nnviz.core.layers.dropout import Dropout
from nnviz.core.layers.gru import Gru
from nnviz.core.layers.lstm import Lstm
from nnviz.core.layers.one_hot import OneHot
from nnviz.core.layers.rnn import Rnn
from nnviz.core.layers.tanh import Tanh
from nnviz.core.network import NetworkSpec
from nnviz.core.presets import PRESETS
from nnviz.core.shape import Shape
from nnviz.core.stepping import EACH_STEP_BY_ITSELF, Stepper, can_step

EVERY = {"units": 6, "passes_on": "every step"}


def network(*layers: Any, features: int = 1) -> NetworkSpec:
    return NetworkSpec(input_shape=Shape((12, features)), layers=layers)


@pytest.mark.parametrize(
    "layers",
    [
        (Lstm(**EVERY), Dense(units=3)),
        (Gru(**EVERY), Tanh(), Rnn(**EVERY), Dropout(rate=0.5), Dense(units=3)),
        (Lstm(**EVERY, layers=3, truncate=4), Dense(units=3)),
    ],
)
@pytest.mark.parametrize("pieces", [(12,), (1,) * 12, (5, 1, 1, 5)])
def test_pieces_give_what_the_whole_gives(layers: tuple[Any, ...], pieces: tuple[int, ...]) -> None:
    spec = network(*layers)
    assert can_step(spec)
    model = spec.build(seed=1).eval()
    x = np.random.default_rng(1).normal(size=(4, 12, 1)).astype(np.float32)
    with torch.no_grad():
        whole = model(torch.from_numpy(x)).numpy()
    stepper = Stepper(model, "cpu")
    edges = np.cumsum((0, *pieces))
    found = np.concatenate([stepper(x[:, a:b]) for a, b in itertools.pairwise(edges)], axis=1)
    np.testing.assert_allclose(found, whole, atol=1e-6)


@pytest.mark.parametrize("name", sorted(EACH_STEP_BY_ITSELF))
def test_every_layer_that_is_said_to_do_so_takes_each_step_by_itself(name: str) -> None:
    symbols = name in ("one_hot", "embedding")
    layer = LAYERS[name]()
    spec = network(layer, Lstm(**EVERY)) if symbols else network(Lstm(**EVERY), layer)
    assert can_step(spec)
    model = spec.build(seed=1).eval()
    rng = np.random.default_rng(2)
    x = rng.integers(0, 5, (2, 12, 1)).astype(np.float32) if symbols else rng.normal(size=(2, 12, 1))
    with torch.no_grad():
        whole = model(torch.from_numpy(x.astype(np.float32))).numpy()
    stepper = Stepper(model, "cpu")
    found = np.concatenate([stepper(x[:, t : t + 1]) for t in range(12)], axis=1)
    np.testing.assert_allclose(found, whole, atol=1e-6)


def test_what_needs_the_whole_sequence_cannot_step() -> None:
    assert not can_step(network(Dense(units=3)))
    assert not can_step(network(Lstm(units=6), Dense(units=3)))
    assert not can_step(network(Lstm(**EVERY, bidirectional=True), Dense(units=3)))
    assert not can_step(network(OneHot(symbols=4), Lstm(**EVERY), features=3))
    assert not can_step(PRESETS["fast_cnn"].network)
    for name in ("sine_forecast", "characters", "on_off_memory"):
        assert can_step(PRESETS[name].network), name
