"""The curves of a training as a table that every spreadsheet reads."""

from __future__ import annotations

import csv
import io
import math
from pathlib import Path

import numpy as np

from nnviz.core.export.writing import ExportError, write_text
from nnviz.core.snapshot import History

COLUMNS = ("step", "loss", "accuracy", "validation_loss", "validation_accuracy")


def history_csv(history: History) -> str:
    """The table as text, as RFC 4180 has it: commas between the cells, a point in decimals, CR LF behind each line.

    One line for each step at which anything was measured, in their order; a cell of what was not measured is empty.
    Numbers have as many digits as it takes to read them back as they were.
    """
    rows: dict[int, dict[str, str]] = {}
    for step, loss, accuracy in zip(history.steps, history.loss, history.accuracy, strict=True):
        rows.setdefault(int(step), {}).update(loss=_number(loss), accuracy=_number(accuracy))
    validation = zip(history.validation_steps, history.validation_loss, history.validation_accuracy, strict=True)
    for step, loss, accuracy in validation:
        cells = {"validation_loss": _number(loss), "validation_accuracy": _number(accuracy)}
        rows.setdefault(int(step), {}).update(cells)
    text = io.StringIO(newline="")
    table = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\r\n")
    table.writeheader()
    for step in sorted(rows):
        table.writerow({"step": str(step), **rows[step]})
    return text.getvalue()


def write_history(path: Path, title: str, history: History) -> None:
    """Write the table; an older file of that name is replaced.

    Raises:
        ExportError: If there is nothing to write, or the file cannot be written.
    """
    if not len(history) and not len(history.validation_steps):
        raise ExportError(f"{title} was never trained, so there is no history to export: train it first.")
    write_text(path, history_csv(history))


def _number(value: np.float32) -> str:
    # The shortest digits that give the same float32; those of the float64 would be mostly noise.
    return "" if math.isnan(value) else str(np.float32(value))
