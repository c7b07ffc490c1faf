"""Softmax, losses and gradients against the modules that nnviz trains with, and autograd."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.core.labs.softmax_loss import (
    cross_entropy,
    cross_entropy_gradient,
    descent,
    softmax,
    squared_error,
    squared_error_gradient,
)
from nnviz.core.training.losses.cross_entropy import CrossEntropy
from nnviz.core.training.losses.mean_squared_error import MeanSquaredError

LOGITS = st.lists(st.floats(-30, 30), min_size=2, max_size=8)


@settings(max_examples=60, deadline=None)
@given(LOGITS, st.integers(0, 7), st.floats(0.2, 5))
def test_losses_and_gradients_are_those_of_the_training(values: list[float], right: int, temperature: float) -> None:
    right %= len(values)
    target = torch.tensor([right])
    for ours, slope, loss, end in (
        (cross_entropy, cross_entropy_gradient, CrossEntropy(), lambda z: z),
        (squared_error, squared_error_gradient, MeanSquaredError(), lambda z: torch.softmax(z, 1)),
    ):
        z = torch.tensor([values], dtype=torch.float64, requires_grad=True)
        theirs = loss.torch_call("classification").evaluate()(end(z / temperature), target)
        theirs.backward()
        assert ours(values, right, temperature) == pytest.approx(theirs.item(), abs=1e-9)
        assert z.grad is not None
        np.testing.assert_allclose(slope(values, right, temperature), z.grad[0].numpy(), atol=1e-9)


def test_a_case_by_hand() -> None:
    # e^0 : e^(log 3) = 1 : 3.
    np.testing.assert_allclose(softmax([0.0, np.log(3)]), [0.25, 0.75])
    assert cross_entropy([0.0, np.log(3)], 0) == pytest.approx(np.log(4))
    assert squared_error([0.0, np.log(3)], 0) == pytest.approx(0.75**2)


def test_logits_that_overflow_e_are_no_trouble() -> None:
    np.testing.assert_array_equal(softmax([1000.0, 0.0]), [1.0, 0.0])
    assert cross_entropy([1000.0, 0.0], 1) == 1000.0


@pytest.mark.parametrize("squared", [False, True])
@pytest.mark.parametrize("temperature", [0.3, 1.0, 4.0])
def test_the_way_down_a_loss_is_that_of_pytorchs_gradient_descent(squared: bool, temperature: float) -> None:
    z = torch.tensor([[2.0, -3.5, 0.25, 40.0]], dtype=torch.float64, requires_grad=True)
    right, steps = 1, 40
    found = descent(z.detach().numpy()[0], right, steps, 0.7, temperature, squared=squared)
    optimiser = torch.optim.SGD([z], lr=0.7)
    wanted = []
    for _ in range(steps + 1):
        p = torch.softmax(z / temperature, 1)
        wanted.append(p[0, right].item())
        target = torch.nn.functional.one_hot(torch.tensor([right]), 4).double()
        loss = (
            torch.nn.functional.mse_loss(p, target)
            if squared
            else torch.nn.functional.cross_entropy(z / temperature, torch.tensor([right]))
        )
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    np.testing.assert_allclose(found, wanted, rtol=1e-9, atol=1e-12)
