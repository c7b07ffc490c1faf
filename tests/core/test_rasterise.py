"""Coverage of pixels by a pen, against areas known from geometry."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from nnviz.core.rasterise import average_blocks, pen_coverage


def test_a_line_along_the_grid_covers_exactly_its_width() -> None:
    picture = pen_coverage([np.array([[-5.0, 4.5], [25.0, 4.5]])], pen_width=2.5, height=9, width=20)
    # The pen covers rows 3.25 to 5.75.
    expected = np.array([0, 0, 0, 0.75, 1, 0.75, 0, 0, 0])
    np.testing.assert_allclose(picture, np.repeat(expected[:, None], 20, axis=1), atol=1e-6)


def test_a_pen_thinner_than_a_pixel_leaves_as_much_ink_as_it_is_wide() -> None:
    picture = pen_coverage([np.array([[4.5, -5.0], [4.5, 25.0]])], pen_width=0.3, height=20, width=9)
    np.testing.assert_allclose(picture.sum(axis=1), 0.3, atol=1e-6)


@pytest.mark.parametrize("pen", [3.0, 8.0, 15.0])
def test_a_dot_is_a_disc(pen: float) -> None:
    picture = pen_coverage([np.array([[15.3, 14.8]])], pen, height=30, width=30)
    assert picture.sum() == pytest.approx(np.pi * pen**2 / 4, rel=0.05)
    repeated = pen_coverage([np.array([[15.3, 14.8]] * 7)], pen, height=30, width=30)
    np.testing.assert_array_equal(picture, repeated)


@pytest.mark.parametrize("angle", [0, 17, 45, 80, 90])
def test_a_line_with_round_ends_has_the_area_of_a_stadium(angle: float) -> None:
    step = 20 * np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))])
    picture = pen_coverage([25 + np.array([-step, step])], 6.0, height=50, width=50)
    assert picture.sum() == pytest.approx(40 * 6 + np.pi * 9, rel=0.02)


def test_against_counting_points_of_a_fine_grid() -> None:
    rng = np.random.default_rng(3)
    points = rng.uniform(2, 18, (6, 2))
    fine = (np.arange(160) + 0.5) / 8
    x, y = np.meshgrid(fine, fine)
    nearest = np.full((160, 160), np.inf)
    for (ax, ay), (bx, by) in pairwise(points):
        along = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2)
        t = np.clip(along, 0, 1)
        nearest = np.minimum(nearest, np.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay)))
    exact = (nearest <= 1.25).reshape(20, 8, 20, 8).mean(axis=(1, 3))
    # As the preparation does it: rendered four times as fine, then averaged.
    picture = average_blocks(pen_coverage([points * 4], 10.0, height=80, width=80), 4)
    assert np.abs(picture - exact).max() < 0.04
    assert np.abs(picture - exact).mean() < 0.004


def test_crossing_strokes_do_not_add_up() -> None:
    cross = [np.array([[2.0, 10.0], [18.0, 10.0]]), np.array([[10.0, 2.0], [10.0, 18.0]])]
    assert pen_coverage(cross, 4.0, height=20, width=20).max() == 1


def test_what_is_outside_is_cut_off() -> None:
    far = [np.array([[-1e6, -1e6]]), np.array([[500.0, 3.0], [600.0, 3.0]])]
    assert pen_coverage(far, 4.0, height=10, width=12).shape == (10, 12)
    assert not pen_coverage(far, 4.0, height=10, width=12).any()
    inside = pen_coverage([np.array([[-50.0, 5.0], [50.0, 5.0]])], 4.0, height=10, width=12)
    np.testing.assert_allclose(inside.sum(axis=0), 4, atol=1e-5)


def test_nothing_drawn_is_nothing_seen() -> None:
    assert not pen_coverage([], 4.0, height=5, width=5).any()


def test_more_points_on_the_same_way_draw_the_same() -> None:
    few = np.array([[3.0, 3.0], [40.0, 30.0]])
    many = few[0] + np.linspace(0, 1, 700)[:, None] * (few[1] - few[0])
    a = pen_coverage([few], 8.0, height=40, width=50)
    b = pen_coverage([many], 8.0, height=40, width=50)
    np.testing.assert_allclose(a, b, atol=1e-4)


def test_averaging_blocks() -> None:
    picture = np.arange(16, dtype=np.float32).reshape(4, 4)
    np.testing.assert_array_equal(average_blocks(picture, 2), [[2.5, 4.5], [10.5, 12.5]])
