"""The one exception family that is shown to people instead of a traceback."""

from __future__ import annotations


class NnvizError(Exception):
    """A fault that a person can understand and mend; `str(error)` is a full sentence for them.

    Every error that the core raises on wrong input is a subclass. The window shows the sentence, the command line
    prints it and ends with exit code 1.
    """
