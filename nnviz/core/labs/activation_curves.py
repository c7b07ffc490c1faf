"""Activation functions as curves: value and derivative of many inputs at once, and what a stack of them does.

The same functions as the activation layers that nnviz trains with; tests hold them against those layers and autograd.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

FLAT = 0.05
"""A unit whose derivative is below this passes hardly any gradient on: it is saturated, or dead."""
LAYERS_OF_STACK = 8


@dataclass(frozen=True)
class Knobs:
    """What some of the functions can be set with.

    Attributes:
        leak: Slope on the negative side, of leaky ReLU and PReLU.
        lines: Slope and offset of the two straight lines that maxout chooses from.
        others: The other logits that softmax weighs its input against.
    """

    leak: float = 0.01
    lines: tuple[tuple[float, float], tuple[float, float]] = ((0.0, 0.0), (1.0, 0.0))
    others: tuple[float, ...] = (0.0, 0.0)


@dataclass(frozen=True)
class Curve:
    """One function of one number.

    Attributes:
        name: What people and files call it.
        layer: Registry name of the layer that computes it; empty for linear, which is no layer at all.
        formula: f(x).
        slope_formula: f'(x), with f for f(x).
        range: The values that it can take.
        value: f, from x and the knobs.
        slope: f', from x, f(x) and the knobs. Where the curve has a corner it is what autograd takes.
    """

    name: str
    layer: str
    formula: str
    slope_formula: str
    range: str
    value: Callable[[Array, Knobs], Array]
    slope: Callable[[Array, Array, Knobs], Array]

    def at(self, x: ArrayLike, knobs: Knobs) -> tuple[Array, Array]:
        """Values and derivatives at `x`, of its shape each."""
        inputs = np.asarray(x, np.float64)
        values = self.value(inputs, knobs)
        return values, self.slope(inputs, values, knobs)


def _sigmoid(x: Array, knobs: Knobs) -> Array:
    # Of e^-|x| only, which never overflows.
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1 / (1 + e), e / (1 + e))


def _leaky(x: Array, knobs: Knobs) -> Array:
    return np.where(x > 0, x, knobs.leak * x)


def _leaky_slope(x: Array, y: Array, knobs: Knobs) -> Array:
    return np.where(x > 0, 1.0, knobs.leak)


def _maxout(x: Array, knobs: Knobs) -> Array:
    (w1, b1), (w2, b2) = knobs.lines
    return np.maximum(w1 * x + b1, w2 * x + b2)


def _maxout_slope(x: Array, y: Array, knobs: Knobs) -> Array:
    (w1, b1), (w2, b2) = knobs.lines
    first, second = w1 * x + b1, w2 * x + b2
    # Where both are equal, torch's largest value shares the gradient out evenly.
    return np.where(first > second, w1, np.where(first < second, w2, (w1 + w2) / 2))


def _softmax(x: Array, knobs: Knobs) -> Array:
    logits = np.stack([x, *(np.full_like(x, other) for other in knobs.others)])
    e = np.exp(logits - logits.max(axis=0))
    return np.asarray(e[0] / e.sum(axis=0))


CURVES = {
    curve.name: curve
    for curve in (
        Curve(
            "sigmoid", "sigmoid", "1 / (1 + e^-x)", "f (1 - f)", "(0, 1)",
            _sigmoid, lambda x, y, knobs: y * (1 - y),
        ),
        Curve(
            "tanh", "tanh", "(e^x - e^-x) / (e^x + e^-x)", "1 - f^2", "(-1, 1)",
            lambda x, knobs: np.tanh(x), lambda x, y, knobs: 1 - y * y,
        ),
        Curve(
            "ReLU", "relu", "max(0, x)", "1 if x > 0, else 0", "[0, \N{INFINITY})",
            lambda x, knobs: np.maximum(x, 0.0), lambda x, y, knobs: np.where(x > 0, 1.0, 0.0),
        ),
        Curve(
            "leaky ReLU", "leaky_relu", "x if x > 0, else a x", "1 if x > 0, else a", "(-\N{INFINITY}, \N{INFINITY})",
            _leaky, _leaky_slope,
        ),
        Curve(
            "PReLU", "prelu", "x if x > 0, else a x (a is learned)", "1 if x > 0, else a",
            "(-\N{INFINITY}, \N{INFINITY})", _leaky, _leaky_slope,
        ),
        Curve(
            "maxout", "maxout", "max(w1 x + b1, w2 x + b2)", "w of the larger line",
            "a part of (-\N{INFINITY}, \N{INFINITY})", _maxout, _maxout_slope,
        ),
        Curve(
            "softmax", "softmax", "e^x / (e^x + sum of the other e^z)", "f (1 - f)", "(0, 1)",
            _softmax, lambda x, y, knobs: y * (1 - y),
        ),
        Curve(
            "linear", "", "x", "1", "(-\N{INFINITY}, \N{INFINITY})",
            lambda x, knobs: x * 1.0, lambda x, y, knobs: np.ones_like(x),
        ),
    )
}  # fmt: skip


@dataclass(frozen=True)
class Stack:
    """One signal's way through a stack of equal layers of one unit each, and the gradient's way back.

    Attributes:
        z: What arrives at each layer, (layers,) or (layers, N).
        a: What leaves it: a = f(z); the next z is weight times a.
        slope: f'(z).
        gradient: How much the last output changes with each z: d a_last / d z.
    """

    z: Array
    a: Array
    slope: Array
    gradient: Array


def run_stack(curve: Curve, x: ArrayLike, knobs: Knobs, weight: float, layers: int = LAYERS_OF_STACK) -> Stack:
    """Send `x` through `layers` units a = f(z), z = weight times the a before, and a gradient of 1 back.

    The chain rule: d a_n / d z_k = f'(z_k) weight (d a_n / d z_(k+1)), beginning with d a_n / d z_n = f'(z_n).
    """
    inputs = np.asarray(x, np.float64)
    z, a, slope = [], [], []
    for _ in range(layers):
        values, slopes = curve.at(inputs, knobs)
        z.append(inputs)
        a.append(values)
        slope.append(slopes)
        inputs = weight * values
    gradient = [slope[-1]]
    for layer in range(layers - 2, -1, -1):
        gradient.append(slope[layer] * weight * gradient[-1])
    return Stack(np.stack(z), np.stack(a), np.stack(slope), np.stack(gradient[::-1]))


def normal_inputs(number: int, mean: float, spread: float) -> Array:
    """Inputs as a normal distribution has them: its quantiles, evenly taken, so that there is no chance in it, (N,)."""
    unit = NormalDist()
    return mean + spread * np.array([unit.inv_cdf((index + 0.5) / number) for index in range(number)])


def flat_parts(x: Array, slope: Array) -> list[tuple[float, float]]:
    """The stretches of `x`, ascending, on which the derivative is nearer to 0 than `FLAT`, from first to last point."""
    flat = np.abs(slope) < FLAT
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flat, [False]]).astype(int)))
    return [(float(x[first]), float(x[behind - 1])) for first, behind in edges.reshape(-1, 2)]
