"""Training on a graphics card: as on the processor, taken up again without a trace, and never waiting in a step."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

import numpy as np
import pytest
import torch

from nnviz.core.datasets.base import Dataset
from nnviz.core.datasets.circles import Circles
from nnviz.core.datasets.digits import Digits
from nnviz.core.layers import LAYERS, LayerSpec
from nnviz.core.layers.conv2d import Conv2d
from nnviz.core.layers.dense import Dense
from nnviz.core.layers.dropout import Dropout
from nnviz.core.layers.flatten import Flatten
from nnviz.core.layers.gru import Gru
from nnviz.core.layers.lstm import Lstm
from nnviz.core.layers.rnn import Rnn
from nnviz.core.layers.tanh import Tanh
from nnviz.core.network import NetworkSpec
from nnviz.core.presets import PRESETS, Preset
from nnviz.core.project import ProjectFile
from nnviz.core.shape import Shape, ShapeError
from nnviz.core.training.augmentations import AUGMENTATIONS, AugmentationSpec
from nnviz.core.training.checkpoint import load_weights, restore_checkpoint, save_checkpoint, weights_of
from nnviz.core.training.make_trainer import learns_by_contrast, make_trainer
from nnviz.core.training.optimisers import OPTIMISERS, OptimiserSpec
from nnviz.core.training.optimisers.gradient_descent import GradientDescent
from nnviz.core.training.regularisers import REGULARISERS
from nnviz.core.training.rewind import Rewinder
from nnviz.core.training.schedules import SCHEDULES, ScheduleSpec
from nnviz.core.training.spec import TrainingSpec
from nnviz.core.training.trainer import Trainer
from tests.core.accelerator import (
    DEVICE,
    assert_alike,
    made_up,
    needs_accelerator,
    needs_cuda,
    run,
    shortened,
    trained,
    without_dropout,
)

pytestmark = needs_accelerator

POINTS = NetworkSpec(input_shape=Shape((2,)), layers=(Dense(units=8), Tanh(), Dense(units=2)))
DROPPING = NetworkSpec(
    input_shape=Shape((1, 8, 8)),
    layers=(Conv2d(filters=4), Tanh(), Dropout(rate=0.3), Flatten(), Dropout(rate=0.5), Dense(units=10)),
)
SHAPES = [Shape(dims) for dims in ((8,), (4, 8, 8), (6, 4), (6, 1))]

every_preset = pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)


@pytest.fixture(autouse=True)
def _repeatable(monkeypatch: pytest.MonkeyPatch) -> None:
    # Else cuDNN may add up in another order each time.
    monkeypatch.setattr(torch.backends.cudnn, "deterministic", True)


@every_preset
def test_a_preset_learns_and_is_measured_as_on_the_processor(preset: type[Preset]) -> None:
    network, training, data = without_dropout(preset.network), shortened(preset), made_up(preset.dataset)
    ours = make_trainer(network, training, data, DEVICE)
    assert ours.device == DEVICE
    assert {tensor.device for tensor in ours.model.state_dict().values()} == {torch.device(DEVICE)}
    found = run(ours)
    # Only now: to be made, it sets the random numbers to their start.
    theirs = make_trainer(network, training, data, "cpu")
    expected = run(theirs)
    assert ours.finished
    assert found.steps.tolist() == expected.steps.tolist()
    assert found.validation_steps.tolist() == expected.validation_steps.tolist()
    if learns_by_contrast(network, training):
        # Its states are drawn, other ones on each device.
        np.testing.assert_allclose(found.loss[:1], expected.loss[:1], rtol=0.05)
    else:
        np.testing.assert_allclose(found.loss[:3], expected.loss[:3], rtol=1e-3)
        np.testing.assert_allclose(found.validation_loss[:1], expected.validation_loss[:1], rtol=1e-2)
    load_weights(theirs.model, weights_of(ours.model))
    for split in (data.train, data.test):
        mine, other = ours.evaluate(split), theirs.evaluate(split)
        assert mine.loss == pytest.approx(other.loss, rel=1e-4)
        # One sample may lie just on the boundary.
        assert mine.accuracy == pytest.approx(other.accuracy, abs=1 / len(split), nan_ok=True)


@every_preset
def test_a_preset_that_is_taken_up_again_goes_on_as_if_it_had_never_stopped(preset: type[Preset]) -> None:
    training, data = shortened(preset), made_up(preset.dataset)
    unbroken = make_trainer(preset.network, training, data, DEVICE)
    last = unbroken.total_steps - 3
    run(unbroken, last)
    point = save_checkpoint(unbroken)
    expected = run(unbroken)
    torch.manual_seed(99)
    again = make_trainer(preset.network, training, data, DEVICE)
    restore_checkpoint(again, point)
    found = run(again)
    assert found.steps.tolist() == expected.steps.tolist()
    assert found.loss.tolist() == expected.loss.tolist()
    assert found.validation_loss.tolist() == expected.validation_loss.tolist()
    assert_alike(weights_of(again.model), weights_of(unbroken.model), 0, least=0)


@every_preset
@pytest.mark.parametrize("way", ["to the processor", "from the processor"])
def test_a_preset_goes_on_on_another_device(preset: type[Preset], way: str) -> None:
    training, data = shortened(preset), made_up(preset.dataset)
    here, there = (DEVICE, "cpu") if way == "to the processor" else ("cpu", DEVICE)
    first = make_trainer(preset.network, training, data, here)
    run(first, first.total_steps - 3)
    point = save_checkpoint(first)
    second = make_trainer(preset.network, training, data, there)
    restore_checkpoint(second, point)
    assert_alike(weights_of(second.model), point.weights, 0, least=0)
    assert second.evaluate(data.test).loss == pytest.approx(first.evaluate(data.test).loss, rel=1e-4)
    assert np.isfinite(run(second).loss).all()
    assert second.finished


@needs_cuda
@every_preset
def test_no_step_waits_for_the_card(preset: type[Preset]) -> None:
    training = shortened(preset, steps=8, validate_every=0)
    trainer = make_trainer(preset.network, training, made_up(preset.dataset), DEVICE)
    trainer.keeps_weights = True
    steps, quick = trainer.steps(), 0
    while not trainer.finished:
        # The first of an epoch takes the new order to the card, and a measurement ends with a look at it.
        may_wait = trainer.validation_is_due or (trainer.step - trainer.began) % trainer.steps_per_epoch == 0
        with nullcontext() if may_wait else _waiting_is_an_error():
            quick += next(steps).phase == "train" and not may_wait
    assert quick >= 6


@contextmanager
def _waiting_is_an_error() -> Iterator[None]:
    with warnings.catch_warnings():
        # It is a prototype, says torch.
        warnings.simplefilter("ignore")
        torch.cuda.set_sync_debug_mode("error")
    try:
        yield
    finally:
        torch.cuda.set_sync_debug_mode("default")


def test_neither_passes_nor_updates_are_captured() -> None:
    trainer = Trainer(POINTS, TrainingSpec(batch_size=8, epochs=10), made_up(Circles()), DEVICE)
    run(trainer)
    assert trainer.step == 80
    # They are measured against the model on the processor.
    assert trainer._pass.captured_shapes == []
    assert not trainer._update.is_captured


@pytest.mark.parametrize("network", [DROPPING, PRESETS["rbm_16_exact"].network], ids=["dropout", "contrast"])
def test_an_earlier_step_is_made_again_and_the_training_does_not_notice(network: NetworkSpec) -> None:
    preset = PRESETS["rbm_16_exact"] if network.learns_alone else None
    training = TrainingSpec(batch_size=8, steps=20, optimiser=GradientDescent(learning_rate=0.05))
    data = made_up(preset.dataset if preset else Digits())
    trainer = make_trainer(network, training, data, DEVICE)
    run(trainer, 4)
    point = save_checkpoint(trainer)
    project = ProjectFile("Run", network, data.spec, training)
    state = ProjectFile(
        "Run", network, data.spec, training, weights=point.weights, state=point.state, numbers=point.numbers
    )
    run(trainer, 5)
    expected = weights_of(trainer.model)
    run(trainer, 9)
    before = save_checkpoint(trainer)
    again = Rewinder(project, data, DEVICE).make_again(state)
    assert again.step == 5
    assert_alike(weights_of(again.model), expected, 0, least=0)
    assert_alike(save_checkpoint(trainer).state, before.state, 0, least=0)


@pytest.mark.parametrize("cls", LAYERS, ids=lambda cls: cls.name)
def test_a_layer_computes_and_learns_as_on_the_processor(cls: type[LayerSpec]) -> None:
    for shape in SHAPES:
        layer = cls()
        try:
            layer.output_shape(shape)
        except ShapeError:
            continue
        # Of symbols there is no gradient.
        symbols = shape.dims == (6, 1)
        _compare_with_processor(NetworkSpec(input_shape=shape, layers=(layer,)), symbols=symbols)


@pytest.mark.parametrize(
    "layers",
    [
        (Lstm(units=6), Dense(units=3)),
        (Gru(units=6, layers=2, bidirectional=True), Dense(units=3)),
        (Rnn(units=6, truncate=2, passes_on="every step"), Lstm(units=4, bidirectional=True, passes_on="every step")),
    ],
    ids=["last step", "both ways", "in pieces"],
)
@pytest.mark.parametrize("padded", [False, True], ids=["full", "padded"])
def test_sequences_are_read_as_on_the_processor(layers: tuple[LayerSpec, ...], padded: bool) -> None:
    _compare_with_processor(NetworkSpec(input_shape=Shape((6, 4)), layers=layers), padded=padded)


def _compare_with_processor(network: NetworkSpec, *, symbols: bool = False, padded: bool = False) -> None:
    rng = np.random.default_rng(5)
    shape = (12, *network.input_shape.dims)
    x = rng.integers(0, 4, shape) if symbols else rng.normal(size=shape)
    if padded:
        for row, length in enumerate(rng.integers(1, shape[1] + 1, len(x))):
            x[row, length:] = np.nan
    dropping = any(isinstance(layer, Dropout) for layer in network.layers)
    results = []
    for device in (DEVICE, "cpu"):
        model = network.build(seed=3).to(device).train(not dropping)
        value = torch.from_numpy(x.astype(np.float32)).to(device).requires_grad_(not symbols)
        output = model(value)
        weight = torch.linspace(-1, 1, output.numel()).view(output.shape).to(device)
        if output.requires_grad:
            (output * weight).sum().backward()
        found = {"output": output, "input": value.grad}
        found |= {name: tensor.grad for name, tensor in model.named_parameters()}
        found |= dict(model.named_buffers())
        results.append({name: t.detach().cpu().numpy() for name, t in found.items() if t is not None})
    assert_alike(*results, least=1e-4)


@pytest.mark.parametrize("optimiser", OPTIMISERS, ids=lambda cls: cls.name)
@pytest.mark.parametrize("schedule", SCHEDULES, ids=lambda cls: cls.name)
def test_optimisers_and_schedules_descend_as_on_the_processor(
    optimiser: type[OptimiserSpec], schedule: type[ScheduleSpec]
) -> None:
    training = TrainingSpec(
        optimiser=optimiser(),
        schedule=schedule(),
        regularisers=tuple(cls() for cls in REGULARISERS),
        batch_size=16,
        steps=8,
        keep_best=True,
        early_stopping=9,
        validate_every=2,
    )
    ours, theirs = (trained(POINTS, training, made_up(Circles()), device) for device in (DEVICE, "cpu"))
    assert_alike(weights_of(ours.model), weights_of(theirs.model), 1e-2, least=1e-3)
    assert ours.best.step == theirs.best.step
    assert ours.clipping == pytest.approx(theirs.clipping, rel=1e-3)
    again = make_trainer(POINTS, training.replace(steps=12), made_up(Circles()), DEVICE)
    point = save_checkpoint(ours)
    restore_checkpoint(again, point)
    assert_alike(save_checkpoint(again).state, point.state, 0, least=0)


@pytest.mark.parametrize("cls", AUGMENTATIONS, ids=lambda cls: cls.name)
def test_pictures_are_changed_by_the_same_random_numbers(cls: type[AugmentationSpec]) -> None:
    call = cls().torch_call(Shape((1, 28, 28)))
    if call is None:
        return
    x = torch.from_numpy(made_up(PRESETS["fast_cnn"].dataset).train.x)
    changed = []
    for device in (DEVICE, "cpu"):
        torch.manual_seed(4)
        changed.append(call.evaluate()(x.to(device)).cpu().numpy())
    assert_alike({"x": changed[0]}, {"x": changed[1]}, least=1e-4)
    assert np.abs(changed[0] - x.numpy()).max() > 0.1


@needs_cuda
def test_products_have_all_digits() -> None:
    data: Dataset = made_up(Digits())
    trainer = Trainer(DROPPING, TrainingSpec(batch_size=8, steps=2), data, DEVICE)
    trainer.model.eval()
    convolution = trainer.model.conv2d_1
    x = torch.from_numpy(data.train.x)
    with torch.no_grad():
        found = convolution(x.to(DEVICE)).cpu().double()
        expected = convolution.cpu().double()(x.double())
    # TF32, which cuDNN chooses by itself, is off by 1e-4 and more.
    assert float((found - expected).abs().max()) < 5e-6
