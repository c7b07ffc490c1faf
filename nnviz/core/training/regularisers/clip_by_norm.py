"""Gradient clipping by norm."""

from __future__ import annotations

from dataclasses import dataclass

from nnviz.core.call import Call, Name
from nnviz.core.spec import param
from nnviz.core.training.regularisers.base import REGULARISERS, RegulariserSpec


@REGULARISERS.register
@dataclass(frozen=True, kw_only=True)
class ClipByNorm(RegulariserSpec):
    """Shortens the gradient of all parameters together to a largest length, and keeps its direction.

    One batch that explodes then moves the weights no further than any other.

    Source: Pascanu, Mikolov & Bengio 2013, arXiv:1211.5063, algorithm 1.
    """

    title = "Gradient clipping by norm"
    formula = "g <- g min(1, c / ||g||), g all gradients together"

    limit: float = param(1.0, "Largest length of the gradient: c.", gt=0, le=1e6, log=True)

    def torch_call(self, model: str, optimiser: str) -> Call:
        """A class around `nn.utils.clip_grad_norm_`."""
        return Call("ClipByNorm", (Name(model), self.limit), define=_define)


def _define() -> type:
    import torch

    class ClipByNorm:
        """Shortens all gradients together to at most `limit`; `norm` is how long the last one was."""

        def __init__(self, model: torch.nn.Module, limit: float) -> None:
            self.parameters = list(model.parameters())
            self.limit = limit
            self.norm = torch.tensor(torch.nan)

        def __call__(self) -> None:
            self.norm = torch.nn.utils.clip_grad_norm_(self.parameters, self.limit)

    return ClipByNorm
