"""Exported scripts are run, and end with the weights that the application's own trainer ends with."""

from __future__ import annotations

import ast
import os
import runpy
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch

from nnviz.core.datasets import DatasetSpec, LoadContext
from nnviz.core.datasets.chapter_linear import ChapterLinear
from nnviz.core.datasets.circles import Circles
from nnviz.core.datasets.digits import Digits
from nnviz.core.datasets.spiral import Spiral
from nnviz.core.export.script import script_source, write_script
from nnviz.core.export.writing import ExportError
from nnviz.core.initialisers import INITIALISERS
from nnviz.core.initialisers.constant import Constant
from nnviz.core.initialisers.truncated_normal import TruncatedNormal
from nnviz.core.layers import LAYERS
from nnviz.core.layers.batch_norm import BatchNorm
from nnviz.core.layers.conv2d import Conv2d
from nnviz.core.layers.dense import Dense
from nnviz.core.layers.dropout import Dropout
from nnviz.core.layers.flatten import Flatten
from nnviz.core.layers.max_pool2d import MaxPool2d
from nnviz.core.layers.relu import ReLU
from nnviz.core.layers.tanh import Tanh
from nnviz.core.network import NetworkSpec
from nnviz.core.presets import PRESETS, Preset
from nnviz.core.project import ProjectFile, save_project
from nnviz.core.shape import Shape, ShapeError
from nnviz.core.training.augmentations.random_affine import RandomAffine
from nnviz.core.training.checkpoint import weights_of
from nnviz.core.training.losses import LOSSES
from nnviz.core.training.make_trainer import learns_by_contrast
from nnviz.core.training.optimisers import OPTIMISERS
from nnviz.core.training.optimisers.adam import Adam
from nnviz.core.training.optimisers.base import OptimiserSpec
from nnviz.core.training.optimisers.gradient_descent import GradientDescent
from nnviz.core.training.regularisers import REGULARISERS, RegulariserSpec
from nnviz.core.training.schedules import SCHEDULES, ScheduleSpec
from nnviz.core.training.schedules.one_cycle import OneCycle
from nnviz.core.training.spec import TrainingSpec
from nnviz.core.training.trainer import Trainer

Run = Callable[..., dict[str, torch.Tensor]]

POINTS = NetworkSpec(input_shape=Shape((2,)), layers=(Dense(units=6), Tanh(), Dropout(rate=0.2), Dense(units=2)))


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Write the script, run it as one is run from the command line, and read the weights that it saved."""

    def call(
        network: NetworkSpec, dataset: DatasetSpec, training: TrainingSpec, *words: str | Path
    ) -> dict[str, torch.Tensor]:
        path, weights = tmp_path / "script.py", tmp_path / "weights.pt"
        write_script(path, "Network", network, dataset, training)
        arguments = [str(path), "--device", "cpu", "--out", str(weights), *map(str, words)]
        monkeypatch.setattr(sys, "argv", arguments)
        runpy.run_path(str(path), run_name="__main__")
        assert f"Saved the weights as {weights}." in capsys.readouterr().out
        return torch.load(weights, weights_only=True)  # type: ignore[no-any-return]

    return call


def trained(
    network: NetworkSpec, dataset: DatasetSpec, training: TrainingSpec, data_dir: Path | None = None
) -> dict[str, torch.Tensor]:
    data = dataset.load(LoadContext(data_dir=data_dir, download=False))
    trainer = Trainer(network, training, data, "cpu")
    for _ in trainer.steps():
        pass
    return trainer.model.state_dict()


def difference(first: dict[str, torch.Tensor], second: dict[str, torch.Tensor]) -> float:
    assert first.keys() == second.keys()
    return max(float((first[name].double() - second[name].double()).abs().max()) for name in first)


def check(run: Run, training: TrainingSpec, network: NetworkSpec = POINTS, dataset: DatasetSpec | None = None) -> None:
    dataset = dataset or Circles(samples=100)
    assert difference(run(network, dataset, training), trained(network, dataset, training)) < 1e-6


PRINTED = [preset for preset in PRESETS if not learns_by_contrast(preset.network, preset.training)]


@pytest.mark.parametrize("preset", PRINTED, ids=lambda preset: preset.name)
def test_every_preset_ends_with_the_weights_of_the_application(preset: type[Preset], run: Run, data_dir: Path) -> None:
    training = preset.training.replace(steps=20)
    words = ("--data-dir", data_dir) if preset.dataset.needs_download else ()
    found = run(preset.network, preset.dataset, training, *words)
    start = preset.network.build(training.seed).state_dict()
    assert difference(found, start) > 1e-5
    assert difference(found, trained(preset.network, preset.dataset, training, data_dir)) < 1e-6


@pytest.mark.parametrize("cls", OPTIMISERS, ids=lambda cls: cls.name)
def test_every_optimiser(cls: type[OptimiserSpec], run: Run) -> None:
    check(run, TrainingSpec(optimiser=cls(), steps=12, batch_size=16))


@pytest.mark.parametrize("cls", SCHEDULES, ids=lambda cls: cls.name)
def test_every_schedule_with_steps_and_with_epochs(cls: type[ScheduleSpec], run: Run) -> None:
    check(run, TrainingSpec(schedule=cls(), steps=12, batch_size=16))
    check(run, TrainingSpec(schedule=cls(), epochs=3, batch_size=16))


@pytest.mark.parametrize("cls", REGULARISERS, ids=lambda cls: cls.name)
def test_every_regulariser(cls: type[RegulariserSpec], run: Run) -> None:
    check(run, TrainingSpec(optimiser=GradientDescent(learning_rate=0.5), regularisers=(cls(),), steps=12))


def test_all_regularisers_together_in_their_order(run: Run) -> None:
    specs = tuple(cls() for cls in REGULARISERS)
    check(run, TrainingSpec(optimiser=Adam(learning_rate=0.1), regularisers=specs, steps=12, batch_size=7))
    check(run, TrainingSpec(optimiser=Adam(learning_rate=0.1), regularisers=specs[::-1], steps=12, batch_size=7))


@pytest.mark.parametrize("cls", LOSSES, ids=lambda cls: cls.name)
def test_every_loss(cls: Any, run: Run) -> None:
    training = TrainingSpec(loss=cls(), steps=8)
    end = (LAYERS["softmax"](),) if cls.expects == "probabilities" else ()
    for task in cls.tasks:
        dataset: DatasetSpec = Circles(samples=100) if task == "classification" else ChapterLinear(samples=100)
        layers = (Dense(units=dataset.outputs), *end)
        check(run, training, NetworkSpec(input_shape=dataset.input_shape, layers=layers), dataset)


@pytest.mark.parametrize("keep_best", [False, True], ids=["last weights", "best weights"])
@pytest.mark.parametrize("amount", [{"epochs": 200}, {"steps": 500}], ids=["epochs", "steps"])
def test_early_stopping_stops_at_the_same_step(keep_best: bool, amount: dict[str, int], run: Run) -> None:
    training = TrainingSpec(
        optimiser=GradientDescent(learning_rate=3.0),
        **amount,
        batch_size=20,
        early_stopping=2,
        keep_best=keep_best,
        validate_every=2,
    )
    longer = training.replace(early_stopping=0, keep_best=False)
    dataset = Circles(samples=100, noise=0.5)
    assert difference(trained(POINTS, dataset, training), trained(POINTS, dataset, longer)) > 1e-3
    check(run, training, dataset=dataset)


@pytest.mark.parametrize("validate_every", [0, 5, 7])
@pytest.mark.parametrize("amount", [{"epochs": 4}, {"steps": 13}], ids=["epochs", "steps"])
def test_the_best_weights_of_a_training_that_goes_to_its_end(
    validate_every: int, amount: dict[str, int], run: Run
) -> None:
    descent = GradientDescent(learning_rate=5.0)
    training = TrainingSpec(optimiser=descent, keep_best=True, batch_size=20, validate_every=validate_every, **amount)
    check(run, training, dataset=Circles(samples=100, noise=0.5))


def test_images_with_augmentation_batch_norm_and_layers_that_are_switched_off(run: Run) -> None:
    network = NetworkSpec(
        input_shape=Shape((1, 8, 8)),
        layers=(
            # An even kernel needs other zeros on one side than on the other: a padding in front of the convolution.
            Conv2d(filters=4, kernel_size=4, weight_initialiser=TruncatedNormal(), bias_initialiser=Constant()),
            BatchNorm(),
            ReLU(),
            Dropout(rate=0.9, enabled=False),
            MaxPool2d(),
            Flatten(),
            Tanh(enabled=False),
            Dense(units=10),
        ),
    )
    training = TrainingSpec(augmentation=RandomAffine(shift=1.0), schedule=OneCycle(), steps=6, seed=3)
    source = script_source("Network", network, Digits(), training)
    assert "dropout" not in source.lower().replace("without dropout", "").replace("apart from dropout", "")
    assert source.count("class RandomAffine") == 1
    check(run, training, network, Digits())


@pytest.mark.parametrize("cls", INITIALISERS, ids=lambda cls: cls.name)
def test_every_initialiser(cls: Any, run: Run, tmp_path: Path) -> None:
    spec = cls()
    if any(info.path for info in cls.params()):
        trained_before = NetworkSpec(input_shape=Shape((4,)), layers=(Dense(units=2),))
        file = ProjectFile("Before", trained_before, Circles(), TrainingSpec())
        weights = weights_of(trained_before.build(seed=4))
        save_project(tmp_path / 'a "b".nnviz', replace(file, weights=weights))
        spec = spec.replace(path=str(tmp_path / 'a "b".nnviz'))
    dense = Dense(units=2, weight_initialiser=spec, bias_initialiser=Constant())
    network = NetworkSpec(input_shape=Shape((2,)), layers=(Dense(units=4), Tanh(), dense))
    check(run, TrainingSpec(steps=2), network)


@pytest.mark.parametrize("samples", [50, 55, 56, 60])
def test_a_single_sample_at_the_end_of_an_epoch_joins_the_batch_before(samples: int, run: Run) -> None:
    # 60 % of them are for training: 30, 33, 34 and 36.
    check(run, TrainingSpec(optimiser=GradientDescent(), epochs=2, batch_size=11), dataset=Spiral(samples=samples))
    check(run, TrainingSpec(optimiser=GradientDescent(), epochs=1, batch_size=1), dataset=Spiral(samples=samples))


def test_a_process_of_its_own_needs_nothing_but_the_file(tmp_path: Path) -> None:
    training = TrainingSpec(steps=5)
    write_script(tmp_path / "net.py", "Network", POINTS, Circles(), training)
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    done = subprocess.run(
        # Isolated, and in another folder: nnviz could not be found by chance.
        [sys.executable, "-I", "net.py", "--device", "cpu"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=100,
        env=environment,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert "step 5 of 5: loss " in done.stdout
    weights = torch.load(tmp_path / "weights.pt", weights_only=True)
    assert difference(weights, trained(POINTS, Circles(), training)) < 1e-6


@pytest.mark.parametrize("preset", PRINTED, ids=lambda preset: preset.name)
def test_scripts_import_only_what_they_say_and_give_every_name_once(preset: type[Preset]) -> None:
    source = script_source(preset.title, preset.network, preset.dataset, preset.training)
    tree = ast.parse(source)
    modules = {
        (node.module or "") if isinstance(node, ast.ImportFrom) else node.names[0].name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    roots = {module.partition(".")[0] for module in modules}
    assert roots - set(sys.stdlib_module_names) <= {"numpy", "torch", "sklearn"}
    given = [node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    given += [
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    ]
    assert len(given) == len(set(given))


def test_scripts_are_laid_out_as_a_formatter_would_and_have_no_lint(tmp_path: Path) -> None:
    for preset in PRINTED:
        write_script(tmp_path / f"{preset.name}.py", preset.title, preset.network, preset.dataset, preset.training)
    ruff = [sys.executable, "-m", "ruff"]
    options = ["--isolated", "--no-cache", "--line-length", "120"]
    for command in (["format", "--diff"], ["check", "--select", "E,F,I,W,UP,B,D1"]):
        # A script is read from above: that its functions say what they do is enough.
        ignored = [] if command[0] == "format" else ["--ignore", "D101,D102,D107"]
        done = subprocess.run([*ruff, *command, *options, *ignored, str(tmp_path)], capture_output=True, text=True)
        assert done.returncode == 0, done.stdout


def test_a_title_cannot_break_the_script() -> None:
    title = 'A """ network\\\nimport os'
    source = script_source(title, POINTS, Circles(), TrainingSpec())
    assert ast.get_docstring(ast.parse(source), clean=False).startswith("A ''' network/ import os: ")  # type: ignore[union-attr]


def test_what_cannot_be_trained_has_no_script() -> None:
    with pytest.raises(ShapeError, match="Dense"):
        script_source(
            "Network", NetworkSpec(input_shape=Shape((1, 8, 8)), layers=(Dense(units=10),)), Digits(), TrainingSpec()
        )


def test_a_folder_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"cannot be written: .*\. Choose another folder\."):
        write_script(tmp_path / "none" / "net.py", "Network", POINTS, Circles(), TrainingSpec())


@pytest.mark.parametrize("name", ["rbm_digits", "dbn"])
def test_contrastive_divergence_is_refused_with_what_to_do_instead(name: str) -> None:
    preset = PRESETS[name]
    with pytest.raises(ExportError, match="Export the network as ONNX"):
        script_source("RBM", preset.network, preset.dataset, preset.training)
