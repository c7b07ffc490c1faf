"""Annealed importance sampling against exact partition functions."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from nnviz.core.rbm.annealing import (
    EstimateCancelledError,
    base_biases,
    betas,
    exact_samples,
    forward_ais,
    reverse_ais,
)
from nnviz.core.rbm.machine import Machine, VisibleKind
from tests.core.rbm.brute import Brute


def _machine(kind: VisibleKind = "bernoulli") -> Machine:
    """Sixteen hidden units, forty visible ones, weights as large as learned ones."""
    generator = torch.Generator().manual_seed(4)
    weight = torch.randn(16, 40, generator=generator) * (0.5 if kind == "bernoulli" else 0.15)
    bias = torch.randn(16, generator=generator)
    return Machine(weight, bias, torch.randn(40, generator=generator), kind)


@pytest.mark.parametrize("kind", ["bernoulli", "gaussian"])
def test_both_estimates_are_within_a_tenth_of_a_nat_at_sixteen_hidden_units(kind: VisibleKind) -> None:
    machine = _machine(kind)
    data = exact_samples(machine, 200, torch.Generator().manual_seed(0))
    base = base_biases(machine, data)
    exact = machine.log_z()
    forward = forward_ais(machine, base, chains=200, temperatures=1000)
    backward = reverse_ais(machine, base, data, temperatures=1000)
    for estimate in (forward, backward):
        assert estimate.log_z == pytest.approx(exact, abs=0.1)
        assert estimate.low <= estimate.log_z <= estimate.high
        assert estimate.low - 0.05 <= exact <= estimate.high + 0.05
        assert estimate.log_weights.shape == (200,)


def test_a_machine_without_weights_needs_no_annealing() -> None:
    bias = torch.tensor([0.3, -1.0])
    machine = Machine(torch.zeros(3, 2), torch.zeros(3), bias)
    expected = 3 * np.log(2) + np.log1p(np.exp([0.3, -1.0])).sum()
    for estimate in (
        forward_ais(machine, bias, chains=5, temperatures=20),
        reverse_ais(machine, bias, torch.zeros(5, 2), temperatures=20),
    ):
        assert estimate.log_z == pytest.approx(expected, abs=1e-5)
        assert estimate.high - estimate.low == pytest.approx(0, abs=1e-5)


def test_exact_samples_are_as_frequent_as_probable() -> None:
    brute = Brute(3, 3, seed=6)
    samples = exact_samples(brute.machine(dtype=torch.float32), 40_000, torch.Generator().manual_seed(2))
    numbers = (samples @ torch.tensor([4.0, 2.0, 1.0])).long()
    np.testing.assert_allclose(np.bincount(numbers, minlength=8) / 40_000, brute.p.sum(1), atol=0.0125)


def test_the_same_seed_gives_the_same_estimate_and_another_one_another() -> None:
    machine = _machine()
    base = torch.zeros(40)
    first, again = (forward_ais(machine, base, chains=10, temperatures=50) for _ in range(2))
    other = forward_ais(machine, base, chains=10, temperatures=50, seed=5)
    assert first.log_z == again.log_z != other.log_z


def test_chains_that_are_too_few_or_too_short_fall_short_and_the_pair_shows_it() -> None:
    machine = _machine()
    machine.weight.mul_(3)
    base = torch.zeros(40)
    forward = forward_ais(machine, base, chains=20, temperatures=10)
    backward = reverse_ais(machine, base, torch.zeros(20, 40), temperatures=10)
    assert forward.log_z < machine.log_z() < backward.log_z


def test_an_estimate_can_be_ended() -> None:
    machine = _machine()
    for estimate in (
        lambda told: forward_ais(machine, torch.zeros(40), told=told),
        lambda told: reverse_ais(machine, torch.zeros(40), torch.zeros(4, 40), told=told),
    ):
        seen: list[tuple[int, int]] = []

        def told(done: int, total: int, seen: list[tuple[int, int]] = seen) -> bool:
            seen.append((done, total))
            return len(seen) == 3

        with pytest.raises(EstimateCancelledError):
            estimate(told)
        assert len(seen) == 3


def test_temperatures_rise_from_0_to_1_and_are_densest_at_the_end() -> None:
    found = betas(300)
    assert (found[0], found[-1]) == (0, 1)
    steps = np.diff(found)
    assert (steps > 0).all()
    assert steps[0] > steps[100] > 0
    assert len(found) == 300
