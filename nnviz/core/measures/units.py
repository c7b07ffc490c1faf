"""Units that have stopped working: dead rectifiers, and sigmoids and tanhs at the flat ends of their curves."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

FLAT_SLOPE = 0.05
"""Share of its steepest slope below which a sigmoid or tanh counts as saturated: hardly any gradient passes."""

MOST_VALUES = 200_000
"""Activations of a layer that are looked at: of large feature maps, those of fewer samples."""

FEWEST_SAMPLES = 16


def samples_to_look_at(size: int) -> int:
    """Number of samples that tell enough of a layer with `size` values per sample."""
    return max(FEWEST_SAMPLES, MOST_VALUES // max(1, size))


def dead_units(activations: NDArray[Any]) -> NDArray[np.bool_]:
    """Which units of a ReLU are zero for all samples: no gradient reaches their weights.

    Args:
        activations: Outputs of the layer, (N, units) or (N, channels, H, W). Of an image, a unit is a channel: its
            filter is dead if it answers nowhere.

    Returns:
        (units,) or (channels,).
    """
    axes = (0, *range(2, activations.ndim))
    return np.asarray((activations <= 0).all(axis=axes))


def saturated(activations: NDArray[Any], ends: tuple[float, float]) -> NDArray[np.floating[Any]]:
    """Per unit, the share of its values at which an S-shaped curve is flat.

    The slope follows from the output: with y scaled to 0 and 1 it is y (1 - y), at most 1/4; so it is for sigmoid and
    tanh. Saturated is where it is below `FLAT_SLOPE` of its largest value.

    Args:
        activations: Outputs of the layer, (N, units) or (N, channels, H, W).
        ends: Least and largest output: (0, 1) for a sigmoid, (-1, 1) for tanh.

    Returns:
        (units,) or (channels,), from 0 to 1.
    """
    least, largest = ends
    scaled = (activations - least) / (largest - least)
    axes = (0, *range(2, activations.ndim))
    return np.asarray((4 * scaled * (1 - scaled) < FLAT_SLOPE).mean(axis=axes))
