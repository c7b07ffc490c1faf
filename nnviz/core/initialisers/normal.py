"""Normal."""

from __future__ import annotations

from dataclasses import dataclass

from nnviz.core.call import Call, Name
from nnviz.core.initialisers.base import INITIALISERS, InitialiserSpec
from nnviz.core.spec import param


@INITIALISERS.register
@dataclass(frozen=True, kw_only=True)
class Normal(InitialiserSpec):
    """Normal noise around zero, its far tails included.

    Source: Glorot & Bengio 2010, section 2.3, on why its width matters.
    """

    standard_deviation: float = param(0.1, "Spread of the noise.", gt=0, le=10, log=True)

    def torch_call(self, tensor: str) -> Call | None:
        """`nn.init.normal_`."""
        return Call("nn.init.normal_", (Name(tensor),), {"std": self.standard_deviation})
