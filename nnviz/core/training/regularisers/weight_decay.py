"""Decoupled weight decay."""

from __future__ import annotations

from dataclasses import dataclass

from nnviz.core.call import Call, Name
from nnviz.core.spec import param
from nnviz.core.training.regularisers.base import REGULARISERS, RegulariserSpec


@REGULARISERS.register
@dataclass(frozen=True, kw_only=True)
class WeightDecay(RegulariserSpec):
    """Shrinks every weight by the same share per step, whatever its gradient.

    Follows the learning rate, and its schedule. With Adam it makes AdamW; with gradient descent it is the same as L2.
    Weights only: biases, scales and slopes are left alone.

    Source: Loshchilov & Hutter 2019, arXiv:1711.05101, algorithm 2.
    """

    title = "Decoupled weight decay"
    formula = "w <- w - eta lambda w, before the optimiser's step"

    strength: float = param(0.01, "Share of each weight that is taken away per step, times eta: lambda.", ge=0, le=1)

    def torch_call(self, model: str, optimiser: str) -> Call:
        """A class that shrinks all weights by the optimiser's rate of the moment."""
        return Call("WeightDecay", (Name(optimiser), self.strength), define=_define)


def _define() -> type:
    import torch

    class WeightDecay:
        """Takes lr * strength * w from every weight; biases and scales (one axis) are left alone."""

        def __init__(self, optimiser: torch.optim.Optimizer, strength: float) -> None:
            self.optimiser = optimiser
            self.strength = strength

        @torch.no_grad()
        def __call__(self) -> None:
            for group in self.optimiser.param_groups:
                weights = [p for p in group["params"] if p.ndim > 1]
                if weights:
                    torch._foreach_mul_(weights, 1 - group["lr"] * self.strength)

    return WeightDecay
