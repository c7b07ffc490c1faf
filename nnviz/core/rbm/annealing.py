"""The likelihood of machines too large to go through: annealed importance sampling, forwards and in reverse."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from nnviz.core.layers.rbm import VisibleKind
from nnviz.core.rbm.machine import MOST_UNITS, EstimateCancelledError, Machine, Told, all_states, draw_bernoulli

if TYPE_CHECKING:
    import torch


@dataclass(frozen=True)
class Estimate:
    """An estimate of log Z.

    Attributes:
        log_z: The estimate, in nats.
        low: The estimate lowered by three standard errors of the mean weight.
        high: Likewise raised.
        log_weights: Logarithm of the importance weight of every chain, (chains,), float64.
    """

    log_z: float
    low: float
    high: float
    log_weights: NDArray[np.float64]

    @property
    def error(self) -> float:
        """Standard error of log Z, in nats, to first order: that of the mean weight, divided by the mean weight."""
        weights = np.exp(self.log_weights - self.log_weights.max())
        count = len(weights)
        return float(weights.std(ddof=1) / weights.mean()) / math.sqrt(count) if count > 1 else math.inf


def betas(count: int) -> NDArray[np.float64]:
    """Temperatures from 0 to 1, closer together towards 1, where the distribution changes most.

    Source: Salakhutdinov & Murray 2008, On the quantitative analysis of deep belief networks, section 4.2: a thirtieth
        of them up to 0.5, a quarter more up to 0.9, the rest up to 1.
    """
    first, second = max(2, count // 30), max(2, count // 4)
    third = max(2, count - first - second)
    parts = (
        np.linspace(0, 0.5, first, endpoint=False),
        np.linspace(0.5, 0.9, second, endpoint=False),
        np.linspace(0.9, 1, third),
    )
    return np.concatenate(parts)


def base_biases(machine: Machine, data: torch.Tensor) -> torch.Tensor:
    """Visible biases, (V,), of the machine without weights that is nearest to the data.

    Source: Salakhutdinov & Murray 2008, section 4.2.
    """
    mean = data.mean(0)
    if machine.kind == "gaussian":
        return mean
    mean = (mean * len(data) + 0.5) / (len(data) + 1)
    return mean.logit()


def forward_ais(
    machine: Machine,
    base: torch.Tensor,
    *,
    chains: int = 100,
    temperatures: int = 10_000,
    seed: int = 1,
    told: Told = lambda done, total: False,
) -> Estimate:
    """Log Z by annealing from the base machine, whose Z is known, to this one: on average too low, if wrong.

    p_beta(v) ~ e^(((1 - beta) a_0 + beta a) v) prod_j (1 + e^(beta (b_j + W_j v))); the weight of a chain is the
    product of p_(k+1)(v_k) / p_k(v_k) along it.

    Args:
        machine: The machine.
        base: Visible biases of the base machine, from `base_biases`.
        chains: Chains that run side by side.
        temperatures: Steps from the base to the machine.
        seed: Start of the random numbers.
        told: See `Told`.

    Raises:
        EstimateCancelledError: If `told` said so.

    Source: Neal 2001, Annealed importance sampling; Salakhutdinov & Murray 2008, section 4.1.
    """
    import torch

    walk = _Walk(machine, base, seed)
    schedule = betas(temperatures)
    v = walk.draw_base(chains)
    log_weights = torch.zeros(chains, dtype=torch.float64, device=v.device)
    for k in range(1, len(schedule)):
        if told(k, len(schedule)):
            raise EstimateCancelledError("The estimate was ended.")
        before, after = float(schedule[k - 1]), float(schedule[k])
        field = machine.hidden_inputs(v)
        log_weights += walk.log_p(v, field, after) - walk.log_p(v, field, before)
        v = walk.step(field, after)
    return _estimate(log_weights.cpu().numpy(), walk.log_z_of_base(), machine, sign=1)


def reverse_ais(
    machine: Machine,
    base: torch.Tensor,
    start: torch.Tensor,
    *,
    temperatures: int = 10_000,
    burn_in: int = 1_000,
    seed: int = 2,
    told: Told = lambda done, total: False,
) -> Estimate:
    """Log Z by annealing from samples of the machine back to the base machine: on average too high, if wrong.

    The samples are exact where all states of the smaller side can be gone through, else chains that start at `start`
    and have made `burn_in` Gibbs steps.

    Args:
        machine: The machine.
        base: Visible biases of the base machine, from `base_biases`.
        start: Visible states, (chains, V), for example of the training data.
        temperatures: Steps from the machine to the base.
        burn_in: Gibbs steps before annealing begins.
        seed: Start of the random numbers.
        told: See `Told`.

    Raises:
        EstimateCancelledError: If `told` said so.

    Source: Burda, Grosse & Salakhutdinov 2015, arXiv:1412.8566, section 3, for the idea of annealing in reverse.
    """
    import torch

    walk = _Walk(machine, base, seed)
    schedule = betas(temperatures)[::-1]
    exact = machine.hidden <= MOST_UNITS
    burn_in = 0 if exact else burn_in
    total = burn_in + len(schedule)
    v = exact_samples(machine, len(start), walk.generator) if exact else start
    for done in range(burn_in):
        if told(done, total):
            raise EstimateCancelledError("The estimate was ended.")
        v = walk.step(machine.hidden_inputs(v), 1.0)
    log_weights = torch.zeros(len(v), dtype=torch.float64, device=v.device)
    field = machine.hidden_inputs(v)
    for k in range(1, len(schedule)):
        if told(burn_in + k, total):
            raise EstimateCancelledError("The estimate was ended.")
        before, after = float(schedule[k - 1]), float(schedule[k])
        # The transition that leaves p_before alone, then the weight of cooling down by one step.
        v = walk.step(field, before)
        field = machine.hidden_inputs(v)
        log_weights += walk.log_p(v, field, after) - walk.log_p(v, field, before)
    return _estimate(log_weights.cpu().numpy(), walk.log_z_of_base(), machine, sign=-1)


def exact_samples(machine: Machine, count: int, generator: torch.Generator | None = None) -> torch.Tensor:
    """Independent visible states, (count, V), drawn by going through all hidden states; for at most 20 hidden units."""
    import torch

    states = torch.cat(list(all_states(machine.hidden, like=machine.weight)))
    double = machine.double()
    logs = torch.cat([double.log_of_hidden(h.double()) for h in all_states(machine.hidden, like=machine.weight)])
    chosen = torch.multinomial((logs - logs.max()).exp(), count, replacement=True, generator=generator)
    plain = Machine(machine.weight, machine.hidden_bias, machine.visible_bias, _drawn(machine))
    return plain.sample_visible(states[chosen], generator)


def _drawn(machine: Machine) -> VisibleKind:
    """Continuous units are taken for those of 0 or 1 whose likelihood is asked for."""
    return "gaussian" if machine.kind == "gaussian" else "bernoulli"


class _Walk:
    """Steps at any temperature between the base machine and the machine itself."""

    def __init__(self, machine: Machine, base: torch.Tensor, seed: int) -> None:
        import torch

        self.machine = machine
        self.base = base
        self.gaussian = machine.kind == "gaussian"
        self.generator = torch.Generator(device=machine.weight.device).manual_seed(seed)

    def bias(self, beta: float) -> torch.Tensor:
        """(1 - beta) a_0 + beta a."""
        return self.base.lerp(self.machine.visible_bias, beta)

    def draw_base(self, chains: int) -> torch.Tensor:
        """Independent samples of the base machine, (chains, V)."""
        return self._draw(self.base.expand(chains, -1))

    def log_p(self, v: torch.Tensor, field: torch.Tensor, beta: float) -> torch.Tensor:
        """Logarithm of p_beta(v), not normalised and without what does not depend on beta, (chains,), in 64 bits."""
        import torch

        hidden = torch.nn.functional.softplus(field * beta).sum(1, dtype=torch.float64)
        return (v @ self.bias(beta)).double() + hidden

    def step(self, field: torch.Tensor, beta: float) -> torch.Tensor:
        """One Gibbs step that leaves p_beta alone."""
        import torch

        h = draw_bernoulli((field * beta).sigmoid_(), self.generator)
        return self._draw(torch.addmm(self.bias(beta), h, self.machine.weight, alpha=beta))

    def log_z_of_base(self) -> float:
        """The base machine's log Z, with all hidden units free."""
        import torch

        base = self.base.double()
        hidden = self.machine.hidden * math.log(2)
        if self.gaussian:
            return hidden + len(base) / 2 * math.log(2 * math.pi) + float(base.square().sum()) / 2
        return hidden + float(torch.nn.functional.softplus(base).sum())

    def _draw(self, inputs: torch.Tensor) -> torch.Tensor:
        import torch

        if self.gaussian:
            return inputs + torch.randn(inputs.shape, generator=self.generator, device=inputs.device)
        return draw_bernoulli(inputs.sigmoid(), self.generator)


def _estimate(log_weights: NDArray[np.float64], log_z_of_base: float, machine: Machine, sign: int) -> Estimate:
    """Log Z and its spread from the weights; in reverse (sign -1) their mean is Z of the base / Z."""
    if machine.kind == "gaussian":
        # Annealed was e^(-|v|^2 / 2 + a v): the energy has |a|^2 / 2 besides.
        log_z_of_base -= float(machine.visible_bias.double().square().sum()) / 2
    largest = float(log_weights.max())
    weights = np.exp(log_weights - largest)
    mean = float(weights.mean())
    error = float(weights.std(ddof=1)) / math.sqrt(len(weights)) if len(weights) > 1 else math.inf

    def log_mean(value: float) -> float:
        return log_z_of_base + sign * (largest + math.log(value)) if value > 0 else -sign * math.inf

    bounds = sorted((log_mean(mean - 3 * error), log_mean(mean + 3 * error)))
    return Estimate(log_mean(mean), bounds[0], bounds[1], log_weights)
