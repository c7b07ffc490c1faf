"""Softmax of a few logits, the two losses on it, and their gradients: what the lab on losses shows."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def softmax(logits: ArrayLike, temperature: float = 1.0) -> Array:
    """Probabilities p_i = e^(z_i / T) / sum_k e^(z_k / T), (K,).

    Source: Bridle 1990, Training stochastic model recognition algorithms as networks, eq. 5; the temperature as in
    Hinton, Vinyals & Dean 2015, arXiv:1503.02531, eq. 1.
    """
    z = np.asarray(logits, np.float64) / temperature
    e = np.exp(z - z.max())
    return np.asarray(e / e.sum())


def cross_entropy(logits: ArrayLike, right: int, temperature: float = 1.0) -> float:
    """-log p of the right class, computed from the logits so that no probability of 0 gets in the way."""
    z = np.asarray(logits, np.float64) / temperature
    top = z.max()
    return float(top + np.log(np.exp(z - top).sum()) - z[right])


def squared_error(logits: ArrayLike, right: int, temperature: float = 1.0) -> float:
    """Mean over the classes of (p - y)^2, y = 1 for the right one, else 0."""
    return float(np.mean((softmax(logits, temperature) - one_hot(right, len(np.asarray(logits)))) ** 2))


def cross_entropy_gradient(logits: ArrayLike, right: int, temperature: float = 1.0) -> Array:
    """dL/dz_i = (p_i - y_i) / T: never small while the answer is wrong, (K,)."""
    p = softmax(logits, temperature)
    return np.asarray((p - one_hot(right, len(p))) / temperature)


def squared_error_gradient(logits: ArrayLike, right: int, temperature: float = 1.0) -> Array:
    """dL/dz_i = 2 / (K T) p_i ((p_i - y_i) - sum_k p_k (p_k - y_k)): small wherever p is near 0 or 1, (K,)."""
    p = softmax(logits, temperature)
    error = p - one_hot(right, len(p))
    return np.asarray(2 / (len(p) * temperature) * p * (error - p @ error))


def descent(
    logits: ArrayLike, right: int, steps: int, learning_rate: float, temperature: float = 1.0, *, squared: bool
) -> list[float]:
    """Probability of the right class before and after each of `steps` steps of gradient descent on the logits.

    Args:
        logits: Where it begins, (K,).
        right: Index of the right class.
        steps: Number of steps.
        learning_rate: What the gradient is multiplied by.
        temperature: T of the softmax.
        squared: Whether down the mean squared error, else down the cross-entropy.

    Returns:
        `steps` + 1 probabilities.
    """
    # Plain numbers: for a handful of logits numpy takes ten times as long, and this is done while a logit is dragged.
    z = [float(value) / temperature for value in np.asarray(logits, np.float64)]
    y = [1.0 if index == right else 0.0 for index in range(len(z))]
    rate = learning_rate / temperature**2
    if squared:
        rate *= 2 / len(z)
    seen = []
    for _ in range(steps + 1):
        top = max(z)
        e = [math.exp(value - top) for value in z]
        total = sum(e)
        p = [value / total for value in e]
        seen.append(p[right])
        push = [a - b for a, b in zip(p, y, strict=True)]
        if squared:
            common = sum(a * b for a, b in zip(p, push, strict=True))
            push = [a * (b - common) for a, b in zip(p, push, strict=True)]
        z = [value - rate * size for value, size in zip(z, push, strict=True)]
    return seen


def one_hot(right: int, classes: int) -> Array:
    """1 for the right class, else 0, (K,)."""
    target = np.zeros(classes)
    target[right] = 1.0
    return target
