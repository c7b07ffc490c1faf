"""A network that is too large for its few points, trained in numpy: losses, and what L1, L2 and the others do to it.

Every update is that of the catalogue's Adam and regularisers; tests hold it against torch, step by step.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

METHODS = ("none", "L1", "L2", "max-norm", "dropout", "early stopping")
VALIDATION_POINTS = 200
CHECKPOINT_EVERY = 20
"""Steps from one kept state to the next: a step back repeats at most one fewer."""

BETA1, BETA2, EPSILON = 0.9, 0.999, 1e-8
RENORM_EPSILON = 1e-7
"""What torch's `renorm_` adds to a length before it divides by it."""


@dataclass(frozen=True)
class Points:
    """Points of two classes, and others of the same kind that are never trained with.

    Attributes:
        x: Training points, (N, 2).
        y: Their classes, 0 or 1, (N,).
        validation_x: (VALIDATION_POINTS, 2).
        validation_y: (VALIDATION_POINTS,).
    """

    x: Array
    y: Array
    validation_x: Array
    validation_y: Array


def moons(number: int, noise: float, rng: np.random.Generator) -> tuple[Array, Array]:
    """Two half circles that reach into each other, with noise: positions, (number, 2), and classes, (number,).

    The catalogue's set of that name: x from -1 to 1 and y from -0.5 to 0.5, before the noise.

    Args:
        number: Number of points, half of each class; an odd one more is of class 0.
        noise: Standard deviation of what is added to both coordinates.
        rng: Where the noise comes from.
    """
    outer, inner = (np.linspace(0, np.pi, count) for count in (number - number // 2, number // 2))
    x = np.concatenate([np.cos(outer), 1 - np.cos(inner)])
    y = np.concatenate([np.sin(outer), 0.5 - np.sin(inner)])
    positions = (np.stack([x, y], axis=1) - (0.5, 0.25)) / 1.5
    labels = np.repeat([0.0, 1.0], [len(outer), len(inner)])
    return positions + noise * rng.standard_normal(positions.shape), labels


def make_points(number: int, noise: float, seed: int) -> Points:
    """Training points and validation points of a seed."""
    x, y = moons(number, noise, np.random.default_rng((seed, 0)))
    return Points(x, y, *moons(VALIDATION_POINTS, noise, np.random.default_rng((seed, 1))))


@dataclass(frozen=True)
class Method:
    """How overfitting is fought.

    Attributes:
        kind: One of `METHODS`.
        strength: lambda of L1 and L2.
        norm_limit: c of max-norm.
        dropout_rate: Probability that a hidden unit is dropped in a step.
        patience: Early stopping ends after so many steps without a lower validation loss.
    """

    kind: str = "none"
    strength: float = 0.01
    norm_limit: float = 1.0
    dropout_rate: float = 0.5
    patience: int = 100


@dataclass(frozen=True)
class Weights:
    """All parameters of a 2-n-n-1 network, in one line of numbers.

    Attributes:
        line: (P,): W1, b1, W2, b2, W3, b3, each weight matrix from the units before to those behind.
        units: Units in each hidden layer: n.
    """

    line: Array
    units: int

    def parts(self) -> tuple[Array, Array, Array, Array, Array, Array]:
        """W1 (2, n), b1 (n,), W2 (n, n), b2 (n,), W3 (n, 1), b3 (1,), as views."""
        n, cut, parts = self.units, 0, []
        for shape in ((2, n), (n,), (n, n), (n,), (n, 1), (1,)):
            size = math.prod(shape)
            parts.append(self.line[cut : cut + size].reshape(shape))
            cut += size
        return parts[0], parts[1], parts[2], parts[3], parts[4], parts[5]

    def matrices(self) -> tuple[Array, Array, Array]:
        """The weights without the biases, as views."""
        w1, _, w2, _, w3, _ = self.parts()
        return w1, w2, w3

    def single_precision(self) -> Weights:
        """The same in 32 bits: enough for a picture, in a third of the time."""
        return Weights(self.line.astype(np.float32), self.units)

    def all_weights(self) -> Array:
        """The weights without the biases in one line."""
        return np.concatenate([part.ravel() for part in self.matrices()])


def start_weights(units: int, seed: int) -> Weights:
    """Weights by He (normal, variance 2 / inputs), biases 0."""
    weights = Weights(np.zeros(parameters(units)), units)
    rng = np.random.default_rng((seed, 2))
    for part in weights.matrices():
        part[...] = (2 / len(part)) ** 0.5 * rng.standard_normal(part.shape)
    return weights


def parameters(units: int) -> int:
    """Number of weights and biases of a 2-n-n-1 network."""
    return units * units + 5 * units + 1


def dropout_masks(units: int, rate: float, seed: int, step: int) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which units of the two hidden layers are kept in a step, (n,) each: one thinned network for the whole batch."""
    kept = np.random.default_rng((seed, 3, step)).random((2, units)) >= rate
    return kept[0], kept[1]


def logits(weights: Weights, x: NDArray[np.floating]) -> Array:
    """What the whole network says of points (N, 2): log odds of class 1, (N,)."""
    w1, b1, w2, b2, w3, b3 = weights.parts()
    hidden = np.maximum(x @ w1 + b1, 0)
    hidden = np.maximum(hidden @ w2 + b2, 0)
    return np.asarray((hidden @ w3 + b3)[:, 0])


def sigmoid(z: Array) -> Array:
    """1 / (1 + e^-z), of e^-|z| only, which never overflows."""
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1 / (1 + e), e / (1 + e))


def cross_entropy(z: Array, y: Array) -> float:
    """Mean of -log p of the right class, from logits: log(1 + e^z) - y z."""
    return float(np.mean(np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z))) - y * z))


def gradient_of(
    weights: Weights, x: Array, y: Array, kept: tuple[NDArray[np.bool_], NDArray[np.bool_]] | None, rate: float
) -> Array:
    """Gradient of the mean cross-entropy of a batch, (P,).

    Args:
        weights: Where.
        x: (N, 2).
        y: (N,).
        kept: Which hidden units are there; the activations of those are divided by 1 - rate. None for all of them.
        rate: Probability with which units are dropped.
    """
    w1, b1, w2, b2, w3, b3 = weights.parts()
    scale1, scale2 = (1.0, 1.0) if kept is None else (kept[0] / (1 - rate), kept[1] / (1 - rate))
    z1 = x @ w1 + b1
    a1 = np.maximum(z1, 0) * scale1
    z2 = a1 @ w2 + b2
    a2 = np.maximum(z2, 0) * scale2
    z3 = (a2 @ w3 + b3)[:, 0]
    delta3 = ((sigmoid(z3) - y) / len(x))[:, None]
    delta2 = (delta3 @ w3.T) * scale2 * (z2 > 0)
    delta1 = (delta2 @ w2.T) * scale1 * (z1 > 0)
    parts = (x.T @ delta1, delta1.sum(0), a1.T @ delta2, delta2.sum(0), a2.T @ delta3, delta3.sum(0))
    return np.concatenate([part.ravel() for part in parts])


@dataclass(frozen=True)
class State:
    """A network in the middle of its training.

    Attributes:
        weights: The parameters.
        mean: Adam's running mean of the gradient, (P,).
        square: That of its square, (P,).
        step: Steps that were made.
    """

    weights: Weights
    mean: Array
    square: Array
    step: int = 0


def update(state: State, points: Points, method: Method, rate: float, seed: int) -> State:
    """One step of Adam on all training points, with the method's penalty, projection or dropout.

    Source: Kingma & Ba 2015, algorithm 1; the methods as in `nnviz.core.training.regularisers` and `Dropout`.
    """
    weights, units = state.weights, state.weights.units
    kept = None
    if method.kind == "dropout":
        kept = dropout_masks(units, method.dropout_rate, seed, state.step)
    gradient = gradient_of(weights, points.x, points.y, kept, method.dropout_rate)
    if method.kind in ("L1", "L2"):
        of_weights = Weights(gradient, units).matrices()
        for part, pull in zip(of_weights, weights.matrices(), strict=True):
            part += method.strength * (np.sign(pull) if method.kind == "L1" else pull)
    step = state.step + 1
    mean = BETA1 * state.mean + (1 - BETA1) * gradient
    square = BETA2 * state.square + (1 - BETA2) * gradient * gradient
    size = np.sqrt(square) / (1 - BETA2**step) ** 0.5 + EPSILON
    after = Weights(weights.line - rate / (1 - BETA1**step) * mean / size, units)
    if method.kind == "max-norm":
        for part in after.matrices():
            length = np.sqrt((part * part).sum(0))
            part *= np.where(length > method.norm_limit, method.norm_limit / (length + RENORM_EPSILON), 1.0)
    return State(after, mean, square, step)


class Training:
    """One training that can go to any step, back as well as forth, and is the same there every time.

    Args:
        points: What is learned from, and what is not.
        method: How overfitting is fought.
        units: Units in each hidden layer.
        rate: Learning rate: eta.
        seed: Of weights and dropout.

    Attributes:
        state: The network now.
        losses: Training losses of the whole network after every step that was ever made; those of the start first.
        validation_losses: The same on the validation points.
    """

    def __init__(self, points: Points, method: Method, units: int, rate: float, seed: int) -> None:
        self.points, self.method, self.rate, self.seed = points, method, rate, seed
        start = start_weights(units, seed)
        self.state = State(start, np.zeros_like(start.line), np.zeros_like(start.line))
        self.losses: list[float] = []
        self.validation_losses: list[float] = []
        self._best: list[int] = []
        self._checkpoints = {0: self.state}
        self._kept: State | None = None
        self._all_x = np.concatenate([points.x, points.validation_x])
        self._measure()

    @property
    def step(self) -> int:
        """Steps that were made."""
        return self.state.step

    def best_step(self) -> int:
        """The step so far with the least validation loss; the first one of equal ones."""
        return self._best[self.step]

    @property
    def stopped(self) -> bool:
        """Whether early stopping has ended it here."""
        return self.method.kind == "early stopping" and self.step - self.best_step() >= self.method.patience

    @property
    def shown(self) -> State:
        """The network that one gets: the one of now, or, when stopped early, that of the best step."""
        if not self.stopped:
            return self.state
        best = self.best_step()
        if self._kept is None or self._kept.step != best:
            self._kept = self._repeat(best)
        return self._kept

    def advance(self) -> bool:
        """One step more; False, and nothing happens, if it was stopped early."""
        if self.stopped:
            return False
        self.state = self._next(self.state)
        if self.step % CHECKPOINT_EVERY == 0:
            self._checkpoints[self.step] = self.state
        self._measure()
        return True

    def go_to(self, step: int) -> None:
        """Stand at a step that was made before."""
        if not 0 <= step < len(self.losses):
            raise ValueError(f"Step {step} was not made yet.")
        self.state = self._repeat(step)

    def kept_units(self) -> tuple[NDArray[np.bool_], NDArray[np.bool_]] | None:
        """Which hidden units were there in the step that was made last; None if none was dropped."""
        if self.method.kind != "dropout" or self.step == 0:
            return None
        return dropout_masks(self.state.weights.units, self.method.dropout_rate, self.seed, self.step - 1)

    def _next(self, state: State) -> State:
        return update(state, self.points, self.method, self.rate, self.seed)

    def _repeat(self, step: int) -> State:
        if step == self.step:
            return self.state
        state = self._checkpoints[step - step % CHECKPOINT_EVERY]
        while state.step < step:
            state = self._next(state)
        return state

    def _measure(self) -> None:
        if self.step < len(self.losses):
            return
        points, trained = self.points, len(self.points.y)
        z = logits(self.state.weights, self._all_x)
        self.losses.append(cross_entropy(z[:trained], points.y))
        self.validation_losses.append(cross_entropy(z[trained:], points.validation_y))
        least = self._best[-1] if self._best else self.step
        self._best.append(self.step if self.validation_losses[-1] < self.validation_losses[least] else least)


def boundary(z: Array, xs: Array, ys: Array) -> Array:
    """Where a surface passes through 0, as straight pieces, (pieces, 2, 2): both ends, x and y each.

    Marching squares; between the grid's points the surface is taken to be straight.

    Args:
        z: Heights, (len(ys), len(xs)).
        xs: Ascending.
        ys: Ascending.
    """
    positive = z > 0
    across, upwards = positive[:, :-1] != positive[:, 1:], positive[:-1] != positive[1:]
    # Most cells have no part in it: only those whose sides are crossed are looked at further.
    row, column = np.nonzero(across[:-1] | across[1:] | upwards[:, :-1] | upwards[:, 1:])
    lower, right = (row, column), (row, column + 1)
    upper, far = (row + 1, column), (row + 1, column + 1)
    # Around each cell: its lower, right, upper and left side.
    crosses = np.stack([across[lower], upwards[right], across[upper], upwards[lower]], axis=-1)
    first, second = np.array([lower, right, upper, lower]), np.array([right, far, far, upper])
    start, end = z[first[:, 0], first[:, 1]].T, z[second[:, 0], second[:, 1]].T
    share = start / np.where(crosses, start - end, 1.0)
    points = np.stack(np.meshgrid(xs, ys), axis=-1)
    origins, ends = points[first[:, 0], first[:, 1]], points[second[:, 0], second[:, 1]]
    places = origins.swapaxes(0, 1) + share[..., None] * (ends - origins).swapaxes(0, 1)
    # A cell has two crossings, or four at a saddle: its sides in turn make one piece, or two.
    return np.asarray(places[crosses].reshape(-1, 2, 2))
