"""L2: a penalty on the square of weights."""

from __future__ import annotations

from dataclasses import dataclass

from nnviz.core.call import Call, Name
from nnviz.core.spec import param
from nnviz.core.training.regularisers.base import REGULARISERS, RegulariserSpec


@REGULARISERS.register
@dataclass(frozen=True, kw_only=True)
class L2(RegulariserSpec):
    """Pulls every weight towards zero in proportion to its size, so that large ones must be worth it.

    Adds lambda w^2 / 2 to what is made small, hence lambda w to the gradient. Optimisers that scale the gradient scale
    this pull too; decoupled weight decay does not. Weights only: biases, scales and slopes are left alone.

    Source: Krogh & Hertz 1992, A simple weight decay can improve generalization, eq. 3.
    """

    formula = "g <- g + lambda w"

    strength: float = param(1e-4, "How strong the pull is: lambda.", ge=0, le=10, log=True)

    def torch_call(self, model: str, optimiser: str) -> Call:
        """A class that adds to the gradients of all weights."""
        return Call("L2Penalty", (Name(model), self.strength), define=_define)


def _define() -> type:
    import torch

    class L2Penalty:
        """Adds strength * w to the gradient of every weight; biases and scales (one axis) are left alone."""

        def __init__(self, model: torch.nn.Module, strength: float) -> None:
            self.weights: list[torch.Tensor] = [p for p in model.parameters() if p.ndim > 1]
            self.strength = strength

        @torch.no_grad()
        def __call__(self) -> None:
            weights = [w for w in self.weights if w.grad is not None]
            gradients = [w.grad for w in weights if w.grad is not None]
            if weights:
                torch._foreach_add_(gradients, weights, alpha=self.strength)

    return L2Penalty
