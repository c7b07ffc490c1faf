"""A plot of training and validation over steps; the views of loss and accuracy are drawn with it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, Signal, Slot
from PySide6.QtGui import QColor, QPaintEvent
from PySide6.QtWidgets import QGraphicsItem, QWidget

from nnviz.core.curve import Curve
from nnviz.gui.style.colours import class_colour
from nnviz.gui.style.plots import curve_pen, label_axis, style_canvas, style_plot
from nnviz.gui.style.theme import Theme

BAND_ALPHA = 70
"""Opacity of the noise of single batches, out of 255, behind the line of their means."""

MOST_LINE_POINTS = 200
"""Points of the line of means: a line two pixels wide costs by the corner, and the eye sees no more of them."""

MARGIN = 0.01
"""Share of an axis that is added at its end, so that the last marker is whole."""

FEW_POINTS = 60
"""Up to here a line is antialiased; for a noisy one of 300 points that takes up to 10 ms instead of 1."""

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

    def tickStrings(self, values: list[float], scale: float, spacing: float | None) -> list[str]:
        # A logarithmic axis has no spacing.
        if spacing is None or spacing * scale < 1:
            return super().tickStrings(values, scale, spacing)
        return [f"{value * scale:,.0f}" for value in values]


class CurvePlot(pg.GraphicsLayoutWidget):
    """Means of training batches as a line, their noise as a faint band, validation as a line with markers.

    Attributes:
        paint_s: Seconds of processor time that the last painting took.

    Signals:
        hovered(float): The mouse points at this step; NaN when it has left.
    """

    hovered = Signal(float)

    def __init__(self, theme: Theme, y_label: str, y_unit: str, x_label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.paint_s = 0.0
        self._labels = (x_label, y_label, y_unit)
        self.plot = self.addPlot(axisItems={name: _EdgeAxis(name) for name in ("left", "bottom")})
        self.plot.setMenuEnabled(False)
        self.plot.setMouseEnabled(False, False)
        self.plot.hideButtons()
        self.plot.getViewBox().disableAutoRange()
        for name in ("left", "bottom"):
            # Numbers, ticks and grid stay the same for hundreds of frames, and cost more to paint than all curves.
            self.plot.getAxis(name).setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)
        # Items set their data every frame; none of it may look at all points for NaN or for their bounds.
        self._band = pg.PlotCurveItem(skipFiniteCheck=True)
        self._line = pg.PlotCurveItem(skipFiniteCheck=True)
        self._validation = pg.PlotCurveItem(skipFiniteCheck=True)
        self._markers = pg.ScatterPlotItem(size=8, pxMode=True)
        self._pointer = pg.InfiniteLine(angle=90, movable=False)
        self._pointer.setVisible(False)
        self._others: list[pg.PlotCurveItem] = []
        self._log = False
        self._markers_drawn = (0, False)
        # Into the view box itself: the plot would ask its curves to thin and clip, which `Curve` has done already.
        for item in (self._band, self._line, self._validation, self._markers, self._pointer):
            self.plot.getViewBox().addItem(item, ignoreBounds=True)
        self.scene().sigMouseMoved.connect(self._on_mouse_moved)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take on another look."""
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
        self._band.setPen(curve_pen(band))
        self._line.setPen(curve_pen(training_colour(theme), width=2))
        self._validation.setPen(curve_pen(validation_colour(theme), width=2))
        self._markers.setBrush(validation_colour(theme))
        self._markers.setPen(None)
        self._pointer.setPen(curve_pen(theme.colour("muted"), dashed=True))

    def draw(
        self,
        training: Curve,
        validation_steps: NDArray[np.int64],
        validation: NDArray[np.float32],
        scale: float = 1.0,
    ) -> None:
        """Show these curves; values are multiplied by `scale` (100 for per cent)."""
        steps, mean, low, high = training.bins(MOST_LINE_POINTS)
        mean, low, high, validation = (self._drawn(values * scale) for values in (mean, low, high, validation))
        self._line.setData(steps, mean)
        if len(steps) < training.last_step:
            # One stroke from the least to the largest value of each bin.
            band = np.empty(2 * len(steps))
            band[::2], band[1::2] = low, high
            self._band.setData(np.repeat(steps, 2), band)
        else:
            self._band.setData([], [])
        known = np.isfinite(validation)
        self._validation.setData(validation_steps[known], validation[known], antialias=int(known.sum()) <= FEW_POINTS)
        drawn = (int(known.sum()), self._log)
        if drawn != self._markers_drawn:
            self._markers_drawn = drawn
            self._markers.setData(validation_steps[known], validation[known])

    def draw_others(self, lines: Sequence[Line]) -> None:
        """Show these curves of other runs, behind the run's own; those of before are gone."""
        while len(self._others) < len(lines):
            item = pg.PlotCurveItem(skipFiniteCheck=True)
            item.setZValue(-0.5)
            self.plot.getViewBox().addItem(item, ignoreBounds=True)
            self._others.append(item)
        for item, line in zip(self._others, lines, strict=False):
            known = np.isfinite(line.values)
            item.setPen(curve_pen(line.colour, dashed=line.dashed, width=line.width))
            few = int(known.sum()) <= FEW_POINTS
            item.setData(line.steps[known], self._drawn(line.values[known]), antialias=few)
        for item in self._others[len(lines) :]:
            item.setData([], [])

    def set_y_label(self, text: str, unit: str) -> None:
        """Say something else beside the upright axis."""
        self._labels = (self._labels[0], text, unit)
        label_axis(self.plot, "left", text, unit)

    def set_log(self, log: bool) -> None:
        """Show the values on a logarithmic axis from now on, or not; draw again afterwards."""
        self._log = log
        self.plot.getAxis("left").setLogMode(log)

    def set_x_range(self, end: float) -> None:
        """Show steps from 0 to `end`."""
        self.plot.setXRange(0, end * (1 + MARGIN), padding=0)

    def set_y_range(self, start: float, end: float) -> None:
        """Show values from `start` to `end`."""
        self.plot.setYRange(start, end + MARGIN * (end - start), padding=0)

    def point_at(self, step: float) -> None:
        """Draw a line at this step; NaN takes it away."""
        self._pointer.setVisible(bool(np.isfinite(step)))
        if np.isfinite(step):
            self._pointer.setPos(step)

    def _drawn(self, values: NDArray[Any]) -> NDArray[Any]:
        return np.log10(np.maximum(values, LEAST_LOGARITHMIC)) if self._log else values

    @Slot(object)
    def _on_mouse_moved(self, position: QPointF) -> None:
        box = self.plot.getViewBox()
        inside = box.sceneBoundingRect().contains(position)
        self.hovered.emit(float(box.mapSceneToView(position).x()) if inside else float("nan"))

    def leaveEvent(self, event: QEvent) -> None:
        self.hovered.emit(float("nan"))
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        began = time.thread_time()
        super().paintEvent(event)
        self.paint_s = time.thread_time() - began
