"""The state of a lab as a file: versioned JSON, from which nothing is ever executed."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nnviz.core.errors import NnvizError
from nnviz.core.export.writing import write_text

FORMAT = "nnviz lab"
VERSION = 1
SUFFIX = ".nnlab"
LARGEST_BYTES = 4_000_000
"""No lab writes nearly as much: a larger file is another one that was taken by mistake."""


class LabStateError(NnvizError, ValueError):
    """A lab's file that cannot be read or does not fit; the sentence says what is wrong and what to do."""


@dataclass(frozen=True)
class LabState:
    """Everything that a lab needs to stand where it stood.

    Attributes:
        lab: Registry name of the lab.
        settings: What `Spec.to_json()` says of its settings.
        seed: Where its random numbers begin.
        step: How many steps have been made.
        content: What else the lab keeps (weights that were edited, a point that was dragged), as JSON.
    """

    lab: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    seed: int = 0
    step: int = 0
    content: Mapping[str, Any] = field(default_factory=dict)


def state_to_text(state: LabState) -> str:
    """The state as JSON that a person can read."""
    data = {
        "format": FORMAT,
        "version": VERSION,
        "lab": state.lab,
        "seed": state.seed,
        "step": state.step,
        "settings": dict(state.settings),
        "content": dict(state.content),
    }
    return json.dumps(data, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def state_from_text(text: str, source: str = "The file") -> LabState:
    """The state that `state_to_text` wrote; whether a lab can take it, the lab says.

    Args:
        text: JSON.
        source: What the sentence calls it, for example the file's path.

    Raises:
        LabStateError: If it is damaged, of another kind or newer than this nnviz.
    """
    try:
        data = json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise LabStateError(f"{source} is damaged or no lab of nnviz: it is not JSON. Choose another file.") from None
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise LabStateError(f"{source} is no lab of nnviz. Choose a file that a lab has saved ({SUFFIX}).")
    version = data.get("version")
    if type(version) is not int or version < 1:
        raise LabStateError(f"{source} is damaged: its version is no whole number from 1. Choose another file.")
    if version > VERSION:
        raise LabStateError(
            f"{source} was written by a newer nnviz (version {version} of lab files; this one reads up to {VERSION}). "
            "Update nnviz to open it."
        )
    lab = data.get("lab")
    if not isinstance(lab, str) or not lab:
        raise LabStateError(f"{source} is damaged: it does not say which lab it is for. Choose another file.")
    return LabState(
        lab,
        _mapping(data, "settings", source),
        _count(data, "seed", source),
        _count(data, "step", source),
        _mapping(data, "content", source),
    )


def save_state(path: Path, state: LabState) -> None:
    """Write the state; an older file of that name is only replaced by a complete one.

    Raises:
        ExportError: If it cannot be written.
    """
    write_text(path, state_to_text(state))


def load_state(path: Path) -> LabState:
    """Read a lab's file.

    Raises:
        LabStateError: If there is none, it cannot be read, or it is damaged.
    """
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise LabStateError(f"{path.name} is too large for a lab's file. Choose a file that a lab has saved.")
        content = path.read_bytes()
    except OSError as error:
        reason = error.strerror or error
        raise LabStateError(f"{path.name} cannot be read: {reason}. Choose another file.") from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise LabStateError(f"{path.name} is no lab of nnviz: it is not text. Choose another file.") from None
    return state_from_text(text, path.name)


def numbers(content: Mapping[str, Any], key: str, shape: tuple[int, ...], *, limit: float = 1e6) -> Any:
    """Numbers from a state's content, checked: nested lists of exactly that shape, or None if the key is missing.

    Args:
        content: What the file says.
        key: Which entry.
        shape: Lengths of the nested lists; () for one number.
        limit: Largest magnitude that is let in.

    Raises:
        LabStateError: If anything else stands there.
    """
    if key not in content:
        return None
    return _numbers(content[key], key, shape, limit)


def _numbers(value: Any, key: str, shape: tuple[int, ...], limit: float) -> Any:
    if not shape:
        if type(value) not in (int, float) or not math.isfinite(value) or abs(value) > limit:
            raise LabStateError(f"The file is damaged: {value!r} in {key!r} is no number up to {limit:g}.")
        return float(value)
    if not isinstance(value, list) or len(value) != shape[0]:
        raise LabStateError(f"The file is damaged: {key!r} should hold {shape[0]} entries.")
    return [_numbers(entry, key, shape[1:], limit) for entry in value]


def _mapping(data: dict[str, Any], key: str, source: str) -> dict[str, Any]:
    value = data.get(key, {})
    if not isinstance(value, dict):
        raise LabStateError(f"{source} is damaged: its {key} are no JSON object. Choose another file.")
    return value


def _count(data: dict[str, Any], key: str, source: str) -> int:
    value = data.get(key, 0)
    if type(value) is not int or not 0 <= value < 2**31:
        raise LabStateError(f"{source} is damaged: its {key} is no whole number from 0. Choose another file.")
    return value


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is no number of JSON")
