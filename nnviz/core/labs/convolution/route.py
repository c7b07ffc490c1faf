"""The way through all maps of a chain of stages, cell by cell: how far each step goes, and where it ends."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from nnviz.core.labs.convolution.stage import OPERATIONS, Operation, Stage

CELL, ROW, MAP, STAGE = "cell", "row", "map", "stage"


@dataclass(frozen=True)
class Part:
    """The making of one map.

    Attributes:
        stage: Which stage, from 0.
        operation: What makes it.
        rows: Rows of the map.
        columns: Columns of the map.
        first: Number of steps before it.
    """

    stage: int
    operation: Operation
    rows: int
    columns: int
    first: int

    @property
    def steps(self) -> int:
        """One per cell; ReLU slides over nothing and is one step for the whole map."""
        return 1 if self.operation == "ReLU" else self.rows * self.columns

    @property
    def end(self) -> int:
        """Number of steps behind it."""
        return self.first + self.steps


@dataclass(frozen=True)
class Spot:
    """The cell that a step makes.

    Attributes:
        part: The map that it belongs to.
        row: Its row; of ReLU's one step the last.
        column: Its column.
    """

    part: Part
    row: int
    column: int


class Route:
    """Every step from the first product to the last pooled cell; where something does not fit, the way ends.

    Attributes:
        parts: The maps in the order in which they are made.
        total: Number of steps.
    """

    def __init__(self, stages: Sequence[Stage]) -> None:
        parts: list[Part] = []
        for number, stage in enumerate(stages):
            for operation in OPERATIONS:
                made = stage.map_of(operation)
                if made is not None:
                    rows, columns = made.shape
                    parts.append(Part(number, operation, rows, columns, parts[-1].end if parts else 0))
        self.parts = tuple(parts)
        self.total = parts[-1].end if parts else 0
        self._ends = [part.end for part in parts]
        row_ends = [part.first + done for part in parts for done in _row_ends(part)]
        # Of each stage the last part is left.
        stage_ends = list({part.stage: part.end for part in parts}.values())
        self._stops = {CELL: list(range(1, self.total + 1)), ROW: row_ends, MAP: self._ends, STAGE: stage_ends}

    def after(self, step: int, stride: str) -> int:
        """The number of steps behind the next stop: cell, row, map or stage; the same number at the end."""
        stops = self._stops[stride]
        place = bisect_right(stops, step)
        return stops[place] if place < len(stops) else step

    def before(self, step: int, stride: str) -> int:
        """The number of steps behind the stop before, 0 at the beginning."""
        stops = self._stops[stride]
        place = bisect_left(stops, step)
        return stops[place - 1] if place else 0

    def spot(self, step: int) -> Spot | None:
        """The cell that the step of this number, from 1, has made; None before the first."""
        if not 0 < step <= self.total:
            return None
        part = self.parts[bisect_left(self._ends, step)]
        if part.operation == "ReLU":
            return Spot(part, part.rows - 1, part.columns - 1)
        return Spot(part, *divmod(step - part.first - 1, part.columns))

    def reached(self, step: int, stage: int, operation: Operation) -> int:
        """How many cells of a map are made after so many steps."""
        part = self.part(stage, operation)
        if part is None or step <= part.first:
            return 0
        return part.rows * part.columns if step >= part.end else step - part.first

    def part(self, stage: int, operation: Operation) -> Part | None:
        """The making of a map; None if it does not fit."""
        return next((part for part in self.parts if (part.stage, part.operation) == (stage, operation)), None)

    def step_of(self, stage: int, operation: Operation, row: int, column: int) -> int:
        """The step that makes a cell, from 1.

        Raises:
            ValueError: If there is no such map.
        """
        part = self.part(stage, operation)
        if part is None:
            raise ValueError(f"Stage {stage + 1} has no map behind {operation}.")
        return part.end if operation == "ReLU" else part.first + row * part.columns + column + 1


def _row_ends(part: Part) -> list[int]:
    if part.operation == "ReLU":
        return [1]
    return [(row + 1) * part.columns for row in range(part.rows)]
