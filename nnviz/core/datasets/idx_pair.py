"""A pair of IDX files: images and their labels."""

from __future__ import annotations

import gzip
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nnviz.core.datasets.base import DATASETS, DataError, LoadCancelled, LoadContext
from nnviz.core.datasets.idx import GZIP_MAGIC, UNSIGNED_BYTE, read_idx
from nnviz.core.datasets.own_data import MOST_VALUES, Contents, OwnData
from nnviz.core.ink import MNIST, InkRecipe
from nnviz.core.shape import Shape
from nnviz.core.spec import param

DIGITS = tuple("0123456789")


@DATASETS.register
@dataclass(frozen=True, kw_only=True)
class IdxPair(OwnData):
    """Grey images and their labels in two IDX files, packed with gzip or not, as MNIST and its relatives have them.

    Given one of the two, the other is found beside it by its name. Where files for the test lie beside those for
    training (t10k or test in place of train in their names), they are the test split.

    Input shape: (1, H, W), float32 in [0, 1]
    Source: LeCun, Cortes & Burges, THE MNIST DATABASE, file formats.
    """

    title = "IDX pair"

    path: str = param("", "The file with the images.", path="file")
    labels: str = param("", "The file with the labels; found beside the images if empty.", path="file")
    test_files: bool = param(True, "Whether files for the test that lie beside those for training are the test split.")

    @classmethod
    def suits(cls, path: Path) -> bool:
        """A file that begins as IDX files of bytes do."""
        return _rank(path) in (1, 2, 3)

    @classmethod
    def anchor(cls, path: Path) -> Path:
        """The images, also if the labels were named."""
        if _rank(path) != 1:
            return path
        images = _beside(path, "labels", "images", "1", "3")
        if images is None:
            raise DataError(
                f"{path.name} holds labels, and no images were found beside it: expected a file of that name with "
                "'images' in place of 'labels'. Open the file with the images and name this one as its labels."
            )
        return images

    @property
    def ink(self) -> InkRecipe | None:
        """MNIST's, for images of its size that show the ten digits."""
        return MNIST if self.input_shape == Shape((1, 28, 28)) and self.class_names == DIGITS else None

    def files(self, path: Path) -> list[Path]:
        """Images and labels, also those for the test."""
        return [file for pair in self._pairs(path) for file in pair]

    def read(self, path: Path, context: LoadContext) -> Contents:
        """Both files, or all four."""
        pairs = self._pairs(path)
        images, labels = [], []
        for x_file, y_file in pairs:
            if context.cancelled():
                raise LoadCancelled(f"Reading {x_file.name} was cancelled.")
            x, y = _read(x_file), _read(y_file)
            if x.ndim not in (2, 3) or not x.size:
                raise DataError(
                    f"{x_file.name} must hold images, (N, H, W); its shape is {x.shape}. Choose the file with images."
                )
            if y.ndim != 1 or len(y) != len(x):
                raise DataError(
                    f"{y_file.name} must hold one label for each of the {len(x):,} images in {x_file.name}; its shape "
                    f"is {y.shape}. Choose the two files that belong together."
                )
            images.append(x)
            labels.append(y)
        if len({x.shape[1:] for x in images}) > 1:
            raise DataError(
                f"{pairs[1][0].name} must hold images of the same size as {path.name}: {images[0].shape[1:]} was "
                f"expected; {images[1].shape[1:]} was found. Switch the test files off to use the others alone."
            )
        classes = np.unique(np.concatenate(labels))
        notes = (f"The test split is {pairs[1][0].name}.",) if len(pairs) > 1 else ()
        return Contents(
            x=np.concatenate(images).reshape(-1, 1, *images[0].shape[1:])
            if images[0].ndim == 3
            else np.concatenate(images),
            y=np.searchsorted(classes, np.concatenate(labels)).astype(np.int64),
            class_names=tuple(map(str, classes)),
            given=(len(images[0]), 0, len(images[1])) if len(pairs) > 1 else None,
            notes=notes,
            constants={"FILES": tuple((str(x), str(y)) for x, y in pairs)},
        )

    def reading_script(self) -> tuple[tuple[str, ...], str]:
        """The format in a few lines."""
        return ("import gzip", "import struct", "from pathlib import Path"), _READ_SAMPLES

    def _pairs(self, path: Path) -> list[tuple[Path, Path]]:
        if not _rank(path):
            # Says what is wrong with it.
            _read(path)
        if _rank(path) == 1:
            raise DataError(f"{path.name} holds labels; the file with the images is needed. Choose that one.")
        if self.labels:
            return [(path, Path(self.labels).expanduser().absolute())]
        labels = _beside(path, "images", "labels", "3", "1")
        if labels is None:
            raise DataError(
                f"{path.name} needs a file with labels, and none was found beside it: expected the same name with "
                "'labels' in place of 'images'. Put it there, or choose it."
            )
        pairs = [(path, labels)]
        for word in ("t10k", "test") if self.test_files else ():
            images = _renamed(path, "train", word)
            if images is not None and (of_test := _beside(images, "images", "labels", "3", "1")) is not None:
                return [*pairs, (images, of_test)]
        return pairs


_READ_SAMPLES = '''
def read_idx(path):
    """Bytes in an IDX file: four bytes of which the last is the number of axes, their lengths, then the values."""
    data = Path(path).read_bytes()
    if data[:2] == b"\\x1f\\x8b":
        data = gzip.decompress(data)
    start = 4 + 4 * data[3]
    return np.frombuffer(data, np.uint8, offset=start).reshape(struct.unpack(f">{data[3]}I", data[4:start]))


def read_samples():
    """Bytes, (N, 1, H, W), and class indices, (N,)."""
    x = np.concatenate([read_idx(images) for images, _ in FILES])
    labels = np.concatenate([read_idx(file) for _, file in FILES])
    y = np.unique(labels, return_inverse=True)[1].astype(np.int64)
    return (x[:, None] if x.ndim == 3 else x), y
'''


def _read(path: Path) -> NDArray[np.uint8]:
    try:
        return read_idx(path, called=path.name, most_bytes=MOST_VALUES)
    except DataError as error:
        raise DataError(f"{error} Choose another file, or put a good copy in its place.") from None


def _rank(path: Path) -> int:
    """Number of axes of an IDX file of bytes; 0 if this is none."""
    try:
        with path.open("rb") as file:
            start = file.read(4)
            if start[:2] == GZIP_MAGIC:
                file.seek(0)
                with gzip.GzipFile(fileobj=file) as unpacked:
                    start = unpacked.read(4)
    except (OSError, EOFError, zlib.error):
        return 0
    return start[3] if len(start) == 4 and start[:3] == bytes((0, 0, UNSIGNED_BYTE)) else 0


def _beside(path: Path, word: str, other: str, rank: str, other_rank: str) -> Path | None:
    """The file that is called like this one with `other` in place of `word`, and with its own number of axes."""
    found = _renamed(path, word, other, (f"idx{rank}", f"idx{other_rank}"))
    return found if found is not None else _renamed(path, word, other)


def _renamed(path: Path, old: str, new: str, more: tuple[str, str] = ("", "")) -> Path | None:
    """An existing file whose name is this one's with `old` replaced, packed or not, or None."""
    name = path.name.removesuffix(".gz")
    if old not in name or more[0] not in name:
        return None
    wanted = name.replace(old, new, 1)
    if more[0]:
        wanted = wanted.replace(*more, 1)
    same = ".gz" if path.name.endswith(".gz") else ""
    endings = (same, "" if same else ".gz")
    return next((file for end in endings if (file := path.with_name(wanted + end)).is_file()), None)
