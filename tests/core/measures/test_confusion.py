"""The confusion matrix against scikit-learn's, and mistakes in the order of their certainty."""

from __future__ import annotations

import numpy as np
from sklearn.metrics import confusion_matrix as sklearns_matrix

from nnviz.core.measures.confusion import confusion_matrix, surest_mistakes


def test_the_matrix_is_that_of_scikit_learn() -> None:
    rng = np.random.default_rng(0)
    truth, answers = rng.integers(0, 5, 300), rng.integers(0, 5, 300)
    expected = sklearns_matrix(truth, answers, labels=range(5))
    np.testing.assert_array_equal(confusion_matrix(truth, answers, 5), expected)


def test_classes_that_nobody_has_keep_their_rows() -> None:
    assert confusion_matrix(np.array([0]), np.array([2]), 4).shape == (4, 4)
    assert confusion_matrix(np.empty(0, np.int64), np.empty(0, np.int64), 3).sum() == 0


def test_the_surest_mistake_comes_first() -> None:
    probabilities = np.array([[0.9, 0.1], [0.2, 0.8], [0.4, 0.6], [0.05, 0.95]])
    truth = np.array([0, 0, 0, 0])
    assert surest_mistakes(truth, probabilities, 2).tolist() == [3, 1]
    assert surest_mistakes(truth, probabilities, 9).tolist() == [3, 1, 2]
    assert surest_mistakes(np.array([0, 1, 1, 1]), probabilities, 9).tolist() == []
