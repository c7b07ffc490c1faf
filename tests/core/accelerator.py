"""What the tests on a graphics card share: whether there is one, data that is made up, and trainers side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from nnviz.core.datasets.base import Dataset, DatasetSpec, Split
from nnviz.core.datasets.mnist_few_labels import MnistFewLabels
from nnviz.core.layers.dropout import Dropout
from nnviz.core.network import NetworkSpec
from nnviz.core.presets import Preset
from nnviz.core.snapshot import History
from nnviz.core.training.device import available_devices
from nnviz.core.training.make_trainer import make_trainer
from nnviz.core.training.pretraining.greedy import Greedy
from nnviz.core.training.spec import TrainingSpec
from nnviz.core.training.trainer import Trainer

DEVICE = available_devices()[0][0]
"""The fastest device of this machine; "cpu" if it has no other."""

needs_accelerator = pytest.mark.skipif(DEVICE == "cpu", reason="there is no device but the processor")
needs_cuda = pytest.mark.skipif(not DEVICE.startswith("cuda"), reason="there is no CUDA device")


def made_up(spec: DatasetSpec, train: int = 64, others: int = 20) -> Dataset:
    """Samples of the data set's shape from random numbers: nothing is read."""
    rng = np.random.default_rng(1)

    def inputs(count: int) -> NDArray[np.float32]:
        shape = (count, *spec.input_shape.dims)
        if spec.symbols:
            return rng.integers(0, spec.symbols, shape).astype(np.float32)
        if spec.input_shape.is_image:
            return (rng.random(shape) ** 2).astype(np.float32)
        return rng.normal(size=shape).astype(np.float32)

    def split(count: int) -> Split:
        if spec.task == "regression":
            return Split(inputs(count), rng.normal(size=(count, *spec.output_shape.dims)).astype(np.float32))
        return Split(inputs(count), rng.integers(0, spec.outputs, (count, *spec.output_shape.dims[:-1])))

    unlabelled = inputs(train + 16) if isinstance(spec, MnistFewLabels) else None
    return Dataset(spec, split(train), split(others), split(others), unlabelled)


def without_dropout(network: NetworkSpec) -> NetworkSpec:
    """The network without what draws random numbers: they are others on each device."""
    layers = (layer.replace(enabled=False) if isinstance(layer, Dropout) else layer for layer in network.layers)
    return network.replace(layers=tuple(layers))


def shortened(preset: type[Preset], **changes: Any) -> TrainingSpec:
    """A preset's training, of a few small batches."""
    training = preset.training
    if isinstance(training.pretraining, Greedy):
        training = training.replace(pretraining=training.pretraining.replace(epochs=1))
    return training.replace(**{"batch_size": 16, "steps": 6, "validate_every": 3, **changes})


def trained(network: NetworkSpec, training: TrainingSpec, data: Dataset, device: str, until: int = 10**9) -> Trainer:
    """A trainer behind so many steps, which has kept what the last one changed."""
    trainer = make_trainer(network, training, data, device)
    trainer.keeps_weights = True
    run(trainer, until)
    return trainer


def run(trainer: Trainer, until: int = 10**9) -> History:
    """Train on to this step, and give the curves of it."""
    for step in trainer.steps():
        if step.phase == "train" and step.number >= until:
            break
    return trainer.take_history()


def assert_alike(
    found: Mapping[str, Any], expected: Mapping[str, Any], tolerance: float = 1e-3, *, least: float = 1e-5
) -> None:
    """The same names, shapes and whole numbers, and nearly the same values."""
    assert found.keys() == expected.keys()
    for name, value in expected.items():
        mine, theirs = np.asarray(found[name]), np.asarray(value)
        assert (mine.dtype, mine.shape) == (theirs.dtype, theirs.shape), name
        if mine.dtype.kind == "f":
            np.testing.assert_allclose(mine, theirs, rtol=tolerance, atol=least, err_msg=name)
        else:
            np.testing.assert_array_equal(mine, theirs, err_msg=name)
