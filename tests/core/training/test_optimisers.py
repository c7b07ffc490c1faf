"""Optimisers and schedules against their formulas in float64, and against torch's own."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from nnviz.core.training.optimisers import OPTIMISERS, OptimiserSpec
from nnviz.core.training.optimisers.adam import Adam
from nnviz.core.training.optimisers.adamw import AdamW
from nnviz.core.training.optimisers.gradient_descent import GradientDescent
from nnviz.core.training.schedules.constant_rate import ConstantRate
from nnviz.core.training.schedules.one_cycle import OneCycle

Weights = NDArray[np.float64]
Update = Callable[[Weights, list[Weights]], Weights]

STEPS = 25


def descend(w: Weights, gradients: list[Weights]) -> Weights:
    for g in gradients:
        w = w - 0.05 * g
    return w


def descend_with_decay(w: Weights, gradients: list[Weights]) -> Weights:
    for g in gradients:
        w = w - 0.05 * (g + 0.1 * w)
    return w


def adam(w: Weights, gradients: list[Weights], decay: float = 0.0) -> Weights:
    m, v = np.zeros_like(w), np.zeros_like(w)
    for t, g in enumerate(gradients, start=1):
        w = (1 - 0.02 * decay) * w
        m = 0.8 * m + 0.2 * g
        v = 0.95 * v + 0.05 * g**2
        w = w - 0.02 * (m / (1 - 0.8**t)) / (np.sqrt(v / (1 - 0.95**t)) + 1e-6)
    return w


def adamw(w: Weights, gradients: list[Weights]) -> Weights:
    return adam(w, gradients, decay=0.3)


CASES = [
    (GradientDescent(learning_rate=0.05), descend),
    (GradientDescent(learning_rate=0.05, weight_decay=0.1), descend_with_decay),
    (Adam(learning_rate=0.02, beta1=0.8, beta2=0.95, epsilon=1e-6), adam),
    (AdamW(learning_rate=0.02, beta1=0.8, beta2=0.95, epsilon=1e-6, weight_decay=0.3), adamw),
]


@pytest.mark.parametrize(("spec", "formula"), CASES)
def test_an_optimiser_follows_its_formula(spec: OptimiserSpec, formula: Update) -> None:
    rng = np.random.default_rng(0)
    start = rng.normal(size=(4, 3))
    gradients = [rng.normal(size=(4, 3)) * 10.0 ** rng.integers(-3, 2) for _ in range(STEPS)]
    weight = torch.nn.Parameter(torch.from_numpy(start.astype(np.float32)))
    model = torch.nn.ParameterList([weight])
    optimiser = spec.torch_call("model.parameters()").evaluate(model=model)
    for gradient in gradients:
        weight.grad = torch.from_numpy(gradient.astype(np.float32))
        optimiser.step()
    np.testing.assert_allclose(weight.detach().numpy(), formula(start, gradients), rtol=2e-4, atol=2e-5)


@pytest.mark.parametrize("spec", OPTIMISERS)
def test_every_optimiser_goes_downhill(spec: type[OptimiserSpec]) -> None:
    weight = torch.nn.Parameter(torch.tensor([3.0, -2.0]))
    model = torch.nn.ParameterList([weight])
    optimiser = spec().torch_call("model.parameters()").evaluate(model=model)
    assert optimiser.param_groups[0]["lr"] == spec().learning_rate
    for _ in range(100):
        optimiser.zero_grad()
        (weight**2).sum().backward()
        optimiser.step()
    assert (weight.abs() < torch.tensor([3.0, 2.0])).all()


@pytest.mark.parametrize(
    ("total", "warm_up", "divisor"), [(50, 0.3, 25.0), (10, 0.1, 1.0), (200, 0.9, 1e4), (2, 0.5, 25.0), (3, 0.34, 10.0)]
)
def test_one_cycle_rises_and_falls_by_cosines(total: int, warm_up: float, divisor: float) -> None:
    optimiser = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=0.2)
    spec = OneCycle(warm_up=warm_up, start_divisor=divisor)
    call = spec.torch_call("optimiser", 0.2, total)
    assert call is not None
    schedule = call.evaluate(optimiser=optimiser)
    rates = []
    for _ in range(total):
        rates.append(optimiser.param_groups[0]["lr"])
        optimiser.step()
        schedule.step()
    first, last, turn = 0.2 / divisor, 0.2 / divisor / 1e4, warm_up * total - 1

    def cosine(start: float, end: float, part: float) -> float:
        return end + (start - end) / 2 * (1 + np.cos(np.pi * part))

    expected = [
        cosine(first, 0.2, step / turn) if step <= turn else cosine(0.2, last, (step - turn) / (total - 1 - turn))
        for step in range(total)
        if turn > 0
    ]
    if expected:
        assert rates == pytest.approx(expected, rel=1e-9)
    assert max(rates) <= 0.2 * (1 + 1e-9)
    assert rates[-1] == pytest.approx(last, rel=1e-6)


def test_one_cycle_is_torchs_own() -> None:
    def rates(make: Callable[[torch.optim.Optimizer], torch.optim.lr_scheduler.LRScheduler]) -> list[float]:
        optimiser = torch.optim.Adam([torch.nn.Parameter(torch.zeros(1))], lr=0.01)
        schedule = make(optimiser)
        found = []
        for _ in range(40):
            found.append(optimiser.param_groups[0]["lr"])
            assert optimiser.param_groups[0]["betas"] == (0.9, 0.999)
            optimiser.step()
            schedule.step()
        return found

    call = OneCycle().torch_call("optimiser", 0.01, 40)
    assert call is not None
    theirs = rates(lambda o: torch.optim.lr_scheduler.OneCycleLR(o, 0.01, total_steps=40, cycle_momentum=False))
    assert rates(lambda o: call.evaluate(optimiser=o)) == theirs


@pytest.mark.parametrize("total", [1, 2, 3, 4, 5, 7, 10])
@pytest.mark.parametrize("warm_up", [1e-6, 0.1, 0.2, 0.25, 0.5, 0.999999])
def test_one_cycle_survives_any_length(total: int, warm_up: float) -> None:
    optimiser = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=0.2)
    call = OneCycle(warm_up=warm_up).torch_call("optimiser", 0.2, total)
    assert call is not None
    schedule = call.evaluate(optimiser=optimiser)
    for _ in range(total):
        assert 0 <= optimiser.param_groups[0]["lr"] <= 0.2 * (1 + 1e-6)
        optimiser.step()
        schedule.step()


def test_a_constant_rate_needs_no_scheduler() -> None:
    assert ConstantRate().torch_call("optimiser", 0.1, 10) is None
