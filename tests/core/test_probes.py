"""What live views are told of a model: against autograd by hand, as copies, and without a trace."""

from __future__ import annotations

import time

import numpy as np
import pytest
import torch
from torch import nn

from nnviz.core.datasets.base import Dataset, Split
from nnviz.core.datasets.digits import Digits
from nnviz.core.layers.batch_norm import BatchNorm
from nnviz.core.layers.conv2d import Conv2d
from nnviz.core.layers.dense import Dense
from nnviz.core.layers.dropout import Dropout
from nnviz.core.layers.flatten import Flatten
from nnviz.core.layers.relu import ReLU
from nnviz.core.network import NetworkSpec
from nnviz.core.probes import ProbeContext
from nnviz.core.shape import Shape
from nnviz.core.training.checkpoint import weights_of
from nnviz.core.training.optimisers.gradient_descent import GradientDescent
from nnviz.core.training.spec import TrainingSpec
from nnviz.core.training.trainer import Trainer

NETWORK = NetworkSpec(
    input_shape=Shape((1, 8, 8)),
    layers=(
        Conv2d(filters=2, kernel_size=2, padding="same"),
        BatchNorm(),
        ReLU(),
        Flatten(),
        Dropout(rate=0.5),
        Dense(units=10),
    ),
)
NAMES = ["conv2d_1", "batch_norm_1", "relu_1", "flatten_1", "dropout_1", "dense_1"]


@pytest.fixture
def data() -> Dataset:
    rng = np.random.default_rng(0)
    split = Split(rng.random((12, 1, 8, 8), dtype=np.float32), rng.integers(0, 10, 12))
    return Dataset(Digits(), split, split, split)


@pytest.fixture
def trainer(data: Dataset) -> Trainer:
    training = TrainingSpec(optimiser=GradientDescent(learning_rate=0.1), batch_size=6, epochs=3, seed=4)
    return Trainer(NETWORK, training, data, "cpu")


def test_before_the_first_step_there_are_weights_and_no_gradients(trainer: Trainer, data: Dataset) -> None:
    context = ProbeContext(trainer, data)
    assert (context.step, context.layer_names, context.data) == (0, NAMES, data)
    assert {name: list(context.parameters(name)) for name in NAMES if context.parameters(name)} == {
        "conv2d_1": ["weight", "bias"],
        "batch_norm_1": ["weight", "bias"],
        "dense_1": ["weight", "bias"],
    }
    assert context.parameters("conv2d_1")["weight"].shape == (2, 1, 2, 2)
    assert [(learned.gradient, learned.update) for learned in context.learned("dense_1")] == [(None, None)] * 2
    for ask in (context.parameters, context.learned):
        with pytest.raises(KeyError):
            ask("dense_2")


def test_gradients_are_those_of_the_last_batch(trainer: Trainer, data: Dataset) -> None:
    before = weights_of(trainer.model)
    random = torch.get_rng_state()
    next(trainer.steps())
    found = {learned.name: learned.gradient.numpy() for learned in ProbeContext(trainer, data).learned("dense_1")}

    twin = NETWORK.build()
    twin.load_state_dict({name: torch.from_numpy(array) for name, array in before.items()})
    order = torch.randperm(12, generator=torch.Generator().manual_seed(4))[:6]
    torch.set_rng_state(random)
    twin = twin.to(memory_format=torch.channels_last)
    outputs = twin(torch.from_numpy(data.train.x)[order].contiguous(memory_format=torch.channels_last))
    nn.functional.cross_entropy(outputs, torch.from_numpy(data.train.y)[order]).backward()
    np.testing.assert_allclose(found["weight"], twin.dense_1.weight.grad.numpy(), rtol=1e-5, atol=1e-7)
    np.testing.assert_allclose(found["bias"], twin.dense_1.bias.grad.numpy(), rtol=1e-5, atol=1e-7)
    # Gradient descent at 0.1 has gone exactly that way.
    np.testing.assert_allclose(
        before["dense_1.weight"] - ProbeContext(trainer, data).parameters("dense_1")["weight"],
        0.1 * found["weight"],
        atol=1e-7,
    )


def test_activations_are_each_layers_outputs_in_evaluation_mode(trainer: Trainer, data: Dataset) -> None:
    for _ in zip(range(3), trainer.steps(), strict=False):
        pass
    x = data.test.x[:5]
    context = ProbeContext(trainer, data)
    found = context.activations(x)
    assert list(found) == NAMES
    weights = {name: array.astype(np.float64) for name, array in weights_of(trainer.model).items()}
    # "same" with an even kernel: the one zero that is left over goes behind, to the right and below.
    padded = np.pad(x[:, 0].astype(np.float64), ((0, 0), (0, 1), (0, 1)))
    kernel = weights["conv2d_1.1.weight"][:, 0]
    conv = sum(
        kernel[None, :, i, j, None, None] * padded[:, None, i : i + 8, j : j + 8] for i in range(2) for j in range(2)
    )
    conv = conv + weights["conv2d_1.1.bias"][None, :, None, None]

    def per_channel(name: str) -> np.ndarray:
        return weights[f"batch_norm_1.{name}"][None, :, None, None]

    norm = (conv - per_channel("running_mean")) / np.sqrt(per_channel("running_var") + 1e-5)
    norm = norm * per_channel("weight") + per_channel("bias")
    flat = np.maximum(norm, 0).reshape(5, -1)
    out = flat @ weights["dense_1.weight"].T + weights["dense_1.bias"]
    for name, wanted in zip(NAMES, (conv, norm, np.maximum(norm, 0), flat, flat, out), strict=True):
        np.testing.assert_allclose(found[name], wanted, rtol=1e-4, atol=1e-5)
    np.testing.assert_array_equal(context.outputs(x), found["dense_1"])


def test_answers_are_copies_that_nobody_can_write_to(trainer: Trainer, data: Dataset) -> None:
    steps = trainer.steps()
    next(steps)
    context = ProbeContext(trainer, data)
    answers = [
        *context.parameters("dense_1").values(),
        *context.activations(data.test.x).values(),
        context.outputs(data.test.x),
    ]
    kept = [array.copy() for array in answers]
    for _ in zip(range(4), steps, strict=False):
        pass
    assert not np.array_equal(ProbeContext(trainer, data).parameters("dense_1")["weight"], kept[0])
    for array, copy in zip(answers, kept, strict=True):
        np.testing.assert_array_equal(array, copy)
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0


def test_probing_leaves_no_trace_in_the_training(trainer: Trainer, data: Dataset) -> None:
    for _ in trainer.steps():
        pass
    undisturbed = weights_of(trainer.model)
    again = Trainer(NETWORK, trainer.training, data, "cpu")
    for _ in again.steps():
        mode, random = again.model.training, torch.get_rng_state()
        gradients = [p.grad.clone() for p in again.model.parameters() if p.grad is not None]
        context = ProbeContext(again, data)
        for name in NAMES:
            context.parameters(name)
            context.learned(name)
        context.activations(data.test.x)
        context.outputs(data.test.x)
        assert again.model.training == mode
        assert torch.equal(torch.get_rng_state(), random)
        assert all(map(torch.equal, gradients, (p.grad for p in again.model.parameters())))
    for name, array in weights_of(again.model).items():
        np.testing.assert_array_equal(array, undisturbed[name])


def _updates(trainer: Trainer, data: Dataset, layer: str) -> list[torch.Tensor | None]:
    return [learned.update for learned in ProbeContext(trainer, data).learned(layer)]


def test_updates_are_what_the_step_added(trainer: Trainer, data: Dataset) -> None:
    steps = (step for step in trainer.steps() if step.phase == "train")
    next(steps)
    assert _updates(trainer, data, "dense_1") == [None, None], "nobody has asked for it"
    trainer.keep_weights_before_step()
    next(steps)
    context = ProbeContext(trainer, data)
    for layer in ("conv2d_1", "batch_norm_1", "dense_1"):
        for learned in context.learned(layer):
            # Gradient descent at 0.1, worked by hand; a difference of rounded weights has no more digits.
            np.testing.assert_allclose(learned.update, -0.1 * learned.gradient, atol=1e-7)
    assert context.learned("relu_1") == []
    step = trainer.step
    while trainer.step == step:
        # Validation comes first, and changes nothing.
        next(steps)
    assert _updates(trainer, data, "dense_1") == [None, None], "of an earlier step"
    trainer.keeps_weights = True
    for _ in range(2):
        next(steps)
        weight, bias = ProbeContext(trainer, data).learned("dense_1")
        for learned in (weight, bias):
            np.testing.assert_allclose(learned.update, -0.1 * learned.gradient, atol=1e-7)


def test_what_all_share_is_counted_once_and_as_nobodys_own(trainer: Trainer, data: Dataset) -> None:
    context = ProbeContext(trainer, data)
    context.parameters(context.layer_names[0])
    assert context.shared_s == 0
    context.seen(context.layer_names[-1])
    passed = context.shared_s
    assert passed > 0
    context.seen(context.layer_names[0])
    assert context.shared_s == passed, "the samples go through the network once"

    def inner() -> int:
        time.sleep(0.02)
        return 1

    assert context.once("outer", lambda: context.once("inner", inner) + 1) == 2
    assert context.once("inner", inner) == 1
    # Twice that, if the one inside the other were counted twice.
    assert 0.02 <= context.shared_s - passed < 0.04
