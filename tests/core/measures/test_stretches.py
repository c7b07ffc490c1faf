"""Stretches that are alike: against a search of every window by hand."""

from __future__ import annotations

import numpy as np
import pytest

from nnviz.core.measures.stretches import alike


def by_hand(
    values: np.ndarray, lengths: np.ndarray, pattern: np.ndarray, by: str
) -> list[tuple[float, int, int, float, float]]:
    """Every window with its cost, cheapest first."""
    steps = len(pattern)
    windows = []
    for number, length in enumerate(lengths):
        for start in range(length - steps + 1):
            window = values[number, start : start + steps].ravel()
            flat = pattern.ravel()
            cosine = float(window @ flat / np.linalg.norm(window) / np.linalg.norm(flat))
            distance = float(np.sqrt(np.mean((window - flat) ** 2)))
            windows.append((-cosine if by == "cosine" else distance, number, start, cosine, distance))
    return sorted(windows)


@pytest.mark.parametrize("by", ["cosine", "distance"])
def test_the_nearest_windows_are_found_and_none_overlaps_another(by: str) -> None:
    rng = np.random.default_rng(0)
    values = rng.normal(size=(5, 20, 3))
    lengths = np.array([20, 12, 3, 17, 4])
    values[np.arange(20) >= lengths[:, None]] = np.nan
    pattern = rng.normal(size=(4, 3))
    taken: list[tuple[int, int]] = []
    expected = []
    for _, number, start, cosine, distance in by_hand(values, lengths, pattern, by):
        if all(number != n or abs(start - s) >= 4 for n, s in taken) and len(taken) < 6:
            taken.append((number, start))
            expected.append((cosine, distance))
    found = alike(values, lengths, pattern, 6, by=by)
    assert [(one.sequence, one.start) for one in found] == taken
    np.testing.assert_allclose([(one.cosine, one.distance) for one in found], expected, atol=1e-9)


def test_the_pattern_itself_is_left_out_and_its_double_is_found() -> None:
    values = np.random.default_rng(1).normal(size=(3, 15, 2))
    values[2, 8:12] = values[0, 3:7]
    lengths = np.array([15, 15, 15])
    best = alike(values, lengths, values[0, 3:7], 2, by="distance", leave_out=(0, 3))[0]
    assert (best.sequence, best.start) == (2, 8)
    assert best.distance == pytest.approx(0, abs=1e-7)
    assert best.cosine == pytest.approx(1)


def test_where_no_window_fits_nothing_is_found() -> None:
    values = np.zeros((2, 5, 2))
    assert alike(values, np.array([3, 2]), np.ones((4, 2)), 3) == []
    assert alike(values, np.array([5, 5]), np.ones((6, 2)), 3) == []
    # All zeros have no direction, and are not divided by.
    assert alike(values, np.array([5, 5]), np.ones((5, 2)), 1)[0].cosine == 0
