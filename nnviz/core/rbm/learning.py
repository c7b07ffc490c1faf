"""Contrastive divergence: the gradients of one batch, written into tensors that are there already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nnviz.core.rbm.machine import Machine, draw_for_learning

if TYPE_CHECKING:
    import torch


@dataclass
class Gradients:
    """Where the gradient of what is made small goes; of the same shapes as the machine's tensors.

    Attributes:
        weight: (H, V).
        hidden_bias: (H,).
        visible_bias: (V,).
    """

    weight: torch.Tensor
    hidden_bias: torch.Tensor
    visible_bias: torch.Tensor

    @classmethod
    def like(cls, machine: Machine) -> Gradients:
        """Zeros for a machine."""
        import torch

        return cls(*map(torch.zeros_like, (machine.weight, machine.hidden_bias, machine.visible_bias)))


@dataclass(frozen=True)
class Phases:
    """What one step of contrastive divergence saw.

    Attributes:
        data: The batch, v0, (N, V).
        hidden: Probabilities of the hidden units given the data, (N, H).
        reconstruction: Means of the visible units after the first step back, (N, V); of a persistent chain: after its
            first step.
        end: Visible states at the end of the chains, (N, V).
        hidden_end: Probabilities of the hidden units there, (N, H).
        drawn: Hidden states that the chains begin with, (N, H).
    """

    data: torch.Tensor
    hidden: torch.Tensor
    reconstruction: torch.Tensor
    end: torch.Tensor
    hidden_end: torch.Tensor
    drawn: torch.Tensor


def contrast(
    machine: Machine,
    v: torch.Tensor,
    into: Gradients,
    steps: int = 1,
    chains: torch.Tensor | None = None,
    generator: torch.Generator | None = None,
) -> Phases:
    """One step of CD-k: fills the gradients with minus (positive - negative) / N, ready for any optimiser.

    Positive: p(h | v0) v0, at the data. Negative: p(h | vk) vk, at the end of chains of k Gibbs steps that start at
    the data (contrastive divergence) or go on from `chains`, which are moved along (persistent contrastive
    divergence). Both use probabilities of the hidden units in place of drawn states, which only takes noise away.

    Args:
        machine: The machine.
        v: The batch, v0, (N, V).
        into: Where the gradients go.
        steps: k.
        chains: Visible states that persist, (chains, V), or None.
        generator: Source of the random numbers, torch's own by default.

    Source: Hinton 2002, Training products of experts by minimizing contrastive divergence, eq. 5; Hinton 2010,
        section 3; Tieleman 2008, section 3.
    """
    hidden = machine.hidden_probabilities(v)
    h = draw_for_learning(hidden if chains is None else machine.hidden_probabilities(chains), generator)
    drawn = h
    reconstruction = end = means = v
    for step in range(steps):
        means = machine.visible_means(h)
        if step == 0:
            reconstruction = means
        end = machine.draw_visible(means, generator, for_learning=True)
        hidden_end = machine.hidden_probabilities(end)
        if step < steps - 1:
            h = draw_for_learning(hidden_end, generator)
    if chains is not None:
        chains.copy_(end)
    difference(into, v, hidden, end, hidden_end)
    return Phases(v, hidden, reconstruction, end, hidden_end, drawn)


def exact_gradient(machine: Machine, v: torch.Tensor) -> Gradients:
    """The gradient of the mean of -log p(v), by going through all visible states; for at most 20 visible units."""
    import torch

    from nnviz.core.rbm.machine import all_states

    states = torch.cat(list(all_states(machine.visible, like=machine.weight)))
    shares = torch.softmax(-machine.free_energy(states), 0)
    data, model = machine.hidden_probabilities(v), machine.hidden_probabilities(states)
    count = len(v)
    return Gradients(
        model.T @ (states * shares[:, None]) - data.T @ v / count,
        shares @ model - data.mean(0),
        shares @ states - v.mean(0),
    )


def difference(
    into: Gradients, v: torch.Tensor, hidden: torch.Tensor, end: torch.Tensor, hidden_end: torch.Tensor
) -> None:
    """Fill the gradients with negative minus positive association, each the mean over its samples."""
    import torch

    # In place, with the division in the factor: no memory is asked for.
    torch.addmm(into.weight, hidden_end.T, end, beta=0, alpha=1 / len(end), out=into.weight)
    into.weight.addmm_(hidden.T, v, alpha=-1 / len(v))
    # Means as products with a vector: mean() takes four times as long.
    share, share_end = v.new_full((len(v),), 1 / len(v)), end.new_full((len(end),), 1 / len(end))
    for bias, positive, negative in ((into.hidden_bias, hidden, hidden_end), (into.visible_bias, v, end)):
        torch.mv(negative.T, share_end, out=bias)
        bias.addmv_(positive.T, share, alpha=-1)


def add_sparsity(
    into: Gradients, phases: Phases, mean_activity: torch.Tensor, target: float, cost: float, decay: float = 0.9
) -> None:
    """Pull every hidden unit's mean activity to `target`: adds cost (q - target) to its bias and weights.

    q is a decaying average over the batches; it is moved along in `mean_activity`, (H,).

    Source: Hinton 2010, section 11.
    """
    mean_activity.lerp_(phases.hidden.mean(0), 1 - decay)
    pull = (mean_activity - target).mul_(cost)
    into.hidden_bias.add_(pull)
    into.weight.addr_(pull, phases.data.mean(0))


def bias_of_data(mean: torch.Tensor, count: int) -> torch.Tensor:
    """Visible biases log(p / (1 - p)) with which a machine without weights has the means of the data, (V,).

    p is moved off 0 and 1 by half a sample, so that a pixel that is never on can still be.

    Source: Hinton 2010, section 8.1.
    """
    p = (mean * count + 0.5) / (count + 1)
    return p.clamp(1e-6, 1 - 1e-6).logit()
