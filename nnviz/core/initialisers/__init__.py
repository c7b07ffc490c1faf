"""Initialisers: one way to fill a weight tensor per file, found by their registry."""

from nnviz.core.initialisers.base import INITIALISERS, InitialiserSpec

__all__ = ["INITIALISERS", "InitialiserSpec"]
