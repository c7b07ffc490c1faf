"""What a changed network can keep of what another one has learned."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.core.network import LayerTrace, NetworkSpec


@dataclass(frozen=True)
class CarriedOver:
    """Weights for a changed network.

    Attributes:
        weights: Every parameter and buffer of the new network, by name.
        kept: Number of values that come from the old network.
        total: Number of values in all.
    """

    weights: dict[str, NDArray[Any]]
    kept: int
    total: int


def carry_over(
    old: NetworkSpec, learned: Mapping[str, NDArray[Any]], new: NetworkSpec, fresh: Mapping[str, NDArray[Any]]
) -> CarriedOver:
    """What `old` has learned, put into `new` as far as it fits.

    Layers are matched in order by their type. A layer that got wider keeps its units in front; the new ones start
    fresh, and what is behind starts with a weight of zero from each of them, so that the wider network computes at
    first exactly what the old one did. A layer that got narrower keeps as many units as it has. A kernel of another
    size, or a picture of another size before a dense layer, begins anew.

    Args:
        old: The network that has learned.
        learned: Its parameters and buffers by name, "conv2d_1.weight".
        new: The changed network.
        fresh: The new network's freshly drawn parameters and buffers by name.

    Source: for the wider layers Chen, Goodfellow & Shlens 2016, arXiv:1511.05641 (Net2Net), with outgoing zeros in
        place of halved copies.
    """
    weights = {name: np.array(array) for name, array in fresh.items()}
    targets = {_layer_and_tensor(name): array for name, array in weights.items()}
    kept = 0
    for before, after in _matches(old, new):
        for name, array in learned.items():
            layer, tensor = _layer_and_tensor(name)
            target = targets.get((after.name, tensor))
            if layer == before.name and target is not None:
                pixels = _pixels(old, before) == _pixels(new, after)
                kept += _fill(target, array, same_inputs=pixels or before.arrives == after.arrives)
    return CarriedOver(weights, kept, sum(array.size for array in weights.values()))


def _layer_and_tensor(name: str) -> tuple[str, str]:
    # What is between differs: "conv2d_1.1.weight" behind a padding, "conv2d_1.weight" without.
    return name.split(".")[0], name.rsplit(".")[-1]


def _matches(old: NetworkSpec, new: NetworkSpec) -> list[tuple[LayerTrace, LayerTrace]]:
    """Pairs of layers of one type, in order: first those that are wholly alike, between them by type alone."""
    before = [trace for trace in old.trace() if trace.layer.enabled and trace.arrives]
    after = [trace for trace in new.trace() if trace.layer.enabled and trace.arrives]
    pairs: list[tuple[LayerTrace, LayerTrace]] = []
    i = j = 0
    for a, b, size in _blocks([trace.layer for trace in before], [trace.layer for trace in after]):
        for k, m, count in _blocks([trace.layer.name for trace in before[i:a]], [t.layer.name for t in after[j:b]]):
            pairs += zip(before[i + k : i + k + count], after[j + m : j + m + count], strict=True)
        pairs += zip(before[a : a + size], after[b : b + size], strict=True)
        i, j = a + size, b + size
    return pairs


def _blocks(before: Sequence[Hashable], after: Sequence[Hashable]) -> list[tuple[int, int, int]]:
    return [(a, b, n) for a, b, n in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()]


def _pixels(network: NetworkSpec, trace: LayerTrace) -> tuple[int, ...]:
    """Places per channel of what arrives: a vector that was flattened from channels has those of the channels."""
    arrives = trace.arrives
    assert arrives is not None
    if not arrives.is_vector:
        return arrives.dims[1:]
    for earlier in reversed(network.trace()[: trace.index]):
        if earlier.layer.enabled and earlier.arrives is not None and not earlier.arrives.is_vector:
            # Only flattening keeps the places; pooling over all of them leaves one value per channel.
            return earlier.arrives.dims[1:] if earlier.arrives.size == arrives.size else ()
        if earlier.layer.enabled and earlier.arrives != arrives:
            break
    return ()


def _fill(target: NDArray[Any], learned: NDArray[Any], *, same_inputs: bool) -> int:
    """Put as much of `learned` into `target` as both have; returns the number of values."""
    if target.ndim != learned.ndim or target.shape[2:] != learned.shape[2:]:
        return 0
    if target.ndim < 2:
        kept = tuple(slice(0, min(sides)) for sides in zip(target.shape, learned.shape, strict=True))
        target[kept] = learned[kept]
        return int(target[kept].size)
    units, inputs = min(target.shape[0], learned.shape[0]), min(target.shape[1], learned.shape[1])
    if target.shape[1] != learned.shape[1] and not same_inputs:
        return 0
    target[:units, :inputs] = learned[:units, :inputs]
    # What is new in front has no say at first: the units that are kept compute what they did.
    target[:units, inputs:] = 0
    return int(target[:units, :inputs].size)
