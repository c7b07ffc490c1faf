"""A walk through the rounds of a small network: forwards, back, and edits by hand, all exact.

What is kept is what every round began with and the edits within it; the numbers follow from these. Going back computes
the round again from its start, by the same operations in the same order, so that every bit is the same.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from copy import copy, deepcopy
from dataclasses import dataclass, field, replace
from typing import Any

from nnviz.core.labs.backprop.program import Kind, Net, Op, group, program
from nnviz.core.labs.backprop.values import Matrix, Row, Start, Values
from nnviz.core.labs.state import LabStateError, numbers

MOST_SAVED = 20
"""How many rounds before the current one a file holds, to step back into."""
LARGEST = 1e6
"""Largest number that may be typed in or read from a file."""

NextSample = Callable[[int], tuple[Row, Row]]
"""Inputs and targets of the round of this number."""


@dataclass(frozen=True)
class Place:
    """Where a number stands that can be edited.

    Attributes:
        kind: "weight", "bias", "input", "target" or "eta".
        layer: Layer of the unit, from 1 (weights and biases).
        unit: Index of the unit.
        other: Index of the unit before it (weights).
    """

    kind: str
    layer: int = 0
    unit: int = 0
    other: int = -1


@dataclass(frozen=True)
class Edit:
    """One number set by hand.

    Attributes:
        position: How many operations of its round had been made.
        place: Which number.
        value: What it was set to.
    """

    position: int
    place: Place
    value: float


@dataclass
class Round:
    """One round: what it began with, and what was edited in it."""

    start: Start
    edits: list[Edit] = field(default_factory=list)


class Walk:
    """Where somebody stands in the training of a small network.

    Editing a number that others were computed from changes them as if it had been so from the beginning of the round; a
    weight that this round has updated already simply takes the value.

    Args:
        net: The network.
        start: What the first round begins with.
        next_sample: Gives each further round its inputs and targets; None keeps them.

    Attributes:
        net: The network.
        ops: The operations of one round.
        rounds: All rounds up to the current one, or the last few if the walk comes from a file.
        number: Number of the current round, from 0.
        position: Operations of the current round that have been made.
        values: Every number of the current round.
    """

    def __init__(self, net: Net, start: Start, next_sample: NextSample | None = None) -> None:
        self.net = net
        self.ops = program(net)
        self.next_sample = next_sample
        self.rounds = [Round(start)]
        self.number = 0
        self.position = 0
        self.values = Values(net, start)
        # Where steps began, so that back never goes further than the last step did.
        self._marks: list[tuple[int, int]] = []

    @property
    def round(self) -> Round:
        """The current round."""
        return self.rounds[-1]

    @property
    def last(self) -> Op | None:
        """The operation that was made last; None at the beginning of a round."""
        return self.ops[self.position - 1] if self.position else None

    @property
    def next(self) -> Op:
        """The operation that comes next."""
        return self.ops[self.position % len(self.ops)]

    @property
    def total(self) -> int:
        """Operations from the first round on."""
        return self.number * len(self.ops) + self.position

    def target(self, stride: str) -> int:
        """The position in its round that one step of this length ends at."""
        begin = self.position % len(self.ops)
        if stride == "multiplication":
            return begin + 1
        key = group(self.ops[begin], stride)
        end = begin
        while end < len(self.ops) and group(self.ops[end], stride) == key:
            end += 1
        return end

    def forward(self, stride: str) -> None:
        """Make one step."""
        self._marks.append((self.number, self.position))
        end = self.target(stride)
        if self.position == len(self.ops):
            self._next_round()
        for op in self.ops[self.position : end]:
            self.values.run(op)
        self.position = end

    def peek(self, stride: str) -> tuple[Op, Values]:
        """The operation that one step would end with, and the numbers then; nothing moves."""
        twin = copy(self)
        twin.rounds, twin._marks, twin.values = list(self.rounds), list(self._marks), deepcopy(self.values)
        twin.forward(stride)
        assert twin.last is not None
        return twin.last, twin.values

    def beginning(self) -> Values:
        """The numbers before the first operation of the round: the weights that the update starts from."""
        values = Values(self.net, self.round.start)
        for edit in self.round.edits:
            if not self._is_updated(edit):
                _put(values, edit)
        return values

    def _next_round(self) -> None:
        start = self.values.as_start()
        self.number += 1
        if self.next_sample is not None:
            x, y = self.next_sample(self.number)
            start = replace(start, x=x, y=y)
        self.rounds.append(Round(start))
        self.position = 0
        self.values = Values(self.net, start)

    @property
    def can_go_back(self) -> bool:
        """Whether there is a step or an edit to take back."""
        return self.position > 0 or len(self.rounds) > 1 or bool(self.round.edits)

    def back(self, stride: str) -> Edit | None:
        """Take back one step of this length, but no more than the last step made, or the edit that came after it.

        Returns:
            The edit that was taken back, if it was one.
        """
        edits = self.round.edits
        if edits and edits[-1].position == self.position:
            edit = edits.pop()
            self._compute()
            return edit
        if self.position == 0:
            if len(self.rounds) == 1:
                return None
            # A round of no operations: a file was saved there.
            self.rounds.pop()
            self.number -= 1
            self.position = len(self.ops)
            self._compute()
            return self.back(stride)
        begin = self._begin_of(stride)
        while self._marks and self._marks[-1] >= (self.number, self.position):
            self._marks.pop()
        limit = edits[-1].position if edits else 0
        if self._marks and self._marks[-1][0] == self.number:
            limit = max(limit, self._marks[-1][1])
        self.position = max(begin, limit)
        if self.position == 0 and len(self.rounds) > 1 and not edits:
            # The beginning of a round and the end of the one before are one moment.
            self.rounds.pop()
            self.number -= 1
            self.position = len(self.ops)
        self._compute()
        return None

    def _begin_of(self, stride: str) -> int:
        if stride == "multiplication":
            return self.position - 1
        key = group(self.ops[self.position - 1], stride)
        begin = self.position
        while begin > 0 and group(self.ops[begin - 1], stride) == key:
            begin -= 1
        return begin

    def set_number(self, place: Place, value: float) -> None:
        """Set one number by hand; numbers that follow from it change with it."""
        self.round.edits.append(Edit(self.position, place, value))
        self._compute()

    def get_number(self, place: Place) -> float:
        """The number that stands at a place now."""
        values = self.values
        match place.kind:
            case "weight":
                return values.w[place.layer][place.other][place.unit]
            case "bias":
                return values.b[place.layer][place.unit]
            case "input":
                return float(values.a[0][place.unit] or 0.0)
            case "target":
                return values.y[place.unit]
        return values.eta

    def restart(self) -> None:
        """Go back to the very beginning; what was edited before the first operation stays."""
        first = self.rounds[0]
        self.rounds = [Round(first.start, [edit for edit in first.edits if edit.position == 0])]
        self.number = 0
        self.position = 0
        self._marks.clear()
        self._compute()

    def origin(self) -> Start:
        """What the very first round began with, with the edits before its first operation."""
        first = self.rounds[0]
        values = Values(self.net, first.start)
        for edit in first.edits:
            if edit.position == 0:
                _put(values, edit)
        return values.as_start()

    def _compute(self) -> None:
        # The round again, from its start: the same operations on the same numbers.
        values = Values(self.net, self.round.start)
        later: list[Edit] = []
        for edit in self.round.edits:
            if self._is_updated(edit):
                later.append(edit)
            else:
                _put(values, edit)
        for position, op in enumerate(self.ops[: self.position]):
            for edit in later:
                if edit.position == position:
                    _put(values, edit)
            values.run(op)
        ended = [edit for edit in later if edit.position >= self.position]
        for edit in ended:
            _put(values, edit)
        if ended and self.position == len(self.ops):
            values.loss_after = values.loss_now()
        self.values = values

    def _is_updated(self, edit: Edit) -> bool:
        kinds = {"weight": Kind.UPDATE_WEIGHT, "bias": Kind.UPDATE_BIAS}
        kind, place = kinds.get(edit.place.kind), edit.place
        return any(
            op.kind is kind and (op.layer, op.unit, op.other) == (place.layer, place.unit, place.other)
            for op in self.ops[: edit.position]
        )

    # Files

    def content(self) -> dict[str, Any]:
        """Everything that is needed to stand here again, as JSON; of the earlier rounds the last few."""
        kept = self.rounds[-MOST_SAVED - 1 :]
        return {
            "number": self.number,
            "position": self.position,
            "rounds": [
                {**_start_to_json(one.start), "edits": [_edit_to_json(edit) for edit in one.edits]} for one in kept
            ],
        }

    @classmethod
    def from_content(cls, net: Net, content: Mapping[str, Any], next_sample: NextSample | None = None) -> Walk:
        """The walk that `content()` described.

        Raises:
            LabStateError: If it does not fit the network.
        """
        rounds = content.get("rounds")
        if not isinstance(rounds, list) or not 1 <= len(rounds) <= MOST_SAVED + 1:
            raise LabStateError("The file is damaged: it has no rounds of the network.")
        walk = cls(net, _start_from_json(net, rounds[0]), next_sample)
        number = numbers(content, "number", (), limit=1e9)
        position = numbers(content, "position", (), limit=len(walk.ops))
        if number is None or position is None or min(number, position) < 0 or number < len(rounds) - 1:
            raise LabStateError("The file is damaged: it does not say where in the network's rounds it stands.")
        walk.rounds = [Round(_start_from_json(net, one), _edits_from_json(walk, one)) for one in rounds]
        walk.number, walk.position = int(number), int(position)
        try:
            walk._compute()
        except OverflowError:
            raise LabStateError("The file is damaged: its numbers are too large to compute with.") from None
        return walk


def random_start(net: Net, seed: int, eta: float) -> Start:
    """Weights as far from zero as their number asks for (Glorot & Bengio 2010), in two decimals that are easily read.

    Biases begin at 0, the inputs and the first target with numbers that suit every activation.
    """
    dice = random.Random(seed)
    weights: list[Matrix] = []
    for before, behind in zip(net.sizes, net.sizes[1:], strict=False):
        reach = (6 / (before + behind)) ** 0.5
        weights.append(
            tuple(tuple(round(dice.uniform(-reach, reach), 2) for _ in range(behind)) for _ in range(before))
        )
    x = tuple((0.6, -0.4, 0.9, 0.3, -0.8, 0.5, -0.2, 0.7)[: net.sizes[0]])
    y = (1.0, *[0.0] * (net.sizes[-1] - 1))
    return Start(tuple(weights), tuple((0.0,) * size for size in net.sizes[1:]), x, y, eta)


def _put(values: Values, edit: Edit) -> None:
    place = edit.place
    match place.kind:
        case "weight":
            values.w[place.layer][place.other][place.unit] = edit.value
        case "bias":
            values.b[place.layer][place.unit] = edit.value
        case "input":
            values.a[0][place.unit] = edit.value
        case "target":
            values.y[place.unit] = edit.value
        case "eta":
            values.eta = edit.value


def _start_to_json(start: Start) -> dict[str, Any]:
    return {
        "weights": [[list(row) for row in matrix] for matrix in start.weights],
        "biases": [list(row) for row in start.biases],
        "x": list(start.x),
        "y": list(start.y),
        "eta": start.eta,
    }


def _start_from_json(net: Net, data: Any) -> Start:
    if not isinstance(data, Mapping):
        raise LabStateError("The file is damaged: a round of the network is no JSON object.")
    weights, biases = data.get("weights"), data.get("biases")
    if not isinstance(weights, list) or not isinstance(biases, list) or not len(weights) == len(biases) == net.layers:
        raise LabStateError("The file is damaged: its weights are not those of the network.")
    matrices, rows = [], []
    for layer, (before, behind) in enumerate(zip(net.sizes, net.sizes[1:], strict=False)):
        matrix = numbers({"weights": weights[layer]}, "weights", (before, behind), limit=LARGEST)
        matrices.append(tuple(tuple(row) for row in matrix))
        rows.append(tuple(numbers({"biases": biases[layer]}, "biases", (behind,), limit=LARGEST)))
    x = numbers(data, "x", (net.sizes[0],), limit=LARGEST)
    y = numbers(data, "y", (net.sizes[-1],), limit=LARGEST)
    eta = numbers(data, "eta", (), limit=LARGEST)
    if x is None or y is None or eta is None:
        raise LabStateError("The file is damaged: inputs, targets or the learning rate are missing.")
    return Start(tuple(matrices), tuple(rows), tuple(x), tuple(y), eta)


def _edit_to_json(edit: Edit) -> list[Any]:
    place = edit.place
    return [edit.position, place.kind, place.layer, place.unit, place.other, edit.value]


def _edits_from_json(walk: Walk, data: Mapping[str, Any]) -> list[Edit]:
    found = data.get("edits", [])
    if not isinstance(found, list):
        raise LabStateError("The file is damaged: its edits are no list.")
    edits = []
    for item in found:
        if not isinstance(item, list) or len(item) != 6 or not isinstance(item[1], str):
            raise LabStateError("The file is damaged: one of its edits cannot be read.")
        position, layer, unit, other = (item[index] for index in (0, 2, 3, 4))
        if any(type(value) is not int for value in (position, layer, unit, other)):
            raise LabStateError("The file is damaged: one of its edits is at no place.")
        place = Place(item[1], layer, unit, other)
        if not 0 <= position <= len(walk.ops) or not has_place(walk.net, place):
            raise LabStateError("The file is damaged: one of its edits is at a place that the network does not have.")
        edits.append(Edit(position, place, numbers({"edit": item[5]}, "edit", (), limit=LARGEST)))
    return edits


def has_place(net: Net, place: Place) -> bool:
    """Whether a network has a number at this place."""
    match place.kind:
        case "weight":
            return (
                1 <= place.layer <= net.layers
                and 0 <= place.unit < net.sizes[place.layer]
                and 0 <= place.other < net.sizes[place.layer - 1]
            )
        case "bias":
            return 1 <= place.layer <= net.layers and 0 <= place.unit < net.sizes[place.layer]
        case "input":
            return 0 <= place.unit < net.sizes[0]
        case "target":
            return 0 <= place.unit < net.sizes[-1]
    return place.kind == "eta"
