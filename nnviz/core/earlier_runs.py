"""The newest runs on the disk whose curves can be compared with those of another one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from nnviz.core.errors import NnvizError
from nnviz.core.project import ProjectFile
from nnviz.core.run_curves import RunCurves
from nnviz.core.runs import find_runs

MOST_LOOKED_AT = 40
"""Runs whose files are opened at most: somebody may have hundreds that learn something else."""


@dataclass(frozen=True)
class EarlierRun:
    """A run of before.

    Attributes:
        id: Name of its folder.
        name: What it is called: by whoever looked at it, else by its network.
        began: When it began, in seconds since 1970; 0 if that is not known.
        curves: Its curves.
        learning_rate: What it was trained with, or None.
    """

    id: str
    name: str
    began: float
    curves: RunCurves
    learning_rate: float | None = None


def earlier_runs(folder: Path, like: ProjectFile, most: int, without: str = "") -> tuple[EarlierRun, ...]:
    """The newest runs with the same data and the same loss, the newest first; those that cannot be read are left out.

    Args:
        folder: Where runs lie.
        like: Network, data and training that they are compared with.
        most: How many.
        without: Name of the folder of a run that is not wanted.
    """
    found: list[EarlierRun] = []
    looked_at = 0
    for run, summary in find_runs(folder):
        if len(found) >= most or looked_at >= MOST_LOOKED_AT:
            break
        if run.id == without or summary.dataset != like.dataset.display_title:
            continue
        looked_at += 1
        try:
            project = run.curves()
        except NnvizError:
            continue
        # What an RBM learns by is another quantity.
        same = project.training.loss == like.training.loss
        if same and project.network.learns_alone is like.network.learns_alone and len(project.history):
            curves = RunCurves()
            curves.append(project.history)
            name = summary.name or summary.title
            found.append(EarlierRun(run.id, name, summary.began, curves, summary.learning_rate))
    return tuple(found)
