"""Trains the network that comes with the application, and writes its card: `make model`.

The recipe is the preset `digit_reader`, so the window, the command line and this script train the same thing.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from nnviz.core.datasets.base import LoadContext
from nnviz.core.errors import NnvizError
from nnviz.core.presets.digit_reader import DigitReader
from nnviz.core.project import ProjectFile, save_project
from nnviz.core.reader import BUNDLED_MODEL
from nnviz.core.snapshot import History
from nnviz.resource_path import resource_path

SEED = 1
CARD = Path(__file__).parent / "bundled_model.md"


def main() -> int:
    """Train, measure, and replace model and card; returns the exit code."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--data-dir", type=Path, help="folder with MNIST; downloaded if it is not there")
    try:
        train(arguments.parse_args().data_dir)
    except NnvizError as error:
        print(f"bundled_model: {error}", file=sys.stderr)
        return 1
    return 0


def train(data_dir: Path | None) -> None:
    """Train the preset and write the model and its card.

    Raises:
        NnvizError: If MNIST cannot be had, or the training goes wrong.
    """
    from nnviz.core.training.checkpoint import save_checkpoint
    from nnviz.core.training.trainer import Trainer

    data = DigitReader.dataset.load(LoadContext(data_dir=data_dir))
    training = DigitReader.training.replace(seed=SEED)
    trainer = Trainer(DigitReader.network, training, data, "cpu")
    began = time.perf_counter()
    for step in trainer.steps():
        if step.ends_epoch:
            history = trainer.take_history()
            trainer.check_finite()
            accuracy = history.validation_accuracy[-1]
            print(f"epoch {step.epoch}: validation accuracy {accuracy:.2%}", file=sys.stderr)
    seconds = time.perf_counter() - began
    test, validation = trainer.evaluate(data.test), trainer.evaluate(data.validation)
    results = {"test_accuracy": test.accuracy, "test_loss": test.loss, "validation_accuracy": validation.accuracy}
    point = save_checkpoint(trainer)
    project = ProjectFile(
        DigitReader.title,
        DigitReader.network,
        DigitReader.dataset,
        training,
        weights=point.weights,
        # It is to be asked, not to be trained on: what the optimiser remembers stays at home, and so do the curves.
        numbers={"step": point.numbers["step"]},
        history=History(),
        results=results,
    )
    path = resource_path(*BUNDLED_MODEL)
    path.parent.mkdir(parents=True, exist_ok=True)
    save_project(path, project)
    path.chmod(0o644)
    text = CARD.read_text(encoding="utf-8").format(
        title=DigitReader.title,
        parameters=f"{DigitReader.network.parameter_count():,}",
        seed=SEED,
        epochs=training.epochs,
        steps=f"{trainer.step:,}",
        minutes=f"{seconds / 60:.0f}",
        test=f"{test.accuracy:.2%}",
        test_loss=f"{test.loss:.4f}",
        validation=f"{validation.accuracy:.2%}",
        size=f"{path.stat().st_size / 1000:.0f}",
    )
    path.with_suffix(".md").write_text(text, encoding="utf-8")
    print(f"wrote {path.name} and its card: test accuracy {test.accuracy:.2%}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
