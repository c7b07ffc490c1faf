"""What layers compute, against the formula worked in float64 numpy."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from nnviz.core.layers.average_pool2d import AveragePool2d
from nnviz.core.layers.base import LayerSpec
from nnviz.core.layers.dense import Dense
from nnviz.core.layers.elu import ELU
from nnviz.core.layers.global_average_pool2d import GlobalAveragePool2d
from nnviz.core.layers.l2_pool2d import L2Pool2d
from nnviz.core.layers.leaky_relu import LeakyReLU
from nnviz.core.layers.linear import Linear
from nnviz.core.layers.max_pool2d import MaxPool2d
from nnviz.core.layers.maxout import Maxout
from nnviz.core.layers.prelu import PReLU
from nnviz.core.layers.relu import ReLU
from nnviz.core.layers.softmax import Softmax
from nnviz.core.network import NetworkSpec
from nnviz.core.shape import Shape, ShapeError

Array = NDArray[np.float64]


def _outputs(layer: LayerSpec, x: Array) -> Array:
    module = layer.torch_call(Shape.of(x.shape[1:])).evaluate().double()
    result: Array = module(torch.from_numpy(x)).detach().numpy()
    return result


def _windows(x: Array, window: int, stride: int, reduce: Callable[[Array], Any]) -> Array:
    n, channels, height, width = x.shape
    rows, columns = (height - window) // stride + 1, (width - window) // stride + 1
    out = np.empty((n, channels, rows, columns))
    for row in range(rows):
        for column in range(columns):
            top, left = row * stride, column * stride
            out[:, :, row, column] = reduce(x[:, :, top : top + window, left : left + window])
    return out


@pytest.mark.parametrize(("window", "stride"), [(2, 2), (3, 2), (3, 1), (1, 3)])
@pytest.mark.parametrize(
    ("cls", "reduce"),
    [
        (MaxPool2d, lambda part: part.max(axis=(2, 3))),
        (AveragePool2d, lambda part: part.mean(axis=(2, 3))),
        (L2Pool2d, lambda part: np.sqrt((part**2).sum(axis=(2, 3)))),
    ],
    ids=["largest", "mean", "L2 norm"],
)
def test_pooling(cls: Any, reduce: Callable[[Array], Any], window: int, stride: int) -> None:
    x = np.random.default_rng(0).standard_normal((3, 2, 7, 8))
    expected = _windows(x, window, stride, reduce)
    np.testing.assert_allclose(_outputs(cls(window=window, stride=stride), x), expected, rtol=1e-12)


def test_the_gradient_of_the_l2_norm_is_a_number_where_all_is_zero() -> None:
    pool = L2Pool2d().torch_call(Shape((1, 4, 4))).evaluate()
    x = torch.zeros(1, 1, 4, 4)
    x[0, 0, 0, 0] = 3.0
    x[0, 0, 1, 1] = 4.0
    x.requires_grad_()
    pool(x).sum().backward()
    assert x.grad is not None
    expected = torch.zeros(4, 4)
    # d sqrt(x^2 + y^2) / dx = x / 5
    expected[0, 0], expected[1, 1] = 0.6, 0.8
    torch.testing.assert_close(x.grad[0, 0], expected)


def test_the_gradient_of_the_l2_norm_agrees_with_differences() -> None:
    pool = L2Pool2d(window=3, stride=2).torch_call(Shape((2, 5, 5))).evaluate()
    x = torch.randn(2, 2, 5, 5, dtype=torch.float64, generator=torch.Generator().manual_seed(0), requires_grad=True)
    assert torch.autograd.gradcheck(pool, (x,))


def test_global_average_pooling() -> None:
    x = np.random.default_rng(0).standard_normal((3, 4, 5, 6))
    np.testing.assert_allclose(_outputs(GlobalAveragePool2d(), x), x.mean(axis=(2, 3)), rtol=1e-12)


def test_activations_follow_their_formulas() -> None:
    x = np.random.default_rng(1).standard_normal((5, 6)) * 3
    exponentials = np.exp(x)
    for layer, expected in (
        (Linear(), x),
        (ReLU(), np.maximum(x, 0)),
        (LeakyReLU(slope=0.2), np.where(x > 0, x, 0.2 * x)),
        (PReLU(slope=0.3), np.where(x > 0, x, 0.3 * x)),
        (PReLU(slope=0.3, shared=False), np.where(x > 0, x, 0.3 * x)),
        (ELU(alpha=1.5), np.where(x > 0, x, 1.5 * (np.exp(np.minimum(x, 0)) - 1))),
        (Softmax(), exponentials / exponentials.sum(axis=1, keepdims=True)),
        (Maxout(pieces=3), np.stack([x[:, :3].max(axis=1), x[:, 3:].max(axis=1)], axis=1)),
        (Maxout(pieces=1), x),
    ):
        np.testing.assert_allclose(_outputs(layer, x), expected, rtol=1e-6, err_msg=repr(layer))


def test_softmax_normalises_channels_of_images_and_features_of_steps() -> None:
    image = np.random.default_rng(2).standard_normal((2, 3, 4, 5))
    np.testing.assert_allclose(_outputs(Softmax(), image).sum(axis=1), np.ones((2, 4, 5)))
    sequence = np.random.default_rng(3).standard_normal((2, 4, 5))
    np.testing.assert_allclose(_outputs(Softmax(), sequence).sum(axis=2), np.ones((2, 4)))


def test_maxout_takes_groups_of_channels() -> None:
    image = np.random.default_rng(4).standard_normal((2, 6, 3, 3))
    expected = image.reshape(2, 3, 2, 3, 3).max(axis=2)
    np.testing.assert_array_equal(_outputs(Maxout(pieces=2), image), expected)


@pytest.mark.parametrize(("features", "pieces", "offered"), [(9, 2, 1), (9, 4, 3), (10, 4, 2), (7, 8, 7)])
def test_maxout_offers_the_next_smaller_divisor(features: int, pieces: int, offered: int) -> None:
    with pytest.raises(ShapeError) as refused:
        Maxout(pieces=pieces).output_shape(Shape((features,)))
    assert refused.value.fixes[0].params == (("pieces", offered),)
    assert math.gcd(features, offered) == offered


# Layers that are switched off


def test_a_disabled_layer_lets_samples_pass() -> None:
    layers = (Dense(units=4), Dense(units=7, enabled=False), ReLU(enabled=False), Dense(units=2))
    network = NetworkSpec(input_shape=Shape((3,)), layers=layers)
    assert [str(trace.leaves) for trace in network.trace()] == ["4", "4", "4", "2"]
    assert network.parameter_count() == 3 * 4 + 4 + 4 * 2 + 2
    assert network.operations() == 3 * 4 + 4 * 2
    assert [name for name, _ in network.build().named_children()] == ["dense_1", "dense_3"]


def test_a_disabled_layer_cannot_be_wrong_and_is_not_fitted_to_data() -> None:
    wrong = Dense(units=5, enabled=False)
    network = NetworkSpec(input_shape=Shape((1, 4, 4)), layers=(wrong, GlobalAveragePool2d(), Dense(units=3), wrong))
    assert network.problems(3) == []
    fitted = network.for_data(Shape((2, 4, 4)), 8)
    assert fitted.layers[2] == Dense(units=8)
    assert fitted.layers[3] == wrong
    problem = fitted.problems(9)[0]
    assert isinstance(problem, ShapeError)
    assert problem.index == 2
