"""Curves in bounded memory, against the whole series."""

from __future__ import annotations

import math

import numpy as np
import pytest

from nnviz.core.curve import MOST_BINS, NEWEST, Curve
from nnviz.core.run_curves import RunCurves
from nnviz.core.snapshot import History


def test_nothing_is_nothing() -> None:
    curve = Curve()
    curve.append(np.empty(0, np.int64), np.empty(0, np.float32))
    curve.append(np.array([1, 2]), np.array([np.nan, np.nan], np.float32))
    assert len(curve) == 0
    assert [len(part) for part in curve.bins()] == [0, 0, 0, 0]
    assert (curve.last_step, curve.at(3.0)[:2]) == (0, (0, 0))
    assert all(map(math.isnan, (curve.newest, curve.largest, curve.least, curve.at(3.0)[2])))


@pytest.mark.parametrize(("count", "every", "width"), [(1000, 1, 1), (5000, 1, 8), (900, 3, 4), (70_000, 1, 128)])
def test_bins_hold_what_the_whole_series_says(count: int, every: int, width: int) -> None:
    rng = np.random.default_rng(count)
    steps = np.arange(1, count + 1) * every
    values = rng.normal(size=count).astype(np.float32)
    values[rng.random(count) < 0.1] = np.nan
    curve = Curve()
    for part in np.array_split(np.arange(count), 37):
        curve.append(steps[part], values[part])
    assert curve.width == width
    places, means, least, largest = curve.bins()
    assert len(places) <= MOST_BINS
    known = ~np.isnan(values)
    steps, values = steps[known], values[known].astype(np.float64)
    groups = [values[steps // width == number] for number in np.unique(steps // width)]
    np.testing.assert_allclose(means, [group.mean() for group in groups], atol=1e-9)
    np.testing.assert_array_equal(least, [group.min() for group in groups])
    np.testing.assert_array_equal(largest, [group.max() for group in groups])
    np.testing.assert_allclose(places, [steps[steps // width == n].mean() for n in np.unique(steps // width)])
    assert curve.last_step == steps[-1]
    # As many whole bins from the end as hold that many values.
    covered = next(n for n in range(1, len(groups) + 1) if sum(map(len, groups[-n:])) >= NEWEST)
    assert curve.newest == pytest.approx(np.concatenate(groups[-covered:]).mean(), abs=1e-9)
    assert curve.least == pytest.approx(min(means))
    assert curve.largest == pytest.approx(max(means))
    first, last, mean = curve.at(steps[len(steps) // 2])
    assert first <= steps[len(steps) // 2] <= last
    assert last - first < width
    assert mean in means


def test_a_run_shows_the_validation_alone() -> None:
    def stretch(first: int, last: int, *validated: int) -> History:
        steps = np.arange(first, last)
        at = np.array(validated, np.int64)
        return History(steps, steps / np.float32(2), steps * np.float32(0), at, at * np.float32(3), at * np.float32(4))

    curves = RunCurves()
    for part in (stretch(1, 4), stretch(4, 6, 5), stretch(6, 6, 6), History()):
        curves.append(part)
    for _ in range(2):
        assert curves.loss.bins()[1].tolist() == [0.5, 1.0, 1.5, 2.0, 2.5]
        assert curves.validation.validation_steps.tolist() == [5, 6]
    assert not len(curves.validation)
    assert curves.validation.validation_loss.tolist() == [15, 18]
    assert curves.loss.last_step == 5


def test_neighbouring_bins_are_taken_together_where_fewer_points_are_wanted() -> None:
    curve = Curve()
    curve.append(np.arange(1, 8), np.array([1, 3, 5, 7, 2, 4, 9], np.float32))
    places, means, least, largest = curve.bins(most=3)
    assert places.tolist() == [2, 5, 7]
    assert means.tolist() == [3, pytest.approx(13 / 3), 9]
    assert least.tolist() == [1, 2, 9]
    assert largest.tolist() == [5, 7, 9]
