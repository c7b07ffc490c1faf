"""Regularisers: one per file, found by their registry."""

from nnviz.core.training.regularisers.base import REGULARISERS, RegulariserSpec

__all__ = ["REGULARISERS", "RegulariserSpec"]
