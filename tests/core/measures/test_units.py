"""Dead and saturated units, against small cases worked out by hand and against derivatives by autograd."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from nnviz.core.layers.sigmoid import Sigmoid
from nnviz.core.layers.tanh import Tanh
from nnviz.core.measures.units import FLAT_SLOPE, dead_units, saturated


def test_a_unit_is_dead_if_it_is_zero_for_all_samples() -> None:
    activations = np.array([[0.0, 0.0, 2.0], [0.0, 0.1, 3.0]], np.float32)
    assert dead_units(activations).tolist() == [True, False, False]


def test_a_filter_is_dead_if_it_answers_nowhere() -> None:
    maps = np.zeros((3, 2, 4, 4), np.float32)
    maps[2, 1, 3, 0] = 0.5
    assert dead_units(maps).tolist() == [True, False]


@pytest.mark.parametrize("layer", [Sigmoid(), Tanh()])
def test_saturated_is_where_autograd_finds_hardly_any_slope(layer: Sigmoid | Tanh) -> None:
    x = torch.linspace(-8, 8, 401, requires_grad=True)
    y = torch.sigmoid(x) if isinstance(layer, Sigmoid) else torch.tanh(x)
    (slope,) = torch.autograd.grad(y.sum(), x)
    expected = (slope < FLAT_SLOPE * slope.max()).double().mean()
    assert layer.flat_ends is not None
    share = saturated(y.detach().numpy()[:, None], layer.flat_ends)
    assert share == pytest.approx(float(expected), abs=0.006)
    assert 0.3 < share[0] < 0.8


def test_each_unit_has_its_own_share() -> None:
    activations = np.array([[0.5, 0.999], [0.001, 0.998]], np.float32)
    np.testing.assert_allclose(saturated(activations, (0.0, 1.0)), [0.5, 1.0])
