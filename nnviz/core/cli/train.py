"""`nnviz train`."""

from __future__ import annotations

import math
import time
from dataclasses import replace
from json import loads as read_json
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer

from nnviz.core.cli.console import print_json, print_table, say, steps_bar, wrong_call
from nnviz.core.cli.sources import (
    data_folder,
    dataset_of,
    load_data,
    own_data_of,
    project_of,
    recent_loss,
    registry_name,
)
from nnviz.core.datasets import DataError
from nnviz.core.fit_to_data import fit_to_data
from nnviz.core.project import ProjectFile, check_writable, save_project
from nnviz.core.snapshot import History
from nnviz.core.suggest_preset import suggest_preset
from nnviz.core.training.optimisers import OPTIMISERS
from nnviz.core.training.spec import TrainingSpec

LOOK_EVERY_S = 0.25
"""Seconds between two looks at the losses: each one waits for the device."""


def train(
    context: typer.Context,
    network: Annotated[str, typer.Argument(metavar="PRESET|FILE", help="A preset's name or a .nnviz file.")],
    dataset: Annotated[str | None, typer.Option(help="Data set; by default the preset's or the file's own.")] = None,
    data_file: Annotated[
        Path | None, typer.Option(metavar="PATH", help="Own data: a table, .npz, IDX images, or a folder of images.")
    ] = None,
    data_option: Annotated[
        list[str] | None, typer.Option(metavar="NAME=VALUE", help="How it is read, as label=species; may be repeated.")
    ] = None,
    data_dir: Annotated[Path | None, typer.Option(help="Folder that is searched for the data first.")] = None,
    epochs: Annotated[int | None, typer.Option(help="Passes through the training data.")] = None,
    steps: Annotated[int | None, typer.Option(help="Number of batches, in place of epochs.")] = None,
    batch_size: Annotated[int | None, typer.Option(help="Samples per step.")] = None,
    optimizer: Annotated[str | None, typer.Option("--optimizer", "--optimiser", help="How to descend.")] = None,
    learning_rate: Annotated[float | None, typer.Option(help="Size of the steps.")] = None,
    settings: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="NAME=VALUE",
            help="Another setting of the training: optimiser.beta1=0.8, schedule=cosine, regularisers=l2,max_norm.",
        ),
    ] = None,
    seed: Annotated[int | None, typer.Option(help="Start of all random numbers.")] = None,
    device: Annotated[str, typer.Option(help="auto, cpu, cuda, cuda:1, mps.")] = "auto",
    out: Annotated[Path | None, typer.Option(help="Save network, weights and curves in this .nnviz file.")] = None,
    resume: Annotated[bool, typer.Option(help="Go on where the training in FILE stopped.")] = False,
    offline: Annotated[bool, typer.Option(help="Never download.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the result as one JSON object.")] = False,
) -> None:
    """Train a network and measure it on test data that it never saw."""
    if epochs is not None and steps is not None:
        raise typer.BadParameter("Give --epochs or --steps, not both.")
    if dataset is not None and data_file is not None:
        raise typer.BadParameter("Give --dataset or --data-file, not both.")
    if data_option and data_file is None:
        raise typer.BadParameter("--data-option says how --data-file is read; name one.")
    project = project_of(network)
    if resume and not project.state:
        raise typer.BadParameter(f"{network} holds no training that could go on.")
    if out is not None:
        with wrong_call():
            check_writable(out)
    with wrong_call():
        training = _changed(project.training, epochs, steps, batch_size, optimizer, learning_rate, seed)
        training = _with_settings(training, settings or [])
    project = replace(project, training=training)
    if dataset is not None or data_file is not None:
        chosen = own_data_of(data_file, data_option or []) if data_file is not None else dataset_of(dataset or "")
        fitted, training = fit_to_data(project.network, training, chosen)
        project = replace(project, network=fitted, training=training, dataset=chosen)
        if data_file is not None:
            _refuse_misfit(project)
    data = load_data(project.dataset, data_folder(context, data_dir), offline)

    # Only now: importing torch takes a second or two, and a wrong call should not.
    from nnviz.core.training.checkpoint import Checkpoint, restore_checkpoint, save_checkpoint
    from nnviz.core.training.make_trainer import make_trainer
    from nnviz.core.training.trainer import DivergedError

    trainer = make_trainer(project.network, project.training, data, device)
    if resume:
        restore_checkpoint(trainer, Checkpoint(project.weights, project.state, project.numbers))
        if trainer.finished:
            if trainer.stopped_early:
                say(f"{trainer.ended_because} A larger early_stopping, or 0 for none, trains on.")
            else:
                say(f"All {trainer.total_steps:,} steps are done already; --epochs or --steps can ask for more.")
    history, seconds, samples = _run(trainer, project.history if resume else History())
    if trainer.ended_because and samples:
        say(trainer.ended_because)
    test = trainer.evaluate(data.test)
    if test.samples and not math.isfinite(test.loss):
        raise DivergedError(trainer.step, project.training.optimiser.learning_rate)
    result: dict[str, Any] = {
        "network": project.title,
        "dataset": project.dataset.name,
        "test_accuracy": test.accuracy,
        "test_loss": test.loss,
        "validation_accuracy": _measured(history, history.validation_accuracy, trainer.weights_step),
        "validation_loss": _measured(history, history.validation_loss, trainer.weights_step),
        "train_loss": recent_loss(history),
        "epochs": trainer.step / trainer.steps_per_epoch,
        "steps": trainer.step,
        "seconds": seconds,
        "samples_per_second": samples / seconds if seconds else math.nan,
        "parameters": project.network.parameter_count(),
        "seed": project.training.seed,
        "device": trainer.device,
    }
    # First: where the disk is full, at least the numbers are not lost.
    print_json(result) if json else print_table(result)
    if out is not None:
        point = save_checkpoint(trainer)
        measured = {key: value for key, value in result.items() if key.startswith(("test_", "validation_"))}
        measured = {key: value for key, value in measured.items() if math.isfinite(value)}
        save_project(
            out,
            replace(
                project,
                weights=point.weights,
                state=point.state,
                numbers=point.numbers,
                history=history,
                results=measured,
            ),
        )
        say(f"Saved {out}.")


def _refuse_misfit(project: ProjectFile) -> None:
    """Name a preset that can take the data where the chosen network cannot."""
    dataset = project.dataset
    problems = project.network.problems(dataset.output_shape)
    if not problems:
        return
    other = suggest_preset(dataset)
    advice = f" The preset {other.name} can take them." if other is not None else ""
    raise DataError(
        f"{project.title} cannot take samples of {dataset.display_title}, which are {dataset.input_shape}: "
        f"{problems[0]}{advice}"
    )


def _changed(
    training: TrainingSpec,
    epochs: int | None,
    steps: int | None,
    batch_size: int | None,
    optimiser: str | None,
    learning_rate: float | None,
    seed: int | None,
) -> TrainingSpec:
    changes: dict[str, Any] = {}
    if epochs is not None:
        changes |= {"epochs": epochs, "steps": 0}
    if steps is not None:
        if steps < 1:
            raise typer.BadParameter("--steps must be at least 1.")
        changes["steps"] = steps
    if batch_size is not None:
        changes["batch_size"] = batch_size
    if seed is not None:
        changes["seed"] = seed
    descent = OPTIMISERS[registry_name(optimiser)]() if optimiser is not None else training.optimiser
    if learning_rate is not None:
        descent = descent.replace(learning_rate=learning_rate)
    return training.replace(optimiser=descent, **changes)


def _with_settings(training: TrainingSpec, settings: list[str]) -> TrainingSpec:
    """The training with settings such as "optimiser.beta1=0.8" changed; the name of a kind means it with its defaults.

    Raises:
        NnvizError: If there is no such setting, or the value does not suit it.
    """
    data: dict[str, Any] = training.to_json()
    for setting in settings:
        path, equals, text = setting.partition("=")
        *folders, name = path.replace("optimizer", "optimiser").split(".")
        parent: Any = data
        for folder in folders:
            parent = parent.get(folder) if isinstance(parent, dict) else None
        if not equals or not isinstance(parent, dict):
            raise typer.BadParameter(f"--set {setting}: NAME=VALUE is needed, as in optimiser.learning_rate=0.01.")
        try:
            value = read_json(text)
        except ValueError:
            value = text
        if isinstance(value, str) and isinstance(parent.get(name), dict):
            value = {"type": value}
        elif isinstance(value, str) and isinstance(parent.get(name), list):
            value = [{"type": kind} for kind in value.split(",")]
        parent[name] = value
    return TrainingSpec.from_json(data)


def _measured(history: History, curve: Any, step: int) -> float:
    """What was measured on validation data behind `step`, or last before it."""
    behind = int(np.searchsorted(history.validation_steps, step, side="right"))
    return float(curve[behind - 1]) if behind else math.nan


def _run(trainer: Any, history: History) -> tuple[History, float, int]:
    """Train to the end; returns the curves, the seconds that it took and the number of trained samples."""
    samples = 0
    began = looked = time.perf_counter()
    with steps_bar() as bar:
        task = bar.add_task("Training", total=trainer.total_steps, completed=trainer.step, note="")
        for step in trainer.steps():
            samples += step.samples if step.phase == "train" else 0
            now = time.perf_counter()
            if now - looked >= LOOK_EVERY_S or step.ends_epoch or trainer.finished:
                looked = now
                stretch = trainer.take_history()
                history += stretch
                trainer.check_finite()
                loss = f"loss {history.loss[-1]:.4f}" if len(history) else ""
                bar.update(task, completed=step.number, note=loss)
                for i, at in enumerate(stretch.validation_steps):
                    accuracy = stretch.validation_accuracy[i]
                    right = f", accuracy {accuracy:.2%}" if math.isfinite(accuracy) else ""
                    say(f"Step {at:,}: validation loss {stretch.validation_loss[i]:.4f}{right}")
    history += trainer.take_history()
    trainer.check_finite()
    return history, time.perf_counter() - began, samples
