"""`nnviz export`: what is written follows from the ending."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnviz.core.export.script import script_source
from nnviz.core.presets import PRESETS
from nnviz.core.project import load_project


def test_a_preset_as_script(nnviz: Any, tmp_path: Path) -> None:
    path = tmp_path / "net.py"
    done = nnviz("export", "fast-cnn", "--to", path)
    assert (done.code, done.out, done.err) == (0, "", f"Wrote {path}.\n")
    preset = PRESETS["fast_cnn"]
    expected = script_source(preset.title, preset.network, preset.dataset, preset.training)
    assert path.read_text(encoding="utf-8") == expected


def test_other_data_changes_the_script(nnviz: Any, tmp_path: Path) -> None:
    path = tmp_path / "net.py"
    assert nnviz("export", "mlp", "--dataset", "digits", "--to", path).code == 0
    assert "nn.Linear(64, " in path.read_text(encoding="utf-8")
    assert "load_digits" in path.read_text(encoding="utf-8")


def test_curves_of_a_file(nnviz: Any, digits_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "curves.CSV"
    assert nnviz("export", digits_file, "--to", path).code == 0
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    history = load_project(digits_file).history
    assert np.array_equal(np.array([row["loss"] for row in rows], np.float32), history.loss)


def test_a_trained_file_as_onnx(nnviz: Any, digits_file: Path, tmp_path: Path) -> None:
    onnxruntime = pytest.importorskip("onnxruntime")
    path = tmp_path / "net.onnx"
    assert nnviz("export", digits_file, "--to", path).code == 0
    session = onnxruntime.InferenceSession(path.read_bytes(), providers=["CPUExecutionProvider"])
    (scores,) = session.run(None, {"input": np.zeros((3, 1, 8, 8), np.float32)})
    assert scores.shape == (3, 10)


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (
            ("--to", "net.txt"),
            2,
            "--to must end in .py (a PyTorch script), .onnx (the trained network), .csv (its curves) or",
        ),
        (("--to", "net.onnx", "--dataset", "digits"), 2, "--dataset is for scripts; weights and curves belong to"),
        (
            ("--to", "curves.csv"),
            1,
            "nnviz: MLP 784-128-64-10 was never trained, so there is no history to export: train it first.",
        ),
        (("--to", "nowhere/net.py"), 1, "nowhere/net.py cannot be written: No such file or directory."),
    ],
)
def test_what_cannot_be_exported_says_why(
    nnviz: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], code: int, sentence: str
) -> None:
    monkeypatch.chdir(tmp_path)
    done = nnviz("export", "mlp", *words)
    assert (done.code, done.out) == (code, "")
    assert sentence in done.err
    assert list(tmp_path.glob("**/*.*")) == []
