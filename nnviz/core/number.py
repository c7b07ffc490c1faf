"""Which strokes, or parts of a picture, belong to the same digit when several digits stand side by side."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

MOST_DIGITS = 12
"""More than so many parts are no number but a scribble or a text."""

SHARED = 0.3
"""Parts that share more than this of the narrower one's width belong together: the bar of a 5, the cross of a 7."""

SMALL = 0.35
"""A part lower than this share of the highest one is no digit of its own: a dot, a bar that was drawn apart."""


def digit_groups(boxes: NDArray[np.float64], pen: float) -> list[list[int]]:
    """Indices of the boxes that make up each digit, digits from left to right.

    Args:
        boxes: Left, top, right and bottom of each stroke's path, (n, 4).
        pen: Width of the pen, in the same units: paths that are nearer than that touch.
    """
    groups: list[list[int]] = []
    for index in np.argsort(boxes[:, 0], kind="stable"):
        touching = [group for group in groups if _together(_hull(boxes, group), boxes[index], pen)]
        merged = [int(index), *(i for group in touching for i in group)]
        groups = [group for group in groups if group not in touching] + [merged]
    groups = _with_small_ones_joined(boxes, groups)
    groups.sort(key=lambda group: float(_hull(boxes, group)[[0, 2]].mean()))
    return [sorted(group) for group in groups]


def stroke_boxes(strokes: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
    """Left, top, right and bottom of each stroke, (n, 4)."""
    return np.array([[*stroke.min(axis=0), *stroke.max(axis=0)] for stroke in strokes]).reshape(-1, 4)


def _hull(boxes: NDArray[np.float64], group: Sequence[int]) -> NDArray[np.float64]:
    some = boxes[list(group)]
    return np.concatenate([some[:, :2].min(axis=0), some[:, 2:].max(axis=0)])


def _together(one: NDArray[np.float64], other: NDArray[np.float64], pen: float) -> bool:
    """Whether two boxes share so much of their widths that they are parts of one digit."""
    shared = min(one[2], other[2]) - max(one[0], other[0]) + pen
    narrower = min(one[2] - one[0], other[2] - other[0]) + pen
    return bool(shared > max(SHARED * narrower, 0.9 * pen) if shared > 0 else False)


def _with_small_ones_joined(boxes: NDArray[np.float64], groups: list[list[int]]) -> list[list[int]]:
    """Parts that are too low for a digit are given to their nearest neighbour."""
    hulls = [_hull(boxes, group) for group in groups]
    heights = [hull[3] - hull[1] for hull in hulls]
    least = SMALL * max(heights)
    large = [i for i, height in enumerate(heights) if height >= least]
    result = {i: list(groups[i]) for i in large}
    for i, group in enumerate(groups):
        if i not in result:
            middle = hulls[i][[0, 2]].mean()
            nearest = min(large, key=lambda j: abs(float(hulls[j][[0, 2]].mean() - middle)))
            result[nearest].extend(group)
    return list(result.values())
