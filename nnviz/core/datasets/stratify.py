"""Splitting samples so that every split has the classes in the same proportions."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nnviz.core.datasets.base import Split


def stratified_splits(
    x: NDArray[np.float32], y: NDArray[np.int64], shares: tuple[float, ...], rng: np.random.Generator
) -> list[Split]:
    """Shuffled, disjoint splits that together are the whole, each with nearly the whole's proportions of classes.

    Args:
        x: Inputs, (N, ...).
        y: Class indices, (N,).
        shares: Share of each split; they add up to 1.
        rng: Where all chance comes from.
    """
    return [Split(x[pick], y[pick]) for pick in stratified_indices(y, shares, rng)]


def stratified_indices(
    y: NDArray[np.int64], shares: tuple[float, ...], rng: np.random.Generator
) -> list[NDArray[np.int64]]:
    """Shuffled indices of every split; each has nearly the whole's proportions of classes.

    The samples of a class with n members get the places (0.5, 1.5, ..., n - 0.5) / n in random
    order. Sorted by place, every stretch of the list holds each class in proportion, to within one
    sample or two, or a few of a class that is much larger than many others; the stretches are the splits.
    """
    places = np.empty(len(y))
    for label in np.unique(y):
        members = rng.permutation(np.flatnonzero(y == label))
        places[members] = (np.arange(len(members)) + 0.5) / len(members)
    order = np.argsort(places, kind="stable")
    cuts = np.round(np.cumsum(shares)[:-1] * len(y)).astype(int)
    return [rng.permutation(stretch) for stretch in np.split(order, cuts)]
