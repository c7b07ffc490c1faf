"""Drawings as pen strokes, and the files that keep them: JSON lines, one drawing each, plain or gzipped.

A line is `{"strokes": [[[x, y], ...], ...], "label": 7}`: x to the right, y down, any scale, the label optional; other
keys are ignored. What a network is shown of a drawing is made in `nnviz.core.ink`.
"""

from __future__ import annotations

import gzip
import io
import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import IO, Any, cast

import numpy as np
from numpy.typing import NDArray

from nnviz.core.errors import NnvizError

LARGEST_COORDINATE = 1e9
"""Beyond this a coordinate is a fault of the file, not a drawing: differences would lose their digits."""

LONGEST_LINE = 16 * 2**20
"""Bytes of the longest line that is read; some 800,000 points, far more than a hand draws."""

LARGEST_LABEL = 9

_GZIP_MAGIC = b"\x1f\x8b"


class StrokesError(NnvizError, ValueError):
    """A drawing, or a file of drawings, that cannot be used.

    Attributes:
        path: The file, or None for a drawing that came from none.
        line: Number of the line, counted from 1, or 0 if the whole file is meant.
    """

    def __init__(self, message: str, path: Path | None = None, line: int = 0) -> None:
        self.path = path
        self.line = line
        place = "" if path is None else f"{path}, line {line}: " if line else f"{path}: "
        super().__init__(place + message)


@dataclass(frozen=True, eq=False)
class Drawing:
    """What a pen drew: strokes of points, in any unit, x to the right and y down.

    Attributes:
        strokes: One read-only float64 array of shape (points, 2) per stroke; none of them empty. No stroke at all is
            an empty canvas.
        label: The digit that it is meant to be, or None.

    Raises:
        StrokesError: If a stroke is no (n, 2) array with n >= 1, if a coordinate is not finite or beyond
            `LARGEST_COORDINATE`, or if the label is no digit.
    """

    strokes: tuple[NDArray[np.float64], ...] = ()
    label: int | None = None

    def __post_init__(self) -> None:
        """Copy, check and freeze the arrays, so that nothing can change behind a drawing's back."""
        strokes = []
        for number, stroke in enumerate(self.strokes, start=1):
            points = np.array(stroke, dtype=np.float64)
            if points.ndim != 2 or points.shape[1] != 2 or not len(points):
                raise StrokesError(f"Stroke {number} must be a list of [x, y] points; its shape is {points.shape}.")
            if not np.isfinite(points).all():
                raise StrokesError(f"Stroke {number} has a coordinate that is no finite number.")
            if np.abs(points).max() > LARGEST_COORDINATE:
                raise StrokesError(f"Stroke {number} has a coordinate beyond {LARGEST_COORDINATE:g}.")
            points.flags.writeable = False
            strokes.append(points)
        object.__setattr__(self, "strokes", tuple(strokes))
        label = self.label
        if label is not None and (type(label) is not int or not 0 <= label <= LARGEST_LABEL):
            raise StrokesError(f"The label must be a digit from 0 to {LARGEST_LABEL}; {label!r} is not.")

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been drawn."""
        return not self.strokes

    @property
    def points(self) -> int:
        """Number of points in all strokes together."""
        return sum(map(len, self.strokes))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Drawing):
            return NotImplemented
        return (
            self.label == other.label
            and len(self.strokes) == len(other.strokes)
            and all(np.array_equal(a, b) for a, b in zip(self.strokes, other.strokes, strict=True))
        )

    __hash__ = None  # type: ignore[assignment]


def read_strokes(path: Path | str) -> Iterator[Drawing]:
    """Read a file of drawings, one at a time, so that a large file is never in memory at once.

    Whether the file exists is checked at once, each line when its turn comes. Empty lines are skipped.

    Raises:
        StrokesError: If the file is missing, a folder, unreadable, empty, damaged or not UTF-8, or if a line is no
            drawing; the sentence names the file and the line.
    """
    path = Path(path)
    if path.is_dir():
        raise StrokesError("This is a folder; a file of strokes (.jsonl or .jsonl.gz) is needed.", path)
    if not path.exists():
        raise StrokesError("There is no such file.", path)
    return _drawings(path)


def write_strokes(path: Path | str, drawings: Iterable[Drawing]) -> int:
    """Write drawings as JSON lines, gzipped if the name ends in `.gz`, and return how many.

    Coordinates are written so that reading gives exactly the same numbers.

    Raises:
        StrokesError: If a drawing is empty, or the file cannot be written.
    """
    path = Path(path)
    count = 0
    try:
        with _open_for_writing(path) as file:
            for count, drawing in enumerate(drawings, start=1):
                if drawing.is_empty:
                    raise StrokesError(f"Drawing {count} is empty; only what has been drawn can be kept.")
                file.write(to_line(drawing) + "\n")
    except OSError as error:
        raise StrokesError(f"The file cannot be written: {_reason(error)}.", path) from error
    return count


def to_line(drawing: Drawing) -> str:
    """A drawing as one line of JSON, without the line's end; whole coordinates are written without a fraction."""
    strokes = [[[_short(x), _short(y)] for x, y in stroke.tolist()] for stroke in drawing.strokes]
    data: dict[str, Any] = {"strokes": strokes}
    if drawing.label is not None:
        data["label"] = drawing.label
    return json.dumps(data, separators=(",", ":"))


def from_line(line: str) -> Drawing:
    """The drawing that a line of JSON describes.

    Raises:
        StrokesError: If it describes none; the sentence says why.
    """
    try:
        data = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise StrokesError(f"This is not JSON ({_json_fault(error)}).") from None
    if not isinstance(data, dict):
        raise StrokesError('A JSON object {"strokes": [[[x, y], ...], ...]} is needed on each line.')
    if "strokes" not in data:
        raise StrokesError('There is no "strokes" in the object.')
    strokes = data["strokes"]
    if not isinstance(strokes, list):
        raise StrokesError('"strokes" must be a list of strokes, each a list of [x, y] points.')
    if not strokes:
        raise StrokesError('"strokes" is empty; a drawing needs at least one stroke.')
    return Drawing(tuple(_stroke(number, stroke) for number, stroke in enumerate(strokes, start=1)), data.get("label"))


def _stroke(number: int, points: Any) -> NDArray[np.float64]:
    if not isinstance(points, list) or not all(isinstance(point, list) and len(point) == 2 for point in points):
        raise StrokesError(f"Stroke {number} must be a list of [x, y] points.")
    if not points:
        raise StrokesError(f"Stroke {number} has no points.")
    if not set(map(type, chain.from_iterable(points))) <= {int, float}:
        raise StrokesError(f"Stroke {number} has a coordinate that is not a number.")
    try:
        return np.array(points, dtype=np.float64)
    except OverflowError:
        raise StrokesError(f"Stroke {number} has a coordinate beyond {LARGEST_COORDINATE:g}.") from None


def _drawings(path: Path) -> Iterator[Drawing]:
    found = False
    number = 0
    try:
        with _open_for_reading(path) as file:
            while line := file.readline(LONGEST_LINE + 1):
                number += 1
                if len(line) > LONGEST_LINE:
                    raise StrokesError("The line is longer than any drawing; is this a file of strokes?", path, number)
                if line.strip():
                    found = True
                    yield _drawing(line, path, number)
    except UnicodeDecodeError:
        raise StrokesError("This is not text in UTF-8; is it a file of strokes?", path, number) from None
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise StrokesError(f"The compressed file is damaged or cut off ({error}).", path, number) from error
    except OSError as error:
        raise StrokesError(f"The file cannot be read: {_reason(error)}.", path) from error
    if not found:
        raise StrokesError("The file is empty; one drawing per line is needed.", path)


def _drawing(line: bytes, path: Path, number: int) -> Drawing:
    text = line.decode("utf-8-sig" if number == 1 else "utf-8")
    try:
        return from_line(text)
    except StrokesError as error:
        raise StrokesError(str(error), path, number) from None


def _open_for_reading(path: Path) -> IO[bytes]:
    # By content, not by name: browsers and mail programs rename and unpack what they like.
    with path.open("rb") as file:
        compressed = file.read(2) == _GZIP_MAGIC
    return cast(IO[bytes], gzip.open(path, "rb")) if compressed else path.open("rb")


def _open_for_writing(path: Path) -> IO[str]:
    if path.suffix == ".gz":
        return io.TextIOWrapper(gzip.open(path, "wb"), encoding="utf-8", newline="\n")
    return path.open("w", encoding="utf-8", newline="\n")


def _short(value: float) -> float:
    return int(value) if value.is_integer() else value


def _json_fault(error: ValueError | RecursionError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at column {error.colno}"
    return "a number is too long" if isinstance(error, ValueError) else "it is nested too deeply"


def _reason(error: OSError) -> str:
    return error.strerror or str(error)


def bounds(strokes: Sequence[NDArray[np.float64]]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Smallest and largest x and y of all points, as two arrays of shape (2,).

    Raises:
        ValueError: If there is no stroke.
    """
    low = np.min([stroke.min(axis=0) for stroke in strokes], axis=0)
    high = np.max([stroke.max(axis=0) for stroke in strokes], axis=0)
    return low, high
