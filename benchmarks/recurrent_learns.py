"""What recurrent networks learn, from their presets, measured on test data. Takes from a minute to half an hour each.

rows        MNIST row by row, LSTM of 128 units, 5 epochs: accuracy in per cent
adding      the adding problem over 100 steps, LSTM and plain cell of 64 units, same budget: mean squared error
copy        ten letters said again after a delay of 20 steps, LSTM of 128 units: accuracy in per cent
on_off      the on-off switch, LSTM of 8 units: accuracy in per cent
characters  Python's help topics, LSTM: bits per character on the held-back part, with the curve while it learned

Each part prints one JSON object.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))


def _learned(preset: str, arguments: argparse.Namespace, **changes: Any) -> dict[str, Any]:
    """Train a preset, with another network or data set where these are given, and measure it on its test data."""
    from nnviz.core.datasets.base import LoadContext
    from nnviz.core.presets.base import PRESETS
    from nnviz.core.training.make_trainer import make_trainer

    chosen = PRESETS[preset]
    network, dataset = changes.pop("network", chosen.network), changes.pop("dataset", chosen.dataset)
    if arguments.epochs:
        changes["epochs"] = arguments.epochs
    data = dataset.load(LoadContext(data_dir=arguments.data_dir))
    trainer = make_trainer(network, chosen.training.replace(seed=arguments.seed, **changes), data, "cpu")
    curve: list[tuple[int, float]] = []
    began = time.perf_counter()
    for step in trainer.steps():
        if step.ends_epoch:
            history = trainer.take_history()
            trainer.check_finite()
            seconds = time.perf_counter() - began
            for number, loss in zip(history.validation_steps, history.validation_loss, strict=True):
                curve.append((int(number), round(float(loss), 5)))
                print(f"{preset}: step {number}, {loss:.5f} after {seconds:.0f} s", file=sys.stderr, flush=True)
    found = trainer.evaluate(data.test)
    return {
        "test_loss": found.loss,
        "test_accuracy": 100 * found.accuracy if math.isfinite(found.accuracy) else None,
        "validation_loss": curve,
        "steps": trainer.total_steps,
        "epochs": trainer.total_epochs,
        "seed": arguments.seed,
        "seconds": time.perf_counter() - began,
    }


def rows(arguments: argparse.Namespace) -> dict[str, Any]:
    """MNIST row by row."""
    return _learned("rows_of_mnist", arguments)


def adding(arguments: argparse.Namespace) -> dict[str, Any]:
    """LSTM and plain cell, trained alike."""
    return {name: _learned(f"adding_{name}", arguments) for name in ("lstm", "rnn")}


def copy(arguments: argparse.Namespace) -> dict[str, Any]:
    """Ten letters after a delay of 20 steps."""
    from nnviz.core.datasets.copy_task import CopyTask
    from nnviz.core.layers.dense import Dense
    from nnviz.core.layers.lstm import Lstm
    from nnviz.core.layers.one_hot import OneHot
    from nnviz.core.network import NetworkSpec
    from nnviz.core.training.optimisers.adam import Adam

    data = CopyTask(delay=20, samples=20_000)
    # The forget gate starts open: what is kept through the pause is there from the first step on.
    cell = Lstm(units=128, passes_on="every step", forget_bias=3.0)
    layers = (OneHot(symbols=data.letters + 2), cell, Dense(units=data.letters))
    network = NetworkSpec(input_shape=data.input_shape, layers=layers)
    changes = {"epochs": arguments.epochs or 30, "optimiser": Adam(learning_rate=3e-3)}
    return _learned("on_off_memory", arguments, network=network, dataset=data, **changes)


def on_off(arguments: argparse.Namespace) -> dict[str, Any]:
    """The switch."""
    return _learned("on_off_memory", arguments)


def characters(arguments: argparse.Namespace) -> dict[str, Any]:
    """The next character of Python's help topics."""
    found = _learned("characters", arguments)
    return {**found, "bits_per_character": found["test_loss"] / math.log(2)}


PARTS = {"rows": rows, "adding": adding, "copy": copy, "on_off": on_off, "characters": characters}


def main() -> None:
    """Train, measure, and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("part", choices=PARTS)
    parser.add_argument("--data-dir", type=Path, help="folder with MNIST; the user's cache by default")
    parser.add_argument("--epochs", type=int, default=0, help="passes through the training data")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    print(json.dumps(PARTS[arguments.part](arguments)))


if __name__ == "__main__":
    main()
