"""Pictures as sequences: what data sets share that read them in an order."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from nnviz.core.datasets.base import Dataset, LoadContext, Split
from nnviz.core.datasets.idx_images import IdxImages
from nnviz.core.datasets.method_source import constants_source, method_source


@dataclass(frozen=True, kw_only=True)
class Reordered(IdxImages):
    """Grey images whose pixels are read one after the other, or row by row."""

    # A drawing is one picture, and nothing here says yet how it becomes a sequence.
    ink = None

    def order(self) -> NDArray[np.int64] | None:
        """Place in the picture of each value that is read; None for all of them, as they stand."""
        raise NotImplementedError

    def load(self, context: LoadContext) -> Dataset:
        """Read the files, downloading what is missing, and put the pixels in order.

        Raises:
            LoadCancelled: If the context says so.
            DataError: If a file cannot be had or is damaged.
        """
        whole = super().load(context)
        train, validation, test = (self._read(split) for split in (whole.train, whole.validation, whole.test))
        return replace(whole, train=train, validation=validation, test=test)

    def script(self) -> str:
        """The pictures', and the order."""
        pictures = super().script().replace("def load_data(", "def load_pictures(")
        constants = f"SHAPE = {self.input_shape.dims!r}\n{constants_source(self, 'order')}"
        order = method_source(self, "order")
        types = "from numpy.typing import NDArray\n" if "NDArray" in order else ""
        parts = (
            types + pictures.strip("\n"),
            constants,
            order,
            _LOAD_DATA,
        )
        return "\n\n".join(part.strip("\n") + "\n" for part in parts)

    def _read(self, split: Split) -> Split:
        flat = split.x.reshape(len(split.x), -1)
        order = self.order()
        chosen = flat if order is None else flat[:, order]
        return Split(np.ascontiguousarray(chosen.reshape(len(flat), *self.input_shape.dims)), split.y)


_LOAD_DATA = '''
def load_data(folder=Path("data")):
    """Sequences, (N, T, F) in [0, 1], and classes, (N,): training, validation and test."""
    arrays = list(load_pictures(folder))
    places = order()
    for index in (0, 2, 4):
        flat = arrays[index].reshape(len(arrays[index]), -1)
        chosen = flat if places is None else flat[:, places]
        arrays[index] = np.ascontiguousarray(chosen.reshape(len(flat), *SHAPE))
    return arrays
'''
