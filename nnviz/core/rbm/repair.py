"""A damaged sample that an RBM repairs, step by step, in numpy: no thread of a training is needed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from nnviz.core.rbm.copied import CopiedMachine

if TYPE_CHECKING:
    from nnviz.core.probes import ProbeContext

Array = NDArray[np.float32]
Damage = Literal["erase", "noise"]
Side = Literal["left", "right", "top", "bottom"]

SAMPLES = 64
SEED = 5


def to_be_repaired(context: ProbeContext) -> dict[str, NDArray[Any]]:
    """A copy of the first machine, which sees the data itself, and "samples", (at most 64, V), as it sees them.

    Empty if no machine learns here.
    """
    trainer = context.contrastive
    if trainer is None:
        return {}
    name = trainer.machine_names[0]
    found = CopiedMachine.of(trainer, name).arrays()
    found["samples"] = trainer.seen_by(name, context.samples.x[:SAMPLES]).cpu().numpy().astype(np.float32)
    return found


@dataclass(frozen=True)
class Energies:
    """What the state of a repair costs.

    Attributes:
        energy: E(v, h), with the probabilities of the hidden units where they are not drawn.
        free: F(v) = -log sum_h e^-E(v, h).
        wrong: Mean absolute difference from the original over the damaged units, in the data's own measure; 0 if none
            is damaged.
    """

    energy: float
    free: float
    wrong: float


class Repair:
    """One sample: as it was, as it was damaged, and as the machine repairs it.

    Attributes:
        machine: The machine with its newest weights.
        original: The sample as the machine sees it, (V,).
        damaged: The same with its damage, (V,).
        mask: Which units are damaged, (V,), bool.
        means: Means of the visible units after the last step, (V,): what is shown.
        state: Their states: where the next step begins.
        steps: Steps since the repair began.
        course: What the state cost at first and after each step.
    """

    def __init__(self, machine: CopiedMachine, sample: Array) -> None:
        self.machine = machine
        self._rng = np.random.default_rng(SEED)
        self.choose(sample)

    def take(self, machine: CopiedMachine) -> None:
        """Go on with newer weights; what was measured before stays as it was, but for a repair that has not begun."""
        self.machine = machine
        if not self.steps:
            self.restart()

    def choose(self, sample: Array) -> None:
        """Another sample, not damaged yet."""
        self.original = np.array(sample, np.float32)
        self.heal()

    def heal(self) -> None:
        """Take all damage back."""
        self.damaged = self.original.copy()
        self.mask = np.zeros(len(self.original), bool)
        self.restart()

    def damage(self, units: NDArray[Any], kind: Damage) -> None:
        """Damage some units, given by their numbers or a mask; the repair begins again.

        Erased ones are 0 in the data's own measure: paper, for drawings. Noise is a coin for units of 0 or 1, any value
        from 0 to 1 for continuous ones and a normal value of variance 1 for Gaussian ones. What is damaged already
        keeps its noise.
        """
        chosen = np.zeros(len(self.mask), bool)
        chosen[units] = True
        if kind == "erase":
            self.damaged[chosen] = self._blank()[chosen]
        else:
            fresh = chosen & ~self.mask
            self.damaged[fresh] = self._noise(int(fresh.sum()))
        self.mask |= chosen
        self.restart()

    def cover(self, side: Side, height: int, width: int) -> None:
        """Erase half of a picture of so many rows and columns."""
        rows, columns = np.divmod(np.arange(len(self.mask)), width)
        halves = {
            "left": columns < width // 2,
            "right": columns >= width - width // 2,
            "top": rows < height // 2,
            "bottom": rows >= height - height // 2,
        }
        self.damage(halves[side], "erase")

    def restart(self) -> None:
        """Back to the damaged sample."""
        self.steps = 0
        self.state = self.damaged.copy()
        self.means = self.damaged.copy()
        self.course = [self._energies(self.machine.hidden_probabilities(self.state))]

    def step(self, *, stochastic: bool, hold: bool) -> None:
        """To the hidden units and back.

        Args:
            stochastic: Whether units are drawn (a Gibbs step), or take their means (mean field).
            hold: Whether undamaged units are clamped to the data; else all are free.

        Source: Hinton 2010, A practical guide to training restricted Boltzmann machines, section 3; mean field as
            alternating minimisation of E - entropy: Peterson & Anderson 1987, A mean field theory learning algorithm.
        """
        machine = self.machine
        hidden = self.machine.hidden_probabilities(self.state)
        if stochastic:
            hidden = (self._rng.random(len(hidden)) < hidden).astype(np.float32)
        means = machine.visible_means(hidden)
        state = self._drawn(means) if stochastic else means
        if hold:
            means = np.where(self.mask, means, self.original)
            state = np.where(self.mask, state, self.original)
        self.means, self.state = means.astype(np.float32), state.astype(np.float32)
        self.steps += 1
        self.course.append(self._energies(hidden if stochastic else self.machine.hidden_probabilities(self.state)))

    def pictured(self, values: Array) -> Array:
        """Values of visible units, (..., V), in the data's own measure."""
        return values * self.machine.scale + self.machine.mean

    def variational_free_energy(self) -> float:
        """E(v, p) - H(v) - H(p) at the means of both sides; of units of 0 or 1. Mean field never raises it."""
        hidden = self.machine.hidden_probabilities(self.state).astype(np.float64)
        energy = self._energy(self.state, hidden)
        return energy - _entropy(self.state.astype(np.float64)) - _entropy(hidden)

    def _energy(self, v: Array, h: NDArray[Any]) -> float:
        inputs = self.machine.hidden_bias.astype(np.float64) + self.machine.weight @ v
        return float(self.machine.visible_energy(v)) - float(h @ inputs)

    def _energies(self, hidden: Array) -> Energies:
        wrong = 0.0
        if self.mask.any():
            apart = np.abs(self.means - self.original) * self.machine.scale
            wrong = float(apart[self.mask].mean())
        return Energies(self._energy(self.state, hidden), float(self.machine.free_energy(self.state)), wrong)

    def _blank(self) -> Array:
        return -self.machine.mean / self.machine.scale

    def _noise(self, count: int) -> Array:
        if self.machine.kind == "gaussian":
            return self._rng.normal(size=count).astype(np.float32)
        values = self._rng.random(count).astype(np.float32)
        return values if self.machine.kind == "continuous" else (values < 0.5).astype(np.float32)

    def _drawn(self, means: Array) -> Array:
        if self.machine.kind == "gaussian":
            return means + self._rng.normal(size=len(means)).astype(np.float32)
        if self.machine.kind == "continuous":
            return means
        return (self._rng.random(len(means)) < means).astype(np.float32)


def _entropy(p: NDArray[np.float64]) -> float:
    p = np.clip(p, 1e-12, 1 - 1e-12)
    return -float((p * np.log(p) + (1 - p) * np.log1p(-p)).sum())
