"""Grids over the plane."""

from __future__ import annotations

import numpy as np

from nnviz.core.measures.plane import Window, signed_share, window_around


def test_the_first_row_of_a_grid_is_at_the_top() -> None:
    grid = Window(0, 4, 10, 14).grid(2)
    assert grid.tolist() == [[1, 13], [3, 13], [1, 11], [3, 11]]


def test_a_window_is_a_square_with_room_for_all_points() -> None:
    window = window_around(np.array([[0.0, 0.0], [10.0, 5.0]]))
    assert (window.left, window.right, window.bottom, window.top) == (-1, 11, -3.5, 8.5)
    point = window_around(np.array([[2.0, 3.0]]))
    assert (point.left, point.right) == (1, 3)
    assert window_around(np.empty((0, 2))).right == 1


def test_a_share_is_the_second_class_less_the_first() -> None:
    assert signed_share(np.array([[0.25, 0.75], [1, 0]])).tolist() == [0.5, -1]
