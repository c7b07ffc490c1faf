"""What every condition of a training is, what it may go by, and the registry that finds them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import ClassVar

import numpy as np

from nnviz.core.diagnosis.signs import Signs
from nnviz.core.network import NetworkSpec
from nnviz.core.registry import Registry
from nnviz.core.run_curves import RunCurves
from nnviz.core.training.spec import TrainingSpec

LOOKS = 2
"""Looks in a row at the network that must agree: one batch alone proves nothing."""


@dataclass(frozen=True)
class Known:
    """What is known of a run when somebody asks how it goes.

    Attributes:
        network: What is trained.
        training: How.
        curves: What was measured so far.
        signs: The newest looks at the network, the latest one last; empty if nobody looked.
        steps_per_epoch: Batches of an epoch; 0 if that is not known.
        diverged_at: The step whose loss was no finite number; 0 if there is none.
    """

    network: NetworkSpec
    training: TrainingSpec
    curves: RunCurves
    signs: tuple[Signs, ...] = ()
    steps_per_epoch: int = 0
    diverged_at: int = 0

    @property
    def step(self) -> int:
        """Batches whose loss is known."""
        return self.curves.loss.last_step

    @cached_property
    def start_loss(self) -> float:
        """What the loss is before anything is learned; NaN before the first batch.

        That of the first batch, but for classes at least that of guessing, log(classes): a single sample may be lucky.
        """
        _, means, _, _ = self.curves.loss.bins()
        if not len(means):
            return math.nan
        by_classes = self.training.loss.probabilities == "softmax"
        guessing = _guessing(self.network) if by_classes else 0.0
        return max(float(means[0]), guessing)

    @cached_property
    def loss_now(self) -> float:
        """Mean training loss of the newest twentieth of the run, but of 5 to 200 steps; NaN if there is none."""
        return self.loss_between(self.step - min(200.0, max(5.0, self.step / 20)), self.step)

    def loss_between(self, first: float, last: float) -> float:
        """Mean training loss behind one step and up to another; NaN if none was measured there."""
        steps, means, _, _ = self.curves.loss.bins()
        inside = (steps > first) & (steps <= last)
        return float(means[inside].mean()) if inside.any() else math.nan

    def latest(self, count: int = LOOKS) -> tuple[Signs, ...]:
        """So many newest looks at the network; empty if there were fewer."""
        return self.signs[-count:] if len(self.signs) >= count else ()

    def epoch_of(self, step: int) -> int:
        """The pass through the training data that a step belongs to, from 1; 0 if that is not known."""
        return max(0, step - 1) // self.steps_per_epoch + 1 if self.steps_per_epoch else 0


@lru_cache(maxsize=2)
def _guessing(network: NetworkSpec) -> float:
    # Asked for every second while a network learns; following the shapes through all layers takes milliseconds.
    return math.log(network.output_shape().size)


@dataclass(frozen=True)
class Phrase:
    """A text with places for numbers.

    Attributes:
        text: In English, with places as in "{steps} steps".
        values: What stands there.
    """

    text: str
    values: Mapping[str, str] = field(default_factory=dict)

    def said(self, translate: Callable[[str], str] = str) -> str:
        """The whole text in the language of `translate`."""
        return translate(self.text).format(**self.values)


@dataclass(frozen=True)
class Remedy:
    """An edit of the training that helps, for the next run.

    Attributes:
        text: What a button says that does it.
        training: The training after it.
    """

    text: Phrase
    training: TrainingSpec


@dataclass(frozen=True)
class Finding:
    """Something that is going on.

    Attributes:
        kind: Name of the condition.
        sentence: What it is, with its numbers.
        why: Where it comes from.
        tries: What may help, the likeliest first.
    """

    kind: str
    sentence: Phrase
    why: Phrase
    tries: tuple[Phrase, ...]


class Condition:
    """Something that may be going on in a training and that people should hear of.

    Attributes:
        name: Registry name.
        order: Its urgency among the others, the most urgent first.
        texts: Every text that its findings may contain, in English, for translators.
    """

    name: ClassVar[str] = ""
    order: ClassVar[int] = 100
    texts: ClassVar[tuple[str, ...]] = ()

    def find(self, known: Known, said: bool) -> Finding | None:
        """What is going on, or None.

        Args:
            known: What it may go by.
            said: Whether it is on the screen. It then stays for less than it takes to get there: a line that comes and
                goes cannot be read.
        """
        raise NotImplementedError

    def remedy(self, known: Known, training: TrainingSpec) -> Remedy | None:
        """An edit of `training` that helps and was not made yet, where one helps most people; else None."""
        return None


def figure(value: float) -> str:
    """A number in a sentence, with three digits that count: 0.0123, 4.57, 1,230, 4.5e+07."""
    if not math.isfinite(value):
        return str(value)
    if abs(value) >= 1e6:
        return f"{value:.1e}"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def about(value: float) -> str:
    """A number of which only the size matters, with two digits that count: 3.4, 1,200, 250,000."""
    return f"{float(f'{value:.2g}'):,.0f}" if 10 <= abs(value) < 1e9 else f"{value:.2g}"


def per_cent(share: float) -> str:
    """A share as per cent: 0.3, 7, 85."""
    return f"{100 * share:.2g}" if share < 0.1 else f"{100 * share:,.0f}"


def median(values: list[float]) -> float:
    """Their median without those that are no number; NaN if none is left."""
    known = [value for value in values if not math.isnan(value)]
    return float(np.median(known)) if known else math.nan


CONDITIONS: Registry[type[Condition]] = Registry("condition", "nnviz.core.diagnosis")
