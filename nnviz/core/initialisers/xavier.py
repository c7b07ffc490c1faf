"""Xavier."""

from __future__ import annotations

from dataclasses import dataclass

from nnviz.core.call import Call, Name
from nnviz.core.initialisers.base import INITIALISERS, InitialiserSpec
from nnviz.core.spec import param


@INITIALISERS.register
@dataclass(frozen=True, kw_only=True)
class Xavier(InitialiserSpec):
    """Noise of variance 2 / (inputs + outputs), which keeps signals and gradients of tanh and sigmoid layers in size.

    Biases, which have no inputs, start at zero.

    Source: Glorot & Bengio 2010, Understanding the difficulty of training deep feedforward neural networks, eq. 12, 16.
    """

    distribution: str = param("uniform", "Evenly spread between two limits, or normal.", choices=("uniform", "normal"))
    gain: float = param(1.0, "Factor on the spread; 5/3 is usual before tanh.", gt=0, le=100, log=True)

    def torch_call(self, tensor: str) -> Call | None:
        """`nn.init.xavier_uniform_` or `nn.init.xavier_normal_`."""
        if tensor.endswith("bias"):
            return Call("nn.init.zeros_", (Name(tensor),))
        return Call(f"nn.init.xavier_{self.distribution}_", (Name(tensor),), {"gain": self.gain})
