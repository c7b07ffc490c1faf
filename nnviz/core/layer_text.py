"""Layers as JSON text: what is copied, pasted, sent to a friend, and dragged."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from nnviz.core.errors import NnvizError
from nnviz.core.layers.base import LAYERS, LayerSpec
from nnviz.core.spec import spec_from_json

MOST_LAYERS = 1000
"""More than this in one text is refused: no column of cards could show them."""


class LayerTextError(NnvizError):
    """A text that describes no layers."""


def layers_to_text(layers: Sequence[LayerSpec]) -> str:
    """JSON text of one layer, or of a list of several."""
    data = [layer.to_json() for layer in layers]
    return json.dumps(data[0] if len(data) == 1 else data, indent=2, ensure_ascii=False)


def layers_from_text(text: str) -> tuple[LayerSpec, ...]:
    """The layers that a text describes: one, a list of them, or those of a whole network.

    Raises:
        LayerTextError: If it is no JSON of layers; the sentence says what is wrong with it.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise LayerTextError("The text is no layer: a layer is JSON text, as Copy makes it.") from None
    items = _items(data)
    if not items:
        raise LayerTextError("The text holds no layer: it needs one, a list of them, or a network.")
    if len(items) > MOST_LAYERS:
        raise LayerTextError(f"The text holds {len(items)} layers; at most {MOST_LAYERS} can be pasted at once.")
    layers = []
    for number, item in enumerate(items, start=1):
        try:
            layers.append(spec_from_json(LAYERS, item))
        except NnvizError as error:
            where = f"Layer {number} of the text" if len(items) > 1 else "The text"
            raise LayerTextError(f"{where} cannot be used. {error}") from None
    return tuple(layers)


def _items(data: Any) -> list[Any]:
    # A network holds "layers"; the description inside a project file holds a "network".
    if isinstance(data, dict) and isinstance(data.get("network"), dict):
        data = data["network"]
    if isinstance(data, dict) and isinstance(data.get("layers"), list):
        data = data["layers"]
    return data if isinstance(data, list) else [data]
