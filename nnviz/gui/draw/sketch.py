"""What is on the pad: pen strokes or a picture, as one frozen value. Geometry only; painting is `pad`'s.

Coordinates are the canvas's own, so that a drawing keeps its shape and place when the window or the screen changes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnviz.core.ink import ALL_STEPS, InkSteps, Picture
from nnviz.core.reading import Question

CANVAS_SIDE = 400.0
"""Side of the square canvas, in its own units; a pen is 4 to 40 of them wide."""

Points = NDArray[np.float64]
"""Points of one stroke, (n, 2): x to the right, y down."""

_ERASER_STEP = 1.0
"""Finest piece, in units of the canvas, into which a line is cut where the eraser crosses it."""


@dataclass(frozen=True, eq=False)
class Sketch:
    """One state of the pad; frozen, so every edit is a replacement and undo is the state before.

    Attributes:
        strokes: Points of each stroke as the pen gave them, in units of the canvas.
        picture: A picture in place of strokes, in grey, (H, W), 0 for black and 1 for white; or None.
    """

    strokes: tuple[Points, ...] = ()
    picture: Picture | None = None

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing to see."""
        return not self.strokes and self.picture is None

    def question(self, pen_width: float, steps: InkSteps = ALL_STEPS, *, saliency: bool = False) -> Question:
        """What is asked of it: the answer, the stages of its preparation and the outputs of all layers.

        Args:
            pen_width: Width of the pen, in units of the canvas.
            steps: Which steps of the preparation to do.
            saliency: Whether it is wanted which pixels spoke for it.
        """
        canvas = (CANVAS_SIDE, CANVAS_SIDE)
        # Without cropping, or scaling, the place and size of the whole drawing matter: it is not taken apart.
        several = steps.crop and steps.scale
        return Question(self.strokes, self.picture, canvas, pen_width, steps, several, True, True, saliency)

    def with_stroke(self, points: Points) -> Sketch:
        """This sketch and one more stroke. Nobody draws on a foreign picture: it makes way."""
        return Sketch((*self.strokes, points))

    def erased(self, start: tuple[float, float], end: tuple[float, float], radius: float) -> Sketch:
        """What is left after an eraser of that radius went from `start` to `end`; itself if it touched nothing."""
        pieces: list[Points] = []
        for stroke in self.strokes:
            pieces.extend(_cut(stroke, np.array(start), np.array(end), radius))
        if len(pieces) == len(self.strokes) and all(a is b for a, b in zip(pieces, self.strokes, strict=True)):
            return self
        return Sketch(tuple(pieces), self.picture)


def _cut(stroke: Points, start: Points, end: Points, radius: float) -> list[Points]:
    """The parts of a stroke that lie further than `radius` from the eraser's way; the stroke itself if all does."""
    fine = _refined(stroke)
    kept = _distances(fine, start, end) > radius
    if kept.all():
        return [stroke]
    # Where `kept` changes, a run begins or ends.
    edges = np.flatnonzero(np.diff(np.concatenate(([False], kept, [False]))))
    runs = (fine[first:last] for first, last in edges.reshape(-1, 2))
    # A single point left over by a cut would appear as a dot that nobody drew.
    return [run for run in runs if len(run) > 1]


def _refined(stroke: Points) -> Points:
    """The stroke with points added until no two neighbours are further apart than the eraser's step."""
    if len(stroke) < 2:
        return stroke
    lengths = np.hypot(*np.diff(stroke, axis=0).T)
    parts = np.maximum(1, np.ceil(lengths / _ERASER_STEP)).astype(int)
    index = np.repeat(np.arange(len(parts)), parts)
    share = np.concatenate([np.arange(count) / count for count in parts])
    fine = stroke[index] + share[:, None] * (stroke[index + 1] - stroke[index])
    return np.concatenate((fine, stroke[-1:]))


def _distances(points: Points, start: Points, end: Points) -> NDArray[np.float64]:
    """Distance of each point from the line between `start` and `end`, (n,)."""
    way = end - start
    length2 = float(way @ way)
    share = np.clip((points - start) @ way / length2, 0, 1) if length2 else np.zeros(len(points))
    return np.hypot(*(points - start - share[:, None] * way).T)
