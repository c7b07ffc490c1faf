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

Vector = NDArray[np.float64]
"""A place or an extent, (2,): x and y."""

FINE_SIDE = 112
"""Side in pixels of the frame's large pictures: what the image is averaged from, and what the stages show."""

_TIE = 1e-3
"""Symmetric ink lies exactly between two places, and nothing as small as rounding may choose; it stays where it is."""

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
    widest: float = param(20.0, "Ink wider than this is squeezed to it; its height stays.", gt=1, le=128, unit="pixels")
    levels: int = param(255, "Number of steps from white to black.", ge=1, le=255)


MNIST = InkRecipe()
"""28x28: MNIST, Fashion-MNIST and all that follow their format."""

DIGITS_8X8 = InkRecipe(frame=8, box=8.0, widest=6.0, pen_width=1.3, centre="box", levels=16)
"""8x8: scikit-learn's digits, each pixel the count of ink in a 4x4 block of a bitmap of 32x32.

Every digit there is 8 pixels high and hardly one is wider than 6. Squeezing pen digits to that and this pen width were
chosen by what a support vector machine trained on those digits reads best: 86 % of pen digits against 82 % unsqueezed.
"""


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
    """Where the drawing went: frame = scale * canvas + offset, both measured from the upper left corner.

    Attributes:
        scale: Pixels of the frame per unit of the canvas, to the right and down.
        offset: Where the canvas's origin lies in the frame, in pixels to the right and down.
    """

    scale: tuple[float, float]
    offset: tuple[float, float]

    @classmethod
    def of(cls, layout: Layout, shift: tuple[int, int]) -> Placement:
        """The placement by a layout, after centring by whole pixels."""
        x, y = layout.offset + shift
        return cls((float(layout.scale[0]), float(layout.scale[1])), (float(x), float(y)))


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
    image = frozen(np.zeros((recipe.frame, recipe.frame), dtype=np.float32))
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
        way = len(mass) / 2 - middle
        wanted = 0 if abs(way) <= 0.5 + _TIE else int(np.floor(way + 0.5))
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
    return frozen((np.floor(picture * levels + np.float32(0.5)) / np.float32(levels)).astype(np.float32))


@dataclass(frozen=True)
class Layout:
    """Where the ink of a canvas goes in the frame, before it is centred.

    Attributes:
        scale: Pixels of the frame per unit of the canvas, to the right and down, shape (2,).
        offset: Where the canvas's origin lies in the frame, in pixels, shape (2,).
        pen_width: Width of the pen in pixels of the frame.
    """

    scale: Vector
    offset: Vector
    pen_width: float


@dataclass(frozen=True)
class Ink:
    """Extent of the ink on its canvas, whatever it is made of; all in units of the canvas.

    Attributes:
        low: Upper left corner of the pen's path: the ink without half a pen's width around it, shape (2,).
        high: Lower right corner of it, shape (2,).
        pen: Width of the pen.
        canvas_low: Upper left corner of the canvas, shape (2,).
        canvas_size: Width and height of the canvas, shape (2,).
        is_dot: Whether the path has no extent to speak of, so that the pen alone says how large the ink is.
    """

    low: Vector
    high: Vector
    pen: float
    canvas_low: Vector
    canvas_size: Vector
    is_dot: bool = False

    def layout(self, recipe: InkRecipe, steps: InkSteps, pen_width: float | None = None) -> Layout:
        """Where the ink goes, by the steps that are done.

        Args:
            recipe: What to imitate.
            steps: Which steps to do.
            pen_width: The width that the pen step gives the pen, in pixels; None for the recipe's.
        """
        target = recipe.pen_width if pen_width is None else pen_width
        scale = self._scale(recipe, steps, target)
        final_pen = target if steps.pen else self.pen * float(scale.min())
        canvas_middle = self.canvas_low + self.canvas_size / 2
        middle = (self.low + self.high) / 2 if steps.crop else canvas_middle
        place = np.full(2, recipe.frame / 2)
        if not steps.centre:
            # Left where it was drawn, as far as it fits; by whole pixels, as centring would move it.
            wish = (middle - canvas_middle) * recipe.frame / self.canvas_size.max()
            half = (self.high - self.low) / 2 * scale + final_pen / 2
            most = np.maximum(recipe.frame / 2 - half, 0)
            place = place + np.trunc(np.clip(wish, -most, most))
        return Layout(scale, place - scale * middle, final_pen)

    def _scale(self, recipe: InkRecipe, steps: InkSteps, target: float) -> Vector:
        path = self.high - self.low
        longest = float(path.max())
        if not steps.scale:
            return np.full(2, recipe.frame / self.canvas_size.max())
        if not steps.crop:
            return np.full(2, recipe.box / self.canvas_size.max())
        if not steps.pen:
            scale = np.full(2, recipe.box / (longest + self.pen))
        elif self.is_dot:
            return np.full(2, target / self.pen)
        else:
            scale = np.full(2, (recipe.box - target) / longest)
        if recipe.widest < recipe.box and path[0] > 0:
            scale[0] = min(scale[0], max(recipe.widest - target, 0.0) / path[0])
        return scale


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
        self.strokes: tuple[NDArray[np.float64], ...] = drawing.strokes
        self.ink = self._measured(canvas, pen)
        self.layout = self.ink.layout(recipe, steps)
        self.factor = max(1, round(FINE_SIDE / recipe.frame))
        self.fine = self._drawn(self.layout, recipe.frame, recipe.frame)
        self.small = average_blocks(self.fine, self.factor)
        self.shift = (0, 0)
        if steps.centre and recipe.centre == "mass":
            self.shift = centring_shift(self.small)

    def result(self) -> Preparation:
        """The finished image, and the promise of its stages."""
        image = finished(moved(self.small, *self.shift), self.recipe, self.steps.smooth)
        placement = Placement.of(self.layout, self.shift)
        return Preparation(image, not image.any(), placement, lambda: self._stages(image))

    def _measured(self, canvas: tuple[float, float] | None, pen: float | None) -> Ink:
        low, high = bounds(self.strokes)
        middle = (low + high) / 2
        extent = float((high - low).max())
        magnitude = float(max(np.abs(low).max(), np.abs(high).max()))
        is_dot = extent <= 1e-12 * magnitude or (pen is not None and extent < DOT_PER_PEN * pen)
        if is_dot:
            self.strokes = (middle[None, :],)
            low = high = middle
            extent = 0.0
        if pen is None:
            # Taken to have been drawn with the recipe's own pen, which a dot gives no measure for.
            pen = extent * self.recipe.pen_width / (self.recipe.box - self.recipe.pen_width) if extent else 1.0
        if canvas is None:
            side = (extent + pen) * self.recipe.frame / self.recipe.box
            return Ink(low, high, pen, middle - side / 2, np.array([side, side]), is_dot)
        return Ink(low, high, pen, np.zeros(2), np.array(canvas, dtype=np.float64), is_dot)

    def _drawn(self, layout: Layout, height: float, width: float) -> Picture:
        """The strokes in fine pixels; all lengths in pixels of the frame."""
        strokes = [(stroke * layout.scale + layout.offset) * self.factor for stroke in self.strokes]
        rows, columns = (max(1, round(side * self.factor)) for side in (height, width))
        return pen_coverage(strokes, layout.pen_width * self.factor, rows, columns)

    def _zoomed(self, low: Vector, size: Vector) -> Picture:
        """A part of the canvas as large as the frame, with the canvas's own pen."""
        zoom = self.recipe.frame / float(size.max())
        layout = Layout(np.full(2, zoom), -low * zoom, self.ink.pen * zoom)
        return self._drawn(layout, height=size[1] * zoom, width=size[0] * zoom)

    def _stages(self, image: Picture) -> tuple[Stage, ...]:
        ink, steps = self.ink, self.steps
        drawn = self._zoomed(ink.canvas_low, ink.canvas_size)
        cropped = self._zoomed(ink.low - ink.pen / 2, ink.high - ink.low + ink.pen) if steps.crop else drawn
        right, down = (self.factor * pixels for pixels in self.shift)
        return (
            Stage("drawn", frozen(drawn)),
            Stage("cropped", frozen(cropped), steps.crop),
            Stage("scaled", frozen(self.fine), steps.scale),
            Stage("centred", frozen(moved(self.fine, right, down)), steps.centre),
            Stage("final", image, steps.smooth),
        )


def frozen(picture: Picture) -> Picture:
    """The same array, read-only from now on."""
    picture.flags.writeable = False
    return picture
