"""Sequences and texts that are too large or none, through the command line: a sentence, and no trace of Python."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from nnviz.core.layers.dense import Dense
from nnviz.core.layers.lstm import Lstm
from nnviz.core.network import NetworkSpec
from nnviz.core.presets import PRESETS
from nnviz.core.project import ProjectFile, save_project
from nnviz.core.shape import Shape


def adding(path: Path, units: int = 8, **data: int) -> Path:
    """A file with the adding problem, of other sizes than the preset's."""
    preset = PRESETS["adding_lstm"]
    dataset = preset.dataset.replace(**data)
    network = NetworkSpec(input_shape=Shape((dataset.length, 2)), layers=(Lstm(units=units), Dense(units=1)))
    save_project(path, ProjectFile("Adding", network, dataset, preset.training))
    return path


def test_sequences_that_no_memory_holds_are_refused(
    nnviz: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nnviz.core.datasets.sequences.available_memory", lambda: 16_000_000_000)
    done = nnviz("train", adding(tmp_path / "large.nnviz", length=5_000, samples=1_000_000))
    assert done.code == 1
    assert "1,000,000 sequences of 5,000 steps need about" in " ".join(done.err.split())
    assert "Choose fewer sequences, or shorter ones." in " ".join(done.err.split())
    assert "Traceback" not in done.err


def test_a_step_that_no_memory_holds_is_refused(nnviz: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nnviz.core.training.memory_needed.available_memory", lambda: 1_000_000_000)
    file = adding(tmp_path / "wide.nnviz", units=1024, length=2_000, samples=64)
    done = nnviz("train", file, "--device", "cpu")
    assert done.code == 1
    assert "Choose a smaller batch size, fewer units, or shorter sequences." in " ".join(done.err.split())
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("é".encode("latin-1") * 3_000, "text in UTF-8 was expected; the byte e9 was found"),
        (b"", "is empty: a text was expected. Choose another file."),
        (b"x", "has one character only, 'x'"),
    ],
)
def test_what_is_no_text_is_refused(nnviz: Any, tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "some.txt"
    path.write_bytes(content)
    done = nnviz("train", "characters", "--data-file", path)
    assert done.code == 1
    assert words in " ".join(done.err.split())
    assert "Traceback" not in done.err


def test_a_text_of_a_gigabyte_is_refused_unread(nnviz: Any, tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(1_000_000_000)
    done = nnviz("train", "characters", "--data-file", path)
    assert done.code == 1
    assert "huge.txt is too large: 1.0 GB; at most 10 MB of text can be read." in " ".join(done.err.split())


@pytest.mark.parametrize("length", ["0", "1"])
def test_a_length_that_is_none_is_refused(nnviz: Any, tmp_path: Path, length: str) -> None:
    path = tmp_path / "some.txt"
    path.write_text("one two three " * 500)
    done = nnviz("train", "characters", "--data-file", path, "--data-option", f"length={length}")
    assert done.code in (1, 2)
    assert "must be at least 2" in " ".join(done.err.replace("│", " ").split())
    assert "Traceback" not in done.err
