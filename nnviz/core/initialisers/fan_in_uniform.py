"""PyTorch's own start: uniform, scaled by the number of inputs."""

from __future__ import annotations

from dataclasses import dataclass

from nnviz.core.call import Call
from nnviz.core.initialisers.base import INITIALISERS, InitialiserSpec


@INITIALISERS.register
@dataclass(frozen=True, kw_only=True)
class FanInUniform(InitialiserSpec):
    """Uniform between -1/sqrt(n) and 1/sqrt(n), n being the number of inputs of a unit.

    This is what PyTorch's dense and convolution layers do by themselves, so nothing is left to call.

    Source: LeCun, Bottou, Orr, Mueller 1998, Efficient BackProp, section 4.6 (variance 1/(3n) in place of 1/n).
    """

    title = "Uniform by fan-in"

    def torch_call(self, tensor: str) -> Call | None:
        """None: the constructor has done it."""
        return None
