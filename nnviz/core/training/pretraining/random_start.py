"""No pre-training."""

from __future__ import annotations

from dataclasses import dataclass

from nnviz.core.training.pretraining.base import PRETRAININGS, PretrainingSpec


@PRETRAININGS.register
@dataclass(frozen=True, kw_only=True)
class RandomStart(PretrainingSpec):
    """None: RBMs in front of other layers are dense layers with a sigmoid, and begin with random weights."""

    title = "Random start"
