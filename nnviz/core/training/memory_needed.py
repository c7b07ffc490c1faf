"""How much memory a batch takes while it is trained on."""

from __future__ import annotations

from nnviz.core.layers._recurrent import RecurrentSpec
from nnviz.core.memory import available_memory, memory_text
from nnviz.core.network import NetworkSpec
from nnviz.core.training.spec import TrainingSpec
from nnviz.core.training.training_error import TrainingError

BYTES = 4
"""Of a value in single precision."""

KEPT_PER_GATE = 3.6
"""Values of each gate, unit and step that fused kernels keep for the way back, or make on it.

Measured with torch 2.13 on the CPU, by the memory that a step took: 15.5 for the four gates of an LSTM, 11.0 for the
three of a GRU, 3.4 for a plain cell.
"""

COPIES_OF_WEIGHTS = 4
"""The weights, their gradients, and what an optimiser like Adam remembers of each."""


def memory_needed(network: NetworkSpec, batch_size: int) -> int:
    """Bytes that one step of training takes, about: what every layer gives and its gradient, and the weights.

    Of a recurrent layer gates and states of every step are kept, whatever it passes on: they are needed on the way back
    through time.
    """
    values: float = network.input_shape.size
    for trace in network.trace():
        layer = trace.layer
        if not layer.enabled or trace.arrives is None or trace.leaves is None:
            continue
        values += 2 * trace.leaves.size
        if isinstance(layer, RecurrentSpec):
            cells = layer.units * layer.directions * layer.layers
            values += trace.arrives.dims[0] * cells * layer.gates * KEPT_PER_GATE
    return round(BYTES * (batch_size * values + COPIES_OF_WEIGHTS * network.parameter_count()))


def check_memory(network: NetworkSpec, training: TrainingSpec, samples: int) -> None:
    """Make sure that a batch fits into the memory that is left.

    Args:
        network: The network.
        training: How it learns.
        samples: Number of training samples: a batch has no more.

    Raises:
        TrainingError: If it does not; the sentence says what to change.
    """
    size = min(training.batch_size, samples)
    needed, there = memory_needed(network, size), available_memory()
    if there is None or needed <= there:
        return
    shorter = ", or shorter sequences" if network.input_shape.is_sequence else ""
    raise TrainingError(
        f"A step with a batch of {size:,} samples of {network.input_shape} needs about {memory_text(needed)} of "
        f"memory; {memory_text(there)} are free. Choose a smaller batch size, fewer units{shorter}."
    )
