"""Tilings: is every picture whole, where it is said to be, and is room used well?"""

from __future__ import annotations

import numpy as np
import pytest

from nnviz.core.measures.tiles import Tiling


@pytest.mark.parametrize("count", [1, 5, 16, 17])
def test_each_picture_is_found_where_its_corner_is(count: int) -> None:
    pictures = np.random.default_rng(0).random((count, 3, 4), dtype=np.float32)
    tiling = Tiling.for_shape(count, 3, 4, aspect=2.0)
    whole = tiling.tile(pictures)
    assert whole.shape == tiling.size
    for index in range(count):
        row, column = tiling.corner(index)
        np.testing.assert_array_equal(whole[row : row + 3, column : column + 4], pictures[index])
        assert tiling.at(row + 2.9, column + 3.9) == (index, 2, 3)
    assert np.isfinite(whole).sum() == pictures.size


def test_gaps_and_the_outside_are_no_picture() -> None:
    tiling = Tiling(count=3, height=2, width=2, columns=2)
    assert tiling.size == (5, 5)
    assert tiling.at(2, 0) is None
    assert tiling.at(0, 2) is None
    assert tiling.at(3, 3) is None
    assert tiling.at(-1, 0) is None
    assert tiling.at(0, 5) is None
    assert tiling.at(4, 1) == (2, 1, 1)


def test_a_wide_area_gets_more_columns_than_a_tall_one() -> None:
    assert Tiling.for_shape(16, 5, 5, aspect=4.0).columns == 8
    assert Tiling.for_shape(16, 5, 5, aspect=1.0).columns == 4
    assert Tiling.for_shape(16, 5, 5, aspect=0.25).columns == 2
