"""`nnviz evaluate`."""

from __future__ import annotations

import math
import time
from pathlib import Path
from typing import Annotated, Any

import typer

from nnviz.core.cli.console import print_json, print_table
from nnviz.core.cli.sources import data_folder, dataset_of, load_data, recent_loss
from nnviz.core.datasets.base import DatasetSpec
from nnviz.core.predictor import PredictionError
from nnviz.core.project import ProjectFile, load_project


def evaluate(
    context: typer.Context,
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="A .nnviz file; the bundled network if none.")
    ] = None,
    dataset: Annotated[str | None, typer.Option(help="Data set; by default the file's own.")] = None,
    data_dir: Annotated[Path | None, typer.Option(help="Folder that is searched for the data first.")] = None,
    split: Annotated[str, typer.Option(help="train, validation or test.")] = "test",
    device: Annotated[str, typer.Option(help="auto, cpu, cuda, cuda:1, mps.")] = "auto",
    offline: Annotated[bool, typer.Option(help="Never download.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the result as one JSON object.")] = False,
) -> None:
    """Measure a trained network on a data set."""
    if split not in ("train", "validation", "test"):
        raise typer.BadParameter(f"--split must be train, validation or test; {split!r} is not.")
    spec = dataset_of(dataset) if dataset is not None else None
    if file is None:
        from nnviz.core.reader import bundled_project

        project = bundled_project()
    else:
        project = load_project(file)
    if not project.weights:
        raise PredictionError(f"{project.title} was never trained: there is nothing to measure.")
    data = load_data(spec or project.dataset, data_folder(context, data_dir), offline)

    from nnviz.core.training.checkpoint import load_weights
    from nnviz.core.training.make_trainer import make_trainer

    trainer = make_trainer(project.network, project.training, data, device)
    load_weights(trainer.model, project.weights)
    began = time.perf_counter()
    measured = trainer.evaluate(data.split(split))
    seconds = time.perf_counter() - began
    steps = project.numbers.get("step", 0)
    result: dict[str, Any] = {
        "network": project.title,
        "dataset": data.spec.name,
        "split": split,
        **_remembered(project, data.spec),
        f"{split}_accuracy": measured.accuracy,
        f"{split}_loss": measured.loss,
        "samples": measured.samples,
        "epochs": steps / trainer.steps_per_epoch,
        "steps": steps,
        "seconds": seconds,
        "samples_per_second": measured.samples / seconds if seconds else math.nan,
        "parameters": project.network.parameter_count(),
        "seed": project.training.seed,
        "device": trainer.device,
    }
    print_json(result) if json else print_table(result)


def _remembered(project: ProjectFile, dataset: DatasetSpec) -> dict[str, Any]:
    """What was measured when it was trained; not a number where that was on other data, or was not kept."""
    names = ("test_accuracy", "test_loss", "validation_accuracy", "validation_loss")
    if dataset != project.dataset:
        return dict.fromkeys((*names, "train_loss"), math.nan)
    return {name: project.results.get(name, math.nan) for name in names} | {"train_loss": recent_loss(project.history)}
