"""Tables of numbers and categories in CSV and TSV files."""

from __future__ import annotations

import csv
import io
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import compress
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nnviz.core.datasets.base import DATASETS, DataError, LoadCancelled, LoadContext
from nnviz.core.datasets.method_source import function_source
from nnviz.core.datasets.own_data import NORMALISATIONS, PREVIEW_ROWS, Contents, OwnData, check_size
from nnviz.core.datasets.own_preview import names_in_short
from nnviz.core.spec import param

SUFFIXES = (".csv", ".tsv", ".tab")

DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}

ENCODINGS = ("utf-8", "utf-16", "cp1252", "latin-1", "mac_roman", "shift_jis", "gb18030")

MISSING = ("", "?", "na", "n/a", "nan", "null", "none")
"""What cells without a value hold, in lower case."""

MOST_BYTES = 1_000_000_000
"""Longer files are refused: read as text they would take several times as much memory."""

MOST_CATEGORIES = 100
"""A column with more texts than that is left out: each text would become an input."""

MOST_CLASSES = 1_000

FEW_NUMBERS = 20
"""Up to that many different whole numbers in the label column are taken for classes."""

SNIFFED_ROWS = 200

AT_ONCE = 20_000
"""Rows between two looks at whether to go on."""

Row = tuple[int, list[str]]
"""A row's number in the file, from 1 and with the header, as spreadsheets count; and its cells."""

Cells = list[tuple[str, ...]]
"""The columns of a table."""


@dataclass(frozen=True)
class _Column:
    index: int
    name: str
    numeric: bool
    categories: tuple[str, ...]


@DATASETS.register
@dataclass(frozen=True, kw_only=True)
class CsvTable(OwnData):
    """A table in a text file: one sample a row, one column the label, the others inputs.

    A column most of whose cells are numbers is an input as it is; a column of texts becomes one input for each text, 1
    where the row has it and 0 elsewhere (one-hot). Cells that are empty, ?, NA, NaN, null or none have no value.

    Input shape: (F,), F columns of numbers and categories together
    Source: RFC 4180, Common format and MIME type for comma-separated values.
    """

    title = "Table (CSV)"

    path: str = param("", "The text file.", path="file", suffixes=SUFFIXES)
    label: str = param("", "Name of the column to be learned; the last one if empty.")
    targets: str = param(
        "automatic",
        "Whether the label is a class or a value; automatically, texts and few whole numbers are classes.",
        choices=("automatic", "classes", "values"),
    )
    leave_out: str = param("", "Names of columns that are not used, separated by semicolons.")
    missing: str = param(
        "refuse", "What to do with rows that lack a value: refuse the file, or drop them.", choices=("refuse", "drop")
    )
    delimiter: str = param(
        "automatic",
        "What separates cells; automatically, what fits the first rows.",
        choices=("automatic", *DELIMITERS),
    )
    header: str = param(
        "automatic", "Whether the first row has the columns' names.", choices=("automatic", "yes", "no")
    )
    encoding: str = param("utf-8", "How the letters are written as bytes.", choices=ENCODINGS)
    normalisation: str = param(
        "standardise",
        "Shift and scale of the inputs, found on the training samples only: standardise makes mean 0 and standard "
        "deviation 1.",
        choices=NORMALISATIONS,
    )

    @classmethod
    def suits(cls, path: Path) -> bool:
        """A file with one of the endings of tables."""
        return path.suffix.lower() in SUFFIXES and path.is_file()

    def read(self, path: Path, context: LoadContext) -> Contents:
        """Every row, checked."""
        called = path.name
        text = self._text(path)
        delimiter = DELIMITERS[self.delimiter] if self.delimiter in DELIMITERS else _delimiter_of(text)
        rows = list(_rows(text, delimiter, called, context))
        if not rows:
            raise DataError(f"{called} is empty: expected a table with a header and rows. Choose another file.")
        has_header = _has_header(rows, delimiter) if self.header == "automatic" else self.header == "yes"
        names = _names(rows[0][1], called) if has_header else [f"column {n + 1}" for n in range(len(rows[0][1]))]
        if has_header:
            rows = rows[1:]
        if not rows:
            raise DataError(f"{called} has a header and no rows below it: expected one row for each sample. Add some.")
        if len(names) < 2:
            raise DataError(
                f"{called} has one column only, '{names[0]}': expected inputs and a label. If there are more, choose "
                "what separates them."
            )
        label = self._label_of(names, called)
        left_out = self._left_out(names, names[label], called)
        # By column from here on: walking down a column of rows is many times slower.
        cells = list(zip(*(cells for _, cells in rows), strict=True))
        numbers = [number for number, _ in rows]
        columns = [_column(n, name, cells[n], delimiter) for n, name in enumerate(names) if n not in left_out]
        wide = [c.name for c in columns if c.index != label and len(c.categories) > MOST_CATEGORIES]
        features = [c for c in columns if c.index != label and c.name not in wide]
        if not features:
            raise DataError(f"{called} has no column left to learn from: expected at least one besides the label.")
        target = next(c for c in columns if c.index == label)
        used = [c.index for c in (*features, target)]
        numbers, cells, notes = self._complete(numbers, cells, names, used, called)
        if wide:
            notes.append(f"Left out, for more than {MOST_CATEGORIES} different texts: {names_in_short(wide)}.")
        # What only rows had that were dropped is no category.
        features = [replace(c, categories=() if c.numeric else tuple(sorted(set(cells[c.index])))) for c in features]
        classes = self._classes(target, cells[label], delimiter, called)
        for column in (c for c in (*features, target) if (not classes if c is target else c.numeric)):
            _check_numbers(column, cells[column.index], numbers, delimiter, called)
        kinds = tuple((c.index, c.categories) for c in features)
        inputs = tuple(name for c in features for name in _input_names(c))
        check_size(called, len(numbers), (len(inputs),))
        x, y = table_arrays(cells, kinds, label, classes, delimiter)
        return Contents(
            x=x,
            y=y,
            class_names=classes,
            target_names=() if classes else (target.name,),
            feature_names=inputs,
            columns=tuple(names),
            rows=tuple(zip(*(column[:PREVIEW_ROWS] for column in cells), strict=True)),
            notes=tuple(notes),
            options=(("label", tuple(names)),),
            constants={
                "ENCODING": "utf-8-sig" if self.encoding == "utf-8" else self.encoding,
                "DELIMITER": delimiter,
                "HEADER_ROWS": int(has_header),
                "MISSING": MISSING,
                "INPUTS": kinds,
                "LABEL": label,
                "CLASSES": classes,
            },
        )

    def reading_script(self) -> tuple[tuple[str, ...], str]:
        """The standard library's reader, and the arrays as they are made here."""
        functions = (_READ_SAMPLES, function_source(table_arrays), function_source(number))
        return ("import csv",), "\n\n".join(part.strip("\n") + "\n" for part in functions)

    def _text(self, path: Path) -> str:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise DataError(
                f"{path.name} is too large: {size / 1e9:.1f} GB; at most {MOST_BYTES / 1e9:.0f} GB can be read. Take a "
                "part of its rows, or save its numbers as .npz."
            )
        data = path.read_bytes()
        if b"\0" in data[:4096] and self.encoding != "utf-16":
            raise DataError(f"{path.name} is no text: it has zero bytes. Export the table as CSV, or choose UTF-16.")
        try:
            return data.decode("utf-8-sig" if self.encoding == "utf-8" else self.encoding)
        except UnicodeError as error:
            at = getattr(error, "start", 0)
            row = data[:at].count(b"\n") + 1
            raise DataError(
                f"{path.name}, row {row}: text in {self.encoding} was expected; the byte {data[at : at + 1].hex()} was "
                "found. Choose another encoding, such as cp1252 for files from Windows."
            ) from None

    def _label_of(self, names: list[str], called: str) -> int:
        if not self.label:
            return len(names) - 1
        if self.label not in names:
            raise DataError(f"{called} has no column '{self.label}'; it has {names_in_short(names)}. Choose the label.")
        return names.index(self.label)

    def _left_out(self, names: list[str], label: str, called: str) -> set[int]:
        wanted = [name.strip() for name in self.leave_out.split(";") if name.strip()]
        for name in wanted:
            if name not in names:
                raise DataError(f"{called} has no column '{name}' to leave out; it has {names_in_short(names)}.")
            if name == label:
                raise DataError(f"{called}: the column '{name}' is the label and cannot be left out. Choose another.")
        return {names.index(name) for name in wanted}

    def _complete(
        self, numbers: list[int], cells: Cells, names: list[str], used: Sequence[int], called: str
    ) -> tuple[list[int], Cells, list[str]]:
        """Numbers and cells of the rows that have a value in every column that is used, and what to say of others."""
        lacking: dict[int, int] = {}
        for column in used:
            gaps = {cell for cell in set(cells[column]) if cell.lower() in MISSING}
            if gaps:
                for at, cell in enumerate(cells[column]):
                    if cell in gaps:
                        lacking.setdefault(at, column)
        if not lacking:
            return numbers, cells, []
        if self.missing == "refuse":
            first = min(lacking)
            column = lacking[first]
            found = f"'{cells[column][first]}' was found" if cells[column][first] else "the cell is empty"
            raise DataError(
                f"{called}, row {numbers[first]}, column '{names[column]}': a value was expected; {found}. "
                f"{len(lacking):,} of {len(numbers):,} rows lack a value: fill them in, drop these rows, or leave the "
                "column out."
            )
        if len(lacking) == len(numbers):
            raise DataError(f"{called} has no row in which every column has a value. Leave out columns with many gaps.")
        whole = [at not in lacking for at in range(len(numbers))]
        kept = [tuple(compress(column, whole)) for column in cells]
        note = f"{len(lacking):,} of {len(numbers):,} rows are left out, for they lack a value."
        return list(compress(numbers, whole)), kept, [note]

    def _classes(self, target: _Column, column: Sequence[str], delimiter: str, called: str) -> tuple[str, ...]:
        """Names of the classes in order; empty if the label is a value."""
        cells = set(column)
        if self.targets == "values":
            return ()
        numbers = None
        if target.numeric:
            numbers = {_number(cell, delimiter) for cell in cells}
            whole = all(n is not None and n.is_integer() for n in numbers)
            if self.targets == "automatic" and not (whole and len(numbers) <= min(FEW_NUMBERS, len(column) // 2)):
                return ()
        if len(cells) > MOST_CLASSES:
            raise DataError(
                f"{called}, column '{target.name}': at most {MOST_CLASSES:,} classes can be told apart; {len(cells):,} "
                "different labels were found. Choose another label, or learn values."
            )
        if numbers is not None and None not in numbers:
            return tuple(sorted(cells, key=lambda cell: (_number(cell, delimiter) or 0.0, cell)))
        return tuple(sorted(cells))


def number(cell: str, delimiter: str) -> float:
    """The number in a cell; its decimal sign may be a comma where cells are not separated by commas."""
    return float(cell if delimiter == "," else cell.replace(",", "."))


def table_arrays(
    cells: list[tuple[str, ...]],
    inputs: tuple[tuple[int, tuple[str, ...]], ...],
    label: int,
    classes: tuple[str, ...],
    delimiter: str,
) -> tuple[NDArray[np.float32], NDArray[np.int64] | NDArray[np.float32]]:
    """Inputs, (N, F), and class indices, (N,), or values, (N, 1), of a table.

    Args:
        cells: The columns, without blanks around their cells.
        inputs: Place of each column that is used, and its categories, one input for each; none for a number.
        label: Place of the label.
        classes: The classes in order; none if the label is a value.
        delimiter: What separates cells.
    """
    blocks = []
    for place, categories in (*inputs, (label, classes)):
        if categories:
            known = {category: index for index, category in enumerate(categories)}
            column = np.array([known[cell] for cell in cells[place]], np.int64)
            blocks.append(column if place == label else np.eye(len(categories), dtype=np.float32)[column])
        else:
            # Each text is read once: columns repeat themselves.
            values = {cell: number(cell, delimiter) for cell in set(cells[place])}
            blocks.append(np.array([values[cell] for cell in cells[place]]).astype(np.float32)[:, None])
    return np.concatenate(blocks[:-1], axis=1), blocks[-1]


_READ_SAMPLES = '''
def read_samples():
    """Inputs and targets of all rows that are not blank and have a value in every column that is used."""
    with open(PATH, encoding=ENCODING, newline="") as file:
        rows = [[cell.strip() for cell in row] for row in csv.reader(file, delimiter=DELIMITER)]
    rows = [row for row in rows if any(row)][HEADER_ROWS:]
    used = [place for place, _ in INPUTS] + [LABEL]
    rows = [row for row in rows if not any(row[place].lower() in MISSING for place in used)]
    return table_arrays(list(zip(*rows)), INPUTS, LABEL, CLASSES, DELIMITER)
'''


def _delimiter_of(text: str) -> str:
    """The delimiter that cuts the first rows into the same number of cells, and into more than one."""
    lines = list(_first_lines(text))

    def score(delimiter: str) -> tuple[float, int]:
        try:
            widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if row)
        except csv.Error:
            return (0, 0)
        if not widths:
            return (0, 0)
        width, times = widths.most_common(1)[0]
        return (times / widths.total() if width > 1 else 0, width)

    best = max(DELIMITERS.values(), key=score)
    return best if score(best)[0] else ","


def _first_lines(text: str) -> Iterator[str]:
    file = io.StringIO(text, newline="")
    return (line for _, line in zip(range(SNIFFED_ROWS), file, strict=False))


def _rows(text: str, delimiter: str, called: str, context: LoadContext) -> Iterator[Row]:
    """All rows that are not blank, each as wide as the first."""
    width = 0
    file = io.StringIO(text, newline="")
    reader = csv.reader(file, delimiter=delimiter)
    count = 0
    while True:
        count += 1
        try:
            row = next(reader, None)
        except csv.Error as error:
            raise DataError(
                f"{called}, row {count}: it cannot be cut into cells ({error}). Check its quotes."
            ) from None
        if row is None:
            return
        if count % AT_ONCE == 0:
            context.progress(called, file.tell(), len(text))
            if context.cancelled():
                raise LoadCancelled(f"Reading {called} was cancelled.")
        cells = [cell.strip() for cell in row]
        if not any(cells):
            continue
        width = width or len(cells)
        if len(cells) != width:
            raise DataError(
                f"{called}, row {count}: {width} cells were expected, as in the first row; {len(cells)} were found. "
                "Mend the row, put texts with separators into quotes, or choose what separates cells."
            )
        yield count, cells


def _has_header(rows: list[Row], delimiter: str) -> bool:
    """Whether the first row holds names: no numbers, and above numbers or texts that do not occur again below."""
    first = rows[0][1]
    if any(_number(cell, delimiter) is not None for cell in first) or not all(first):
        return False
    below = [cells for _, cells in rows[1:SNIFFED_ROWS]]
    if any(_number(cell, delimiter) is not None for cells in below for cell in cells):
        return True
    return not any(cells[index] == name for cells in below for index, name in enumerate(first))


def _names(cells: list[str], called: str) -> list[str]:
    names = [cell or f"column {index + 1}" for index, cell in enumerate(cells)]
    for index, name in enumerate(names):
        if name in names[:index]:
            raise DataError(
                f"{called}, row 1: every column needs a name of its own; columns {names.index(name) + 1} and "
                f"{index + 1} are both called '{name}'. Rename one of them, or say that there is no header."
            )
    return names


def _column(index: int, name: str, cells: Sequence[str], delimiter: str) -> _Column:
    """A column of numbers, if most of its cells that have a value are such; else of categories, sorted."""
    present = {cell: times for cell, times in Counter(cells).items() if cell.lower() not in MISSING}
    numbers = sum(times for cell, times in present.items() if _number(cell, delimiter) is not None)
    numeric = numbers * 2 > sum(present.values())
    return _Column(index, name, numeric, () if numeric else tuple(sorted(present)))


def _input_names(column: _Column) -> tuple[str, ...]:
    if column.numeric:
        return (column.name,)
    return tuple(f"{column.name} = {category}" for category in column.categories)


def _check_numbers(column: _Column, cells: Sequence[str], numbers: Sequence[int], delimiter: str, called: str) -> None:
    wrong = {cell for cell in set(cells) if not _is_finite(_number(cell, delimiter))}
    for row, cell in zip(numbers, cells, strict=True) if wrong else ():
        if cell in wrong:
            kind = "a number" if _number(cell, delimiter) is None else "a finite number"
            raise DataError(
                f"{called}, row {row}, column '{column.name}': {kind} was expected; '{cell}' was found. "
                "Mend the cell, or leave the column out."
            )


def _is_finite(value: float | None) -> bool:
    """Whether it is a number that 32 bits can hold."""
    return value is not None and math.isfinite(value) and abs(value) < 3e38


def _number(cell: str, delimiter: str) -> float | None:
    """The number in a cell, or None."""
    try:
        # Python would read 1_000, which no table means.
        return None if "_" in cell else number(cell, delimiter)
    except ValueError:
        return None
