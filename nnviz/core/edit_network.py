"""Edits of a network's column of layers, as functions from one network to the next.

Positions count layers from 0; a *gap* counts the places between them, from 0 (before the first layer) to the number of
layers (behind the last). Nothing here minds whether shapes fit: a network may be wrong while it is being edited.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from nnviz.core.errors import NnvizError
from nnviz.core.layers.base import LayerSpec
from nnviz.core.network import NetworkSpec


class EditError(NnvizError):
    """An edit at a place that the network does not have."""


def insert(network: NetworkSpec, gap: int, layers: Sequence[LayerSpec]) -> NetworkSpec:
    """The network with more layers at a gap, in their order.

    Raises:
        EditError: If there is no such gap.
    """
    _check_gap(network, gap)
    old = network.layers
    return network.replace(layers=(*old[:gap], *layers, *old[gap:]))


def remove(network: NetworkSpec, positions: Iterable[int]) -> NetworkSpec:
    """The network without some of its layers.

    Raises:
        EditError: If one of them does not exist.
    """
    gone = set(_check(network, positions))
    return network.replace(layers=tuple(layer for index, layer in enumerate(network.layers) if index not in gone))


def move(network: NetworkSpec, positions: Iterable[int], gap: int) -> NetworkSpec:
    """The network with some of its layers taken out and put, together and in their order, at a gap.

    Args:
        network: The network.
        positions: Which layers.
        gap: Where to, counted before anything is taken out.

    Raises:
        EditError: If a layer or the gap does not exist.
    """
    chosen = _check(network, positions)
    _check_gap(network, gap)
    moved = [network.layers[index] for index in chosen]
    return insert(remove(network, chosen), moved_to(chosen, gap)[0] if chosen else 0, moved)


def moved_to(positions: Iterable[int], gap: int) -> tuple[int, ...]:
    """Where `move` puts those layers."""
    chosen = sorted(set(positions))
    start = gap - sum(index < gap for index in chosen)
    return tuple(range(start, start + len(chosen)))


def duplicate(network: NetworkSpec, positions: Iterable[int]) -> NetworkSpec:
    """The network with copies of some layers, together behind the last of these.

    Raises:
        EditError: If one of them does not exist.
    """
    chosen = _check(network, positions)
    return insert(network, chosen[-1] + 1, [network.layers[index] for index in chosen]) if chosen else network


def set_enabled(network: NetworkSpec, positions: Iterable[int], enabled: bool) -> NetworkSpec:
    """The network with some layers switched on or off; what is off passes samples as they are.

    Raises:
        EditError: If one of them does not exist.
    """
    chosen = set(_check(network, positions))
    layers = (
        layer.replace(enabled=enabled) if index in chosen else layer for index, layer in enumerate(network.layers)
    )
    return network.replace(layers=tuple(layers))


def replace_layer(network: NetworkSpec, position: int, layer: LayerSpec) -> NetworkSpec:
    """The network with another layer at that position.

    Raises:
        EditError: If there is none.
    """
    (index,) = _check(network, (position,))
    return network.replace(layers=(*network.layers[:index], layer, *network.layers[index + 1 :]))


def _check(network: NetworkSpec, positions: Iterable[int]) -> list[int]:
    chosen = sorted(set(positions))
    for index in chosen:
        if not 0 <= index < len(network.layers):
            raise EditError(f"The network has {len(network.layers)} layers; there is no layer {index + 1} to edit.")
    return chosen


def _check_gap(network: NetworkSpec, gap: int) -> None:
    if not 0 <= gap <= len(network.layers):
        raise EditError(f"The network has {len(network.layers)} layers; nothing can be put behind layer {gap}.")
