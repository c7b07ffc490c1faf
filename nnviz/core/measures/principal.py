"""Principal components: many numbers per sample seen from the side from which they differ most."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

ROUNDS = 60
EXTRA = 6
"""Directions that are followed beside the wanted ones, so that these are found in few rounds."""

TOLERANCE = 1e-6


def principal_components(x: NDArray[Any], components: int = 2) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Coordinates of samples along the directions of largest variance, and the share of the variance in each.

    Found by subspace iteration, which needs a few thin products with x and no decomposition of a large matrix: it runs
    between two batches. The sign of a component is such that its largest coordinate is positive.

    Args:
        x: Samples, (N, D).
        components: How many directions.

    Returns:
        Coordinates, (N, components), and shares from 0 to 1, (components,). Where there are fewer directions than
        asked for, the others are zero.

    Source: Halko, Martinsson & Tropp 2011, doi:10.1137/090771806, algorithm 4.4.
    """
    coordinates, shares = np.zeros((len(x), components)), np.zeros(components)
    if not len(x):
        return coordinates, shares
    centred = np.asarray(x, np.float64).reshape(len(x), -1)
    centred = centred - centred.mean(axis=0)
    total = float((centred**2).sum())
    if total <= 0 or not np.isfinite(total):
        return coordinates, shares
    width = min(components + EXTRA, *centred.shape)
    basis = np.linalg.qr(centred.T @ (centred @ np.random.default_rng(0).standard_normal((centred.shape[1], width))))[0]
    found = np.zeros(width)
    for _ in range(ROUNDS):
        projected = centred @ basis
        basis, strengths, _ = np.linalg.svd(centred.T @ projected, full_matrices=False)
        settled = np.abs(strengths - found)[:components].max() <= TOLERANCE * strengths[0]
        found = strengths
        if settled:
            break
    _, values, turn = np.linalg.svd(centred @ basis, full_matrices=False)
    basis = basis @ turn.T
    for index in range(min(components, width)):
        along = centred @ basis[:, index]
        sign = np.sign(along[np.argmax(np.abs(along))]) or 1.0
        coordinates[:, index] = sign * along
        shares[index] = values[index] ** 2 / total
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
