"""What the benchmarks of trainings share: a network as a bare PyTorch loop, without a window, and in the window."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks._report import percentile

TIMER_MS = 10


@dataclass(frozen=True)
class Case:
    """One network that is trained.

    Attributes:
        preset: The preset that it is made from.
        warm_up: Steps that are not counted.
        steps: Steps that are.
        bare: Makes the model and the optimiser that somebody who knows PyTorch would write, and the schedule or None;
            None where it is no loop over labelled batches.
        change: Makes another network of the preset's.
        clip: Largest norm of the gradient, as the preset has it; 0 if it is not clipped.
        epochs: Passes through the data that have at least as many steps.
    """

    preset: str
    warm_up: int
    steps: int
    bare: Callable[[], tuple[Any, Any, Any]] | None = None
    change: Callable[[Any], Any] = lambda network: network
    clip: float = 0.0
    epochs: int = 1000

    def project(self) -> Any:
        """Network, data and training."""
        from nnviz.core.presets.base import PRESETS
        from nnviz.gui.document import Project

        preset = PRESETS[self.preset]
        # Only whole epochs are validated, as in the bare loop.
        training = preset.training.replace(validate_every=0, epochs=self.epochs)
        return Project(preset.title, self.change(preset.network), preset.dataset, training)


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
        from nnviz.core.training.contrastive import ContrastiveTrainer
        from nnviz.core.training.trainer import Trainer

        for kind in (Trainer, ContrastiveTrainer):
            self._watch(kind)

    def _watch(self, kind: Any) -> None:
        train_batch = kind._train_batch

        def timed(trainer: Any) -> Any:
            before = len(self.at)
            step = train_batch(trainer)
            # A trainer may hand a batch on to the one that it is made from, which then has noted it.
            if len(self.at) == before:
                self.at.append(time.perf_counter())
            return step

        setattr(kind, "_train_batch", timed)  # noqa: B010 (mypy refuses to let a method be replaced)


def load(case: Case, data_dir: Path | None) -> Any:
    """The data."""
    from nnviz.core.datasets.base import LoadContext

    return case.project().dataset.load(LoadContext(data_dir=data_dir))


def bare(case: Case, data_dir: Path | None) -> dict[str, float]:
    """What somebody who knows PyTorch would write."""
    import torch

    data, size = load(case, data_dir), case.project().training.batch_size
    torch.manual_seed(1)
    assert case.bare is not None
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
            if case.clip:
                torch.nn.utils.clip_grad_norm_(model.parameters(), case.clip)
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
    from nnviz.core.training.make_trainer import make_trainer

    keep_freed_memory()
    times = StepTimes(case)
    times.watch()
    project = case.project()
    trainer = make_trainer(project.network, project.training, load(case, data_dir))
    looked = time.perf_counter()
    for _ in trainer.steps():
        if time.perf_counter() - looked > 0.25:
            looked = time.perf_counter()
            trainer.take_history()
        if times.complete:
            break
    return {"samples_per_second": times.samples_per_second(project.training.batch_size)}


def all_side_by_side(live: Any) -> Sequence[Any]:
    """Every view that applies, side by side."""
    live.area.arrange_all()
    views: Sequence[Any] = live.visible_views()
    return views


def application(case: Case, arrange: Callable[[Any], Sequence[Any]], data_dir: Path | None) -> dict[str, Any]:
    """The window at 1280x800 with live views.

    Args:
        case: What is trained.
        arrange: Arranges the views of the Live page once the run has begun, and says which ones are measured.
        data_dir: Folder with MNIST.
    """
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
        app = Application(qt, settings, data_dir, recovery_dir=Path(folder) / "recovery")
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
            for view in arrange(live):
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
        hidden = sorted(updates.keys() - {view.name for view in live.visible_views()})
        app.document.undo_stack.clear()
        app.window.close()
        app.shut_down()
    if not times.complete:
        sys.exit(f"training did not get far enough: {failures}")
    if hidden:
        sys.exit(f"not on the screen: {', '.join(hidden)}")
    began, ended = times.counted
    rates = {name: sum(began <= at <= ended for at in found.at) / (ended - began) for name, found in updates.items()}
    return {
        "samples_per_second": times.samples_per_second(app.document.project.training.batch_size),
        "rates": rates,
        "late_ms_p99": percentile([ms for at, ms in late if began <= at <= ended], 99),
    }
