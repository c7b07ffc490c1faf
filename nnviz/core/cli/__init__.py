"""The command line: the same core without a window. One command per file."""

from nnviz.core.cli.main import main

__all__ = ["main"]
