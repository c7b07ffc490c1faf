"""Networks: shapes, counts worked out by hand, what is wrong and how it is mended, and the model that is built."""

from __future__ import annotations

import json

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from nnviz.core.errors import NnvizError
from nnviz.core.layers.base import LAYERS, LayerSpec
from nnviz.core.layers.batch_norm import BatchNorm
from nnviz.core.layers.conv2d import Conv2d
from nnviz.core.layers.dense import Dense
from nnviz.core.layers.dropout import Dropout
from nnviz.core.layers.flatten import Flatten
from nnviz.core.layers.max_pool2d import MaxPool2d
from nnviz.core.layers.relu import ReLU
from nnviz.core.network import NetworkError, NetworkSpec, OutputError
from nnviz.core.presets.base import PRESETS
from nnviz.core.shape import Fix, Shape, ShapeError

IMAGE = Shape((1, 28, 28))


def _network(*layers: LayerSpec, shape: Shape = IMAGE) -> NetworkSpec:
    return NetworkSpec(input_shape=shape, layers=layers)


def test_chapter_cnn_layer_by_layer() -> None:
    network = PRESETS["chapter_cnn"].network
    assert [
        (trace.name, str(trace.arrives), str(trace.leaves), trace.parameters, trace.operations)
        for trace in network.trace()
    ] == [
        ("conv2d_1", "1x28x28", "32x28x28", 832, 627_200),
        ("relu_1", "32x28x28", "32x28x28", 0, 25_088),
        ("max_pool2d_1", "32x28x28", "32x14x14", 0, 25_088),
        ("conv2d_2", "32x14x14", "64x14x14", 51_264, 10_035_200),
        ("relu_2", "64x14x14", "64x14x14", 0, 12_544),
        ("max_pool2d_2", "64x14x14", "64x7x7", 0, 12_544),
        ("flatten_1", "64x7x7", "3136", 0, 0),
        ("dense_1", "3136", "1024", 3_212_288, 3_211_264),
        ("relu_3", "1024", "1024", 0, 1_024),
        ("dropout_1", "1024", "1024", 0, 1_024),
        ("dense_2", "1024", "10", 10_250, 10_240),
    ]
    assert network.parameter_count() == 3_274_634
    assert network.operations() == 13_961_216


def test_parameters_are_written_out_as_they_arise() -> None:
    formulas = [trace.parameter_formula for trace in PRESETS["chapter_cnn"].network.trace() if trace.parameters]
    assert formulas == [
        "5x5x1x32 + 32 = 832",
        "5x5x32x64 + 64 = 51264",
        "3136x1024 + 1024 = 3212288",
        "1024x10 + 10 = 10250",
    ]
    assert BatchNorm().parameter_formula(Shape((16, 4, 4))) == "16 + 16 = 32"
    assert Dense(units=3, bias=False).parameter_formula(Shape((2,))) == "2x3 = 6"
    assert ReLU().parameter_formula(Shape((2,))) == ""


@pytest.mark.parametrize(
    ("preset", "parameters", "output"),
    [
        ("logistic_regression", 784 * 10 + 10, 10),
        ("mlp", 784 * 128 + 128 + 128 * 64 + 64 + 64 * 10 + 10, 10),
        ("fast_cnn", 400 + 32 + 4608 + 64 + 18432 + 128 + 5760 + 10, 10),
        ("chapter_regression", 2 * 5 + 5 + 5 + 1, 1),
        ("2d_classifier", 2 * 8 + 8 + 8 * 8 + 8 + 8 * 2 + 2, 2),
    ],
)
def test_presets_by_hand(preset: str, parameters: int, output: int) -> None:
    network = PRESETS[preset].network
    assert network.parameter_count() == parameters
    assert network.output_shape() == Shape((output,))


def test_fast_cnn_shrinks_28_14_7_3() -> None:
    leaves = [str(trace.leaves) for trace in PRESETS["fast_cnn"].network.trace() if trace.layer.name == "max_pool2d"]
    assert leaves == ["16x14x14", "32x7x7", "64x3x3"]


def test_the_first_wrong_layer_is_named_and_later_ones_are_unknown() -> None:
    network = _network(Conv2d(filters=4), ReLU(), Dense(units=5), ReLU(), Dense(units=2))
    traces = network.trace()
    assert [(trace.arrives is None, trace.leaves is None, trace.error is None) for trace in traces] == [
        (False, False, True),
        (False, False, True),
        (False, True, False),
        (True, True, True),
        (True, True, True),
    ]
    problem = network.problem()
    assert problem is not None
    assert str(problem) == "Dense needs a vector; 4x28x28 arrives. Insert Flatten before Dense."
    assert problem.index == 2
    assert [trace.parameters for trace in traces] == [40, 0, 0, 0, 0]
    assert [trace.parameter_formula for trace in traces] == ["3x3x1x4 + 4 = 40", "", "", "", ""]
    assert [str(found) for found in network.problems()] == [str(problem)]
    with pytest.raises(ShapeError, match="needs a vector"):
        network.output_shape()
    with pytest.raises(ShapeError, match="needs a vector"):
        network.build()
    mended = network.apply(problem.fixes[0], problem.index)
    assert [layer.name for layer in mended.layers] == ["conv2d", "relu", "flatten", "dense", "relu", "dense"]
    assert mended.problems() == []
    assert mended.output_shape() == Shape((2,))


@pytest.mark.parametrize(
    ("network", "fix", "layers"),
    [
        (
            _network(Conv2d(kernel_size=9, padding="valid"), shape=Shape((1, 5, 7))),
            "Shrink the kernel to 5x5",
            (Conv2d(kernel_size=5, padding="valid"),),
        ),
        (
            _network(Conv2d(kernel_size=9, padding="custom", padding_size=1), shape=Shape((1, 5, 7))),
            "Shrink the kernel to 7x7",
            (Conv2d(kernel_size=7, padding="custom", padding_size=1),),
        ),
        (
            _network(Conv2d(kernel_size=9, padding="valid"), shape=Shape((1, 5, 7))),
            "Pad the image ('same')",
            (Conv2d(kernel_size=9, padding="same"),),
        ),
        (
            _network(MaxPool2d(window=4), shape=Shape((1, 3, 9))),
            "Shrink the window to 3x3",
            (MaxPool2d(window=3),),
        ),
        (_network(MaxPool2d(window=4), ReLU(), shape=Shape((1, 3, 9))), "Remove Max pooling", (ReLU(),)),
        (_network(Conv2d(), ReLU(), shape=Shape((9,))), "Remove Convolution", (ReLU(),)),
    ],
)
def test_offered_fixes_mend(network: NetworkSpec, fix: str, layers: tuple[LayerSpec, ...]) -> None:
    problem = network.problem()
    assert problem is not None
    offered = {fix.title: fix for fix in problem.fixes}
    mended = network.apply(offered[fix], problem.index)
    assert mended.layers == layers
    assert mended.problem() is None


def test_insert_after() -> None:
    network = _network(Dense(units=3), ReLU(), shape=Shape((2,)))
    fix = Fix("Add dropout", "insert_after", "dropout", (("rate", 0.25),))
    assert network.apply(fix, 0).layers == (Dense(units=3), Dropout(rate=0.25), ReLU())
    assert network.apply(fix, 1).layers == (Dense(units=3), ReLU(), Dropout(rate=0.25))


def test_layer_names_count_per_type() -> None:
    network = _network(Conv2d(), ReLU(), Conv2d(), ReLU(), MaxPool2d())
    assert network.layer_names() == ["conv2d_1", "relu_1", "conv2d_2", "relu_2", "max_pool2d_1"]


def test_a_network_without_layers_says_what_to_do() -> None:
    assert [str(problem) for problem in NetworkSpec().problems()] == [
        "The network has no layers yet. Add one, or choose a preset."
    ]
    assert NetworkSpec().problem() is None
    assert NetworkSpec().output_shape() == IMAGE
    with pytest.raises(NetworkError, match="no layers yet"):
        NetworkSpec().build()


@pytest.mark.parametrize(
    "layers",
    [
        (Flatten(), Dense(units=7)),
        (Flatten(), Dense(units=7), ReLU(), Dropout()),
        (Flatten(),),
        (Conv2d(filters=3), MaxPool2d()),
        (ReLU(),),
        (Flatten(), Dense(units=7), ReLU(), BatchNorm()),
    ],
)
def test_wrong_number_of_outputs_can_be_mended_by_the_offered_fixes(layers: tuple[LayerSpec, ...]) -> None:
    network = _network(*layers, shape=Shape((1, 6, 6)))
    assert network.problems() == []
    for _ in range(3):
        problems = network.problems(outputs=10)
        if not problems:
            break
        (problem,) = problems
        assert isinstance(problem, OutputError)
        assert 0 <= problem.index < len(network.layers)
        network = network.apply(problem.fixes[0], problem.index)
    assert network.problems(outputs=10) == []
    assert network.output_shape() == Shape((10,))


def test_wrong_outputs_are_told_in_a_sentence() -> None:
    ten = _network(Flatten(), Dense(units=7), ReLU())
    assert [str(problem) for problem in ten.problems(outputs=10)] == [
        "The data needs a network that ends in 10 values; 7 leave it. Change the units of Dense to 10."
    ]
    maps = _network(Conv2d(filters=3))
    assert [str(problem) for problem in maps.problems(outputs=1)] == [
        "The data needs a network that ends in 1 value; 3x28x28 leave it. Add Flatten at the end."
    ]


def test_for_data_changes_the_input_and_the_last_units() -> None:
    network = _network(Flatten(), Dense(units=7), ReLU(), Dense(units=10), Dropout())
    other = network.for_data(Shape((3, 8, 8)), 4)
    assert other.input_shape == Shape((3, 8, 8))
    assert other.layers == (Flatten(), Dense(units=7), ReLU(), Dense(units=4), Dropout())
    assert network.layers[3] == Dense(units=10)


def test_json_round_trip_of_every_preset() -> None:
    for preset in PRESETS:
        data = json.loads(json.dumps(preset.network.to_json()))
        assert NetworkSpec.from_json(data) == preset.network


def test_build_makes_the_modules_in_order_and_fills_them() -> None:
    model = PRESETS["chapter_cnn"].network.build(seed=3)
    assert [name for name, _ in model.named_children()] == PRESETS["chapter_cnn"].network.layer_names()
    assert sum(p.numel() for p in model.parameters()) == 3_274_634
    for name, tensor in model.named_parameters():
        if name.endswith("bias"):
            assert torch.equal(tensor, torch.full_like(tensor, 0.1))
        else:
            assert tensor.abs().max() <= 0.2
            # A normal distribution cut at two standard deviations keeps 0.8796 of its standard deviation.
            assert tensor.std().item() == pytest.approx(0.08796, rel=0.1)


def test_build_is_repeatable_and_leaves_torch_own_start_alone() -> None:
    network = _network(Flatten(), Dense(units=4))
    first, second, other = network.build(seed=1), network.build(seed=1), network.build(seed=2)
    torch.manual_seed(1)
    reference = nn.Linear(784, 4)
    assert torch.equal(first[1].weight, second[1].weight)
    assert torch.equal(first[1].weight, reference.weight)
    assert not torch.equal(first[1].weight, other[1].weight)


def test_uneven_padding_is_initialised_too() -> None:
    preset = PRESETS["chapter_cnn"].network.layers[0]
    model = _network(preset.replace(kernel_size=4)).build(seed=0)
    assert model(torch.zeros(1, 1, 28, 28)).shape == (1, 32, 28, 28)
    assert torch.equal(model[0][1].bias, torch.full((32,), 0.1))


SMALL_LAYERS = st.sampled_from(
    [
        Conv2d(filters=2, kernel_size=3),
        Conv2d(filters=3, kernel_size=4, stride=3),
        Conv2d(filters=2, kernel_size=5, padding="valid"),
        MaxPool2d(),
        MaxPool2d(window=3, stride=2),
        Flatten(),
        Dense(units=5),
        *(cls() for cls in LAYERS if cls.category in ("Activation", "Regularisation")),
    ]
)


@settings(derandomize=True, deadline=None, max_examples=150)
@given(
    st.lists(SMALL_LAYERS, max_size=7),
    st.sampled_from([Shape((1, 9, 9)), Shape((2, 4, 7)), Shape((6,)), Shape((3, 4))]),
)
def test_random_stacks_are_predicted_rightly_or_mended_step_by_step(layers: list[LayerSpec], shape: Shape) -> None:
    network = _network(*layers, shape=shape)
    for _ in range(4 * len(layers) + 1):
        problem = network.problem()
        if problem is None or not problem.fixes:
            break
        network = network.apply(problem.fixes[0], problem.index)
    if network.problems():
        with pytest.raises(NnvizError):
            network.build()
        return
    model = network.build(seed=0).eval()
    assert model(torch.zeros(2, *shape)).shape == (2, *network.output_shape())
    assert sum(p.numel() for p in model.parameters()) == network.parameter_count()
