"""Norms of tensors of any size."""

import math

import numpy as np
import pytest
import torch

from nnviz.core.measures.norm import norm


@pytest.mark.parametrize("size", [1e-30, 1e-9, 0.1, 1e12, 1e30])
def test_neither_tiny_nor_huge_entries_are_lost(size: float) -> None:
    values = torch.randn(300, 7, generator=torch.Generator().manual_seed(1)) * size
    # Without abs=0 anything below 1e-12 would do.
    assert norm(values) == pytest.approx(float(np.linalg.norm(values.double().numpy())), rel=1e-5, abs=0)


def test_of_nothing_and_of_zeros_it_is_zero_and_what_is_not_finite_shows() -> None:
    assert norm(torch.empty(0)) == norm(torch.zeros(3)) == 0
    assert norm(torch.tensor([1.0, math.inf])) == math.inf
    assert math.isnan(norm(torch.tensor([1.0, math.nan])))


def test_any_order_in_memory_gives_the_same() -> None:
    values = torch.randn(4, 3, 5, 5)
    assert norm(values.contiguous(memory_format=torch.channels_last)) == pytest.approx(norm(values), rel=1e-6)
