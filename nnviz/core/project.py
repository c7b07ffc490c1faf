"""The `.nnviz` file: a network with its data's description, its training, what it learned and how.

A zip of `project.json` (versioned), `weights.safetensors`, `state.safetensors` (optimiser, random generators) and
`history.safetensors`. Nothing in it is ever executed, and reading one never allocates more than the file holds.
"""

from __future__ import annotations

import json
import math
import os
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load as load_tensors
from safetensors.numpy import save as save_tensors

from nnviz import __version__
from nnviz.core.datasets.base import DATASETS, DatasetSpec
from nnviz.core.errors import NnvizError
from nnviz.core.network import NetworkSpec
from nnviz.core.snapshot import History
from nnviz.core.spec import spec_from_json
from nnviz.core.training.spec import TrainingSpec
from nnviz.core.whole_file import whole_file

FORMAT = "nnviz"
VERSION = 2
"""Version 1 knew fewer layers, losses and settings; all that it knew is read as it was."""
LARGEST_JSON = 16 * 1024 * 1024
LARGEST_STEP = 10**15
MEMBERS = ("project.json", "weights.safetensors", "state.safetensors", "history.safetensors")
HISTORY_FIELDS = ("steps", "loss", "accuracy", "validation_steps", "validation_loss", "validation_accuracy")
RATE_FIELDS = ("rate_steps", "rates")
"""Curves that older files lack."""


class ProjectError(NnvizError):
    """A project file that cannot be read or written; the sentence names it and says what is wrong."""


@dataclass(frozen=True)
class ProjectFile:
    """Everything that a `.nnviz` file holds.

    Attributes:
        title: Name for people.
        network: The network.
        dataset: The data that it learns from, as a description.
        training: How it learns.
        weights: Parameters and buffers by name; empty if it was never trained.
        state: The optimiser's tensors and the random generators' states; empty if training cannot go on.
        numbers: "step", the number of batches that it was trained for, and what else belongs to `state`.
        history: The curves.
        results: What was measured at the end: "test_accuracy" and so on.
    """

    title: str
    network: NetworkSpec
    dataset: DatasetSpec
    training: TrainingSpec
    weights: dict[str, NDArray[Any]] = field(default_factory=dict)
    state: dict[str, NDArray[Any]] = field(default_factory=dict)
    numbers: dict[str, Any] = field(default_factory=dict)
    history: History = field(default_factory=History)
    results: dict[str, Any] = field(default_factory=dict)


def save_project(path: Path, project: ProjectFile) -> None:
    """Write a project file; an older one of that name is only replaced when the new one is complete on the disk.

    Raises:
        ProjectError: If it cannot be written.
    """
    description = {
        "format": FORMAT,
        "version": VERSION,
        "written_by": f"nnviz {__version__}",
        "title": project.title,
        "network": project.network.to_json(),
        "dataset": project.dataset.to_json(),
        "training": project.training.to_json(),
        "numbers": project.numbers,
        # JSON has no NaN, and the accuracy of a regression is one.
        "results": {key: value for key, value in project.results.items() if _is_sayable(value)},
    }
    history = {name: getattr(project.history, name) for name in (*HISTORY_FIELDS, *RATE_FIELDS)}
    check_writable(path)
    with whole_file(path, ProjectError) as temporary, temporary.open("xb") as file:
        # Stored, not compressed: weights hardly shrink.
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr("project.json", json.dumps(description, indent=1, allow_nan=False))
            archive.writestr("weights.safetensors", _pack(project.weights))
            archive.writestr("state.safetensors", _pack(project.state))
            archive.writestr("history.safetensors", _pack(history))
        file.flush()
        os.fsync(file.fileno())


def check_writable(path: Path) -> None:
    """Make sure, before long work, that a project can be saved as `path`.

    Raises:
        ProjectError: If there is no such folder, it may not be written to, or `path` is a folder or a device.
    """
    try:
        if path.exists() and not path.is_file():
            what = "a folder" if path.is_dir() else "no ordinary file"
            raise ProjectError(f"{path} is {what}; the name of a .nnviz file is needed.")
        folder = path.absolute().parent
        if not folder.is_dir():
            raise ProjectError(f"{path} cannot be written: there is no folder {folder}. Choose another folder.")
        if not os.access(folder, os.W_OK):
            raise ProjectError(f"{path} cannot be written: {folder} is read-only for you. Choose another folder.")
    except OSError as error:
        raise ProjectError(f"{path} cannot be written: {error.strerror or error}. Choose another name.") from error


def load_project(path: Path, *, weights: bool = True) -> ProjectFile:
    """Read a project file.

    Args:
        path: The file.
        weights: Whether the weights and the state of the training are wanted: they take most of the time.

    Raises:
        ProjectError: If it is missing, damaged, no project, or from a newer version.
    """
    members = _read_members(path, MEMBERS if weights else (MEMBERS[0], MEMBERS[-1]))
    description = _description(path, members["project.json"])
    try:
        network = NetworkSpec.from_json(description["network"])
        arrays = _tensors(path, "weights.safetensors", members)
        # A few bytes of JSON can ask for terabytes: believe them only if the weights are there.
        if arrays and network.parameter_count() > sum(array.size for array in arrays.values()):
            raise _damaged(path, "its weights are fewer than its network has")
        return ProjectFile(
            title=str(description["title"]),
            network=network,
            dataset=spec_from_json(DATASETS, description["dataset"]),
            training=TrainingSpec.from_json(description["training"]),
            weights=arrays,
            state=_tensors(path, "state.safetensors", members),
            numbers=_numbers(path, description.get("numbers", {})),
            history=_history(path, _tensors(path, "history.safetensors", members)),
            results=_object(path, "results", description.get("results", {})),
        )
    except ProjectError:
        raise
    # Before KeyError: a name that no registry knows is both.
    except NnvizError as error:
        raise _damaged(path, str(error)) from error
    except KeyError as error:
        raise _damaged(path, f"{error.args[0]!r} is missing in its project.json") from error
    except (RecursionError, OverflowError) as error:
        raise _damaged(path, f"its project.json describes no network ({error})") from error


def _damaged(path: Path, what: str) -> ProjectError:
    return ProjectError(f"{path} is damaged: {what.rstrip('.')}. Nothing was opened.")


def _read_members(path: Path, wanted: Sequence[str]) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            if MEMBERS[0] not in names:
                raise ProjectError(f"{path} is no nnviz project: it is a zip file without a {MEMBERS[0]}.")
            size = path.stat().st_size
            for name in MEMBERS:
                if names.count(name) != 1:
                    raise _damaged(path, f"it holds {name} {names.count(name)} times")
                info = archive.getinfo(name)
                # Without compression a member cannot be larger than the file, whatever it claims.
                if info.compress_type != zipfile.ZIP_STORED:
                    raise _damaged(path, f"its {name} is compressed, which nnviz never does")
                claimed = max(info.file_size, info.compress_size)
                if claimed > (min(size, LARGEST_JSON) if name == MEMBERS[0] else size):
                    raise _damaged(path, f"its {name} claims {claimed:,} bytes")
            return {name: archive.read(name) for name in wanted}
    except FileNotFoundError as error:
        raise ProjectError(f"There is no file {path}.") from error
    except IsADirectoryError as error:
        raise ProjectError(f"{path} is a folder; a .nnviz file is needed.") from error
    except OSError as error:
        raise ProjectError(f"{path} cannot be read: {error.strerror or error}.") from error
    except ProjectError:
        raise
    except Exception as error:
        # zipfile meets damaged files in many ways: BadZipFile, struct.error, UnicodeDecodeError, RuntimeError ...
        raise ProjectError(f"{path} is no nnviz project, or it is damaged: {str(error).rstrip('.')}.") from error


def _description(path: Path, member: bytes) -> dict[str, Any]:
    try:
        description = json.loads(member, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise _damaged(path, f"its project.json is no JSON ({error})") from error
    if not isinstance(description, dict) or description.get("format") != FORMAT:
        raise ProjectError(f"{path} is no nnviz project: its project.json does not say so.")
    version = description.get("version")
    if type(version) is not int or version < 1:
        raise _damaged(path, f"its version {version!r} is no whole number from 1")
    if version > VERSION:
        raise ProjectError(
            f"{path} was written by a newer nnviz (file version {version}, this nnviz reads up to {VERSION}). "
            "Update nnviz to open it."
        )
    return description


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is no number of JSON")


def _tensors(path: Path, name: str, members: dict[str, bytes]) -> dict[str, NDArray[Any]]:
    if name not in members:
        return {}
    try:
        return {key: np.array(array) for key, array in load_tensors(members[name]).items()}
    except Exception as error:
        # safetensors refuses most damage itself, and passes the rest on to numpy.
        raise _damaged(path, f"its {name} cannot be read ({error})") from error


def _pack(arrays: dict[str, NDArray[Any]]) -> bytes:
    # Not ascontiguousarray: it makes an axis for a single number.
    return save_tensors({name: np.asarray(array, order="C") for name, array in arrays.items()})


def _history(path: Path, arrays: dict[str, NDArray[Any]]) -> History:
    if set(arrays) - set(RATE_FIELDS) != set(HISTORY_FIELDS) or any(array.ndim != 1 for array in arrays.values()):
        raise _damaged(path, "its curves are incomplete")
    if any(array.dtype.kind not in ("iu" if name.endswith("steps") else "f") for name, array in arrays.items()):
        raise _damaged(path, "its curves are no numbers")
    curves: list[Any] = [
        arrays[name].astype(np.int64 if name.endswith("steps") else np.float32) for name in HISTORY_FIELDS
    ]
    if len({len(c) for c in curves[:3]}) != 1 or len({len(c) for c in curves[3:]}) != 1:
        raise _damaged(path, "its curves have different lengths")
    curves += [
        arrays[name].astype(np.int64 if name.endswith("steps") else np.float32)
        for name in RATE_FIELDS
        if name in arrays
    ]
    if len({len(c) for c in curves[6:]}) > 1 or len(curves) == 7:
        raise _damaged(path, "its learning rates have different lengths")
    if any((np.diff(steps, prepend=0) < 0).any() for steps in curves[::3]):
        raise _damaged(path, "its curves are not in the order of their steps")
    return History(*curves)


def _numbers(path: Path, value: Any) -> dict[str, Any]:
    numbers = _object(path, "numbers", value)
    step = numbers.get("step", 0)
    if type(step) is not int or not 0 <= step <= LARGEST_STEP:
        raise _damaged(path, f"its step {step!r} is no whole number from 0")
    return numbers


def _object(path: Path, name: str, value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _damaged(path, f"its {name} are no JSON object")
    return value


def _is_sayable(value: Any) -> bool:
    return not isinstance(value, float) or math.isfinite(value)
