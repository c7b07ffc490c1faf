"""Condition: nearly all units of a layer are dead."""

from __future__ import annotations

from nnviz.core.diagnosis.base import CONDITIONS, Condition, Finding, Known, Phrase, Remedy
from nnviz.core.diagnosis.rate_too_high import USE, tenth_of_rate
from nnviz.core.training.spec import TrainingSpec

DEAD = 0.9
"""Share of a layer's units."""

STILL_DEAD = 0.75

ALL = "{layer} is dead: all {units} units are zero for every sample."
MOST = "{layer} is nearly dead: {dead} of {units} units are zero for every sample."
WHY = (
    "Where ReLU is zero its slope is zero too: no gradient passes, and what feeds these units never changes again. "
    "One step that was too large, or biases far below zero, are enough."
)
RATE = "A smaller learning rate, and Reset: what is dead stays dead in this run."
LEAKY = "Leaky ReLU, ELU or maxout in place of ReLU: their slope is not zero on the left."
START = "He as initialiser of the weights, and biases that start at zero."


@CONDITIONS.register
class DeadLayer(Condition):
    """A layer of rectifiers that lets no gradient through any more."""

    order = 30
    texts = (ALL, MOST, WHY, RATE, LEAKY, START, USE)

    def find(self, known: Known, said: bool) -> Finding | None:
        """By the units that are zero for all samples that were looked at."""
        looks = known.latest()
        if not looks:
            return None
        least = STILL_DEAD if said else DEAD
        dead = [{unit.layer for unit in signs.units if unit.dead >= least * unit.units} for signs in looks]
        lasting = set.intersection(*dead)
        # The one nearest to the input: behind a dead layer others may follow from it.
        for unit in looks[-1].units:
            if unit.layer in lasting:
                values = {"layer": unit.layer, "units": f"{unit.units:,}", "dead": f"{unit.dead:,}"}
                text = ALL if unit.dead == unit.units else MOST
                return Finding(
                    self.name, Phrase(text, values), Phrase(WHY), (Phrase(RATE), Phrase(LEAKY), Phrase(START))
                )
        return None

    def remedy(self, known: Known, training: TrainingSpec) -> Remedy | None:
        """A tenth of the learning rate, where the layer was alive at first: else its start is at fault."""
        first = known.signs[0]
        alive = all(unit.dead < STILL_DEAD * unit.units for unit in first.units)
        return tenth_of_rate(known, training) if alive else None
