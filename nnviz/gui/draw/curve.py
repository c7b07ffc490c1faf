"""Smooth curves through the points of a pen: quadratic Bezier pieces from midpoint to midpoint.

Each point is the control point of the piece between the midpoints to its neighbours, so the curve has no corner, and a
new point never changes what is already painted. Only painting uses this; what is stored and read are the points.
"""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath


def middle(a: QPointF, b: QPointF) -> QPointF:
    """The point halfway between two."""
    return (a + b) / 2


def settled_piece(points: list[QPointF]) -> QPainterPath:
    """The piece of the curve that the newest of at least two points has settled, from midpoint to midpoint."""
    if len(points) == 2:
        path = QPainterPath(points[0])
        path.lineTo(middle(points[0], points[1]))
        return path
    before, control, newest = points[-3:]
    path = QPainterPath(middle(before, control))
    path.quadTo(control, middle(control, newest))
    return path


def curve(points: list[QPointF]) -> QPainterPath:
    """The whole curve from the first to the last of at least two points."""
    path = QPainterPath(points[0])
    path.lineTo(middle(points[0], points[1]))
    for control, after in pairwise(points[1:]):
        path.quadTo(control, middle(control, after))
    path.lineTo(points[-1])
    return path
