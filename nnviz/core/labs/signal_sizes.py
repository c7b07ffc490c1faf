"""How large signals and gradients are in a stack of equal dense layers, measured and by formula.

The weights are drawn as the catalogue's initialisers draw them and the activations are those of the catalogue's layers;
tests hold the passes against torch's autograd and the draws against torch's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from nnviz.core.labs.activation_curves import CURVES, FLAT, Curve, Knobs

Array = NDArray[np.float64]

FEWEST_LAYERS, MOST_LAYERS = 2, 50
SAMPLES = 16
"""Samples of the batch that goes through."""
KNOBS = Knobs()
INITIALISATIONS = ("normal", "truncated normal", "Xavier", "He", "uniform by fan-in")
ACTIVATIONS = ("linear", "sigmoid", "tanh", "ReLU", "leaky ReLU")

TRUNCATED_VARIANCE = 0.7737413
"""Variance of a standard normal within two standard deviations: 1 - 4 phi(2) / (2 Phi(2) - 1)."""
VANISHES, EXPLODES = 0.1, 10.0
"""What is left of a size at which the labs say that it has vanished or exploded."""

_NODES = 200
_REACH = 8.0


@dataclass(frozen=True)
class Initialisation:
    """How the weights of every layer are drawn.

    Attributes:
        kind: One of `INITIALISATIONS`.
        standard_deviation: Of normal and truncated normal, the latter before its tails are cut.
        distribution: "normal" or "uniform", of Xavier and He.
        scale: What every weight is multiplied by then.
    """

    kind: str = "normal"
    standard_deviation: float = 0.1
    distribution: str = "normal"
    scale: float = 1.0

    @property
    def shape(self) -> str:
        """Whose form the draws have: "normal", "truncated normal" or "uniform"."""
        if self.kind in ("normal", "truncated normal"):
            return self.kind
        return "uniform" if self.kind == "uniform by fan-in" else self.distribution

    def deviation(self, units: int) -> float:
        """Standard deviation of the weights between two layers of `units` units: sigma.

        Xavier: sqrt(2 / (n + n)), Glorot & Bengio 2010, eq. 12; He: sqrt(2 / n), He et al. 2015, eq. 10; uniform by
        fan-in: within 1 / sqrt(n), hence 1 / sqrt(3 n).
        """
        deviation = {
            "normal": self.standard_deviation,
            "truncated normal": self.standard_deviation * TRUNCATED_VARIANCE**0.5,
            "Xavier": (2 / (units + units)) ** 0.5,
            "He": (2 / units) ** 0.5,
            "uniform by fan-in": (1 / (3 * units)) ** 0.5,
        }[self.kind]
        return float(self.scale * deviation)


def unit_draws(shape: str, units: int, layers: int, seed: int) -> list[Array]:
    """Draws of variance 1 for the weights of each layer, (units, units) each, read-only.

    Each layer's numbers hang on its place alone: a deeper stack begins with the same layers.

    Args:
        shape: "normal", "truncated normal" or "uniform".
        units: Units per layer.
        layers: Number of layers.
        seed: Where the random numbers begin.
    """
    return [_draw_layer(shape, units, layer, seed) for layer in range(layers)]


# Two initialisations with a stack of the largest depth each: a slider asks for them sixty times a second.
@lru_cache(maxsize=2 * MOST_LAYERS)
def _draw_layer(shape: str, units: int, layer: int, seed: int) -> Array:
    rng = np.random.default_rng((seed, layer))
    size = (units, units)
    edge = 3**0.5
    values = rng.uniform(-edge, edge, size) if shape == "uniform" else rng.standard_normal(size)
    if shape == "truncated normal":
        while (far := np.abs(values) > 2).any():
            values[far] = rng.standard_normal(int(far.sum()))
        values /= TRUNCATED_VARIANCE**0.5
    values.flags.writeable = False
    return values


def batch(units: int, seed: int) -> tuple[Array, Array]:
    """The batch that goes in and the gradient that comes in at the end, both of size 1, (SAMPLES, units) each."""
    inputs, gradient = np.random.default_rng((seed, MOST_LAYERS)).standard_normal((2, SAMPLES, units))
    return inputs / sizes(inputs[None])[0], gradient / sizes(gradient[None])[0]


@dataclass(frozen=True)
class Passes:
    """One batch's way forwards through a stack, and one gradient's way back.

    The size of many numbers is their root mean square.

    Attributes:
        a: Activations, (layers + 1, samples, units); the first ones are the inputs.
        a_sizes: Their sizes, (layers + 1,).
        spreads: By how much a unit's activation differs from sample to sample: the standard deviation over the batch,
            as a root mean square over the units, (layers + 1,).
        z_sizes: Sizes of the weighted sums, (layers,).
        delta_sizes: Sizes of the gradients delta = dL/dz, (layers,).
        slope_sizes: Sizes of f'(z), (layers,).
        flat: Shares of units whose slope is below `FLAT`, (layers,).
    """

    a: Array
    a_sizes: Array
    spreads: Array
    z_sizes: Array
    delta_sizes: Array
    slope_sizes: Array
    flat: Array


def run_passes(curve: Curve, weights: Sequence[Array], deviation: float, inputs: Array, gradient: Array) -> Passes:
    """Forwards z_k = a_(k-1) W_k, a_k = f(z_k); backwards delta_k = dL/da_k f'(z_k), dL/da_(k-1) = delta_k W_k^T.

    Args:
        curve: The activation f.
        weights: Of each layer, (units, units), from the units before to those behind: draws of variance 1.
        deviation: What they are multiplied by.
        inputs: (samples, units).
        gradient: dL/da of the last layer, (samples, units).
    """
    layers = len(weights)
    shape = inputs.shape
    a, z = np.empty((layers + 1, *shape)), np.empty((layers, *shape))
    slope, delta = np.empty_like(z), np.empty_like(z)
    a[0] = inputs
    for layer in range(layers):
        np.matmul(a[layer], weights[layer], out=z[layer])
        z[layer] *= deviation
        a[layer + 1], slope[layer] = curve.at(z[layer], KNOBS)
    for layer in range(layers - 1, -1, -1):
        np.multiply(gradient, slope[layer], out=delta[layer])
        if layer:
            gradient = delta[layer] @ weights[layer].T
            gradient *= deviation
    size = sizes(a)
    # Against the size, as squares of very small numbers would be lost.
    spreads = (a / np.where(size > 0, size, 1)[:, None, None]).std(axis=1)
    return Passes(
        a,
        size,
        size * np.sqrt((spreads**2).mean(axis=1)),
        sizes(z),
        sizes(delta),
        sizes(slope),
        (np.abs(slope) < FLAT).mean(axis=(1, 2)),
    )


def sizes(values: Array) -> Array:
    """Root mean square of each entry along the first axis; numbers whose squares no float can hold are no matter."""
    flat = values.reshape(len(values), -1)
    largest = np.maximum(flat.max(axis=1), -flat.min(axis=1))
    safe = np.where(largest > 0, largest, 1.0)
    scaled = flat / safe[:, None]
    return np.asarray(largest * np.sqrt(np.einsum("ij,ij->i", scaled, scaled) / flat.shape[1]))


@dataclass(frozen=True)
class Expected:
    """What the formulas say about a stack, whatever the draws are.

    Attributes:
        a_sizes: Of the activations, (layers + 1,), from 1 on.
        delta_sizes: Of the gradients, (layers,), from 1 at the end.
        forwards: Factor of each layer on the size of z, (layers,): sqrt(n) sigma size(f(z)) / size(z).
        backwards: Factor of each layer on the size of delta, (layers,): sqrt(n) sigma size(f'(z)).
    """

    a_sizes: Array
    delta_sizes: Array
    forwards: Array
    backwards: Array


def expect_sizes(curve: Curve, deviation: float, units: int, layers: int) -> Expected:
    """Sizes for very wide layers, whose sums z are normally distributed.

    E[z_k^2] = n sigma^2 E[a_(k-1)^2] and E[delta_(k-1)^2] = n sigma^2 E[f'(z_(k-1))^2] E[delta_k^2].

    Source: He et al. 2015, section 2.2, for ReLU; Poole et al. 2016, arXiv:1606.05340, eq. 3, and Schoenholz et al.
    2017, arXiv:1611.01232, eq. 6, for any activation.
    """
    spread = units**0.5 * deviation
    a_sizes, forwards, slopes = [1.0], [], []
    for _ in range(layers):
        z_size = spread * a_sizes[-1]
        a_size, slope_size = _through(curve, z_size)
        a_sizes.append(a_size)
        forwards.append(spread * a_size / z_size if z_size > 0 else 0.0)
        slopes.append(slope_size)
    delta_sizes = [slopes[-1]]
    for layer in range(layers - 2, -1, -1):
        delta_sizes.append(delta_sizes[-1] * spread * slopes[layer])
    return Expected(np.array(a_sizes), np.array(delta_sizes[::-1]), np.array(forwards), spread * np.array(slopes))


def _through(curve: Curve, size: float) -> tuple[float, float]:
    # Sizes of f(z) and f'(z) for normal z of this size. The nodes lie close around 0, where functions bend, and reach
    # as far as the distribution does; an even number of them, so that none lies on a corner at 0.
    stretch = np.arcsinh(_REACH * min(max(size, 1e-2), 1e4))
    u = (np.arange(_NODES) + 0.5) / _NODES * 2 - 1
    x = _REACH * np.sinh(stretch * u) / np.sinh(stretch)
    weight = np.exp(-x * x / 2) * np.cosh(stretch * u)
    weight /= weight.sum()
    value, slope = curve.at(size * x, KNOBS)
    top = float(np.abs(value).max()) or 1.0
    return top * float(np.sqrt(weight @ (value / top) ** 2)), float(np.sqrt(weight @ slope**2))


def bins_of(curve: Curve) -> tuple[float, float]:
    """Between which values the histograms of an activation's outputs lie; what is beyond belongs into the last bar."""
    return {"sigmoid": (0.0, 1.0), "tanh": (-1.0, 1.0)}.get(curve.name, (-3.0, 3.0))


def mean_factor(first: float, last: float, layers: int) -> float:
    """The factor per layer that leads from one size to another over `layers` layers."""
    if first <= 0 or layers < 1:
        return 0.0
    return float((last / first) ** (1 / layers))


def curve_of(name: str) -> Curve:
    """The activation of a name in `ACTIVATIONS`."""
    return CURVES[name]
