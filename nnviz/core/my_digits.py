"""My digits: drawings that a person named, kept on the disk.

The folder has `strokes.jsonl` with the drawings as their pens made them, and in `pictures` a folder for each digit with
the prepared pictures as PNG files, white ink on black as in MNIST; pictures that were no drawings are only there. The
folder is a data set (`nnviz.core.datasets.my_digits`), and `pictures` is one for every program that reads folders of
images.
"""

from __future__ import annotations

import hashlib
import io
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nnviz.core.errors import NnvizError
from nnviz.core.ink import Picture, prepare_strokes
from nnviz.core.strokes import Drawing, read_strokes, to_line, write_strokes

FOLDER = "My digits"
STROKES = "strokes.jsonl"
PICTURES = "pictures"
DIGITS = tuple("0123456789")


class MyDigitsError(NnvizError):
    """Drawings that cannot be kept or fetched; the sentence says why and what to do."""


class MyDigits:
    """The drawings in one folder, which is made when the first one comes.

    Args:
        folder: Where they lie; by default the user's own place for data.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or default_folder()

    def __len__(self) -> int:
        """Number of pictures, drawn or not."""
        return sum(len(list((self.folder / PICTURES / digit).glob("*.png"))) for digit in DIGITS)

    def counts(self) -> list[int]:
        """Number of pictures of each digit."""
        return [len(list((self.folder / PICTURES / digit).glob("*.png"))) for digit in DIGITS]

    def drawings(self) -> list[Drawing]:
        """All drawings with their labels, in the order in which they came.

        Raises:
            NnvizError: If the file is damaged.
        """
        path = self.folder / STROKES
        return list(read_strokes(path)) if path.exists() and path.stat().st_size else []

    def pictures(self) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
        """All prepared pictures, (N, 28, 28), 255 for ink, and their labels, (N,).

        Raises:
            MyDigitsError: If a picture is damaged.
        """
        from PIL import Image

        images, labels = [], []
        for digit in DIGITS:
            for path in sorted((self.folder / PICTURES / digit).glob("*.png")):
                try:
                    with Image.open(path, formats=("PNG",)) as image:
                        images.append(np.asarray(image.convert("L").resize((28, 28)), dtype=np.uint8))
                except Exception as error:
                    raise MyDigitsError(f"{path} is damaged ({error}): delete it, then try again.") from error
                labels.append(int(digit))
        return np.array(images, np.uint8).reshape(-1, 28, 28), np.array(labels, np.int64)

    def keep(self, drawing: Drawing) -> Path | None:
        """Add a drawing with its label; returns its picture, or None if the same one is there already.

        Raises:
            MyDigitsError: If it has no label, or cannot be written.
        """
        if drawing.label is None:
            raise MyDigitsError("A drawing is kept together with the digit that it is meant to be.")
        path = self._write_picture(prepare_strokes(drawing).image, drawing.label, to_line(drawing).encode())
        if path is not None:
            self._rewrite([*self.drawings(), drawing])
        return path

    def keep_picture(self, image: Picture, label: int) -> Path | None:
        """Add a picture that is prepared already, (28, 28), 1 for ink; None if the same one is there already.

        Raises:
            MyDigitsError: If it cannot be written.
        """
        path = self._write_picture(image, label, np.round(image * 255).astype(np.uint8).tobytes())
        if not (self.folder / STROKES).exists():
            self._rewrite([])
        return path

    def forget(self, path: Path) -> None:
        """Take a picture away, and the drawing that it was made of.

        Raises:
            MyDigitsError: If that cannot be done.
        """
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise _fault(path, error) from error
        left = [drawing for drawing in self.drawings() if _digest(to_line(drawing).encode()) != path.stem]
        self._rewrite(left)

    def merge(self, source: Path) -> int:
        """Add the drawings of a file of strokes, or of somebody else's folder of digits; returns how many are new.

        Raises:
            NnvizError: If there are none with labels, or something is damaged.
        """
        strokes = source / STROKES if source.is_dir() else source
        there = self.drawings()
        known = {to_line(drawing) for drawing in there}
        new: list[Drawing] = []
        labelled = 0
        for drawing in read_strokes(strokes) if strokes.exists() or not source.is_dir() else ():
            if drawing.label is None or drawing.is_empty:
                continue
            labelled += 1
            line = to_line(drawing)
            if line not in known:
                known.add(line)
                new.append(drawing)
                self._write_picture(prepare_strokes(drawing).image, drawing.label, line.encode())
        if new:
            self._rewrite([*there, *new])
        pictures = 0
        if source.is_dir():
            images, labels = MyDigits(source).pictures()
            before = len(self)
            for image, label in zip(images, labels, strict=True):
                if not self._has_picture(image, int(label)):
                    self.keep_picture(image.astype(np.float32) / np.float32(255), int(label))
            pictures = len(self) - before
            labelled += len(labels)
        if not labelled:
            raise MyDigitsError(f"{source} has no drawings that say which digit they are: there is nothing to add.")
        return len(new) + pictures

    def export_strokes(self, path: Path) -> int:
        """Write all drawings as JSON lines; returns how many.

        Raises:
            NnvizError: If there are none, or the file cannot be written.
        """
        drawings = self.drawings()
        if not drawings:
            raise MyDigitsError("There are no drawings yet: draw a digit and say what it is.")
        return write_strokes(path, drawings)

    def export_pictures(self, folder: Path) -> int:
        """Copy all prepared pictures into a folder, in one folder for each digit; returns how many.

        Raises:
            MyDigitsError: If there are none, or the folder cannot be written.
        """
        count = 0
        try:
            for digit in DIGITS:
                for path in sorted((self.folder / PICTURES / digit).glob("*.png")):
                    (folder / digit).mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(path, folder / digit / path.name)
                    count += 1
        except OSError as error:
            raise _fault(folder, error) from error
        if not count:
            raise MyDigitsError("There are no drawings yet: draw a digit and say what it is.")
        return count

    def _has_picture(self, image: NDArray[np.uint8], label: int) -> bool:
        folder = self.folder / PICTURES / str(label)
        from PIL import Image

        for path in folder.glob("*.png"):
            with Image.open(path, formats=("PNG",)) as there:
                if np.array_equal(np.asarray(there), image):
                    return True
        return False

    def _write_picture(self, image: Picture, label: int, content: bytes) -> Path | None:
        from PIL import Image

        path = self.folder / PICTURES / str(label) / f"{_digest(content)}.png"
        if path.exists():
            return None
        buffer = io.BytesIO()
        Image.fromarray(np.round(image * 255).astype(np.uint8)).save(buffer, "PNG")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(buffer.getvalue())
        except OSError as error:
            raise _fault(path, error) from error
        return path

    def _rewrite(self, drawings: Iterable[Drawing]) -> None:
        """Replace the file of strokes; a crash leaves the old one."""
        path = self.folder / STROKES
        part = path.with_suffix(".part")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with part.open("w", encoding="utf-8", newline="\n") as file:
                file.writelines(f"{to_line(drawing)}\n" for drawing in drawings)
                file.flush()
                os.fsync(file.fileno())
            os.replace(part, path)
        except OSError as error:
            raise _fault(path, error) from error


def default_folder() -> Path:
    """Where the user's own drawings lie."""
    import platformdirs

    return Path(platformdirs.user_data_dir("nnviz", appauthor=False)) / FOLDER


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


def _fault(path: Path, error: OSError) -> MyDigitsError:
    return MyDigitsError(f"{path} cannot be written: {error.strerror or error}. Make room, or choose another folder.")
