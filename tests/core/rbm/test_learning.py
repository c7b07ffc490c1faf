"""Gradients against enumeration, and contrastive divergence with many steps against the exact gradient."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch

from nnviz.core.rbm.learning import Gradients, add_sparsity, bias_of_data, contrast, exact_gradient
from tests.core.rbm.brute import Brute

DATA = np.array([[1, 0, 1, 0], [1, 1, 0, 0], [1, 0, 1, 0], [0, 0, 0, 1.0]])


@pytest.mark.parametrize("size", [(4, 4), (4, 2), (4, 1)])
def test_the_exact_gradient_is_that_of_the_enumerated_likelihood(size: tuple[int, int]) -> None:
    brute = Brute(*size, seed=7)
    found = exact_gradient(brute.machine(), torch.tensor(DATA))
    for tensor, expected in zip(
        (found.weight, found.hidden_bias, found.visible_bias), brute.data_gradient(DATA), strict=True
    ):
        np.testing.assert_allclose(tensor, expected, atol=1e-6)


def test_the_exact_gradient_agrees_with_finite_differences_of_the_likelihood() -> None:
    brute = Brute(4, 3, seed=8)
    machine = brute.machine()
    gradient = exact_gradient(machine, torch.tensor(DATA))
    for tensor, found in ((machine.weight, gradient.weight), (machine.visible_bias, gradient.visible_bias)):
        flat = tensor.view(-1)
        for i in (0, len(flat) - 1):
            costs = []
            for shift in (1e-5, -2e-5):
                flat[i] += shift
                costs.append(-float(machine.log_likelihood(torch.tensor(DATA), machine.log_z()).mean()))
            flat[i] += 1e-5
            assert float(found.view(-1)[i]) == pytest.approx((costs[0] - costs[1]) / 2e-5, abs=1e-6)


def _mean_gradient(brute: Brute, steps: int, chains: int, *, persistent: bool) -> Gradients:
    machine = brute.machine()
    generator = torch.Generator().manual_seed(3)
    v = torch.tensor(np.tile(DATA, (chains // len(DATA), 1)))
    into = Gradients.like(machine)
    contrast(machine, v, into, steps, v.clone() if persistent else None, generator)
    return into


@pytest.mark.parametrize("persistent", [False, True])
def test_many_steps_of_many_chains_give_the_exact_gradient(persistent: bool) -> None:
    brute = Brute(4, 4, seed=9, scale=0.7)
    chains = 40_000
    found = _mean_gradient(brute, 40, chains, persistent=persistent)
    tensors = (found.weight, found.hidden_bias, found.visible_bias)
    for tensor, expected in zip(tensors, brute.data_gradient(DATA), strict=True):
        # A mean of so many values between 0 and 1 has a standard error of at most this.
        assert np.abs(np.asarray(tensor) - expected).max() < 5 * 0.5 / math.sqrt(chains)


def test_one_step_is_off_by_more_than_sampling_explains() -> None:
    brute = Brute(4, 4, seed=9, scale=1.5)
    found = _mean_gradient(brute, 1, 40_000, persistent=False)
    assert np.abs(np.asarray(found.weight) - brute.data_gradient(DATA)[0]).max() > 10 * 0.5 / math.sqrt(40_000)


def test_one_step_by_hand() -> None:
    """Weights so large that nothing is left to chance: h = 1, v1 = (1, 0)."""
    big = 1e3
    machine = Brute(2, 1).machine()
    machine.weight.copy_(torch.tensor([[big, -big]]))
    machine.hidden_bias.fill_(0.0)
    machine.visible_bias.copy_(torch.tensor([0.0, 0.0]))
    into = Gradients.like(machine)
    phases = contrast(machine, torch.tensor([[1.0, 0.0], [1.0, 0.0]], dtype=torch.float64), into)
    assert phases.end.tolist() == [[1.0, 0.0], [1.0, 0.0]]
    # Positive and negative association are equal: nothing is left to learn.
    assert into.weight.abs().max() == into.hidden_bias.abs().max() == into.visible_bias.abs().max() == 0
    phases = contrast(machine, torch.tensor([[1.0, 1.0]], dtype=torch.float64), into)
    # The two weights cancel: p(h) = 1/2 at the data; the chain ends in (1, 0) with p(h) = 1, or by h = 0 anywhere.
    assert phases.hidden.tolist() == [[0.5]]


def test_persistent_chains_move_and_start_where_they_were() -> None:
    brute = Brute(4, 3, seed=1)
    chains = torch.zeros(6, 4, dtype=torch.float64)
    into = Gradients.like(brute.machine())
    generator = torch.Generator().manual_seed(1)
    phases = contrast(brute.machine(), torch.tensor(DATA), into, 1, chains, generator)
    assert torch.equal(chains, phases.end)
    before = chains.clone()
    contrast(brute.machine(), torch.tensor(DATA), into, 3, chains, generator)
    assert not torch.equal(chains, before)


def test_sparsity_pulls_by_the_distance_to_the_target() -> None:
    brute = Brute(4, 2)
    into = Gradients.like(brute.machine())
    v = torch.tensor(DATA)
    phases = contrast(brute.machine(), v, into)
    before = into.weight.clone(), into.hidden_bias.clone()
    activity = torch.tensor([0.5, 0.1], dtype=torch.float64)
    add_sparsity(into, phases, activity, target=0.2, cost=3.0, decay=0.75)
    q = 0.75 * np.array([0.5, 0.1]) + 0.25 * np.asarray(phases.hidden).mean(0)
    np.testing.assert_allclose(activity, q, atol=1e-12)
    np.testing.assert_allclose(into.hidden_bias - before[1], 3 * (q - 0.2), atol=1e-12)
    np.testing.assert_allclose(into.weight - before[0], np.outer(3 * (q - 0.2), DATA.mean(0)), atol=1e-12)


def test_biases_of_data_give_back_their_means() -> None:
    mean = torch.tensor([0.0, 0.25, 1.0], dtype=torch.float64)
    found = torch.sigmoid(bias_of_data(mean, 8))
    np.testing.assert_allclose(found, [0.5 / 9, 2.5 / 9, 8.5 / 9], atol=1e-9)
