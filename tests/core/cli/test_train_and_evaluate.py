"""`nnviz train`, `evaluate` and `presets`: results on standard output, everything else on standard error."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnviz.core.datasets import LoadContext
from nnviz.core.presets import PRESETS
from nnviz.core.project import ProjectFile, load_project, save_project
from nnviz.core.training.checkpoint import weights_of
from nnviz.core.training.optimisers.momentum import Momentum
from nnviz.core.training.regularisers.l2 import L2
from nnviz.core.training.regularisers.max_norm import MaxNorm
from nnviz.core.training.schedules.step_decay import StepDecay
from nnviz.core.training.trainer import Trainer

KEYS = {
    "test_accuracy",
    "test_loss",
    "validation_accuracy",
    "train_loss",
    "epochs",
    "steps",
    "seconds",
    "samples_per_second",
    "parameters",
    "seed",
    "device",
}
POINTS = ("train", "2d-classifier", "--device", "cpu")


def test_a_classifier_learns_and_says_so_in_one_object(nnviz: Any) -> None:
    done = nnviz(*POINTS, "--epochs", "20", "--seed", "7", "--json")
    result = done.result
    assert result.keys() >= KEYS
    assert result["test_accuracy"] > 0.9
    assert result["validation_accuracy"] > 0.9
    assert result["steps"] == 20 * 19
    assert (result["epochs"], result["seed"], result["device"]) == (20, 7, "cpu")
    assert result["parameters"] == 2 * 8 + 8 + 8 * 8 + 8 + 8 * 2 + 2
    # What standard error is told is rounded to four digits.
    assert f"Step 380: validation loss {result['validation_loss']:.4f}" in done.err
    assert result["samples_per_second"] == pytest.approx(600 * 20 / result["seconds"])


def test_a_regression_has_no_accuracy(nnviz: Any) -> None:
    result = nnviz("train", "chapter-regression", "--steps", "30", "--json").result
    assert result["test_accuracy"] is None
    assert result["validation_accuracy"] is None
    assert result["test_loss"] > 1
    assert result["train_loss"] > 1


def test_without_json_there_is_a_table_for_people(nnviz: Any) -> None:
    done = nnviz(*POINTS, "--steps", "3")
    assert done.code == 0
    rows = {line.split()[0]: line.split()[-1] for line in done.out.splitlines()}
    assert "{" not in done.out
    assert rows["steps"] == "3"
    assert rows["device"] == "cpu"


def test_the_same_seed_gives_the_same_result(nnviz: Any) -> None:
    def measured(*words: str) -> dict[str, Any]:
        result: dict[str, Any] = nnviz(*POINTS, "--steps", "25", "--json", *words).result
        return {key: value for key, value in result.items() if key not in ("seconds", "samples_per_second")}

    assert measured("--seed", "3") == measured("--seed", "3")
    assert measured("--seed", "3")["test_loss"] != measured("--seed", "4")["test_loss"]


def test_options_change_the_preset(nnviz: Any, tmp_path: Path) -> None:
    words = ("--batch-size", "50", "--optimiser", "Gradient-Descent", "--learning-rate", "0.5", "--seed", "9")
    nnviz(*POINTS, "--dataset", "spiral", "--epochs", "2", *words, "--out", tmp_path / "a.nnviz")
    project = load_project(tmp_path / "a.nnviz")
    training = project.training
    assert (training.batch_size, training.epochs, training.steps, training.seed) == (50, 2, 0, 9)
    assert (training.optimiser.name, training.optimiser.learning_rate) == ("gradient_descent", 0.5)
    assert project.dataset.name == "spiral"


def test_any_setting_of_the_training_can_be_given(nnviz: Any, tmp_path: Path) -> None:
    settings = (
        "optimizer=momentum",
        "optimiser.nesterov=true",
        "optimiser.learning_rate=0.02",
        "schedule=step_decay",
        "schedule.stages=2",
        "regularisers=l2,max_norm",
        "validate_every=7",
    )
    words = [word for setting in settings for word in ("--set", setting)]
    nnviz(*POINTS, "--steps", "9", *words, "--out", tmp_path / "a.nnviz")
    training = load_project(tmp_path / "a.nnviz").training
    assert training.optimiser == Momentum(learning_rate=0.02, nesterov=True)
    assert training.schedule == StepDecay(stages=2)
    assert training.regularisers == (L2(), MaxNorm())
    assert training.validate_every == 7


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ("optimiser", "NAME=VALUE is needed"),
        ("speed.of=3", "NAME=VALUE is needed"),
        ("seed.of=3", "NAME=VALUE is needed"),
        ("speed=3", "There is no parameter 'speed'"),
        ("optimiser=adagard", "There is no optimiser called 'adagard'. Did you mean adagrad"),
        ("optimiser.learning_rate=fast", "Learning rate must be a number; 'fast' is not"),
        ("batch_size=0", "Batch size must be at least 1; 0 is not"),
        ("regularisers=[3]", "is needed"),
        ("regularisers=3", "is needed"),
    ],
)
def test_a_wrong_setting_is_a_sentence(nnviz: Any, setting: str, words: str) -> None:
    done = nnviz(*POINTS, "--set", setting)
    assert done.code == 2
    assert words in " ".join(done.err.split())


def test_stopping_early_is_said_and_measured_where_the_weights_are_from(nnviz: Any, tmp_path: Path) -> None:
    # So large steps that the loss soon rises.
    words = ("--set", "early_stopping=2", "--set", "keep_best=true", "--learning-rate", "0.5", "--epochs", "500")
    done = nnviz(*POINTS, *words, "--json", "--out", tmp_path / "a.nnviz")
    history = load_project(tmp_path / "a.nnviz").history
    lowest = int(np.argmin(history.validation_loss))
    assert done.result["steps"] == history.validation_steps[-1] < 500 * 19
    assert lowest == len(history.validation_steps) - 3
    assert done.result["validation_loss"] == pytest.approx(history.validation_loss[lowest])
    said = " ".join(done.err.split())
    assert f"Stopped early after step {history.validation_steps[-1]:,}: the validation loss has not fallen" in said
    assert f"The weights of step {history.validation_steps[lowest]:,}, with the lowest validation loss, are" in said
    again = nnviz("train", tmp_path / "a.nnviz", "--resume", "--json")
    assert again.result["steps"] == done.result["steps"]
    assert again.result["test_loss"] == done.result["test_loss"]
    assert "Stopped early" in again.err


def test_train_then_evaluate_then_resume(nnviz: Any, tmp_path: Path) -> None:
    path = tmp_path / "run.nnviz"
    trained = nnviz(*POINTS, "--steps", "40", "--json", "--out", path)
    assert trained.err.endswith(f"Saved {path}.\n")
    evaluated = nnviz("evaluate", path, "--device", "cpu", "--json").result
    assert evaluated.keys() >= KEYS
    kept = KEYS - {"seconds", "samples_per_second"}
    assert {key: evaluated[key] for key in kept} == {key: trained.result[key] for key in kept}
    on_training_data = nnviz("evaluate", path, "--split", "train", "--json").result
    assert (on_training_data["split"], on_training_data["samples"]) == ("train", 600)
    assert on_training_data["test_loss"] == trained.result["test_loss"]
    assert 0 < on_training_data["train_accuracy"] <= 1

    longer = tmp_path / "longer.nnviz"
    resumed = nnviz("train", path, "--resume", "--steps", "100", "--json", "--out", longer).result
    unbroken = nnviz(*POINTS, "--steps", "100", "--json", "--out", tmp_path / "unbroken.nnviz").result
    for key in ("steps", "test_loss", "test_accuracy", "train_loss", "validation_accuracy"):
        assert resumed[key] == unbroken[key]
    first, second = load_project(longer), load_project(tmp_path / "unbroken.nnviz")
    assert first.history.steps.tolist() == list(range(1, 101))
    assert first.history.loss.tolist() == second.history.loss.tolist()
    for name, array in second.weights.items():
        np.testing.assert_array_equal(first.weights[name], array)


def test_a_saved_network_answers_as_it_did(nnviz: Any, tmp_path: Path) -> None:
    path = tmp_path / "run.nnviz"
    result = nnviz(*POINTS, "--steps", "40", "--json", "--out", path).result
    project = load_project(path)
    assert project.results["test_loss"] == result["test_loss"]
    assert project.results["test_accuracy"] == result["test_accuracy"]
    preset = PRESETS["2d_classifier"]
    trainer = Trainer(preset.network, preset.training.replace(steps=40), preset.dataset.load(LoadContext()), "cpu")
    for _ in trainer.steps():
        pass
    for name, array in weights_of(trainer.model).items():
        np.testing.assert_array_equal(project.weights[name], array)


def test_resuming_what_is_done_says_so(nnviz: Any, tmp_path: Path) -> None:
    path = tmp_path / "run.nnviz"
    before = nnviz(*POINTS, "--steps", "20", "--json", "--out", path).result
    done = nnviz("train", path, "--resume", "--json")
    assert "All 20 steps are done already; --epochs or --steps can ask for more." in done.err
    assert done.result["test_loss"] == before["test_loss"]


def test_images_with_batch_norm_resume_from_a_file(nnviz: Any, tmp_path: Path) -> None:
    path = tmp_path / "cnn.nnviz"
    words = ("train", "fast-cnn", "--dataset", "digits", "--batch-size", "200", "--json")
    assert nnviz(*words, "--steps", "2", "--out", path).code == 0
    result = nnviz("train", path, "--resume", "--steps", "4", "--json").result
    assert result["steps"] == 4
    assert nnviz("evaluate", path, "--json").result["steps"] == 2


def test_other_data_than_it_was_trained_on_forgets_what_was_measured(nnviz: Any, tmp_path: Path) -> None:
    path = tmp_path / "run.nnviz"
    nnviz(*POINTS, "--steps", "40", "--out", path)
    result = nnviz("evaluate", path, "--dataset", "moons", "--split", "validation", "--json").result
    assert (result["dataset"], result["samples"]) == ("moons", 200)
    assert (result["test_accuracy"], result["train_loss"]) == (None, None)
    assert 0 <= result["validation_accuracy"] <= 1


def test_a_preset_is_found_where_a_folder_has_its_name(
    nnviz: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "2d-classifier").mkdir()
    assert nnviz(*POINTS, "--steps", "1").code == 0


def test_a_diverging_run_ends_with_its_step_and_saves_nothing(nnviz: Any, tmp_path: Path) -> None:
    path = tmp_path / "run.nnviz"
    words = ("--optimizer", "gradient-descent", "--learning-rate", "1000", "--steps", "300", "--json")
    project = tmp_path / "linear.nnviz"
    _without_last_sigmoid(project)
    done = nnviz("train", project, *words, "--out", path)
    assert (done.code, done.out) == (1, "")
    assert "no longer a finite number at step " in done.err
    assert "Try a smaller learning rate (it was 1000)" in done.err
    assert not path.exists()


def test_a_run_whose_last_step_breaks_the_weights_has_not_worked(nnviz: Any, tmp_path: Path) -> None:
    project = tmp_path / "linear.nnviz"
    _without_last_sigmoid(project)
    words = ("--optimizer", "gradient-descent", "--learning-rate", "1000", "--json")
    codes = {steps: nnviz("train", project, *words, "--steps", steps).code for steps in range(3, 24, 4)}
    # Few steps stay finite, many do not, and no step in between ends with a loss that is none.
    assert codes[3] == 0
    assert codes[23] == 1
    assert sorted(codes.values()) == list(codes.values())


def _without_last_sigmoid(path: Path) -> None:
    preset = PRESETS["chapter_regression"]
    network = preset.network.replace(layers=preset.network.layers[:-1])
    save_project(path, ProjectFile("Linear", network, preset.dataset, preset.training))


def test_a_full_disk_loses_the_file_but_not_the_result(
    nnviz: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    done = nnviz(*POINTS, "--steps", "2", "--json", "--out", tmp_path / "run.nnviz")
    assert done.code == 1
    assert "cannot be written: No space left on device" in done.err
    assert done.results[0]["steps"] == 2
    assert not [path for path in tmp_path.iterdir() if path.is_file()]


def test_presets_are_listed_for_people_and_programs(nnviz: Any) -> None:
    listed = nnviz("presets", "--json").results
    names = [entry["name"] for entry in listed]
    assert set(names) >= {
        "logistic-regression",
        "mlp",
        "fast-cnn",
        "chapter-cnn",
        "2d-classifier",
        "chapter-regression",
    }
    assert [PRESETS[name.replace("-", "_")].order for name in names] == sorted(preset.order for preset in PRESETS)
    assert {entry["name"]: entry["parameters"] for entry in listed}["mlp"] == 784 * 128 + 128 + 128 * 64 + 64 + 650
    table = nnviz("presets")
    assert table.code == 0
    assert all(entry["name"] in table.out for entry in listed)


def test_help_and_version(nnviz: Any) -> None:
    assert nnviz("--version").out.startswith("nnviz ")
    for words in ((), ("train",), ("evaluate",), ("predict",), ("presets",)):
        done = nnviz(*words, "--help")
        assert (done.code, done.err) == (0, "")
        assert "Usage: nnviz" in done.out
