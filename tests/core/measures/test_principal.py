"""Principal components against a full decomposition, and turning one picture onto another."""

from __future__ import annotations

import numpy as np
import pytest

from nnviz.core.measures.principal import follow, principal_components


@pytest.mark.parametrize("shape", [(200, 5), (120, 300), (40, 40), (3, 20), (50, 1)])
def test_components_are_those_of_a_full_decomposition(shape: tuple[int, int]) -> None:
    rng = np.random.default_rng(3)
    x = rng.normal(size=shape) * np.linspace(3, 0.5, shape[1])
    coordinates, shares = principal_components(x)
    centred = x - x.mean(axis=0)
    u, s, _ = np.linalg.svd(centred, full_matrices=False)
    known = min(2, len(s))
    np.testing.assert_allclose(shares[:known], (s**2 / (s**2).sum())[:known], atol=1e-4)
    for index in range(known):
        expected = u[:, index] * s[index]
        cosine = abs(expected @ coordinates[:, index]) / (expected @ expected)
        assert cosine == pytest.approx(1, abs=2e-2)
    assert (coordinates[np.abs(coordinates).argmax(axis=0), [0, 1]] >= 0).all()


def test_data_without_extent_lies_in_one_point() -> None:
    coordinates, shares = principal_components(np.ones((6, 4)))
    assert not coordinates.any()
    assert not shares.any()
    assert principal_components(np.empty((0, 4)))[0].shape == (0, 2)


def test_following_undoes_a_turn_and_a_mirror() -> None:
    before = np.random.default_rng(0).normal(size=(30, 2))
    angle = 2.2
    turn = np.array([[np.cos(angle), np.sin(angle)], [np.sin(angle), -np.cos(angle)]])
    np.testing.assert_allclose(follow(before @ turn, before), before, atol=1e-12)
    np.testing.assert_array_equal(follow(before[:9], before), before[:9])
