"""The network that comes with the application: what `evaluate` and `predict` use when no file is given."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from nnviz.core.reader import DigitReader, bundled_project


def test_it_opens_and_says_how_good_it_is() -> None:
    project = bundled_project()
    assert project.dataset.name == "mnist"
    assert project.results["test_accuracy"] > 0.99
    assert DigitReader(project).steps == project.numbers["step"] > 0


def test_it_reads_strokes_without_a_file_being_named(nnviz: Any, tmp_path: Path) -> None:
    # Written as a hand would: points some pixels apart.
    circle = [[100 + 60 * np.sin(t), 100 - 80 * np.cos(t)] for t in np.linspace(0, 2 * np.pi, 40)]
    one = [[100 + x, y] for x, y in zip(np.linspace(8, -8, 20), np.linspace(0, 160, 20), strict=True)]
    seven = [[x, 0] for x in range(0, 100, 10)] + [[100 - 5 * i, 10 * i] for i in range(17)]
    path = tmp_path / "pen.jsonl"
    drawings = [{"strokes": [points], "label": label} for points, label in ((circle, 0), (one, 1), (seven, 7))]
    path.write_text("".join(json.dumps(drawing) + "\n" for drawing in drawings))
    done = nnviz("predict", "--strokes", path, "--json")
    assert done.code == 0
    assert [result["digit"] for result in done.results] == [0, 1, 7]
    assert "3 of 3 labelled drawings read rightly: 100.00%." in done.err


def test_its_evaluation_needs_mnist_and_says_so(nnviz: Any, tmp_path: Path) -> None:
    behind = nnviz("evaluate", "--offline", "--data-dir", tmp_path, "--json")
    before = nnviz("--data-dir", tmp_path, "evaluate", "--offline", "--json")
    for done in (behind, before):
        assert (done.code, done.out) == (1, "")
        assert f"MNIST needs the file train-images-idx3-ubyte, which was expected in {tmp_path}" in done.err
    done = nnviz("evaluate", "--dataset", "digits", "--json")
    assert (done.code, done.out) == (1, "")
    assert "takes samples of 1x28x28" in done.err
