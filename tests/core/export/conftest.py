"""MNIST with few images, so that scripts which read its files take no time."""

from __future__ import annotations

import gzip
import hashlib
import struct
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from nnviz.core.datasets.fashion_mnist import FashionMnist
from nnviz.core.datasets.mnist import Mnist

COUNTS = (300, 300, 20, 20)


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with 270 training, 30 validation and 20 test images, which MNIST now takes for its own."""
    folder = tmp_path / "data"
    folder.mkdir()
    rng = np.random.default_rng(1)
    files = []
    for file, count in zip(Mnist.file_set.files, COUNTS, strict=True):
        dims = (count, *file.dims[1:])
        values = rng.integers(0, 256 if len(dims) == 3 else 10, dims, dtype=np.uint8)
        content = struct.pack(f">HBB{len(dims)}I", 0, 8, len(dims), *dims) + values.tobytes()
        (folder / f"{file.name}.gz").write_bytes(gzip.compress(content))
        files.append(replace(file, dims=dims, sha256=hashlib.sha256(content).hexdigest()))
    for kind in (Mnist, FashionMnist):
        monkeypatch.setattr(kind, "file_set", replace(kind.file_set, files=tuple(files)))
        monkeypatch.setattr(kind, "validation_size", 30)
    return folder
