"""The container of layers that read sequences: it keeps padding from every one of them.

Sequences of unequal length are padded with NaN behind their ends. Nothing else need be handed along with a batch: the
data itself says where a sequence is over.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from nnviz.core.call import Call
from nnviz.core.shape import Shape


def container(input_shape: Shape) -> Call:
    """The call that makes the empty model for samples of this shape."""
    if input_shape.is_sequence:
        return Call("SequenceNetwork", define=_define)
    return Call("nn.Sequential")


def through(model: Any, x: Any) -> Iterator[tuple[str, Any]]:
    """Yield each layer's name and what it makes of a batch, as the model itself does it."""
    x, lengths = prepared(model, x)
    for name, layer in model.named_children():
        x = applied(layer, x, lengths)
        yield name, x


def prepared(model: Any, x: Any) -> tuple[Any, Any]:
    """A batch as the first layer gets it, and the number of steps of each sequence; None if all are of full length."""
    return model.without_padding(x) if hasattr(model, "without_padding") else (x, None)


def applied(layer: Any, x: Any, lengths: Any) -> Any:
    """What one layer makes of what arrives; `lengths` as from `prepared`."""
    return layer(x, lengths) if getattr(layer, "takes_lengths", False) else layer(x)


def _define() -> type:
    import torch
    from torch import nn

    class SequenceNetwork(nn.Sequential):
        """Layers in a row for sequences, (N, T, F); steps behind a sequence's end are NaN, and no layer sees them."""

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            x, lengths = self.without_padding(x)
            for layer in self:
                x = layer(x, lengths) if getattr(layer, "takes_lengths", False) else layer(x)
            return x

        def without_padding(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor | None]:
            """Zeros for NaN, and the number of steps of each sequence; None if all are of full length."""
            # Neither an exported graph nor a tensor without values can be asked what it holds.
            if torch.compiler.is_compiling() or x.is_meta:
                return x, None
            ended = x[..., 0].isnan()
            if not ended.any():
                return x, None
            lengths = (~ended).sum(1).clamp(min=1)
            return x.masked_fill(ended[..., None], 0.0), lengths

    return SequenceNetwork
