"""Losses: one per file, found by their registry."""

from nnviz.core.training.losses.base import LOSSES, LossSpec

__all__ = ["LOSSES", "LossSpec"]
