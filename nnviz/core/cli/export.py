"""`nnviz export`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from nnviz.core.cli.console import say
from nnviz.core.cli.sources import dataset_of, project_of
from nnviz.core.fit_to_data import fit_to_data
from nnviz.core.project import ProjectFile

KINDS = (".py", ".onnx", ".csv", ".tfevents")


def export(
    network: Annotated[
        str, typer.Argument(metavar="PRESET|FILE", help="A preset's name, a .nnviz file or a run's folder.")
    ],
    to: Annotated[
        Path,
        typer.Option(
            help="script.py, model.onnx, history.csv or logs/run/curves.tfevents: the ending says what is written."
        ),
    ],
    dataset: Annotated[str | None, typer.Option(help="Data set; by default the preset's or the file's own.")] = None,
) -> None:
    """Write a network as a stand-alone PyTorch script, as ONNX, or its curves as CSV or for TensorBoard."""
    kind = to.suffix.lower()
    if kind not in KINDS:
        raise typer.BadParameter(
            f"--to must end in .py (a PyTorch script), .onnx (the trained network), .csv (its curves) or .tfevents "
            f"(its curves for TensorBoard); {to} does not."
        )
    if dataset is not None and kind != ".py":
        raise typer.BadParameter("--dataset is for scripts; weights and curves belong to the data of the file.")
    project = project_of(network)
    if dataset is not None:
        chosen = dataset_of(dataset)
        fitted, training = fit_to_data(project.network, project.training, chosen)
        project = replace(project, network=fitted, training=training, dataset=chosen)
    _write(to, kind, project)
    say(f"Wrote {to}.")


def _write(path: Path, kind: str, project: ProjectFile) -> None:
    # Imported where needed: torch takes a second or two.
    if kind == ".py":
        from nnviz.core.export.script import write_script

        write_script(path, project.title, project.network, project.dataset, project.training)
    elif kind == ".onnx":
        from nnviz.core.export.onnx import write_onnx

        write_onnx(path, project.title, project.network, project.weights, project.dataset.classes)
    elif kind == ".tfevents":
        from nnviz.core.export.tensorboard import write_events

        write_events(path, project)
    else:
        from nnviz.core.export.history_csv import write_history

        write_history(path, project.title, project.history)
