"""Pictures of digits, photographed, scanned or saved, to the image that a data set's makers would have made of them.

The same steps as for pen strokes, on pixels. How files are read is in `nnviz.core.image_files`, how ink is told from
paper in `nnviz.core.paper`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from nnviz.core.components import connected_components
from nnviz.core.image_files import read_grey
from nnviz.core.ink import (
    ALL_STEPS,
    FINE_SIDE,
    MNIST,
    Ink,
    InkRecipe,
    InkSteps,
    Layout,
    Picture,
    Placement,
    Preparation,
    Stage,
    blank,
    centring_shift,
    finished,
    frozen,
    moved,
)
from nnviz.core.number import MOST_DIGITS, digit_groups
from nnviz.core.paper import InkMap, cut_to, find_ink, ink_box
from nnviz.core.resample import resample, shrunk
from nnviz.core.thicken import stroke_width, thickened

USUAL_PENS = (0.72, 1.68)
"""Least and largest usual width of strokes, as multiples of the recipe's pen: MNIST's 5th and 95th percentile, 1.8 and
4.2 pixels. Wider and narrower strokes are brought to the nearer end."""

BLOB = 0.4
"""Ink whose strokes are wider than this part of its longest side is a dot: a disc has 0.5, MNIST's thickest 1 has
0.35."""

_RESOLVED = 2.0
"""The pen step needs ink this many times as long as in the finished image; smaller ink has no outline to move."""

_MOST_COMPONENTS = 40
"""More separate pieces of ink are a text or a texture, and no number."""

_THICKENING_SIDE = 160
"""Longest side that ink is reduced to before its strokes are made wider or narrower."""


def prepare_picture(
    source: Path | str | Image.Image | NDArray[Any], recipe: InkRecipe = MNIST, steps: InkSteps = ALL_STEPS
) -> Preparation:
    """The image that the data set's makers would have made of the digit on a picture.

    A picture without ink (an empty page, all white, all black) is blank. One that is prepared already comes back as it
    was. A blob becomes a dot of the pen's width. The pen step changes only strokes that are wider or narrower than
    nearly all of the data set's. The placement refers to the picture as `find_ink` gives it back, reduced and cut.

    Args:
        source: An image file, a Pillow image, or an array as `read_grey` takes it.
        recipe: What to imitate.
        steps: Which steps to do.

    Raises:
        PictureError: If it cannot be read; the sentence names the file.
    """
    found = find_ink(read_grey(source))
    return blank(recipe) if found is None else _RasterPreparation(found, recipe, steps).result()


def prepare_pictures(
    source: Path | str | Image.Image | NDArray[Any],
    recipe: InkRecipe = MNIST,
    steps: InkSteps = ALL_STEPS,
    *,
    several: bool = True,
) -> tuple[list[Preparation], list[Preparation]]:
    """What `prepare_picture` makes of the whole picture, and of each of its parts if it may show several digits.

    Raises:
        PictureError: If it cannot be read; the sentence names the file.
    """
    found = find_ink(read_grey(source))
    if found is None:
        return [blank(recipe)], []
    parts = _parts(found) if several else []
    whole, *rest = [_RasterPreparation(ink, recipe, steps).result() for ink in (found, *parts)]
    return [whole], rest


def _parts(found: InkMap) -> list[InkMap]:
    """The ink of each digit, from left to right; none if there is only one."""
    labels = connected_components(found.picture >= 0.5)
    count = int(labels.max(initial=0))
    if not 1 < count <= _MOST_COMPONENTS:
        return []
    boxes = np.array([np.concatenate(ink_box(labels == number)) for number in range(1, count + 1)])
    # Pixels' borders, not a pen's path: what touches by a corner would be one component.
    groups = digit_groups(boxes, 0.0)
    if not 1 < len(groups) <= MOST_DIGITS:
        return []
    parts = []
    for group in groups:
        low, high = boxes[group, :2].min(axis=0), boxes[group, 2:].max(axis=0)
        others = np.isin(labels, [number for number in range(1, count + 1) if number - 1 not in group])
        picture = cut_to(np.where(others, np.float32(0), found.picture), low, high)
        parts.append(InkMap(found.seen, picture, low, high))
    return parts


class _RasterPreparation:
    """One run of `prepare_picture` on ink that was found."""

    def __init__(self, found: InkMap, recipe: InkRecipe, steps: InkSteps) -> None:
        self.found = found
        self.recipe = recipe
        self.steps = steps
        # The ink as it is drawn from: its pixels, where they begin on the canvas and how far they are apart.
        self.raster, self.raster_low, self.raster_step = found.picture, np.zeros(2), 1.0
        self.low, self.high = found.low, found.high
        self.layout = self._placed()
        self.small = self._resampled(1)
        self.shift = (0, 0)
        if steps.centre and recipe.centre == "mass":
            self.shift = centring_shift(self.small)

    def result(self) -> Preparation:
        """The finished image, and the promise of its stages."""
        image = finished(moved(self.small, *self.shift), self.recipe, self.steps.smooth)
        placement = Placement.of(self.layout, self.shift)
        return Preparation(image, not image.any(), placement, lambda: self._stages(image))

    def _placed(self) -> Layout:
        """Where the ink goes, after its strokes have been given their width."""
        found, recipe, steps = self.found, self.recipe, self.steps
        height, width = found.picture.shape
        canvas = np.array([width, height], dtype=np.float64)
        pen = stroke_width(found.picture)
        if pen > BLOB * found.longest:
            middle = (found.low + found.high) / 2
            return Ink(middle, middle, found.longest, np.zeros(2), canvas, is_dot=True).layout(recipe, steps)
        if steps.pen and found.longest >= _RESOLVED * recipe.box:
            self._give_usual_pen(pen)
        # From here on the outline is placed, which is the path of a pen without width.
        ink = Ink(self.low, self.high, 0.0, np.zeros(2), canvas)
        layout = ink.layout(recipe, steps, pen_width=0.0)
        if not (steps.crop and steps.scale):
            return layout
        if height == width == recipe.frame and abs(found.longest - recipe.box) <= 1:
            # Prepared already: it stays where it is, and centring finds nothing to do.
            return Layout(np.ones(2), np.zeros(2), 0.0)
        if found.longest == recipe.box:
            # Whole pixels keep every grey what it was.
            return Layout(np.ones(2), np.round(layout.offset), 0.0)
        return layout

    def _give_usual_pen(self, pen: float) -> None:
        """Bring strokes of unusual width to the nearer end of what is usual."""
        found, box = self.found, self.recipe.box
        usual = [multiple * self.recipe.pen_width for multiple in USUAL_PENS]
        target = min(max(pen * box / found.longest, usual[0]), usual[1])
        # With outline and longest side both changed by the same, the width is to be the target's part of the box.
        wanted = target * (found.longest - pen) / (box - target)
        if abs(wanted - pen) < 0.02 * pen:
            return
        step = max(1.0, found.longest / _THICKENING_SIDE)
        by = (wanted - pen) / 2 / step
        margin = max(by, 0.0) + 2
        low = found.low - margin * step
        columns, rows = np.ceil((found.high - found.low) / step + 2 * margin).astype(int)
        region = resample(found.picture, rows, columns, (1 / step, 1 / step), (-low[0] / step, -low[1] / step))
        picture = thickened(region, by)
        if not (picture >= 0.5).any():
            return
        corners = ink_box(picture >= 0.5)
        self.raster, self.raster_low, self.raster_step = cut_to(picture, *corners), low, step
        self.low, self.high = low + corners[0] * step, low + corners[1] * step

    def _resampled(self, factor: int) -> Picture:
        """The frame before it is centred, in pixels `factor` times as fine."""
        side = self.recipe.frame * factor
        scale = self.layout.scale * factor * self.raster_step
        offset = (self.layout.offset + self.layout.scale * self.raster_low) * factor
        return resample(self.raster, side, side, (scale[0], scale[1]), (offset[0], offset[1]))

    def _stages(self, image: Picture) -> tuple[Stage, ...]:
        found, steps = self.found, self.steps
        left, top = found.low.astype(int)
        right, bottom = found.high.astype(int)
        drawn = shrunk(found.seen, FINE_SIDE)
        cropped = shrunk(found.picture[top:bottom, left:right], FINE_SIDE) if steps.crop else drawn
        factor = max(1, round(FINE_SIDE / self.recipe.frame))
        fine = self._resampled(factor)
        shift_right, shift_down = (factor * pixels for pixels in self.shift)
        return (
            Stage("drawn", frozen(drawn.copy())),
            Stage("cropped", frozen(cropped.copy()), steps.crop),
            Stage("scaled", frozen(fine), steps.scale),
            Stage("centred", frozen(moved(fine, shift_right, shift_down)), steps.centre),
            Stage("final", image, steps.smooth),
        )
