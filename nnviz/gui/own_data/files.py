"""Which files may be data, and what data from files is called in the window."""

from __future__ import annotations

from pathlib import Path

from nnviz.core.datasets.base import DATASETS, DatasetSpec
from nnviz.core.spec import Param
from nnviz.gui.spec_text import spec_text


def path_param(cls: type[DatasetSpec]) -> Param | None:
    """The parameter that says where the data lies: the first path among them, or None if there is none."""
    return next((info for info in cls.params() if info.path), None)


def data_path(spec: DatasetSpec) -> Path | None:
    """The file or folder that the data is read from, or None if it is not from files of the user's."""
    info = path_param(type(spec))
    text = str(getattr(spec, info.name)) if spec.own and info is not None else ""
    return Path(text) if text else None


def data_title(spec: DatasetSpec) -> str:
    """What people call the data: its title, or the name of the file or folder that it is read from."""
    path = data_path(spec)
    return path.name if path is not None and path.name else spec_text(spec.title)


def suffixes() -> tuple[str, ...]:
    """The endings of all files that may be data, each once."""
    infos = (path_param(kind) for kind in DATASETS if kind.own)
    return tuple(dict.fromkeys(suffix for info in infos if info is not None for suffix in info.suffixes))


def is_data(path: Path) -> bool:
    """Whether this may be data, by its name alone: it is asked while something hovers over the window."""
    name = path.name.lower()
    if name.endswith(".nnviz"):
        return False
    # IDX files have no ending of their own: train-images-idx3-ubyte, labels.idx1-ubyte.gz.
    return name.endswith(suffixes()) or any(part in name for part in ("-idx", ".idx", "-ubyte")) or path.is_dir()
