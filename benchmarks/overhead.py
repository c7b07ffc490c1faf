"""What watching costs: training with live views on the screen, with no window, and as a bare PyTorch loop.

Three networks learn from the same seed, in processes of their own, one after the other and in turns: the Fast CNN and a
perceptron of 1,000-1,000-10 on MNIST, and the 2-D classifier with its thousands of steps a second. The window is
measured with its four views of the first start, and with all that apply side by side. The first steps are not counted.

  ratio_to_bare        trained samples per second of the application / of a loop of ten lines written by hand
  ratio_to_headless    the same / of the same trainer without a window
  updates_per_second   paintings with something new in them, of the view that has the fewest
  late_ms_p99          lateness of a timer of the window's thread that is due every 10 ms

Each name has the network and the number of views before it: fast_cnn_ten_ratio_to_bare.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks._report import in_turn, parser, percentile, ratio, report, run_part

TIMER_MS = 10

ASKED = {
    "four": {"ratio_to_bare": (">=", 0.95), "updates_per_second": (">=", 10.0), "late_ms_p99": ("<=", 16.0)},
    "ten": {"ratio_to_bare": (">=", 0.90), "updates_per_second": (">=", 4.0), "late_ms_p99": ("<=", 16.0)},
}


@dataclass(frozen=True)
class Case:
    """One network that is trained.

    Attributes:
        preset: The preset that it is made from.
        warm_up: Steps that are not counted.
        steps: Steps that are.
        bare: Makes the model and the optimiser that somebody who knows PyTorch would write, and the schedule or None.
    """

    preset: str
    warm_up: int
    steps: int
    bare: Callable[[], tuple[Any, Any, Any]]

    def project(self) -> Any:
        """Network, data and training."""
        from nnviz.core.layers.dense import Dense
        from nnviz.core.presets.base import PRESETS
        from nnviz.gui.document import Project

        preset = PRESETS[self.preset]
        project = Project(preset.title, preset.network, preset.dataset, preset.training)
        if self.preset == "mlp":
            narrow = project.network.layers
            wide = tuple(
                layer.replace(units=1000) if isinstance(layer, Dense) and layer.units > 10 else layer
                for layer in narrow
            )
            project = replace(project, network=project.network.replace(layers=wide))
        # Only whole epochs are validated, as in the bare loop.
        return replace(project, training=project.training.replace(validate_every=0, epochs=1000))


def fast_cnn() -> tuple[Any, Any, Any]:
    """Three blocks and a dense layer."""
    import torch
    from torch import nn

    layers: list[nn.Module] = []
    for into, out, kernel in ((1, 16, 5), (16, 32, 3), (32, 64, 3)):
        conv = nn.Conv2d(into, out, kernel, padding=kernel // 2, bias=False)
        layers += [conv, nn.BatchNorm2d(out), nn.ReLU(), nn.MaxPool2d(2)]
    model = nn.Sequential(*layers, nn.Flatten(), nn.Linear(576, 10))
    model = model.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    optimiser = torch.optim.AdamW(model.parameters(), lr=1e-2, weight_decay=0.01, fused=True)
    return model, optimiser, torch.optim.lr_scheduler.OneCycleLR(optimiser, 1e-2, 430_000, cycle_momentum=False)


def wide_mlp() -> tuple[Any, Any, Any]:
    """784-1,000-1,000-10."""
    import torch
    from torch import nn

    model = nn.Sequential(
        nn.Flatten(), nn.Linear(784, 1000), nn.ReLU(), nn.Linear(1000, 1000), nn.ReLU(), nn.Linear(1000, 10)
    )
    optimiser = torch.optim.AdamW(model.parameters(), lr=4e-3, weight_decay=0.05, fused=True)
    return model, optimiser, torch.optim.lr_scheduler.OneCycleLR(optimiser, 4e-3, 430_000, cycle_momentum=False)


def two_d() -> tuple[Any, Any, Any]:
    """2-8-8-2 with tanh."""
    import torch
    from torch import nn

    model = nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 8), nn.Tanh(), nn.Linear(8, 2))
    return model, torch.optim.Adam(model.parameters(), lr=0.01, fused=True), None


CASES = {
    "fast_cnn": Case("fast_cnn", 40, 380, fast_cnn),
    "wide_mlp": Case("mlp", 40, 380, wide_mlp),
    "two_d": Case("2d_classifier", 500, 8000, two_d),
}


class StepTimes:
    """When each trained batch was done, in seconds."""

    def __init__(self, case: Case) -> None:
        self.at: list[float] = []
        self._case = case

    @property
    def complete(self) -> bool:
        """Whether there are as many as are counted."""
        return len(self.at) >= self._case.warm_up + self._case.steps

    @property
    def counted(self) -> tuple[float, float]:
        """When the counted steps began and when they ended."""
        return self.at[self._case.warm_up - 1], self.at[self._case.warm_up + self._case.steps - 1]

    def samples_per_second(self, batch_size: int) -> float:
        """Over the counted steps."""
        began, ended = self.counted
        return self._case.steps * batch_size / (ended - began)

    def watch(self) -> None:
        """Note the time after every batch that any trainer trains."""
        from nnviz.core.training.trainer import Trainer

        train_batch = Trainer._train_batch

        def timed(trainer: Trainer) -> Any:
            step = train_batch(trainer)
            self.at.append(time.perf_counter())
            return step

        setattr(Trainer, "_train_batch", timed)  # noqa: B010 (mypy refuses to let a method be replaced)


def load(case: Case, data_dir: Path | None) -> Any:
    """The data."""
    from nnviz.core.datasets.base import LoadContext

    return case.project().dataset.load(LoadContext(data_dir=data_dir))


def bare(case: Case, data_dir: Path | None) -> dict[str, float]:
    """What somebody who knows PyTorch would write."""
    import torch

    data, size = load(case, data_dir), case.project().training.batch_size
    torch.manual_seed(1)
    model, optimiser, schedule = case.bare()
    x, y = torch.from_numpy(data.train.x), torch.from_numpy(data.train.y)
    validation_x, validation_y = torch.from_numpy(data.validation.x), torch.from_numpy(data.validation.y)
    loss_function = torch.nn.CrossEntropyLoss()
    times, validated = StepTimes(case), []
    while not times.complete:
        order = torch.randperm(len(x))
        for first in range(0, len(x), size):
            batch = order[first : first + size]
            batch_x = x[batch]
            if batch_x.ndim == 4:
                batch_x = batch_x.contiguous(memory_format=torch.channels_last)
            optimiser.zero_grad()
            loss = loss_function(model(batch_x), y[batch])
            loss.backward()
            optimiser.step()
            if schedule is not None:
                schedule.step()
            times.at.append(time.perf_counter())
            if times.complete:
                break
        else:
            with torch.no_grad():
                validated.append(loss_function(model(validation_x), validation_y).item())
    return {"samples_per_second": times.samples_per_second(size)}


def headless(case: Case, data_dir: Path | None) -> dict[str, float]:
    """The trainer of the core, as the command line uses it."""
    from nnviz.allocator import keep_freed_memory
    from nnviz.core.training.trainer import Trainer

    keep_freed_memory()
    times = StepTimes(case)
    times.watch()
    project = case.project()
    trainer = Trainer(project.network, project.training, load(case, data_dir))
    looked = time.perf_counter()
    for _ in trainer.steps():
        if time.perf_counter() - looked > 0.25:
            looked = time.perf_counter()
            trainer.take_history()
        if times.complete:
            break
    return {"samples_per_second": times.samples_per_second(project.training.batch_size)}


def application(case: Case, views: str, data_dir: Path | None) -> dict[str, Any]:
    """The window at 1280x800 with four views, or with all that apply side by side."""
    import tempfile

    from PySide6.QtCore import QEvent, QEventLoop, QObject, QSettings, Qt, QTimer
    from PySide6.QtWidgets import QWidget

    from nnviz.gui.app import Application, make_qt_application
    from nnviz.gui.views.base import LiveView

    class Updates(QObject):
        """When a view was painted for the first time with something new in it."""

        def __init__(self, view: LiveView, painted: QWidget, news: str) -> None:
            super().__init__()
            self.at: list[float] = []
            self._waiting = False
            shown = getattr(view, news)

            def show(what: Any) -> None:
                self._waiting = True
                shown(what)

            setattr(view, news, show)
            painted.installEventFilter(self)

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint and self._waiting:
                self._waiting = False
                self.at.append(time.perf_counter())
            return False

    times = StepTimes(case)
    times.watch()
    qt = make_qt_application()
    late: list[tuple[float, float]] = []
    updates: dict[str, Updates] = {}
    with tempfile.TemporaryDirectory() as folder:
        settings = QSettings(f"{folder}/settings.ini", QSettings.Format.IniFormat)
        app = Application(qt, settings, data_dir)
        failures: list[str] = []
        app.session.failed.connect(lambda failure: failures.append(failure.sentence))
        # Not that of the application: to leave it is to close the window, which asks about what was not saved.
        loop = QEventLoop()
        app.session.failed.connect(loop.quit)
        app.document.replace(case.project(), "Measure")
        app.window.resize(1280, 800)
        app.show()
        app.window.open_workspace("live")
        live: Any = app.window.workspace

        def begun(_: object) -> None:
            if views == "ten":
                live.area.arrange_all()
            for view in live.visible_views():
                painted = view.canvas if hasattr(view, "canvas") else view.plot.viewport()
                updates[view.name] = Updates(view, painted, "show_curves" if view.probe is None else "show_snapshot")

        due = 0.0

        def on_timeout() -> None:
            nonlocal due
            now = time.perf_counter()
            late.append((now, 1000 * max(0.0, now - due)))
            due = now + TIMER_MS / 1000

        app.session.run_started.connect(begun)
        app.session.devices_changed.connect(lambda: app.session.train(app.document.project))
        timer = QTimer()
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.timeout.connect(on_timeout)
        timer.start(TIMER_MS)
        watch = QTimer()
        watch.timeout.connect(lambda: loop.quit() if times.complete else None)
        watch.start(200)
        loop.exec()
        app.document.undo_stack.clear()
        app.window.close()
        app.shut_down()
    if not times.complete:
        sys.exit(f"training did not get far enough: {failures}")
    began, ended = times.counted
    rates = {name: sum(began <= at <= ended for at in found.at) / (ended - began) for name, found in updates.items()}
    return {
        "samples_per_second": times.samples_per_second(app.document.project.training.batch_size),
        "rates": rates,
        "late_ms_p99": percentile([ms for at, ms in late if began <= at <= ended], 99),
    }


def measure(part: str, data_dir: Path | None) -> dict[str, Any]:
    """One part: "bare:fast_cnn", "headless:two_d", "ten:wide_mlp" ..."""
    what, _, name = part.partition(":")
    if what == "bare":
        return bare(CASES[name], data_dir)
    if what == "headless":
        return headless(CASES[name], data_dir)
    return application(CASES[name], what, data_dir)


def main() -> None:
    """Measure, and print the result."""
    arguments_parser = parser(__doc__ or "", repeats=5)
    arguments_parser.add_argument("--network", choices=list(CASES), action="append", help="only this one")
    arguments = arguments_parser.parse_args()
    if arguments.part:
        print(json.dumps(measure(arguments.part, arguments.data_dir)))
        return
    result: dict[str, Any] = {}
    targets: dict[str, tuple[str, float]] = {}
    for name in arguments.network or CASES:
        seen: dict[str, list[dict[str, Any]]] = {"four": [], "ten": []}

        def key(found: dict[str, Any], seen: dict[str, list[dict[str, Any]]] = seen) -> float:
            if "rates" in found:
                # All that apply are more than four, whatever the network.
                seen["four" if len(found["rates"]) <= 4 else "ten"].append(found)
            return float(found["samples_per_second"])

        run_part(__file__, f"bare:{name}", arguments)  # reads everything from the disk once
        parts = [f"{part}:{name}" for part in ("bare", "headless", "four", "ten")]
        figures = in_turn(__file__, parts, arguments, key)
        result[f"{name}_headless_to_bare"] = ratio(figures[parts[1]], figures[parts[0]])
        for views, founds in seen.items():
            window = figures[f"{views}:{name}"]
            rates = {view: median(found["rates"][view] for found in founds) for view in founds[0]["rates"]}
            result[f"{name}_{views}_ratio_to_bare"] = ratio(window, figures[parts[0]])
            result[f"{name}_{views}_ratio_to_headless"] = ratio(window, figures[parts[1]])
            result[f"{name}_{views}_updates_per_second"] = min(rates.values())
            result[f"{name}_{views}_updates_of"] = {view: round(rate, 1) for view, rate in rates.items()}
            result[f"{name}_{views}_late_ms_p99"] = median(found["late_ms_p99"] for found in founds)
            targets |= {f"{name}_{views}_{figure}": bound for figure, bound in ASKED[views].items()}
    report({**result, "repeats": arguments.repeats}, targets, arguments.json)


if __name__ == "__main__":
    main()
