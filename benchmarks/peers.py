"""The same network trained by others: Lightning with its TensorBoard logger, and Keras with its TensorBoard callback.

The Fast CNN learns from MNIST on the CPU: in nnviz with its four views on the screen, and in each of the others as its
documentation has it, with its own defaults. The first steps are not counted, nothing is validated, and each runs in a
process of its own, in turns. The others are not needed by nnviz; they are found in environments of their own:

  python -m venv peers && peers/bin/pip install lightning tensorboard
  python -m venv peers-tf && peers-tf/bin/pip install tensorflow-cpu tensorboard
  python benchmarks/peers.py --lightning peers/bin/python --keras peers-tf/bin/python

  ratio_to_lightning   trained samples per second of nnviz / of Lightning
  ratio_to_keras       the same / of Keras on TensorFlow
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks._report import ROOT, parser, ratio, report

BATCH = 128
WARM_UP = 40
STEPS = 380


def lightning(images: Any, labels: Any, folder: str) -> list[float]:
    """When each batch was done."""
    import lightning as pl
    import torch
    from lightning.pytorch.loggers import TensorBoardLogger
    from torch import nn
    from torch.utils.data import DataLoader, TensorDataset

    times: list[float] = []

    class Net(pl.LightningModule):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            layers: list[nn.Module] = []
            for into, out, kernel in ((1, 16, 5), (16, 32, 3), (32, 64, 3)):
                conv = nn.Conv2d(into, out, kernel, padding=kernel // 2, bias=False)
                layers += [conv, nn.BatchNorm2d(out), nn.ReLU(), nn.MaxPool2d(2)]
            self.model = nn.Sequential(*layers, nn.Flatten(), nn.Linear(576, 10))

        def training_step(self, batch: Any, _: int) -> Any:
            x, y = batch
            outputs = self.model(x)
            loss = nn.functional.cross_entropy(outputs, y)
            self.log("loss", loss, prog_bar=True)
            self.log("accuracy", (outputs.argmax(1) == y).float().mean(), prog_bar=True)
            return loss

        def configure_optimizers(self) -> Any:
            return torch.optim.AdamW(self.parameters(), lr=1e-2, weight_decay=0.01)

        def on_train_batch_end(self, *_: Any) -> None:
            times.append(time.perf_counter())

    data = TensorDataset(torch.from_numpy(images), torch.from_numpy(labels))
    trainer = pl.Trainer(
        accelerator="cpu", max_steps=WARM_UP + STEPS, logger=TensorBoardLogger(folder), enable_checkpointing=False
    )
    trainer.fit(Net(), DataLoader(data, batch_size=BATCH, shuffle=True))
    return times


def keras(images: Any, labels: Any, folder: str) -> list[float]:
    """When each batch was done."""
    import keras as k

    times: list[float] = []
    layers: list[Any] = [k.Input((28, 28, 1))]
    for filters, kernel in ((16, 5), (32, 3), (64, 3)):
        layers.append(k.layers.Conv2D(filters, kernel, padding="same", use_bias=False))
        layers += [k.layers.BatchNormalization(), k.layers.ReLU(), k.layers.MaxPooling2D(2)]
    model = k.Sequential([*layers, k.layers.Flatten(), k.layers.Dense(10)])
    model.compile(
        optimizer=k.optimizers.AdamW(1e-2, weight_decay=0.01),
        loss=k.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    clock = k.callbacks.LambdaCallback(on_train_batch_end=lambda batch, logs=None: times.append(time.perf_counter()))
    count = (WARM_UP + STEPS) * BATCH
    model.fit(
        images[:count].transpose(0, 2, 3, 1),
        labels[:count],
        batch_size=BATCH,
        callbacks=[k.callbacks.TensorBoard(folder), clock],
    )
    return times


OTHERS = {"lightning": lightning, "keras": keras}


def other(name: str, file: Path) -> dict[str, float]:
    """One of them, in its own environment: nothing of nnviz can be imported there."""
    import numpy as np

    with np.load(file) as data, tempfile.TemporaryDirectory() as folder:
        times = OTHERS[name](data["x"], data["y"], folder)
    return {"samples_per_second": STEPS * BATCH / (times[WARM_UP + STEPS - 1] - times[WARM_UP - 1])}


def run(python: str, script: str, part: str, data: Path | None) -> float:
    """Samples per second of one part."""
    command = [python, script, "--part", part, *(["--data-dir", str(data)] if data is not None else [])]
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ, "PYTHONPATH": str(ROOT), "TF_CPP_MIN_LOG_LEVEL": "3"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{part} failed:\n{done.stderr[-3000:]}")
    return float(json.loads(done.stdout.splitlines()[-1])["samples_per_second"])


def main() -> None:
    """Measure, and print the result."""
    arguments_parser = parser(__doc__ or "", repeats=3)
    arguments_parser.add_argument("--lightning", help="a Python that has lightning and tensorboard")
    arguments_parser.add_argument("--keras", help="a Python that has tensorflow")
    arguments = arguments_parser.parse_args()
    if arguments.part:
        print(json.dumps(other(arguments.part, arguments.data_dir)))
        return
    pythons = {name: getattr(arguments, name) for name in OTHERS if getattr(arguments, name)}
    result: dict[str, Any] = {"repeats": arguments.repeats}
    if not pythons:
        result["skipped"] = "neither --lightning nor --keras was given"
        report(result, {}, arguments.json)
        return
    import numpy as np

    from benchmarks._window import load
    from benchmarks.overhead import CASES

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "mnist.npz"
        train = load(CASES["fast_cnn"], arguments.data_dir).train
        np.savez(file, x=train.x, y=train.y)
        figures: dict[str, list[float]] = {name: [] for name in ("nnviz", *pythons)}
        for repeat in range(arguments.repeats):
            for name in figures if repeat % 2 == 0 else reversed(figures):
                if name == "nnviz":
                    script = str(ROOT / "benchmarks" / "overhead.py")
                    rate = run(sys.executable, script, "four:fast_cnn", arguments.data_dir)
                else:
                    rate = run(pythons[name], __file__, name, file)
                figures[name].append(rate)
                print(f"repeat {repeat + 1} of {arguments.repeats}: {name} {rate:,.0f}", file=sys.stderr)
    targets = {}
    for name in pythons:
        result[f"ratio_to_{name}"] = ratio(figures["nnviz"], figures[name])
        targets[f"ratio_to_{name}"] = (">=", 1.4)
    report(result, targets, arguments.json)


if __name__ == "__main__":
    main()
