"""What MNIST and its relatives share: four IDX files become three splits of images."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from nnviz.core.datasets.base import DataError, Dataset, DatasetSpec, LoadContext, Split
from nnviz.core.datasets.files import FileSet
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
