"""The same value everywhere."""

from __future__ import annotations

from dataclasses import dataclass

from nnviz.core.call import Call, Name
from nnviz.core.initialisers.base import INITIALISERS, InitialiserSpec
from nnviz.core.spec import param


@INITIALISERS.register
@dataclass(frozen=True, kw_only=True)
class Constant(InitialiserSpec):
    """One value for every entry: meant for biases, as all units with equal weights would learn the same.

    A small positive bias (0.1 in the chapter) lets every ReLU unit answer to something at first.
    """

    value: float = param(0.1, "The value of every entry.", ge=-10, le=10)

    def torch_call(self, tensor: str) -> Call | None:
        """`nn.init.constant_`."""
        return Call("nn.init.constant_", (Name(tensor), self.value))
