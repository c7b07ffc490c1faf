"""Plain recurrent layer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nnviz.core.layers._recurrent import RecurrentSpec
from nnviz.core.layers.base import LAYERS
from nnviz.core.spec import param


@LAYERS.register
@dataclass(frozen=True, kw_only=True)
class Rnn(RecurrentSpec):
    """Plain recurrent cell: the new hidden state is one weighted sum of input and old hidden state, bent.

    h_t = f(W x_t + b + U h_(t-1) + c), f being tanh or ReLU, and h_0 = 0. On its way back through time the gradient is
    multiplied by U and by the slope of f at every step: over many steps it vanishes, or explodes.

    Input shape: (T, F)
    Output shape: (units,), or (T, units) of every step; twice as many values if bidirectional
    Source: Elman 1990, Finding structure in time, doi:10.1207/s15516709cog1402_1; with ReLU: Le, Jaitly & Hinton 2015,
        arXiv:1504.00941.
    """

    title = "RNN"
    formula = "h[t] = f(W x[t] + b + U h[t-1] + c)"
    gates = 1
    fused = "nn.RNN"

    activation: str = param("tanh", "What bends the sum: f.", choices=("tanh", "relu"))

    def cell_options(self) -> dict[str, Any]:
        """The activation, where it is not torch's own choice."""
        return {} if self.activation == "tanh" else {"nonlinearity": self.activation}
