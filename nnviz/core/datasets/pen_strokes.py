"""Digits that the user drew and named, as the pen went: step by step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nnviz.core.datasets.base import DATASETS, DataError, LoadCancelled, LoadContext
from nnviz.core.datasets.method_source import function_source
from nnviz.core.datasets.own_data import PREVIEW_ROWS, Contents, OwnData, check_size
from nnviz.core.my_digits import DIGITS, STROKES
from nnviz.core.spec import param
from nnviz.core.strokes import StrokesError, read_strokes

SUFFIXES = (".jsonl", ".jsonl.gz")

LOOK_EVERY = 500
"""Drawings that are read between two looks at whether one should go on."""

DRAW_FIRST = "Draw digits in Draw and say what they are first"


@DATASETS.register
@dataclass(frozen=True, kw_only=True)
class PenStrokes(OwnData):
    """The user's own digits, as the Draw page keeps them, step by step: the way of the pen, not the picture.

    The line of each drawing is walked along in equal steps. A step has three values: how far it goes to the right, how
    far down, and 1 if the pen was lifted on the way, else 0; the first one leads from the drawing's middle to where the
    pen was put down. Lengths are counted in steps, and a step is a share of the drawing's longer side: neither place
    nor size of a drawing is seen.

    Input shape: (T, 3), float32
    """

    title = "Pen strokes drawn by you"

    path: str = param(
        "",
        "The file of strokes, as the Draw page keeps it in the folder of your digits.",
        path="file",
        suffixes=SUFFIXES,
    )
    length: int = param(
        60, "Number of steps of the longest sequence; what goes on is cut.", ge=2, le=5_000, unit="steps"
    )
    spacing: float = param(0.1, "Length of a step, as a share of the drawing's longer side.", ge=0.01, le=1.0)
    normalisation: str = param("none", "Steps are of one length already.", choices=("none",), editable=False)

    @classmethod
    def suits(cls, path: Path) -> bool:
        """A file with one of the endings of strokes, or a folder that the Draw page keeps such a file in."""
        return (path.is_file() and path.name.lower().endswith(SUFFIXES)) or (path / STROKES).is_file()

    @classmethod
    def anchor(cls, path: Path) -> Path:
        """The file of strokes, also if its folder was named."""
        if not path.is_dir():
            return path
        if not (path / STROKES).is_file():
            raise DataError(f"{path.name} has no {STROKES}. {DRAW_FIRST}, or choose a file of strokes.")
        return path / STROKES

    def read(self, path: Path, context: LoadContext) -> Contents:
        """Every drawing that says which digit it is, as steps."""
        called = path.name
        x: list[NDArray[np.float32]] = []
        y: list[int] = []
        rows: list[tuple[str, ...]] = []
        nameless = cut = 0
        try:
            # A file from which all drawings were taken away again is empty.
            for number, drawing in enumerate(read_strokes(path) if path.stat().st_size else ()):
                if number % LOOK_EVERY == 0:
                    context.progress(called, number, 0)
                    check_size(called, len(x), (self.length, 3))
                    if context.cancelled():
                        raise LoadCancelled(f"Reading {called} was cancelled.")
                if drawing.label is None:
                    nameless += 1
                    continue
                steps = pen_steps(drawing.strokes, self.spacing, self.length + 1)
                cut += len(steps) > self.length
                x.append(padded(steps, self.length))
                y.append(drawing.label)
                if len(rows) < PREVIEW_ROWS:
                    rows.append((DIGITS[drawing.label], str(len(drawing.strokes)), str(min(len(steps), self.length))))
        except StrokesError as error:
            raise DataError(f"{error} Mend the file, or choose another one.") from error
        if not x:
            raise DataError(f"{called} has no drawing that says which digit it is. {DRAW_FIRST}.")
        notes = []
        if nameless:
            notes.append(f"{nameless:,} skipped, for they do not say which digit they are.")
        if cut:
            notes.append(
                f"{cut:,} are longer than {self.length:,} steps; what goes on is cut. Choose more steps for it."
            )
        return Contents(
            x=np.stack(x),
            y=np.array(y, np.int64),
            class_names=DIGITS,
            columns=("digit", "strokes", "steps"),
            rows=tuple(rows),
            notes=tuple(notes),
            constants={"LENGTH": self.length, "SPACING": self.spacing},
        )

    def reading_script(self) -> tuple[tuple[str, ...], str]:
        """The steps as they are made here, from lines of JSON."""
        parts = (function_source(pen_steps), function_source(padded), _READ_SAMPLES)
        imports = ("import gzip", "import json", "from collections.abc import Sequence")
        return imports, "\n\n".join(part.strip("\n") + "\n" for part in parts)


def pen_steps(strokes: Sequence[NDArray[np.float64]], spacing: float, most: int) -> NDArray[np.float64]:
    """A drawing's way in equal steps, (steps, 3): to the right, down, and 1 for a step with the pen lifted.

    Args:
        strokes: Points, (points, 2) per stroke, in any unit.
        spacing: Length of a step as a share of the longer side of the drawing; it is 1 in the result. Each stroke has
            a whole number of them, so it is the nearest that fits.
        most: Steps after which no more are made.
    """
    everything = np.concatenate(strokes)
    low, high = everything.min(axis=0), everything.max(axis=0)
    # A single dot has no size.
    unit = float((high - low).max()) * spacing or 1.0
    points, lifted = [np.zeros((1, 2))], []
    for stroke in strokes:
        line = (stroke - (low + high) / 2) / unit
        along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
        count = max(1, round(along[-1])) if along[-1] > 0 else 0
        # A scribble may be a million steps long, of which no more are needed.
        where = np.arange(min(count, most) + 1) * (along[-1] / max(1, count))
        points.append(np.stack([np.interp(where, along, side) for side in line.T], axis=1))
        lifted.append(np.arange(len(where)) == 0)
    return np.column_stack([np.diff(np.concatenate(points), axis=0), np.concatenate(lifted)])[:most]


def padded(steps: NDArray[np.float64], length: int) -> NDArray[np.float32]:
    """The steps in `length` rows: NaN behind the end, and cut off if there are more."""
    rows = np.full((length, steps.shape[1]), np.nan, np.float32)
    rows[: len(steps)] = steps[:length]
    return rows


_READ_SAMPLES = '''
def read_samples():
    """Steps of the pen, (N, T, 3), NaN behind a drawing's end, and digits, (N,)."""
    with open(PATH, "rb") as file:
        opened = gzip.open if file.read(2) == b"\\x1f\\x8b" else open
    x, y = [], []
    with opened(PATH, "rt", encoding="utf-8-sig", newline="\\n") as file:
        for drawing in (json.loads(line) for line in file if line.strip()):
            if drawing.get("label") is not None:
                strokes = [np.array(stroke, np.float64) for stroke in drawing["strokes"]]
                x.append(padded(pen_steps(strokes, SPACING, LENGTH + 1), LENGTH))
                y.append(drawing["label"])
    return np.stack(x), np.array(y, np.int64)
'''
