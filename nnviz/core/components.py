"""Connected parts of a black-and-white picture."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def connected_components(mask: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Number each group of pixels that touch one another, by a side or by a corner.

    Runs of a row are joined to the runs of the row above that they touch (union-find), so that the work grows with
    the number of runs, not of pixels.

    Args:
        mask: (H, W), True where there is something.

    Returns:
        (H, W): 0 where the mask is False, else the group's number, from 1 on in the order of first appearance.
    """
    height, width = mask.shape
    edges = np.diff(np.pad(mask, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    rows, starts = np.nonzero(edges == 1)
    _, ends = np.nonzero(edges == -1)
    first_of_row = np.searchsorted(rows, np.arange(height + 1)).tolist()
    parent = list(range(len(rows)))
    start, end = starts.tolist(), ends.tolist()

    def root(run: int) -> int:
        while parent[run] != run:
            parent[run] = parent[parent[run]]
            run = parent[run]
        return run

    for row in range(1, height):
        above, last_above = first_of_row[row - 1], first_of_row[row]
        for run in range(first_of_row[row], first_of_row[row + 1]):
            while above < last_above and end[above] < start[run]:
                above += 1
            touching = above
            while touching < last_above and start[touching] <= end[run]:
                a, b = root(touching), root(run)
                parent[max(a, b)] = min(a, b)
                touching += 1
    roots = np.array([root(run) for run in range(len(rows))], dtype=np.intp)
    _, numbers = np.unique(roots, return_inverse=True)
    labels = np.zeros((height, width + 1), dtype=np.intp)
    # Each run is its number added at its start and taken away behind its end.
    np.add.at(labels, (rows, starts), numbers + 1)
    np.add.at(labels, (rows, ends), -(numbers + 1))
    return np.asarray(np.cumsum(labels, axis=1)[:, :width])
