"""Adam with decoupled weight decay."""

from __future__ import annotations

from dataclasses import dataclass

from nnviz.core.call import Call, Name
from nnviz.core.spec import param
from nnviz.core.training.optimisers.adam import Adam
from nnviz.core.training.optimisers.base import OPTIMISERS


@OPTIMISERS.register
@dataclass(frozen=True, kw_only=True)
class AdamW(Adam):
    """Adam whose weights shrink by a fixed share per step, independent of the gradient's size.

    w <- (1 - eta lambda) w, then Adam's step.

    Source: Loshchilov & Hutter 2019, arXiv:1711.05101, algorithm 2.
    """

    name = "adamw"
    formula = "w <- (1 - eta lambda) w - eta m / (sqrt(v) + epsilon)"

    weight_decay: float = param(
        0.01, "Share of each weight that is taken away per step, times eta: lambda.", ge=0, le=1
    )

    def torch_call(self, parameters: str) -> Call:
        """`torch.optim.AdamW`, fused."""
        call = super().torch_call(parameters)
        kwargs = {**call.kwargs, "weight_decay": self.weight_decay}
        return Call("torch.optim.AdamW", (Name(parameters),), kwargs)
