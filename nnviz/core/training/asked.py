"""Which steps of sequences a network is asked about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import torch


def asked(outputs: torch.Tensor, targets: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Outputs, (N, T, outputs), and targets, (N, T, ...), of all steps at which something is asked, one behind another.

    Nothing is asked where the class is -100 or a value is NaN.
    """
    outputs, targets = outputs.flatten(0, 1), targets.flatten(0, 1)
    here = targets.ne(-100) if targets.ndim == 1 else targets.isnan().logical_not().all(1)
    if here.all():
        return outputs, targets
    return outputs[here], targets[here]


def asks_everywhere(targets: NDArray[np.int64] | NDArray[np.float32]) -> bool:
    """Whether something is asked at every step of all sequences, whose targets are (N, T, ...)."""
    return not bool((targets == -100).any() if targets.ndim == 2 else np.isnan(targets).any())
