"""Whether a network is right as often as it says."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

BINS = 15


def calibration_error(probabilities: NDArray[np.float64], labels: NDArray[np.int64]) -> float:
    """Expected calibration error: how far confidence and accuracy are apart, in the mean over all answers.

    The answers are sorted into 15 bins by their confidence, the probability of the most probable class; ECE = sum over
    the bins of (share of the answers) * abs(accuracy - mean confidence).

    Args:
        probabilities: (N, classes).
        labels: The right classes, (N,).

    Source: Guo et al. 2017, On Calibration of Modern Neural Networks, arXiv:1706.04599, equation 3.
    """
    if not len(labels):
        return float("nan")
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == labels
    bins = np.clip(np.ceil(confidence * BINS).astype(int) - 1, 0, BINS - 1)
    gap = np.bincount(bins, right - confidence, minlength=BINS)
    return float(np.abs(gap).sum() / len(labels))
