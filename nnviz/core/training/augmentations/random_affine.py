"""Pictures turned, scaled, slanted and moved a little."""

from __future__ import annotations

from dataclasses import dataclass

from nnviz.core.call import Call
from nnviz.core.shape import Shape, ShapeError
from nnviz.core.spec import param
from nnviz.core.training.augmentations.base import AUGMENTATIONS, AugmentationSpec


@AUGMENTATIONS.register
@dataclass(frozen=True, kw_only=True)
class RandomAffine(AugmentationSpec):
    """Each picture is turned, scaled, slanted and moved by random amounts: what another hand might have written.

    Every amount is drawn evenly between minus and plus its limit; pixels are interpolated bilinearly, and what comes in
    from outside is background.

    Source: Simard, Steinkraus & Platt 2003, Best practices for convolutional neural networks applied to visual document
        analysis, section 2.
    """

    title = "Random affine"

    rotation: float = param(10.0, "Largest turn to either side.", ge=0, le=180, unit="degrees")
    scale: float = param(0.1, "Largest change of size, as the logarithm of the factor (0.1 is about 10 %).", ge=0, le=1)
    slant: float = param(0.15, "Largest slant: pixels to the side per pixel upwards.", ge=0, le=1)
    shift: float = param(1.5, "Largest move in either direction.", ge=0, le=64, unit="pixels")

    def torch_call(self, x: Shape) -> Call | None:
        """A module of our own around `affine_grid` and `grid_sample`."""
        if not x.is_image:
            raise ShapeError(self.title, x, "an image (channels x height x width)")
        kwargs = {"rotation": self.rotation, "scale": self.scale, "slant": self.slant, "shift": self.shift}
        return Call("RandomAffine", (), kwargs, define=_define)


def _define() -> type:
    import math

    import torch
    from torch import nn

    class RandomAffine(nn.Module):
        """Turns, scales, slants and moves each picture of a batch, (N, C, H, W), by random amounts."""

        def __init__(self, rotation: float, scale: float, slant: float, shift: float) -> None:
            super().__init__()
            self.limits = torch.tensor([math.radians(rotation), scale, slant, shift, shift])

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            n, height, width = len(x), x.shape[-2], x.shape[-1]
            # (5, N): one row per kind of change, between minus and plus its limit
            amounts = (torch.rand(5, n) * 2 - 1) * self.limits[:, None]
            # Not waited for: a graphics card would stand still at every batch.
            angle, log_scale, slant, right, down = amounts.to(x.device, non_blocking=x.is_cuda)
            factor = torch.exp(log_scale)
            cosine, sine = torch.cos(angle) * factor, torch.sin(angle) * factor
            rows = [cosine, slant * factor - sine, right * 2 / width, sine, cosine, down * 2 / height]
            grid = nn.functional.affine_grid(torch.stack(rows, 1).view(n, 2, 3), list(x.shape), align_corners=False)
            return nn.functional.grid_sample(x, grid, align_corners=False)

    return RandomAffine
