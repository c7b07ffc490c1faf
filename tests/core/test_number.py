from __future__ import annotations

import numpy as np

from nnviz.core.number import digit_groups, stroke_boxes

PEN = 10.0


def boxes(*rows: tuple[float, float, float, float]) -> np.ndarray:
    return np.array(rows)


def test_what_stands_apart_is_told_apart_from_left_to_right() -> None:
    assert digit_groups(boxes((200, 0, 260, 100), (0, 0, 60, 100), (100, 5, 160, 100)), PEN) == [[1], [2], [0]]


def test_strokes_above_one_another_are_one_digit() -> None:
    # A 5 with its bar, and a 7 with a bar through its stem.
    assert digit_groups(boxes((0, 10, 60, 100), (10, 0, 70, 10)), PEN) == [[0, 1]]
    assert digit_groups(boxes((0, 0, 60, 100), (20, 50, 70, 52)), PEN) == [[0, 1]]


def test_a_straight_line_beside_a_digit_is_a_one() -> None:
    assert digit_groups(boxes((0, 0, 60, 100), (100, 0, 100, 100)), PEN) == [[0], [1]]


def test_an_open_four_is_one_digit() -> None:
    # Its stem stands near the right end of its bar.
    assert digit_groups(boxes((0, 0, 60, 60), (56, 10, 59, 100)), PEN) == [[0, 1]]


def test_digits_that_lean_over_one_another_a_little_stay_two() -> None:
    assert digit_groups(boxes((0, 0, 60, 100), (58, 0, 120, 100)), PEN) == [[0], [1]]


def test_what_is_too_low_for_a_digit_belongs_to_its_neighbour() -> None:
    assert digit_groups(boxes((0, 0, 60, 100), (90, 90, 92, 92), (200, 0, 260, 100)), PEN) == [[0, 1], [2]]


def test_boxes_of_strokes() -> None:
    strokes = [np.array([[1.0, 5.0], [3.0, 2.0]]), np.array([[7.0, 7.0]])]
    assert stroke_boxes(strokes).tolist() == [[1, 2, 3, 5], [7, 7, 7, 7]]
