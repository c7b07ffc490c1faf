"""A repair step by step, against torch and against the table of all states."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from nnviz.core.layers.rbm import VisibleKind
from nnviz.core.rbm.copied import CopiedMachine
from nnviz.core.rbm.repair import Repair
from tests.core.rbm.brute import Brute


def copied(brute: Brute, kind: VisibleKind = "bernoulli") -> CopiedMachine:
    weight, hidden, visible = (array.astype(np.float32) for array in (brute.w, brute.b, brute.a))
    mean, scale = np.zeros_like(visible), np.ones_like(visible)
    if kind == "gaussian":
        mean, scale = mean + 0.5, scale * 2
    return CopiedMachine("rbm_1", kind, weight, hidden, visible, mean, scale)


@pytest.fixture
def brute() -> Brute:
    return Brute(6, 4, seed=2, scale=0.9)


def test_erasing_noise_and_covering_damage_what_they_say(brute: Brute) -> None:
    repair = Repair(copied(brute), np.ones(6, np.float32))
    repair.damage(np.array([1, 4]), "erase")
    np.testing.assert_array_equal(repair.damaged, [1, 0, 1, 1, 0, 1])
    np.testing.assert_array_equal(repair.mask, [False, True, False, False, True, False])
    repair.heal()
    assert not repair.mask.any()
    for side, expected in {"left": [0, 3], "right": [2, 5], "top": [0, 1, 2], "bottom": [3, 4, 5]}.items():
        repair.heal()
        repair.cover(side, 2, 3)  # type: ignore[arg-type]
        assert np.flatnonzero(repair.mask).tolist() == expected
        assert repair.damaged.sum() == 6 - len(expected)
    many = Repair(copied(Brute(14, 1)), np.ones(14, np.float32))
    many.damage(np.arange(14), "noise")
    noise = many.damaged.copy()
    assert set(noise) == {0.0, 1.0}
    # The brush goes over the same place many times: noise must not be drawn until it looks like the rest.
    many.damage(np.arange(14), "noise")
    np.testing.assert_array_equal(many.damaged, noise)


def test_a_mean_field_step_is_that_of_torch_and_holds_what_is_whole(brute: Brute) -> None:
    sample = np.array([1, 0, 1, 1, 0, 1], np.float32)
    machine = brute.machine(dtype=torch.float32)
    repair = Repair(copied(brute), sample)
    repair.damage(np.array([0, 3]), "erase")
    v = torch.from_numpy(repair.damaged)[None]
    expected = machine.visible_means(machine.hidden_probabilities(v))[0].numpy()
    repair.step(stochastic=False, hold=False)
    np.testing.assert_allclose(repair.means, expected, atol=1e-6)
    repair.restart()
    repair.step(stochastic=False, hold=True)
    np.testing.assert_allclose(repair.means[[0, 3]], expected[[0, 3]], atol=1e-6)
    np.testing.assert_array_equal(repair.means[[1, 2, 4, 5]], sample[[1, 2, 4, 5]])
    assert repair.course[-1].wrong == pytest.approx(np.abs(expected[[0, 3]] - 1).mean(), abs=1e-6)


def test_mean_field_never_raises_the_variational_free_energy(brute: Brute) -> None:
    repair = Repair(copied(brute), np.array([1, 1, 0, 0, 1, 1], np.float32))
    repair.damage(np.array([0, 1, 2]), "noise")
    values = []
    for _ in range(30):
        repair.step(stochastic=False, hold=True)
        values.append(repair.variational_free_energy())
    assert np.diff(values).max() < 2e-6
    assert values[0] - values[-1] > 1e-4
    assert np.abs(np.diff(values[-3:])).max() < 1e-4


def test_clamped_gibbs_steps_visit_states_as_often_as_they_are_probable_given_the_rest(brute: Brute) -> None:
    sample = np.array([1, 0, 1, 1, 0, 1], np.float32)
    repair = Repair(copied(brute), sample)
    repair.damage(np.array([1, 2]), "erase")
    marginal = brute.p.sum(1)
    fits = [(brute.v[:, [0, 3, 4, 5]] == sample[[0, 3, 4, 5]]).all(1) & (brute.v[:, 1] == i) & (brute.v[:, 2] == j)
            for i in (0, 1) for j in (0, 1)]  # fmt: skip
    expected = np.array([float(marginal[fit][0]) for fit in fits])
    expected /= expected.sum()
    count = np.zeros(4)
    for _ in range(20_000):
        repair.step(stochastic=True, hold=True)
        count[int(2 * repair.state[1] + repair.state[2])] += 1
    np.testing.assert_array_equal(repair.state[[0, 3, 4, 5]], sample[[0, 3, 4, 5]])
    np.testing.assert_allclose(count / count.sum(), expected, atol=0.03)


@pytest.mark.parametrize("kind", ["bernoulli", "continuous", "gaussian"])
@pytest.mark.parametrize("stochastic", [False, True])
def test_energies_are_those_of_the_machine(brute: Brute, kind: VisibleKind, stochastic: bool) -> None:
    machine = brute.machine(kind, dtype=torch.float32)
    repair = Repair(copied(brute, kind), np.array([1, 0, 1, 1, 0, 1], np.float32))
    repair.damage(np.array([2, 5]), "noise")
    for _ in range(3):
        repair.step(stochastic=stochastic, hold=True)
        v = torch.from_numpy(repair.state)[None]
        assert repair.course[-1].free == pytest.approx(float(machine.free_energy(v)), abs=1e-4)
        assert np.isfinite(repair.course[-1].energy)
        if not stochastic:
            energy = float(machine.energy(v, machine.hidden_probabilities(v)))
            assert repair.course[-1].energy == pytest.approx(energy, abs=1e-4)
    assert len(repair.course) == repair.steps + 1 == 4


def test_gaussian_units_are_erased_to_the_datas_zero_and_shown_in_its_measure(brute: Brute) -> None:
    repair = Repair(copied(brute, "gaussian"), np.zeros(6, np.float32))
    np.testing.assert_allclose(repair.pictured(repair.original), np.full(6, 0.5))
    repair.damage(np.array([0]), "erase")
    np.testing.assert_allclose(repair.pictured(repair.damaged), [0, 0.5, 0.5, 0.5, 0.5, 0.5])
    assert repair.course[-1].wrong == pytest.approx(0.5)


def test_newer_weights_are_used_at_once_and_keep_what_was_measured(brute: Brute) -> None:
    repair = Repair(copied(brute), np.ones(6, np.float32))
    repair.damage(np.array([0]), "erase")
    newer = copied(Brute(6, 4, seed=9))
    repair.take(newer)
    assert repair.course[0].free == pytest.approx(float(repair.machine.free_energy(repair.damaged)))
    repair.step(stochastic=False, hold=True)
    first = repair.course[0]
    repair.take(copied(brute))
    assert repair.course[0] is first
    assert repair.steps == 1
