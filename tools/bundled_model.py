"""Trains the network that comes with the application, and writes its card: `make model`."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

from nnviz.core.datasets.base import LoadContext, Split
from nnviz.core.errors import NnvizError
from nnviz.core.presets.digit_reader import DigitReader
from nnviz.core.project import ProjectFile, save_project
from nnviz.core.reader import BUNDLED_MODEL
from nnviz.core.strokes import read_strokes
from nnviz.resource_path import resource_path
from tools.bundled.pool import STROKES, Pool, made_digits, no_digits, parted, people

SEED = 1
TITLE = "Digit reader"
CARD = Path(__file__).parent / "bundled_model.md"
VARIANTS = 8
MADE = 12_000
NO_DIGITS = 20_000
FEWER = 3
"""For the last part of the training, which is short, so many times fewer are made, and anew."""


def main() -> int:
    """Train, measure, and replace model and card; returns the exit code."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--data-dir", type=Path, help="folder with MNIST; downloaded if it is not there")
    arguments.add_argument("--strokes", type=Path, help=f"file of pen strokes; by default {STROKES} in that folder")
    given = arguments.parse_args()
    try:
        train(given.data_dir, given.strokes or (given.data_dir or Path()) / STROKES)
    except NnvizError as error:
        print(f"bundled_model: {error}", file=sys.stderr)
        return 1
    return 0


def train(data_dir: Path | None, strokes: Path) -> None:
    """Train the network and write the model and its card.

    Raises:
        NnvizError: If the data cannot be had.
    """
    from tools.bundled.companions import train_companions
    from tools.bundled.train import FIRST, LAST, calibrate, right_share
    from tools.bundled.train import train as fit

    mnist = DigitReader.dataset.load(LoadContext(data_dir=data_dir))
    began = time.perf_counter()
    learned, held_back = parted(list(read_strokes(strokes)))
    model = DigitReader.network.build(SEED)
    for number, part in enumerate((FIRST, LAST)):
        rng = np.random.default_rng(SEED + number)
        fewer = FEWER if number else 1
        pools = (
            _pool(mnist.train),
            people(learned, VARIANTS // fewer, rng),
            made_digits(MADE // fewer, rng),
            no_digits(NO_DIGITS // fewer, rng),
        )
        checks = {
            "MNIST, validation": _pool(mnist.validation),
            "strokes held back": people(held_back, 0, rng),
            "no digits": no_digits(2_000, rng),
        }
        print(f"{sum(len(pool.labels) for pool in pools):,} pictures are ready", file=sys.stderr, flush=True)
        fit(model, part, pools, checks, SEED + number)
        # The next part begins with what would be shipped.
        calibrate(model, checks["MNIST, validation"])
    seconds = time.perf_counter() - began
    test = right_share(model, _pool(mnist.test))
    results = {"test_accuracy": test, "validation_accuracy": right_share(model, checks["MNIST, validation"])}
    weights: dict[str, Any] = {name: tensor.numpy() for name, tensor in model.state_dict().items()}
    steps = FIRST.steps + LAST.steps
    path = _save(weights, steps, results)
    train_companions(mnist, SEED)
    # Only now: it asks the network that has just been written.
    from benchmarks import reading, teaching

    values = {
        "figures": reading.table(reading.measure(data_dir, strokes)),
        "taught": teaching.table(teaching.measure(data_dir)),
        "parameters": f"{DigitReader.network.parameter_count():,}",
        "size": f"{path.stat().st_size / 1000:.0f}",
        "first_steps": f"{FIRST.steps:,}",
        "first_shares": ", ".join(map(str, FIRST.shares)),
        "last_steps": f"{LAST.steps:,}",
        "last_shares": ", ".join(map(str, LAST.shares)),
        "strength": f"{LAST.strength:g}",
        "learned": f"{len(learned):,}",
        "held_back": f"{len(held_back):,}",
        "variants": VARIANTS,
        "made": f"{MADE:,}",
        "no_digits": f"{NO_DIGITS:,}",
        "seed": SEED,
    }
    path.with_suffix(".md").write_text(CARD.read_text(encoding="utf-8").format(**values), encoding="utf-8")
    print(f"wrote {path.name} and its card: MNIST test {test:.2%}, {seconds / 60:.0f} minutes", file=sys.stderr)


def _pool(split: Split) -> Pool:
    return Pool(np.round(split.x[:, 0] * 255).astype(np.uint8), np.asarray(split.y, np.int64))


def _save(weights: dict[str, Any], steps: int, results: dict[str, float]) -> Path:
    """Write the project file; what the optimiser remembers and the curves stay at home."""
    project = ProjectFile(
        TITLE,
        DigitReader.network,
        DigitReader.dataset,
        DigitReader.training.replace(seed=SEED),
        weights=weights,
        numbers={"step": steps},
        results=results,
    )
    path = resource_path(*BUNDLED_MODEL)
    path.parent.mkdir(parents=True, exist_ok=True)
    save_project(path, project)
    path.chmod(0o644)
    return path


if __name__ == "__main__":
    sys.exit(main())
