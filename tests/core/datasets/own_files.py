"""Small files such as people have, written for a test."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from nnviz.core.datasets import DATASETS, Dataset, LoadContext
from nnviz.core.datasets.own_data import OwnData
from nnviz.core.my_digits import MyDigits
from nnviz.core.strokes import Drawing

KINDS = ("csv_table", "image_folder", "npz_arrays", "idx_pair", "my_digits")


def kind(name: str) -> type[OwnData]:
    """The registered class."""
    cls = DATASETS[name]
    assert issubclass(cls, OwnData)
    return cls


def flowers(folder: Path, rows: int = 60) -> Path:
    """A table of two numbers and a colour, from which the kind of flower can be told."""
    path = folder / "flowers.csv"
    lines = ["length,petal width,colour,kind"]
    for n in range(rows):
        lines.append(f"{n % 7 + n % 3},{n % 5 / 4},{('red', 'blue')[n % 2]},{('rose', 'lily', 'aster')[n % 3]}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def prices(folder: Path) -> Path:
    """A table as spreadsheets in German write it, whose last column is a value."""
    path = folder / "preise.csv"
    rows = [f"{n};{('Köln', 'Bonn')[n % 2]};{n * 3 + 0.5}".replace(".", ",") for n in range(40)]
    path.write_text("\n".join(["größe;stadt;preis", *rows]), encoding="utf-8-sig")
    return path


def pictures(folder: Path, size: tuple[int, int] = (6, 5), per_class: int = 8) -> Path:
    """Coloured images of two classes in folders."""
    rng = np.random.default_rng(3)
    root = folder / "pictures"
    for name in ("cat", "ähre"):
        (root / name).mkdir(parents=True)
        for n in range(per_class):
            pixels = rng.integers(0, 256, (size[1], size[0], 3), dtype=np.uint8)
            Image.fromarray(pixels).save(root / name / f"{n}.png")
    return root


def arrays(folder: Path, name: str = "arrays.npz", **values: Any) -> Path:
    """An .npz file, by default of 8 x 9 grey images of three classes."""
    rng = np.random.default_rng(4)
    if not values:
        values = {"x": rng.integers(0, 256, (30, 8, 9), dtype=np.uint8), "y": np.arange(30) % 3}
    path = folder / name
    np.savez(path, **values)
    return path


def idx_file(path: Path, values: np.ndarray[Any, Any]) -> Path:
    """An IDX file of bytes, spelled out here once more, independently of the reader."""
    lengths = b"".join(struct.pack(">I", length) for length in values.shape)
    path.write_bytes(bytes([0, 0, 8, values.ndim]) + lengths + values.astype(np.uint8).tobytes())
    return path


def idx_files(folder: Path, start: str = "train", count: int = 40, side: int = 28) -> Path:
    """A pair of IDX files; the path is that of the images."""
    rng = np.random.default_rng(5)
    images = idx_file(folder / f"{start}-images-idx3-ubyte", rng.integers(0, 256, (count, side, side)))
    idx_file(folder / f"{start}-labels-idx1-ubyte", np.arange(count) % 10)
    return images


def my_digits(folder: Path) -> Path:
    """Four drawings of each digit: a line for each of its units, and one across."""
    store = MyDigits(folder / "My digits")
    for number in range(40):
        digit = number % 10
        lines = [np.array([[20.0 * n, number], [20.0 * n + number, 100.0]]) for n in range(digit + 1)]
        store.keep(Drawing((*lines, np.array([[0.0, 50.0], [200.0, 50.0 + number]])), digit))
    return store.folder


def example(name: str, folder: Path) -> Path:
    """A good file of this kind."""
    makers = {"csv_table": flowers, "image_folder": pictures, "npz_arrays": arrays, "idx_pair": idx_files}
    makers |= {"my_digits": my_digits}
    return makers[name](folder)  # type: ignore[operator]


def six(data: Dataset) -> list[np.ndarray[Any, Any]]:
    """x and y of the three splits."""
    return [values for split in (data.train, data.validation, data.test) for values in (split.x, split.y)]


def check_script(spec: OwnData) -> None:
    """The printed script, run by itself, gives what `load` gives, bit for bit."""
    namespace: dict[str, Any] = {}
    source = spec.script()
    assert "nnviz" not in source
    exec(source, namespace)
    for printed, loaded in zip(namespace["load_data"](), six(spec.load(LoadContext())), strict=True):
        assert printed.dtype == loaded.dtype
        assert printed.shape == loaded.shape
        assert printed.tobytes() == loaded.tobytes()
