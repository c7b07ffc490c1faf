"""What the application costs: training with every live view visible, with no window, and as a bare PyTorch loop.

All three train the Fast CNN on MNIST from the same seed, in processes of their own, one after the other and in turns.
The first steps are not counted. Measured is the number of trained samples per second, and how often the views are
painted meanwhile.

  ratio_to_headless    application / the same trainer without a window
  ratio_to_bare        application / a loop of ten lines written by hand
  updates_per_second   paintings per second of the live view that is painted least
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks._report import in_turn, parser, ratio, report, run_part

WARM_UP_STEPS = 40
STEPS = 300
"""Steps that are counted; one epoch has 430, so no validation falls into them."""

TARGETS = {"ratio_to_bare": (">=", 0.95), "ratio_to_headless": (">=", 0.95), "updates_per_second": (">=", 10.0)}


class StepTimes:
    """When each trained batch was done, in seconds."""

    def __init__(self) -> None:
        self.at: list[float] = []

    def samples_per_second(self, batch_size: int) -> float:
        """Over the counted steps."""
        return STEPS * batch_size / (self.at[WARM_UP_STEPS + STEPS - 1] - self.at[WARM_UP_STEPS - 1])

    def watch(self) -> None:
        """Note the time after every batch that any trainer trains."""
        from nnviz.core.training.trainer import Trainer

        train_batch = Trainer._train_batch

        def timed(trainer: Trainer) -> Any:
            step = train_batch(trainer)
            self.at.append(time.perf_counter())
            return step

        setattr(Trainer, "_train_batch", timed)  # noqa: B010 (mypy refuses to let a method be replaced)


def load(data_dir: Path | None) -> Any:
    """MNIST."""
    from nnviz.core.datasets.base import LoadContext
    from nnviz.core.datasets.mnist import Mnist

    return Mnist().load(LoadContext(data_dir=data_dir))


def bare(data_dir: Path | None) -> dict[str, float]:
    """What somebody who knows PyTorch would write."""
    import torch
    from torch import nn

    data = load(data_dir)
    torch.manual_seed(1)
    layers: list[nn.Module] = []
    for into, out, kernel in ((1, 16, 5), (16, 32, 3), (32, 64, 3)):
        conv = nn.Conv2d(into, out, kernel, padding=kernel // 2, bias=False)
        layers += [conv, nn.BatchNorm2d(out), nn.ReLU(), nn.MaxPool2d(2)]
    model = nn.Sequential(*layers, nn.Flatten(), nn.Linear(576, 10))
    model = model.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    x, y = torch.from_numpy(data.train.x), torch.from_numpy(data.train.y)
    optimiser = torch.optim.AdamW(model.parameters(), lr=1e-2, weight_decay=0.01, fused=True)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 1e-2, total_steps=1290, cycle_momentum=False)
    loss_function = nn.CrossEntropyLoss()
    order = torch.randperm(len(x))
    times = StepTimes()
    for step in range(WARM_UP_STEPS + STEPS):
        batch = order[step * 128 : (step + 1) * 128]
        optimiser.zero_grad()
        loss = loss_function(model(x[batch].contiguous(memory_format=torch.channels_last)), y[batch])
        loss.backward()
        optimiser.step()
        schedule.step()
        times.at.append(time.perf_counter())
    return {"samples_per_second": times.samples_per_second(128)}


def headless(data_dir: Path | None) -> dict[str, float]:
    """The trainer of the core, as the command line uses it."""
    from nnviz.allocator import keep_freed_memory
    from nnviz.core.presets.fast_cnn import FastCnn
    from nnviz.core.training.trainer import Trainer

    keep_freed_memory()
    times = StepTimes()
    times.watch()
    trainer = Trainer(FastCnn.network, FastCnn.training, load(data_dir))
    looked = time.perf_counter()
    for step in trainer.steps():
        if time.perf_counter() - looked > 0.25:
            looked = time.perf_counter()
            trainer.take_history()
        if step.number >= WARM_UP_STEPS + STEPS:
            break
    return {"samples_per_second": times.samples_per_second(FastCnn.training.batch_size)}


def application(data_dir: Path | None) -> dict[str, float]:
    """The window at 1280x800, with every live view on the screen."""
    import tempfile

    from PySide6.QtCore import QEvent, QObject, QSettings, QTimer

    from nnviz.gui.app import Application, make_qt_application

    class Paintings(QObject):
        """Counts how often each view is painted."""

        def __init__(self) -> None:
            super().__init__()
            self.at: dict[QObject, list[float]] = {}

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                self.at.setdefault(watched, []).append(time.perf_counter())
            return False

    times = StepTimes()
    times.watch()
    qt = make_qt_application()
    with tempfile.TemporaryDirectory() as folder:
        settings = QSettings(f"{folder}/settings.ini", QSettings.Format.IniFormat)
        app = Application(qt, settings, data_dir)
        failures: list[str] = []
        app.session.failed.connect(lambda failure: failures.append(failure.sentence))
        app.session.failed.connect(qt.quit)
        app.window.resize(1280, 800)
        app.show()
        app.window.open_workspace("live")
        live = app.window.workspace
        paintings = Paintings()
        for view in live.views.values():  # type: ignore[attr-defined]
            view.plot.viewport().installEventFilter(paintings)
        app.session.devices_changed.connect(lambda: app.session.train(app.document.project))
        watch = QTimer()
        watch.timeout.connect(lambda: qt.quit() if len(times.at) >= WARM_UP_STEPS + STEPS else None)
        watch.start(200)
        qt.exec()
        app.window.close()
        app.shut_down()
    if len(times.at) < WARM_UP_STEPS + STEPS:
        sys.exit(f"training did not get far enough: {failures}")
    began, ended = times.at[WARM_UP_STEPS - 1], times.at[WARM_UP_STEPS + STEPS - 1]
    updates = min(sum(began <= at <= ended for at in painted) for painted in paintings.at.values())
    rate = times.samples_per_second(app.document.project.training.batch_size)
    return {"samples_per_second": rate, "updates_per_second": updates / (ended - began)}


PARTS = {"bare": bare, "headless": headless, "application": application}


def main() -> None:
    """Measure, and print the result."""
    arguments = parser(__doc__ or "", repeats=5).parse_args()
    if arguments.part:
        print(json.dumps(PARTS[arguments.part](arguments.data_dir)))
        return
    updates: list[float] = []

    def key(result: dict[str, Any]) -> float:
        if "updates_per_second" in result:
            updates.append(result["updates_per_second"])
        return float(result["samples_per_second"])

    run_part(__file__, "bare", arguments)  # reads everything from the disk once
    figures = in_turn(__file__, list(PARTS), arguments, key)
    result = {
        "ratio_to_headless": ratio(figures["application"], figures["headless"]),
        "ratio_to_bare": ratio(figures["application"], figures["bare"]),
        "headless_to_bare": ratio(figures["headless"], figures["bare"]),
        "updates_per_second": median(updates),
        "samples_per_second_bare": median(figures["bare"]),
        "samples_per_second_application": median(figures["application"]),
        "repeats": arguments.repeats,
    }
    report(result, TARGETS, arguments.json)


if __name__ == "__main__":
    main()
