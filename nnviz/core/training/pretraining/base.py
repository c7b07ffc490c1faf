"""What every pre-training is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from nnviz.core.registry import Registry
from nnviz.core.spec import Spec


@dataclass(frozen=True, kw_only=True)
class PretrainingSpec(Spec):
    """How the RBMs of a network learn without targets before the network learns with them.

    Attributes:
        by_contrast: Whether they do, by contrastive divergence.
    """

    by_contrast: ClassVar[bool] = False


PRETRAININGS: Registry[type[PretrainingSpec]] = Registry("pretraining", "nnviz.core.training.pretraining")
