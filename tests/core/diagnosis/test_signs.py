"""What the probe of the diagnosis reads, against torch."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch

from nnviz.core.diagnosis.signs import Signs, VitalSigns
from nnviz.core.layers.relu import ReLU
from nnviz.core.layers.sigmoid import Sigmoid
from nnviz.core.probes import ProbeContext
from nnviz.core.snapshot import Snapshot
from tests.core.diagnosis.watched import Watched, mlp


def looked_at(watched: Watched, steps: int) -> Signs:
    iterator = watched.trainer.steps()
    for _ in range(steps):
        next(iterator)
    arrays = VitalSigns()(ProbeContext(watched.trainer, watched.data))
    assert all(isinstance(array, np.ndarray) for array in arrays.values())
    return Signs.of(Snapshot(watched.trainer.step, arrays))


def test_norms_are_those_of_torch() -> None:
    watched = Watched(mlp(16, 8))
    before = {name: tensor.detach().clone() for name, tensor in watched.trainer.model.named_parameters()}
    signs = looked_at(watched, 1)
    assert signs.step == 1
    assert [layer.layer for layer in signs.layers] == ["dense_1", "dense_2", "dense_3"]
    for layer in signs.layers:
        weight = watched.trainer.model.get_parameter(f"{layer.layer}.weight")
        assert layer.size == weight.numel()
        assert layer.weight == pytest.approx(float(weight.detach().norm()), rel=1e-5)
        assert layer.gradient == pytest.approx(float(weight.grad.norm()), rel=1e-5)
        assert layer.gradient_rms == pytest.approx(float((weight.grad**2).mean().sqrt()), rel=1e-5)
        moved = float((weight.detach() - before[f"{layer.layer}.weight"]).norm() / weight.detach().norm())
        assert layer.moved == pytest.approx(moved, rel=1e-4)


def test_before_the_first_step_there_is_no_gradient() -> None:
    signs = looked_at(Watched(mlp(4)), 0)
    assert all(math.isnan(layer.gradient) and math.isnan(layer.moved) for layer in signs.layers)


def test_dead_and_saturated_units_are_counted() -> None:
    watched = Watched(mlp(6, activation=ReLU))
    with torch.no_grad():
        watched.trainer.model.get_parameter("dense_1.bias")[:4] = -1000.0
    assert [(unit.units, unit.dead) for unit in looked_at(watched, 0).units] == [(6, 4)]
    watched = Watched(mlp(4, activation=Sigmoid))
    with torch.no_grad():
        watched.trainer.model.get_parameter("dense_1.weight").zero_()
        watched.trainer.model.get_parameter("dense_1.bias").copy_(torch.tensor([50.0, -50.0, 50.0, 0.0]))
    (unit,) = looked_at(watched, 0).units
    assert (unit.dead, unit.saturated) == (0, 0.75)


def test_looking_changes_no_training() -> None:
    def weights(look: bool) -> list[torch.Tensor]:
        watched = Watched(mlp(8))
        for step in watched.trainer.steps():
            if look:
                VitalSigns()(ProbeContext(watched.trainer, watched.data))
            if step.number == 5:
                break
        return [tensor.detach() for tensor in watched.trainer.model.parameters()]

    assert all(torch.equal(a, b) for a, b in zip(weights(True), weights(False), strict=True))
