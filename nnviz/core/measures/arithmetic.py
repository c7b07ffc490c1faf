"""The arithmetic behind one value of a layer: the sum, and what the layers behind it make of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from nnviz.core.network import LayerTrace
from nnviz.core.terms import Terms


@dataclass(frozen=True)
class Explanation:
    """How one value came about.

    Attributes:
        source: Name of the layer that puts several inputs together.
        terms: Its inputs and weights; None if that layer has only a formula.
        chain: Names of the layers and the value at the same place in each, from the source on: sum, batch norm,
            activation.
    """

    source: str
    terms: Terms | None
    chain: tuple[tuple[str, float], ...]


def explain(
    traces: Sequence[LayerTrace],
    activations: Mapping[str, NDArray[Any]],
    parameters: Callable[[str], Mapping[str, NDArray[Any]]],
    sample: NDArray[Any],
    layer: str,
    index: tuple[int, ...],
) -> Explanation:
    """The arithmetic behind one value.

    A layer that works on each value by itself (an activation, batch norm) continues the layer before it, so the
    explanation begins where several inputs meet and goes on through all such layers behind.

    Args:
        traces: The layers that take part, from input to output.
        activations: Their outputs for the sample, without the batch axis.
        parameters: Gives a layer's learned tensors.
        sample: What enters the network.
        layer: Name of the layer whose value is asked for.
        index: Place of the value in its output.

    Raises:
        KeyError: If no such layer takes part.
    """
    names = [trace.name for trace in traces]
    if layer not in names:
        raise KeyError(layer)
    source = names.index(layer)
    while source > 0 and _by_itself(traces[source]):
        source -= 1
    before = activations[names[source - 1]] if source else sample
    terms = traces[source].layer.terms(before, index, parameters(names[source]))
    end = source + 1
    while end < len(traces) and _by_itself(traces[end]):
        end += 1
    chain = tuple((name, float(activations[name][index])) for name in names[source:end])
    return Explanation(names[source], terms, chain)


def _by_itself(trace: LayerTrace) -> bool:
    """Whether the value at a place depends on the one value at the same place before, or is shown as if it did."""
    return trace.arrives == trace.leaves and not trace.layer.mixes
