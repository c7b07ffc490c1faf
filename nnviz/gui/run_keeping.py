"""The run under way, on the disk: what the worker keeps of it, and what it was at an earlier step."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from nnviz.core.kept_history import KeptHistory
from nnviz.core.project import ProjectFile
from nnviz.core.run_recorder import RunRecorder
from nnviz.core.runs import RunFolder, RunSummary, new_run
from nnviz.core.snapshot import History

if TYPE_CHECKING:
    from nnviz.core.datasets.base import Dataset
    from nnviz.core.training.rewind import Rewinder
    from nnviz.core.training.trainer import Trainer
    from nnviz.gui.jobs import TrainingJob


CURVES_EVERY_S = 30.0
"""Seconds between two copies of the curves on the disk while a run is trained."""


class RunKeeping:
    """Keeps one run. Belongs to the training thread.

    Attributes:
        folder: Where it is kept.

    Args:
        job: What is trained, and where it is kept.
        trainer: What trains it.
        file: Gives all that a file of the run holds now.
    """

    def __init__(self, job: TrainingJob, trainer: Trainer, file: Callable[[], ProjectFile | None]) -> None:
        assert job.runs_dir is not None
        self._file = file
        self._rewinder: Rewinder | None = None
        self._device = trainer.device
        self._told_failure = False
        project, optimiser = job.project, job.project.training.optimiser
        self._description = ProjectFile(project.title, project.network, project.dataset, project.training)
        self._curves_at = time.monotonic()
        summary = RunSummary(
            title=project.title,
            dataset=project.dataset.display_title,
            parameters=project.network.parameter_count(),
            optimiser=optimiser.title,
            learning_rate=optimiser.learning_rate,
            batch_size=project.training.batch_size,
            seed=project.training.seed,
            device=trainer.device,
            began=time.time(),
            step=trainer.step,
            total_steps=trainer.total_steps,
            parent=job.parent,
            parent_step=trainer.step if job.parent else 0,
        )
        self.folder: RunFolder = new_run(job.runs_dir)
        self._recorder = RunRecorder(self.folder, summary, job.most_steps, job.most_megabytes)
        self._recorder.keep_curves(self._description)
        self._next = self._recorder.next_wanted(trainer.step + 1)

    def keep(self, trainer: Trainer) -> bool:
        """Keep the state, if it is the one before a wanted step; whether it was kept."""
        if trainer.step + 1 != self._next or trainer.validation_is_due or trainer.finished:
            return False
        file = self._file()
        if file is not None:
            # The curves stand in a file of their own.
            self._recorder.keep_before(self._next, _without_curves(file))
        self._next = self._recorder.next_wanted(self._next + 1)
        return file is not None

    def steps(self) -> tuple[int, ...]:
        """The steps that the run can be taken back to."""
        return self._recorder.steps()

    def before_step(self, step: int) -> ProjectFile:
        """The whole state before a step."""
        return self._recorder.before_step(step)

    def made_again(self, step: int, data: Dataset) -> Trainer:
        """A trainer behind that step, as it was then."""
        state = self.before_step(step)
        if self._rewinder is None:
            from nnviz.core.training.rewind import Rewinder

            self._rewinder = Rewinder(state, data, self._device)
        return self._rewinder.make_again(state)

    def tell(self, state: str, trainer: Trainer, history: KeptHistory, seconds: float) -> None:
        """Say how the run stands; at its end, or at a stop, keep its curves too."""
        summary = replace(self._recorder.summary, step=trainer.step, seconds=seconds, state=state)
        if state == "training":
            self._recorder.tell(_followed(summary, history.newest))
            now = time.monotonic()
            if now - self._curves_at >= CURVES_EVERY_S:
                self._curves_at = now
                self._recorder.keep_curves(replace(self._description, history=history.history()))
            return
        file = self._file()
        if file is not None:
            self._recorder.tell(summary.with_history(file.history))
            self._recorder.end(state, file)

    def new_failure(self) -> str:
        """What went wrong on the disk, once."""
        if self._told_failure or not self._recorder.failure:
            return ""
        self._told_failure = True
        return self._recorder.failure

    def close(self, *, wait: bool = False) -> None:
        """Write what waits; returns at once, or when that is done."""
        self._recorder.close(wait=wait)


def _without_curves(file: ProjectFile) -> ProjectFile:
    return replace(file, history=History())


def _followed(summary: RunSummary, newest: History) -> RunSummary:
    """With what the newest stretch of the curves says; the best measurement stays the best."""
    later = summary.with_history(newest)
    losses = [value for value in (summary.validation_loss, later.validation_loss) if value is not None]
    accuracies = [value for value in (summary.validation_accuracy, later.validation_accuracy) if value is not None]
    return replace(
        later,
        validation_loss=min(losses, default=None),
        validation_accuracy=max(accuracies, default=None),
    )
