"""Scripts of networks that learn from the user's own files."""

from __future__ import annotations

import ast
import runpy
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import torch

from nnviz.core.datasets import LoadContext
from nnviz.core.datasets.own_data import open_own_data
from nnviz.core.export.script import script_source, write_script
from nnviz.core.layers.dense import Dense
from nnviz.core.layers.flatten import Flatten
from nnviz.core.layers.tanh import Tanh
from nnviz.core.network import NetworkSpec
from nnviz.core.training.losses.cross_entropy import CrossEntropy
from nnviz.core.training.losses.mean_squared_error import MeanSquaredError
from nnviz.core.training.schedules.one_cycle import OneCycle
from nnviz.core.training.spec import TrainingSpec
from nnviz.core.training.trainer import Trainer
from tests.core.datasets.own_files import arrays, flowers, pictures, prices


@pytest.mark.parametrize("make", [flowers, prices, pictures, arrays], ids=lambda make: make.__name__)
def test_it_ends_with_the_weights_of_the_application(
    make: Callable[[Path], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # A name with all that could break a script in which it stands.
    folder = tmp_path / 'it\'s "mine" 100 %'
    folder.mkdir()
    spec = open_own_data(make(folder))
    end = (Flatten(), Dense(units=5), Tanh(), Dense(units=spec.outputs))
    network = NetworkSpec(input_shape=spec.input_shape, layers=end)
    loss = CrossEntropy() if spec.task == "classification" else MeanSquaredError()
    training = TrainingSpec(loss=loss, batch_size=7, epochs=3, schedule=OneCycle())
    trainer = Trainer(network, training, spec.load(LoadContext()), "cpu")
    for _ in trainer.steps():
        pass
    path, weights = tmp_path / "net.py", tmp_path / "weights.pt"
    write_script(path, spec.title, network, spec, training)
    monkeypatch.setattr(sys, "argv", [str(path), "--device", "cpu", "--out", str(weights)])
    runpy.run_path(str(path), run_name="__main__")
    assert "test loss" in capsys.readouterr().out
    found = torch.load(weights, weights_only=True)
    for name, tensor in trainer.model.state_dict().items():
        assert float((found[name] - tensor).abs().max()) < 1e-6

    tree = ast.parse(script_source(spec.title, network, spec, training))
    given = [node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    given += [name.id for node in tree.body if isinstance(node, ast.Assign) for name in node.targets]  # type: ignore[attr-defined]
    assert len(given) == len(set(given))
    ruff = [sys.executable, "-m", "ruff", "check", "--isolated", "--no-cache", "--select", "E9,F", str(path)]
    assert subprocess.run(ruff, capture_output=True, check=False).returncode == 0
