"""`nnviz open`."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Annotated

import typer

from nnviz.core.cli.sources import data_folder

WINDOW = "nnviz.launch"
"""What opens the window is found by name when it is wanted: the core does not import it."""


def open(  # noqa: A001 - the command's own name
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A .nnviz file.")],
) -> None:
    """Open the window on a project, as `nnviz FILE.nnviz` does too."""
    window = importlib.import_module(WINDOW)
    raise typer.Exit(window.window_main(data_dir=data_folder(context, None), file=file))
