"""Small data and small networks that train in milliseconds."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from nnviz.core.datasets.base import Dataset, Split
from nnviz.core.datasets.chapter_linear import ChapterLinear
from nnviz.core.datasets.circles import Circles
from nnviz.core.datasets.digits import Digits

MakePoints = Callable[..., Dataset]


@pytest.fixture
def make_points() -> MakePoints:
    """Points of two classes, as many per split as asked for."""

    def make(train: int = 20, validation: int = 6, test: int = 8) -> Dataset:
        rng = np.random.default_rng(3)

        def split(count: int) -> Split:
            x = rng.normal(size=(count, 2)).astype(np.float32)
            return Split(x, (x[:, 0] * x[:, 1] > 0).astype(np.int64))

        return Dataset(Circles(), split(train), split(validation), split(test))

    return make


@pytest.fixture
def points(make_points: MakePoints) -> Dataset:
    return make_points()


@pytest.fixture
def line() -> Dataset:
    """Four samples of the chapter's linear function."""
    x = np.array([[0.1, 0.9], [0.5, 0.2], [0.3, 0.3], [0.8, 0.6]], dtype=np.float32)
    split = Split(x, (2 * x[:, :1] + 4 * x[:, 1:] + 1).astype(np.float32))
    return Dataset(ChapterLinear(), split, split, split)


@pytest.fixture
def images() -> Dataset:
    """Forty noisy images of 8 x 8 pixels; the class is the column that is bright."""
    rng = np.random.default_rng(4)
    x = rng.random((60, 1, 8, 8), dtype=np.float32) / 4
    y = rng.integers(0, 8, 60)
    x[np.arange(60), 0, :, y] += 0.7
    return Dataset(Digits(), Split(x[:40], y[:40]), Split(x[40:50], y[40:50]), Split(x[50:], y[50:]))
