from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nnviz.core.datasets.stratify import stratified_splits


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(1, 60), min_size=1, max_size=6), st.integers(0, 2**32 - 1))
@example([1, 1, 8, 8, 44], 0)
def test_splits_are_disjoint_whole_and_in_proportion(class_sizes: list[int], seed: int) -> None:
    y = np.repeat(np.arange(len(class_sizes)), class_sizes)
    x = np.arange(len(y), dtype=np.float32)[:, None]
    shares = (0.6, 0.2, 0.2)
    splits = stratified_splits(x, y, shares, np.random.default_rng(seed))
    assert sorted(np.concatenate([split.x[:, 0] for split in splits])) == list(range(len(y)))
    for split, share in zip(splits, shares, strict=True):
        assert np.array_equal(y[split.x[:, 0].astype(int)], split.y)
        assert abs(len(split) - share * len(y)) <= 1
        for label, size in enumerate(class_sizes):
            # At each of two ends every class is off by half a sample at most, and a class makes up for its part of what
            # the others are off together.
            most = 1 + size / len(y) * (len(class_sizes) - 1)
            assert abs((split.y == label).sum() - share * size) <= most + 1e-9


def test_order_is_shuffled() -> None:
    y = np.repeat(np.arange(2), 500)
    x = np.arange(1000, dtype=np.float32)[:, None]
    (train, _) = stratified_splits(x, y, (0.8, 0.2), np.random.default_rng(0))
    # Neighbours in a shuffled list are of one class about half the time.
    assert (train.y[1:] == train.y[:-1]).mean() == pytest.approx(0.5, abs=0.07)
    assert abs(np.corrcoef(np.arange(800), train.x[:, 0])[0, 1]) < 0.15
