"""Splits and normalisation of data from files, as plain functions: exported scripts print them as they stand.

They use numpy and nothing else of nnviz than what is printed beside them.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nnviz.core.datasets.stratify import stratified_indices


def split_indices(
    y: NDArray[np.int64] | NDArray[np.float32],
    given: tuple[int, int, int] | None,
    validation_share: float,
    test_share: float,
    seed: int,
) -> list[NDArray[np.int64]]:
    """Indices of the samples for training, validation and test; none is empty if there are three samples or more.

    Classes are spread over the splits in the same proportions; values are shuffled. If `given` says how many samples
    the file itself has for training, validation and test (in this order), these stay apart, and where it has none for
    validation, a share of the training samples is taken.
    """
    rng = np.random.default_rng(seed)
    train, validation, _ = given if given is not None else (len(y), 0, 0)
    rest = [np.arange(train, train + validation), np.arange(train + validation, len(y))]
    if given is not None and validation:
        return [np.arange(train), *rest]
    held_out = [max(1, round(train * validation_share))]
    if given is None:
        held_out.append(max(1, round(train * test_share)))
    sizes = [train - sum(held_out), *held_out]
    if y.dtype == np.int64:
        parts = stratified_indices(y[:train].astype(np.int64), tuple(size / train for size in sizes), rng)
    else:
        parts = np.split(rng.permutation(train), np.cumsum(sizes)[:-1])
    return parts if given is None else [*parts, rest[1]]


def normalise(parts: list[NDArray[np.float32]], how: str) -> list[NDArray[np.float32]]:
    """The same shift and scale for every split, found on the first one, the training split, only.

    "0 to 1" subtracts the least value and divides by the span; "standardise" subtracts the mean and divides by the
    standard deviation: per channel of images, (N, C, H, W), else per feature, the last axis. What is the same in all
    training samples is only shifted, to 0.
    """
    if how == "none":
        return parts
    train = parts[0]
    axes = (0, 2, 3) if train.ndim == 4 else tuple(range(train.ndim - 1))
    low = train.min(axis=axes, keepdims=True)[0].astype(np.float64)
    high = train.max(axis=axes, keepdims=True)[0].astype(np.float64)
    shift, scale = low, high - low
    if how == "standardise":
        shift = train.mean(axis=axes, keepdims=True, dtype=np.float64)[0]
        scale = train.std(axis=axes, keepdims=True, dtype=np.float64)[0]
    shift = np.where(low == high, low, shift).astype(np.float32)
    scale = np.where(low == high, 1, np.maximum(scale, 1e-30)).astype(np.float32)
    return [(part - shift) / scale for part in parts]
