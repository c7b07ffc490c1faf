"""The last step of contrastive divergence in numbers, for a few units that can be looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import torch

    from nnviz.core.probes import ProbeContext
    from nnviz.core.training.contrastive import ContrastiveTrainer

UNITS = 3
"""Visible and hidden units that are shown."""


def numbered_step(context: ProbeContext, sample: int = 0, first_hidden: int = 0) -> dict[str, NDArray[Any]]:
    """What one sample of the last batch went through, and what the whole batch did to some weights.

    Visible units are those that vary most among the samples that views look at; hidden ones follow each other.

    Args:
        context: The moment.
        sample: Number of the sample within the batch.
        first_hidden: Number of the first hidden unit.

    Returns:
        Vectors of one sample, (3,): "v0", "p0" (probabilities of the hidden units), "h0" (drawn), "q1" (means of the
        visible units behind the first step), "v1" and "p1" at the end of the chain. Matrices of the batch, (3, 3), a
        row per visible unit as the chapter writes W: "positive", "negative", "added" (what the optimiser really added;
        NaN where that is not known) and "weight" behind it; "a" and "b", (3,): means of v0 - v1 and p(h0) - p(h1).
        "visible" and "hidden": numbers of the units; "setting": learning rate, size of the batch, k, whether chains
        persist, number of the sample, hidden units in all. Only "rbm" before the first step; empty if no machine
        learns here.
    """
    import torch

    trainer = context.contrastive
    if trainer is None:
        return {}
    name = trainer.rbm
    found: dict[str, NDArray[Any]] = {"rbm": np.array(name)}
    phases = trainer.last_phases
    if phases is None:
        return found
    layer = trainer.layer_of(name)
    spread = trainer.seen_by(name, context.samples.x).var(0, unbiased=False)
    i = torch.sort(torch.argsort(spread, descending=True, stable=True)[:UNITS]).values
    count = phases.hidden.shape[1]
    first = max(0, min(first_hidden, count - UNITS))
    j = torch.arange(first, min(first + UNITS, count), device=i.device)
    n = sample % len(phases.data)
    chain = n % len(phases.end)
    v0, p0 = phases.data[:, i], phases.hidden[:, j]
    v1, p1 = phases.end[:, i], phases.hidden_end[:, j]
    weight = trainer.machine(name).weight[j][:, i].T
    before = _before(trainer, name, j, i)
    added = torch.full_like(weight, torch.nan) if before is None else weight - before.T
    tensors = {
        "visible": i,
        "hidden": j,
        "v0": v0[n],
        "p0": p0[n],
        "h0": phases.drawn[chain][j],
        "q1": phases.reconstruction[chain][i],
        "v1": v1[chain],
        "p1": p1[chain],
        "positive": v0.T @ p0 / len(v0),
        "negative": v1.T @ p1 / len(v1),
        "added": added,
        "weight": weight,
        "a": v0.mean(0) - v1.mean(0),
        "b": p0.mean(0) - p1.mean(0),
    }
    for key, tensor in tensors.items():
        found[key] = np.array(tensor.detach().cpu().numpy())
    found["setting"] = np.array(
        [trainer.last_rate, len(phases.data), layer.gibbs_steps, float(layer.persistent), n, count], np.float64
    )
    return found


def _before(trainer: ContrastiveTrainer, name: str, rows: torch.Tensor, columns: torch.Tensor) -> torch.Tensor | None:
    """Some weights before the last step, (rows, columns), which are kept from now on; None if nobody kept them."""
    import torch

    watched = trainer.watched
    if watched is None or not (torch.equal(watched[0], rows) and torch.equal(watched[1], columns)):
        # From the next step on; what was kept belongs to others.
        trainer.watched, trainer.watched_before = (rows, columns), None
    if trainer.watched_before is not None:
        return trainer.watched_before
    if trainer.previous_step == trainer.step and trainer.previous:
        return trainer.previous[f"{name}.weight"][rows][:, columns]
    return None
