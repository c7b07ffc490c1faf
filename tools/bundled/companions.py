"""The two simple networks that come with the application, to be compared with the bundled one on the same drawing."""

from __future__ import annotations

import sys
from pathlib import Path

from nnviz.core.datasets.base import Dataset
from nnviz.core.presets import PRESETS
from nnviz.core.project import ProjectFile, save_project
from nnviz.core.snapshot import History
from nnviz.resource_path import resource_path

COMPANIONS = {"linear": "logistic_regression", "mlp": "mlp"}
"""Names of the files, and the presets that they are made of: trained on MNIST alone, as everybody would."""


def train_companions(mnist: Dataset, seed: int) -> None:
    """Train both and write their files."""
    from nnviz.core.training.checkpoint import save_checkpoint
    from nnviz.core.training.trainer import Trainer

    for name, preset_name in COMPANIONS.items():
        preset = PRESETS[preset_name]
        training = preset.training.replace(seed=seed)
        trainer = Trainer(preset.network, training, mnist, "cpu")
        for _ in trainer.steps():
            pass
        trainer.take_history()
        trainer.check_finite()
        accuracy = trainer.evaluate(mnist.test).accuracy
        project = ProjectFile(
            preset.title,
            preset.network,
            preset.dataset,
            training,
            weights=save_checkpoint(trainer).weights,
            numbers={"step": trainer.step},
            history=History(),
            results={"test_accuracy": accuracy},
        )
        path: Path = resource_path("models", f"{name}.nnviz")
        save_project(path, project)
        path.chmod(0o644)
        print(f"wrote {path.name}: MNIST test {accuracy:.2%}", file=sys.stderr)
