"""The command line and exported scripts on a graphics card."""

from __future__ import annotations

import json
import runpy
import sys
from pathlib import Path
from typing import Any

import pytest
import torch

from nnviz.core.datasets.base import LoadContext
from nnviz.core.datasets.digits import Digits
from nnviz.core.datasets.spiral import Spiral
from nnviz.core.export.script import write_script
from nnviz.core.fit_to_data import fit_to_data
from nnviz.core.presets import PRESETS
from nnviz.core.training.augmentations.random_affine import RandomAffine
from nnviz.core.training.trainer import Trainer
from tests.core.accelerator import DEVICE, needs_accelerator

pytestmark = needs_accelerator

CALL = DEVICE.partition(":")[0]
"""What one types: "cuda" in place of "cuda:0"."""


@pytest.mark.parametrize("words", [("fast-cnn", "--dataset", "digits"), ("rbm-digits",), ("2d-classifier",)])
def test_training_measuring_and_going_on(words: tuple[str, ...], nnviz: Any, tmp_path: Path) -> None:
    path, longer, moved = (tmp_path / f"{name}.nnviz" for name in ("one", "two", "three"))
    trained = nnviz("train", *words, "--steps", 30, "--device", CALL, "--out", path, "--json").result
    assert (trained["device"], trained["steps"]) == (DEVICE, 30)
    for device in (CALL, "auto", "cpu"):
        measured = nnviz("evaluate", path, "--device", device, "--json").result
        assert measured["test_loss"] == pytest.approx(trained["test_loss"], rel=1e-4)
    resumed = nnviz("train", path, "--resume", "--steps", 60, "--device", CALL, "--out", longer, "--json").result
    assert (resumed["device"], resumed["steps"]) == (DEVICE, 60)
    elsewhere = nnviz("train", longer, "--resume", "--steps", 70, "--device", "cpu", "--out", moved, "--json").result
    assert (elsewhere["device"], elsewhere["steps"]) == ("cpu", 70)
    back = nnviz("train", moved, "--resume", "--steps", 80, "--device", CALL, "--json").result
    assert (back["device"], back["steps"]) == (DEVICE, 80)


def test_a_network_that_was_trained_there_reads_drawings(nnviz: Any, tmp_path: Path) -> None:
    path, strokes = tmp_path / "digits.nnviz", tmp_path / "one.jsonl"
    assert nnviz("train", "mlp", "--dataset", "digits", "--steps", 60, "--device", CALL, "--out", path).code == 0
    strokes.write_text(json.dumps({"strokes": [[[5, 0], [5, 5], [5, 10]]], "label": 1}) + "\n")
    (answer,) = nnviz("predict", path, "--strokes", strokes, "--json").results
    assert sum(answer["probabilities"]) == pytest.approx(1, abs=1e-4)


@pytest.mark.parametrize("name", ["fast_cnn", "2d_classifier", "digit_reader"])
def test_an_exported_script_ends_with_the_same_weights(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(torch.backends.cudnn, "deterministic", True)
    preset = PRESETS[name]
    dataset = Spiral() if name == "2d_classifier" else Digits()
    network, training = fit_to_data(preset.network, preset.training.replace(steps=20), dataset)
    if name == "digit_reader":
        assert isinstance(training.augmentation, RandomAffine)
    path, weights = tmp_path / "script.py", tmp_path / "weights.pt"
    write_script(path, "Network", network, dataset, training)
    monkeypatch.setattr(sys, "argv", [str(path), "--device", CALL, "--out", str(weights)])
    runpy.run_path(str(path), run_name="__main__")
    assert "Saved the weights" in capsys.readouterr().out
    found = torch.load(weights, weights_only=True, map_location="cpu")
    trainer = Trainer(network, training, dataset.load(LoadContext(download=False)), DEVICE)
    for _ in trainer.steps():
        pass
    for key, tensor in trainer.model.state_dict().items():
        assert float((found[key].double() - tensor.cpu().double()).abs().max()) < 1e-3, key
