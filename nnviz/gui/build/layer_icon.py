"""Which icon stands for a layer type."""

from __future__ import annotations

from functools import lru_cache

from nnviz.core.layers.base import LayerSpec
from nnviz.gui.style.icons import icon_names


def layer_icon_name(layer: type[LayerSpec]) -> str:
    """`layer_NAME` if there is such a file, else `category_CATEGORY`, else `category_other`."""
    there = _there()
    wanted = (f"layer_{layer.name}", f"category_{layer.category.casefold().replace(' ', '_')}")
    return next((name for name in wanted if name in there), "category_other")


@lru_cache(maxsize=1)
def _there() -> frozenset[str]:
    return frozenset(icon_names())
