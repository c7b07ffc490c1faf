"""Max-norm."""

from __future__ import annotations

from dataclasses import dataclass

from nnviz.core.call import Call, Name
from nnviz.core.spec import param
from nnviz.core.training.regularisers.base import REGULARISERS, RegulariserSpec


@REGULARISERS.register
@dataclass(frozen=True, kw_only=True)
class MaxNorm(RegulariserSpec):
    """Keeps the incoming weights of each unit, or each filter, within a ball: longer ones are shortened to its surface.

    After every step, w <- w min(1, c / ||w||_2) for the weights w that lead into one unit. Lets training begin with
    large steps without the weights growing beyond all bounds. Biases, scales and slopes are left alone.

    Source: Srivastava et al. 2014, Dropout: a simple way to prevent neural networks from overfitting, section 5.1.
    """

    title = "Max-norm"
    formula = "w <- w min(1, c / ||w||), w the weights into one unit"
    when = "after_step"

    limit: float = param(3.0, "Largest length of the weights into one unit: c.", gt=0, le=1000, log=True)

    def torch_call(self, model: str, optimiser: str) -> Call:
        """A class that projects all weights."""
        return Call("MaxNorm", (Name(model), self.limit), define=_define)


def _define() -> type:
    import torch

    class MaxNorm:
        """Shortens the weights into each unit (each filter) to at most `limit`; biases and scales are left alone."""

        def __init__(self, model: torch.nn.Module, limit: float) -> None:
            self.weights = [p for p in model.parameters() if p.ndim > 1]
            self.limit = limit

        @torch.no_grad()
        def __call__(self) -> None:
            for w in self.weights:
                w.renorm_(2, 0, self.limit)

    return MaxNorm
