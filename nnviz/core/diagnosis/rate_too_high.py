"""Condition: the learning rate is far too high."""

from __future__ import annotations

from dataclasses import replace

from nnviz.core.diagnosis.base import (
    CONDITIONS,
    Condition,
    Finding,
    Known,
    Phrase,
    Remedy,
    about,
    figure,
    median,
    per_cent,
)
from nnviz.core.training.spec import TrainingSpec

RISEN = 3.0
"""How many times the loss at the start the loss must be."""

STILL_RISEN = 2.0

MOVED = 0.3
"""Share of its weights by which a step moves the layers, half of them more; a thousandth is usual."""

STILL_MOVED = 0.2

UNLEARNED = 0.8
"""Share of the loss at the start above which nothing is learned by such steps."""

FAR_RISEN = 100.0
"""How many times the loss at the start is enough at once; a smaller rise may be a detour of the first steps."""

FEWEST_STEPS, SOME_STEPS = 5, 40

FALLING = 0.8
"""Share of the loss of the stretch before below which it is on its way down."""

DIVERGED = "The learning rate of {rate} is far too high: at step {step} the loss was no finite number any more."
ROSE = "The learning rate of {rate} is far too high: the loss is {times} times what it was at the start."
LEAPS = "The learning rate of {rate} is far too high: each step moves the weights by {percent} % of their size."
WHY = (
    "A step goes down the slope by learning rate times gradient. Where that is too far it leaps across the valley and "
    "lands higher on the other side, where the slope is steeper still, so that the next step leaps even further."
)
SMALLER = "A learning rate ten times smaller; if the loss then falls but slowly, go up again threefold."
CLIP = "Gradient clipping by norm, among the regularisers: no single step can then be too long."
USE = "Learning rate {rate} next time"


@CONDITIONS.register
class RateTooHigh(Condition):
    """The loss has risen far above that of an untrained network, or steps are as large as the weights."""

    order = 10
    texts = (DIVERGED, ROSE, LEAPS, WHY, SMALLER, CLIP, USE)

    def find(self, known: Known, said: bool) -> Finding | None:
        """By the loss, or by the size of the steps."""
        sentence = self._sentence(known, said)
        if sentence is None:
            return None
        return Finding(self.name, sentence, Phrase(WHY), (Phrase(SMALLER), Phrase(CLIP)))

    def remedy(self, known: Known, training: TrainingSpec) -> Remedy | None:
        """A tenth of the learning rate."""
        return tenth_of_rate(known, training)

    def _sentence(self, known: Known, said: bool) -> Phrase | None:
        rate = figure(known.training.optimiser.learning_rate)
        if known.diverged_at:
            return Phrase(DIVERGED, {"rate": rate, "step": f"{known.diverged_at:,}"})
        if known.step < FEWEST_STEPS:
            return None
        times = known.loss_now / known.start_loss if known.start_loss > 0 else 0.0
        if times > FAR_RISEN or (times > (STILL_RISEN if said else RISEN) and (said or self._stays(known))):
            return Phrase(ROSE, {"rate": rate, "times": about(times)})
        moved = [median([layer.moved for layer in signs.layers]) for signs in known.latest(3)]
        if moved and min(moved) > (STILL_MOVED if said else MOVED) and times > UNLEARNED:
            return Phrase(LEAPS, {"rate": rate, "percent": per_cent(moved[-1])})
        return None

    @staticmethod
    def _stays(known: Known) -> bool:
        """Whether the loss does not fall between the third and the last quarter of the run so far."""
        if known.step < SOME_STEPS:
            return False
        before = known.loss_between(known.step / 2, 0.75 * known.step)
        return not known.loss_between(0.75 * known.step, known.step) < FALLING * before


def tenth_of_rate(known: Known, training: TrainingSpec) -> Remedy | None:
    """A learning rate that is a tenth of the run's, unless `training` has a lower one than the run already."""
    rate = known.training.optimiser.learning_rate
    if training.optimiser.learning_rate < rate:
        return None
    smaller = float(f"{rate / 10:.3g}")
    mended = replace(training, optimiser=replace(training.optimiser, learning_rate=smaller))
    return Remedy(Phrase(USE, {"rate": f"{smaller:g}"}), mended)
