"""Kernels to begin with: edges, blurs, and those that the bundled network has learned."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial

import numpy as np

from nnviz.core.errors import NnvizError
from nnviz.core.labs.convolution.stage import Array
from nnviz.resource_path import resource_path

MOST_SIDE = 5
"""Largest side of a kernel."""
LEARNED = 8
"""So many of the bundled network's filters are offered."""
FIRST_CONVOLUTION = "conv2d_1.weight"
OWN = "my own"


class KernelError(NnvizError):
    """Learned kernels that cannot be read; the sentence says why."""


@dataclass(frozen=True)
class Preset:
    """A kernel with a name.

    Attributes:
        sizes: Sides for which it is defined; the first is the usual one.
        make: Gives the weights for a side, (K, K).
    """

    sizes: tuple[int, ...]
    make: Callable[[int], Array]


def _fixed(*rows: tuple[float, ...]) -> Preset:
    return Preset((len(rows),), lambda side: np.array(rows, np.float64))


def _identity(side: int) -> Array:
    kernel = np.zeros((side, side))
    kernel[side // 2, side // 2] = 1.0
    return kernel


def _mean(side: int) -> Array:
    return np.full((side, side), 1.0 / side**2)


def _binomial(side: int) -> Array:
    # A row of Pascal's triangle is the nearest thing to a Gaussian that whole numbers make.
    row = np.ones(1)
    for _ in range(side - 1):
        row = np.convolve(row, (1.0, 1.0))
    kernel = np.outer(row, row)
    return np.asarray(kernel / kernel.sum())


def _learned(number: int, side: int) -> Array:
    return np.array(learned_kernels()[number])


PRESETS: dict[str, Preset] = {
    "edges, horizontal": _fixed((-1, -1, -1), (0, 0, 0), (1, 1, 1)),
    "edges, vertical": _fixed((-1, 0, 1), (-1, 0, 1), (-1, 0, 1)),
    "Sobel, horizontal": _fixed((-1, -2, -1), (0, 0, 0), (1, 2, 1)),
    "Sobel, vertical": _fixed((-1, 0, 1), (-2, 0, 2), (-1, 0, 1)),
    "outline": _fixed((-1, -1, -1), (-1, 8, -1), (-1, -1, -1)),
    "blur": Preset((3, 1, 2, 4, 5), _mean),
    "Gaussian blur": Preset((3, 1, 2, 4, 5), _binomial),
    "sharpen": _fixed((0, -1, 0), (-1, 5, -1), (0, -1, 0)),
    "emboss": _fixed((-2, -1, 0), (-1, 1, 1), (0, 1, 2)),
    "identity": Preset((3, 1, 2, 4, 5), _identity),
    **{f"learned {number + 1}": Preset((5,), partial(_learned, number)) for number in range(LEARNED)},
}


def resized(kernel: Array, side: int) -> Array:
    """The kernel cut to its middle, or with zeros around it, (side, side)."""
    result = np.zeros((side, side))
    old = len(kernel)
    common = min(old, side)
    from_, to = (old - common) // 2, (side - common) // 2
    result[to : to + common, to : to + common] = kernel[from_ : from_ + common, from_ : from_ + common]
    return result


@lru_cache(maxsize=1)
def learned_kernels() -> Array:
    """The filters of the bundled network's first convolution, (filters, 5, 5); read when first asked for.

    Raises:
        KernelError: If the network's file is missing or damaged.
    """
    # Not at the top: it is another package to load, for kernels that may never be asked for.
    from safetensors import SafetensorError
    from safetensors.numpy import load

    path = resource_path("models", "digits.nnviz")
    try:
        with zipfile.ZipFile(path) as archive:
            weights = load(archive.read("weights.safetensors"))[FIRST_CONVOLUTION]
    except (OSError, KeyError, zipfile.BadZipFile, SafetensorError) as error:
        raise KernelError(
            f"The learned kernels cannot be read from {path.name}: {error}. Install nnviz anew."
        ) from error
    return np.asarray(weights[:, 0], np.float64)
