"""Pre-trainings: one per file, found by their registry."""

from nnviz.core.training.pretraining.base import PRETRAININGS, PretrainingSpec

__all__ = ["PRETRAININGS", "PretrainingSpec"]
