"""Zeros."""

from __future__ import annotations

from dataclasses import dataclass

from nnviz.core.call import Call, Name
from nnviz.core.initialisers.base import INITIALISERS, InitialiserSpec


@INITIALISERS.register
@dataclass(frozen=True, kw_only=True)
class Zeros(InitialiserSpec):
    """Every value is zero: right for biases, wrong for the weights of hidden layers.

    Units that start alike get the same gradients and stay alike.

    Source: Goodfellow, Bengio & Courville 2016, Deep Learning, section 8.4.
    """

    def torch_call(self, tensor: str) -> Call | None:
        """`nn.init.zeros_`."""
        return Call("nn.init.zeros_", (Name(tensor),))
