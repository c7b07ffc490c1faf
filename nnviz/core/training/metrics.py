"""What is measured of outputs and targets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nnviz.core.datasets.base import Task

if TYPE_CHECKING:
    import torch


@dataclass(frozen=True)
class Evaluation:
    """How a network does on one split.

    Attributes:
        loss: Mean loss per sample; where something is asked at every step, per step that is asked about.
        accuracy: Share of samples, or of such steps, classified rightly; NaN for regression.
        samples: Number of samples.
    """

    loss: float
    accuracy: float
    samples: int


def correct(outputs: torch.Tensor, targets: torch.Tensor, task: Task) -> torch.Tensor | None:
    """Number of samples whose largest output is the right class, as a tensor on the same device; None for regression.

    Args:
        outputs: (N, classes).
        targets: Class indices, (N,).
        task: What is learned.
    """
    if task != "classification":
        return None
    return outputs.argmax(dim=1).eq(targets).sum()
