"""Loss surfaces over two weights: what optimisers race on in the lab on gradient descent. No torch in here.

Every surface is the mean of the surfaces of 100 samples, so that a batch of some of them has a gradient of its own, as
in every training. Tests hold gradients and batches against autograd.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Batch = NDArray[np.int64]
Point = tuple[float, float]

SAMPLES = 100


@dataclass(frozen=True, eq=False)
class Surface:
    """The loss L of two weights w1 and w2, and the window in which it is looked at.

    Attributes:
        name: What settings and files call it.
        w1_range: Least and largest w1 of the window.
        w2_range: Least and largest w2 of the window.
        start: Where a race begins if nobody has moved the start.
        rate: A learning rate at which most optimisers arrive.
        bend: Power that the loss is drawn with; the smaller, the better one sees the bottom of a steep surface.
        minima: The places where the loss is least nearby, the lowest first.
    """

    name: str
    w1_range: Point
    w2_range: Point
    start: Point
    rate: float
    bend: float
    minima: tuple[Point, ...]

    def loss(self, w1: Any, w2: Any) -> Any:
        """Mean loss of all samples; arrays broadcast."""
        raise NotImplementedError

    def gradient(self, w1: Any, w2: Any, batch: Batch | None = None) -> tuple[Any, Any]:
        """Derivatives of the mean loss with respect to w1 and w2.

        Args:
            w1: First weight.
            w2: Second weight.
            batch: Indices of the samples whose mean it is; None for all.
        """
        raise NotImplementedError

    @cached_property
    def lowest(self) -> float:
        """Loss at the lowest minimum."""
        return float(self.loss(*self.minima[0]))

    @cached_property
    def top(self) -> float:
        """Largest loss in the window, of a grid of 61 by 61 places."""
        w1, w2 = np.linspace(*self.w1_range, 61), np.linspace(*self.w2_range, 61)
        return float(np.max(self.loss(w1[None], w2[:, None])))

    def distance(self, points: Array) -> Array:
        """How far points, (..., 2), are from the nearest minimum, (...)."""
        away = points[..., None, :] - np.array(self.minima)
        # Squares overflow where a path has diverged: hypot does not.
        return np.asarray(np.hypot(away[..., 0], away[..., 1]).min(-1))

    def holds(self, w1: float, w2: float) -> bool:
        """Whether a point is in the window."""
        return self.w1_range[0] <= w1 <= self.w1_range[1] and self.w2_range[0] <= w2 <= self.w2_range[1]


@dataclass(frozen=True, eq=False)
class FormulaSurface(Surface):
    """A surface by a formula. Each sample's own is the same, tilted another way: L_i(w) = L(w) + e_i w.

    The tilts e_i are normal, with a mean of exactly 0: the mean of all samples is the formula, and the gradient of a
    batch of B is off by about noise / sqrt(B).

    Attributes:
        formula: L, as one line of text.
        value: L of w1 and w2.
        slope: Its two derivatives.
        tilts: e_i, (100, 2).
    """

    formula: str
    value: Callable[[Any, Any], Any]
    slope: Callable[[Any, Any], tuple[Any, Any]]
    tilts: Array

    def loss(self, w1: Any, w2: Any) -> Any:
        """The formula."""
        return self.value(w1, w2)

    def gradient(self, w1: Any, w2: Any, batch: Batch | None = None) -> tuple[Any, Any]:
        """The formula's derivatives, and the mean tilt of the batch."""
        g1, g2 = self.slope(w1, w2)
        if batch is None:
            return g1, g2
        tilt1, tilt2 = self.tilts[batch].mean(0).tolist()
        return g1 + tilt1, g2 + tilt2


@dataclass(frozen=True, eq=False)
class NetworkSurface(Surface):
    """Mean squared error of a network with two weights: output = w2 tanh(w1 x), one hidden unit and no biases.

    Attributes:
        x: Inputs, (100,).
        y: Targets, (100,).
    """

    x: Array
    y: Array

    def loss(self, w1: Any, w2: Any) -> Any:
        """Mean over the samples of (w2 tanh(w1 x) - y)^2.

        Multiplied out, so that a whole map costs one hidden unit per column and not one per place.
        """
        a = np.tanh(np.asarray(w1)[..., None] * self.x)
        return (self.y @ self.y) / len(self.y) - 2 * w2 * (a @ self.y / len(a.T)) + w2 * w2 * (a * a).mean(-1)

    def gradient(self, w1: Any, w2: Any, batch: Batch | None = None) -> tuple[Any, Any]:
        """By the chain rule: dL/dw2 = mean of 2 e a, dL/dw1 = mean of 2 e w2 (1 - a^2) x, with e the error."""
        x, y = (self.x, self.y) if batch is None else (self.x[batch], self.y[batch])
        a = np.tanh(np.asarray(w1)[..., None] * x)
        e = np.asarray(w2)[..., None] * a - y
        g1 = (2 * e * np.asarray(w2)[..., None] * (1 - a * a) * x).mean(-1)
        return g1, (2 * e * a).mean(-1)

    def output(self, w1: float, w2: float, x: Array) -> Array:
        """What the network makes of inputs, of their shape."""
        return np.asarray(w2 * np.tanh(w1 * x))


def batches(seed: int, size: int, steps: int) -> list[Batch | None]:
    """The batch of each step: the samples are shuffled, taken in turn, and shuffled again when all were taken.

    Args:
        seed: Where the random numbers begin.
        size: Samples per batch; the last one before a shuffle has what is left.
        steps: How many.

    Returns:
        Indices into the samples, or None for all of them.
    """
    if size >= SAMPLES:
        return [None] * steps
    taken: list[Batch | None] = []
    while len(taken) < steps:
        order = np.random.default_rng([seed, 1, len(taken)]).permutation(SAMPLES)
        taken += [order[first : first + size] for first in range(0, SAMPLES, size)]
    return taken[:steps]


def make_surface(name: str, seed: int) -> Surface:
    """The surface of this name; the seed decides about its samples.

    Raises:
        KeyError: If there is none.
    """
    return SURFACES[name](seed)


def _tilts(seed: int, noise: float) -> Array:
    drawn = np.random.default_rng([seed, 2]).normal(0, noise, (SAMPLES, 2))
    return np.asarray(drawn - drawn.mean(0))


def _bowl(seed: int) -> Surface:
    return FormulaSurface(
        "bowl", (-3.2, 3.2), (-3.2, 3.2), (-2.6, 1.6), 0.1, 0.5, ((0.0, 0.0),),
        "(w1^2 + w2^2) / 2",
        lambda a, b: (a * a + b * b) / 2,
        lambda a, b: (a, b),
        _tilts(seed, 3.0),
    )  # fmt: skip


def _ravine(seed: int) -> Surface:
    return FormulaSurface(
        "ravine", (-3.2, 3.2), (-3.2, 3.2), (-2.8, 1.2), 0.07, 0.5, ((0.0, 0.0),),
        "(w1^2 + 25 w2^2) / 2",
        lambda a, b: (a * a + 25 * b * b) / 2,
        lambda a, b: (a, 25 * b),
        _tilts(seed, 3.0),
    )  # fmt: skip


def _saddle(seed: int) -> Surface:
    return FormulaSurface(
        "saddle", (-3.2, 3.2), (-3.2, 3.2), (-2.8, 0.02), 0.1, 0.5, ((0.0, -2.0), (0.0, 2.0)),
        "w1^2 / 2 + (w2^2 - 4)^2 / 16",
        lambda a, b: a * a / 2 + (b * b - 4) * (b * b - 4) / 16,
        lambda a, b: (a, b * (b * b - 4) / 4),
        _tilts(seed, 1.0),
    )  # fmt: skip


def _beale(a: Any, b: Any) -> Any:
    # Source: Beale 1958, On an iterative method for finding a local minimum of a function of more than one variable.
    r, s, t = 1.5 - a + a * b, 2.25 - a + a * b * b, 2.625 - a + a * b * b * b
    return r * r + s * s + t * t


def _beale_slope(a: Any, b: Any) -> tuple[Any, Any]:
    r, s, t = 1.5 - a + a * b, 2.25 - a + a * b * b, 2.625 - a + a * b * b * b
    return (
        2 * (r * (b - 1) + s * (b * b - 1) + t * (b * b * b - 1)),
        2 * (r * a + s * 2 * a * b + t * 3 * a * b * b),
    )


def _beale_surface(seed: int) -> Surface:
    return FormulaSurface(
        "Beale", (-1.3, 4.7), (-3.3, 2.7), (1.0, 1.3), 0.01, 0.12, ((3.0, 0.5),),
        "(1.5 - w1 + w1 w2)^2 + (2.25 - w1 + w1 w2^2)^2 + (2.625 - w1 + w1 w2^3)^2",
        _beale,
        _beale_slope,
        _tilts(seed, 5.0),
    )  # fmt: skip


def _two_minima(seed: int) -> Surface:
    # Where w1 (w1^2 - 4) / 4 + 0.3 = 0: the middle one of the three places is the pass between the minima.
    low, _, high = sorted(float(root.real) for root in np.roots([0.25, 0.0, -1.0, 0.3]))
    return FormulaSurface(
        "two minima", (-3.2, 3.2), (-3.2, 3.2), (2.9, 1.8), 0.1, 0.5, ((low, 0.0), (high, 0.0)),
        "(w1^2 - 4)^2 / 16 + 0.3 w1 + w2^2 / 2 + 0.7",
        lambda a, b: (a * a - 4) * (a * a - 4) / 16 + 0.3 * a + b * b / 2 + 0.7,
        lambda a, b: (a * (a * a - 4) / 4 + 0.3, b),
        _tilts(seed, 2.0),
    )  # fmt: skip


def _network(seed: int) -> Surface:
    rng = np.random.default_rng([seed, 3])
    x = rng.uniform(-2, 2, SAMPLES)
    y = 1.5 * np.tanh(1.2 * x) + rng.normal(0, 0.3, SAMPLES)
    start, rate = (-2.5, 1.0), 0.1
    surface = NetworkSurface("tiny network", (-4.0, 4.0), (-4.0, 4.0), start, rate, 0.35, (), x, y)
    w1, w2 = _best_weights(surface)
    # Both signs together change nothing: tanh is odd.
    return NetworkSurface(
        surface.name, surface.w1_range, surface.w2_range, start, rate, surface.bend, ((w1, w2), (-w1, -w2)), x, y
    )


def _best_weights(surface: NetworkSurface) -> Point:
    """The minimum with w1 above 0: for each w1 the best w2 is known, and w1 is searched ever more finely."""

    def best_w2(w1: Array) -> Array:
        a = np.tanh(w1[..., None] * surface.x)
        return np.asarray(a @ surface.y / (a * a).sum(-1))

    low, high = 0.05, 10.0
    for _ in range(12):
        grid = np.linspace(low, high, 41)
        least = int(np.argmin(surface.loss(grid, best_w2(grid))))
        low, high = float(grid[max(0, least - 1)]), float(grid[min(40, least + 1)])
    middle = (low + high) / 2
    return middle, float(best_w2(np.array(middle)))


SURFACES: Mapping[str, Callable[[int], Surface]] = {
    "bowl": _bowl,
    "ravine": _ravine,
    "saddle": _saddle,
    "Beale": _beale_surface,
    "two minima": _two_minima,
    "tiny network": _network,
}
"""How each surface is made from a seed."""
