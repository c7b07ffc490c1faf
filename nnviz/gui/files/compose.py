"""What is saved when the screen and the run in memory may have gone different ways."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum

from nnviz.core.project import ProjectFile
from nnviz.gui.document import Project


class Kept(Enum):
    """How much of the run goes into the file."""

    NO_RUN = "no_run"
    """There is no run: the file holds the network as it is on the screen."""
    EVERYTHING = "everything"
    """Weights, optimiser, random state and curves: training can go on from the file."""
    WEIGHTS = "weights"
    """Weights and curves: how it learns was changed, so the optimiser's state belongs to no training in the file."""
    NOTHING = "nothing"
    """The network or the data was changed since the run began: its weights belong to another network."""


def compose(project: Project, run: ProjectFile | None) -> tuple[ProjectFile, Kept]:
    """The file of what is on the screen, with as much of the run as belongs to it.

    The network of a file and its weights always belong together.

    Args:
        project: What is on the screen.
        run: What `Session.collect` gave.
    """
    plain = ProjectFile(project.title, project.network, project.dataset, project.training)
    if run is None:
        return plain, Kept.NO_RUN
    if (run.network, run.dataset) != (project.network, project.dataset):
        return plain, Kept.NOTHING
    if run.training != project.training:
        step = {"step": run.numbers.get("step", 0)}
        return replace(plain, weights=run.weights, numbers=step, history=run.history), Kept.WEIGHTS
    return replace(run, title=project.title), Kept.EVERYTHING
