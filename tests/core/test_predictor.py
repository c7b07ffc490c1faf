"""How outputs become probabilities."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn

from nnviz.core.predictor import PredictionError, Predictor
from nnviz.core.shape import Shape
from nnviz.core.training.losses.base import LossSpec
from nnviz.core.training.losses.binary_cross_entropy import BinaryCrossEntropy
from nnviz.core.training.losses.cross_entropy import CrossEntropy
from nnviz.core.training.losses.mean_squared_error import MeanSquaredError


class _ValuesOnly(LossSpec):
    """A loss that knows no classes."""


def answers(loss: LossSpec, *outputs: list[float]) -> np.ndarray:
    """Probabilities of a network that gives its inputs back."""
    x = np.array(outputs, np.float32)
    return Predictor(nn.Sequential(nn.Identity()), Shape((x.shape[1],)), loss).probabilities(x)


@pytest.mark.parametrize("loss", [MeanSquaredError(), BinaryCrossEntropy()])
def test_what_is_a_probability_already_is_only_made_to_sum_to_one(loss: LossSpec) -> None:
    found = answers(loss, [0.25, 0.5, 0.25], [0.8, 0.8, 0.4], [-3.0, 0.0, 0.1], [0.2, -0.1, 0.6])
    assert found.dtype == np.float64
    np.testing.assert_allclose(
        found, [[0.25, 0.5, 0.25], [0.4, 0.4, 0.2], [0.0, 0.0, 1.0], [0.25, 0.0, 0.75]], rtol=1e-6
    )


def test_outputs_that_favour_no_class_are_shared_equally() -> None:
    assert answers(MeanSquaredError(), [0.0, 0.0, 0.0, 0.0], [-1.0, -5.0, -1e30, 0.0]).tolist() == [[0.25] * 4] * 2


def test_shares_of_huge_and_tiny_outputs_are_finite() -> None:
    found = answers(MeanSquaredError(), [3e38, 3e38, 0.0], [1e-40, 3e-40, 0.0])
    np.testing.assert_allclose(found, [[0.5, 0.5, 0.0], [0.25, 0.75, 0.0]], rtol=1e-3)


def test_scores_become_probabilities_by_softmax() -> None:
    found = answers(CrossEntropy(), [0.0, float(np.log(3.0))], [1000.0, -1000.0])
    np.testing.assert_allclose(found, [[0.25, 0.75], [1.0, 0.0]], rtol=1e-6)


def test_what_cannot_be_answered_is_a_sentence() -> None:
    with pytest.raises(PredictionError, match="values, not classes"):
        answers(_ValuesOnly(), [0.1, 0.9])
    for loss in (MeanSquaredError(), CrossEntropy()):
        with pytest.raises(PredictionError, match="no finite numbers any more"):
            answers(loss, [0.1, float("nan")])


def test_the_models_mode_is_restored() -> None:
    model = nn.Sequential(nn.Dropout(0.9))
    predictor = Predictor(model, Shape((4,)), MeanSquaredError())
    assert predictor.outputs(np.ones((1, 4), np.float32)).tolist() == [[1.0] * 4]
    assert model.training
    model.eval()
    predictor.outputs(np.ones((1, 4), np.float32))
    assert not model.training
    assert torch.is_grad_enabled()
