"""Digits that the user drew and named."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from nnviz.core.datasets.base import DATASETS, DataError, LoadContext
from nnviz.core.datasets.image_folder import ImageFolder
from nnviz.core.datasets.own_data import Contents
from nnviz.core.ink import MNIST, InkRecipe
from nnviz.core.my_digits import DIGITS, PICTURES, STROKES
from nnviz.core.spec import param


@DATASETS.register
@dataclass(frozen=True, kw_only=True)
class MyDigits(ImageFolder):
    """The user's own digits, as the Draw page keeps them: strokes, and prepared pictures of 28 x 28 pixels.

    All ten digits are classes, also those that nobody has drawn yet, so that every reader of digits fits.

    Input shape: (1, 28, 28), float32 in [0, 1]
    """

    title = "Digits drawn by you"

    path: str = param("", "The folder that the Draw page keeps your digits in.", path="folder")

    @property
    def ink(self) -> InkRecipe | None:
        """As MNIST's makers prepared theirs."""
        return MNIST if self.input_dims == (1, 28, 28) else None

    @classmethod
    def suits(cls, path: Path) -> bool:
        """A folder that has a file of strokes beside a folder of pictures."""
        return (path / STROKES).is_file() and (path / PICTURES).is_dir()

    def files(self, path: Path) -> list[Path]:
        """All pictures."""
        return super().files(path / PICTURES)

    def read(self, path: Path, context: LoadContext) -> Contents:
        """Every picture."""
        contents = super().read(path / PICTURES, context)
        others = [name for name in contents.class_names if name not in DIGITS]
        if others:
            raise DataError(
                f"{path.name}: only folders called 0 to 9 were expected; {', '.join(others)} was found. Take it away, "
                "or open the folder as a folder of images."
            )
        digits = np.array([int(name) for name in contents.class_names], np.int64)
        return replace(contents, y=digits[contents.y], class_names=DIGITS)

    def reading_script(self) -> tuple[tuple[str, ...], str]:
        """As for every folder of images, but a folder's name is its class."""
        imports, source = super().reading_script()
        source = source.replace("image_list(Path(PATH))", f'image_list(Path(PATH) / "{PICTURES}")')
        return imports, source.replace(
            "np.array([label for _, label in found], np.int64)",
            "np.array([int(path.parent.name) for path, _ in found], np.int64)",
        )
