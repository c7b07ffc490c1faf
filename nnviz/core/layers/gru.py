"""Gated recurrent unit."""

from __future__ import annotations

from dataclasses import dataclass

from nnviz.core.layers._recurrent import RecurrentSpec
from nnviz.core.layers.base import LAYERS


@LAYERS.register
@dataclass(frozen=True, kw_only=True)
class Gru(RecurrentSpec):
    """Gated recurrent unit: an update gate mixes old hidden state and candidate; there is no cell state beside it.

    Reset gate r = sigmoid(.) and update gate z = sigmoid(.) of input and old hidden state, candidate
    n = tanh(W x_t + b + r (U h_(t-1) + c)), and h_t = (1 - z) n + z h_(t-1). PyTorch applies r behind the product with
    U, as here; the paper before it.

    Input shape: (T, F)
    Output shape: (units,), or (T, units) of every step; twice as many values if bidirectional
    Source: Cho et al. 2014, arXiv:1406.1078, eq. 5-8; the reset gate's place: `torch.nn.GRU`.
    """

    title = "GRU"
    formula = "h[t] = (1 - z) n + z h[t-1]"
    gates = 3
    fused = "nn.GRU"
