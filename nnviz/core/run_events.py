"""What happened in a run, to be marked on its curves."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum

import numpy as np

from nnviz.core.run_curves import RunCurves
from nnviz.core.training.spec import TrainingSpec


class EventKind(Enum):
    """What kind of thing happened."""

    RATE_CHANGED = "rate changed"
    """The learning rate made a leap."""
    RATE_HIGHEST = "rate highest"
    """A learning rate that rose begins to fall."""
    BEST = "best"
    """The lowest loss on validation data so far."""
    STOPPED_EARLY = "stopped early"
    """That loss had not fallen for as long as early stopping waits."""


@dataclass(frozen=True)
class RunEvent:
    """Something that happened.

    Attributes:
        kind: What.
        step: After which step; of a learning rate, the first step with it.
        value: The learning rate from then on, or the loss; NaN where there is none.
    """

    kind: EventKind
    step: int
    value: float = math.nan


def run_events(curves: RunCurves, training: TrainingSpec) -> tuple[RunEvent, ...]:
    """What happened in a run so far, in the order of the steps.

    Args:
        curves: What was measured.
        training: How it is trained.
    """
    events = [RunEvent(EventKind.RATE_CHANGED, leap.step, leap.after) for leap in curves.rates.leaps]
    if curves.rates.highest:
        events.append(RunEvent(EventKind.RATE_HIGHEST, curves.rates.highest))
    losses = curves.validation.validation_loss
    if np.isfinite(losses).any():
        best = int(np.nanargmin(losses))
        steps = curves.validation.validation_steps
        events.append(RunEvent(EventKind.BEST, int(steps[best]), float(losses[best])))
        behind = len(losses) - 1 - best
        if 0 < training.early_stopping <= behind:
            events.append(RunEvent(EventKind.STOPPED_EARLY, int(steps[best + training.early_stopping])))
    return tuple(sorted(events, key=lambda event: event.step))
