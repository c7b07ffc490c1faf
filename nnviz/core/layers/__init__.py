"""Layer types: one per file, found by their registry. Nothing in here imports torch."""

from nnviz.core.layers.base import LAYERS, LayerSpec

__all__ = ["LAYERS", "LayerSpec"]
