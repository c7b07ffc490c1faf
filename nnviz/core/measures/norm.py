"""Norms of learned tensors, computed where they are and with all of torch's threads."""

from __future__ import annotations

import math
from collections.abc import Collection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch

SAFE_SQUARES = (1e-24, 1e24)
"""Between these a sum of squares in single precision has lost none of them."""


def norm(tensor: torch.Tensor) -> float:
    """Square root of the sum of the squares of all entries; infinite or NaN if an entry is."""
    import torch

    flat = tensor.detach().reshape(-1)
    # A product with itself: vector_norm() takes twice as long.
    square = float(torch.dot(flat, flat))
    if SAFE_SQUARES[0] < square < SAFE_SQUARES[1] or not flat.numel():
        return math.sqrt(square)
    # Squares of tiny gradients are below what single precision can hold, those of huge ones above.
    largest = float(flat.abs().max())
    if largest == 0 or not math.isfinite(largest):
        return largest
    scaled = flat / largest
    return largest * math.sqrt(float(torch.dot(scaled, scaled)))


def norm_of_all(tensors: Collection[torch.Tensor]) -> float:
    """Norm of all entries of several tensors together; NaN if there are none."""
    return math.hypot(*map(norm, tensors)) if tensors else math.nan
