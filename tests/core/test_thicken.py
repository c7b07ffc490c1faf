"""Widths of strokes, measured and changed, on shapes of known width."""

from __future__ import annotations

import numpy as np
import pytest

from nnviz.core.rasterise import pen_coverage
from nnviz.core.thicken import distance_to, stroke_width, thickened


def _arc(pen: float) -> np.ndarray:
    angle = np.linspace(0, 5, 200)
    return pen_coverage([50 + 35 * np.stack([np.cos(angle), np.sin(angle)], axis=1)], pen, height=100, width=100)


@pytest.mark.parametrize("pen", [4.0, 8.0, 14.0])
def test_the_width_of_a_stroke(pen: float) -> None:
    assert stroke_width(_arc(pen)) == pytest.approx(pen, rel=0.1)


def test_a_disc_is_half_as_wide_as_long() -> None:
    disc = pen_coverage([np.array([[50.0, 50.0]])], 60.0, height=100, width=100)
    assert stroke_width(disc) == pytest.approx(30, rel=0.05)


@pytest.mark.parametrize(("before", "after"), [(4.0, 10.0), (10.0, 4.0), (6.0, 6.0), (5.0, 6.0)])
def test_a_stroke_gets_the_width_that_is_asked_for(before: float, after: float) -> None:
    changed = thickened(_arc(before), (after - before) / 2)
    assert changed.sum() == pytest.approx(_arc(after).sum(), rel=0.1)
    assert np.abs(changed - _arc(after)).mean() < 0.02


def test_distances_against_trying_every_pixel() -> None:
    mask = np.random.default_rng(1).random((17, 23)) < 0.03
    ys, xs = np.nonzero(mask)
    y, x = np.mgrid[:17, :23]
    expected = np.sqrt((y[..., None] - ys) ** 2 + (x[..., None] - xs) ** 2).min(axis=-1)
    np.testing.assert_allclose(distance_to(mask), expected, rtol=1e-5)


def test_without_anything_the_distance_is_large() -> None:
    assert distance_to(np.zeros((4, 5), dtype=bool)).min() >= 5
