"""The error of trainings."""

from __future__ import annotations

from nnviz.core.errors import NnvizError


class TrainingError(NnvizError):
    """Training that cannot begin or go on; the sentence says why and what to try.

    Attributes:
        diverged_at: The step whose loss was no finite number; 0 if that is not what went wrong.
    """

    diverged_at: int = 0
