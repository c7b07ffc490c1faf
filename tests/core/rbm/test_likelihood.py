"""What the likelihood of a trained machine is: against going through all states, and the pair around it."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import pytest
import torch

from nnviz.core.datasets.base import LoadContext
from nnviz.core.datasets.digits import Digits
from nnviz.core.layers.dense import Dense
from nnviz.core.layers.flatten import Flatten
from nnviz.core.layers.rbm import Rbm
from nnviz.core.network import NetworkSpec
from nnviz.core.probes import ProbeContext
from nnviz.core.rbm.annealing import Estimate
from nnviz.core.rbm.copied import CopiedMachine
from nnviz.core.rbm.likelihood import estimate_likelihood, is_exact, to_be_judged
from nnviz.core.rbm.machine import EstimateCancelledError, MachineError
from nnviz.core.shape import Shape
from nnviz.core.training.make_trainer import make_trainer
from nnviz.core.training.optimisers.momentum import Momentum
from nnviz.core.training.pretraining.greedy import Greedy
from nnviz.core.training.spec import TrainingSpec
from tests.core.rbm.brute import Brute

TRAINING = TrainingSpec(optimiser=Momentum(learning_rate=0.05), batch_size=50, epochs=1)


def context_of(*layers: Any, training: TrainingSpec = TRAINING) -> ProbeContext:
    network = NetworkSpec(input_shape=Shape((1, 8, 8)), layers=(Flatten(), *layers))
    data = Digits().load(LoadContext(download=False))
    trainer = make_trainer(network, training, data, "cpu")
    steps = trainer.steps()
    for _ in range(10):
        next(steps)
    return ProbeContext(trainer, data)


def copied(brute: Brute) -> CopiedMachine:
    weight, hidden, visible = (array.astype(np.float32) for array in (brute.w, brute.b, brute.a))
    return CopiedMachine("rbm_1", "bernoulli", weight, hidden, visible, np.zeros_like(visible), np.ones_like(visible))


def test_a_small_machine_has_the_likelihood_of_its_table_of_states() -> None:
    brute = Brute(5, 4, seed=3)
    train, test = brute.v[[3, 8, 21, 30]], brute.v[[0, 31]]
    found = estimate_likelihood(copied(brute), train.astype(np.float32), test.astype(np.float32))
    log_p = np.log(brute.p.sum(1))
    assert found.exact
    assert found.states == 16
    assert found.log_z[0].value == pytest.approx(np.log(brute.z), abs=1e-4)
    assert found.log_z[0].error == 0
    assert found.gap == 0
    assert found.train - found.middle == pytest.approx(log_p[[3, 8, 21, 30]].mean(), abs=1e-4)
    assert found.test - found.middle == pytest.approx(log_p[[0, 31]].mean(), abs=1e-4)
    assert found.train_error == pytest.approx(log_p[[3, 8, 21, 30]].std(ddof=1) / 2, abs=1e-4)


def test_the_pair_encloses_the_exact_value_within_its_errors(monkeypatch: pytest.MonkeyPatch) -> None:
    brute = Brute(12, 6, seed=1, scale=0.8)
    machine, data = copied(brute), brute.v[::7].astype(np.float32)
    exact = estimate_likelihood(machine, data, data)
    for module in ("likelihood", "annealing"):
        monkeypatch.setattr(f"nnviz.core.rbm.{module}.MOST_UNITS", 3)
    assert not is_exact(machine)
    pair = estimate_likelihood(machine, data, data, temperatures=500)
    assert len(pair.log_z) == 2
    assert pair.states == 0
    for log_z in pair.log_z:
        assert 0 < log_z.error < 0.1
        assert log_z.value == pytest.approx(exact.middle, abs=5 * log_z.error + 0.05)
    assert pair.train == exact.train


def test_the_standard_error_is_that_of_repeated_estimates() -> None:
    weights = np.random.default_rng(0).normal(0, 0.4, (400, 50))
    estimates = [Estimate(float(np.log(np.exp(row).mean())), 0, 0, row) for row in weights]
    spread = np.std([estimate.log_z for estimate in estimates])
    assert np.mean([estimate.error for estimate in estimates]) == pytest.approx(spread, rel=0.1)


@pytest.mark.parametrize("small", [True, False])
def test_an_estimate_ends_when_it_is_told_to(small: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    brute = Brute(5, 4)
    if not small:
        for module in ("likelihood", "annealing"):
            monkeypatch.setattr(f"nnviz.core.rbm.{module}.MOST_UNITS", 3)
    data = brute.v.astype(np.float32)
    shares: list[float] = []

    def told(done: int, total: int) -> bool:
        shares.append(done / total)
        return small or len(shares) == 40

    with pytest.raises(EstimateCancelledError):
        estimate_likelihood(copied(brute), data, data, temperatures=30, told=told)
    assert shares == sorted(shares)
    assert all(0 <= share <= 1 for share in shares)


def test_progress_goes_from_the_forward_into_the_reverse_estimate_and_to_the_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("nnviz.core.rbm.likelihood.MOST_UNITS", 3)
    monkeypatch.setattr("nnviz.core.rbm.likelihood.BURN_IN", 20)
    monkeypatch.setattr("nnviz.core.rbm.annealing.MOST_UNITS", 3)
    brute, shares = Brute(5, 4), [0.0]

    def told(done: int, total: int) -> bool:
        shares.append(done / total)
        return False

    data = brute.v.astype(np.float32)
    estimate_likelihood(copied(brute), data, data, temperatures=40, told=told)
    assert np.diff(shares).min() > 0
    assert np.diff(shares).max() < 0.05
    assert shares[-1] > 0.98


def test_weights_that_ran_away_are_refused_with_what_to_do() -> None:
    brute = Brute(5, 4)
    brute.w[1, 2] = np.inf
    data = brute.v.astype(np.float32)
    with pytest.raises(MachineError, match=r"rbm_1 are no finite numbers .* smaller learning rate, then Reset and"):
        estimate_likelihood(copied(brute), data, data)


def test_nothing_is_copied_before_it_is_wanted() -> None:
    context = context_of(Rbm(hidden=16))
    found = to_be_judged(context)
    assert found["names"].tolist() == ["rbm_1"]
    assert found["sizes"].tolist() == [[64, 16]]
    assert "weight" not in found


def test_what_is_judged_are_states_and_copies() -> None:
    context = context_of(Rbm(hidden=16))
    found = to_be_judged(context, wanted=True)
    assert context.contrastive is not None
    machine = CopiedMachine.from_arrays(found)
    weight = context.contrastive.model.get_parameter("rbm_1.weight")
    np.testing.assert_array_equal(machine.weight, weight.detach().numpy())
    before = machine.weight.copy()
    with torch.no_grad():
        weight.add_(1)
    np.testing.assert_array_equal(machine.weight, before)
    x = context.data.test.x.reshape(-1, 64)
    np.testing.assert_array_equal(found["test"], (x >= 0.5).astype(np.float32))


@pytest.mark.parametrize("layer", [partial(Rbm, visible="continuous"), partial(Rbm, binarise="probabilities")])
def test_grey_values_are_drawn_as_0_or_1_and_every_time_the_same(layer: Any) -> None:
    context = context_of(layer(hidden=16))
    random = torch.get_rng_state()
    found, again = (to_be_judged(context, wanted=True)["train"] for _ in range(2))
    assert set(np.unique(found)) == {0.0, 1.0}
    np.testing.assert_array_equal(found, again)
    assert torch.equal(random, torch.get_rng_state())
    x = context.data.train.x.reshape(-1, 64)
    assert found.mean() == pytest.approx(x.mean(), abs=0.01)


def test_gaussian_machines_see_standardised_values() -> None:
    context = context_of(Rbm(hidden=16, visible="gaussian"), training=TRAINING.replace(epochs=2))
    found = to_be_judged(context, wanted=True)
    machine = CopiedMachine.from_arrays(found)
    x = context.data.train.x.reshape(-1, 64)
    np.testing.assert_allclose(found["train"], (x - machine.mean) / machine.scale, atol=1e-5)
    result = estimate_likelihood(machine, found["train"], found["test"])
    exact = machine.machine().log_z()
    assert result.middle == pytest.approx(exact)


def test_a_machine_with_labels_is_left_out() -> None:
    layers = (Rbm(hidden=30), Rbm(hidden=25, with_labels=True), Dense(units=10))
    context = context_of(*layers, training=TRAINING.replace(pretraining=Greedy(epochs=1)))
    assert to_be_judged(context)["names"].tolist() == ["rbm_1"]
    only = context_of(*layers[1:], training=TRAINING.replace(pretraining=Greedy(epochs=1)))
    assert to_be_judged(only, wanted=True)["names"].tolist() == []
