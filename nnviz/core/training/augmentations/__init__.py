"""Augmentations: one per file, found by their registry."""

from nnviz.core.training.augmentations.base import AUGMENTATIONS, AugmentationSpec

__all__ = ["AUGMENTATIONS", "AugmentationSpec"]
