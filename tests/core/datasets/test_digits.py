from __future__ import annotations

import numpy as np

from nnviz.core.datasets import LoadContext
from nnviz.core.datasets.digits import Digits


def test_digits_are_scikit_learns() -> None:
    from sklearn.datasets import load_digits

    data = Digits().load(LoadContext())
    splits = (data.train, data.validation, data.test)
    assert [len(split) for split in splits] == [1258, 180, 359]
    originals = {image.tobytes(): target for image, target in zip(*load_digits(return_X_y=True), strict=True)}
    for split in splits:
        for image, label in zip(split.x, split.y, strict=True):
            assert originals[(image * 16).astype(np.float64).tobytes()] == label
        shares = np.bincount(split.y) / len(split)
        assert np.abs(shares - 0.1).max() < 0.01


def test_a_straight_line_reads_most_of_them() -> None:
    """Images and labels belong together: nearest class mean, worked out here, is right on about nine in ten."""
    data = Digits().load(LoadContext())
    flat = data.train.x.reshape(len(data.train), -1)
    means = np.array([flat[data.train.y == digit].mean(axis=0) for digit in range(10)])
    test = data.test.x.reshape(len(data.test), -1)
    nearest = ((test[:, None] - means) ** 2).sum(axis=2).argmin(axis=1)
    assert (nearest == data.test.y).mean() > 0.85
