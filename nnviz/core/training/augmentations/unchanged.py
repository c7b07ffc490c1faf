"""No augmentation."""

from __future__ import annotations

from dataclasses import dataclass

from nnviz.core.call import Call
from nnviz.core.shape import Shape
from nnviz.core.training.augmentations.base import AUGMENTATIONS, AugmentationSpec


@AUGMENTATIONS.register
@dataclass(frozen=True, kw_only=True)
class Unchanged(AugmentationSpec):
    """Samples stay as they are."""

    title = "None"

    def torch_call(self, x: Shape) -> Call | None:
        """None: there is nothing to do."""
        return None
