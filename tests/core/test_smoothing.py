"""Smoothing against the sum of its definition, worked out by itself for every point."""

from __future__ import annotations

import numpy as np
import pytest

from nnviz.core.smoothing import PARTS, smoothed


@pytest.mark.parametrize("weight", [0.3, 0.9, 0.99])
def test_each_value_is_the_weighted_mean_of_all_before(weight: float) -> None:
    random = np.random.default_rng(0)
    steps = np.cumsum(random.integers(1, 9, 50)).astype(float)
    values = random.normal(size=50)
    span = 300.0
    expected = []
    for place, step in enumerate(steps):
        weights = weight ** ((step - steps[: place + 1]) * PARTS / span)
        expected.append((weights * values[: place + 1]).sum() / weights.sum())
    np.testing.assert_allclose(smoothed(steps, values, weight, span), expected, rtol=1e-12)


def test_nothing_to_smooth() -> None:
    values = np.array([3.0, 1.0])
    assert smoothed(np.array([1.0, 2.0]), values, 0.0, 10) is values
    assert len(smoothed(np.empty(0), np.empty(0), 0.9, 10)) == 0


def test_a_constant_stays_what_it_is() -> None:
    np.testing.assert_allclose(smoothed(np.arange(1, 40.0), np.full(39, 0.7), 0.95, 100), 0.7)
