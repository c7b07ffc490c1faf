"""Runs that are kept in a folder of the test, and the page that shows them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from pytestqt.qtbot import QtBot

from nnviz.core.project import ProjectFile
from nnviz.core.runs import RunFolder, RunSummary
from nnviz.core.snapshot import History
from nnviz.gui.document import Project
from nnviz.gui.runs.workspace import RunsWorkspace
from nnviz.gui.window_context import WindowContext


def history(loss: float) -> History:
    steps = np.arange(1, 101)
    values = np.full(100, loss, np.float32)
    return History(
        steps,
        values,
        np.full(100, 0.5, np.float32),
        np.array([50, 100]),
        np.array([loss, loss / 2], np.float32),
        np.array([0.5, 0.75], np.float32),
    )


def keep(folder: Path, run_id: str, project: Project, loss: float, **summary: object) -> RunFolder:
    run = RunFolder(folder / run_id)
    values = {"accuracy": 0.75} | summary
    run.write_summary(
        RunSummary(
            project.title,
            dataset=project.dataset.title,
            seed=project.training.seed,
            step=100,
            total_steps=100,
            validation_accuracy=values.pop("accuracy"),  # type: ignore[arg-type]
            validation_loss=loss / 2,
            **({"state": "finished", "began": 1.0} | values),  # type: ignore[arg-type]
        )
    )
    weights = {"w": np.zeros(100, np.float32)}
    run.write_project(
        ProjectFile(project.title, project.network, project.dataset, project.training, weights, history=history(loss))
    )
    return run


def opened(qtbot: QtBot, context: WindowContext, count: int) -> RunsWorkspace:
    """The page on the screen, once it has found so many runs."""
    page = RunsWorkspace(context)
    qtbot.addWidget(page)
    page.resize(1200, 700)
    with qtbot.waitExposed(page):
        page.show()
    page.shown()
    qtbot.waitUntil(lambda: page.table.rowCount() == count)
    return page
