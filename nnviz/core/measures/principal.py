"""Principal components: many numbers per sample seen from the side from which they differ most."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def principal_components(x: NDArray[Any], components: int = 2) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Coordinates of samples along the directions of largest variance, and the share of the variance in each.

    The sign of a component is such that its largest coordinate is positive.

    Args:
        x: Samples, (N, D).
        components: How many directions.

    Returns:
        Coordinates, (N, components), and shares from 0 to 1, (components,). Where there are fewer directions than
        asked for, the others are zero.

    Source: Pearson 1901, doi:10.1080/14786440109462720.
    """
    coordinates, shares = np.zeros((len(x), components)), np.zeros(components)
    if not len(x):
        return coordinates, shares
    centred = np.asarray(x, np.float32).reshape(len(x), -1)
    centred = centred - centred.mean(axis=0, dtype=np.float64).astype(np.float32)
    total = float((centred.astype(np.float64) ** 2).sum())
    if total <= 0 or not np.isfinite(total):
        return coordinates, shares
    # The products of samples and those of features have the same eigenvalues but for zeros: the smaller matrix is
    # taken. In single precision: it takes half the time, and nobody sees the seventh digit of a place on the screen.
    by_sample = centred.shape[0] <= centred.shape[1]
    values, vectors = np.linalg.eigh(centred @ centred.T if by_sample else centred.T @ centred)
    for index in range(min(components, len(values))):
        value, vector = max(0.0, float(values[-1 - index])), vectors[:, -1 - index].astype(np.float64)
        along = vector * np.sqrt(value) if by_sample else centred @ vector
        sign = np.sign(along[np.argmax(np.abs(along))]) or 1.0
        coordinates[:, index] = sign * along
        shares[index] = value / total
    return coordinates, shares


def follow(coordinates: NDArray[np.float64], before: NDArray[np.float64]) -> NDArray[np.float64]:
    """The same picture turned and mirrored so that it lies as near to an earlier one as it can.

    Components may swap or change their sign from one moment to the next; the eye wants to follow single points.

    Args:
        coordinates: (N, 2).
        before: The earlier picture of the same samples, (N, 2).

    Source: Schönemann 1966, doi:10.1007/BF02289451, orthogonal Procrustes.
    """
    if coordinates.shape != before.shape:
        return coordinates
    u, _, v = np.linalg.svd(coordinates.T @ before)
    return np.asarray(coordinates @ (u @ v))
