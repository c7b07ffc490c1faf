"""He."""

from __future__ import annotations

from dataclasses import dataclass

from nnviz.core.call import Call, Name
from nnviz.core.initialisers.base import INITIALISERS, InitialiserSpec
from nnviz.core.spec import param


@INITIALISERS.register
@dataclass(frozen=True, kw_only=True)
class He(InitialiserSpec):
    """Noise of variance 2 / inputs, which makes up for the half of all signals that ReLU takes away.

    Biases, which have no inputs, start at zero.

    Source: He, Zhang, Ren & Sun 2015, arXiv:1502.01852, eq. 10 and 14.
    """

    distribution: str = param("normal", "Evenly spread between two limits, or normal.", choices=("uniform", "normal"))
    keeps: str = param(
        "signals",
        "What keeps its size from layer to layer: 'signals' forwards, or 'gradients' backwards.",
        choices=("signals", "gradients"),
    )

    def torch_call(self, tensor: str) -> Call | None:
        """`nn.init.kaiming_uniform_` or `nn.init.kaiming_normal_`, for ReLU."""
        if tensor.endswith("bias"):
            return Call("nn.init.zeros_", (Name(tensor),))
        mode = "fan_in" if self.keeps == "signals" else "fan_out"
        return Call(f"nn.init.kaiming_{self.distribution}_", (Name(tensor),), {"mode": mode, "nonlinearity": "relu"})
