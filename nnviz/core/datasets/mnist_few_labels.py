"""MNIST of which only few labels are known."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from nnviz.core.datasets.base import DATASETS, Dataset, LoadContext, Split
from nnviz.core.datasets.method_source import function_source
from nnviz.core.datasets.mnist import Mnist
from nnviz.core.spec import param


@DATASETS.register
@dataclass(frozen=True, kw_only=True)
class MnistFewLabels(Mnist):
    """MNIST of which a teacher has labelled a few digits only: the other training images come without labels.

    As many of each digit are labelled; backpropagation learns from these. The images of all 55,000 are there for layers
    that need no labels. Validation and test are MNIST's.

    Input shape: (1, 28, 28), float32 in [0, 1]
    Source: LeCun, Bottou, Bengio & Haffner 1998, Gradient-based learning applied to document recognition; LeCun, Cortes
        & Burges, THE MNIST DATABASE. Licence CC BY-SA 3.0.
    """

    title = "MNIST, few labels"

    labels: int = param(1_000, "Number of labelled training images, a tenth of them of each digit.", ge=10, le=50_000)
    seed: int = param(0, "Start of the random numbers that choose them.", ge=0, le=2**32 - 1)

    def load(self, context: LoadContext) -> Dataset:
        """Read the files, downloading what is missing, and forget most labels.

        Raises:
            LoadCancelled: If the context says so.
            DataError: If a file cannot be had or is damaged.
        """
        whole = super().load(context)
        chosen = labelled_indices(whole.train.y.astype(np.int64), self.labels, self.seed)
        train = Split(whole.train.x[chosen], whole.train.y[chosen])
        return replace(whole, train=train, unlabelled=whole.train.x)

    def train_samples(self) -> int:
        """The labelled ones."""
        return self.labels // 10 * 10

    def script(self) -> str:
        """MNIST's, and the choice of labels."""
        lines = super().script().replace("def load_data(", "def load_everything(")
        constants = f"LABELS = {self.labels!r}\nDATA_SEED = {self.seed!r}\n"
        imports = "from numpy.typing import NDArray\n"
        return f"{imports}{lines.rstrip()}\n\n\n{constants}\n\n{function_source(labelled_indices)}\n{_LOAD_DATA}"


def labelled_indices(y: NDArray[np.int64], count: int, seed: int) -> NDArray[np.int64]:
    """Indices of `count` samples, a tenth of them of each digit, in random order."""
    rng = np.random.default_rng(seed)
    parts = [rng.permutation(np.flatnonzero(y == digit))[: count // 10] for digit in range(10)]
    return rng.permutation(np.concatenate(parts))


_LOAD_DATA = '''
def load_data(folder=Path("data")):
    """Few labelled training images, then validation and test images."""
    x, y, *others = load_everything(folder)
    chosen = labelled_indices(y, LABELS, DATA_SEED)
    return x[chosen], y[chosen], *others
'''
