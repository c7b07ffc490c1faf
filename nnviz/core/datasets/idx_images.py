"""What MNIST and its relatives share: four IDX files become three splits of images."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from nnviz.core.datasets.base import DataError, Dataset, DatasetSpec, LoadContext, Split
from nnviz.core.datasets.files import FileSet
from nnviz.core.datasets.method_source import literal
from nnviz.core.shape import Shape


@dataclass(frozen=True, kw_only=True)
class IdxImages(DatasetSpec):
    """Grey images and labels in four IDX files: training images and labels, test images and labels.

    The first `validation_size` images of the training file are the validation split and the rest is the training
    split, as in the TensorFlow tutorials that the chapter follows; the test files are the test split. Nothing is drawn
    at random, so everyone has the same splits.

    Attributes:
        file_set: The files.
        validation_size: Number of images taken from the training file for validation.
    """

    needs_download = True
    file_set: ClassVar[FileSet]
    validation_size: ClassVar[int] = 5_000

    @property
    def input_shape(self) -> Shape:
        """(1, H, W), as the training file's images have it."""
        return Shape((1, *self.file_set.files[0].dims[1:]))

    def load(self, context: LoadContext) -> Dataset:
        """Read the files, downloading what is missing.

        Raises:
            LoadCancelled: If the context says so.
            DataError: If a file cannot be had, is damaged or holds a label that is no class.
        """
        images, labels, test_images, test_labels = self.file_set.read(context)
        x, y = self._images(images), self._labels(labels, 1)
        held = self.validation_size
        return Dataset(
            spec=self,
            train=Split(x[held:], y[held:]),
            validation=Split(x[:held], y[:held]),
            test=Split(self._images(test_images), self._labels(test_labels, 3)),
        )

    def train_samples(self) -> int:
        """The training file's images without those for validation."""
        return self.file_set.files[0].dims[0] - self.validation_size

    def script(self) -> str:
        """Search of the files in a folder, download of what is missing, and the reader, in few lines."""
        lines = ["MIRRORS = ("]
        lines += [f'    "{address}",' for address in self.file_set.mirrors]
        lines += [
            ")",
            "",
            "# Name, shape, SHA-256 of the unpacked file, MD5 of the packed one; empty if not known.",
            "FILES = (",
        ]
        for file in self.file_set.files:
            lines += ["    (", f'        "{file.name}",', f"        {file.dims!r},"]
            lines += [f'        "{file.sha256}",', f'        "{file.packed_md5}",', "    ),"]
        lines += [")", f"FOLDERS = {literal(('.', self.file_set.name, *self.file_set.folders))}"]
        lines += [f"VALIDATION_SIZE = {self.validation_size!r}"]
        return f"{_IMPORTS}\n" + "\n".join(lines) + "\n" + _LOAD_DATA

    def _images(self, values: NDArray[np.uint8]) -> NDArray[np.float32]:
        # (N, H, W) bytes -> (N, 1, H, W) in [0, 1]. Dividing, not multiplying by 1/255: 255 must become exactly 1.
        return np.divide(values[:, None], np.float32(255), dtype=np.float32)

    def _labels(self, values: NDArray[np.uint8], position: int) -> NDArray[np.int64]:
        if (largest := int(values.max())) >= len(self.classes):
            raise DataError(
                f"{self.title}'s file {self.file_set.files[position].name} is wrong: expected labels from 0 to "
                f"{len(self.classes) - 1}; found {largest} at position {int(values.argmax())}. "
                "Replace it by a fresh copy."
            )
        return values.astype(np.int64)


_IMPORTS = """
import gzip
import hashlib
import math
import struct
import urllib.request
from pathlib import Path

import numpy as np
"""

_LOAD_DATA = '''

def find_or_download(name, packed_md5, folder):
    """The file's bytes, unpacked: from the folder, else from the first mirror that has it."""
    for place in FOLDERS:
        for path in (folder / place / name, folder / place / f"{name}.gz"):
            if path.is_file():
                return unpacked(path.read_bytes())
    failures = []
    for mirror in MIRRORS:
        address = f"{mirror}/{name}.gz"
        print(f"Downloading {address}")
        try:
            with urllib.request.urlopen(address, timeout=60) as answer:
                packed = answer.read()
        except OSError as error:
            failures.append(f"{address}: {error}")
            continue
        if packed_md5 and hashlib.md5(packed, usedforsecurity=False).hexdigest() != packed_md5:
            failures.append(f"{address}: another file than expected")
            continue
        folder.mkdir(parents=True, exist_ok=True)
        part = folder / f"{name}.gz.part"
        part.write_bytes(packed)
        part.replace(folder / f"{name}.gz")
        return unpacked(packed)
    raise SystemExit(f"{name} is not in {folder} and cannot be downloaded: " + "; ".join(failures))


def unpacked(content):
    """The bytes of a file that may be packed with gzip."""
    return gzip.decompress(content) if content[:2] == b"\\x1f\\x8b" else content


def read_idx(name, shape, sha256, packed_md5, folder):
    """The array in an IDX file: a header with the lengths of its axes, then unsigned bytes."""
    content = find_or_download(name, packed_md5, folder)
    header = struct.pack(f">HBB{len(shape)}I", 0, 8, len(shape), *shape)
    if content[: len(header)] != header or len(content) != len(header) + math.prod(shape):
        raise SystemExit(f"{name} in {folder} is damaged: remove it and start again.")
    if sha256 and hashlib.sha256(content).hexdigest() != sha256:
        raise SystemExit(f"{name} in {folder} is another file: remove it and start again.")
    return np.frombuffer(content, np.uint8, offset=len(header)).reshape(shape)


def load_data(folder=Path("data")):
    """Images, (N, 1, H, W) in [0, 1], and classes, (N,): training, validation and test.

    The first images of the training file are for validation, the rest is for training.
    """
    images, labels, test_images, test_labels = (read_idx(*file, folder) for file in FILES)
    x = np.divide(images[:, None], np.float32(255), dtype=np.float32)
    y = labels.astype(np.int64)
    test_x = np.divide(test_images[:, None], np.float32(255), dtype=np.float32)
    test_y = test_labels.astype(np.int64)
    held = VALIDATION_SIZE
    return x[held:], y[held:], x[:held], y[:held], test_x, test_y
'''
