"""Forms made of a few points, drawn with a pen: how ways to write a digit, letters and signs are said.

A form is a list of strokes in a box of 1 x 1, x to the right and y down; a point that stands twice is a corner, all
others are rounded.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Form = tuple[tuple[tuple[float, float], ...], ...]


def drawn(form: Form, rng: np.random.Generator, jitter: float) -> list[Points]:
    """A form as strokes, each of its points moved at random by about `jitter`."""
    strokes = []
    for stroke in form:
        points = np.array(stroke)
        moved = points + rng.normal(0, jitter, points.shape)
        # Both points of a corner move together, else it would be none.
        for i in range(1, len(points)):
            if (points[i] == points[i - 1]).all():
                moved[i] = moved[i - 1]
        strokes.append(rounded(moved))
    return strokes


def rounded(points: Points) -> Points:
    """The polyline with its corners cut three times (Chaikin); a point that stands twice keeps its corner."""
    for _ in range(3):
        if len(points) < 3:
            break
        start, end = points[:-1], points[1:]
        cut = np.stack([0.75 * start + 0.25 * end, 0.25 * start + 0.75 * end], axis=1).reshape(-1, 2)
        points = np.concatenate([points[:1], cut[1:-1], points[-1:]])
    return points
