"""Presets: one ready network with its data and training per file, found by their registry."""

from nnviz.core.presets.base import PRESETS, Preset

__all__ = ["PRESETS", "Preset"]
