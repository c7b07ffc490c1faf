"""Shapes of one sample, and the error that says where two of them do not fit."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from nnviz.core.errors import NnvizError

AXES: dict[int, str] = {1: "F", 2: "T, F", 3: "C, H, W"}
"""Letters of a shape's axes by their number: F features, T time, C channels, H height, W width."""


@dataclass(frozen=True)
class Shape:
    """Shape of one sample, without the batch axis: (F,), (T, F) or (C, H, W).

    Raises:
        ValueError: If there is no axis, more than three, or an axis shorter than 1.
    """

    dims: tuple[int, ...]

    def __post_init__(self) -> None:
        """Refuse what is no shape of a sample."""
        if not 1 <= len(self.dims) <= 3 or any(type(d) is not int or d < 1 for d in self.dims):
            raise ValueError(f"A sample has one to three axes of length 1 or more; {self.dims!r} is no such shape.")

    @classmethod
    def of(cls, dims: Iterable[int]) -> Shape:
        """Shape of any iterable of whole numbers, for example an array's `shape[1:]`."""
        return cls(tuple(int(d) for d in dims))

    @property
    def rank(self) -> int:
        """Number of axes."""
        return len(self.dims)

    @property
    def size(self) -> int:
        """Number of values in one sample: the product of all axes."""
        return math.prod(self.dims)

    @property
    def is_vector(self) -> bool:
        """Whether a sample is a plain list of features, (F,)."""
        return self.rank == 1

    @property
    def is_sequence(self) -> bool:
        """Whether a sample is a sequence of feature vectors, (T, F)."""
        return self.rank == 2

    @property
    def is_image(self) -> bool:
        """Whether a sample is a stack of channels, (C, H, W)."""
        return self.rank == 3

    def __iter__(self) -> Iterator[int]:
        return iter(self.dims)

    def __str__(self) -> str:
        return "x".join(map(str, self.dims))


Kind = Literal["vector", "sequence", "image"]


@dataclass(frozen=True)
class Fix:
    """One edit that would mend a shape error, offered as a button.

    Attributes:
        title: What the button says, for example "Insert Flatten before Dense".
        action: `insert_before` puts a new layer in front of the wrong one, `insert_after` behind it, `change` sets
            parameters of the wrong layer, `remove` takes it out.
        layer: Registry name of the layer to insert; empty for `change` and `remove`.
        params: Parameters of the inserted layer, or the changed ones of the wrong layer.
    """

    title: str
    action: Literal["insert_before", "insert_after", "change", "remove"]
    layer: str = ""
    params: tuple[tuple[str, Any], ...] = ()


class ShapeError(NnvizError):
    """A layer was given a shape that it cannot take.

    Attributes:
        layer: Title of the layer, for example "Dense".
        arrived: The shape that came in, or None if there is none (an earlier layer is wrong).
        needed: What the layer needs, in words: "a vector".
        fixes: Edits that would mend it, best first.
        index: Position of the layer in its network, -1 until a network says so.
    """

    def __init__(self, layer: str, arrived: Shape | None, needed: str, fixes: tuple[Fix, ...] = ()) -> None:
        self.layer = layer
        self.arrived = arrived
        self.needed = needed
        self.fixes = fixes
        self.index = -1
        arrives = f"{arrived} arrives" if arrived is not None else "nothing arrives"
        first_fix = f" {fixes[0].title}." if fixes else ""
        super().__init__(f"{layer} needs {needed}; {arrives}.{first_fix}")
