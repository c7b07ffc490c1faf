from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from nnviz.core.export.history_csv import COLUMNS, history_csv, write_history
from nnviz.core.export.writing import ExportError
from nnviz.core.snapshot import History

NAN = np.nan

HISTORY = History(
    steps=np.array([1, 2, 3], np.int64),
    loss=np.array([2.5, 0.1, 1e-7], np.float32),
    accuracy=np.array([0.25, NAN, 1.0], np.float32),
    validation_steps=np.array([0, 2, 4], np.int64),
    validation_loss=np.array([2.75, 0.5, 0.125], np.float32),
    validation_accuracy=np.array([0.125, NAN, 1.0], np.float32),
)


def test_each_step_is_a_line_and_what_was_not_measured_is_empty() -> None:
    assert history_csv(HISTORY).split("\r\n") == [
        "step,loss,accuracy,validation_loss,validation_accuracy",
        "0,,,2.75,0.125",
        "1,2.5,0.25,,",
        "2,0.1,,0.5,",
        "3,1e-07,1.0,,",
        "4,,,0.125,1.0",
        "",
    ]
    assert "\n" not in history_csv(HISTORY).replace("\r\n", "")


def test_numbers_are_read_back_as_they_were(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    steps = np.arange(1, 501)
    loss = rng.lognormal(0, 5, 500).astype(np.float32)
    empty = np.full(500, NAN, np.float32)
    write_history(tmp_path / "h.csv", "Net", History(steps, loss, empty))
    with (tmp_path / "h.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == COLUMNS
    assert [int(row["step"]) for row in rows] == steps.tolist()
    assert np.array_equal(np.array([row["loss"] for row in rows], np.float32), loss)
    assert {row["accuracy"] for row in rows} == {""}


def test_without_a_training_there_is_no_table(tmp_path: Path) -> None:
    with pytest.raises(
        ExportError, match=r"^Net was never trained, so there is no history to export: train it first\.$"
    ):
        write_history(tmp_path / "h.csv", "Net", History())
    assert list(tmp_path.iterdir()) == []
