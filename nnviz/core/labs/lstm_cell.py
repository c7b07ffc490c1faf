"""An LSTM cell of one unit, along a short sequence: every number of the three steps forget, update and output."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import cycle, islice

GATES = ("f", "i", "g", "o")
"""Forget gate, input gate, candidate and output gate, in the order in which they are used."""
PARTS = ("forget", "update", "output")
"""The chapter's three steps of each time step."""
WEIGHTS = ("w_x", "w_h", "b")
"""What a gate is computed from: the weight of the input, that of the last output, the bias."""


@dataclass(frozen=True)
class Gate:
    """What opens a gate: its weights, or a hand that holds it.

    Attributes:
        w_x: Weight of the input x.
        w_h: Weight of the output h of the time step before.
        b: Bias.
        held: The value on which it is held by hand; None if it is computed.
    """

    w_x: float = 0.0
    w_h: float = 0.0
    b: float = 0.0
    held: float | None = None

    def sum(self, x: float, h: float) -> float:
        """Z = w_x x + w_h h + b."""
        return self.w_x * x + self.w_h * h + self.b


@dataclass(frozen=True)
class Cell:
    """The four gates of a cell.

    Attributes:
        f: Forget gate: the share of the cell state that stays.
        i: Input gate: the share of the candidate that comes in.
        g: Candidate: what might come in; tanh of its sum, all others sigmoid.
        o: Output gate: the share of tanh(C) that is let out.
    """

    f: Gate
    i: Gate
    g: Gate
    o: Gate

    def gate(self, name: str) -> Gate:
        """One of them, by its letter."""
        found: Gate = getattr(self, name)
        return found

    def with_gate(self, name: str, gate: Gate) -> Cell:
        """The same cell with another gate."""
        return replace(self, **{name: gate})

    def opened(self, name: str, x: float, h: float) -> float:
        """Value of a gate: sigmoid(z), tanh(z) for the candidate, or what the hand says."""
        gate = self.gate(name)
        if gate.held is not None:
            return gate.held
        z = gate.sum(x, h)
        return math.tanh(z) if name == "g" else sigmoid(z)


@dataclass(frozen=True)
class TimeStep:
    """All numbers of one time step.

    Attributes:
        x: Input.
        h_before: Output of the time step before.
        c_before: Cell state of the time step before.
        f: Forget gate.
        kept: f C, what the forget step leaves of the cell state.
        i: Input gate.
        g: Candidate.
        added: i g, what the update step adds.
        c: Cell state after the update.
        o: Output gate.
        squashed: tanh(C).
        h: Output, o tanh(C).
    """

    x: float
    h_before: float
    c_before: float
    f: float
    kept: float
    i: float
    g: float
    added: float
    c: float
    o: float
    squashed: float
    h: float


def sigmoid(z: float) -> float:
    """1 / (1 + e^-z), for any z."""
    if z >= 0:
        return 1 / (1 + math.exp(-z))
    e = math.exp(z)
    return e / (1 + e)


def run(cell: Cell, inputs: Sequence[float]) -> tuple[TimeStep, ...]:
    """Let the cell read a sequence, from C = h = 0.

    Forget: C <- f C. Update: C <- C + i g. Output: h = o tanh(C).

    Source: Gers, Schmidhuber & Cummins 2000, Learning to forget, doi:10.1162/089976600300015015, with
        tanh for both squashing functions; the numbers are those of `torch.nn.LSTMCell`.
    """
    steps = []
    c = h = 0.0
    for x in inputs:
        f, i, g, o = (cell.opened(name, x, h) for name in GATES)
        kept, added = f * c, i * g
        now = kept + added
        squashed = math.tanh(now)
        steps.append(TimeStep(x, h, c, f, kept, i, g, added, now, o, squashed, o * squashed))
        c, h = now, o * squashed
    return tuple(steps)


@dataclass(frozen=True)
class Behaviour:
    """Weights that make a cell behave in a way that can be named, and a sequence that shows it.

    Attributes:
        cell: The cell.
        inputs: The beginning of the sequence; it repeats itself.
    """

    cell: Cell
    inputs: tuple[float, ...]

    def sequence(self, length: int) -> tuple[float, ...]:
        """As many inputs as wanted."""
        return tuple(islice(cycle(self.inputs), length))


_OPEN = Gate(b=6)
_AT_ONE = Gate(w_x=12, b=-6)
"""A gate that is shut at x = 0 and opens at x = 1."""

BEHAVIOURS = {
    "keeps": Behaviour(
        Cell(f=_OPEN, i=Gate(w_x=12, b=-8), g=Gate(w_x=2), o=_OPEN),
        (1, 0, 0.2, -0.3, 0, 0.3, -0.2, 0, 0.1, -0.4, 0, 0.2),
    ),
    "forgets": Behaviour(
        Cell(f=Gate(w_x=10, b=5), i=_AT_ONE, g=Gate(w_x=2), o=_OPEN), (1, 0, 0, 0, -1, 0, 0, 1, 0, 0, -1, 0)
    ),
    "lets through": Behaviour(
        Cell(f=Gate(b=-6), i=_OPEN, g=Gate(w_x=1), o=_OPEN),
        (0, 0.5, 0.9, 1, 0.9, 0.5, 0, -0.5, -0.9, -1, -0.9, -0.5),
    ),
    "on-off switch": Behaviour(
        Cell(f=Gate(w_x=-12, b=6), i=_AT_ONE, g=Gate(w_h=-6, b=2), o=_OPEN), (0, 1, 0, 0, 0, 1, 0, 0, 1, 0, 1, 0)
    ),
    "counts": Behaviour(Cell(f=Gate(b=10), i=_AT_ONE, g=_OPEN, o=_OPEN), (0, 1, 0, 1, 1, 0, 0, 1, 0, 0, 1, 0)),
    "gates held by hand": Behaviour(
        Cell(f=Gate(b=1, held=0.9), i=Gate(held=0.5), g=Gate(w_x=1), o=Gate(held=1.0)),
        (1, 0, 0, 0, 0, 0, -1, 0, 0, 0, 0, 0),
    ),
}
"""By name: what a cell can do with nothing but other weights."""
