"""Plain gradient descent."""

from __future__ import annotations

from dataclasses import dataclass

from nnviz.core.call import Call, Name
from nnviz.core.spec import param
from nnviz.core.training.optimisers.base import OPTIMISERS, OptimiserSpec


@OPTIMISERS.register
@dataclass(frozen=True, kw_only=True)
class GradientDescent(OptimiserSpec):
    """Goes down the gradient of the batch: w <- w - eta g.

    Source: Robbins & Monro 1951, A stochastic approximation method; the chapter's own update.
    """

    title = "Gradient descent"
    formula = "w <- w - eta g"

    weight_decay: float = param(0.0, "Pull of all weights towards zero (L2), added to the gradient.", ge=0, le=1)

    def torch_call(self, parameters: str) -> Call:
        """`torch.optim.SGD` without momentum."""
        kwargs: dict[str, object] = {"lr": self.learning_rate}
        if self.weight_decay:
            kwargs["weight_decay"] = self.weight_decay
        return Call("torch.optim.SGD", (Name(parameters),), kwargs)
