"""Long short-term memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nnviz.core.layers._recurrent import RecurrentSpec
from nnviz.core.layers.base import LAYERS
from nnviz.core.spec import param


@LAYERS.register
@dataclass(frozen=True, kw_only=True)
class Lstm(RecurrentSpec):
    """Long short-term memory: a cell state that gates keep, add to and let out, so that it can last.

    Of input and old hidden state, each with weights of its own: forget gate f = sigmoid(.), input gate i = sigmoid(.),
    candidate g = tanh(.), output gate o = sigmoid(.). Then c_t = f c_(t-1) + i g and h_t = o tanh(c_t). Along the cell
    state the gradient is multiplied by f alone: where the gate stays open it neither vanishes nor explodes.

    Input shape: (T, F)
    Output shape: (units,), or (T, units) of every step; twice as many values if bidirectional
    Source: Hochreiter & Schmidhuber 1997, doi:10.1162/neco.1997.9.8.1735; forget gate: Gers, Schmidhuber & Cummins
        2000, doi:10.1162/089976600300015015; its bias: Jozefowicz, Zaremba & Sutskever 2015, An empirical exploration
        of recurrent network architectures.
    """

    title = "LSTM"
    formula = "c[t] = f c[t-1] + i g;  h[t] = o tanh(c[t])"
    gates = 4
    fused = "nn.LSTM"

    forget_bias: float = param(
        1.0, "Where the forget gate's bias starts; above 0 the cell remembers at first.", ge=-10, le=10
    )

    def options(self) -> dict[str, Any]:
        """The forget gate's bias."""
        return {"forget_bias": self.forget_bias}
