"""nnviz: assemble neural networks, watch them learn, draw digits for them to read."""

__version__ = "0.1.0"
