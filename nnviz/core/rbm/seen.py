"""What live views ask of the RBMs of a training: numpy arrays, from random numbers that training does not share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import torch

    from nnviz.core.probes import ProbeContext

SAMPLES = 16
PARTICLES = 32
SEED = 7


@dataclass
class Fantasies:
    """Chains that nobody feeds: particles that wander by Gibbs steps.

    Attributes:
        visible: States of the last machine's visible units, (particles, V).
        generator: Their random numbers.
        turn: How many times they were asked to move.
        steps: Gibbs steps so far.
        rbm: Name of the machine.
        label: The class that is clamped, or -1.
    """

    visible: torch.Tensor
    generator: torch.Generator
    turn: int
    steps: int
    rbm: str
    label: int


def reconstructions(context: ProbeContext) -> dict[str, NDArray[Any]]:
    """Samples as the machine that learns sees them, and what it makes of them: each (samples, V)."""
    trainer = context.contrastive
    if trainer is None:
        return {}
    machine = trainer.machine(trainer.rbm)
    v = trainer.seen_by(trainer.rbm, context.samples.x[:SAMPLES])
    hidden = machine.hidden_probabilities(v)
    means = machine.visible_means(hidden)
    energy = machine.free_energy(v)
    return {
        "data": _array(v),
        "reconstruction": _array(means),
        "free_energy": _array(energy),
        "rbm": np.array(trainer.rbm),
    }


def hidden_probabilities(context: ProbeContext) -> dict[str, NDArray[Any]]:
    """Probabilities of the hidden units of the machine that learns, (samples, hidden)."""
    trainer = context.contrastive
    if trainer is None:
        return {}
    machine = trainer.machine(trainer.rbm)
    found = machine.hidden_probabilities(trainer.seen_by(trainer.rbm, context.samples.x))
    return {"hidden": _array(found), "rbm": np.array(trainer.rbm)}


def mean_activity(context: ProbeContext, name: str) -> NDArray[Any] | None:
    """Mean probability of each hidden unit over the samples, (hidden,), if a machine of that name learns here."""
    trainer = context.contrastive
    if trainer is None or name not in trainer.machine_names:
        return None
    return _array(trainer.machine(name).hidden_probabilities(trainer.seen_by(name, context.samples.x)).mean(0))


def measures(context: ProbeContext) -> dict[str, NDArray[Any]]:
    """Reconstruction error, pseudo-log-likelihood per sample, and mean free energy of training and validation data."""
    import torch

    trainer = context.contrastive
    if trainer is None:
        return {}
    machine = trainer.machine(trainer.rbm)
    count = 500
    train, validation = context.data.train.x[:count], context.data.validation.x[:count]
    v, other = (
        trainer.seen_by(trainer.rbm, train),
        trainer.seen_by(trainer.rbm, validation if len(validation) else train),
    )
    generator = torch.Generator(device=v.device).manual_seed(SEED)
    error = torch.nn.functional.mse_loss(machine.visible_means(machine.hidden_probabilities(v)), v)
    pseudo = float("nan")
    if machine.kind != "gaussian":
        pseudo = float(machine.pseudo_log_likelihood(v, generator).mean())
    return {
        "error": np.array(float(error)),
        "pseudo": np.array(pseudo),
        "train": np.array(float(machine.free_energy(v).mean())),
        "validation": np.array(float(machine.free_energy(other).mean())),
        "rbm": np.array(trainer.rbm),
    }


def fantasies(context: ProbeContext, turn: int = 0, steps: int = 1, label: int = -1) -> dict[str, NDArray[Any]]:
    """Particles after so many more Gibbs steps in the last machine, seen as the network's inputs, (particles, F).

    They move only when `turn` is another than last time, however often views ask.

    Args:
        context: The moment.
        turn: Number of the request to move; a smaller one begins again.
        steps: Gibbs steps per request.
        label: A class to clamp, or -1; needs a machine with labels.
    """
    import torch

    trainer = context.contrastive
    if trainer is None:
        return {}
    name = trainer.rbm
    machine, joint = trainer.machine(name), trainer.labelled_machine(name)
    now = trainer.fantasies
    if now is None or now.rbm != name or now.label != label or turn < now.turn:
        generator = torch.Generator(device=machine.weight.device).manual_seed(SEED)
        start = machine.visible_bias.expand(PARTICLES, -1)
        if machine.kind != "gaussian":
            start = start.sigmoid()
        now = Fantasies(machine.draw_visible(start, generator), generator, turn, 0, name, label)
        trainer.fantasies = now
    elif turn != now.turn:
        if joint is not None and label >= 0:
            classes = torch.full((PARTICLES,), label, device=now.visible.device)
            now.visible = joint.gibbs(now.visible, classes, steps, now.generator)
        else:
            now.visible = machine.gibbs(now.visible, steps, now.generator)
        now.turn = turn
        now.steps += steps
    if joint is not None and label >= 0:
        classes = torch.full((PARTICLES,), label, device=now.visible.device)
        hidden = joint.hidden_probabilities(now.visible, classes)
    else:
        hidden = machine.hidden_probabilities(now.visible)
    return {
        "particles": _array(trainer.downwards(name, machine.visible_means(hidden))),
        "steps": np.array(now.steps),
        "classes": np.array(len(joint.bias) if joint is not None else 0),
        "rbm": np.array(name),
    }


def _array(tensor: torch.Tensor) -> NDArray[Any]:
    copy = np.array(tensor.detach().cpu().numpy(), np.float32)
    copy.flags.writeable = False
    return copy
