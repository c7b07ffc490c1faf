"""Normal noise without its far tails."""

from __future__ import annotations

from dataclasses import dataclass

from nnviz.core.call import Call, Name
from nnviz.core.initialisers.base import INITIALISERS, InitialiserSpec
from nnviz.core.spec import param


@INITIALISERS.register
@dataclass(frozen=True, kw_only=True)
class TruncatedNormal(InitialiserSpec):
    """Normal noise around zero whose values beyond two standard deviations are drawn again.

    The chapter starts its MNIST network so, with a standard deviation of 0.1. No single weight can begin far outside
    the others, where a sigmoid or tanh unit would be saturated from the first step.

    Source: TensorFlow's `truncated_normal`, whose definition the chapter uses.
    """

    title = "Truncated normal"

    standard_deviation: float = param(0.1, "Spread of the noise before its tails are cut.", gt=0, le=10, log=True)

    def torch_call(self, tensor: str) -> Call | None:
        """`nn.init.trunc_normal_` with both limits at two standard deviations."""
        limit = 2 * self.standard_deviation
        kwargs = {"std": self.standard_deviation, "a": -limit, "b": limit}
        return Call("nn.init.trunc_normal_", (Name(tensor),), kwargs)
