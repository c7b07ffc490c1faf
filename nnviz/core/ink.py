"""Pen strokes to the image that a data set's makers would have made of them.

A network trained on MNIST reads what looks like MNIST: cropped to the ink, scaled so that its longest side is 20
pixels, drawn with MNIST's pen, antialiased, stretched to full black and moved by whole pixels so that its centre of
mass lies in the middle of 28x28. Leaving a step out is allowed, to see what goes wrong. Image files come in through
`nnviz.core.pictures`, drawings through `nnviz.core.strokes`.

Source of the recipe: Yadav & Bottou 2019, "Cold Case: the Lost MNIST Digits", arXiv:1905.10498, section 2.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from nnviz.core.rasterise import average_blocks, pen_coverage
from nnviz.core.spec import Spec, param
from nnviz.core.strokes import Drawing, bounds

Picture = NDArray[np.float32]
"""Grey picture, (H, W), 0 for paper and 1 for ink."""

DOT_PER_PEN = 0.25
"""A drawing that extends less than this part of the pen's width is a dot, not a shape to be blown up."""


@dataclass(frozen=True, kw_only=True)
class InkRecipe(Spec):
    """How a data set's makers prepared their digits."""

    frame: int = param(28, "Side of the finished image.", ge=4, le=128, unit="pixels")
    box: float = param(20.0, "Longest side of the ink.", gt=1, le=128, unit="pixels")
    pen_width: float = param(2.5, "Width of the pen once the digit has its size.", gt=0, le=32, unit="pixels")
    centre: str = param(
        "mass", "What lies in the middle: the centre of mass, or of the ink's box.", choices=("mass", "box")
    )
    levels: int = param(255, "Number of steps from white to black.", ge=1, le=255)


MNIST = InkRecipe()
"""28x28: MNIST, Fashion-MNIST and all that follow their format."""

DIGITS_8X8 = InkRecipe(frame=8, box=8.0, pen_width=1.0, centre="box", levels=16)
"""8x8: scikit-learn's digits, each pixel the count of ink in a 4x4 block of a bitmap of 32x32."""


@dataclass(frozen=True, kw_only=True)
class InkSteps(Spec):
    """Which steps of the preparation are done; without one of them a class can see what goes wrong."""

    crop: bool = param(True, "Cut away the empty paper around the ink.")
    scale: bool = param(True, "Make the longest side as long as the data set has it.")
    pen: bool = param(True, "Give the strokes the data set's width, whatever pen drew them.")
    centre: bool = param(True, "Move the ink to the middle.")
    smooth: bool = param(True, "Keep the grey edges; without them a pixel is black or white.")


ALL_STEPS = InkSteps()


@dataclass(frozen=True)
class Stage:
    """The drawing after one step of its preparation, to be looked at.

    Attributes:
        name: "drawn", "cropped", "scaled", "centred" or "final".
        picture: Read-only (H, W) array; all but the final one have more pixels than the network sees.
        done: Whether the step was done; if not, the picture is what the step would have been given.
    """

    name: str
    picture: Picture
    done: bool = True


@dataclass(frozen=True)
class Placement:
    """Where the drawing went: frame = scale * canvas + (x, y), both measured from the upper left corner.

    Attributes:
        scale: Pixels of the frame per unit of the canvas.
        x: Offset to the right, in pixels of the frame.
        y: Offset downwards, in pixels of the frame.
    """

    scale: float
    x: float
    y: float


@dataclass(frozen=True, eq=False)
class Preparation:
    """What became of a drawing on its way to the network.

    Attributes:
        image: Read-only float32 array of shape (frame, frame), 0 for paper and 1 for ink; all 0 if blank.
        blank: Whether there was nothing to see. A blank drawing has no answer: ask no network.
        placement: Where the drawing went, or None if blank.
    """

    image: Picture
    blank: bool
    placement: Placement | None
    _make_stages: Callable[[], tuple[Stage, ...]] = field(repr=False)

    @cached_property
    def stages(self) -> tuple[Stage, ...]:
        """The steps as pictures, in order: drawn, cropped, scaled, centred, final; made when first asked for."""
        return self._make_stages()


def prepare_strokes(
    drawing: Drawing | Sequence[NDArray[np.float64]],
    recipe: InkRecipe = MNIST,
    steps: InkSteps = ALL_STEPS,
    *,
    canvas: tuple[float, float] | None = None,
    pen: float | None = None,
) -> Preparation:
    """The image that the data set's makers would have made of a drawing.

    With all steps done, only the path of the pen matters: neither place nor size nor pen width changes the image. A
    dot (all points within a quarter of the pen's width, or coinciding) keeps the size of the pen.

    Args:
        drawing: The strokes. None at all is blank.
        recipe: What to imitate.
        steps: Which steps to do.
        canvas: Width and height of the canvas in the drawing's units, for what is left out of `steps` and for the
            first stage. Unknown, it is taken as a square in whose middle the ink lies as in a finished image.
        pen: Width of the pen on the canvas in the drawing's units; unknown, it is taken as the recipe's.

    Raises:
        StrokesError: If a stroke is no list of finite points.
    """
    if not isinstance(drawing, Drawing):
        drawing = Drawing(tuple(drawing))
    if drawing.is_empty:
        return blank(recipe)
    return _VectorPreparation(drawing, recipe, steps, canvas, pen).result()


def blank(recipe: InkRecipe = MNIST) -> Preparation:
    """The preparation of nothing: an empty canvas or an empty page."""
    image = _frozen(np.zeros((recipe.frame, recipe.frame), dtype=np.float32))
    names = ("drawn", "cropped", "scaled", "centred", "final")
    return Preparation(image, True, None, lambda: tuple(Stage(name, image) for name in names))


def centring_shift(picture: Picture) -> tuple[int, int]:
    """Whole pixels (right, down) that bring the centre of mass nearest to index side/2, keeping all ink inside.

    MNIST's centres of mass lie within half a pixel of index 14.0 in both directions, that is, half a pixel right of and
    below the middle of the frame.
    """
    shift = []
    for axis in (0, 1):  # columns first: sums over rows
        mass = picture.sum(axis=axis, dtype=np.float64)
        total = mass.sum()
        inked = np.flatnonzero(mass)
        if not len(inked):
            shift.append(0)
            continue
        middle = float(mass @ np.arange(len(mass)) / total)
        wanted = int(np.floor(len(mass) / 2 - middle + 0.5))
        shift.append(int(np.clip(wanted, -inked[0], len(mass) - 1 - inked[-1])))
    return shift[0], shift[1]


def moved(picture: Picture, right: int, down: int) -> Picture:
    """The picture moved by whole pixels; what leaves it is lost, what enters is paper."""
    height, width = picture.shape
    result = np.zeros_like(picture)
    to_rows, from_rows = slice(max(down, 0), height + min(down, 0)), slice(max(-down, 0), height - max(down, 0))
    to_columns, from_columns = slice(max(right, 0), width + min(right, 0)), slice(max(-right, 0), width - max(right, 0))
    result[to_rows, to_columns] = picture[from_rows, from_columns]
    return result


def finished(picture: Picture, recipe: InkRecipe, smooth: bool = True) -> Picture:
    """The picture stretched so that its darkest pixel is 1, in the recipe's steps of grey, read-only."""
    most = picture.max(initial=0.0)
    if most > 0:
        picture = picture / most
    levels = recipe.levels if smooth else 1
    return _frozen((np.floor(picture * levels + np.float32(0.5)) / np.float32(levels)).astype(np.float32))


class _VectorPreparation:
    """One run of `prepare_strokes`: geometry first, pixels once, and the pictures of the stages only when asked for."""

    def __init__(
        self,
        drawing: Drawing,
        recipe: InkRecipe,
        steps: InkSteps,
        canvas: tuple[float, float] | None,
        pen: float | None,
    ) -> None:
        self.recipe = recipe
        self.steps = steps
        self.low, self.high = bounds(drawing.strokes)
        extent = float((self.high - self.low).max())
        magnitude = float(max(np.abs(self.low).max(), np.abs(self.high).max()))
        self.is_dot = extent <= 1e-12 * magnitude or (pen is not None and extent < DOT_PER_PEN * pen)
        middle = (self.low + self.high) / 2
        if self.is_dot:
            self.strokes: tuple[NDArray[np.float64], ...] = (middle[None, :],)
            self.low = self.high = middle
            extent = 0.0
        else:
            self.strokes = drawing.strokes
        # Without a pen of its own the drawing is taken to have been made with the recipe's.
        room = recipe.box - recipe.pen_width
        known = extent * recipe.pen_width / room if extent else 1.0
        self.pen = pen if pen is not None else known
        if canvas is None:
            side = (extent + self.pen) * recipe.frame / recipe.box
            self.canvas_low, self.canvas_size = middle - side / 2, np.array([side, side])
        else:
            self.canvas_low, self.canvas_size = np.zeros(2), np.asarray(canvas, dtype=np.float64)
        self.scale = self._scale(extent)
        self.pen_width = recipe.pen_width if steps.pen else self.pen * self.scale
        self.factor = max(1, round(112 / recipe.frame))
        self.fine, self.offset, self.shift = self._rendered(middle)

    def result(self) -> Preparation:
        right, down = self.shift
        small = moved(average_blocks(self.fine, self.factor), right, down)
        x, y = self.offset + self.shift
        image = finished(small, self.recipe, self.steps.smooth)
        return Preparation(
            image, not image.any(), Placement(self.scale, float(x), float(y)), lambda: self._stages(image)
        )

    def _scale(self, extent: float) -> float:
        """Pixels of the frame per unit of the canvas."""
        recipe, steps = self.recipe, self.steps
        longest = float(self.canvas_size.max())
        if not steps.scale:
            return recipe.frame / longest
        if not steps.crop:
            return recipe.box / longest
        if not steps.pen:
            return recipe.box / (extent + self.pen)
        if self.is_dot:
            return recipe.pen_width / self.pen
        return (recipe.box - recipe.pen_width) / extent

    def _rendered(self, middle: NDArray[np.float64]) -> tuple[Picture, NDArray[np.float64], tuple[int, int]]:
        """The frame in fine pixels before it is centred, where the canvas's origin lies in it, and the shift."""
        recipe, steps = self.recipe, self.steps
        canvas_middle = self.canvas_low + self.canvas_size / 2
        region = middle if steps.crop else canvas_middle
        target = np.full(2, recipe.frame / 2)
        if not steps.centre:
            # Left where it was drawn, as far as it fits; by whole pixels, as centring would move it.
            wish = (region - canvas_middle) * recipe.frame / self.canvas_size.max()
            half = (self.high - self.low) / 2 * self.scale + self.pen_width / 2
            most = np.maximum(recipe.frame / 2 - half, 0)
            target = target + np.trunc(np.clip(wish, -most, most))
        offset = target - self.scale * region
        fine = self._drawn(self.scale, offset, self.pen_width, recipe.frame, recipe.frame)
        shift = (0, 0)
        if steps.centre and recipe.centre == "mass":
            shift = centring_shift(average_blocks(fine, self.factor))
        return fine, offset, shift

    def _drawn(
        self, scale: float, offset: NDArray[np.float64], pen_width: float, height: float, width: float
    ) -> Picture:
        """The strokes in fine pixels; all lengths in pixels of the frame."""
        strokes = [(stroke * scale + offset) * self.factor for stroke in self.strokes]
        rows, columns = (max(1, round(side * self.factor)) for side in (height, width))
        return pen_coverage(strokes, pen_width * self.factor, rows, columns)

    def _stages(self, image: Picture) -> tuple[Stage, ...]:
        steps, frame = self.steps, self.recipe.frame
        scale = frame / self.canvas_size.max()
        width, height = self.canvas_size * scale
        drawn = self._drawn(scale, -self.canvas_low * scale, self.pen * scale, height, width)
        cropped = drawn
        if steps.crop:
            size = self.high - self.low + self.pen
            zoom = frame / size.max()
            width, height = size * zoom
            cropped = self._drawn(zoom, -(self.low - self.pen / 2) * zoom, self.pen * zoom, height, width)
        right, down = (self.factor * pixels for pixels in self.shift)
        return (
            Stage("drawn", _frozen(drawn)),
            Stage("cropped", _frozen(cropped), steps.crop),
            Stage("scaled", _frozen(self.fine), steps.scale),
            Stage("centred", _frozen(moved(self.fine, right, down)), steps.centre),
            Stage("final", image, steps.smooth),
        )


def _frozen(picture: Picture) -> Picture:
    picture.flags.writeable = False
    return picture
