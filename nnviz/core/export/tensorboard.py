"""The curves and settings of a run as an event file, which TensorBoard shows."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.core.export.writing import ExportError
from nnviz.core.project import ProjectFile
from nnviz.core.run_differences import settings_of
from nnviz.core.runs import RunFolder, RunSummary
from nnviz.core.snapshot import History
from nnviz.core.training.schedules.constant_rate import ConstantRate
from nnviz.core.whole_file import whole_file

PACKAGE = "tensorboardX"
"""What writes event files; the extra "tensorboard" installs it. TensorBoard itself is not needed for that."""

FILE = "events.out.tfevents.nnviz"
"""Name of the file in a run's folder; TensorBoard reads what has "tfevents" in its name."""

SUFFIX = ".tfevents"

LOSS, VALIDATION_LOSS = "loss/training", "loss/validation"
ACCURACY, VALIDATION_ACCURACY = "accuracy/training", "accuracy/validation"
RATE = "learning_rate"

TELL_EVERY = 2000
"""Steps between two words on how far it is."""


class ExportCancelledError(ExportError):
    """Somebody did not want to wait any longer: nothing is wrong, and nothing was written."""


def missing_package() -> str:
    """One sentence on what has to be installed before event files can be written; empty if nothing has."""
    if find_spec(PACKAGE) is not None:
        return ""
    return f'Writing for TensorBoard needs {PACKAGE}: install it with pip install "nnviz[tensorboard]".'


def write_run(
    run: RunFolder,
    folder: Path,
    progress: Callable[[int, int], None] = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Path:
    """Write a kept run into a folder of its own; TensorBoard then calls it by the folder's name.

    Args:
        run: The run.
        folder: Where its folder is made, named by the run; what was written there of it before is replaced.
        progress: Is told how many steps are written, of how many.
        cancelled: Whether it is to be given up.

    Returns:
        The run's folder in `folder`.

    Raises:
        ExportError: If a package is missing, nothing was trained, or it cannot be written.
        NnvizError: If the run cannot be read.
    """
    missing = missing_package()
    if missing:
        raise ExportError(missing)
    summary = run.summary()
    name = re.sub(r"[^\w.]+", "-", summary.name or summary.title).strip("-._")
    target = folder / f"{name or 'run'}_{run.id}"
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(f"{target} cannot be made: {error.strerror or error}. Choose another folder.") from error
    try:
        write_events(target / FILE, run.project(weights=False), summary, progress, cancelled)
    finally:
        # Only if nothing is in it.
        with suppress(OSError):
            target.rmdir()
    return target


def write_events(
    path: Path,
    project: ProjectFile,
    summary: RunSummary | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> None:
    """Write an event file: scalars at their steps, and the settings as text and as hyperparameters.

    The scalars are "loss/training", "loss/validation", "accuracy/training", "accuracy/validation" and "learning_rate";
    what was not measured is left out.

    Args:
        path: The file; an older one of that name is only replaced when the new one is complete.
        project: What was trained, and its curves.
        summary: What else is known of the run: its name and notes, and when it was trained.
        progress: Is told how many steps are written, of how many.
        cancelled: Whether it is to be given up.

    Raises:
        ExportCancelledError: If `cancelled` says so.
        ExportError: If a package is missing, nothing was trained, or the file cannot be written.

    Source: TensorFlow, tensorflow/core/util/event.proto and tensorflow/core/framework/summary.proto.
    """
    missing = missing_package()
    if missing:
        raise ExportError(missing)
    history = project.history
    if not len(history) and not len(history.validation_steps):
        raise ExportError(f"{project.title} was never trained, so there are no curves to write: train it first.")
    from tensorboardX.proto.event_pb2 import Event
    from tensorboardX.proto.summary_pb2 import Summary
    from tensorboardX.record_writer import RecordWriter

    clock = _Clock(history, summary)
    with whole_file(path, ExportError) as temporary:
        # It looks for "s3:" and the like at the beginning of what it is given.
        records = RecordWriter(str(temporary.absolute()))
        try:
            records.write(Event(wall_time=clock.at(0), file_version="brain.Event:2").SerializeToString())
            for part in _settings(project, summary):
                records.write(Event(wall_time=clock.at(0), summary=part).SerializeToString())
            rows = _rows(history, project, summary)
            for number, (step, values) in enumerate(rows.items()):
                if number % TELL_EVERY == 0:
                    progress(number, len(rows))
                    if cancelled():
                        raise ExportCancelledError("The curves were not written.")
                found = Summary(value=[Summary.Value(tag=tag, simple_value=value) for tag, value in values.items()])
                records.write(Event(wall_time=clock.at(step), step=step, summary=found).SerializeToString())
        finally:
            records.close()
    progress(len(rows), len(rows))


class _Clock:
    """When a step was trained, in seconds since 1970: as if all took equally long, which is what is known."""

    def __init__(self, history: History, summary: RunSummary | None) -> None:
        known = summary is not None and summary.began > 0
        self._began = summary.began if known and summary is not None else time.time()
        seconds = summary.seconds if known and summary is not None else 0.0
        last = int(max([1, *history.steps[-1:].tolist(), *history.validation_steps[-1:].tolist()]))
        self._seconds_per_step = seconds / last

    def at(self, step: int) -> float:
        return self._began + step * self._seconds_per_step


def _rows(history: History, project: ProjectFile, summary: RunSummary | None) -> dict[int, dict[str, float]]:
    """What was measured by step, the steps in their order."""
    rows: dict[int, dict[str, float]] = {}
    for step, tag, value in _scalars(history, project, summary):
        rows.setdefault(step, {})[tag] = value
    return dict(sorted(rows.items()))


def _scalars(history: History, project: ProjectFile, summary: RunSummary | None) -> Iterator[tuple[int, str, float]]:
    series: list[tuple[str, NDArray[np.int64], NDArray[Any]]] = [
        (LOSS, history.steps, history.loss),
        (ACCURACY, history.steps, history.accuracy),
        (VALIDATION_LOSS, history.validation_steps, history.validation_loss),
        (VALIDATION_ACCURACY, history.validation_steps, history.validation_accuracy),
        (RATE, *_rates(history, project, summary)),
    ]
    for tag, steps, values in series:
        for step, value in zip(steps.tolist(), values.tolist(), strict=True):
            if np.isfinite(value):
                yield step, tag, value


def _rates(
    history: History, project: ProjectFile, summary: RunSummary | None
) -> tuple[NDArray[np.int64], NDArray[Any]]:
    """Steps and learning rates, so that a line through them is the course of the rate; none where it is not known."""
    if not len(history):
        return history.rate_steps, history.rates
    first, last = int(history.steps[0]), int(history.steps[-1])
    if not len(history.rate_steps):
        # A file of before rates were kept: without a schedule it is the one that was set.
        if not isinstance(project.training.schedule, ConstantRate):
            return history.rate_steps, history.rates
        return np.array([first, last]), np.full(2, project.training.optimiser.learning_rate)
    # A rate holds until the step before the next one.
    before = np.array([*history.rate_steps[1:] - 1, last])
    steps = np.stack([history.rate_steps, np.maximum(before, history.rate_steps)]).T.ravel()
    values = np.repeat(history.rates, 2)
    kept = np.flatnonzero(np.diff(steps, prepend=-1) > 0)
    return steps[kept], values[kept]


def _settings(project: ProjectFile, summary: RunSummary | None) -> Iterator[Any]:
    """The settings as a table to read, and as hyperparameters to sort runs by."""
    from tensorboardX.summary import hparams, text

    about = {} if summary is None else {"Run": summary.name, "Notes": summary.notes, "Device": summary.device}
    settings = {f"{where}: {name}": value for (where, name), value in settings_of(project).items()}
    rows = [("Network", project.title), *((key, value) for key, value in about.items() if value), *settings.items()]
    table = ["| Setting | Value |", "|---|---|", *(f"| {_cell(key)} | {_cell(value)} |" for key, value in rows)]
    yield text("settings", "\n".join(table))
    values = {key: value if isinstance(value, bool | int | float | str) else str(value) for key, value in rows}
    history = project.history
    measured = {
        LOSS: history.loss,
        ACCURACY: history.accuracy,
        VALIDATION_LOSS: history.validation_loss,
        VALIDATION_ACCURACY: history.validation_accuracy,
    }
    yield from hparams(values, {tag: None for tag, column in measured.items() if np.isfinite(column).any()})


def _cell(value: object) -> str:
    # A bar would end the cell, and a line's end the table.
    return " ".join(str(value).replace("|", "\\|").split())
