"""What is taken for what: the confusion matrix, its cells' samples, and the mistakes that were made most surely."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def confusion_matrix(truth: NDArray[np.int64], answers: NDArray[np.int64], classes: int) -> NDArray[np.int64]:
    """How many samples of each class (row) were taken for each class (column), (classes, classes)."""
    return np.bincount(truth * classes + answers, minlength=classes * classes).reshape(classes, classes)


def surest_mistakes(truth: NDArray[np.int64], probabilities: NDArray[Any], most: int) -> NDArray[np.int64]:
    """Indices of the wrong answers, the most probable answer first; at most `most`.

    Args:
        truth: Right classes, (N,).
        probabilities: Per class, (N, classes).
        most: How many.
    """
    answers = probabilities.argmax(axis=1)
    wrong = np.flatnonzero(answers != truth)
    order = np.argsort(-probabilities[wrong, answers[wrong]], kind="stable")
    return wrong[order[:most]]
