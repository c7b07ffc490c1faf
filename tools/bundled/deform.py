"""Pictures bent a little, on the way into a batch."""

from __future__ import annotations

import torch
from torch import nn

ROTATION, SCALE, SLANT, SHIFT = 0.17, 0.1, 0.15, 1.3
"""Largest turn (radians), change of size (logarithm), slant, and move (pixels)."""

BEND = 0.75
"""Typical move, in pixels, of the knots of the elastic grid (4 x 4)."""

THICKER, THINNER = 0.12, 0.08
"""Shares of the pictures whose strokes are made wider, and narrower."""


def deformed(images: torch.Tensor, strength: float = 1.0) -> torch.Tensor:
    """A batch, (N, 1, 28, 28) in [0, 1], every picture turned, slanted, scaled, moved and bent by random amounts.

    Args:
        images: The batch.
        strength: Multiplies these amounts.

    Source: Simard, Steinkraus & Platt 2003, Best practices for convolutional neural networks, section 2.
    """
    count, side = len(images), images.shape[-1]
    images = _other_pen(images)
    most = torch.tensor([[ROTATION], [SCALE], [SLANT]]) * strength
    angle, scale, slant = ((torch.rand(3, count) * 2 - 1) * most).unbind()
    right, down = ((torch.rand(2, count) * 2 - 1) * SHIFT * strength * 2 / side).unbind()
    factor = torch.exp(scale)
    cosine, sine = torch.cos(angle) * factor, torch.sin(angle) * factor
    theta = torch.stack([cosine, slant * factor - sine, right, sine, cosine, down], 1).view(count, 2, 3)
    grid = nn.functional.affine_grid(theta, [count, 1, side, side], align_corners=False)
    bends = torch.rand(count, 1, 1, 1) * BEND * strength * 2 * 2 / side
    knots = torch.randn(count, 2, 4, 4) * bends
    field = nn.functional.interpolate(knots, size=(side, side), mode="bilinear", align_corners=True)
    return nn.functional.grid_sample(images, grid + field.permute(0, 2, 3, 1), align_corners=False)


def _other_pen(images: torch.Tensor) -> torch.Tensor:
    count = len(images)
    thicker, thinner = round(count * THICKER), round(count * THINNER)
    some = torch.randperm(count)[: thicker + thinner]
    share = torch.rand(len(some), 1, 1, 1) * 0.8
    chosen = images[some]
    wide = nn.functional.max_pool2d(chosen[:thicker], 3, 1, 1)
    narrow = -nn.functional.max_pool2d(-chosen[thicker:], 3, 1, 1)
    images = images.clone()
    images[some] = chosen + share * (torch.cat([wide, narrow]) - chosen)
    return images
