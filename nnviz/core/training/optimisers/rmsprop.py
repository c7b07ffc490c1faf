"""RMSProp."""

from __future__ import annotations

from dataclasses import dataclass

from nnviz.core.call import Call, Name
from nnviz.core.spec import param
from nnviz.core.training.optimisers.base import OPTIMISERS, OptimiserSpec


@OPTIMISERS.register
@dataclass(frozen=True, kw_only=True)
class RMSProp(OptimiserSpec):
    """Divides each gradient by its recent size: the root of a running mean of its square.

    v <- rho v + (1 - rho) g^2;  w <- w - eta g / (sqrt(v) + epsilon). Like Adagrad with a memory that fades, so that
    the rate can rise again.

    Source: Tieleman & Hinton 2012, Neural networks for machine learning (lectures), lecture 6.5.
    """

    name = "rmsprop"
    formula = "v <- rho v + (1 - rho) g^2;  w <- w - eta g / (sqrt(v) + epsilon)"

    learning_rate: float = param(1e-3, "Size of each step: eta.", gt=0, le=1000, log=True)
    decay: float = param(0.9, "Share of the old average of the squared gradient that is kept: rho.", ge=0, lt=1)
    epsilon: float = param(1e-8, "Small number that keeps the division finite.", gt=0, le=1, log=True)

    def torch_call(self, parameters: str) -> Call:
        """`torch.optim.RMSprop`."""
        kwargs = {"lr": self.learning_rate, "alpha": self.decay, "eps": self.epsilon}
        return Call("torch.optim.RMSprop", (Name(parameters),), kwargs)
