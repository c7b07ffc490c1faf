"""Connected components, against a flood fill."""

from __future__ import annotations

import numpy as np
import pytest

from nnviz.core.components import connected_components


def _flood_fill(mask: np.ndarray) -> np.ndarray:
    labels = np.zeros(mask.shape, dtype=int)
    count = 0
    for seed in zip(*np.nonzero(mask), strict=True):
        if labels[seed]:
            continue
        count += 1
        todo = [seed]
        while todo:
            y, x = todo.pop()
            if 0 <= y < mask.shape[0] and 0 <= x < mask.shape[1] and mask[y, x] and not labels[y, x]:
                labels[y, x] = count
                todo += [(y + dy, x + dx) for dy in (-1, 0, 1) for dx in (-1, 0, 1)]
    return labels


@pytest.mark.parametrize("density", [0.0, 0.1, 0.3, 0.45, 0.7, 1.0])
def test_the_same_groups_as_a_flood_fill(density: float) -> None:
    mask = np.random.default_rng(5).random((23, 31)) < density
    np.testing.assert_array_equal(connected_components(mask), _flood_fill(mask))


def test_corners_touch_and_a_spiral_is_one() -> None:
    assert connected_components(np.eye(5, dtype=bool)).max() == 1
    spiral = np.array([[1, 1, 1, 1, 1], [0, 0, 0, 0, 1], [1, 1, 1, 0, 1], [1, 0, 0, 0, 1], [1, 1, 1, 1, 1]], dtype=bool)
    np.testing.assert_array_equal(connected_components(spiral), spiral.astype(int))
