"""How probable a machine finds data: exactly where it is small enough, else by a pair of annealed estimates."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from nnviz.core.rbm.copied import CopiedMachine
from nnviz.core.rbm.machine import MOST_UNITS, Machine, MachineError, Told, draw_bernoulli

if TYPE_CHECKING:
    import torch

    from nnviz.core.probes import ProbeContext
    from nnviz.core.training.contrastive import ContrastiveTrainer

MOST_SAMPLES = 5_000
"""Samples of training and test data whose mean is taken; with the digits it is then known to half a nat."""

CHAINS = 100
BURN_IN = 1_000
CHUNK = 500
SEED = 11


@dataclass(frozen=True)
class LogZ:
    """Logarithm of the partition function, in nats.

    Attributes:
        value: What it is, or is estimated to be.
        error: Standard error of the estimate; 0 where it is exact.
    """

    value: float
    error: float = 0.0


@dataclass(frozen=True)
class Likelihood:
    """How probable one machine at one moment finds training and test data.

    log p(v) = -F(v) - log Z: only the free energies differ between samples, and only log Z is hard.

    Attributes:
        rbm: Name of the machine.
        log_z: The exact one; or two estimates, annealed forwards (if wrong, on average too low) and in reverse (on
            average too high).
        train: Mean of -F over training samples.
        test: Mean of -F over test samples.
        train_error: Standard error of that mean, from the spread between the samples.
        test_error: Likewise.
        states: States that were gone through; 0 if it was estimated.
        seconds: How long it took.
    """

    rbm: str
    log_z: tuple[LogZ, ...]
    train: float
    test: float
    train_error: float
    test_error: float
    states: int
    seconds: float

    @property
    def exact(self) -> bool:
        """Whether Z was computed by going through all states."""
        return self.states > 0

    @property
    def gap(self) -> float:
        """Nats by which the reverse estimate of log Z lies above the forward one; 0 if it is exact."""
        return self.log_z[-1].value - self.log_z[0].value

    @property
    def middle(self) -> float:
        """The middle of both estimates of log Z."""
        return (self.log_z[0].value + self.log_z[-1].value) / 2


def counted_units(copied: CopiedMachine) -> int:
    """Units of the side that would be gone through: the smaller one, or of Gaussian machines the hidden one."""
    return copied.hidden if copied.kind == "gaussian" else min(copied.hidden, copied.visible)


def is_exact(copied: CopiedMachine) -> bool:
    """Whether Z can be computed by going through all states of the smaller side."""
    return counted_units(copied) <= MOST_UNITS


def machines_without_labels(trainer: ContrastiveTrainer) -> list[str]:
    """Names of the machines whose visible units are all of one kind: with classes beside them, p(v) is another sum."""
    return [name for name in trainer.machine_names if trainer.labelled_machine(name) is None]


def to_be_judged(context: ProbeContext, rbm: str = "", *, wanted: bool = False) -> dict[str, NDArray[Any]]:
    """What there is to be estimated: names of machines; and if wanted, a copy of one and what it sees of the data.

    Args:
        context: The moment.
        rbm: Name of the machine; empty for the one that learns now.
        wanted: Whether weights and data are copied, which takes as long as some steps.

    Returns:
        "names", and "sizes", (machines, 2): visible and hidden units; if wanted also what `CopiedMachine.arrays` has,
        and "train" and "test", (at most 5,000, V), with values of 0 or 1 but for Gaussian units. Empty if no machine
        learns here.
    """
    import torch

    trainer = context.contrastive
    if trainer is None:
        return {}
    names = machines_without_labels(trainer)
    machines = [trainer.machine(name) for name in names]
    sizes = np.array([(machine.visible, machine.hidden) for machine in machines], np.int64).reshape(-1, 2)
    found: dict[str, NDArray[Any]] = {"names": np.array(names, np.str_), "sizes": sizes}
    found["kinds"] = np.array([machine.kind for machine in machines], np.str_)
    found["learns"] = np.array(trainer.rbm)
    if not wanted or not names:
        return found
    name = rbm if rbm in names else trainer.rbm if trainer.rbm in names else names[-1]
    found.update(CopiedMachine.of(trainer, name).arrays())
    test = context.data.test if len(context.data.test) else context.split
    generator = torch.Generator().manual_seed(SEED)
    for split_name, x in (("train", context.data.train.x), ("test", test.x)):
        apart = max(1, len(x) // MOST_SAMPLES)
        v = trainer.seen_by(name, x[::apart][:MOST_SAMPLES]).cpu()
        if trainer.machine(name).kind != "gaussian":
            # Grey values are probabilities: a likelihood is that of states.
            v = draw_bernoulli(v.clamp(0, 1), generator)
        found[split_name] = v.numpy().astype(np.float32)
    return found


def estimate_likelihood(
    copied: CopiedMachine,
    train: NDArray[np.float32],
    test: NDArray[np.float32],
    *,
    temperatures: int = 2_000,
    chains: int = CHAINS,
    told: Told = lambda done, total: False,
) -> Likelihood:
    """Mean log-likelihood of training and test data.

    Args:
        copied: The machine.
        train: What it sees of training samples, (N, V); the base of the annealing is nearest to their mean, and the
            chains of the reverse estimate start at the first of them.
        test: What it sees of test samples, (M, V).
        temperatures: Steps of the annealing, each way.
        chains: Chains side by side.
        told: See `Told`.

    Raises:
        EstimateCancelledError: If `told` said so.
        MachineError: If the weights are no finite numbers.

    Source: Salakhutdinov & Murray 2008, On the quantitative analysis of deep belief networks; both directions as a
        pair: Burda, Grosse & Salakhutdinov 2015, arXiv:1412.8566.
    """
    import torch

    from nnviz.core.rbm.annealing import base_biases, betas, forward_ais, reverse_ais

    began = time.perf_counter()
    machine = copied.machine()
    if not all(np.isfinite(array).all() for array in (copied.weight, copied.hidden_bias, copied.visible_bias)):
        raise MachineError(
            f"The weights of {copied.name} are no finite numbers any more: choose a smaller learning rate, then Reset "
            "and Train."
        )
    v_train, v_test = torch.from_numpy(np.array(train)), torch.from_numpy(np.array(test))
    mean, error = _mean_of_minus_f(machine, v_train)
    mean_test, error_test = _mean_of_minus_f(machine, v_test)
    log_z: tuple[LogZ, ...]
    states = 0
    if is_exact(copied):
        states = 1 << counted_units(copied)
        log_z = (LogZ(machine.log_z(told)),)
    else:
        base = base_biases(machine, v_train)
        one_way = len(betas(temperatures))
        total = 2 * one_way + BURN_IN
        forward = forward_ais(
            machine, base, chains=chains, temperatures=temperatures, told=lambda done, _: told(done, total)
        )
        start = v_train[torch.arange(chains) % len(v_train)]
        reverse = reverse_ais(
            machine,
            base,
            start,
            temperatures=temperatures,
            burn_in=BURN_IN,
            told=lambda done, _: told(one_way + done, total),
        )
        log_z = LogZ(forward.log_z, forward.error), LogZ(reverse.log_z, reverse.error)
    seconds = time.perf_counter() - began
    return Likelihood(copied.name, log_z, mean, mean_test, error, error_test, states, seconds)


def _mean_of_minus_f(machine: Machine, v: torch.Tensor) -> tuple[float, float]:
    """Mean of -F over samples and its standard error."""
    import torch

    double = machine.double()
    parts = [-double.free_energy(v[first : first + CHUNK].double()) for first in range(0, len(v), CHUNK)]
    energies = torch.cat(parts)
    error = float(energies.std()) / math.sqrt(len(energies)) if len(energies) > 1 else math.inf
    return float(energies.mean()), error
