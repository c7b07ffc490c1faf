"""Condition: the gradients explode."""

from __future__ import annotations

import math

from nnviz.core.diagnosis.base import CONDITIONS, Condition, Finding, Known, Phrase, Remedy, about
from nnviz.core.diagnosis.rate_too_high import CLIP, USE, tenth_of_rate
from nnviz.core.training.spec import TrainingSpec

EXPLODED = 300.0
"""Norm of the gradient, relative to the error, from which on it counts; below 10 is usual."""

STILL_EXPLODED = 100.0

LOOKS = 3

LEARNED = 0.5
"""Share of the loss at the start below which the training goes well, whatever the gradient is."""

SAID = "The gradients explode: in {layer} the norm is {norm}, where about 1 is usual."
WHY = (
    "On its way back to the input the gradient is multiplied by the weights of one layer after the other. Where these "
    "are large it grows with every layer, here through {layers} of them, and one step throws the weights far away."
)
START = "Smaller weights at the start: He for ReLU, Xavier for sigmoid and tanh keep the gradient's size."
NORM = "Batch norm between the layers, or a smaller learning rate."


@CONDITIONS.register
class ExplodingGradients(Condition):
    """Gradients are so large that steps along them lead anywhere."""

    order = 20
    texts = (SAID, WHY, START, NORM, CLIP, USE)

    def find(self, known: Known, said: bool) -> Finding | None:
        """By the norm of all gradients, relative to how wrong the network is."""
        looks = known.latest(LOOKS)
        if not looks or known.loss_now < LEARNED * known.start_loss:
            return None
        # The gradient of the squared error grows with the error itself; that of classes does not.
        error = 1.0 if known.training.loss.probabilities == "softmax" else max(1.0, math.sqrt(max(known.loss_now, 0.0)))
        norms = [math.hypot(*(layer.gradient for layer in signs.layers)) / error for signs in looks]
        # Before the first step they are no numbers, and not large.
        if not all(norm >= (STILL_EXPLODED if said else EXPLODED) for norm in norms):
            return None
        worst = max(looks[-1].layers, key=lambda layer: layer.gradient)
        return Finding(
            self.name,
            Phrase(SAID, {"layer": worst.layer, "norm": about(worst.gradient)}),
            Phrase(WHY, {"layers": str(len(looks[-1].layers))}),
            (Phrase(START), Phrase(CLIP), Phrase(NORM)),
        )

    def remedy(self, known: Known, training: TrainingSpec) -> Remedy | None:
        """A tenth of the learning rate."""
        return tenth_of_rate(known, training)
