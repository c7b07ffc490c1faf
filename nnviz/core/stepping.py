"""Asking a network step by step: recurrent layers keep their state, and the next step may be what was just answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from nnviz.core.layers._recurrent import RecurrentSpec

if TYPE_CHECKING:
    import torch

    from nnviz.core.network import NetworkSpec

EACH_STEP_BY_ITSELF = frozenset(
    {"one_hot", "embedding", "dense", "dropout", "tanh", "sigmoid", "relu", "leaky_relu", "elu", "gelu", "linear"}
)
"""Layers that do the same with every step of a sequence, whatever stands before and behind it."""


def can_step(network: NetworkSpec) -> bool:
    """Whether the network can be asked step by step: it answers at every step, and never needs a later one."""
    traces = [trace for trace in network.trace() if trace.layer.enabled]
    recurrent = False
    for trace in traces:
        if trace.leaves is None or not trace.leaves.is_sequence:
            return False
        if isinstance(trace.layer, RecurrentSpec):
            recurrent = True
            if trace.layer.passes_on != "every step" or trace.layer.bidirectional:
                return False
        elif trace.layer.name not in EACH_STEP_BY_ITSELF:
            return False
    return recurrent


class Stepper:
    """A network in the middle of a sequence: it goes on from where it was left.

    Args:
        model: The built network, in evaluation mode.
        device: Where it is.
    """

    def __init__(self, model: torch.nn.Module, device: torch.device | str) -> None:
        self._model = model
        self._device = device
        self._states: dict[str, Any] = {}

    def __call__(self, x: NDArray[Any]) -> NDArray[np.float32]:
        """Read on.

        Args:
            x: The next steps, (N, t, F), without padding; always of the same number of sequences.

        Returns:
            What the network gives at them, (N, t, outputs).
        """
        import torch

        with torch.no_grad():
            value = torch.from_numpy(np.array(x, np.float32, order="C")).to(self._device)
            layer: Any
            for name, layer in self._model.named_children():
                if getattr(layer, "takes_lengths", False):
                    value, self._states[name] = layer.run(value, self._states.get(name))
                else:
                    value = layer(value)
            result: NDArray[np.float32] = value.float().cpu().numpy().copy()
        return result
