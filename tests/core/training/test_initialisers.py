"""How weights start."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from nnviz.core.initialisers.constant import Constant
from nnviz.core.initialisers.fan_in_uniform import FanInUniform
from nnviz.core.initialisers.truncated_normal import TruncatedNormal
from nnviz.core.layers.dense import Dense
from nnviz.core.network import NetworkSpec
from nnviz.core.shape import Shape


def started(weight: object, bias: object) -> tuple[np.ndarray, np.ndarray]:
    dense = Dense(units=500, weight_initialiser=weight, bias_initialiser=bias)
    model = NetworkSpec(input_shape=Shape((200,)), layers=(dense,)).build(1)
    return model[0].weight.detach().numpy(), model[0].bias.detach().numpy()


@pytest.mark.parametrize("spread", [0.001, 0.1, 3.0])
def test_a_truncated_normal_ends_at_two_standard_deviations(spread: float) -> None:
    weights, biases = started(TruncatedNormal(standard_deviation=spread), Constant(value=0.1))
    assert np.abs(weights).max() <= 2 * spread * (1 + 1e-6)
    assert np.abs(weights).max() > 1.95 * spread
    # Without its tails beyond two, a standard normal has variance 1 - 4 phi(2) / (2 Phi(2) - 1) = 0.7737.
    assert weights.std() == pytest.approx(spread * np.sqrt(0.7737), rel=0.01)
    assert abs(weights.mean()) < 0.02 * spread
    assert (biases == np.float32(0.1)).all()


def test_the_usual_start_is_uniform_by_the_number_of_inputs() -> None:
    weights, biases = started(FanInUniform(), FanInUniform())
    limit = 1 / np.sqrt(200)
    for values in (weights, biases):
        assert 0.98 * limit < np.abs(values).max() <= limit
    assert weights.std() == pytest.approx(limit / np.sqrt(3), rel=0.01)


def test_a_seed_gives_the_same_start_whatever_was_drawn_before() -> None:
    network = NetworkSpec(input_shape=Shape((3,)), layers=(Dense(units=4, weight_initialiser=TruncatedNormal()),))
    first = network.build(5)[0].weight.detach().numpy().copy()
    torch.rand(3)
    assert np.array_equal(network.build(5)[0].weight.detach().numpy(), first)
    assert not np.array_equal(network.build(6)[0].weight.detach().numpy(), first)
