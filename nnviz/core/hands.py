"""Strokes as another hand on another tablet would have made them.

What differs between people and tablets and not between two copies of one file: how densely and how exactly a pen is
sampled, how much is smoothed, slant, aspect, proportions, where strokes begin and end, and whether the pen was lifted.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]

Random = np.random.Generator


def as_another_hand(strokes: Sequence[Points], rng: Random) -> list[Points]:
    """Strokes of the same digit, changed at random; the result lies in about a box of 1 x 1."""
    pen = _in_unit_box(strokes)
    if rng.random() < 0.1:
        pen = _not_lifted(pen, rng)
    pen = [_ends_moved(stroke, rng) for stroke in pen]
    pen = [stroke + rng.normal(0, 0.02, 2) for stroke in pen]
    pen = _bent(_sheared(pen, rng), rng)
    return [_sampled(stroke, rng) for stroke in pen]


def with_a_slash(strokes: Sequence[Points], rng: Random) -> list[Points]:
    """A zero with a slash or a dot in it."""
    pen = _in_unit_box(strokes)
    low, high = np.min([s.min(axis=0) for s in pen], axis=0), np.max([s.max(axis=0) for s in pen], axis=0)
    middle, half = (low + high) / 2, (high - low) / 2
    reach = half * (rng.uniform(0.5, 1.25) if rng.random() < 0.85 else 0.08)
    way = np.array([1.0, -1.0]) if rng.random() < 0.85 else np.array([1.0, 1.0])
    return [*pen, np.stack([middle - reach * way, middle + reach * way]) + rng.normal(0, 0.03, (2, 2))]


def with_a_bar(strokes: Sequence[Points], rng: Random) -> list[Points]:
    """A seven with a bar through its stem."""
    pen = _in_unit_box(strokes)
    points = np.concatenate(pen)
    low, high = points[:, 1].min(), points[:, 1].max()
    height = low + (high - low) * rng.uniform(0.4, 0.65)
    x = float(points[np.argmin(np.abs(points[:, 1] - height)), 0])
    half = rng.uniform(0.12, 0.32)
    bar = np.array([[x - half, height], [x + half, height + rng.normal(0, 0.05)]])
    return [*pen, bar + rng.normal(0, 0.02, 2)]


def with_a_foot(strokes: Sequence[Points], rng: Random) -> list[Points]:
    """A one with a line under it."""
    pen = _in_unit_box(strokes)
    points = np.concatenate(pen)
    lowest = points[np.argmax(points[:, 1])]
    left, right = rng.uniform(0.1, 0.4, 2)
    foot = lowest + np.array([[-left, 0.0], [right, 0.0]])
    return [*pen, foot + rng.normal(0, 0.02, (2, 2))]


def _in_unit_box(strokes: Sequence[Points]) -> list[Points]:
    points = np.concatenate(strokes)
    low, high = points.min(axis=0), points.max(axis=0)
    size = max(float((high - low).max()), 1e-9)
    return [(stroke - (low + high) / 2) / size for stroke in strokes]


def _not_lifted(pen: list[Points], rng: Random) -> list[Points]:
    """Two strokes made one where the way between them is short: the pen was not lifted."""
    joined = [pen[0]]
    for stroke in pen[1:]:
        near = float(np.hypot(*(stroke[0] - joined[-1][-1]))) < 0.3
        if near and rng.random() < 0.7:
            joined[-1] = np.concatenate([joined[-1], stroke])
        else:
            joined.append(stroke)
    return joined


def _ends_moved(stroke: Points, rng: Random) -> Points:
    """A stroke that begins or ends a little sooner or later."""
    if len(stroke) < 4:
        return stroke
    way = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(stroke, axis=0).T))])
    if way[-1] < 0.3:
        return stroke
    start, end = rng.normal(0, 0.025, 2)
    points: Points = stroke[(way >= start) & (way <= way[-1] - end)]
    if len(points) < 2:
        return stroke
    if start < -0.02:
        points = np.concatenate([[_beyond(points[0], points[min(3, len(points) - 1)], -start)], points])
    if end < -0.02:
        points = np.concatenate([points, [_beyond(points[-1], points[max(-4, -len(points))], -end)]])
    return points


def _beyond(end: Points, before: Points, length: float) -> Points:
    way = end - before
    return np.asarray(end + way / max(float(np.hypot(*way)), 1e-6) * length)


def _sheared(pen: list[Points], rng: Random) -> list[Points]:
    """Turned, slanted and stretched."""
    angle, slant = np.clip(rng.normal(0, 0.12), -0.3, 0.3), np.clip(rng.normal(0.05, 0.2), -0.5, 0.6)
    wide = np.exp(np.clip(rng.normal(0, 0.2), -0.45, 0.45))
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    matrix = turn @ np.array([[wide, -slant], [0, 1]])
    return [np.asarray(stroke @ matrix.T) for stroke in pen]


def _bent(pen: list[Points], rng: Random) -> list[Points]:
    """Proportions changed smoothly: a sum of three slow waves moves every point, and the head grows or shrinks."""
    amplitude = rng.uniform(0, 0.05)
    waves = rng.normal(0, 2.5, (3, 2)), rng.uniform(0, 2 * np.pi, 3), rng.normal(0, amplitude, (3, 2))
    head, lean = rng.normal(0, 0.12), rng.normal(0, 0.08)
    bent = []
    for stroke in pen:
        x, y = stroke.T
        moved = stroke + np.sin(stroke @ waves[0].T + waves[1]) @ waves[2]
        moved[:, 0] += head * x * y + lean * y * y
        moved[:, 1] += 0.5 * head * y * y
        bent.append(moved)
    return bent


def _sampled(stroke: Points, rng: Random) -> Points:
    """The stroke as a tablet reports it: so many points, so exact, smoothed so much."""
    if len(stroke) < 2:
        return stroke
    way = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(stroke, axis=0).T))])
    if way[-1] <= 0:
        return stroke[:1]
    spacing = float(np.exp(rng.uniform(np.log(0.012), np.log(0.13))))
    count = max(2, round(way[-1] / spacing) + 1)
    at = np.linspace(0, way[-1], count)
    points = np.stack([np.interp(at, way, stroke[:, axis]) for axis in (0, 1)], axis=1)
    if rng.random() < 0.5:
        points = points + rng.normal(0, rng.uniform(0, 0.012), points.shape)
    if rng.random() < 0.25:
        grid = rng.uniform(20, 100)
        points = np.round(points * grid) / grid
    if len(points) > 4 and rng.random() < 0.4:
        inner = (points[:-2] + points[1:-1] + points[2:]) / 3
        points = np.concatenate([points[:1], inner, points[-1:]])
    return points
