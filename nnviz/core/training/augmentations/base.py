"""What every augmentation is."""

from __future__ import annotations

from dataclasses import dataclass

from nnviz.core.call import Call
from nnviz.core.registry import Registry
from nnviz.core.shape import Shape
from nnviz.core.spec import Spec


@dataclass(frozen=True, kw_only=True)
class AugmentationSpec(Spec):
    """How training samples are changed at random each time they are used, so that the network sees no sample twice."""

    def torch_call(self, x: Shape) -> Call | None:
        """The call that makes a module which changes a batch, (N, *x), or None if nothing is changed.

        It draws from torch's global random state, like dropout, so that a seed decides it too.

        Raises:
            ShapeError: If samples of shape `x` cannot be changed so.
        """
        raise NotImplementedError


AUGMENTATIONS: Registry[type[AugmentationSpec]] = Registry("augmentation", "nnviz.core.training.augmentations")
