"""Machines of up to 4 x 4 units against going through all their states, and Gaussian ones against integration."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from scipy import integrate

from nnviz.core.rbm.machine import Machine, MachineError, draw_bernoulli, draw_for_learning
from tests.core.rbm.brute import Brute

SIZES = [(1, 1), (2, 3), (3, 2), (4, 4), (4, 1), (1, 4)]


@pytest.fixture(params=SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def brute(request: pytest.FixtureRequest) -> Brute:
    return Brute(*request.param, seed=sum(request.param))


def test_energies_of_all_states(brute: Brute) -> None:
    v = torch.tensor(np.repeat(brute.v, len(brute.h), 0))
    h = torch.tensor(np.tile(brute.h, (len(brute.v), 1)))
    found = brute.machine().energy(v, h).reshape(brute.energies.shape)
    np.testing.assert_allclose(found, brute.energies, atol=1e-6)


def test_free_energies_are_minus_the_log_of_the_sum_over_hidden_states(brute: Brute) -> None:
    expected = -np.log(np.exp(-brute.energies).sum(1))
    np.testing.assert_allclose(brute.machine().free_energy(torch.tensor(brute.v)), expected, atol=1e-6)


def test_conditionals_are_those_of_the_whole_table(brute: Brute) -> None:
    machine = brute.machine()
    hidden = (brute.p / brute.p.sum(1, keepdims=True)) @ brute.h
    visible = (brute.p / brute.p.sum(0, keepdims=True)).T @ brute.v
    np.testing.assert_allclose(machine.hidden_probabilities(torch.tensor(brute.v)), hidden, atol=1e-6)
    np.testing.assert_allclose(machine.visible_means(torch.tensor(brute.h)), visible, atol=1e-6)


def test_log_z_and_likelihoods(brute: Brute) -> None:
    machine = brute.machine()
    assert machine.log_z() == pytest.approx(math.log(brute.z), abs=1e-6)
    likelihood = machine.log_likelihood(torch.tensor(brute.v), machine.log_z())
    np.testing.assert_allclose(likelihood, np.log(brute.p.sum(1)), atol=1e-6)


def test_log_z_of_many_states_is_summed_in_chunks() -> None:
    # 2^13 hidden states, two chunks; the visible side, gone through by hand, has 2^14.
    brute = Brute(4, 3)
    rng = np.random.default_rng(1)
    w = rng.normal(0, 0.5, (13, 14))
    machine = Machine(*map(torch.tensor, (w, rng.normal(size=13), rng.normal(size=14))))
    states = torch.cartesian_prod(*[torch.tensor([0.0, 1.0], dtype=torch.float64)] * 14)
    by_visible = torch.logsumexp(-machine.free_energy(states), 0)
    assert machine.log_z() == pytest.approx(float(by_visible), abs=1e-6)
    assert brute.machine().double().log_z() == pytest.approx(math.log(brute.z), abs=1e-6)


def test_a_machine_too_large_to_go_through_says_what_else_there_is() -> None:
    machine = Machine(torch.zeros(21, 21), torch.zeros(21), torch.zeros(21))
    with pytest.raises(MachineError, match="21: estimate the likelihood by annealed importance sampling"):
        machine.log_z()


def test_gaussian_units_integrate_to_z() -> None:
    brute = Brute(2, 2, seed=3, scale=0.6)
    machine = brute.machine("gaussian")

    def density(x: float, y: float) -> float:
        v = np.array([x, y])
        energies = [0.5 * ((v - brute.a) ** 2).sum() - brute.b @ h - h @ brute.w @ v for h in brute.h]
        return float(np.exp(-np.array(energies)).sum())

    z, _ = integrate.dblquad(density, -12, 12, -12, 12, epsabs=1e-9)
    assert machine.log_z() == pytest.approx(math.log(z), abs=1e-6)
    point = torch.tensor([[0.3, -1.2]], dtype=torch.float64)
    assert float(machine.free_energy(point)) == pytest.approx(-math.log(density(0.3, -1.2)), abs=1e-6)
    h = torch.tensor([[1.0, 0.0]], dtype=torch.float64)
    expected = 0.5 * ((np.array([0.3, -1.2]) - brute.a) ** 2).sum() - brute.b[0] - brute.w[0] @ [0.3, -1.2]
    assert float(machine.energy(point, h)) == pytest.approx(expected, abs=1e-6)
    np.testing.assert_allclose(machine.visible_means(h)[0], brute.a + brute.w[0], atol=1e-6)


def test_pseudo_likelihood_is_right_on_average() -> None:
    brute = Brute(4, 3, seed=5)
    state = brute.v[6]
    marginal = brute.p.sum(1)
    expected = 0.0
    for i in range(4):
        other = state.copy()
        other[i] = 1 - other[i]
        here, there = (marginal[(brute.v == s).all(1)][0] for s in (state, other))
        expected += math.log(here / (here + there))
    many = torch.tensor(np.tile(state, (20_000, 1)))
    found = brute.machine().pseudo_log_likelihood(many, torch.Generator().manual_seed(0))
    assert float(found.mean()) == pytest.approx(expected, abs=4 * float(found.std()) / math.sqrt(20_000))
    with pytest.raises(MachineError, match="Gaussian"):
        brute.machine("gaussian").pseudo_log_likelihood(many)


def test_gibbs_sampling_visits_states_as_often_as_they_are_probable_and_repeats_with_its_seed() -> None:
    brute = Brute(3, 2, seed=2, scale=0.8)
    start = torch.zeros(40_000, 3, dtype=torch.float64)
    samples = brute.machine().gibbs(start, 60, torch.Generator().manual_seed(1))
    again = brute.machine().gibbs(start, 60, torch.Generator().manual_seed(1))
    assert torch.equal(samples, again)
    numbers = (samples @ torch.tensor([4.0, 2.0, 1.0], dtype=torch.float64)).long()
    found = np.bincount(numbers, minlength=8) / 40_000
    expected = brute.p.sum(1)
    np.testing.assert_allclose(found, expected, atol=5 * np.sqrt(expected.max() / 40_000))


def test_continuous_units_are_set_to_their_means_and_gaussian_ones_drawn_around_them() -> None:
    brute = Brute(3, 2)
    h = torch.tensor(brute.h[1:2])
    means = brute.machine("continuous").visible_means(h)
    assert torch.equal(brute.machine("continuous").sample_visible(h), means)
    many = brute.machine("gaussian").sample_visible(h.expand(50_000, -1), torch.Generator().manual_seed(0))
    np.testing.assert_allclose(many.mean(0), brute.a + brute.w[1], atol=0.03)
    np.testing.assert_allclose(many.std(0), np.ones(3), atol=0.03)


def test_states_are_drawn_as_often_as_probable_and_never_against_certainty() -> None:
    wanted = torch.tensor([0.0, 1e-3, 0.3, 0.999, 1.0])
    drawn = draw_bernoulli(wanted.expand(200_000, -1).contiguous(), torch.Generator().manual_seed(3))
    assert set(drawn.unique().tolist()) == {0.0, 1.0}
    spread = (wanted * (1 - wanted) / len(drawn)).sqrt()
    assert ((drawn.mean(0) - wanted).abs() <= 4 * spread).all()
    again = draw_bernoulli(wanted.expand(200_000, -1), torch.Generator().manual_seed(3))
    assert torch.equal(drawn, again)


def test_states_for_learning_are_drawn_with_their_probabilities_to_a_65536th() -> None:
    wanted = torch.tensor([0.0, 1e-7, 0.003, 0.25, 0.5, 0.9, 1.0])
    drawn = draw_for_learning(wanted.expand(200_000, -1).contiguous(), torch.Generator().manual_seed(3))
    assert set(drawn.unique().tolist()) == {0.0, 1.0}
    spread = (wanted * (1 - wanted) / len(drawn)).sqrt()
    assert ((drawn.mean(0) - wanted).abs() <= 4 * spread + 2**-17).all()
    # Every place of the numbers that are taken apart is as good as the others, and they do not hang together.
    half = draw_for_learning(torch.full((100_000, 4), 0.5), torch.Generator().manual_seed(4)).double()
    assert (abs(half.mean(0) - 0.5) < 0.008).all()
    assert (abs(torch.corrcoef(half.T) - torch.eye(4)) < 0.016).all()


def test_states_for_learning_follow_the_seed_and_any_shape() -> None:
    p = torch.rand(7, 3)
    first, again = (draw_for_learning(p, torch.Generator().manual_seed(3)) for _ in range(2))
    assert torch.equal(first, again)
    assert draw_for_learning(torch.ones(5, 1, 3)).sum() == 15
    assert draw_for_learning(torch.ones(2, 3, dtype=torch.float64)).dtype is torch.float64
