"""The error of trainings."""

from __future__ import annotations

from nnviz.core.errors import NnvizError


class TrainingError(NnvizError):
    """Training that cannot begin or go on; the sentence says why and what to try."""
