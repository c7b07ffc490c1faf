"""Activations and losses of single numbers, with derivative, formula and PyTorch source.

The same functions as the layers and losses that nnviz trains with; here each number is computed by itself, so that it
can be shown. Tests hold them against autograd.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

LEAK = 0.01
LOG_FLOOR = -100.0
"""Where torch's binary cross-entropy ends its logarithms."""
SLOPE_FLOOR = 9.999999960041972e-13
"""What torch's binary cross-entropy divides by at least, backwards: 1e-12, which torch keeps in single precision."""


@dataclass(frozen=True)
class Activation:
    """A function of one number. Softmax, which needs its neighbours, is told apart by `together`.

    Attributes:
        name: What people and files call it.
        value: f(z).
        slope: f'(z), from z and a = f(z).
        formula: f, with `z` for its argument.
        slope_formula: f', with `z` and `a`.
        torch: PyTorch source of f, with `z`.
        torch_slope: PyTorch source of f', with `z` and `a`; empty where it is 1.
        together: Whether all numbers of the layer are needed for one.
    """

    name: str
    value: Callable[[float], float]
    slope: Callable[[float, float], float]
    formula: str
    slope_formula: str
    torch: str
    torch_slope: str
    together: bool = False


def _sigmoid(z: float) -> float:
    if z >= 0:
        return 1.0 / (1.0 + math.exp(-z))
    e = math.exp(z)
    return e / (1.0 + e)


ACTIVATIONS = {
    activation.name: activation
    for activation in (
        Activation(
            "sigmoid",
            _sigmoid,
            lambda z, a: a * (1 - a),
            "1 / (1 + e^-z)",
            "a (1 - a)",
            "torch.sigmoid(z)",
            "a * (1 - a)",
        ),
        Activation(
            "tanh",
            math.tanh,
            lambda z, a: 1 - a * a,
            "tanh(z)",
            "1 - a^2",
            "torch.tanh(z)",
            "(1 - a ** 2)",
        ),
        Activation(
            "ReLU",
            lambda z: max(0.0, z),
            lambda z, a: 1.0 if z > 0 else 0.0,
            "max(0, z)",
            "1 if z > 0, else 0",
            "torch.relu(z)",
            "(z > 0)",
        ),
        Activation(
            "leaky ReLU",
            lambda z: z if z > 0 else LEAK * z,
            lambda z, a: 1.0 if z > 0 else LEAK,
            f"z if z > 0, else {LEAK} z",
            f"1 if z > 0, else {LEAK}",
            f"torch.nn.functional.leaky_relu(z, {LEAK})",
            f"torch.where(z > 0, 1.0, {LEAK})",
        ),
        Activation(
            "ELU",
            lambda z: z if z > 0 else math.expm1(z),
            lambda z, a: 1.0 if z > 0 else a + 1.0,
            "z if z > 0, else e^z - 1",
            "1 if z > 0, else a + 1",
            "torch.nn.functional.elu(z)",
            "torch.where(z > 0, 1.0, a + 1)",
        ),
        Activation("linear", lambda z: z, lambda z, a: 1.0, "z", "1", "z", ""),
        Activation(
            "softmax",
            lambda z: math.nan,
            lambda z, a: math.nan,
            "e^z / sum of all e^z",
            "a (g - sum of a g)",
            "torch.softmax(z, dim=0)",
            "",
            together=True,
        ),
    )
}
HIDDEN = tuple(name for name, activation in ACTIVATIONS.items() if not activation.together)
OUTPUT = tuple(ACTIVATIONS)


def softmax(zs: Sequence[float]) -> list[float]:
    """e^z_j / sum_k e^z_k for every j; the largest z is taken off first, which changes nothing but avoids overflow."""
    top = max(zs)
    es = [math.exp(z - top) for z in zs]
    total = sum(es)
    return [e / total for e in es]


@dataclass(frozen=True)
class Loss:
    """How wrong the outputs a are, given the targets y.

    Attributes:
        name: What people and files call it.
        value: L, from the outputs' z, their a and the targets.
        slope: dL/da of one output, from a, y and the number of outputs.
        formula: L.
        slope_formula: dL/da.
        torch: PyTorch source of L, with `z`, `a`, `e` = a - y and `y`.
        torch_slope: PyTorch source of dL/da.
        outputs: Names of the activations that the output may have with it.
        fused: Whether softmax and loss are differentiated in one step: delta = a - y.
    """

    name: str
    value: Callable[[Sequence[float], Sequence[float], Sequence[float]], float]
    slope: Callable[[float, float, int], float]
    formula: str
    slope_formula: str
    torch: str
    torch_slope: str
    outputs: tuple[str, ...] = OUTPUT
    fused: bool = False


def _half_squared(z: Sequence[float], a: Sequence[float], y: Sequence[float]) -> float:
    return 0.5 * sum((p - t) ** 2 for p, t in zip(a, y, strict=True))


def _mean_squared(z: Sequence[float], a: Sequence[float], y: Sequence[float]) -> float:
    return sum((p - t) ** 2 for p, t in zip(a, y, strict=True)) / len(a)


def _log(p: float) -> float:
    return max(LOG_FLOOR, math.log(p)) if p > 0 else LOG_FLOOR


def _binary(z: Sequence[float], a: Sequence[float], y: Sequence[float]) -> float:
    return -sum(t * _log(p) + (1 - t) * _log(1 - p) for p, t in zip(a, y, strict=True)) / len(a)


def _cross(z: Sequence[float], a: Sequence[float], y: Sequence[float]) -> float:
    top = max(z)
    log_sum = top + math.log(sum(math.exp(value - top) for value in z))
    return sum(t * (log_sum - value) for value, t in zip(z, y, strict=True))


LOSSES = {
    loss.name: loss
    for loss in (
        Loss(
            "half squared error",
            _half_squared,
            lambda a, y, n: a - y,
            "1/2 sum of (a - y)^2",
            "e",
            "0.5 * (e ** 2).sum()",
            "e",
        ),
        Loss(
            "mean squared error",
            _mean_squared,
            lambda a, y, n: 2 * (a - y) / n,
            "mean of (a - y)^2",
            "2 e / n",
            "(e ** 2).mean()",
            "2 * e / len(e)",
        ),
        Loss(
            "binary cross-entropy",
            _binary,
            lambda a, y, n: (a - y) / (n * max(a * (1 - a), SLOPE_FLOOR)),
            "mean of -(y log a + (1 - y) log(1 - a))",
            "e / (n a (1 - a))",
            "torch.nn.functional.binary_cross_entropy(a, y)",
            f"e / (len(e) * (a * (1 - a)).clamp(min={SLOPE_FLOOR}))",
            ("sigmoid", "softmax"),
        ),
        Loss(
            "cross-entropy",
            _cross,
            lambda a, y, n: math.nan,
            "- sum of y log a",
            "",
            "-(y * torch.log_softmax(z, dim=0)).sum()",
            "",
            ("softmax",),
            fused=True,
        ),
    )
}
