"""Gradient clipping by value."""

from __future__ import annotations

from dataclasses import dataclass

from nnviz.core.call import Call, Name
from nnviz.core.spec import param
from nnviz.core.training.regularisers.base import REGULARISERS, RegulariserSpec


@REGULARISERS.register
@dataclass(frozen=True, kw_only=True)
class ClipByValue(RegulariserSpec):
    """Cuts every number of the gradient off at a largest size; the direction may change.

    Source: Goodfellow, Bengio & Courville 2016, Deep Learning, section 10.11.1, after Mikolov 2012.
    """

    title = "Gradient clipping by value"
    formula = "g <- max(-c, min(c, g)), each number by itself"

    limit: float = param(0.5, "Largest size of each number of the gradient: c.", gt=0, le=1e6, log=True)

    def torch_call(self, model: str, optimiser: str) -> Call:
        """A class around `nn.utils.clip_grad_value_`."""
        return Call("ClipByValue", (Name(model), self.limit), define=_define)


def _define() -> type:
    import torch

    class ClipByValue:
        """Cuts every number of all gradients off at `limit`."""

        def __init__(self, model: torch.nn.Module, limit: float) -> None:
            self.parameters = list(model.parameters())
            self.limit = limit

        def __call__(self) -> None:
            parameters = [p for p in self.parameters if p.grad is not None]
            if parameters:
                torch.nn.utils.clip_grad_value_(parameters, self.limit)

    return ClipByValue
