"""Runs on the disk: what was trained, how, with what result, and its weights at chosen steps.

A run is a folder: `run.json` says what it is, `curves.nnviz` holds its curves and what it ended with, `steps/` its
whole state before chosen steps, each a project file. Nothing in it is executed when it is read.
"""

from __future__ import annotations

import json
import math
import os
import re
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

import numpy as np

from nnviz.core.errors import NnvizError
from nnviz.core.project import ProjectFile, load_project, save_project
from nnviz.core.snapshot import History

MOST_STEPS = 80
"""Steps of a run whose state is kept, unless somebody wants it otherwise."""

MOST_MEGABYTES = 200
"""Room that the states of one run may take."""

_STEP = re.compile(r"(\d{1,12})\.nnviz")

_RUN, _CURVES, _STEPS = "run.json", "curves.nnviz", "steps"

_ASIDE = ".deleted"


class RunError(NnvizError):
    """A run that cannot be read or changed; the sentence says why."""


@dataclass(frozen=True)
class RunSummary:
    """One line of the table of runs.

    Attributes:
        title: What the network is called.
        name: What somebody has called the run; empty if nobody has.
        notes: What somebody has written about it.
        dataset: Title of the data.
        parameters: Number of learned values of the network.
        optimiser: Title of the optimiser.
        learning_rate: Its learning rate, or None.
        batch_size: Samples of a batch.
        seed: Start of all random numbers.
        device: What computed it.
        began: When it began, in seconds since 1970.
        seconds: How long it was trained.
        step: Batches trained.
        total_steps: Batches it was to be trained.
        state: "training", "finished", "stopped" or "failed". A run that still says "training" though nobody trains it
            was cut off.
        loss: Newest training loss, or None.
        validation_loss: Lowest loss on validation data, or None.
        validation_accuracy: Best accuracy on validation data, or None.
        parent: Folder's name of the run that this one went on from, or empty.
        parent_step: The step of it.
    """

    title: str
    name: str = ""
    notes: str = ""
    dataset: str = ""
    parameters: int = 0
    optimiser: str = ""
    learning_rate: float | None = None
    batch_size: int = 0
    seed: int = 0
    device: str = ""
    began: float = 0.0
    seconds: float = 0.0
    step: int = 0
    total_steps: int = 0
    state: str = "training"
    loss: float | None = None
    validation_loss: float | None = None
    validation_accuracy: float | None = None
    parent: str = ""
    parent_step: int = 0

    def with_history(self, history: History) -> RunSummary:
        """The same with what these curves say."""
        losses = history.validation_loss[np.isfinite(history.validation_loss)]
        accuracies = history.validation_accuracy[np.isfinite(history.validation_accuracy)]
        return replace(
            self,
            step=max([self.step, *history.steps[-1:].tolist()]),
            loss=_finite(history.loss[-1]) if len(history) else self.loss,
            validation_loss=float(losses.min()) if len(losses) else None,
            validation_accuracy=float(accuracies.max()) if len(accuracies) else None,
        )


class RunFolder:
    """One run.

    Attributes:
        path: Its folder.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def id(self) -> str:
        """The folder's name."""
        return self.path.name

    def set_aside(self) -> RunFolder:
        """Take it out of the list, so that it can be put back; the run where it lies then.

        Raises:
            RunError: If that is not possible.
        """
        return self._moved(self.path.parent / _ASIDE)

    def put_back(self) -> RunFolder:
        """Put what was set aside into the list again.

        Raises:
            RunError: If that is not possible.
        """
        return self._moved(self.path.parent.parent)

    def _moved(self, folder: Path) -> RunFolder:
        target = folder / self.path.name
        try:
            folder.mkdir(parents=True, exist_ok=True)
            os.replace(self.path, target)
        except OSError as error:
            raise RunError(f"{self.path} cannot be moved: {error.strerror or error}.") from error
        return RunFolder(target)

    def summary(self) -> RunSummary:
        """What the table says of it.

        Raises:
            RunError: If it cannot be read.
        """
        path = self.path / _RUN
        try:
            values = json.loads(path.read_text(encoding="utf-8"))
        except OSError as error:
            raise RunError(f"{path} cannot be read: {error.strerror or error}.") from error
        except ValueError as error:
            raise RunError(f"{path} is damaged: it is no JSON.") from error
        if not isinstance(values, dict):
            raise RunError(f"{path} is damaged: it describes no run.")
        known = {}
        for field in fields(RunSummary):
            if field.name in values and _suits(values[field.name], str(field.type)):
                known[field.name] = values[field.name]
        if "title" not in known:
            raise RunError(f"{path} is damaged: it does not say what was trained.")
        return RunSummary(**known)

    def write_summary(self, summary: RunSummary) -> None:
        """Say what the table says of it from now on.

        Raises:
            RunError: If it cannot be written.
        """
        path = self.path / _RUN
        part = path.with_suffix(".part")
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            part.write_text(json.dumps(asdict(summary), indent=1, allow_nan=False), encoding="utf-8")
            os.replace(part, path)
        except OSError as error:
            raise RunError(f"{path} cannot be written: {error.strerror or error}.") from error

    def project(self, *, weights: bool = True) -> ProjectFile:
        """Network, data, training and curves; with the weights it ended with, if it has ended and they are wanted.

        Raises:
            ProjectError: If they cannot be read.
        """
        return load_project(self.path / _CURVES, weights=weights)

    def curves(self) -> ProjectFile:
        """The same without any weights, in a fraction of the time.

        Raises:
            ProjectError: If they cannot be read.
        """
        return load_project(self.path / _CURVES, weights=False)

    def write_project(self, project: ProjectFile) -> None:
        """Keep these curves.

        Raises:
            NnvizError: If they cannot be written.
        """
        self._make(self.path)
        save_project(self.path / _CURVES, project)

    def steps(self) -> list[int]:
        """The steps that it can be taken back to, in their order."""
        with suppress(OSError):
            found = (_STEP.fullmatch(name) for name in os.listdir(self.path / _STEPS))
            return sorted(int(match[1]) for match in found if match)
        return []

    def before_step(self, step: int) -> ProjectFile:
        """The whole state before a step: trained once more, it makes that step again, bit for bit on the CPU.

        Raises:
            ProjectError: If it cannot be read.
        """
        return load_project(self._step_path(step))

    def write_before_step(self, step: int, state: ProjectFile) -> None:
        """Keep the state before a step.

        Raises:
            NnvizError: If it cannot be written.
        """
        self._make(self.path / _STEPS)
        save_project(self._step_path(step), state)

    def thin(self, most: int, most_bytes: int) -> None:
        """Give up steps until there are no more than `most`, and they take no more room: those nearest to another."""
        steps = self.steps()
        sizes = {step: self._size(step) for step in steps}
        while len(steps) > 2 and (len(steps) > most or sum(sizes[step] for step in steps) > most_bytes):
            victim = _most_crowded(steps)
            with suppress(OSError):
                self._step_path(victim).unlink(missing_ok=True)
            steps.remove(victim)

    def size_bytes(self) -> int:
        """Room that it takes on the disk."""
        return sum(file.stat().st_size for file in self.path.rglob("*") if file.is_file())

    def delete(self) -> None:
        """Remove it from the disk.

        Raises:
            RunError: If that is not possible.
        """
        try:
            shutil.rmtree(self.path)
        except OSError as error:
            raise RunError(f"{self.path} cannot be deleted: {error.strerror or error}.") from error

    def _step_path(self, step: int) -> Path:
        return self.path / _STEPS / f"{step:09}.nnviz"

    def _size(self, step: int) -> int:
        with suppress(OSError):
            return self._step_path(step).stat().st_size
        return 0

    def _make(self, folder: Path) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise RunError(f"{folder} cannot be made: {error.strerror or error}.") from error


def new_run(folder: Path, began: float | None = None) -> RunFolder:
    """A run that has no folder on the disk yet; its name sorts by the time it began."""
    moment = time.localtime(began if began is not None else time.time())
    return RunFolder(folder / f"{time.strftime('%Y-%m-%d_%H-%M-%S', moment)}_{secrets.token_hex(3)}")


def find_runs(folder: Path) -> Iterator[tuple[RunFolder, RunSummary]]:
    """All runs that can be read, the newest first."""
    with suppress(OSError):
        for path in sorted(folder.iterdir(), reverse=True):
            if (path / _RUN).is_file():
                run = RunFolder(path)
                with suppress(RunError):
                    yield run, run.summary()


def forget_set_aside(folder: Path) -> None:
    """Remove for good what was set aside; what cannot be removed stays."""
    shutil.rmtree(folder / _ASIDE, ignore_errors=True)


def wanted_steps(total_steps: int, most: int = MOST_STEPS) -> list[int]:
    """The steps whose state is kept: dense at first, where most happens, then thinning.

    Each is about the same factor after the one before. The last one is the last step of the training.
    """
    if total_steps <= most:
        return list(range(1, total_steps + 1))
    steps: list[int] = []
    at = 1.0
    for left in range(most, 0, -1):
        step = max(round(at), steps[-1] + 1 if steps else 1)
        steps.append(step)
        # What is left is shared out anew each time: whole numbers take more steps at first than the factor wants.
        at = step * (total_steps / step) ** (1 / max(1, left - 1))
    steps[-1] = total_steps
    return steps


def _most_crowded(steps: list[int]) -> int:
    """The inner step whose neighbours are nearest to each other, as a factor."""
    gaps = [
        (math.log(later / max(earlier, 0.5)), step)
        for earlier, step, later in zip(steps, steps[1:-1], steps[2:], strict=False)
    ]
    return min(gaps)[1]


def _finite(value: Any) -> float | None:
    return float(value) if math.isfinite(value) else None


def _suits(value: object, type_: str) -> bool:
    if type_ == "str":
        return isinstance(value, str)
    if type_ == "int":
        return type(value) is int and value >= 0
    if value is None:
        return "None" in type_
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def runs_folder() -> Path:
    """Where runs are kept: the system's folder for data of applications."""
    import platformdirs

    return Path(platformdirs.user_data_dir("nnviz", appauthor=False)) / "runs"
