"""Where the commands write: results to standard output, everything else to standard error."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from nnviz.core.project import ProjectError
from nnviz.core.registry import UnknownNameError
from nnviz.core.spec import SpecError

stderr = Console(stderr=True, highlight=False, soft_wrap=True)


def say(sentence: str) -> None:
    """Print one sentence to standard error."""
    stderr.print(sentence, markup=False)


def print_json(result: dict[str, Any]) -> None:
    """Print one JSON object on one line; what is no finite number becomes null, which JSON can say."""
    print(json.dumps({key: _finite(value) for key, value in result.items()}), flush=True)


def print_table(result: dict[str, Any]) -> None:
    """Print names and values for people."""
    table = Table(show_header=False, box=None, pad_edge=False)
    for key, value in result.items():
        if value is not None:
            table.add_row(key.replace("_", " "), f"{value:,.4g}" if isinstance(value, float) else str(value))
    Console(highlight=False).print(table)


@contextmanager
def wrong_call() -> Iterator[None]:
    """Within it, a wrong value, name or place to write to is a wrong call: exit code 2 and a sentence."""
    try:
        yield
    except (SpecError, UnknownNameError, ProjectError) as error:
        raise typer.BadParameter(str(error)) from error


@contextmanager
def loading_bar() -> Iterator[Callable[[str, int, int], None]]:
    """A progress bar for a download; gives the callback that moves it."""
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=stderr, transient=True, disable=not stderr.is_terminal) as progress:
        tasks: dict[str, Any] = {}

        def move(what: str, done: int, total: int) -> None:
            if what not in tasks:
                if not stderr.is_terminal:
                    say(f"{what} ...")
                tasks[what] = progress.add_task(what)
            progress.update(tasks[what], completed=done, total=total or None)

        yield move


def steps_bar() -> Progress:
    """A progress bar that counts training steps."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[note]}"),
    )
    return Progress(*columns, console=stderr, transient=True, disable=not stderr.is_terminal)


def _finite(value: Any) -> Any:
    return None if isinstance(value, float) and not math.isfinite(value) else value
