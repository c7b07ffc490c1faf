"""Gradient descent with momentum."""

from __future__ import annotations

from dataclasses import dataclass

from nnviz.core.call import Call, Name
from nnviz.core.spec import param
from nnviz.core.training.optimisers.base import OPTIMISERS, OptimiserSpec


@OPTIMISERS.register
@dataclass(frozen=True, kw_only=True)
class Momentum(OptimiserSpec):
    """Keeps a velocity, like a ball that rolls downhill: v <- mu v + g, then w <- w - eta v.

    Gradients that agree add up, up to 1 / (1 - mu) times; those that point to and fro cancel. Nesterov's form looks
    ahead by one more step of the velocity: w <- w - eta (g + mu v).

    Source: Polyak 1964, Some methods of speeding up the convergence of iteration methods, eq. 9; Nesterov's form as in
    Sutskever, Martens, Dahl & Hinton 2013, On the importance of initialization and momentum in deep learning,
    section 2.
    """

    formula = "v <- mu v + g;  w <- w - eta v, or with Nesterov w <- w - eta (g + mu v)"

    momentum: float = param(0.9, "Share of the old velocity that is kept: mu.", gt=0, lt=1)
    nesterov: bool = param(False, "Whether the step is taken from where the velocity leads (Nesterov).")

    def torch_call(self, parameters: str) -> Call:
        """`torch.optim.SGD` with momentum, fused: one pass over the memory in place of three."""
        kwargs: dict[str, object] = {"lr": self.learning_rate, "momentum": self.momentum, "fused": True}
        if self.nesterov:
            kwargs["nesterov"] = True
        return Call("torch.optim.SGD", (Name(parameters),), kwargs)
