"""Adam."""

from __future__ import annotations

from dataclasses import dataclass

from nnviz.core.call import Call, Name
from nnviz.core.spec import param
from nnviz.core.training.optimisers.base import OPTIMISERS, OptimiserSpec


@OPTIMISERS.register
@dataclass(frozen=True, kw_only=True)
class Adam(OptimiserSpec):
    """Scales each weight's step by running averages of its gradient and of its gradient's square.

    m <- beta1 m + (1 - beta1) g;  v <- beta2 v + (1 - beta2) g^2;  w <- w - eta m' / (sqrt(v') + epsilon), where m', v'
    are m and v divided by (1 - beta1^t) and (1 - beta2^t), which makes up for their start at zero.

    Source: Kingma & Ba 2015, arXiv:1412.6980, algorithm 1.
    """

    formula = "w <- w - eta m / (sqrt(v) + epsilon), m and v running means of g and g^2"

    learning_rate: float = param(1e-3, "Size of each step: eta.", gt=0, le=1000, log=True)
    beta1: float = param(0.9, "Share of the old average of the gradient that is kept.", ge=0, lt=1)
    beta2: float = param(0.999, "Share of the old average of the squared gradient that is kept.", ge=0, lt=1)
    epsilon: float = param(1e-8, "Small number that keeps the division finite.", gt=0, le=1, log=True)

    def torch_call(self, parameters: str) -> Call:
        """`torch.optim.Adam`, fused: one pass over the memory in place of ten."""
        kwargs = {"lr": self.learning_rate, "betas": (self.beta1, self.beta2), "eps": self.epsilon, "fused": True}
        return Call("torch.optim.Adam", (Name(parameters),), kwargs)
