"""Orthogonal."""

from __future__ import annotations

from dataclasses import dataclass

from nnviz.core.call import Call, Name
from nnviz.core.initialisers.base import INITIALISERS, InitialiserSpec
from nnviz.core.spec import param


@INITIALISERS.register
@dataclass(frozen=True, kw_only=True)
class Orthogonal(InitialiserSpec):
    """Random directions at right angles to each other: a linear layer keeps the length of what goes through.

    Biases start at zero.

    Source: Saxe, McClelland & Ganguli 2014, arXiv:1312.6120, section 3.
    """

    gain: float = param(1.0, "Length of each direction; 1.41 makes up for ReLU.", gt=0, le=100, log=True)

    def torch_call(self, tensor: str) -> Call | None:
        """`nn.init.orthogonal_`."""
        if tensor.endswith("bias"):
            return Call("nn.init.zeros_", (Name(tensor),))
        return Call("nn.init.orthogonal_", (Name(tensor),), {"gain": self.gain})
