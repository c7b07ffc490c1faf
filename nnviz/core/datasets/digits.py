"""Scikit-learn's small scanned digits."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnviz.core.datasets.base import DATASETS, Dataset, DatasetSpec, LoadContext
from nnviz.core.datasets.method_source import function_source
from nnviz.core.datasets.stratify import stratified_indices, stratified_splits
from nnviz.core.ink import DIGITS_8X8
from nnviz.core.shape import Shape

SHARES = (0.7, 0.1, 0.2)
"""Shares of training, validation and test: 1,258, 180 and 359 images."""

DARKEST = 16.0
"""Each pixel counts the inked ones of a 4 x 4 field of the scan."""


@DATASETS.register
@dataclass(frozen=True, kw_only=True)
class Digits(DatasetSpec):
    """Handwritten digits: 1,797 real scans of 8 x 8 pixels that come with the application, no download needed.

    70 % are for training, 10 % for validation and 20 % for the test, with the digits in the same proportions and always
    the same images. They mix the writers, so a test result says little about a writer who was never seen.

    Input shape: (1, 8, 8), float32 in [0, 1]
    Source: Alpaydin & Kaynak 1998, Optical recognition of handwritten digits, UCI (its test part); scikit-learn,
        `load_digits`. Licence CC BY 4.0.
    """

    title = "Digits 8x8"
    ink = DIGITS_8X8

    @property
    def classes(self) -> tuple[str, ...]:
        """The ten digits."""
        return tuple("0123456789")

    @property
    def input_shape(self) -> Shape:
        """(1, 8, 8)."""
        return Shape((1, 8, 8))

    def load(self, context: LoadContext) -> Dataset:
        """Read the images that scikit-learn brings."""
        from sklearn.datasets import load_digits

        bunch = load_digits()
        # (N, 8, 8) counts -> (N, 1, 8, 8) in [0, 1]
        x = np.asarray(bunch.images[:, None] / DARKEST, dtype=np.float32)
        y = np.asarray(bunch.target, dtype=np.int64)
        train, validation, test = stratified_splits(x, y, SHARES, np.random.default_rng(0))
        return Dataset(spec=self, train=train, validation=validation, test=test)

    def train_samples(self) -> int:
        """70 % of the images."""
        return 1_258

    def script(self) -> str:
        """Scikit-learn's loader, and the split as it stands here."""
        imports = "import numpy as np\nfrom numpy.typing import NDArray\nfrom sklearn.datasets import load_digits\n"
        parts = (imports, f"SHARES = {SHARES!r}\n", function_source(stratified_indices), _LOAD_DATA)
        return "\n\n".join(part.strip("\n") + "\n" for part in parts)


_LOAD_DATA = '''
def load_data():
    """Images, (N, 1, 8, 8) in [0, 1], and digits, (N,): training, validation and test."""
    bunch = load_digits()
    # Each pixel counts the inked ones of a 4 x 4 field of the scan: 16 at most.
    x = np.asarray(bunch.images[:, None] / 16.0, dtype=np.float32)
    y = np.asarray(bunch.target, dtype=np.int64)
    train, validation, test = stratified_indices(y, SHARES, np.random.default_rng(0))
    return x[train], y[train], x[validation], y[validation], x[test], y[test]
'''
