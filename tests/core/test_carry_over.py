"""What a changed network keeps of what was learned."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from nnviz.core.carry_over import CarriedOver, carry_over
from nnviz.core.layers.base import LayerSpec
from nnviz.core.layers.batch_norm import BatchNorm
from nnviz.core.layers.conv2d import Conv2d
from nnviz.core.layers.dense import Dense
from nnviz.core.layers.dropout import Dropout
from nnviz.core.layers.flatten import Flatten
from nnviz.core.layers.max_pool2d import MaxPool2d
from nnviz.core.layers.relu import ReLU
from nnviz.core.layers.tanh import Tanh
from nnviz.core.network import NetworkSpec
from nnviz.core.shape import Shape
from nnviz.core.training.checkpoint import load_weights, weights_of


def _cnn(filters: int = 3, units: int = 5, kernel: int = 3) -> tuple[LayerSpec, ...]:
    return (
        Conv2d(filters=filters, kernel_size=kernel),
        BatchNorm(),
        ReLU(),
        MaxPool2d(),
        Flatten(),
        Dense(units=units),
        Tanh(),
        Dense(units=4),
    )


def _carry(old: tuple[LayerSpec, ...], new: tuple[LayerSpec, ...], shape: Shape) -> tuple[CarriedOver, Any, Any]:
    before, after = (NetworkSpec(input_shape=shape, layers=layers) for layers in (old, new))
    learned, fresh = before.build(seed=1), after.build(seed=2)
    for name, tensor in learned.state_dict().items():
        if name.endswith("running_mean"):
            tensor.uniform_(-1, 1)
    carried = carry_over(before, weights_of(learned), after, weights_of(fresh))
    load_weights(fresh, carried.weights)
    return carried, learned.eval(), fresh.eval()


def _outputs(model: Any, shape: Shape) -> NDArray[np.float32]:
    x = torch.randn(6, *shape, generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        result: NDArray[np.float32] = model(x).numpy()
    return result


IMAGE = Shape((2, 8, 8))


@pytest.mark.parametrize(
    "new",
    [
        _cnn(),
        _cnn(filters=7),
        _cnn(units=11),
        _cnn(filters=4, units=6),
        (*_cnn()[:3], Dropout(rate=0.5), *_cnn()[3:]),
        (*_cnn()[:5], Dense(enabled=False), *_cnn()[5:]),
    ],
    ids=["same", "more filters", "more units", "both", "a dropout between", "a disabled layer between"],
)
def test_a_network_that_grows_computes_at_first_what_it_did(new: tuple[LayerSpec, ...]) -> None:
    _, before, after = _carry(_cnn(), new, IMAGE)
    np.testing.assert_allclose(_outputs(after, IMAGE), _outputs(before, IMAGE), atol=1e-5)


def test_new_units_start_fresh_and_can_learn() -> None:
    _, _, after = _carry(
        (Dense(units=3), ReLU(), Dense(units=2)), (Dense(units=5), ReLU(), Dense(units=2)), Shape((4,))
    )
    first, last = after.dense_1.weight, after.dense_2.weight
    assert (last[:, 3:] == 0).all()
    assert (first[3:] != 0).any()
    after(torch.ones(1, 4)).sum().backward()
    assert (last.grad[:, 3:] != 0).any()


def test_a_layer_that_shrinks_keeps_its_first_units() -> None:
    carried, before, after = _carry(_cnn(units=5), _cnn(units=3), IMAGE)
    assert torch.equal(after.dense_1.weight, before.dense_1.weight[:3])
    assert torch.equal(after.dense_2.weight, before.dense_2.weight[:, :3])
    assert carried.kept == carried.total


def test_what_does_not_fit_begins_anew() -> None:
    carried, before, after = _carry(_cnn(kernel=3), _cnn(kernel=5), IMAGE)
    fresh = NetworkSpec(input_shape=IMAGE, layers=_cnn(kernel=5)).build(seed=2)
    assert torch.equal(after.conv2d_1.weight, fresh.conv2d_1.weight)
    assert torch.equal(after.dense_1.weight, before.dense_1.weight)
    assert carried.kept == carried.total - after.conv2d_1.weight.numel()


def test_a_dense_layer_behind_pictures_of_another_size_begins_anew() -> None:
    bigger = (Conv2d(filters=3, kernel_size=3), ReLU(), Flatten(), Dense(units=4))
    smaller = (Conv2d(filters=3, kernel_size=3, stride=2), ReLU(), Flatten(), Dense(units=4))
    _, before, after = _carry(bigger, smaller, IMAGE)
    fresh = NetworkSpec(input_shape=IMAGE, layers=smaller).build(seed=2)
    assert torch.equal(after.dense_1.weight, fresh.dense_1.weight)
    # The stride puts its padding into a module of its own.
    assert torch.equal(after.conv2d_1[1].weight, before.conv2d_1.weight)


def test_layers_are_matched_in_order_when_one_is_taken_out_or_put_in_front() -> None:
    three = (Dense(units=4), ReLU(), Dense(units=4, bias=False), ReLU(), Dense(units=2))
    _, before, after = _carry(three, three[2:], Shape((4,)))
    assert torch.equal(after.dense_1.weight, before.dense_2.weight)
    assert torch.equal(after.dense_2.weight, before.dense_3.weight)
    _, before, after = _carry(three[2:], three, Shape((4,)))
    assert torch.equal(after.dense_2.weight, before.dense_1.weight)
    assert torch.equal(after.dense_3.weight, before.dense_2.weight)
