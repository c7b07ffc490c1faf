"""Axes of a plot that a lab paints itself: numbers become places, and round numbers stand at the edges."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from nnviz.gui.labs.canvas import CENTRE, LEFT, RIGHT
from nnviz.gui.style.theme import Theme


@dataclass(frozen=True)
class Axes:
    """A window on the plane, and the box of the screen that it fills.

    Attributes:
        box: Where the plot is, without its numbers.
        x_range: Least and largest x.
        y_range: Least and largest y; y grows upwards.
    """

    box: QRectF
    x_range: tuple[float, float]
    y_range: tuple[float, float]

    @classmethod
    def within(
        cls,
        outer: QRectF,
        x_range: tuple[float, float],
        y_range: tuple[float, float],
        theme: Theme,
        *,
        labels: bool = True,
        square: bool = False,
    ) -> Axes:
        """Axes with room for their numbers in `outer`.

        Args:
            outer: All the room there is.
            x_range: Least and largest x.
            y_range: Least and largest y.
            theme: Whose type the numbers have.
            labels: Whether there is room for the names of the axes too.
            square: Whether one unit is as long in x as in y; the box then shrinks.
        """
        left = 3.6 * theme.caption_px + theme.space / 2
        bottom = 1.6 * theme.caption_px + (1.5 * theme.caption_px if labels else 0)
        top = theme.caption_px * (2.0 if labels else 0.8)
        box = outer.adjusted(left, top, -theme.caption_px * 1.2, -bottom)
        if square:
            scale = min(box.width() / (x_range[1] - x_range[0]), box.height() / (y_range[1] - y_range[0]))
            width, height = scale * (x_range[1] - x_range[0]), scale * (y_range[1] - y_range[0])
            box = QRectF(box.center().x() - width / 2, box.center().y() - height / 2, width, height)
        return cls(box, x_range, y_range)

    def x(self, value: float) -> float:
        """Place of an x on the screen."""
        low, high = self.x_range
        return self.box.left() + (value - low) / (high - low) * self.box.width()

    def y(self, value: float) -> float:
        """Place of a y on the screen."""
        low, high = self.y_range
        return self.box.bottom() - (value - low) / (high - low) * self.box.height()

    def at(self, x: float, y: float) -> QPointF:
        """Place of a point on the screen."""
        return QPointF(self.x(x), self.y(y))

    def value_at(self, place: QPointF) -> tuple[float, float]:
        """The point that lies at a place of the screen."""
        (x0, x1), (y0, y1) = self.x_range, self.y_range
        x = x0 + (place.x() - self.box.left()) / self.box.width() * (x1 - x0)
        y = y0 + (self.box.bottom() - place.y()) / self.box.height() * (y1 - y0)
        return x, y

    def polyline(self, xs: ArrayLike, ys: ArrayLike) -> QPolygonF:
        """A curve on the screen; what is not finite is left out, what is far away is kept near."""
        points: NDArray[np.float64] = np.stack([np.asarray(xs, np.float64), np.asarray(ys, np.float64)])
        points = points[:, np.isfinite(points).all(axis=0)]
        # Qt's painter slows down a thousandfold with coordinates of millions.
        far = 1e4
        with np.errstate(over="ignore"):
            px = np.clip(self.x(0) + points[0] * (self.x(1) - self.x(0)), -far, far)
            py = np.clip(self.y(0) + points[1] * (self.y(1) - self.y(0)), -far, far)
        return QPolygonF([QPointF(x, y) for x, y in zip(px.tolist(), py.tolist(), strict=True)])

    def paint(
        self, painter: QPainter, theme: Theme, font: QFont, x_label: str = "", y_label: str = "", *, grid: bool = True
    ) -> None:
        """Paint frame, grid, numbers and names.

        Args:
            painter: What to paint with.
            theme: Colours and sizes.
            font: The canvas's type; its size is set here.
            x_label: Name of x, with its unit, or empty.
            y_label: Name of y, with its unit, or empty; it stands above the axis, not turned.
            grid: Whether lines go through the plot.
        """
        font = QFont(font)
        font.setPixelSize(theme.caption_px)
        painter.setFont(font)
        height = QFontMetricsF(font).height()
        line, muted = QPen(theme.colour("border"), 1), theme.colour("muted")
        for value in ticks(*self.x_range, max(2, int(self.box.width() / (6 * theme.caption_px)))):
            x = self.x(value)
            if grid:
                painter.setPen(line)
                painter.drawLine(QPointF(x, self.box.top()), QPointF(x, self.box.bottom()))
            painter.setPen(muted)
            painter.drawText(QRectF(x - 40, self.box.bottom() + 3, 80, height), CENTRE, tick_text(value))
        for value in ticks(*self.y_range, max(2, int(self.box.height() / (3.2 * theme.caption_px)))):
            y = self.y(value)
            if grid:
                painter.setPen(line)
                painter.drawLine(QPointF(self.box.left(), y), QPointF(self.box.right(), y))
            painter.setPen(muted)
            painter.drawText(QRectF(self.box.left() - 86, y - height / 2, 80, height), RIGHT, tick_text(value))
        painter.setPen(QPen(theme.colour("border_strong"), 1))
        painter.drawPolyline(QPolygonF([self.box.topLeft(), self.box.bottomLeft(), self.box.bottomRight()]))
        painter.setPen(muted)
        if x_label:
            below = QRectF(self.box.left(), self.box.bottom() + 3 + height, self.box.width(), height)
            painter.drawText(below, RIGHT, x_label)
        if y_label:
            left = self.box.left() - 3.4 * theme.caption_px
            above = QRectF(left, self.box.top() - 1.6 * height, self.box.right() - left, height)
            painter.drawText(above, LEFT, y_label)


def ticks(low: float, high: float, most: int) -> list[float]:
    """At most about `most` round numbers between two numbers."""
    span = high - low
    if not math.isfinite(span) or span <= 0:
        return []
    rough = span / max(1, most)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(mark * power for mark in (1, 2, 5, 10) if mark * power >= rough * (1 - 1e-9))
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return [number * step for number in range(first, last + 1)]


def tick_text(value: float) -> str:
    """A round number at an axis; minus is the sign of minus."""
    text = f"{round(value, 12):g}"
    return text.replace("-", "\N{MINUS SIGN}")
