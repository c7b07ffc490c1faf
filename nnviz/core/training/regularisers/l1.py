"""L1: a penalty on the absolute size of weights."""

from __future__ import annotations

from dataclasses import dataclass

from nnviz.core.call import Call, Name
from nnviz.core.spec import param
from nnviz.core.training.regularisers.base import REGULARISERS, RegulariserSpec


@REGULARISERS.register
@dataclass(frozen=True, kw_only=True)
class L1(RegulariserSpec):
    """Pulls every weight towards zero with the same force, so that those that help little end near zero.

    Adds lambda |w| to what is made small, hence lambda sign(w) to the gradient. Weights only: biases, scales and
    slopes are left alone.

    Source: Tibshirani 1996, Regression shrinkage and selection via the lasso; Goodfellow, Bengio & Courville 2016,
    Deep Learning, section 7.1.2.
    """

    formula = "g <- g + lambda sign(w)"

    strength: float = param(1e-5, "How strong the pull is: lambda.", ge=0, le=10, log=True)

    def torch_call(self, model: str, optimiser: str) -> Call:
        """A class that adds to the gradients of all weights."""
        return Call("L1Penalty", (Name(model), self.strength), define=_define)


def _define() -> type:
    import torch

    class L1Penalty:
        """Adds strength * sign(w) to the gradient of every weight; biases and scales (one axis) are left alone."""

        def __init__(self, model: torch.nn.Module, strength: float) -> None:
            self.weights: list[torch.Tensor] = [p for p in model.parameters() if p.ndim > 1]
            self.strength = strength

        @torch.no_grad()
        def __call__(self) -> None:
            weights = [w for w in self.weights if w.grad is not None]
            gradients = [w.grad for w in weights if w.grad is not None]
            if weights:
                torch._foreach_add_(gradients, torch._foreach_sign(weights), alpha=self.strength)

    return L1Penalty
