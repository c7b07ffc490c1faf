"""Optimisers and schedules against their formulas in float64, and against torch's own."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from nnviz.core.training.optimisers import OPTIMISERS, OptimiserSpec
from nnviz.core.training.optimisers.adagrad import Adagrad
from nnviz.core.training.optimisers.adam import Adam
from nnviz.core.training.optimisers.adamw import AdamW
from nnviz.core.training.optimisers.ftrl_proximal import FTRLProximal
from nnviz.core.training.optimisers.gradient_descent import GradientDescent
from nnviz.core.training.optimisers.momentum import Momentum
from nnviz.core.training.optimisers.rmsprop import RMSProp
from nnviz.core.training.schedules.base import ScheduleSpec
from nnviz.core.training.schedules.constant_rate import ConstantRate
from nnviz.core.training.schedules.cosine import Cosine
from nnviz.core.training.schedules.one_cycle import OneCycle
from nnviz.core.training.schedules.step_decay import StepDecay

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


def momentum(w: Weights, gradients: list[Weights]) -> Weights:
    v = np.zeros_like(w)
    for g in gradients:
        v = 0.8 * v + g
        w = w - 0.03 * v
    return w


def nesterov(w: Weights, gradients: list[Weights]) -> Weights:
    v = np.zeros_like(w)
    for g in gradients:
        v = 0.8 * v + g
        w = w - 0.03 * (g + 0.8 * v)
    return w


def adagrad(w: Weights, gradients: list[Weights]) -> Weights:
    total = np.full_like(w, 0.25)
    for g in gradients:
        total = total + g**2
        w = w - 0.1 * g / (np.sqrt(total) + 1e-3)
    return w


def rmsprop(w: Weights, gradients: list[Weights]) -> Weights:
    v = np.zeros_like(w)
    for g in gradients:
        v = 0.7 * v + 0.3 * g**2
        w = w - 0.02 * g / (np.sqrt(v) + 1e-4)
    return w


def ftrl(alpha: float, beta: float, l1: float, l2: float) -> Update:
    """Algorithm 1 of McMahan et al. 2013, letter by letter, from weights that need not be zero."""

    def follow(w: Weights, gradients: list[Weights]) -> Weights:
        # The algorithm knows w by z and n alone; beta / alpha is the curvature before the first gradient.
        z, n = -beta / alpha * w, np.zeros_like(w)
        for g in gradients:
            sigma = (np.sqrt(n + g**2) - np.sqrt(n)) / alpha
            z = z + g - sigma * w
            n = n + g**2
            lasso = (z - np.sign(z) * l1) / ((beta + np.sqrt(n)) / alpha + l2)
            w = np.where(np.abs(z) <= l1, 0.0, -lasso)
        return w

    return follow


CASES = [
    (Momentum(learning_rate=0.03, momentum=0.8), momentum),
    (Momentum(learning_rate=0.03, momentum=0.8, nesterov=True), nesterov),
    (Adagrad(learning_rate=0.1, initial_accumulator=0.25, epsilon=1e-3), adagrad),
    (RMSProp(learning_rate=0.02, decay=0.7, epsilon=1e-4), rmsprop),
    (FTRLProximal(learning_rate=0.3, beta=2.0), ftrl(0.3, 2.0, 0.0, 0.0)),
    (FTRLProximal(learning_rate=0.3, beta=0.5, l1=2.0), ftrl(0.3, 0.5, 2.0, 0.0)),
    (FTRLProximal(learning_rate=0.3, beta=0.5, l2=3.0), ftrl(0.3, 0.5, 0.0, 3.0)),
    (FTRLProximal(learning_rate=0.3, beta=0.5, l1=2.0, l2=3.0), ftrl(0.3, 0.5, 2.0, 3.0)),
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


def test_every_optimiser_has_a_formula_here() -> None:
    assert {type(spec) for spec, _ in CASES} == set(OPTIMISERS)


def _step(optimiser: torch.optim.Optimizer, weight: torch.nn.Parameter, gradient: list[float]) -> list[float]:
    weight.grad = torch.tensor(gradient)
    optimiser.step()
    return weight.tolist()


def test_ftrl_by_hand() -> None:
    # alpha 1, beta 1, l1 1, l2 1, from w = 0.
    # g = 3, -0.5:  z = 3, -0.5;  n = 9, 0.25;  w = -(3 - 1) / (1 + 3 + 1) = -0.4, and 0 because |-0.5| <= 1.
    # g = 4, -1.5:  sigma = 5 - 3 = 2, and sqrt(2.5) - 0.5;  z = 3 + 4 + 2 * 0.4 = 7.8, and -2;  n = 25, 2.5;
    #               w = -(7.8 - 1) / (1 + 5 + 1), and -(-2 + 1) / (1 + sqrt(2.5) + 1).
    weight = torch.nn.Parameter(torch.zeros(2))
    model = torch.nn.ParameterList([weight])
    call = FTRLProximal(learning_rate=1.0, beta=1.0, l1=1.0, l2=1.0).torch_call("model.parameters()")
    optimiser = call.evaluate(model=model)
    assert _step(optimiser, weight, [3.0, -0.5]) == pytest.approx([-0.4, 0.0])
    assert _step(optimiser, weight, [4.0, -1.5]) == pytest.approx([-6.8 / 7, 1 / (2 + 2.5**0.5)])


def test_ftrl_makes_weights_exactly_zero_and_keeps_them_so_when_the_rate_falls() -> None:
    rng = np.random.default_rng(5)
    weight = torch.nn.Parameter(torch.from_numpy(rng.normal(size=200).astype(np.float32)))
    model = torch.nn.ParameterList([weight])
    optimiser = FTRLProximal(learning_rate=0.5, l1=3.0).torch_call("model.parameters()").evaluate(model=model)
    for _ in range(50):
        weight.grad = torch.from_numpy(rng.normal(size=200).astype(np.float32)) * 0.1
        optimiser.step()
    zeros = int((weight == 0).sum())
    assert 20 < zeros < 200
    before = weight.detach().clone()
    optimiser.param_groups[0]["lr"] = 1e-6
    weight.grad = torch.zeros(200)
    optimiser.step()
    # A rate of almost nothing moves nothing: neither the zeros nor the others.
    torch.testing.assert_close(weight.detach(), before, atol=1e-4, rtol=0)
    assert int((weight == 0).sum()) == zeros


def test_ftrl_without_penalties_is_gradient_descent_with_a_rate_per_weight() -> None:
    rng = np.random.default_rng(6)
    w, n = rng.normal(size=30), np.zeros(30)
    weight = torch.nn.Parameter(torch.from_numpy(w.astype(np.float32)))
    optimiser = (
        FTRLProximal(learning_rate=0.2).torch_call("m.parameters()").evaluate(m=torch.nn.ParameterList([weight]))
    )
    for step in range(30):
        # The rate itself goes up and down, as under a schedule.
        optimiser.param_groups[0]["lr"] = rate = 0.2 / (1 + step % 7)
        g = rng.normal(size=30)
        n += g**2
        w = w - rate / (1 + np.sqrt(n)) * g
        weight.grad = torch.from_numpy(g.astype(np.float32))
        optimiser.step()
    np.testing.assert_allclose(weight.detach().numpy(), w, rtol=1e-4, atol=1e-5)


def test_ftrl_asks_a_closure_for_the_loss() -> None:
    weight = torch.nn.Parameter(torch.tensor([2.0]))
    optimiser = FTRLProximal().torch_call("m.parameters()").evaluate(m=torch.nn.ParameterList([weight]))

    def closure() -> torch.Tensor:
        loss = (weight**2).sum()
        loss.backward()
        return loss

    assert optimiser.step(closure).item() == 4.0
    assert 0 < weight.item() < 2


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


def _rates(spec: ScheduleSpec, rate: float, total: int) -> list[float]:
    optimiser = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=rate)
    call = spec.torch_call("optimiser", rate, total)
    assert call is not None
    schedule = call.evaluate(optimiser=optimiser)
    rates = []
    for _ in range(total):
        rates.append(optimiser.param_groups[0]["lr"])
        optimiser.step()
        schedule.step()
    return rates


def test_the_step_schedule_falls_at_equal_distances() -> None:
    assert _rates(StepDecay(stages=3, factor=0.5), 0.8, 9) == pytest.approx([0.8] * 3 + [0.4] * 3 + [0.2] * 3)
    # Ten steps in three stages: the last one is the shorter.
    assert _rates(StepDecay(stages=3, factor=0.1), 1.0, 10) == pytest.approx([1.0] * 4 + [0.1] * 4 + [0.01] * 2)
    assert _rates(StepDecay(stages=5), 0.5, 2) == pytest.approx([0.5, 0.05])
    assert _rates(StepDecay(stages=1), 0.5, 4) == [0.5] * 4


@pytest.mark.parametrize(("total", "share"), [(10, 0.0), (10, 0.25), (1000, 0.0), (1, 0.0), (7, 1.0)])
def test_the_cosine_schedule_is_half_a_cosine(total: int, share: float) -> None:
    t = np.arange(total)
    expected = 0.3 * (share + (1 - share) * (1 + np.cos(np.pi * t / total)) / 2)
    np.testing.assert_allclose(_rates(Cosine(last_share=share), 0.3, total), expected, rtol=1e-9, atol=1e-15)
