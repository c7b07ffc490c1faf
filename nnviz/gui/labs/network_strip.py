"""A 2-n-n-1 network in a few lines of circles: its largest weights, which units are dropped, which are at a limit."""

from __future__ import annotations

from dataclasses import dataclass

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


@dataclass(frozen=True)
class Strip:
    """What there is to see of a network: two that are equal look the same.

    Attributes:
        units: Units in each hidden layer.
        lines: Layer, from, to, and strength of each line that is drawn: from 1, the palest, to the strongest, negative
            where the weight is.
        there: Of each layer of units, which of them are there.
        ringed: Layer and place of the units that are at a limit.
    """

    units: int
    lines: tuple[tuple[int, int, int, int], ...]
    there: tuple[tuple[bool, ...], ...]
    ringed: frozenset[tuple[int, int]]

    @classmethod
    def of(
        cls,
        weights: Weights,
        kept: tuple[NDArray[np.bool_], NDArray[np.bool_]] | None = None,
        limit: float | None = None,
    ) -> Strip:
        """What is seen of a network.

        Args:
            weights: Of the network.
            kept: Which units of the hidden layers are there; None for all.
            limit: Of max-norm: units whose incoming weights are as long are ringed; None for no limit.
        """
        everybody = np.ones(weights.units, bool)
        there = [np.ones(2, bool), *(kept or (everybody, everybody)), np.ones(1, bool)]
        ends, values = largest_weights(weights, there)
        lines: list[list[int]] = []
        if len(values):
            sizes = np.abs(values)
            strength = 1 + np.searchsorted(LEVELS, sizes / sizes.max())
            lines = np.column_stack([ends, np.where(values > 0, strength, -strength)]).tolist()
        ringed = [
            (layer, int(place))
            for layer, part in enumerate(weights.matrices(), 1)
            if limit is not None
            for place in np.flatnonzero(np.sqrt((part * part).sum(0)) >= limit * (1 - 1e-6))
        ]
        return cls(
            weights.units,
            tuple((layer, start, end, strength) for layer, start, end, strength in sorted(lines)),
            tuple(tuple(row.tolist()) for row in there),
            frozenset(ringed),
        )


def paint_units(painter: QPainter, box: QRectF, strip: Strip, theme: Theme) -> None:
    """Paint the units: those at a limit ringed, those that are not there as crosses."""
    radius = float(np.clip(0.36 * box.width() / strip.units, 2.0, 0.42 * theme.font_px))
    crosses, ringed = [], []
    painter.setPen(QPen(theme.colour("accent"), 1.2))
    painter.setBrush(theme.colour("accent_soft"))
    for row, (line, on) in enumerate(zip(unit_places(box, strip.units), strip.there, strict=True)):
        for index, place in enumerate(line):
            if not on[index]:
                crosses += _cross(place, radius)
            elif (row, index) in strip.ringed:
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


def paint_lines(painter: QPainter, box: QRectF, strip: Strip, theme: Theme) -> None:
    """Paint the largest weights, the strongest on top."""
    places = unit_places(box, strip.units)
    by_strength: dict[int, list[QLineF]] = {}
    for layer, start, end, strength in strip.lines:
        by_strength.setdefault(strength, []).append(QLineF(places[layer][start], places[layer + 1][end]))
    for strength in sorted(by_strength, key=lambda signed: (abs(signed), signed)):
        sign = colours.positive(theme) if strength > 0 else colours.negative(theme)
        colour = colours.mixed(sign, theme.colour("surface"), 0.3 + 0.7 * (abs(strength) - 1) / len(LEVELS))
        painter.setPen(QPen(colour, 1.0 if abs(strength) < 3 else 1.8))
        painter.drawLines(by_strength[strength])
