"""The arithmetic behind single values, against what torch's layers compute."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from nnviz.core.layers.average_pool2d import AveragePool2d
from nnviz.core.layers.base import LayerSpec
from nnviz.core.layers.batch_norm import BatchNorm
from nnviz.core.layers.conv2d import Conv2d
from nnviz.core.layers.dense import Dense
from nnviz.core.layers.dropout import Dropout
from nnviz.core.layers.flatten import Flatten
from nnviz.core.layers.global_average_pool2d import GlobalAveragePool2d
from nnviz.core.layers.l2_pool2d import L2Pool2d
from nnviz.core.layers.max_pool2d import MaxPool2d
from nnviz.core.layers.relu import ReLU
from nnviz.core.layers.softmax import Softmax
from nnviz.core.measures.arithmetic import explain
from nnviz.core.network import NetworkSpec
from nnviz.core.shape import Shape

PARTS: list[LayerSpec] = [
    Conv2d(filters=3, kernel_size=3),
    Conv2d(filters=2, kernel_size=4, padding="same", bias=False),
    Conv2d(filters=2, kernel_size=3, stride=2, padding="valid"),
    Conv2d(filters=2, kernel_size=3, stride=3, padding="custom", padding_size=2),
    MaxPool2d(window=3, stride=2),
    AveragePool2d(window=2, stride=2),
    L2Pool2d(window=2, stride=2),
    GlobalAveragePool2d(),
]


@pytest.mark.parametrize("layer", PARTS, ids=lambda layer: layer.name)
def test_every_value_is_the_sum_of_its_terms(layer: LayerSpec) -> None:
    network = NetworkSpec(input_shape=Shape((2, 7, 8)), layers=(layer,))
    model = network.build(3)
    x = torch.randn(1, 2, 7, 8, generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        out = model(x)[0].numpy()
    parameters = {name.rsplit(".", 1)[-1]: value.detach().numpy() for name, value in model.named_parameters()}
    for index in np.ndindex(out.shape):
        terms = layer.terms(x[0].numpy(), index, parameters)
        assert terms is not None
        assert terms.value == pytest.approx(float(out[index]), abs=1e-5)


def test_a_patch_in_the_border_begins_outside_and_has_zeros_there() -> None:
    x = np.arange(16, dtype=np.float32).reshape(1, 4, 4) + 1
    terms = Conv2d(filters=1, kernel_size=3).terms(x, (0, 0, 0), {"weight": np.ones((1, 1, 3, 3)), "bias": np.ones(1)})
    assert terms.corner == (-1, -1)
    assert terms.inputs[0].tolist() == [[0, 0, 0], [0, 1, 2], [0, 5, 6]]
    assert terms.value == 15


NETWORK = NetworkSpec(
    input_shape=Shape((1, 6, 6)),
    layers=(
        Conv2d(filters=2, kernel_size=3),
        BatchNorm(),
        ReLU(),
        MaxPool2d(),
        Flatten(),
        Dropout(),
        Dense(units=4),
        Softmax(),
    ),
)


@pytest.fixture
def seen() -> tuple[NetworkSpec, dict[str, np.ndarray], torch.nn.Sequential, np.ndarray]:
    model = NETWORK.build(1).eval()
    x = torch.randn(1, 1, 6, 6, generator=torch.Generator().manual_seed(1))
    value, activations = x, {}
    with torch.no_grad():
        for name, module in model.named_children():
            value = module(value)
            activations[name] = value[0].numpy()
    return NETWORK, activations, model, x[0].numpy()


def parameters_of(model: torch.nn.Sequential, name: str) -> dict[str, np.ndarray]:
    return {key: value.detach().numpy() for key, value in model.get_submodule(name).named_parameters()}


@pytest.mark.parametrize("clicked", ["conv2d_1", "batch_norm_1", "relu_1"])
def test_an_activation_is_explained_from_the_sum_before_it(seen: tuple, clicked: str) -> None:
    network, activations, model, x = seen
    result = explain(network.trace(), activations, lambda name: parameters_of(model, name), x, clicked, (1, 2, 3))
    assert result.source == "conv2d_1"
    assert [name for name, _ in result.chain] == ["conv2d_1", "batch_norm_1", "relu_1"]
    assert result.terms is not None
    assert result.terms.value == pytest.approx(result.chain[0][1], abs=1e-5)
    assert result.chain[2][1] == max(0.0, result.chain[1][1])


def test_dropout_goes_on_from_what_is_before_it_and_softmax_stands_alone(seen: tuple) -> None:
    network, activations, model, x = seen

    def ask(name: str, index: tuple[int, ...]) -> object:
        return explain(network.trace(), activations, lambda layer: parameters_of(model, layer), x, name, index)

    assert ask("dropout_1", (5,)).source == "flatten_1"  # type: ignore[attr-defined]
    dense = ask("dense_1", (2,))
    assert dense.terms.value == pytest.approx(float(activations["dense_1"][2]), abs=1e-5)  # type: ignore[attr-defined]
    softmax = ask("softmax_1", (2,))
    assert softmax.terms is None  # type: ignore[attr-defined]
    assert softmax.chain == (("softmax_1", float(activations["softmax_1"][2])),)  # type: ignore[attr-defined]
    with pytest.raises(KeyError):
        ask("conv2d_9", (0,))
