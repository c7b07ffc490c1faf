from __future__ import annotations

import numpy as np

from nnviz.core.layer_picture import GAP, layer_picture


def test_zero_is_neutral_and_the_scale_is_symmetric() -> None:
    picture = layer_picture(np.array([-2.0, 0.0, 1.0, 2.0], np.float32))
    # 127 * (1 / 2) = 63.5, rounded to even: 127 + 63.5 = 190.5 -> 190
    assert picture.tolist() == [[0], [127], [190], [254]]


def test_nothing_but_zero_is_neutral_everywhere() -> None:
    assert np.unique(layer_picture(np.zeros((3, 4, 5), np.float32))).tolist() == [127, GAP]


def test_maps_stand_side_by_side_with_a_line_between() -> None:
    maps = np.ones((4, 2, 3), np.float32) * np.array([1, -1, 0, 1], np.float32)[:, None, None]
    picture = layer_picture(maps)
    assert picture.shape == (5, 7)
    assert picture[:2, :3].tolist() == [[254] * 3] * 2
    assert picture[:2, 4:].tolist() == [[0] * 3] * 2
    assert picture[2].tolist() == [GAP] * 7
    assert picture[3:, :3].tolist() == [[127] * 3] * 2


def test_a_sequence_runs_to_the_right() -> None:
    # (T, F) = (3, 2)
    picture = layer_picture(np.array([[1, 0], [0, 0], [-1, 1]], np.float32))
    assert picture.tolist() == [[254, 127, 0], [127, 127, 254]]


def test_many_units_fill_a_grid() -> None:
    picture = layer_picture(np.ones(30, np.float32))
    assert picture.shape == (5, 6)
    assert (picture == 254).all()
    assert layer_picture(np.ones(31, np.float32))[-1].tolist() == [254] + [GAP] * 5


def test_values_that_are_no_numbers_are_neutral() -> None:
    assert layer_picture(np.array([np.nan, 1.0], np.float32))[0, 0] == 127
