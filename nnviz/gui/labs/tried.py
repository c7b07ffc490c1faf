"""What was tried before in the lab on overfitting: a training's validation losses, thinned, and how they are kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from PySide6.QtCore import QCoreApplication

from nnviz.core.labs.overfitting import METHODS
from nnviz.core.labs.state import LabStateError, numbers
from nnviz.gui.spec_text import spec_text

MOST_POINTS = 101
LARGEST_LOSS = 1e6


@dataclass(frozen=True)
class Tried:
    """One training that was made before on the same points.

    Attributes:
        method: One of `METHODS`.
        value: The number that belongs to the method: lambda, c, the rate or the patience; 0 if none does.
        units: Units in each hidden layer.
        steps: Steps that it was trained.
        kept: The step whose weights were kept.
        loss: Validation loss of those weights.
        curve: Validation losses, evenly taken from the first step to the last one.
    """

    method: str
    value: float
    units: int
    steps: int
    kept: int
    loss: float
    curve: tuple[float, ...]

    @classmethod
    def of(cls, method: str, value: float, units: int, losses: Sequence[float], kept: int) -> Tried:
        """The training whose validation losses are these, from the start on."""
        steps = len(losses) - 1
        places = np.linspace(0, steps, min(len(losses), MOST_POINTS))
        taken = np.interp(places, np.arange(len(losses)), losses)
        curve = tuple(_rounded(loss) for loss in taken.tolist())
        return cls(method, value, units, steps, kept, _rounded(losses[kept]), curve)

    @property
    def name(self) -> tuple[str, float, int]:
        """What tells it from others: the same again takes its place."""
        return self.method, self.value, self.units

    def label(self, units: int) -> str:
        """What a legend calls it, beside a network of `units` units per layer."""
        text = method_label(self.method, self.value)
        if self.units == units:
            return text
        return QCoreApplication.translate("Tried", "{0}, {1} units").format(text, self.units)


def method_label(method: str, value: float) -> str:
    """A method with its number: "L2 0.01"."""
    name = spec_text(method)
    return f"{name} {value:g}" if value else name


def tried_to(tried: Tried) -> dict[str, Any]:
    """As JSON."""
    return {
        "method": tried.method,
        "value": tried.value,
        "units": tried.units,
        "steps": tried.steps,
        "kept": tried.kept,
        "loss": tried.loss,
        "curve": list(tried.curve),
    }


def tried_from(content: Mapping[str, Any], most: int) -> list[Tried]:
    """What a state's content says under "tried".

    Args:
        content: Of the state.
        most: How many there can be.

    Raises:
        LabStateError: If it is damaged.
    """
    entries = content.get("tried", [])
    if not isinstance(entries, list) or len(entries) > most:
        raise LabStateError(f"The file is damaged: 'tried' should hold at most {most} entries.")
    return [_tried(entry) for entry in entries]


def _tried(entry: Any) -> Tried:
    if not isinstance(entry, dict) or entry.get("method") not in METHODS:
        raise LabStateError("The file is damaged: an entry of 'tried' has no method.")
    given = {key: numbers(entry, key, (), limit=LARGEST_LOSS) for key in ("value", "units", "steps", "kept", "loss")}
    curve = entry.get("curve")
    if None in given.values() or not isinstance(curve, list) or not 2 <= len(curve) <= MOST_POINTS:
        raise LabStateError("The file is damaged: an entry of 'tried' is not complete.")
    losses = numbers(entry, "curve", (len(curve),), limit=LARGEST_LOSS)
    whole = {key: abs(int(given[key])) for key in ("units", "steps", "kept")}
    return Tried(entry["method"], given["value"], loss=given["loss"], curve=tuple(losses), **whole)


def _rounded(loss: float) -> float:
    # As many digits as a chart can show: the state stays small.
    return float(f"{min(loss, LARGEST_LOSS):.5g}")
