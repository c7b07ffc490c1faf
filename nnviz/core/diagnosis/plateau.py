"""Condition: nothing is learned any more, though little was learned so far."""

from __future__ import annotations

import math

from nnviz.core.diagnosis.base import CONDITIONS, Condition, Finding, Known, Phrase, figure, median, per_cent

LEVEL = 0.01
"""Share by which the loss differs between the first and second half of the stretch, at most."""

STILL_LEVEL = 0.03

UNLEARNED = 0.7
"""Share of the loss at the start above which little was learned; a loss that is level further down is at its goal."""

FEWEST_STEPS, FEWEST_EPOCHS = 300, 2

SHARES = (0.25, 0.5, 0.75)
"""Shares of the run that are looked at, the newest stretch first: noise needs a longer one."""

TINY = 1e-5
"""Share of the weights below which a step is too small to matter within some thousand steps."""

SAID = "Plateau: the training loss has been level at {loss} for {steps} steps; it began at {start}."
WHY_TINY = (
    "Each step moves the weights by {percent} % of their size only; a tenth of a per cent is usual. At that pace "
    "nothing changes: the learning rate of {rate} is too small, or the gradient is."
)
WHY_STUCK = (
    "The steps are large enough ({percent} % of the weights each), but lead nowhere: the network is where no small "
    "step helps, or it cannot say what the data asks for, or there is nothing in the inputs to tell the answers by."
)
WHY_END = (
    "The network ends in {end}, whose outputs stay between {low} and {high}: answers beyond are out of its reach, "
    "however long it learns."
)
WHY = (
    "Either the steps are too small to get anywhere, or the network cannot say what the data asks for: too few units "
    "or layers, or an end that cannot reach the answers, like a sigmoid for numbers above 1."
)
RATE_UP = "A learning rate ten times larger, or Adam, which finds the size of its steps by itself."
MORE = "More units or one more hidden layer with ReLU: without hidden layers only straight borders are possible."
END = "An end that can reach the answers: linear for numbers, one output per class for classes."
OTHER = "Another start (the seed), or another learning rate, ten times larger or smaller."


@CONDITIONS.register
class Plateau(Condition):
    """The training loss is level, and not far below where it began."""

    order = 60
    texts = (SAID, WHY_TINY, WHY_STUCK, WHY_END, WHY, RATE_UP, MORE, END, OTHER)

    def find(self, known: Known, said: bool) -> Finding | None:
        """By the training loss: two halves of a stretch that differ by less than can be told from their noise."""
        fewest = max(FEWEST_STEPS, FEWEST_EPOCHS * known.steps_per_epoch)
        for share in SHARES:
            length = max(fewest, share * known.step)
            if known.step < length:
                return None
            loss = self._level(known, length, STILL_LEVEL if said else LEVEL)
            if not math.isnan(loss):
                return self._said(known, loss, length)
        return None

    def _level(self, known: Known, length: float, most: float) -> float:
        """The loss over the newest stretch if it is level there and high, else NaN."""
        steps, means, _, _ = known.curves.loss.bins()
        inside = steps > known.step - length
        first, second = (
            means[inside & half] for half in (steps <= known.step - length / 2, steps > known.step - length / 2)
        )
        if len(first) < 10 or len(second) < 10 or not known.start_loss > 0:
            return math.nan
        level = float(second.mean())
        noise = math.hypot(float(first.std()) / math.sqrt(len(first)), float(second.std()) / math.sqrt(len(second)))
        # What is lost in noise cannot be called level.
        is_level = abs(float(first.mean()) - level) < most * level and noise < LEVEL * level
        return level if is_level and level > UNLEARNED * known.start_loss else math.nan

    def _said(self, known: Known, loss: float, length: float) -> Finding:
        # Rounded: a count that grows with every look draws the eye.
        rounded = int(float(f"{length:.1g}")) if length < known.step else int(length)
        values = {"loss": figure(loss), "steps": f"{rounded:,}", "start": figure(known.start_loss)}
        sentence = Phrase(SAID, values)
        moved = median([layer.moved for signs in known.latest() for layer in signs.layers])
        rate = figure(known.training.optimiser.learning_rate)
        end = [layer for layer in known.network.layers if layer.enabled][-1]
        if end.flat_ends is not None and known.training.loss.expects == "values":
            low, high = end.flat_ends
            # No error within the range of the outputs is as large as that.
            if loss > (high - low) ** 2:
                ends = {"end": end.title, "low": f"{low:g}", "high": f"{high:g}"}
                return Finding(self.name, sentence, Phrase(WHY_END, ends), (Phrase(END),))
        if math.isnan(moved):
            return Finding(self.name, sentence, Phrase(WHY), (Phrase(MORE), Phrase(END), Phrase(RATE_UP)))
        numbers = {"percent": per_cent(moved), "rate": rate}
        if moved < TINY:
            return Finding(self.name, sentence, Phrase(WHY_TINY, numbers), (Phrase(RATE_UP), Phrase(OTHER)))
        tries = (Phrase(MORE), Phrase(END), Phrase(OTHER))
        return Finding(self.name, sentence, Phrase(WHY_STUCK, numbers), tries)
