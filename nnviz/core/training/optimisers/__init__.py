"""Optimisers: one per file, found by their registry."""

from nnviz.core.training.optimisers.base import OPTIMISERS, OptimiserSpec

__all__ = ["OPTIMISERS", "OptimiserSpec"]
