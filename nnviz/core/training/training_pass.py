"""Forward pass, loss and backward pass of a batch, in the fastest way that gives the same."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from torch import nn

from nnviz.core.training.captured_pass import CapturedPass, capture

if TYPE_CHECKING:
    import torch

Loss = Callable[..., "torch.Tensor"]

CAPTURE_AFTER = 20
"""Batches of one shape that the model itself passes on."""

LONGEST_S = 0.1
"""A pass that takes longer is left as it is. Python has no share in it that could be seen, and to try a graph out takes
as long as eight passes, in which nothing can stop the training."""


class TrainingPass:
    """Passes batches through a model and back; its pass is captured when many of one shape have come.

    Args:
        captures: Whether passes may be captured.
    """

    def __init__(self, *, captures: bool) -> None:
        self._captures = captures
        self._of: tuple[nn.Module, Loss] | None = None
        self._parameters: list[torch.nn.Parameter] = []
        self._seen: dict[torch.Size, list[float]] = {}
        self._captured: dict[torch.Size, CapturedPass | None] = {}

    @property
    def captured_shapes(self) -> list[tuple[int, ...]]:
        """Shapes of the batches whose pass is captured."""
        return [tuple(shape) for shape, captured in self._captured.items() if captured is not None]

    def __call__(
        self, model: nn.Module, loss_function: Loss, x: torch.Tensor, y: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Loss and outputs; every parameter of the model has its gradient then."""
        if self._of != (model, loss_function):
            self._of, self._seen, self._captured = (model, loss_function), {}, {}
            # Found once: torch looks through all modules for them, which takes as long as a small layer.
            self._parameters = list(model.parameters())
        captured = self._captured.get(x.shape)
        if captured is not None:
            return captured(x, y)
        for parameter in self._parameters:
            parameter.grad = None
        began = time.perf_counter()
        outputs = model(x)
        loss = loss_function(outputs, y)
        loss.backward()  # type: ignore[no-untyped-call]
        # Other containers hand more from layer to layer than one tensor.
        if self._captures and type(model) is nn.Sequential and x.shape not in self._captured:
            seconds = self._seen.setdefault(x.shape, [])
            seconds.append(time.perf_counter() - began)
            if len(seconds) >= CAPTURE_AFTER:
                self._captured[x.shape] = capture(model, loss_function, x, y) if min(seconds) <= LONGEST_S else None
        return loss, outputs
