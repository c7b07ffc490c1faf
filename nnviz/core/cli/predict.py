"""`nnviz predict`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from numpy.typing import NDArray

from nnviz.core.cli.console import print_json, say
from nnviz.core.ink import InkRecipe, Preparation, prepare_strokes
from nnviz.core.project import load_project
from nnviz.core.strokes import read_strokes

AT_ONCE = 256
"""Drawings that are read, prepared and answered together; a file may hold any number."""


def predict(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="FILE", help="A .nnviz file; the bundled network if none.")
    ] = None,
    image: Annotated[list[Path] | None, typer.Option(metavar="PNG...", help="Pictures of one digit each.")] = None,
    strokes: Annotated[Path | None, typer.Option(help="JSON lines of pen strokes; .gz may be packed.")] = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON object per input.")] = False,
) -> None:
    """Read digits from pictures or pen strokes."""
    if (image is None) == (strokes is None):
        raise typer.BadParameter("Give --image or --strokes: one of them is needed, and only one.")
    models = [path for path in files or [] if path.suffix == ".nnviz"]
    others = [path for path in files or [] if path.suffix != ".nnviz"]
    if len(models) > 1 or (others and image is None):
        raise typer.BadParameter("One .nnviz file is enough; pictures go behind --image.")

    from nnviz.core.reader import DigitReader, bundled_project

    reader = DigitReader(load_project(models[0]) if models else bundled_project())
    if strokes is not None:
        inputs = _from_strokes(strokes, reader.recipe)
    else:
        inputs = _from_pictures([*(image or []), *others], reader.recipe)
    known = right = 0
    while batch := list(islice(inputs, AT_ONCE)):
        answers = reader.read([preparation for _, preparation, _ in batch])
        for (name, _, label), answer in zip(batch, answers, strict=True):
            _print(name, answer, reader.classes, json)
            if label is not None:
                known += 1
                right += answer is not None and int(np.argmax(answer)) == label
    if known:
        say(f"{right:,} of {known:,} labelled drawings read rightly: {right / known:.2%}.")


def _from_strokes(path: Path, recipe: InkRecipe) -> Iterator[tuple[str, Preparation, int | None]]:
    for number, drawing in enumerate(read_strokes(path), start=1):
        yield f"drawing {number}", prepare_strokes(drawing, recipe), drawing.label


def _from_pictures(paths: Iterable[Path], recipe: InkRecipe) -> Iterator[tuple[str, Preparation, int | None]]:
    from nnviz.core.pictures import prepare_picture

    for path in paths:
        yield path.name, prepare_picture(path, recipe), None


def _print(name: str, answer: NDArray[np.float64] | None, classes: tuple[str, ...], json: bool) -> None:
    if answer is None:
        print_json({"digit": None, "probabilities": None}) if json else print(f"{name}: blank, nothing to read")
        return
    best = int(np.argmax(answer))
    if json:
        print_json({"digit": best, "probabilities": [round(float(p), 6) for p in answer]})
    else:
        print(f"{name}: {classes[best]} ({answer[best]:.1%})")
