"""An optimiser's step, in the fastest way that gives the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnviz.core.training.captured_update import CapturedUpdate, capture

if TYPE_CHECKING:
    import torch

CAPTURE_AFTER = 20
"""Steps that the optimiser makes itself."""


class TrainingUpdate:
    """Makes the steps of an optimiser; they are captured after some of them.

    Args:
        captures: Whether they may be captured.
    """

    def __init__(self, *, captures: bool) -> None:
        self._may_capture = captures
        self._optimiser: torch.optim.Optimizer | None = None
        self._captures = captures
        self._made = 0
        self._captured: CapturedUpdate | None = None

    @property
    def is_captured(self) -> bool:
        """Whether the steps of the optimiser that was used last are captured."""
        return self._captured is not None

    def __call__(self, optimiser: torch.optim.Optimizer) -> None:
        """Change the parameters by their gradients, as `optimiser` does."""
        if optimiser is not self._optimiser:
            self._optimiser, self._captures, self._made, self._captured = optimiser, self._may_capture, 0, None
        if self._captured is not None and self._captured():
            return
        optimiser.step()
        self._made += 1
        if self._captures and self._made % CAPTURE_AFTER == 0:
            self._captured = capture(optimiser)
            self._captures = self._captured is not None
