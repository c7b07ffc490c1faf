"""Area weighting, against sums that can be made by hand."""

from __future__ import annotations

import numpy as np
import pytest

from nnviz.core.resample import resample, shrunk, stretched

RANDOM = np.random.default_rng(0).random((9, 12), dtype=np.float32)


def test_scale_one_and_whole_offsets_change_no_value() -> None:
    moved = resample(RANDOM, 11, 15, offset=(2.0, 1.0))
    np.testing.assert_array_equal(moved[1:10, 2:14], RANDOM)
    assert moved.sum() == pytest.approx(RANDOM.sum())


def test_made_smaller_each_pixel_is_the_mean_of_its_area() -> None:
    row = np.array([[1, 2, 3, 4, 5]], dtype=np.float32)
    # Each of two pixels covers two and a half: 1 + 2 + 3/2 and 3/2 + 4 + 5.
    np.testing.assert_allclose(resample(row, 1, 2, scale=(0.4, 1.0)), [[4.5 / 2.5, 10.5 / 2.5]], rtol=1e-6)


@pytest.mark.parametrize("scale", [0.9, 0.5, 0.13])
def test_made_smaller_the_ink_keeps_its_amount(scale: float) -> None:
    small = resample(RANDOM, 12, 16, (scale, scale), (1.3, 0.7))
    assert small.sum() == pytest.approx(RANDOM.sum() * scale**2, rel=1e-5)


def test_made_larger_it_is_interpolated_not_repeated() -> None:
    row = np.array([[0, 1]], dtype=np.float32)
    large = resample(row, 1, 8, scale=(4.0, 1.0))[0]
    np.testing.assert_allclose(large[2:6], [0.125, 0.375, 0.625, 0.875], atol=1e-6)


def test_shrunk_keeps_the_proportions_and_small_pictures() -> None:
    assert shrunk(RANDOM, 12) is RANDOM
    assert shrunk(np.ones((100, 50), dtype=np.float32), 20).shape == (20, 10)
    np.testing.assert_allclose(shrunk(np.ones((100, 33), dtype=np.float32), 20), 1, rtol=1e-5)
    assert shrunk(np.ones((1, 500), dtype=np.float32), 20).shape == (1, 20)


def test_stretched_keeps_the_border() -> None:
    np.testing.assert_allclose(stretched(np.full((3, 4), 0.3, dtype=np.float32), 30, 17), 0.3, rtol=1e-5)
