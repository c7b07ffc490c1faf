"""Scribbles: what a pen leaves that is neither digit nor letter."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from nnviz.core.forms import Points, rounded

Random = np.random.Generator


def scribble(rng: Random) -> list[Points]:
    """A scribble of a kind chosen at random, in about a box of 1 x 1."""
    kinds: tuple[Callable[[Random], list[Points]], ...] = (
        _walk, _walk, _corners, _corners, _curve, _curve, _hatching, _coil, _spiral, _wave, _strokes, _grid, _rings,
        _blot,
    )  # fmt: skip
    return kinds[rng.integers(len(kinds))](rng)


def _walk(rng: Random) -> list[Points]:
    """A pen whose direction wanders."""
    count = int(rng.integers(40, 400))
    turns = rng.normal(0, rng.uniform(0.1, 0.9), count) + rng.normal(0, 0.05)
    angle = rng.uniform(0, 2 * np.pi) + np.cumsum(turns)
    way = np.cumsum(np.stack([np.cos(angle), np.sin(angle)], axis=1), axis=0)
    return [way / max(float(np.ptp(way, axis=0).max()), 1.0)]


def _corners(rng: Random) -> list[Points]:
    """Straight lines between random points."""
    return [rng.uniform(0, 1, (int(rng.integers(6, 30)), 2))]


def _curve(rng: Random) -> list[Points]:
    """A curve around random points."""
    return [rounded(rng.uniform(0, 1, (int(rng.integers(7, 30)), 2)))]


def _hatching(rng: Random) -> list[Points]:
    """Lines to and fro."""
    count = int(rng.integers(5, 24))
    x = np.linspace(0, 1, count) + rng.normal(0, 0.02, count)
    y = np.where(np.arange(count) % 2 == 0, rng.normal(0.08, 0.06, count), rng.normal(0.92, 0.06, count))
    zigzag = np.stack([x, y * rng.uniform(0.3, 1)], axis=1)
    return [_turned(rounded(zigzag) if rng.random() < 0.5 else zigzag, rng)]


def _coil(rng: Random) -> list[Points]:
    """Loops along a line."""
    t = np.linspace(0, 2 * np.pi * rng.uniform(2.5, 8), 240)
    advance = rng.uniform(0.02, 0.25)
    loops = np.stack([np.cos(t) * rng.uniform(0.3, 1) + advance * t, np.sin(t)], axis=1)
    return [_turned(loops / 2, rng)]


def _spiral(rng: Random) -> list[Points]:
    """A spiral of at least two turns."""
    t = np.linspace(0, 2 * np.pi * rng.uniform(2, 6), 240)
    radius = (0.1 + t / t[-1]) / 2
    return [_turned(np.stack([radius * np.cos(t), radius * np.sin(t) * rng.choice([-1, 1])], axis=1), rng)]


def _wave(rng: Random) -> list[Points]:
    """A wave that lies, or nearly so."""
    x = np.linspace(0, 1, 160)
    y = rng.uniform(0.05, 0.4) * np.sin(2 * np.pi * rng.uniform(1.5, 6) * x + rng.uniform(0, 6))
    angle = rng.uniform(-0.6, 0.6)
    return [np.stack([x * np.cos(angle) - y * np.sin(angle), x * np.sin(angle) + y * np.cos(angle)], axis=1)]


def _strokes(rng: Random) -> list[Points]:
    """Several short strokes here and there."""
    starts = rng.uniform(0, 1, (int(rng.integers(4, 12)), 2))
    length = rng.uniform(0.02, 0.5)
    return [np.stack([start, start + rng.normal(0, length, 2)]) for start in starts]


def _grid(rng: Random) -> list[Points]:
    """Crossing lines."""
    across = [np.array([[0, y], [1, y]]) + rng.normal(0, 0.03, (2, 2)) for y in np.linspace(0, 1, rng.integers(2, 6))]
    down = [np.array([[x, 0], [x, 1]]) + rng.normal(0, 0.03, (2, 2)) for x in np.linspace(0, 1, rng.integers(3, 6))]
    return across + down


def _rings(rng: Random) -> list[Points]:
    """Round and round, never quite in the same place."""
    t = np.linspace(0, 2 * np.pi * rng.uniform(3, 9), 300)
    # So far apart that nobody takes it for a zero that was gone over twice.
    wobble = np.stack([np.sin(t * rng.uniform(0.2, 0.7) + phase) for phase in rng.uniform(0, 6, 2)], axis=1)
    return [np.stack([np.cos(t) * rng.uniform(0.5, 1), np.sin(t)], axis=1) / 2 + wobble * rng.uniform(0.12, 0.35)]


def _blot(rng: Random) -> list[Points]:
    """One dot, or hatching so dense that it is black."""
    if rng.random() < 0.3:
        return [np.zeros((1, 2))]
    count = int(rng.integers(20, 40))
    # Nearly square: a narrow one could be a thick 1.
    x, y = np.linspace(0, rng.uniform(0.7, 1), count), np.arange(count) % 2 * rng.uniform(0.7, 1)
    return [_turned(np.stack([x, y + rng.normal(0, 0.05, count)], axis=1), rng)]


def _turned(points: Points, rng: Random) -> Points:
    angle = rng.uniform(0, 2 * np.pi)
    return np.asarray(points @ np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]]))
