"""What pooling layers share: a window that makes one value of many, channel by channel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from numpy.typing import NDArray

from nnviz.core.layers._windows import output_side
from nnviz.core.layers.base import LayerSpec
from nnviz.core.shape import Fix, Shape, ShapeError
from nnviz.core.spec import param
from nnviz.core.terms import Rule, Terms, window_terms


@dataclass(frozen=True, kw_only=True)
class PoolingSpec(LayerSpec):
    """A window that slides over each channel and leaves one value of each place.

    Attributes:
        rule: What becomes of a window's values, as `Terms` call it.
    """

    category = "Pooling"
    rule: ClassVar[Rule] = "largest"

    window: int = param(2, "Side of the window.", ge=1, le=32, unit="pixels")
    stride: int = param(2, "Step between two windows.", ge=1, le=32, unit="pixels")

    def output_shape(self, x: Shape) -> Shape:
        """(C, H', W')."""
        self.need_image(x)
        channels, height, width = x
        rows, columns = (output_side(side, self.window, self.stride, 0, 0) for side in (height, width))
        if rows < 1 or columns < 1:
            side = min(height, width)
            fixes = (
                Fix(f"Shrink the window to {side}x{side}", "change", params=(("window", side),)),
                Fix(f"Remove {self.title}", "remove"),
            )
            needed = f"an image at least as large as its {self.window}x{self.window} window"
            raise ShapeError(self.title, x, needed, fixes)
        return Shape((channels, rows, columns))

    def operations(self, x: Shape) -> int:
        """One per value that a window covers: a comparison, an addition or a multiplication."""
        return self.output_shape(x).size * self.window**2

    def terms(self, x: NDArray[Any], index: tuple[int, ...], parameters: Mapping[str, NDArray[Any]]) -> Terms:
        """The window's values."""
        return window_terms(self.rule, x, index, self.window, self.stride)
