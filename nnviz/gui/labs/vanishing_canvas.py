"""The picture of the lab on vanishing gradients: two charts over the layers, and histograms below them."""

from __future__ import annotations

import math
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike
from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen, QPolygonF

from nnviz.gui.labs.axes import Axes, tick_text, ticks
from nnviz.gui.labs.canvas import CENTRE, LEFT, RIGHT, LabCanvas
from nnviz.gui.labs.numbers import MINUS, significant
from nnviz.gui.spec_text import spec_text
from nnviz.gui.style import colours
from nnviz.gui.style.theme import Theme

if TYPE_CHECKING:
    from nnviz.gui.labs.vanishing import VanishingLab

BINS = 21
MOST_HISTOGRAMS = 11
DECADES = (2, 4, 8, 16, 32, 64, 128, 256)
"""How far the charts reach up and down, in powers of ten: the smallest that has room for everything."""
ROUNDING = 1e-14
SUPERSCRIPTS = str.maketrans(f"{MINUS}0123456789", "\u207b\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079")


class VanishingCanvas(LabCanvas):
    """Sizes of activations and of gradients, one above the other, and what the activations of some layers look like."""

    def __init__(self, lab: VanishingLab, theme: Theme) -> None:
        super().__init__(theme)
        self._lab = lab
        self.setObjectName("vanishing_canvas")
        self.setAccessibleName(self.tr("Size of activations and gradients in every layer, and histograms"))

    # Places

    def minimumSizeHint(self) -> QSize:
        return QSize(36 * self.theme.font_px, 22 * self.theme.font_px)

    def _strip_height(self) -> float:
        return max(0.17 * self.height(), 4.6 * self.theme.font_px)

    def charts(self) -> tuple[Axes, Axes]:
        """The plots of activations and of gradients; y is in powers of ten."""
        theme = self.theme
        lab = self._lab
        left = 4.2 * theme.caption_px + theme.space
        right = self.width() - 2 * theme.space
        head = 1.6 * self.line_height()
        top = self._legend_height()
        bottom = self.height() - self._strip_height() - theme.space
        numbers = 1.5 * theme.caption_px
        height = (bottom - numbers - top - 2 * head - 0.5 * theme.space) / 2
        margin = 0.45 * self._spacing(right - left)
        x_range = (-margin, lab.layers + margin)
        y_range = self.decades()
        first = QRectF(left, top + head, right - left, height)
        second = QRectF(left, first.bottom() + 0.5 * theme.space + head, right - left, height)
        return Axes(first, x_range, y_range), Axes(second, x_range, y_range)

    def _legend_height(self) -> float:
        return self.theme.space + 1.2 * self.line_height()

    def decades(self) -> tuple[float, float]:
        """The least and the largest power of ten of both charts."""
        passes, other = self._lab.passes, self._lab.other
        parts = [passes.a_sizes, passes.delta_sizes]
        if other is not None:
            parts += [other.a_sizes, other.delta_sizes]
        values = np.concatenate(parts)
        values = values[values > 0]
        powers = np.log10(values) if len(values) else np.zeros(1)
        down = next((reach for reach in DECADES if -powers.min() <= reach), DECADES[-1])
        up = next((reach for reach in DECADES if powers.max() <= reach), DECADES[-1])
        # A little beyond, so that what lies at an end is not cut.
        margin = 0.04 * (down + up)
        return -down - margin, up + margin

    def _spacing(self, width: float) -> int:
        # Layers from one histogram to the next.
        fit = max(2, min(MOST_HISTOGRAMS, int(width / (5.2 * self.theme.font_px))))
        return math.ceil(self._lab.layers / (fit - 1))

    def shown_layers(self) -> list[int]:
        """Whose histograms are shown."""
        return list(range(0, self._lab.layers + 1, self._spacing(self.charts()[0].box.width())))

    def layer_at(self, place: QPointF) -> int | None:
        """The layer at a place of the charts or of the strip below."""
        first, second = self.charts()
        if place.y() < first.box.top() - self.theme.space or not first.box.left() <= place.x() <= first.box.right():
            return None
        return min(self._lab.layers, max(0, round(second.value_at(place)[0])))

    # Painting

    def paint(self, painter: QPainter) -> None:
        """Legend, charts, strip."""
        lab, (first, second) = self._lab, self.charts()
        layers = np.arange(lab.layers + 1)
        above = QRectF(0, 0, self.width(), self._strip_top(second))
        self.keep(painter, "charts", above, (lab.computed,), lambda under: self._paint_charts(under, first, second))
        reached, returned = lab.reached
        known = layers <= reached if lab.step else layers >= 0
        self._paint_points(painter, first, layers, lab.passes.a_sizes, known)
        behind = layers[1:]
        known = behind > lab.layers - returned if lab.step else behind >= 0
        self._paint_points(painter, second, behind, lab.passes.delta_sizes, known)
        self._paint_marked(painter, first, second)
        self._paint_strip(painter, second)

    def _paint_charts(self, painter: QPainter, first: Axes, second: Axes) -> None:
        # All that stays while one steps through the layers.
        lab, muted = self._lab, self.theme.colour("muted")
        passes, expected, other = lab.passes, lab.expected, lab.other
        forwards, backwards = lab.factors(passes)
        layers = np.arange(lab.layers + 1)
        behind = layers[1:]
        self._paint_legend(painter, first)
        title = self.tr("Size of the activations, forwards") + " \N{RIGHTWARDS ARROW}"
        self._paint_ground(painter, first, title, forwards, self._last_factor(expected.forwards))
        self._paint_line(painter, first, layers, expected.a_sizes, muted, Qt.PenStyle.DashLine)
        # Below this it is only the rounding of equal numbers.
        spreads = np.where(passes.spreads > ROUNDING * passes.a_sizes, passes.spreads, np.nan)
        self._paint_line(painter, first, layers, spreads, self.theme.colour("accent"), Qt.PenStyle.DotLine)
        title = self.tr("Size of the gradients dL/dz, backwards") + " \N{LEFTWARDS ARROW}"
        self._paint_ground(painter, second, title, backwards, self._last_factor(expected.backwards[:-1]))
        self._paint_line(painter, second, behind, expected.delta_sizes, muted, Qt.PenStyle.DashLine)
        if other is not None:
            colour, solid = self.other_colour(), Qt.PenStyle.SolidLine
            self._paint_line(painter, first, layers, other.a_sizes, colour, solid)
            self._paint_line(painter, second, behind, other.delta_sizes, colour, solid)
        self._paint_layers(painter, second)
        low, high = lab.bins()
        text = self.tr("What the activations of a layer look like, from {0} to {1} (orange: beyond)").format(
            tick_text(low), tick_text(high)
        )
        px, box = self.theme.caption_px, second.box
        head = QRectF(box.left(), box.bottom() + 1.9 * px, box.width(), 1.5 * px)
        self.write(painter, head, text, LEFT, "muted", px)

    def other_colour(self) -> QColor:
        """Of the initialisation that is compared with."""
        return colours.class_colour(self.theme, 2)

    def _last_factor(self, factors: np.ndarray) -> float:
        # The mean that belongs to a product.
        positive = factors[factors > 0]
        return float(np.exp(np.log(positive).mean())) if len(positive) == len(factors) > 0 else 0.0

    def _paint_legend(self, painter: QPainter, axes: Axes) -> None:
        theme, lab = self.theme, self._lab
        accent, muted = theme.colour("accent"), theme.colour("muted")
        entries = [
            (spec_text(lab.settings.initialisation), accent, Qt.PenStyle.SolidLine),
            (self.tr("by the formula"), muted, Qt.PenStyle.DashLine),
            (self.tr("how much samples differ"), accent, Qt.PenStyle.DotLine),
        ]
        if lab.other is not None:
            entries.insert(1, (spec_text(lab.settings.compare_with), self.other_colour(), Qt.PenStyle.SolidLine))
        left, y = axes.box.left(), theme.space / 2 + 0.6 * self.line_height()
        sample, gap = 1.8 * theme.font_px, 1.4 * theme.font_px
        for text, colour, style in entries:
            thick = 2 if style == Qt.PenStyle.SolidLine or theme.projector else 1
            painter.setPen(QPen(colour, thick, style))
            painter.drawLine(QPointF(left, y), QPointF(left + sample, y))
            left += sample + 0.4 * theme.font_px
            width = min(self.width_of(text, theme.caption_px) + 1, max(0.0, self.width() - theme.space - left))
            self.write(painter, QRectF(left, y - 20, width, 40), text, LEFT, "text", theme.caption_px)
            left += width + gap

    def _paint_ground(self, painter: QPainter, axes: Axes, title: str, measured: float, formula: float) -> None:
        theme, box = self.theme, axes.box
        head = QRectF(box.left(), box.top() - 1.35 * self.line_height(), box.width(), 1.2 * self.line_height())
        self.write(painter, head, title, LEFT, bold=True)
        by_formula = self.tr("times {0} per layer; by the formula times {1}").format(
            factor_text(measured), factor_text(formula)
        )
        taken = self.width_of(title, bold=True) + theme.space
        facts = self.tr("times {0} per layer").format(factor_text(measured))
        if self.width_of(by_formula, theme.caption_px) <= box.width() - taken:
            facts = by_formula
        self.write(painter, head.adjusted(taken, 0, 0, 0), facts, RIGHT, "muted", theme.caption_px)
        low, high = axes.y_range
        height = 1.4 * theme.caption_px
        for power in ticks(low, high, max(2, int(box.height() / (2.2 * theme.caption_px)))):
            if power != round(power):
                continue
            y = axes.y(power)
            painter.setPen(QPen(theme.colour("border_strong" if power == 0 else "border"), 1))
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
            text = QRectF(0, y - height / 2, box.left() - 6, height)
            self.write(painter, text, power_text(round(power)), RIGHT, "muted", theme.caption_px)
        painter.setPen(QPen(theme.colour("border_strong"), 1))
        painter.drawPolyline(QPolygonF([box.topLeft(), box.bottomLeft(), box.bottomRight()]))

    def _line(self, axes: Axes, layers: ArrayLike, sizes: np.ndarray) -> QPolygonF:
        with np.errstate(divide="ignore"):
            powers = np.log10(sizes)
        return axes.polyline(layers, np.clip(powers, *axes.y_range))

    def _paint_line(
        self, painter: QPainter, axes: Axes, layers: np.ndarray, sizes: np.ndarray, colour: QColor, style: Qt.PenStyle
    ) -> None:
        line = self._line(axes, layers, sizes)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if style == Qt.PenStyle.SolidLine:
            painter.setPen(QPen(colour, 1.8))
            painter.drawLines(pieces(line))
            return
        # Broken lines of more than one pixel take ten times as long.
        painter.setPen(QPen(colour, 1.8 if self.theme.projector else 1, style, Qt.PenCapStyle.FlatCap))
        painter.drawPolyline(line)

    def _paint_points(
        self, painter: QPainter, axes: Axes, layers: np.ndarray, sizes: np.ndarray, known: np.ndarray
    ) -> None:
        theme, accent = self.theme, self.theme.colour("accent")
        line = self._line(axes, layers, sizes)
        places = line.toList()
        faint = colours.mixed(accent, theme.colour("surface"), 0.3)
        radius = min(0.36 * theme.font_px, max(2.0, 0.36 * axes.box.width() / len(layers)))
        # What is not known yet stays faint.
        if not known.all():
            painter.setPen(QPen(faint, 1.5))
            painter.drawLines(pieces(line))
        shown = QPolygonF([place for place, on in zip(places, known.tolist(), strict=True) if on])
        painter.setPen(QPen(accent, 2.2))
        painter.drawLines(pieces(shown))
        painter.setPen(Qt.PenStyle.NoPen)
        for place, on in zip(places, known.tolist(), strict=True):
            painter.setBrush(accent if on else faint)
            painter.drawEllipse(place, radius, radius)

    def _paint_layers(self, painter: QPainter, axes: Axes) -> None:
        theme, depth = self.theme, self._lab.layers
        y, height = axes.box.bottom() + 3, 1.4 * theme.caption_px
        width = 3 * theme.caption_px
        numbers = ticks(0, depth, max(2, int(axes.box.width() / (4 * theme.caption_px))))
        for number in numbers:
            if number == round(number) and number > 0:
                place = QRectF(axes.x(number) - width / 2, y, width, height)
                self.write(painter, place, tick_text(number), CENTRE, "muted", theme.caption_px)
        text = self.tr("layer")
        place = QRectF(axes.x(0) - 4 * theme.caption_px, y, 4 * theme.caption_px + 0.5 * width, height)
        self.write(painter, place, text, RIGHT, "muted", theme.caption_px)

    def _paint_marked(self, painter: QPainter, first: Axes, second: Axes) -> None:
        theme, lab = self.theme, self._lab
        layer = lab.layer
        if layer is None:
            return
        x = first.x(layer)
        painter.setPen(QPen(theme.colour("text"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, first.box.top()), QPointF(x, first.box.bottom()))
        painter.drawLine(QPointF(x, second.box.top()), QPointF(x, second.box.bottom()))
        gone = lab.reached
        looked = lab.looked_at is not None
        if looked or layer <= gone[0]:
            self._paint_number(painter, first, layer, lab.passes.a_sizes[layer:])
        if layer > 0 and (looked or layer > lab.layers - gone[1]):
            self._paint_number(painter, second, layer, lab.passes.delta_sizes[layer - 1 :])

    def _paint_number(self, painter: QPainter, axes: Axes, layer: int, sizes: np.ndarray) -> None:
        # The size of the marked layer, on the side of the line where it leads away from.
        theme, size = self.theme, float(sizes[0])
        text = significant(size, 2)
        width, height = self.width_of(text, bold=True) + theme.space, 1.1 * self.line_height()
        gap = 0.6 * theme.font_px
        low, high = axes.y_range
        power = min(high, max(low, math.log10(size))) if size > 0 else low
        place = axes.at(layer, power)
        fits = place.x() + gap + width < axes.box.right()
        left = place.x() + gap if fits else place.x() - gap - width
        rises = len(sizes) > 1 and sizes[1] > size
        below = place.y() + gap + height < axes.box.bottom()
        above = place.y() - gap - height > axes.box.top()
        top = place.y() + gap if (rises and below) or not above else place.y() - gap - height
        box = QRectF(left, top, width, height)
        painter.setPen(QPen(theme.colour("border_strong"), 1))
        painter.setBrush(theme.colour("raised"))
        painter.drawRoundedRect(box, theme.radius, theme.radius)
        self.write(painter, box, text, CENTRE, bold=True)

    def _strip_top(self, axes: Axes) -> float:
        return axes.box.bottom() + 3.6 * self.theme.caption_px

    def _paint_strip(self, painter: QPainter, axes: Axes) -> None:
        theme, lab = self.theme, self._lab
        top = self._strip_top(axes)
        bottom = self.height() - theme.space / 2 - 1.4 * theme.caption_px
        a_layer = axes.box.width() / (axes.x_range[1] - axes.x_range[0])
        width = 0.84 * a_layer * self._spacing(axes.box.width())
        for layer in self.shown_layers():
            box = QRectF(axes.x(layer) - width / 2, top, width, bottom - top)
            around = QRectF(box.left() - theme.space, box.top() - 1, width + 2 * theme.space, self.height() - top + 1)
            known = lab.step == 0 or layer <= lab.reached[0] or lab.looked_at is not None
            self.keep(
                painter,
                f"histogram {layer}",
                around,
                (lab.computed, layer == lab.layer, known),
                partial(self._paint_histogram, box=box, layer=layer, known=known),
                over=True,
            )

    def _paint_histogram(self, painter: QPainter, *, box: QRectF, layer: int, known: bool) -> None:
        theme, lab = self.theme, self._lab
        marked = layer == lab.layer
        counts = lab.histogram(layer).tolist()
        low, high = lab.bins()
        values = lab.passes.a[layer]
        beyond = float(values.min()) < low - 1e-9, float(values.max()) > high + 1e-9
        colour = theme.colour("accent") if marked else colours.sequential_colour(theme, 0.55)
        if not known:
            colour = theme.colour("border_strong")
        most, width = max(1, *counts), box.width() / BINS
        painter.setPen(Qt.PenStyle.NoPen)
        for index, count in enumerate(counts):
            if not count:
                continue
            out = (index == 0 and beyond[0]) or (index == BINS - 1 and beyond[1])
            painter.setBrush(colours.negative(theme) if out else colour)
            height = max(1.0, count / most * box.height())
            painter.drawRect(QRectF(box.left() + index * width, box.bottom() - height, width - 0.5, height))
        painter.setPen(QPen(theme.colour("accent" if marked else "border_strong"), 2 if marked else 1))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        below = QRectF(
            box.left() - theme.space, box.bottom() + 2, box.width() + 2 * theme.space, 1.4 * theme.caption_px
        )
        text = self.tr("inputs") if layer == 0 else str(layer)
        self.write(painter, below, text, CENTRE, "text" if marked else "muted", theme.caption_px, bold=marked)

    # Touching

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._look(event.position())

    def _look(self, place: QPointF) -> None:
        layer = self.layer_at(place)
        if layer is not None and layer != self._lab.looked_at:
            self._lab.look_at(layer)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._look(event.position())
            return
        over = self.layer_at(event.position()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        changes = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_PageUp: 5, Qt.Key.Key_PageDown: -5}
        change = changes.get(Qt.Key(event.key()), 0)
        if not change:
            super().keyPressEvent(event)
            return
        self._lab.look_at((self._lab.layer or 0) + change)


def pieces(line: QPolygonF) -> list[QLineF]:
    """The straight pieces of a line; many of them are painted several times faster than one bent line."""
    return [QLineF(start, end) for start, end in pairwise(line.toList())]


def factor_text(factor: float) -> str:
    """A factor per layer in two digits; 0.9999 is 1.0, as 1.0001 is."""
    return significant(float(f"{factor:.2g}"), 2)


def power_text(power: int) -> str:
    """A power of ten at an axis: 1 for the zeroth, else 10 with a small raised number."""
    if power == 0:
        return "1"
    return "10" + str(power).replace("-", MINUS).translate(SUPERSCRIPTS)
