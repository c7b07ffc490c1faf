"""Optimisers on a surface of two weights: those of the catalogue, as torch runs them, in double precision.

There is no second description of any update here: `torch_call()` makes the same optimiser that a training has. Torch
is imported when a race is run.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from nnviz.core.labs.loss_surface import Array, Batch, Point, Surface, batches
from nnviz.core.snapshot import read_only
from nnviz.core.training.optimisers.base import OPTIMISERS, OptimiserSpec

LOOK_EVERY = 16
"""Steps after which a race looks whether anybody still wants it."""
FAR = 100.0
"""So many times the largest loss of the window, and a path counts as diverged."""


@dataclass(frozen=True, eq=False)
class Path:
    """Where one optimiser went.

    Attributes:
        points: The weights before the first step and after each, float64, (steps + 1, 2); NaN from where they are no
            finite numbers any more. Read-only.
        gradients: The gradient that each step was made from, that of its batch, (steps, 2).
        losses: Mean loss of all samples at the points, (steps + 1,).
        diverged: Number of the first step after which the loss is no finite number, or `FAR` times the largest of the
            window; None if there is none.
    """

    points: Array
    gradients: Array
    losses: Array
    diverged: int | None

    @property
    def steps(self) -> int:
        """How many steps it has."""
        return len(self.gradients)


@dataclass(frozen=True, eq=False)
class Race:
    """Everything that the paths follow from.

    Attributes:
        surface: What is raced on.
        start: Where all begin.
        learning_rate: Of all optimisers.
        momentum: Of those that have a parameter of this name.
        nesterov: Of those that have a parameter of this name.
        batch_size: Samples per step.
        seed: Of the batches.
    """

    surface: Surface
    start: Point
    learning_rate: float
    momentum: float
    nesterov: bool
    batch_size: int
    seed: int

    def optimiser(self, name: str) -> OptimiserSpec:
        """The optimiser of this registry name, set as far as it has parameters of these names; the rest is its own."""
        cls = OPTIMISERS[name]
        has = {info.name for info in cls.params()}
        given = {"learning_rate": self.learning_rate, "momentum": self.momentum, "nesterov": self.nesterov}
        return cls(**{key: value for key, value in given.items() if key in has})

    def run(
        self, names: Sequence[str], steps: int, wanted: Callable[[], bool] = lambda: True
    ) -> Mapping[str, Path] | None:
        """Race.

        Args:
            names: Registry names of the optimisers.
            steps: Steps of each.
            wanted: Asked now and then; once it says no, the race is dropped.

        Returns:
            The paths by name, or None if the race was dropped.
        """
        turns = batches(self.seed, self.batch_size, steps)
        limit = FAR * self.surface.top
        paths = {}
        for name in names:
            path = _follow(self.surface, self.optimiser(name), self.start, turns, limit, wanted)
            if path is None:
                return None
            paths[name] = path
        return paths


def _follow(
    surface: Surface,
    spec: OptimiserSpec,
    start: Point,
    turns: Sequence[Batch | None],
    limit: float,
    wanted: Callable[[], bool],
) -> Path | None:
    import torch

    w = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    w.grad = torch.zeros_like(w)
    optimiser = spec.torch_call("weights").evaluate(weights=[w])
    # The memory of the two tensors: reading and writing numbers there costs no call of torch.
    here, slope = w.detach().numpy(), w.grad.numpy()
    points = np.full((len(turns) + 1, 2), np.nan)
    gradients = np.full((len(turns), 2), np.nan)
    points[0] = start
    with np.errstate(all="ignore"):
        for step, batch in enumerate(turns):
            if step % LOOK_EVERY == 0 and not wanted():
                return None
            slope[:] = gradients[step] = surface.gradient(float(here[0]), float(here[1]), batch)
            optimiser.step()
            if not np.isfinite(here).all():
                break
            points[step + 1] = here
        losses = np.asarray(surface.loss(points[:, 0], points[:, 1]))
        beyond = np.flatnonzero(~(losses <= limit))
    diverged = int(beyond[0]) if len(beyond) else None
    return Path(read_only(points), read_only(gradients), read_only(losses), diverged)
