"""A plot of training and validation over steps; the views of loss and accuracy are drawn with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, Signal, Slot
from PySide6.QtGui import QColor, QFontMetricsF, QPaintEngine, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from nnviz.core.curve import Curve
from nnviz.core.smoothing import smoothed
from nnviz.gui.style.colours import class_colour
from nnviz.gui.style.plots import curve_pen, label_axis, style_canvas, style_plot
from nnviz.gui.style.theme import Theme
from nnviz.gui.views.event_marks import EventMarks, Mark
from nnviz.gui.views.ground import Ground
from nnviz.gui.views.plot_lines import NOTHING, PlotLines, Series

BAND_ALPHA = 70
"""Opacity of the noise of single batches, out of 255, behind the line of their means."""

MOST_LINE_POINTS = 200
"""Points of the line of means: a line two pixels wide costs by the corner, and the eye sees no more of them."""

MARGIN = 0.01
"""Share of an axis that is added at its end, so that the last marker is whole."""

FEW_POINTS = 60
"""Up to here a line is antialiased; for a noisy one of 300 points that takes up to 10 ms instead of 1."""

MARKER_PX = 8
"""Diameter of the point of a measurement on validation data."""

RING_PX = 14
"""Diameter of the ring around the best one."""

NEAR_PX = 6
"""Distance in pixels within which the mouse points at a curve of another run."""

LEAST_LOGARITHMIC = 1e-6
"""Values below are drawn here on a logarithmic axis, which has no zero."""


@dataclass(frozen=True)
class Line:
    """A curve of another run.

    Attributes:
        steps: Where it was measured, (n,).
        values: What was measured, as they are shown, (n,).
        colour: Its colour.
        dashed: Whether it is the second curve of its colour.
        width: In pixels.
    """

    steps: NDArray[Any]
    values: NDArray[Any]
    colour: QColor
    dashed: bool = False
    width: float = 1.0


def thinned(steps: NDArray[Any], values: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """A series as at most `MOST_LINE_POINTS` means of neighbours; unchanged if it has no more."""
    together = -(-len(steps) // MOST_LINE_POINTS)
    if together <= 1:
        return steps, values
    starts = np.arange(0, len(steps), together)
    counts = np.diff(starts, append=len(steps))
    return np.add.reduceat(steps, starts) / counts, np.add.reduceat(values, starts) / counts


def training_colour(theme: Theme) -> QColor:
    """Colour of everything measured on training data."""
    return class_colour(theme, 2)


def validation_colour(theme: Theme) -> QColor:
    """Colour of everything measured on validation data."""
    return theme.colour("accent_text")


class _EdgeAxis(pg.AxisItem):
    """An axis whose first and last numbers are shown too: half of them lies beyond its ends."""

    def boundingRect(self) -> QRectF:
        beyond = 2 * self.style["tickFont"].pixelSize() if self.style["tickFont"] is not None else 0
        sideways = self.orientation in ("left", "right")
        return super().boundingRect().adjusted(*((0, -beyond, 0, beyond) if sideways else (-beyond, 0, beyond, 0)))

    def tickSpacing(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, float]]:
        levels = list(super().tickSpacing(minVal, maxVal, size))
        font = self.style["tickFont"]
        if self.orientation in ("left", "right") or font is None or not levels:
            return levels
        # Long numbers on a short axis would run into each other: fewer of them then.
        widest = QFontMetricsF(font).horizontalAdvance(f"{max(abs(minVal), abs(maxVal)):,.0f}0")
        first, room = levels[0][0], widest * (maxVal - minVal) / size
        spacing = first * next((times for times in (1, 2, 5, 10) if first * times >= room), 20)
        return levels if spacing == first else [(spacing, 0.0)]

    def tickStrings(self, values: list[float], scale: float, spacing: float | None) -> list[str]:
        if self.logMode or spacing is None or spacing * scale < 1:
            return super().tickStrings(values, scale, spacing)
        return [f"{value * scale:,.0f}" for value in values]


class CurvePlot(pg.GraphicsLayoutWidget):
    """Means of training batches as a line, their noise as a faint band, validation as a line with markers.

    Attributes:
        marks: What happened in the run, behind the curves.

    Signals:
        hovered(float): The mouse points at this step; NaN when it has left.
        other_pointed(int): The mouse points at this one of the curves of other runs; -1 when it has left it.
    """

    hovered = Signal(float)
    other_pointed = Signal(int)

    def __init__(self, theme: Theme, y_label: str, y_unit: str, x_label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels = (x_label, y_label, y_unit)
        self.plot = self.addPlot(axisItems={name: _EdgeAxis(name) for name in ("left", "bottom")})
        self.plot.setMenuEnabled(False)
        self.plot.setMouseEnabled(False, False)
        self.plot.hideButtons()
        self.plot.getViewBox().disableAutoRange()
        # Numbers, ticks, grid and marks stay the same for hundreds of frames, and cost more to paint than all curves.
        self._ground = Ground()
        self._lines = PlotLines(self.plot.getViewBox())
        self._lines.changed.connect(self._on_lines_changed)
        self._band, self._line, self._validation = (self._lines.add() for _ in range(3))
        self._markers = self._lines.add(MARKER_PX)
        self._best = self._lines.add(RING_PX)
        self._pointer = pg.InfiniteLine(angle=90, movable=False)
        self._pointer.setVisible(False)
        self._mark = pg.InfiniteLine(angle=90, movable=False)
        self._mark.setVisible(False)
        self._others: list[Series] = []
        self._other_lines: tuple[Line, ...] = ()
        self._pointed_at = -1
        self._smoothing = 0.0
        self._end = 1.0
        self._log = False
        self._best_at = (0.0, float("nan"))
        for item in (self._mark, self._pointer):
            self.plot.getViewBox().addItem(item, ignoreBounds=True)
        self.marks = EventMarks(self.plot.getViewBox())
        self.scene().sigMouseMoved.connect(self._on_mouse_moved)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take on another look."""
        self._theme = theme
        style_canvas(self, theme)
        style_plot(self.plot, theme)
        x_label, y_label, y_unit = self._labels
        label_axis(self.plot, "bottom", x_label)
        label_axis(self.plot, "left", y_label, y_unit)
        # Room for the halves of the outermost numbers.
        self.ci.layout.setContentsMargins(0, theme.caption_px, 2 * theme.caption_px, 0)
        # All plots get the same width for their numbers, so that their axes stand one above the other.
        self.plot.getAxis("left").setWidth(theme.caption_px * 5)
        band = training_colour(theme)
        band.setAlpha(BAND_ALPHA)
        self._band.set_look(curve_pen(band))
        self._line.set_look(curve_pen(training_colour(theme), width=2))
        self._validation.set_look(curve_pen(validation_colour(theme), width=2))
        self._markers.set_look(brush=validation_colour(theme))
        self._best.set_look(curve_pen(validation_colour(theme), width=2))
        self._pointer.setPen(curve_pen(theme.colour("muted"), dashed=True))
        self.marks.set_theme(theme)
        self._mark.setPen(curve_pen(theme.colour("text")))

    def draw(
        self,
        training: Curve,
        validation_steps: NDArray[np.int64],
        validation: NDArray[np.float32],
        scale: float = 1.0,
    ) -> None:
        """Show these curves; values are multiplied by `scale` (100 for per cent)."""
        steps, mean, low, high = training.bins(MOST_LINE_POINTS)
        mean = smoothed(steps, mean, self._smoothing, self._end)
        mean, low, high, validation = (self._drawn(values * scale) for values in (mean, low, high, validation))
        self._line.set_data(steps, mean)
        if len(steps) < training.last_step:
            # One stroke from the least to the largest value of each bin.
            band = np.empty(2 * len(steps))
            band[::2], band[1::2] = low, high
            self._band.set_data(np.repeat(steps, 2), band)
        else:
            self._band.set_data(NOTHING, NOTHING)
        known = np.isfinite(validation)
        at, values = validation_steps[known], validation[known]
        few = len(at) <= FEW_POINTS
        self._validation.set_data(*thinned(at, values), antialias=few)
        # Of many only the newest: the others would run together to a thick line.
        self._markers.set_data(at if few else at[-1:], values if few else values[-1:])

    def draw_best(self, step: float, value: float) -> None:
        """Put a ring around the best measurement on validation data, at this shown value; NaN takes it away."""
        self._best_at = (step, value)
        if np.isfinite(value):
            self._best.set_data(np.array([step]), self._drawn(np.array([value])))
        else:
            self._best.set_data(NOTHING, NOTHING)

    def draw_marks(self, marks: Sequence[Mark]) -> None:
        """Mark what happened, and nothing else."""
        self.marks.set_marks(marks)

    def set_smoothing(self, weight: float) -> None:
        """Smooth the line of training from now on, the past counting so much; draw again afterwards."""
        self._smoothing = weight

    def draw_others(self, lines: Sequence[Line]) -> None:
        """Show these curves of other runs, behind the run's own; those of before are gone."""
        self._other_lines = tuple(lines)
        while len(self._others) < len(lines):
            self._others.append(self._lines.add(at_bottom=True))
        for series, line in zip(self._others, lines, strict=False):
            known = np.isfinite(line.values)
            series.set_look(curve_pen(line.colour, dashed=line.dashed, width=line.width))
            few = int(known.sum()) <= FEW_POINTS
            series.set_data(line.steps[known], self._drawn(line.values[known]), antialias=few)
        for series in self._others[len(lines) :]:
            series.set_data(NOTHING, NOTHING)

    def set_y_label(self, text: str, unit: str) -> None:
        """Say something else beside the upright axis."""
        self._labels = (self._labels[0], text, unit)
        label_axis(self.plot, "left", text, unit)

    def set_log(self, log: bool) -> None:
        """Show the values on a logarithmic axis from now on, or not; draw again afterwards."""
        self._log = log
        self.draw_best(*self._best_at)
        self.plot.getAxis("left").setLogMode(log)

    def set_x_range(self, end: float) -> None:
        """Show steps from 0 to `end`."""
        self._end = end
        self.plot.setXRange(0, end * (1 + MARGIN), padding=0)

    def set_y_range(self, start: float, end: float) -> None:
        """Show values from `start` to `end`."""
        self.plot.setYRange(start, end + MARGIN * (end - start), padding=0)

    def point_at(self, step: float) -> None:
        """Draw a line at this step; NaN takes it away."""
        self._pointer.setVisible(bool(np.isfinite(step)))
        if np.isfinite(step):
            self._pointer.setPos(step)

    def mark(self, step: float) -> None:
        """Draw a line at the step that the other views show; NaN takes it away."""
        self._mark.setVisible(bool(np.isfinite(step)))
        if np.isfinite(step):
            self._mark.setPos(step)

    def _drawn(self, values: NDArray[Any]) -> NDArray[Any]:
        return np.log10(np.maximum(values, LEAST_LOGARITHMIC)) if self._log else values

    @Slot(object)
    def _on_mouse_moved(self, position: QPointF) -> None:
        box = self.plot.getViewBox()
        inside = box.sceneBoundingRect().contains(position)
        self.hovered.emit(float(box.mapSceneToView(position).x()) if inside else float("nan"))
        self._point_at_other(self._nearest_other(position) if inside and self._other_lines else -1)

    def _nearest_other(self, position: QPointF) -> int:
        """Which curve of another run is near this place of the scene; -1 if none is."""
        box = self.plot.getViewBox()
        place = box.mapSceneToView(position)
        nearest, least = -1, NEAR_PX * abs(box.viewPixelSize()[1])
        for number, line in enumerate(self._other_lines):
            known = np.isfinite(line.values)
            steps = line.steps[known]
            if not len(steps) or not steps[0] <= place.x() <= steps[-1]:
                continue
            value = np.interp(place.x(), steps, self._drawn(line.values[known]))
            if abs(value - place.y()) <= least:
                nearest, least = number, abs(value - place.y())
        return nearest

    def _point_at_other(self, number: int) -> None:
        if number != self._pointed_at:
            self._pointed_at = number
            self.other_pointed.emit(number)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        if painter.paintEngine().type() != QPaintEngine.Type.Raster:
            # A file of lines and text.
            painter.end()
            super().paintEvent(event)
            return
        surface = self._theme.colour("surface")
        self._ground.draw(painter, self.viewport().size(), surface, self._ground_key(), self._paint_ground)
        painter.setTransform(self._lines.sceneTransform() * self.viewportTransform(), True)
        self._lines.paint_lines(painter)
        painter.end()

    def _ground_key(self) -> object:
        x_range, y_range = self.plot.getViewBox().viewRange()
        upright = [(line.isVisible(), line.value()) for line in (self._pointer, self._mark)]
        return self._theme, self._labels, self._log, *x_range, *y_range, self.marks.shown, upright

    def _paint_ground(self, painter: QPainter) -> None:
        self._lines.apart = True
        area = self.viewport().rect()
        self.render(painter, QRectF(area), area)
        self._lines.apart = False

    def _on_lines_changed(self) -> None:
        self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:
        self.hovered.emit(float("nan"))
        self._point_at_other(-1)
        super().leaveEvent(event)
