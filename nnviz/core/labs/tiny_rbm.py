"""A machine with three visible and two hidden units in numpy: its 32 states, and contrastive divergence by lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

VISIBLE, HIDDEN = 3, 2
LINES = ("encode", "draw hidden", "positive", "decode", "encode again", "negative", "update")
"""The lines of one step of CD-1, in the order of the chapter's pseudo-code."""


def states(units: int) -> Array:
    """All states, (2^units, units), counting upwards, the last unit fastest."""
    numbers = np.arange(1 << units)[:, None]
    return ((numbers >> np.arange(units - 1, -1, -1)) & 1).astype(np.float64)


def sigmoid(x: Array) -> Array:
    """1 / (1 + e^-x)."""
    return np.asarray(1 / (1 + np.exp(-x)))


@dataclass(frozen=True)
class TinyRbm:
    """Weights and biases, and how far a step of contrastive divergence is.

    Attributes:
        w: Weights, (3, 2): from visible to hidden, as the chapter writes them.
        a: Visible biases, (3,).
        b: Hidden biases, (2,).
        line: Lines of the current step that are done.
        step: Whole steps that are done.
        seen: What the lines of the current step have computed, by name: v0, p0, h0, positive, q1, v1, p1, negative.
    """

    w: Array
    a: Array
    b: Array
    line: int = 0
    step: int = 0
    seen: Mapping[str, Array] = field(default_factory=dict)

    def energies(self) -> Array:
        """E(v, h) = -a v - b h - v W h of all states, (8, 4)."""
        v, h = states(VISIBLE), states(HIDDEN)
        return -(v @ self.a)[:, None] - (h @ self.b)[None] - v @ self.w @ h.T

    def probabilities(self) -> Array:
        """p(v, h) = e^-E / Z of all states, (8, 4)."""
        weights = np.exp(-(self.energies() - self.energies().min()))
        return np.asarray(weights / weights.sum())

    def log_likelihood(self, data: Array) -> float:
        """Mean of log p(v) over the patterns, (n, 3)."""
        numbers = (data @ np.array([4, 2, 1])).astype(int)
        return float(np.log(self.probabilities().sum(1)[numbers]).mean())

    def next_line(self, data: Array, seed: int, rate: float) -> TinyRbm:
        """The machine after one more line; the patterns are taken in turn, one per step.

        Source: Hinton 2010, A practical guide to training restricted Boltzmann machines, section 3.
        """
        rng = np.random.default_rng([seed, self.step])
        hidden_chance, visible_chance = rng.random(HIDDEN), rng.random(VISIBLE)
        seen = dict(self.seen)
        name = LINES[self.line]
        if name == "encode":
            v0 = data[self.step % len(data)]
            seen = {"v0": v0, "p0": sigmoid(v0 @ self.w + self.b)}
        elif name == "draw hidden":
            seen["h0"] = (hidden_chance < seen["p0"]).astype(np.float64)
        elif name == "positive":
            seen["positive"] = np.outer(seen["v0"], seen["h0"])
        elif name == "decode":
            seen["q1"] = sigmoid(self.w @ seen["h0"] + self.a)
            seen["v1"] = (visible_chance < seen["q1"]).astype(np.float64)
        elif name == "encode again":
            seen["p1"] = sigmoid(seen["v1"] @ self.w + self.b)
        elif name == "negative":
            seen["negative"] = np.outer(seen["v1"], seen["p1"])
        else:
            return TinyRbm(
                self.w + rate * (seen["positive"] - seen["negative"]),
                self.a + rate * (seen["v0"] - seen["v1"]),
                self.b + rate * (seen["h0"] - seen["p1"]),
                0,
                self.step + 1,
                seen,
            )
        return replace(self, line=self.line + 1, seen=seen)
