"""Where a command's network and data come from: a preset, a file, or the bundled network."""

from __future__ import annotations

import math
import os
from pathlib import Path
from typing import Any

import numpy as np
import typer

from nnviz.core.cli.console import loading_bar, wrong_call
from nnviz.core.datasets import DATASETS, Dataset, DatasetSpec, LoadContext
from nnviz.core.datasets.own_data import OwnData, own_data_kind
from nnviz.core.presets import PRESETS
from nnviz.core.project import ProjectFile, load_project
from nnviz.core.runs import RunFolder
from nnviz.core.snapshot import History

RECENT_STEPS = 100
"""Last steps over which `train_loss` is averaged; a single batch says little."""


def registry_name(typed: str) -> str:
    """The registry's spelling of what people type: `fast-cnn` and `Fast_CNN` are `fast_cnn`."""
    return typed.strip().lower().replace("-", "_")


def project_of(preset_or_file: str) -> ProjectFile:
    """The preset of that name, or the project in the file or kept run of that name.

    Raises:
        typer.BadParameter: If there is no such preset.
        ProjectError: If the file cannot be read.
    """
    name = registry_name(preset_or_file)
    folder = Path(preset_or_file)
    # Unlike those of Path, these take a name that no file can have (endless, say) for one that no file has.
    if os.path.isfile(folder / "run.json"):
        return RunFolder(folder).project()
    # A preset's name is a preset even where a folder of that name lies about.
    if name not in PRESETS and (preset_or_file.lower().endswith(".nnviz") or os.path.exists(preset_or_file)):
        return load_project(Path(preset_or_file))
    with wrong_call():
        preset = PRESETS[name]
    return ProjectFile(preset.title, preset.network, preset.dataset, preset.training)


def dataset_of(name: str) -> DatasetSpec:
    """The data set of that name with its default settings.

    Raises:
        typer.BadParameter: If there is none.
    """
    with wrong_call():
        return DATASETS[registry_name(name)]()


def own_data_of(path: Path, options: list[str]) -> OwnData:
    """The data in a file or folder of the user's, opened with settings such as "label=species".

    Raises:
        typer.BadParameter: If a setting is unknown or does not fit.
        DataError: If the file cannot be used.
    """
    kind = own_data_kind(path)
    infos = {info.name: info for info in kind.params() if info.editable and info.name != "path"}
    settings: dict[str, Any] = {}
    for option in options:
        typed, equals, text = option.partition("=")
        name = registry_name(typed)
        if not equals or name not in infos:
            raise typer.BadParameter(
                f"--data-option needs NAME=VALUE, where NAME is one of {', '.join(infos)}; {option!r} is not."
            )
        settings[name] = _typed(text, infos[name].type)
    with wrong_call(), loading_bar() as progress:
        return kind.inspect(path, context=LoadContext(progress=progress), **settings)


def _typed(text: str, kind: type) -> Any:
    """The text as a value of this kind, or as it is if it is none: the spec then says what is wrong."""
    if kind is bool:
        return {"true": True, "yes": True, "false": False, "no": False}.get(text.lower(), text)
    try:
        return kind(text) if kind in (int, float) else text
    except ValueError:
        return text


def data_folder(context: typer.Context, data_dir: Path | None) -> Path | None:
    """The folder that was named behind a command, else the one that was named before it; None if there is neither."""
    before: Path | None = context.parent.params.get("data_dir") if context.parent is not None else None
    return before if data_dir is None else data_dir


def load_data(spec: DatasetSpec, data_dir: Path | None, offline: bool) -> Dataset:
    """Load a data set, with a progress bar if it is downloaded.

    Raises:
        DataError: If it cannot be had.
    """
    with loading_bar() as progress:
        return spec.load(LoadContext(data_dir=data_dir, download=not offline, progress=progress))


def recent_loss(history: History) -> float:
    """Mean training loss of the last `RECENT_STEPS` measured steps; NaN if there are none."""
    return float(np.mean(history.loss[-RECENT_STEPS:])) if len(history) else math.nan
