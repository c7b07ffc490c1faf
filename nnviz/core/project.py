"""The `.nnviz` file: a network with its data's description, its training, what it learned and how.

A zip of `project.json` (versioned), `weights.safetensors`, `state.safetensors` (optimiser, random generators) and
`history.safetensors`. Nothing in it is ever executed, and reading one never allocates more than the file holds.
"""

from __future__ import annotations

import json
import os
import tempfile
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load as load_tensors
from safetensors.numpy import save as save_tensors

from nnviz import __version__
from nnviz.core.datasets.base import DATASETS, DatasetSpec
from nnviz.core.errors import NnvizError
from nnviz.core.network import NetworkSpec
from nnviz.core.snapshot import History
from nnviz.core.spec import spec_from_json
from nnviz.core.training.spec import TrainingSpec

FORMAT = "nnviz"
VERSION = 1
LARGEST_JSON = 16 * 1024 * 1024
LARGEST_MEMBER = 8 * 1024**3
HISTORY_FIELDS = ("steps", "loss", "accuracy", "validation_steps", "validation_loss", "validation_accuracy")


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
        numbers: Step, learning rates and the like, belonging to `state`.
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
        "results": project.results,
    }
    history = {name: np.ascontiguousarray(getattr(project.history, name)) for name in HISTORY_FIELDS}
    temporary: str | None = None
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            # Stored, not compressed: weights hardly shrink.
            with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
                archive.writestr("project.json", json.dumps(description, indent=1))
                archive.writestr("weights.safetensors", _pack(project.weights))
                archive.writestr("state.safetensors", _pack(project.state))
                archive.writestr("history.safetensors", _pack(history))
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
        temporary = None
    except OSError as error:
        raise ProjectError(f"{path} cannot be written: {error.strerror or error}. Choose another folder.") from error
    finally:
        if temporary is not None and os.path.exists(temporary):
            os.unlink(temporary)


def load_project(path: Path) -> ProjectFile:
    """Read a project file.

    Raises:
        ProjectError: If it is missing, damaged, no project, or from a newer version.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            description = _read_json(path, archive)
            network = NetworkSpec.from_json(description["network"])
            weights = _read_tensors(path, archive, "weights.safetensors")
            # A few bytes of JSON can ask for terabytes: believe them only if the weights are there.
            if weights and network.parameter_count() > sum(array.size for array in weights.values()):
                raise _damaged(path, "its weights are fewer than its network has")
            return ProjectFile(
                title=str(description["title"]),
                network=network,
                dataset=spec_from_json(DATASETS, description["dataset"]),
                training=TrainingSpec.from_json(description["training"]),
                weights=weights,
                state=_read_tensors(path, archive, "state.safetensors"),
                numbers=_object(path, description.get("numbers", {})),
                history=_history(path, _read_tensors(path, archive, "history.safetensors")),
                results=_object(path, description.get("results", {})),
            )
    except FileNotFoundError as error:
        raise ProjectError(f"There is no file {path}.") from error
    except IsADirectoryError as error:
        raise ProjectError(f"{path} is a folder; a .nnviz file is needed.") from error
    except KeyError as error:
        raise _damaged(path, f"{error.args[0]!r} is missing") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise ProjectError(f"{path} is no nnviz project, or it is damaged: {error}.") from error
    except OSError as error:
        raise ProjectError(f"{path} cannot be read: {error.strerror or error}.") from error
    except ProjectError:
        raise
    except NnvizError as error:
        raise _damaged(path, str(error)) from error


def _damaged(path: Path, what: str) -> ProjectError:
    return ProjectError(f"{path} is damaged: {what.rstrip('.')}. Nothing was opened.")


def _read_json(path: Path, archive: zipfile.ZipFile) -> dict[str, Any]:
    info = archive.getinfo("project.json") if "project.json" in archive.namelist() else None
    if info is None:
        raise ProjectError(f"{path} is no nnviz project: it is a zip file without a project.json.")
    if info.file_size > LARGEST_JSON:
        raise _damaged(path, f"its project.json claims {info.file_size} bytes")
    try:
        description = json.loads(archive.read(info))
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


def _read_tensors(path: Path, archive: zipfile.ZipFile, member: str) -> dict[str, NDArray[Any]]:
    info = archive.getinfo(member)
    # Members are stored, so a size that the file itself does not have is a lie (or a zip bomb).
    if info.file_size > min(LARGEST_MEMBER, os.path.getsize(path)):
        raise _damaged(path, f"{member} claims {info.file_size} bytes")
    try:
        return {name: np.array(array) for name, array in load_tensors(archive.read(info)).items()}
    except (SafetensorError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise _damaged(path, f"{member} cannot be read ({error})") from error


def _pack(arrays: dict[str, NDArray[Any]]) -> bytes:
    return save_tensors({name: np.ascontiguousarray(array) for name, array in arrays.items()})


def _history(path: Path, arrays: dict[str, NDArray[Any]]) -> History:
    if set(arrays) != set(HISTORY_FIELDS) or any(array.ndim != 1 for array in arrays.values()):
        raise _damaged(path, "its curves are incomplete")
    curves = [arrays[name] for name in HISTORY_FIELDS]
    if len({len(c) for c in curves[:3]}) != 1 or len({len(c) for c in curves[3:]}) != 1:
        raise _damaged(path, "its curves have different lengths")
    return History(*curves)


def _object(path: Path, value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _damaged(path, "a JSON object was expected")
    return value
