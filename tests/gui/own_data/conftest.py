"""Files of data as people have them, small enough to be read at once."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QUrl


def write_table(path: Path, rows: int = 60) -> Path:
    """Three flowers that differ in their petals; the label is the last column."""
    rng = np.random.default_rng(0)
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["length", "width", "colour", "species"])
        for row in range(rows):
            kind = row % 3
            length, width = rng.normal([1.4 + 2 * kind, 0.2 + 0.8 * kind], 0.1)
            writer.writerow([f"{length:.3f}", f"{width:.3f}", ["red", "blue"][row % 2], ["a", "b", "c"][kind]])
    return path


def write_pictures(folder: Path, classes: tuple[str, ...] = ("cat", "dog"), each: int = 8) -> Path:
    rng = np.random.default_rng(1)
    for name in classes:
        (folder / name).mkdir(parents=True)
        for number in range(each):
            pixels = rng.integers(0, 256, (12, 12), dtype=np.uint8)
            Image.fromarray(pixels).save(folder / name / f"{number}.png")
    return folder


def dragged(path: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    return mime


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return write_table(tmp_path / "flowers.csv")


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    return write_pictures(tmp_path / "animals")
