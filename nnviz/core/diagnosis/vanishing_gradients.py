"""Condition: the gradient vanishes on its way to the first layers."""

from __future__ import annotations

from nnviz.core.diagnosis.base import CONDITIONS, Condition, Finding, Known, Phrase, about

VANISHED = 1e-3
"""Gradient of a layer's weights, as a share of the largest of a layer behind it; a hundredth is still usual."""

STILL_VANISHED = 5e-3

SAID = "The gradient vanishes: in {first} it is {times} times smaller than in {last}."
WHY_FLAT = (
    "On its way back the gradient is multiplied by the slope of every activation. That of a sigmoid is at most 0.25, "
    "and next to nothing where it is saturated ({percent} % of the values here); after {layers} such layers hardly "
    "anything is left, so the first layers stay as chance has made them."
)
WHY_SMALL = (
    "On its way back the gradient is multiplied by the weights and slopes of one layer after the other. Where these "
    "are small hardly anything is left after {layers} layers, so the first ones stay as chance has made them."
)
RELU = "ReLU in place of sigmoid or tanh in the hidden layers: its slope is 1."
START = "He (for ReLU) or Xavier (for sigmoid and tanh) as initialiser: weights of the right size keep the gradient's."
NORM = "Batch norm in front of the activations keeps them where they are steep."
FEWER = "Fewer layers."


@CONDITIONS.register
class VanishingGradients(Condition):
    """The first layers get next to no gradient and hardly learn."""

    order = 40
    texts = (SAID, WHY_FLAT, WHY_SMALL, RELU, START, NORM, FEWER)

    def find(self, known: Known, said: bool) -> Finding | None:
        """By the size of the first layer's gradient beside that of the largest one."""
        looks = known.latest()
        if not looks:
            return None
        least = STILL_VANISHED if said else VANISHED
        for signs in looks:
            sizes = [layer.gradient_rms for layer in signs.layers]
            # What is exactly zero was cut off (a dead layer, a layer that is held fast), and did not fade.
            if len(sizes) < 3 or not 0 < sizes[0] < least * max(sizes):
                return None
        newest = looks[-1]
        last = max(newest.layers, key=lambda layer: layer.gradient_rms)
        times = last.gradient_rms / newest.layers[0].gradient_rms
        flat = [trace for trace in known.network.trace() if trace.layer.enabled and trace.layer.flat_ends is not None]
        saturated = [unit.saturated for unit in newest.units]
        if flat:
            percent = f"{100 * sum(saturated) / max(1, len(saturated)):.0f}"
            why = Phrase(WHY_FLAT, {"percent": percent, "layers": str(len(flat))})
            tries = [Phrase(RELU), Phrase(NORM), Phrase(START), Phrase(FEWER)]
        else:
            why = Phrase(WHY_SMALL, {"layers": str(len(newest.layers))})
            tries = [Phrase(START), Phrase(NORM), Phrase(FEWER)]
        values = {"first": newest.layers[0].layer, "last": last.layer, "times": about(times)}
        return Finding(self.name, Phrase(SAID, values), why, tuple(tries))
