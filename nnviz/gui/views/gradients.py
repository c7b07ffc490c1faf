"""Live view: the gradient of each layer's weights, and how far a step moves them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QT_TRANSLATE_NOOP, QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from nnviz.core.measures.norm import norm_of_all
from nnviz.core.measures.spread import BINS, spread_of_tensors
from nnviz.core.measures.trail import Trail
from nnviz.core.probes import ProbeContext, is_weight
from nnviz.core.snapshot import Snapshot
from nnviz.gui.document import Project
from nnviz.gui.style.colours import depth_colour, mixed, negative, positive
from nnviz.gui.style.theme import Theme
from nnviz.gui.views.axes import Frame, bars, decade_text, decade_ticks, draw_across, draw_upright, number_text
from nnviz.gui.views.axis_range import DecadeRange, StepRange
from nnviz.gui.views.base import VIEWS
from nnviz.gui.views.canvas import Canvas
from nnviz.gui.views.canvas_view import CanvasView

MOST_POINTS = 128
"""Points of a line over time."""

USUAL_UPDATE = -3.0
"""Exponent of the size of a step relative to the weights that is often said to be about right."""


_EDGES = np.linspace(0, 1, BINS + 1)


def _gradients(context: ProbeContext) -> dict[str, NDArray[Any]]:
    """Norm and histogram of each layer's gradient, and the size of the last step relative to the weights.

    Weights count, all of a recurrent layer together, and biases do not. NaN where there was no step yet.
    """
    layers, norms, ratios, counts, limits = [], [], [], [], []
    for layer in context.layer_names:
        found = [learned for learned in context.learned(layer) if is_weight(learned.name)]
        if not found:
            continue
        gradients = [learned.gradient for learned in found if learned.gradient is not None]
        updates = [update for update in (learned.update for learned in found) if update is not None]
        layers.append(layer)
        norms.append(norm_of_all(gradients))
        size = norm_of_all([learned.value for learned in found])
        ratios.append(norm_of_all(updates) / size if size else np.nan)
        values = spread_of_tensors(gradients)
        counts.append(values.counts)
        limits.append(values.limit)
    return {
        "layer": np.array(layers, np.str_),
        "norm": np.array(norms, np.float64),
        "update": np.array(ratios, np.float64),
        "counts": np.array(counts, np.int64).reshape(-1, BINS),
        "limit": np.array(limits, np.float64),
    }


class GradientCanvas(Canvas):
    """Rows of layers with their gradients as they are now, and lines of their norms over the steps."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._columns_key: object = None
        self._columns: list[tuple[QRectF, QRectF, QRectF, QRectF]] = []
        self.clear(1)

    def clear(self, total_steps: int) -> None:
        """Forget everything: another run begins."""
        self._layers: list[str] = []
        self._norms = self._updates = self._limits = np.empty(0)
        self._counts = np.empty((0, BINS), np.int64)
        self._trail = Trail()
        self._steps = StepRange(total_steps)
        self._decades = DecadeRange(-3, 0)
        self._update_decades = DecadeRange(-5, -1, -12)
        self._step = 0

    def show_gradients(self, step: int, arrays: dict[str, NDArray[Any]]) -> None:
        """Show the newest gradients, and keep their norms."""
        self._layers = [str(name) for name in arrays["layer"]]
        self._norms, self._updates = arrays["norm"], arrays["update"]
        self._counts, self._limits = arrays["counts"], arrays["limit"]
        self._step = step
        if np.isfinite(self._norms).any():
            self._trail.append(step, self._norms)
        self._steps.follow(step)
        self._decades.follow(self._norms)
        self._update_decades.follow(self._updates)
        self.fit()
        self.update()

    def least_height(self) -> float:
        """A line of type for each layer, and the plot below where there is no room beside."""
        line = self.theme.caption_px * 1.5
        rows = line * (len(self._layers) + 3.5)
        return rows if self._beside() else rows + self.theme.caption_px * 11

    def lines_frame(self) -> Frame:
        """Where the norms over time are drawn."""
        theme = self.theme
        numbers, line = theme.caption_px * 3.2, theme.caption_px * 1.4
        if self._beside():
            left, top, height = self.width() * 0.56, line * 1.4, self.height() - line * 3.6
        else:
            height = max(theme.caption_px * 7.0, (self.height() - line * 3) * 0.4)
            left, top = 0.0, self.height() - height - line * 2.2
        area = QRectF(left + numbers, top, self.width() - left - numbers - 2 * theme.space, height)
        return Frame(area, 0, self._steps.end, self._decades.low, self._decades.high)

    def row_rect(self, index: int) -> QRectF:
        """The row of a layer."""
        line = self.theme.caption_px * 1.4
        bottom = self.height() if self._beside() else self.lines_frame().area.top() - 1.4 * line
        room = bottom - line * 2.8
        height = min(room / max(1, len(self._layers)), self.theme.caption_px * 4.0)
        width = self.width() * 0.56 - 2 * self.theme.space if self._beside() else float(self.width())
        return QRectF(0, line * 1.4 + index * height, width, height)

    def columns(self, index: int) -> tuple[QRectF, QRectF, QRectF, QRectF]:
        """Name, histogram, norm and size of the update of a row."""
        key = (self.size(), self.theme, len(self._layers))
        if key != self._columns_key:
            self._columns_key = key
            self._columns = [self._place_columns(number) for number in range(len(self._layers))]
        return self._columns[index]

    def _place_columns(self, index: int) -> tuple[QRectF, QRectF, QRectF, QRectF]:
        # Room for half of the last number at the right.
        row = self.row_rect(index).adjusted(0, 1, -1.5 * self.theme.caption_px, -1)
        gap = 2.5 * self.theme.space
        narrow = row.width() < self.theme.caption_px * 20
        name = min(row.width() * (0.45 if narrow else 0.32), self.theme.caption_px * 8.5)
        rest = row.width() - name - 3 * gap
        # Where there is little room, what is now makes room for how large it is.
        shares = (0.22, 0.48, 0.3) if rest > self.theme.caption_px * 18 else (0.0, 0.6, 0.4)
        if narrow:
            # A name of two letters says nothing, and the size of the update is in the tooltip.
            norm = QRectF(row.x() + name + gap, row.y(), max(0.0, row.width() - name - gap), row.height())
            nothing = QRectF(norm.right(), row.y(), 0, row.height())
            return QRectF(row.x(), row.y(), name, row.height()), nothing, norm, nothing
        starts = (
            name + gap,
            name + gap * (2 if shares[0] else 1) + rest * shares[0],
            name + 3 * gap + rest * (1 - shares[2]),
        )
        widths = [rest * share for share in shares]
        areas = [QRectF(row.x() + x, row.y(), width, row.height()) for x, width in zip(starts, widths, strict=True)]
        return QRectF(row.x(), row.y(), name, row.height()), areas[0], areas[1], areas[2]

    def colour(self, index: int) -> QColor:
        """Colour of a layer."""
        return depth_colour(self.theme, index, len(self._layers))

    def text_at(self, place: QPointF) -> str:
        """The exact numbers of a layer, or of the norms at a step."""
        frame = self.lines_frame()
        if frame.area.contains(place) and len(self._trail):
            steps = self._trail.steps()
            nearest = int(np.argmin(np.abs(steps - frame.value_at(place)[0])))
            norms = self._trail.rows()[nearest]
            parts = [f"{layer}: {number_text(float(norm))}" for layer, norm in zip(self._layers, norms, strict=True)]
            return "\n".join([self.tr("Norm of the gradient, step {0}").format(f"{steps[nearest]:,}"), *parts])
        for index, layer in enumerate(self._layers):
            if self.row_rect(index).contains(place):
                norm, update = float(self._norms[index]), float(self._updates[index])
                if not np.isfinite(norm):
                    return self.tr("{0}: no step was trained yet").format(layer)
                text = self.tr("{0}: norm of the gradient {1}, largest entry {2}").format(
                    layer, number_text(norm), number_text(float(self._limits[index]))
                )
                if np.isfinite(update):
                    text += self.tr("; the last step moved the weights by {0} of their norm").format(
                        number_text(update)
                    )
                return text
        return ""

    def ground_key(self) -> object:
        """Names and axes."""
        ranges = (self._decades.low, self._decades.high, self._update_decades.low, self._update_decades.high)
        return tuple(self._layers), ranges, self._steps.end

    def paint_ground(self, painter: QPainter) -> None:
        """Paint names, headings and axes."""
        theme, line = self.theme, self.theme.caption_px * 1.4
        if not self._layers:
            return
        _, histogram, norm, update = self.columns(0)
        for area, text in (
            (histogram, self.tr("Entries")),
            (norm, self.tr("Norm now")),
            (update, self.tr("Update")),
        ):
            # Beyond the column where it must be: the next one begins later.
            if area.width() > 0:
                self.write(painter, QRectF(area.x(), 0, area.width() + theme.space, line), text)
        for index, layer in enumerate(self._layers):
            area = self.columns(index)[0]
            side = theme.caption_px * 0.75
            painter.fillRect(QRectF(area.x(), area.center().y() - side / 2, side, side), self.colour(index))
            beside = area.adjusted(side * 1.6, 0, 0, 0)
            self.write(painter, beside, layer, "text", elide=Qt.TextElideMode.ElideMiddle)
        last = self.row_rect(len(self._layers) - 1).bottom()
        for area, decades in ((norm, self._decades), (update, self._update_decades)):
            if area.width() <= 0:
                continue
            frame = Frame(QRectF(area.x(), norm.y(), area.width(), last - norm.y()), decades.low, decades.high, 0, 1)
            ticks = decade_ticks(decades.low, decades.high, max(2, int(area.width() / (3.2 * theme.caption_px))))
            draw_across(painter, frame, theme, ticks, [decade_text(tick) for tick in ticks])
            painter.setPen(QPen(theme.colour("border"), 1))
            painter.drawLines([QLineF(frame.x(x), frame.area.top(), frame.x(x), frame.area.bottom()) for x in ticks])
        frame = self.lines_frame()
        ticks = decade_ticks(frame.bottom, frame.top, max(2, int(frame.area.height() / (2.5 * theme.caption_px))))
        draw_upright(painter, frame, theme, ticks, [decade_text(tick) for tick in ticks])
        steps = [0.0, self._steps.end / 2, float(self._steps.end)]
        draw_across(painter, frame, theme, steps, [f"{step:,.0f}" for step in steps], self.tr("Step"))
        head = QRectF(frame.area.x(), frame.area.y() - line * 1.4, frame.area.width(), line)
        text = self.fitting(
            painter, head.width(), self.tr("Norm of the gradient over time"), self.tr("Norm over time"), self.tr("Norm")
        )
        self.write(painter, head, text)
        painter.setPen(QPen(theme.colour("border_strong"), 1))
        painter.drawRect(frame.area)

    def paint(self, painter: QPainter) -> None:
        """Paint what the gradients are now and were before."""
        if not self._layers:
            self.write(painter, QRectF(self.rect()), self.tr("No layer has weights."))
            return
        self._paint_histograms(painter)
        for index in range(len(self._layers)):
            self._paint_row(painter, index)
        frame = self.lines_frame()
        steps, norms = self._trail.steps(), self._trail.rows()
        every = max(1, -(-len(steps) // MOST_POINTS))
        steps, norms = steps[::-1][::every][::-1], norms[::-1][::every][::-1]
        painter.setBrush(Qt.BrushStyle.NoBrush)
        exponents = self._decades.place(norms) if len(steps) else norms
        # The first layers last: theirs are the ones that vanish, and they are to be seen.
        for index in reversed(range(len(self._layers) if len(steps) else 0)):
            painter.setPen(QPen(self.colour(index), 2 if len(self._layers) <= 4 else 1.5))
            painter.drawPath(frame.line(steps, exponents[:, index]))
        if self._step < self._trail.last_step:
            painter.setPen(QPen(self.theme.colour("text"), 1))
            x = frame.x(self._step)
            painter.drawLine(QPointF(x, frame.area.top()), QPointF(x, frame.area.bottom()))

    def _paint_histograms(self, painter: QPainter) -> None:
        areas = [self.columns(index)[1] for index in range(len(self._layers))]
        if areas[0].width() <= 0:
            return
        # Logarithmic: else the few large entries could not be seen beside the many small ones.
        heights, most = np.log1p(self._counts), np.log1p(self._counts.max(axis=1, keepdims=True))
        high = np.array([[area.height()] for area in areas])
        lengths = np.ceil(np.divide(heights, most, out=np.zeros(heights.shape), where=most > 0) * high)
        edges = np.round([area.x() + area.width() * _EDGES for area in areas])
        bottom, half = np.round([area.bottom() for area in areas]), BINS // 2
        painter.fillPath(bars(edges[:, : half + 1], lengths[:, :half], bottom), negative(self.theme))
        painter.fillPath(bars(edges[:, half:], lengths[:, half:], bottom), positive(self.theme))

    def _paint_row(self, painter: QPainter, index: int) -> None:
        theme = self.theme
        _, _, norm, update = self.columns(index)
        colour, value = self.colour(index), float(self._norms[index])
        if np.isfinite(value):
            thick = min(norm.height() * 0.7, theme.caption_px * 1.3)
            frame = Frame(norm, self._decades.low, self._decades.high, 0, 1)
            end = float(frame.x(self._decades.place_of(value)))
            bar = QRectF(norm.x(), norm.center().y() - thick / 2, max(1.0, end - norm.x()), thick)
            painter.fillRect(bar, colour)
        ratio = float(self._updates[index])
        if np.isfinite(ratio) and update.width() > 0:
            frame = Frame(update, self._update_decades.low, self._update_decades.high, 0, 1)
            usual = frame.x(USUAL_UPDATE)
            painter.setPen(QPen(theme.colour("border_strong"), 1, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(usual, update.top() - 1), QPointF(usual, update.bottom() + 1))
            end = float(frame.x(self._update_decades.place_of(ratio)))
            side = min(update.height() * 0.7, theme.caption_px * 0.8)
            painter.setPen(QPen(mixed(colour, theme.colour("surface"), 0.5), 1))
            painter.drawLine(QPointF(update.x(), update.center().y()), QPointF(end, update.center().y()))
            painter.fillRect(QRectF(end - side / 2, update.center().y() - side / 2, side, side), colour)

    def _beside(self) -> bool:
        return self.width() >= self.theme.font_px * 40


@VIEWS.register
class Gradients(CanvasView):
    """The gradient of every layer's weights: its norm over time, its entries now, and the step that follows from it."""

    title = str(QT_TRANSLATE_NOOP("LiveView", "Gradients"))
    hint = str(
        QT_TRANSLATE_NOOP(
            "LiveView",
            "How strongly the loss pulls at each layer. If the norm shrinks from layer to layer towards the input, the "
            "gradient vanishes and the first layers hardly learn; if it grows, it explodes. Update: the last step "
            "relative to the weights; about a thousandth (dashed) is usual.",
        )
    )
    order = 40
    probe = staticmethod(_gradients)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self.gradients = GradientCanvas(theme)
        super().__init__(theme, self.gradients, parent)

    def begin(self, project: Project, total_steps: int) -> None:
        """Forget the last run."""
        self.gradients.clear(total_steps)
        super().begin(project, total_steps)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the newest gradients."""
        self.gradients.show_gradients(snapshot.step, dict(snapshot.arrays))
        super().show_snapshot(snapshot)
