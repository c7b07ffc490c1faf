"""Looking for a layer by a few letters of its name, category or description."""

from __future__ import annotations

from nnviz.core.layers.base import LAYERS, LayerSpec

CATEGORY_ORDER = ("Layer", "Recurrent", "Activation", "Pooling", "Shape", "Regularisation")
"""Headings of the palette from top to bottom; others follow by their name."""


def layers_by_category() -> dict[str, list[type[LayerSpec]]]:
    """All layer types under their categories, in the palette's order."""
    groups: dict[str, list[type[LayerSpec]]] = {}
    for layer in sorted(LAYERS, key=lambda layer: layer.title.casefold()):
        groups.setdefault(layer.category, []).append(layer)
    known = {category: position for position, category in enumerate(CATEGORY_ORDER)}
    return dict(sorted(groups.items(), key=lambda item: (known.get(item[0], len(known)), item[0])))


def find_layers(text: str, titles: dict[str, str] | None = None) -> list[type[LayerSpec]]:
    """Layer types that match, the best first; all of them for an empty text.

    Every word must occur in title, registry name, category or description. A title that begins with the text comes
    before one that contains it, then names, categories and descriptions.

    Args:
        text: What was typed.
        titles: Titles in the user's language by registry name, searched besides the English ones.
    """
    words = text.casefold().split()
    layers = [layer for group in layers_by_category().values() for layer in group]
    ranks = {layer: _rank(layer, words, (titles or {}).get(layer.name, "")) for layer in layers}
    return sorted((layer for layer in layers if ranks[layer] is not None), key=lambda layer: ranks[layer] or 0)


def _rank(layer: type[LayerSpec], words: list[str], title: str) -> int | None:
    if not words:
        return 0
    name = layer.name.casefold()
    titles = [text.casefold() for text in (layer.title, title) if text]
    places = [
        [*titles, name, name.replace("_", "")],
        [layer.category.casefold()],
        [(layer.__doc__ or "").casefold()],
    ]
    if not all(any(word in text for texts in places for text in texts) for word in words):
        return None
    typed = " ".join(words)
    if typed in (*titles, name):
        return 0
    if any(text.startswith(typed) for text in (*titles, name)):
        return 1
    for rank, texts in enumerate(places, start=2):
        if all(any(word in text for text in texts) for word in words):
            return rank
    return 5
