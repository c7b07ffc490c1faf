"""Histograms and quantiles against numpy's own."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from nnviz.core.measures.spread import BINS, MOST_VALUES, SHARES, spread, spread_of_tensor


def test_counts_and_quantiles_are_numpys() -> None:
    values = np.random.default_rng(1).normal(0.3, 2.0, (64, 100)).astype(np.float32)
    result = spread(values)
    limit = float(np.abs(values).max())
    assert result.limit == pytest.approx(limit)
    expected, _ = np.histogram(values, BINS, (-limit, limit))
    # A value on an edge may fall to either side in single precision.
    assert np.abs(result.counts - expected).max() <= 1
    assert result.counts.sum() == values.size == result.values
    np.testing.assert_allclose(result.quantiles, np.quantile(values, SHARES), atol=1e-6)
    assert result.mean == pytest.approx(float(values.mean()), abs=1e-5)
    assert result.deviation == pytest.approx(float(values.std()), rel=1e-5)


def test_of_very_many_values_the_extremes_are_exact_and_the_rest_is_near() -> None:
    values = np.random.default_rng(2).normal(size=500_000).astype(np.float32)
    values[12_345], values[54_321] = 9.5, -7.25
    result = spread(values)
    assert result.counts.sum() <= MOST_VALUES
    assert (result.quantiles[0], result.quantiles[-1], result.limit) == (-7.25, 9.5, 9.5)
    ranks = np.searchsorted(np.sort(values), result.quantiles[1:-1]) / values.size
    np.testing.assert_allclose(ranks, SHARES[1:-1], atol=0.02)


def test_no_bar_lies_on_both_sides_of_zero() -> None:
    result = spread(np.array([-1.0, -0.001, 0.001, 0.002, 3.0], np.float32))
    assert (result.counts[: BINS // 2].sum(), result.counts[BINS // 2 :].sum()) == (2, 3)


def test_what_is_not_finite_is_left_out() -> None:
    values = np.array([1.0, np.nan, -2.0, np.inf, -np.inf], np.float32)
    result = spread(values)
    assert (result.values, result.limit, result.counts.sum()) == (2, 2.0, 2)
    assert spread(np.array([np.nan], np.float32)).values == 0
    assert spread(np.empty(0, np.float32)).counts.sum() == 0


def test_all_zeros_have_a_histogram_too() -> None:
    result = spread(np.zeros(7, np.float32))
    assert (result.limit, result.counts.sum()) == (0.0, 7)


@pytest.mark.parametrize("odd", [None, np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("size", [0, 1, 100, 60_000])
def test_of_a_tensor_it_is_that_of_its_values(size: int, odd: float | None) -> None:
    values = np.random.default_rng(3).normal(size=size).astype(np.float32)
    if odd is not None:
        values[size // 2 :: 50] = odd
    result, expected = spread_of_tensor(torch.from_numpy(values).reshape(-1, 1)), spread(values)
    for name, value in vars(expected).items():
        np.testing.assert_array_equal(getattr(result, name), value)
