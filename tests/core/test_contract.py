"""The contract that everything in a registry keeps: a new file is tested by being there.

Data sets keep theirs in `tests/core/datasets`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from nnviz.core.call import Call
from nnviz.core.datasets.circles import Circles
from nnviz.core.initialisers.base import INITIALISERS, InitialiserSpec
from nnviz.core.layers.base import LAYERS, LayerSpec
from nnviz.core.layers.conv2d import Conv2d
from nnviz.core.layers.dense import Dense
from nnviz.core.layers.max_pool2d import MaxPool2d
from nnviz.core.network import NetworkSpec
from nnviz.core.presets.base import PRESETS, Preset
from nnviz.core.project import ProjectFile, save_project
from nnviz.core.registry import Registry
from nnviz.core.shape import Shape, ShapeError
from nnviz.core.spec import Param, Spec, SpecError, spec_from_json
from nnviz.core.training.losses.base import LOSSES, LossSpec
from nnviz.core.training.optimisers.base import OPTIMISERS, OptimiserSpec
from nnviz.core.training.pretraining.base import PRETRAININGS
from nnviz.core.training.problems import problems
from nnviz.core.training.regularisers.base import REGULARISERS, RegulariserSpec
from nnviz.core.training.schedules.base import SCHEDULES, ScheduleSpec
from nnviz.core.training.spec import TrainingSpec

REGISTRIES: list[Registry[Any]] = [LAYERS, INITIALISERS, OPTIMISERS, LOSSES, SCHEDULES, REGULARISERS, PRETRAININGS]
KINDS: list[tuple[Registry[Any] | None, type[Spec]]] = [
    *((registry, cls) for registry in REGISTRIES for cls in registry),
    (None, TrainingSpec),
    (None, NetworkSpec),
]
SHAPES = [
    Shape(dims)
    for dims in [
        (1,),
        (7,),
        (784,),
        (5, 3),
        (6, 1),
        (1, 4),
        (28, 28),
        (1, 28, 28),
        (3, 17, 23),
        (4, 1, 1),
        (2, 5, 4),
        (1, 9, 2),
    ]
]

LARGEST_RUN = 1_000_000
"""Parameters of a recurrent layer that is run on the processor."""


def _id(value: object) -> str:
    return value.__name__ if isinstance(value, type) else str(getattr(value, "noun", value))


def _variants(cls: type[Spec]) -> Iterator[Spec]:
    """The default, and each parameter in turn at its bounds, its choices, or its other types."""
    default = cls()
    yield default
    for info in cls.params():
        for value in _values(info):
            try:
                yield default.replace(**{info.name: value})
            except SpecError:
                # Two parameters may exclude each other.
                continue


def _values(info: Param) -> Iterator[Any]:
    if info.registry is not None and info.type is not tuple:
        yield from (cls() for cls in info.registry)
    elif info.choices:
        yield from info.choices
    elif info.type is bool:
        yield from (False, True)
    elif info.type is int:
        yield from (info.ge, info.ge + 1, info.ge + 2, info.le)
    elif info.type is float:
        yield from (bound for bound in (info.ge, info.le) if bound is not None)
        low, high = _bounds(info)
        yield low + (high - low) / 3


def _bounds(info: Param) -> tuple[float, float]:
    low = info.ge if info.ge is not None else info.gt
    high = info.le if info.le is not None else info.lt
    assert low is not None, f"{info.name} has no lower bound"
    assert high is not None, f"{info.name} has no upper bound"
    return low, high


def _from_source(call: Call, **names: Any) -> Any:
    """What the call's printed source makes in a namespace that has torch, nn and the call's own classes."""
    namespace: dict[str, Any] = {"torch": torch, "nn": nn, **names}
    for source in (*call.imports(), *(source for _, source in call.definitions())):
        exec(source, namespace)
    return eval(call.source(), namespace)


def _refusal(layer: LayerSpec, shape: Shape) -> ShapeError | None:
    try:
        layer.output_shape(shape)
    except ShapeError as error:
        return error
    return None


def _accepted(layer: LayerSpec) -> list[Shape]:
    return [shape for shape in SHAPES if _refusal(layer, shape) is None]


def _output_of_zeros(layer: LayerSpec, module: nn.Module, shape: Shape) -> torch.Tensor | None:
    """What a module on the meta device makes of two samples; None for a recurrent one that is too large to be run.

    On that device torch computes recurrent layers step by step in Python, which takes seconds.
    """
    if not any(isinstance(part, nn.RNNBase) for part in module.modules()):
        with torch.device("meta"):
            return module(torch.zeros(2, *shape))  # type: ignore[no-any-return]
    if layer.parameter_count(shape) > LARGEST_RUN:
        return None
    return layer.torch_call(shape).evaluate()(torch.zeros(2, *shape))  # type: ignore[no-any-return]


# What every spec keeps


@pytest.mark.parametrize(("registry", "cls"), KINDS, ids=_id)
def test_defaults_construct_and_survive_json(registry: Registry[Any] | None, cls: type[Spec]) -> None:
    for spec in _variants(cls):
        data = json.loads(json.dumps(spec.to_json(), allow_nan=False))
        assert cls.from_json(data) == spec
        if registry is not None:
            assert registry[data["type"]] is cls
            assert spec_from_json(registry, data) == spec


@pytest.mark.parametrize(("registry", "cls"), KINDS, ids=_id)
def test_every_parameter_is_documented_and_bounded(registry: Registry[Any] | None, cls: type[Spec]) -> None:
    for info in cls.params():
        assert info.doc[0].isupper() or info.doc[0] in "'\"("
        assert info.doc.endswith(".")
        if info.type in (int, float) and not info.choices:
            low, high = _bounds(info)
            assert low < high
            assert low <= info.default <= high
        if info.log:
            assert info.type in (int, float)
            assert _bounds(info)[0] >= 0
        if info.choices:
            assert info.default in info.choices
        if info.registry is not None and info.type is not tuple:
            assert info.default is not None
            assert info.registry[info.default.name] is type(info.default)


@pytest.mark.parametrize(("registry", "cls"), KINDS, ids=_id)
def test_values_beyond_the_bounds_are_refused(registry: Registry[Any] | None, cls: type[Spec]) -> None:
    for info in cls.params():
        if info.type not in (int, float) or info.choices:
            continue
        low, high = _bounds(info)
        for value in (info.type(low - 1), info.type(high + 1), math.nan, math.inf, "1", True, [1]):
            with pytest.raises(SpecError) as refused:
                cls(**{info.name: value})
            assert refused.value.field == info.name


@pytest.mark.parametrize(("registry", "cls"), KINDS, ids=_id)
def test_what_it_is_stands_in_one_sentence(registry: Registry[Any] | None, cls: type[Spec]) -> None:
    summary = cls.summary()
    assert 10 <= len(summary) <= 160
    assert summary.endswith(".")
    assert cls.title
    assert cls.title[0].isupper()


@pytest.mark.parametrize("registry", REGISTRIES, ids=_id)
def test_titles_are_unique(registry: Registry[Any]) -> None:
    titles = [cls.title for cls in registry]
    assert len(titles) > 0
    assert len(set(titles)) == len(titles)


# Layers


@pytest.mark.parametrize("cls", LAYERS, ids=_id)
def test_layers_say_their_shapes_and_the_source_of_their_formula(cls: type[LayerSpec]) -> None:
    doc = cls.__doc__ or ""
    assert "\n    Input shape: " in doc
    assert "\n    Output shape: " in doc
    assert cls.formula
    assert cls.category != "Other"
    if any(cls().operations(shape) for shape in _accepted(cls())):
        assert "\n    Source: " in doc


@pytest.mark.parametrize("cls", LAYERS, ids=_id)
def test_layers_refuse_shapes_with_a_sentence(cls: type[LayerSpec]) -> None:
    for layer in _variants(cls):
        for shape in SHAPES:
            error = _refusal(layer, shape)
            if error is not None:
                assert (error.layer, error.arrived) == (layer.title, shape)
                assert str(error).startswith(f"{layer.title} needs {error.needed}; {shape} arrives.")


@pytest.mark.parametrize("cls", LAYERS, ids=_id)
def test_layers_predict_shapes_and_parameters(cls: type[LayerSpec]) -> None:
    checked = 0
    for layer in _variants(cls):
        for shape in _accepted(layer):
            # The meta device computes shapes only, so that the largest layers cost nothing.
            with torch.device("meta"):
                module = layer.torch_call(shape).evaluate()
            out = _output_of_zeros(layer, module, shape)
            assert out is None or out.shape == (2, *layer.output_shape(shape)), f"{layer} on {shape}"
            real = [(name.rsplit(".", 1)[-1], tuple(p.shape)) for name, p in module.named_parameters()]
            assert list(layer.parameter_shapes(shape).items()) == real, f"{layer} on {shape}"
            assert layer.parameter_count(shape) == sum(p.numel() for p in module.parameters())
            assert layer.operations(shape) >= 0
            formula = layer.parameter_formula(shape)
            assert bool(formula) == bool(real)
            assert formula.rsplit(" = ", 1)[-1] == str(layer.parameter_count(shape)) or not formula
            checked += 1
    assert checked > 0


@pytest.mark.parametrize("cls", LAYERS, ids=_id)
def test_parameter_formulas_are_right_sums(cls: type[LayerSpec]) -> None:
    for shape in _accepted(cls()):
        formula = cls().parameter_formula(shape)
        if " = " in formula:
            terms, total = formula.split(" = ")
            assert sum(math.prod(map(int, term.split("x"))) for term in terms.split(" + ")) == int(total)


@pytest.mark.parametrize("cls", LAYERS, ids=_id)
@pytest.mark.parametrize("training", [False, True], ids=["evaluating", "training"])
def test_printed_source_of_a_layer_behaves_like_the_built_one(cls: type[LayerSpec], training: bool) -> None:
    layer = cls()
    for shape in _accepted(layer):
        call = layer.torch_call(shape)
        built, printed = call.evaluate(), _from_source(call)
        printed.load_state_dict(built.state_dict())
        built.train(training)
        printed.train(training)
        x = torch.randn(4, *shape, generator=torch.Generator().manual_seed(1))
        torch.manual_seed(2)
        expected = built(x)
        torch.manual_seed(2)
        assert torch.equal(printed(x), expected)


@pytest.mark.parametrize("cls", LAYERS, ids=_id)
def test_initialisers_name_tensors_that_exist(cls: type[LayerSpec]) -> None:
    for layer in _variants(cls):
        for shape in _accepted(layer)[:1]:
            names = [name for name, _ in layer.initialisers()]
            assert set(names) <= set(layer.parameter_shapes(shape))
            assert len(set(names)) == len(names)


SIDES = st.integers(1, 14)
WINDOWS = st.integers(1, 7)
STRIDES = st.integers(1, 5)


def _check_on_image(layer: LayerSpec, channels: int, height: int, width: int) -> None:
    shape = Shape((channels, height, width))
    error = _refusal(layer, shape)
    with torch.device("meta"):
        module = layer.torch_call(shape).evaluate()
        if error is None:
            assert module(torch.zeros(1, *shape)).shape == (1, *layer.output_shape(shape))
            return
        with pytest.raises(RuntimeError):
            module(torch.zeros(1, *shape))
    assert error.fixes
    for fix in error.fixes:
        mended = NetworkSpec(input_shape=shape, layers=(layer,)).apply(fix, 0)
        assert mended.problem() is None


@settings(derandomize=True, deadline=None, max_examples=400)
@given(st.data())
def test_convolution_of_any_kernel_stride_and_padding(data: st.DataObject) -> None:
    layer = Conv2d(
        filters=data.draw(st.integers(1, 3)),
        kernel_size=data.draw(WINDOWS),
        stride=data.draw(STRIDES),
        padding=data.draw(st.sampled_from(["valid", "same", "custom"])),
        padding_size=data.draw(st.integers(0, 4)),
        bias=data.draw(st.booleans()),
    )
    _check_on_image(layer, data.draw(st.integers(1, 3)), data.draw(SIDES), data.draw(SIDES))


@settings(derandomize=True, deadline=None, max_examples=200)
@given(WINDOWS, STRIDES, st.integers(1, 3), SIDES, SIDES)
def test_max_pooling_of_any_window_and_stride(window: int, stride: int, channels: int, height: int, width: int) -> None:
    _check_on_image(MaxPool2d(window=window, stride=stride), channels, height, width)


@settings(derandomize=True, deadline=None, max_examples=200)
@given(WINDOWS, STRIDES, SIDES, SIDES)
def test_same_padding_has_one_place_per_stride(kernel: int, stride: int, height: int, width: int) -> None:
    layer = Conv2d(filters=1, kernel_size=kernel, stride=stride, padding="same")
    out = layer.output_shape(Shape((1, height, width)))
    assert out == Shape((1, math.ceil(height / stride), math.ceil(width / stride)))
    left, right, top, bottom = layer.pads(Shape((1, height, width)))
    assert 0 <= right - left <= 1
    assert 0 <= bottom - top <= 1


# Initialisers


@pytest.mark.parametrize("cls", INITIALISERS, ids=_id)
def test_initialisers_fill_and_print_alike(cls: type[InitialiserSpec], tmp_path: Path) -> None:
    weight = np.linspace(-1, 1, 600, dtype=np.float32).reshape(20, 30)
    network = NetworkSpec(input_shape=Shape((30,)), layers=(Dense(units=20, bias=False),))
    trained = tmp_path / "trained.nnviz"
    save_project(trained, ProjectFile("Trained", network, Circles(), TrainingSpec(), {"dense_1.weight": weight}))
    for spec in _variants(cls):
        for info in cls.params():
            # One that reads a file gets a real one.
            spec = spec.replace(**{info.name: str(trained)}) if info.path == "file" else spec
        call = spec.torch_call("layer.1.weight")
        if call is None:
            continue
        layers = [nn.Sequential(nn.Flatten(), nn.Linear(30, 20)) for _ in range(2)]
        before = layers[0][1].weight.detach().clone()
        torch.manual_seed(1)
        call.evaluate(layer=layers[0])
        torch.manual_seed(1)
        _from_source(call, layer=layers[1])
        assert torch.equal(layers[0][1].weight, layers[1][1].weight)
        assert not torch.equal(layers[0][1].weight, before)
        assert torch.isfinite(layers[0][1].weight).all()


# Losses


@pytest.mark.parametrize("cls", LOSSES, ids=_id)
def test_losses_give_one_number_and_print_alike(cls: type[LossSpec]) -> None:
    assert cls.formula
    assert "\n    Source: " in (cls.__doc__ or "")
    assert cls.tasks
    generator = torch.Generator().manual_seed(0)
    outputs = torch.randn(4, 3, generator=generator)
    if cls.expects == "probabilities":
        outputs = outputs.softmax(dim=1)
    assert (cls.probabilities != "") == ("classification" in cls.tasks)
    for task in cls.tasks:
        targets = torch.tensor([0, 2, 1, 1]) if task == "classification" else torch.randn(4, 3, generator=generator)
        for spec in _variants(cls):
            loss = spec.torch_call(task).evaluate()(outputs, targets)
            assert loss.shape == ()
            assert torch.isfinite(loss)
            assert torch.equal(_from_source(spec.torch_call(task))(outputs, targets), loss)


# Optimisers and schedules


@pytest.mark.parametrize("cls", OPTIMISERS, ids=_id)
def test_optimisers_go_downhill_and_print_alike(cls: type[OptimiserSpec]) -> None:
    assert cls.formula
    assert "\n    Source: " in (cls.__doc__ or "")
    for spec in _variants(cls):
        call = spec.torch_call("weights")
        ends = []
        for make in (call.evaluate, partial(_from_source, call)):
            weight = torch.tensor([2.0, -3.0], requires_grad=True)
            optimiser = make(weights=[weight])
            for _ in range(3):
                optimiser.zero_grad()
                (weight**2).sum().backward()
                optimiser.step()
            ends.append(weight.detach().clone())
        assert torch.equal(*ends)
    weight = torch.tensor([2.0, -3.0], requires_grad=True)
    optimiser = cls().torch_call("weights").evaluate(weights=[weight])
    (weight**2).sum().backward()
    optimiser.step()
    assert (weight.abs() < torch.tensor([2.0, 3.0])).all()


@pytest.mark.parametrize("cls", SCHEDULES, ids=_id)
@pytest.mark.parametrize("total", [1, 2, 3, 10, 50])
def test_schedules_stay_below_the_optimisers_rate_and_print_alike(cls: type[ScheduleSpec], total: int) -> None:
    for spec in _variants(cls):
        call = spec.torch_call("optimiser", 0.1, total)
        if call is None:
            continue
        rates: list[list[float]] = []
        for make in (call.evaluate, partial(_from_source, call)):
            optimiser = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.1)
            scheduler = make(optimiser=optimiser)
            rates.append([])
            for _ in range(total):
                rates[-1].append(optimiser.param_groups[0]["lr"])
                optimiser.step()
                scheduler.step()
        assert rates[0] == rates[1]
        assert all(0 < rate <= 0.1 * (1 + 1e-9) for rate in rates[0])


# Regularisers


@pytest.mark.parametrize("cls", REGULARISERS, ids=_id)
def test_regularisers_change_weights_alike_however_they_are_made(cls: type[RegulariserSpec]) -> None:
    assert cls.formula
    assert "\n    Source: " in (cls.__doc__ or "")
    for spec in _variants(cls):
        call = spec.torch_call("model", "optimiser")
        ends = []
        for make in (call.evaluate, partial(_from_source, call)):
            torch.manual_seed(1)
            model = nn.Sequential(nn.Conv2d(2, 3, 3), nn.BatchNorm2d(3), nn.Flatten(), nn.Linear(12, 2))
            optimiser = torch.optim.SGD(model.parameters(), lr=0.1)
            regularise = make(model=model, optimiser=optimiser)
            # Before any gradient, and on a model of which a part has none.
            regularise()
            model[3](torch.ones(4, 12)).pow(2).sum().backward()
            regularise()
            ends.append(
                [tensor.clone() for p in model.parameters() for tensor in (p.detach(), p.grad) if tensor is not None]
            )
        assert all(torch.equal(first, second) for first, second in zip(*ends, strict=True))
        assert all(torch.isfinite(tensor).all() for tensor in ends[0])


# Presets


@pytest.mark.parametrize("cls", PRESETS, ids=_id)
def test_presets_fit_their_data_and_can_be_built(cls: type[Preset]) -> None:
    assert cls.title
    assert cls.teaches.endswith(".")
    assert len(cls.teaches) <= 140
    assert cls.network.input_shape == cls.dataset.input_shape
    assert cls.network.problems(cls.dataset.output_shape) == []
    assert cls.dataset.task in cls.training.loss.tasks
    assert problems(cls.network, cls.training, cls.dataset) == []
    model = cls.network.build(seed=0)
    assert sum(p.numel() for p in model.parameters()) == cls.network.parameter_count()
    found = model(torch.zeros(2, *cls.network.input_shape)).shape
    assert found == (2, *cls.network.output_shape())
    assert found == (2, *cls.dataset.output_shape) or cls.network.learns_alone


@pytest.mark.parametrize("cls", PRESETS, ids=_id)
def test_presets_survive_json(cls: type[Preset]) -> None:
    assert NetworkSpec.from_json(json.loads(json.dumps(cls.network.to_json()))) == cls.network
    assert TrainingSpec.from_json(json.loads(json.dumps(cls.training.to_json()))) == cls.training
    assert type(cls.dataset).from_json(json.loads(json.dumps(cls.dataset.to_json()))) == cls.dataset


def test_presets_have_an_order_of_their_own() -> None:
    assert len({preset.order for preset in PRESETS}) == len(PRESETS)
    assert len({preset.title for preset in PRESETS}) == len(PRESETS)


@pytest.mark.parametrize(("registry", "cls"), KINDS, ids=_id)
def test_what_a_field_depends_on_is_another_field_with_such_values(
    registry: Registry[Any] | None, cls: type[Spec]
) -> None:
    infos = {info.name: info for info in cls.params()}
    for info in infos.values():
        if info.only_if is not None:
            name, values = info.only_if
            assert name != info.name
            for value in values:
                assert infos[name].check(cls.title, value) == value
