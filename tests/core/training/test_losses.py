"""Losses against numpy in float64."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from nnviz.core.training.losses.binary_cross_entropy import BinaryCrossEntropy
from nnviz.core.training.losses.mean_squared_error import MeanSquaredError

CLASSES = np.array([2, 0, 1, 1, 2])
ONE_HOT = np.eye(3)[CLASSES]


def both_ways(loss: torch.nn.Module, outputs: np.ndarray) -> tuple[float, np.ndarray]:
    """The loss, and its gradient by the outputs."""
    given = torch.from_numpy(outputs.astype(np.float32)).requires_grad_()
    value = loss(given, torch.from_numpy(CLASSES))
    value.backward()
    assert given.grad is not None
    return float(value.detach()), given.grad.numpy()


def test_squared_errors_of_classes_are_distances_from_zero_and_one() -> None:
    outputs = np.random.default_rng(1).normal(size=(5, 3))
    value, gradient = both_ways(MeanSquaredError().torch_call("classification").evaluate(), outputs)
    assert value == pytest.approx(((outputs - ONE_HOT) ** 2).mean(), rel=1e-6)
    np.testing.assert_allclose(gradient, 2 * (outputs - ONE_HOT) / 15, rtol=1e-5, atol=1e-7)


def test_binary_cross_entropy_asks_of_every_class() -> None:
    p = np.random.default_rng(2).uniform(0.05, 0.95, size=(5, 3))
    value, gradient = both_ways(BinaryCrossEntropy().torch_call("classification").evaluate(), p)
    assert value == pytest.approx(-(ONE_HOT * np.log(p) + (1 - ONE_HOT) * np.log(1 - p)).mean(), rel=1e-6)
    np.testing.assert_allclose(gradient, (p - ONE_HOT) / (p * (1 - p)) / 15, rtol=1e-4, atol=1e-7)


def test_binary_cross_entropy_by_hand() -> None:
    loss = BinaryCrossEntropy().torch_call("classification").evaluate()
    # -(ln 0.8 + ln(1 - 0.5)) / 2 = 0.4581454
    assert float(loss(torch.tensor([[0.8, 0.5]]), torch.tensor([0]))) == pytest.approx(0.4581454, rel=1e-6)


def test_binary_cross_entropy_of_certain_answers_is_finite() -> None:
    outputs = torch.tensor([[0.0, 1.0, 0.0]], requires_grad=True)
    loss = BinaryCrossEntropy().torch_call("classification").evaluate()
    # Wrong with certainty for two classes of three: each logarithm ends at -100.
    wrong = loss(outputs, torch.tensor([0]))
    assert wrong.item() == pytest.approx(200 / 3)
    wrong.backward()
    assert outputs.grad is not None
    assert torch.isfinite(outputs.grad).all()
    assert loss(outputs, torch.tensor([1])).item() == 0
