"""A 2-n-n-1 network in a few lines of circles: its largest weights, which units are dropped, which are at a limit."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QPainter, QPen

from nnviz.core.labs.overfitting import Array, Weights
from nnviz.gui.style import colours
from nnviz.gui.style.theme import Theme

MOST_LINES = 60
"""Of each layer's weights only the largest are drawn: more could not be told apart."""
LEVELS = (0.15, 0.4, 0.75)
"""Shares of the largest weight from which on a line is of the next strength."""


def unit_places(box: QRectF, units: int) -> list[list[QPointF]]:
    """Where the inputs, both hidden layers and the output are, from top to bottom."""
    rows = []
    for row, count in enumerate((2, units, units, 1)):
        y = box.top() + (row + 0.5) / 4 * box.height()
        width = box.width() if count > 2 else min(box.width(), 6 * box.height() / 4)
        left = box.center().x() - width / 2
        rows.append([QPointF(left + (place + 0.5) / count * width, y) for place in range(count)])
    return rows


def paint_network(
    painter: QPainter,
    box: QRectF,
    weights: Weights,
    theme: Theme,
    kept: tuple[NDArray[np.bool_], NDArray[np.bool_]] | None = None,
    limit: float | None = None,
) -> None:
    """Paint the network.

    Args:
        painter: What to paint with.
        box: Where.
        weights: Of the network.
        theme: Colours and sizes.
        kept: Which units of the hidden layers are there; None for all.
        limit: Of max-norm: units whose incoming weights are as long are ringed; None for no limit.
    """
    places = unit_places(box, weights.units)
    everybody = np.ones(weights.units, bool)
    there = [np.ones(2, bool), *(kept or (everybody, everybody)), np.ones(1, bool)]
    _paint_lines(painter, places, weights, there, theme)
    spacing = box.width() / weights.units
    radius = float(np.clip(0.36 * spacing, 2.0, 0.42 * theme.font_px))
    lengths = [np.zeros(2), *(np.sqrt((part * part).sum(0)) for part in weights.matrices())]
    crosses, ringed = [], []
    painter.setPen(QPen(theme.colour("accent"), 1.2))
    painter.setBrush(theme.colour("accent_soft"))
    for row, (line, on) in enumerate(zip(places, there, strict=True)):
        for index, place in enumerate(line):
            if not on[index]:
                crosses += _cross(place, radius)
            elif limit is not None and row > 0 and lengths[row][index] >= limit * (1 - 1e-6):
                ringed.append(place)
            else:
                painter.drawEllipse(place, radius, radius)
    painter.setPen(QPen(theme.colour("text"), 2))
    for place in ringed:
        painter.drawEllipse(place, radius, radius)
    painter.setPen(QPen(theme.colour("muted"), 1))
    painter.drawLines(crosses)


def _cross(place: QPointF, radius: float) -> list[QLineF]:
    corner, other = QPointF(radius, radius), QPointF(radius, -radius)
    return [QLineF(place - corner, place + corner), QLineF(place - other, place + other)]


def largest_weights(weights: Weights, there: list[NDArray[np.bool_]]) -> tuple[NDArray[np.int64], Array]:
    """The largest weights between units that are there: layer, from and to, (lines, 3), and their values, (lines,).

    Args:
        weights: Of the network.
        there: Of each layer of units, which of them are there.
    """
    ends, values = [], []
    for layer, part in enumerate(weights.matrices()):
        alive = there[layer][:, None] & there[layer + 1][None] & (np.abs(part) >= 0.01)
        start, end = np.nonzero(alive)
        sizes = part[start, end]
        largest = np.argsort(np.abs(sizes))[-MOST_LINES:]
        ends.append(np.stack([np.full(len(start), layer), start, end], axis=1)[largest])
        values.append(sizes[largest])
    return np.concatenate(ends), np.concatenate(values)


def _paint_lines(
    painter: QPainter,
    places: list[list[QPointF]],
    weights: Weights,
    there: list[NDArray[np.bool_]],
    theme: Theme,
) -> None:
    ends, values = largest_weights(weights, there)
    if not len(values):
        return
    largest = float(np.abs(values).max())
    level = np.searchsorted(LEVELS, np.abs(values) / largest)
    for strength in range(len(LEVELS) + 1):
        for positive in (False, True):
            chosen = ends[(level == strength) & ((values > 0) == positive)].tolist()
            lines = [QLineF(places[layer][start], places[layer + 1][end]) for layer, start, end in chosen]
            if lines:
                sign = colours.positive(theme) if positive else colours.negative(theme)
                colour = colours.mixed(sign, theme.colour("surface"), 0.3 + 0.7 * strength / len(LEVELS))
                painter.setPen(QPen(colour, 1.0 if strength < 2 else 1.8))
                painter.drawLines(lines)
