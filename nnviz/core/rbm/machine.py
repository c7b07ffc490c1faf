"""A restricted Boltzmann machine as three tensors, and what can be computed of it exactly."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nnviz.core.errors import NnvizError
from nnviz.core.layers.rbm import VisibleKind

if TYPE_CHECKING:
    import torch

MOST_UNITS = 20
"""Units of the smaller side up to which all its states, a million, are gone through."""

CHUNK = 1 << 12
"""States that are looked at together."""


Told = Callable[[int, int], bool]
"""Is told how many parts of some work are done, of how many; True ends it."""


class MachineError(NnvizError):
    """Something was asked of a machine that it cannot say."""


class EstimateCancelledError(NnvizError):
    """An estimate was ended because somebody asked for it: nothing is wrong."""


@dataclass(frozen=True)
class Machine:
    """Weights and biases of a restricted Boltzmann machine; the tensors are looked at, never changed.

    The letters: N samples, V visible units, H hidden units.

    Attributes:
        weight: W, (H, V).
        hidden_bias: b, (H,).
        visible_bias: a, (V,).
        kind: What the visible units are. Continuous ones have the energy of Bernoulli units and are set to their mean
            where those would be drawn; their likelihood is that of the Bernoulli machine.
    """

    weight: torch.Tensor
    hidden_bias: torch.Tensor
    visible_bias: torch.Tensor
    kind: VisibleKind = "bernoulli"

    @property
    def hidden(self) -> int:
        """Number of hidden units."""
        return int(self.weight.shape[0])

    @property
    def visible(self) -> int:
        """Number of visible units."""
        return int(self.weight.shape[1])

    def double(self) -> Machine:
        """The same machine in 64 bits."""
        weight, hidden, visible = (t.detach().double() for t in (self.weight, self.hidden_bias, self.visible_bias))
        return Machine(weight, hidden, visible, self.kind)

    def energy(self, v: torch.Tensor, h: torch.Tensor) -> torch.Tensor:
        """E(v, h) = -a v - b h - h W v of every pair, (N,); Gaussian units have |v - a|^2 / 2 in place of -a v.

        Source: Hinton 2010, eq. 1; section 13.2.
        """
        return self.visible_energy(v) - h @ self.hidden_bias - ((v @ self.weight.T) * h).sum(1)

    def free_energy(self, v: torch.Tensor) -> torch.Tensor:
        """F(v) = -log sum_h e^-E(v, h) = -a v - sum_j log(1 + e^(b_j + W_j v)), (N,).

        Source: Hinton 2010, eq. 27.
        """
        import torch

        return self.visible_energy(v) - torch.nn.functional.softplus(self.hidden_inputs(v)).sum(1)

    def hidden_inputs(self, v: torch.Tensor) -> torch.Tensor:
        """B + W v, (N, H)."""
        import torch

        return torch.nn.functional.linear(v, self.weight, self.hidden_bias)

    def hidden_probabilities(self, v: torch.Tensor) -> torch.Tensor:
        """p(h_j = 1 | v) = sigmoid(b_j + W_j v), (N, H)."""
        return self.hidden_inputs(v).sigmoid_()

    def visible_means(self, h: torch.Tensor) -> torch.Tensor:
        """Mean of v given h, (N, V): sigmoid(a + h W), or a + h W of Gaussian units."""
        import torch

        inputs = torch.addmm(self.visible_bias, h, self.weight)
        return inputs if self.kind == "gaussian" else inputs.sigmoid_()

    def sample_hidden(self, v: torch.Tensor, generator: torch.Generator | None = None) -> torch.Tensor:
        """Hidden states drawn given v, (N, H)."""
        return draw_bernoulli(self.hidden_probabilities(v), generator)

    def sample_visible(self, h: torch.Tensor, generator: torch.Generator | None = None) -> torch.Tensor:
        """Visible states drawn given h, (N, V); the means themselves if the units are continuous."""
        return self.draw_visible(self.visible_means(h), generator)

    def draw_visible(
        self, means: torch.Tensor, generator: torch.Generator | None = None, *, for_learning: bool = False
    ) -> torch.Tensor:
        """Visible states around these means, (N, V); `for_learning` as `draw_for_learning` draws them."""
        import torch

        if self.kind == "bernoulli":
            return (draw_for_learning if for_learning else draw_bernoulli)(means, generator)
        if self.kind == "gaussian":
            return means + torch.randn(means.shape, generator=generator, dtype=means.dtype, device=means.device)
        return means

    def gibbs(self, v: torch.Tensor, steps: int, generator: torch.Generator | None = None) -> torch.Tensor:
        """Visible states after so many steps to the hidden units and back, (N, V)."""
        for _ in range(steps):
            v = self.sample_visible(self.sample_hidden(v, generator), generator)
        return v

    def log_z(self, told: Told = lambda done, total: False) -> float:
        """Logarithm of the partition function, Z = sum over all (v, h) of e^-E, by going through the smaller side.

        Gaussian visible units are integrated over all values, so that only the hidden ones can be gone through.

        Args:
            told: See `Told`; the parts are stretches of states.

        Raises:
            MachineError: If the smaller side has more than 20 units.
            EstimateCancelledError: If `told` said so.
        """
        import torch

        machine = self.double()
        over_hidden = self.kind == "gaussian" or self.hidden <= self.visible
        units = self.hidden if over_hidden else self.visible
        if units > MOST_UNITS:
            raise MachineError(
                f"All states can be gone through up to {MOST_UNITS} units, and the smaller side has {units}: "
                "estimate the likelihood by annealed importance sampling."
            )
        parts: list[torch.Tensor] = []
        for states in all_states(units, like=machine.weight):
            if told(len(parts), math.ceil((1 << units) / CHUNK)):
                raise EstimateCancelledError("The estimate was ended.")
            logs = machine.log_of_hidden(states) if over_hidden else -machine.free_energy(states)
            parts.append(torch.logsumexp(logs, 0))
        return float(torch.logsumexp(torch.stack(parts), 0))

    def log_likelihood(self, v: torch.Tensor, log_z: float) -> torch.Tensor:
        """Log p(v) = -F(v) - log Z, (N,), in nats."""
        return -self.free_energy(v) - log_z

    def pseudo_log_likelihood(self, v: torch.Tensor, generator: torch.Generator | None = None) -> torch.Tensor:
        """V log p(v_i | all others) with one unit i drawn per sample, (N,): on average the pseudo-log-likelihood.

        Source: Besag 1975, Statistical analysis of non-lattice data; one unit per sample as in Marlin, Swersky, Chen &
            de Freitas 2010, Inductive principles for restricted Boltzmann machine learning, section 3.2.

        Raises:
            MachineError: If the units are Gaussian.
        """
        import torch

        if self.kind == "gaussian":
            raise MachineError("The pseudo-likelihood is that of units that are 0 or 1; Gaussian ones have none.")
        units = torch.randint(self.visible, (len(v),), generator=generator, device=v.device)
        rows = torch.arange(len(v), device=v.device)
        flipped = v.clone()
        flipped[rows, units] = 1 - v[rows, units]
        return self.visible * torch.nn.functional.logsigmoid(self.free_energy(flipped) - self.free_energy(v))

    def visible_energy(self, v: torch.Tensor) -> torch.Tensor:
        """The part of the energy that the visible units have by themselves, (N,)."""
        if self.kind == "gaussian":
            return 0.5 * (v - self.visible_bias).square().sum(1)
        return -(v @ self.visible_bias)

    def log_of_hidden(self, h: torch.Tensor) -> torch.Tensor:
        """Logarithm of the sum over all v of e^-E(v, h), (N,)."""
        import torch

        field = h @ self.weight
        if self.kind == "gaussian":
            inner = field @ self.visible_bias + 0.5 * field.square().sum(1) + self.visible / 2 * math.log(2 * math.pi)
        else:
            inner = torch.nn.functional.softplus(field + self.visible_bias).sum(1)
        return h @ self.hidden_bias + inner


def machine_of(module: Any, kind: VisibleKind) -> Machine:
    """The machine whose tensors an RBM's module holds: the same memory, and no trace for gradients."""
    return Machine(module.weight.detach(), module.bias.detach(), module.visible_bias.detach(), kind)


def all_states(units: int, like: torch.Tensor) -> Any:
    """Yield all states of so many units of 0 or 1 in chunks, (n, units), counting upwards, the last unit fastest."""
    import torch

    shifts = torch.arange(units - 1, -1, -1, device=like.device)
    for first in range(0, 1 << units, CHUNK):
        numbers = torch.arange(first, min(first + CHUNK, 1 << units), device=like.device)
        yield ((numbers[:, None] >> shifts) & 1).to(like.dtype)


def draw_bernoulli(probabilities: torch.Tensor, generator: torch.Generator | None = None) -> torch.Tensor:
    """States that are 1 with these probabilities, else 0; of the same shape and type."""
    import torch

    # Not torch.bernoulli(): on a CPU it takes three times as long for the very same states.
    return torch.empty_like(probabilities).uniform_(generator=generator).lt_(probabilities)


def draw_for_learning(probabilities: torch.Tensor, generator: torch.Generator | None = None) -> torch.Tensor:
    """As `draw_bernoulli`, with probabilities rounded to 1 / 65,536; in half the time on a CPU.

    A batch of contrastive divergence draws a state for every unit, which was a sixth of its time, and what it learns
    from them is noisier by far. Whoever counts states in earnest draws exactly.
    """
    import torch

    if probabilities.device.type != "cpu" or probabilities.dtype != torch.float32:
        return draw_bernoulli(probabilities, generator)
    # Every number of 64 random bits is taken apart into four.
    count = probabilities.numel()
    bits = torch.empty(-(-count // 4), dtype=torch.int64).random_(-(2**63), None, generator=generator)
    numbers = bits.view(torch.int16)[:count].view(probabilities.shape)
    # On for round(65,536 p) of the 65,536 numbers from -32,768 on.
    return probabilities.mul(65_536.0).sub_(32_768.5).gt_(numbers)
