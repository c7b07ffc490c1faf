"""Axes for views that paint themselves: numbers at round places, logarithmic ones at powers of ten."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from nnviz.gui.style.theme import Theme
from nnviz.gui.views.canvas import write_line

_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True)
class Frame:
    """A rectangle of the screen and what its edges stand for.

    Attributes:
        area: The rectangle.
        left: Value at its left edge.
        right: Value at its right edge.
        bottom: Value at its lower edge.
        top: Value at its upper edge.
    """

    area: QRectF
    left: float
    right: float
    bottom: float
    top: float

    def x(self, value: Any) -> Any:
        """Where a value, or an array of them, lies across."""
        return self.area.x() + (value - self.left) / (self.right - self.left) * self.area.width()

    def y(self, value: Any) -> Any:
        """Where a value, or an array of them, lies upright."""
        return self.area.bottom() - (value - self.bottom) / (self.top - self.bottom) * self.area.height()

    def value_at(self, place: QPointF) -> tuple[float, float]:
        """The values at a point of the screen."""
        across = (place.x() - self.area.x()) / self.area.width()
        up = (self.area.bottom() - place.y()) / self.area.height()
        return self.left + across * (self.right - self.left), self.bottom + up * (self.top - self.bottom)

    def line(self, x: NDArray[Any], y: NDArray[Any]) -> QPainterPath:
        """A curve through points given as values; what lies above or below is drawn at the edge."""
        across = np.asarray(self.x(x), np.float64)
        up = np.clip(np.asarray(self.y(y), np.float64), self.area.top(), self.area.bottom())
        # A hundred times faster than one point after the other.
        return pg.functions.arrayToQPath(across, up, connect="all", finiteCheck=False)


def polylines(lines: Sequence[tuple[NDArray[np.float64], NDArray[np.float64]]]) -> QPainterPath:
    """Several lines in one path: made and drawn in a fraction of the time of one path each.

    Args:
        lines: Places on the screen, across and upright, (n,) each; n may differ from line to line.
    """
    if not lines:
        return QPainterPath()
    across = np.concatenate([x for x, _ in lines])
    up = np.concatenate([y for _, y in lines])
    connected = np.ones(len(across), np.int32)
    connected[np.cumsum([len(x) for x, _ in lines]) - 1] = 0
    return pg.functions.arrayToQPath(across, up, connect=connected, finiteCheck=False)


def bars(edges: NDArray[Any], lengths: NDArray[Any], bases: NDArray[Any], *, upright: bool = True) -> QPainterPath:
    """Rows of bars that stand edge to edge, as one area: painted in a fraction of the time of one rectangle each.

    Args:
        edges: Where one bar ends and the next begins, on whole pixels, (rows, n + 1).
        lengths: How far each reaches from its base, (rows, n); upwards, or to the right.
        bases: Where the bars of a row begin, (rows,).
        upright: Whether they stand; else they lie.
    """
    edges = edges.astype(np.float64)
    flat = edges[:, 0] == edges[:, -1]
    if flat.any():
        # A whole row within one pixel: its longest bar is seen.
        edges[flat, -1] += 1.0
        lengths = np.where(flat[:, None], lengths.max(axis=1, keepdims=True), lengths)
    along = np.repeat(edges, 2, axis=1)
    reach = np.zeros(along.shape)
    reach[:, 1:-1] = np.repeat(lengths, 2, axis=1)
    ends = bases[:, None] - reach if upright else bases[:, None] + reach
    connected = np.ones(along.shape, np.int32)
    connected[:, -1] = 0
    places = (along, ends) if upright else (ends, along)
    return pg.functions.arrayToQPath(*(place.ravel() for place in places), connect=connected.ravel(), finiteCheck=False)


def round_ticks(low: float, high: float, most: int) -> list[float]:
    """At most `most` round numbers between `low` and `high`, equally far apart (1, 2 or 5 times a power of ten)."""
    if not (math.isfinite(low) and math.isfinite(high)) or high <= low or most < 1:
        return []
    step = 10.0 ** math.floor(math.log10((high - low) / most))
    for factor in (1, 2, 5, 10, 20, 50):
        first, last = math.ceil(low / (step * factor) - 1e-9), math.floor(high / (step * factor) + 1e-9)
        if last - first < most:
            return [number * step * factor for number in range(first, last + 1)]
    return []


def decade_ticks(low: float, high: float, most: int) -> list[float]:
    """At most `most` whole exponents between `low` and `high`."""
    first, last = math.ceil(low - 1e-9), math.floor(high + 1e-9)
    apart = max(1, math.ceil((last - first + 1) / max(1, most)))
    return [float(number) for number in range(last, first - 1, -apart)][::-1]


def number_text(value: float) -> str:
    """A number for people: three digits that count, thousands apart."""
    if value != 0 and abs(value) < 1e-4:
        return f"{value:.2g}".replace("-", "−")  # noqa: RUF001
    text = f"{value:,.0f}" if abs(value) >= 1000 and value == round(value) else f"{value:.4g}"
    return text.replace("-", "−")  # noqa: RUF001


def decade_text(exponent: float) -> str:
    """A power of ten as on a logarithmic axis."""
    whole = round(exponent)
    return {0: "1", 1: "10"}.get(whole, "10" + str(whole).translate(_RAISED))


def draw_across(
    painter: QPainter, frame: Frame, theme: Theme, ticks: Sequence[float], texts: Sequence[str], label: str = ""
) -> None:
    """Numbers below a frame, each in the middle of its place, and the axis' name below them in the middle."""
    height = painter.fontMetrics().height()
    right_most = -math.inf
    painter.setPen(theme.colour("muted"))
    for value, text in zip(ticks, texts, strict=True):
        width = painter.fontMetrics().horizontalAdvance(text)
        x = float(frame.x(value)) - width / 2
        if x < right_most:
            continue
        right_most = x + width + height / 2
        painter.drawText(QPointF(x, frame.area.bottom() + painter.fontMetrics().ascent() + 3), text)
    if label:
        below = QRectF(frame.area.x(), frame.area.bottom() + height + 3, frame.area.width(), height)
        write_line(painter, below, label, Qt.AlignmentFlag.AlignHCenter)


def draw_upright(
    painter: QPainter, frame: Frame, theme: Theme, ticks: Sequence[float], texts: Sequence[str], *, grid: bool = True
) -> None:
    """Numbers left of a frame, each with a hairline through it."""
    height = painter.fontMetrics().height()
    if grid:
        painter.setPen(QPen(theme.colour("border"), 1))
        painter.drawLines(
            [QLineF(frame.area.left(), frame.y(value), frame.area.right(), frame.y(value)) for value in ticks]
        )
    painter.setPen(theme.colour("muted"))
    for value, text in zip(ticks, texts, strict=True):
        beside = QRectF(frame.area.x() - 200 - height / 3, float(frame.y(value)) - height / 2, 200, height)
        write_line(painter, beside, text, Qt.AlignmentFlag.AlignRight)


def draw_upright_label(painter: QPainter, area: QRectF, theme: Theme, text: str) -> None:
    """The name of an upright axis, from bottom to top in the middle of a narrow area."""
    painter.save()
    painter.setPen(theme.colour("muted"))
    painter.translate(area.center())
    painter.rotate(-90)
    painter.drawText(
        QRectF(-area.height() / 2, -area.width() / 2, area.height(), area.width()), Qt.AlignmentFlag.AlignCenter, text
    )
    painter.restore()
