"""`nnviz train --data-file`: from a person's file to a saved network, and every wrong call."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sklearn.datasets import load_iris

from nnviz.core.datasets import LoadContext
from nnviz.core.presets import PRESETS
from nnviz.core.project import load_project
from nnviz.core.suggest_preset import suggest_preset
from tests.core.datasets.own_files import KINDS, example, flowers, idx_files, prices


@pytest.mark.parametrize("name", KINDS)
def test_any_kind_of_file_is_trained_on_and_reopened(nnviz: Any, name: str, tmp_path: Path) -> None:
    path, saved = example(name, tmp_path), tmp_path / "own.nnviz"
    result = nnviz("train", "mlp", "--data-file", path, "--steps", "3", "--json", "--out", saved).result
    assert result["dataset"] == name
    project = load_project(saved)
    assert project.dataset.path == str(path)
    assert project.network.input_shape == project.dataset.input_shape
    assert project.network.problems(project.dataset.outputs) == []
    project.dataset.load(LoadContext())
    again = nnviz("evaluate", saved, "--json").result
    assert again["test_accuracy"] == result["test_accuracy"]
    assert again["test_loss"] == pytest.approx(result["test_loss"], abs=1e-6)
    assert again["samples"] > 0
    suggested = suggest_preset(project.dataset)
    assert suggested is not None
    assert suggested.dataset.task == project.dataset.task


def test_a_table_can_be_learned(nnviz: Any, tmp_path: Path) -> None:
    iris = load_iris()
    rows = zip(iris.data, iris.target_names[iris.target], strict=True)
    text = "".join(f"{','.join(map(str, values))},{kind}\n" for values, kind in rows)
    path = tmp_path / "iris.csv"
    path.write_text("sepal length,sepal width,petal length,petal width,kind\n" + text)
    result = nnviz("train", "mlp", "--data-file", path, "--epochs", "60", "--json").result
    assert result["test_accuracy"] >= 0.9


def test_values_can_be_learned(nnviz: Any, tmp_path: Path) -> None:
    result = nnviz("train", "mlp", "--data-file", prices(tmp_path), "--epochs", "60", "--json").result
    assert result["test_loss"] < 0.2  # Of the standardised price, whose variance is 1.
    assert result["test_accuracy"] is None


def test_options_say_how_it_is_read(nnviz: Any, tmp_path: Path) -> None:
    saved = tmp_path / "own.nnviz"
    words = ("--data-option", "label=colour", "--data-option", "test-share=0.4", "--data-option", "leave_out=kind")
    assert nnviz("train", "mlp", "--data-file", flowers(tmp_path), *words, "--steps", "1", "--out", saved).code == 0
    spec = load_project(saved).dataset
    assert spec.classes == ("blue", "red")
    assert spec.test_share == 0.4
    assert spec.feature_names == ("length", "petal width")


def test_resuming_needs_no_option(nnviz: Any, tmp_path: Path) -> None:
    saved = tmp_path / "own.nnviz"
    assert nnviz("train", "mlp", "--data-file", idx_files(tmp_path), "--steps", "2", "--out", saved).code == 0
    assert nnviz("train", saved, "--resume", "--steps", "4", "--json").result["steps"] == 4


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--data-option", "lable=kind"), "--data-option needs NAME=VALUE"),
        (("--data-option", "label"), "--data-option needs NAME=VALUE"),
        (("--data-option", "digest=1"), "--data-option needs NAME=VALUE"),
        (("--data-option", "seed=-1"), "Seed must be at least 0"),
        (("--data-option", "seed=abc"), "Seed must be a whole number"),
        (("--data-option", "standardise_targets=maybe"), "must be true or false"),
        (("--dataset", "xor"), "Give --dataset or --data-file, not both."),
    ],
)
def test_wrong_calls(nnviz: Any, words: tuple[str, ...], sentence: str, tmp_path: Path) -> None:
    outcome = nnviz("train", "mlp", "--data-file", flowers(tmp_path), *words)
    assert outcome.code == 2
    assert sentence in outcome.err


def test_options_without_a_file_are_a_wrong_call(nnviz: Any) -> None:
    outcome = nnviz("train", "mlp", "--data-option", "label=kind")
    assert outcome.code == 2
    assert "--data-option says how --data-file is read" in outcome.err


def test_a_network_that_cannot_take_the_samples_is_refused(nnviz: Any, tmp_path: Path) -> None:
    assert "chapter_cnn" in PRESETS
    outcome = nnviz("train", "chapter_cnn", "--data-file", flowers(tmp_path))
    assert outcome.code == 1
    assert "cannot take samples of flowers.csv" in outcome.err
    assert "can take them." in outcome.err


def test_faults_in_files_are_sentences(nnviz: Any, tmp_path: Path) -> None:
    path = flowers(tmp_path)
    path.write_text(path.read_text() + "abc,1,red,rose\n")
    outcome = nnviz("train", "mlp", "--data-file", path)
    assert outcome.code == 1
    assert "nnviz: flowers.csv, row 62, column 'length': a number was expected; 'abc' was found." in outcome.err
    outcome = nnviz("train", "mlp", "--data-file", tmp_path / "nothing")
    assert outcome.code == 1
    assert "does not exist" in outcome.err


def test_a_file_that_changed_after_saving_is_refused(nnviz: Any, tmp_path: Path) -> None:
    path, saved = flowers(tmp_path), tmp_path / "own.nnviz"
    assert nnviz("train", "mlp", "--data-file", path, "--steps", "1", "--out", saved).code == 0
    path.write_text(path.read_text().replace("rose", "tulip", 1))
    outcome = nnviz("evaluate", saved)
    assert outcome.code == 1
    assert "flowers.csv has changed since it was opened" in outcome.err
