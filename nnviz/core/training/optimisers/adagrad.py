"""Adagrad."""

from __future__ import annotations

from dataclasses import dataclass

from nnviz.core.call import Call, Name
from nnviz.core.spec import param
from nnviz.core.training.optimisers.base import OPTIMISERS, OptimiserSpec


@OPTIMISERS.register
@dataclass(frozen=True, kw_only=True)
class Adagrad(OptimiserSpec):
    """Gives each weight a rate of its own, which falls with all gradients that the weight has seen.

    G <- G + g^2;  w <- w - eta g / (sqrt(G) + epsilon). Weights that are rarely asked for keep large steps; the rate
    never rises again.

    Source: Duchi, Hazan & Singer 2011, Adaptive subgradient methods for online learning and stochastic optimization,
    section 1.1, the diagonal form.
    """

    formula = "G <- G + g^2;  w <- w - eta g / (sqrt(G) + epsilon)"

    initial_accumulator: float = param(0.0, "Where G starts; more makes the first steps smaller.", ge=0, le=1000)
    epsilon: float = param(1e-10, "Small number that keeps the division finite.", gt=0, le=1, log=True)

    def torch_call(self, parameters: str) -> Call:
        """`torch.optim.Adagrad`."""
        kwargs: dict[str, object] = {"lr": self.learning_rate, "eps": self.epsilon}
        if self.initial_accumulator:
            kwargs["initial_accumulator_value"] = self.initial_accumulator
        return Call("torch.optim.Adagrad", (Name(parameters),), kwargs)
