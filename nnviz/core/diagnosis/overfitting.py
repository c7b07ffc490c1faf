"""Condition: the network learns its training data by heart."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from nnviz.core.diagnosis.base import CONDITIONS, Condition, Finding, Known, Phrase, Remedy, figure
from nnviz.core.training.spec import TrainingSpec

RISEN = 1.1
"""How many times its lowest value the validation loss must be."""

STILL_RISEN = 1.05

SURE = 0.02
"""Share of the loss at the start by which it must have risen at least: a rise from nothing to little is no harm."""

FALLEN = 0.9
"""Share of what it was then to which the training loss must have fallen meanwhile."""

LASTING = 3
"""Measurements in a row: validation losses go up and down by themselves."""

PATIENCE = 5
"""Measurements that early stopping waits for when it is switched on from here."""

SAID_EPOCH = (
    "Overfitting since epoch {epoch}: the validation loss rose from {best} to {now}, that of training fell from "
    "{before} to {training}."
)
SAID_STEP = (
    "Overfitting since step {step}: the validation loss rose from {best} to {now}, that of training fell from "
    "{before} to {training}."
)
WHY = (
    "With {parameters} parameters the network can learn the training samples by heart, their noise included. "
    "That helps with these samples alone; for new ones it makes the answers worse."
)
STOP = "Stop there: early stopping ends the training when validation gets no better, and keep best takes its weights."
DATA = "More training data, or augmentation, which makes each image another one every time."
WEIGHTS = "L2 or dropout, which keep the network from relying on single weights and units; or fewer units."
USE = "Stop early next time"


@CONDITIONS.register
class Overfitting(Condition):
    """The loss on validation data rises while that on training data falls."""

    order = 50
    texts = (SAID_EPOCH, SAID_STEP, WHY, STOP, DATA, WEIGHTS, USE)

    def find(self, known: Known, said: bool) -> Finding | None:
        """By the validation loss, smoothed over three measurements, and the training loss meanwhile."""
        measured = known.curves.validation
        losses, steps = measured.validation_loss.astype(np.float64), measured.validation_steps
        if len(losses) < LASTING + 2 or not np.isfinite(losses).all() or not known.start_loss > 0:
            return None
        smooth = np.convolve(losses, np.ones(3) / 3, "valid")
        # Its middle.
        best = int(np.argmin(smooth)) + 1
        lowest = float(smooth[best - 1])
        later = losses[max(best + 1, len(losses) - LASTING) :]
        least = max((STILL_RISEN if said else RISEN) * lowest, lowest + SURE * known.start_loss)
        if len(later) < LASTING or (later.mean() if said else later.min()) < least:
            return None
        before, now = self._training_near(known, int(steps[best])), self._training_near(known, int(steps[-1]))
        if not now < FALLEN * before:
            return None
        step = int(steps[best])
        values = {
            "epoch": f"{known.epoch_of(step):,}",
            "step": f"{step:,}",
            "best": figure(lowest),
            "now": figure(float(later.mean())),
            "before": figure(before),
            "training": figure(now),
        }
        sentence = Phrase(SAID_EPOCH if known.epoch_of(step) else SAID_STEP, values)
        why = Phrase(WHY, {"parameters": f"{known.network.parameter_count():,}"})
        return Finding(self.name, sentence, why, (Phrase(STOP), Phrase(DATA), Phrase(WEIGHTS)))

    def remedy(self, known: Known, training: TrainingSpec) -> Remedy | None:
        """Early stopping with the best weights, where it is off."""
        if training.early_stopping:
            return None
        return Remedy(Phrase(USE), replace(training, early_stopping=PATIENCE, keep_best=True))

    @staticmethod
    def _training_near(known: Known, step: int) -> float:
        """Training loss up to a measurement, over as many steps as lie between two."""
        steps = known.curves.validation.validation_steps
        apart = max(20.0, float(np.median(np.diff(steps))))
        value = known.loss_between(step - apart, step)
        return value if math.isfinite(value) else math.inf
