"""Live view: how a network goes on with a series by itself, against how it really went on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QT_TRANSLATE_NOOP, QLineF, QPointF, QRectF, QSignalBlocker, Qt, Slot
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QWidget

from nnviz.core.measures.free_running import MOST_SERIES, SHORTEST_WARM_UP, free_running
from nnviz.core.probes import ProbeContext
from nnviz.core.snapshot import Snapshot
from nnviz.core.stepping import can_step
from nnviz.gui.document import Project
from nnviz.gui.spin_box import SpinBox
from nnviz.gui.style.theme import Theme
from nnviz.gui.views.axes import Frame, draw_across, draw_upright, number_text, round_ticks
from nnviz.gui.views.axis_range import GrowingRange, nice_ceiling
from nnviz.gui.views.base import VIEWS
from nnviz.gui.views.canvas import Canvas
from nnviz.gui.views.canvas_view import CanvasView


def _forecast(context: ProbeContext, warm_up: int = 0) -> dict[str, NDArray[Any]]:
    return free_running(context, warm_up)


class ForecastCanvas(Canvas):
    """One series above, its forecast on it; the error over the steps ahead below.

    Attributes:
        chosen: Which of the series is shown.
        series: The true values, (N, L); None if nothing was seen.
        forecast: How the network went on, (N, L - warm_up).
        warm_up: How many true values it read first.
        error: Root mean square of what it is wrong by, (L - warm_up).
        baseline: The same of the last true value.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.chosen = 0
        self.clear()

    def clear(self) -> None:
        """Forget everything: another run begins."""
        self.series: NDArray[np.float32] | None = None
        self.forecast: NDArray[np.float32] = np.empty((0, 0), np.float32)
        self.error: NDArray[np.float64] = np.empty(0)
        self.baseline: NDArray[np.float64] = np.empty(0)
        self.warm_up = 0
        self._reach = 1.0
        self._range = GrowingRange(0.1)

    def show_forecast(self, step: int, arrays: Any) -> None:
        """Show what the probe found."""
        if self.series is None or self.series.shape != arrays["series"].shape:
            self._reach = nice_ceiling(max(1e-6, 1.05 * float(np.abs(arrays["series"]).max())))
        self.series, self.forecast = arrays["series"], arrays["forecast"]
        self.warm_up, self.error, self.baseline = int(arrays["warm_up"]), arrays["error"], arrays["baseline"]
        # What went beyond all bounds is drawn at the upper edge.
        known = self.error[np.isfinite(self.error) & (self.error < 4 * self._reach)]
        self._range.follow(max(float(known.max(initial=0)), float(self.baseline.max())), step)
        self.chosen = min(self.chosen, len(self.series) - 1)
        self.update()

    # Places

    def frames(self) -> tuple[Frame, Frame]:
        """The plot of the series, and that of the error."""
        line = QFontMetricsF(self.caption).height()
        left = self.theme.caption_px * 3.4
        right = self.theme.caption_px
        known = self.series.shape[1] if self.series is not None else 2
        ahead = max(2, len(self.error))
        split = self.height() * 0.58
        below = 2.4 * line
        width = max(10.0, self.width() - left - right)
        first = QRectF(left, 1.5 * line, width, max(10.0, split - 1.5 * line - below))
        second = QRectF(left, split + 1.8 * line, width, max(10.0, self.height() - split - 1.8 * line - below))
        return (
            Frame(first, 1, known, -self._reach, self._reach),
            Frame(second, 1, ahead, 0, self._range.end),
        )

    # Painting

    def ground_key(self) -> object:
        """The ranges of both plots."""
        if self.series is None:
            return None
        return self.series.shape, len(self.error), self._reach, self._range.end, self.chosen, self.warm_up

    def paint_ground(self, painter: QPainter) -> None:
        """Axes, names and legends."""
        theme = self.theme
        upper, lower = self.frames()
        for frame, label in (
            (upper, self.tr("time step")),
            (lower, self.tr("steps ahead")),
        ):
            rows = max(2, int(frame.area.height() / (2.2 * theme.caption_px)))
            ticks = round_ticks(frame.bottom, frame.top, rows)
            draw_upright(painter, frame, theme, ticks, [number_text(value) for value in ticks])
            columns = max(2, int(frame.area.width() / (5 * theme.caption_px)))
            across = [value for value in round_ticks(frame.left, frame.right, columns) if value >= 1]
            draw_across(painter, frame, theme, across, [f"{value:g}" for value in across], label)
        warm = QRectF(upper.area)
        warm.setRight(float(upper.x(self.warm_up)))
        painter.fillRect(warm, theme.colour("hover"))
        painter.setPen(QPen(theme.colour("border_strong"), 1))
        painter.drawLine(QLineF(warm.topRight(), warm.bottomRight()))
        text = warm.adjusted(theme.space / 2, 0, -theme.space / 2, 0)
        text.setTop(text.bottom() - 1.2 * painter.fontMetrics().height())
        self.write(painter, text, self.tr("warm-up: true values are read"))
        self._legend(
            painter,
            upper,
            self.tr("Series {0}").format(self.chosen + 1),
            ((self.tr("truth"), self._truth_pen()), (self.tr("forecast from itself"), self._forecast_pen())),
        )
        self._legend(
            painter,
            lower,
            self.tr("Error (root mean square)"),
            (
                (self.tr("forecast"), self._forecast_pen()),
                (self.tr("last value repeated"), self._baseline_pen()),
            ),
        )

    def _truth_pen(self) -> QPen:
        return QPen(self.theme.colour("text"), 1.5)

    def _forecast_pen(self) -> QPen:
        return QPen(self.theme.colour("accent"), 2.5)

    def _baseline_pen(self) -> QPen:
        return QPen(self.theme.colour("muted"), 1.5, Qt.PenStyle.DashLine)

    def _legend(self, painter: QPainter, frame: Frame, title: str, entries: Sequence[tuple[str, QPen]]) -> None:
        theme, metrics = self.theme, painter.fontMetrics()
        line = metrics.height()
        row = QRectF(0, frame.area.top() - 1.35 * line, self.width() - theme.caption_px, line)
        sample, gap = 2.2 * theme.caption_px, 0.5 * theme.caption_px
        room = metrics.horizontalAdvance(title) + 2 * gap
        x = row.right()
        for text, pen in reversed(entries):
            width = metrics.horizontalAdvance(text)
            if x - width - sample - gap < room:
                break
            self.write(painter, QRectF(x - width, row.top(), width + 1, line), text, "text")
            painter.setPen(pen)
            painter.drawLine(
                QPointF(x - width - gap - sample, row.center().y()), QPointF(x - width - gap, row.center().y())
            )
            x -= width + sample + 3 * gap
        self.write(painter, QRectF(0, row.top(), max(0.0, x), line), title, "text")

    def paint(self, painter: QPainter) -> None:
        """The curves."""
        if self.series is None:
            return
        upper, lower = self.frames()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        truth = self.series[self.chosen]
        times = np.arange(1, len(truth) + 1, dtype=np.float64)
        painter.setPen(self._truth_pen())
        painter.drawPath(upper.line(times, truth))
        # From the last true value on: the two curves part where the network is left alone.
        ahead = np.concatenate((truth[self.warm_up - 1 : self.warm_up], self.forecast[self.chosen]))
        painter.setPen(self._forecast_pen())
        painter.drawPath(upper.line(times[self.warm_up - 1 :], _drawable(ahead)))
        horizon = np.arange(1, len(self.error) + 1, dtype=np.float64)
        painter.setPen(self._baseline_pen())
        painter.drawPath(lower.line(horizon, self.baseline))
        painter.setPen(self._forecast_pen())
        painter.drawPath(lower.line(horizon, _drawable(self.error)))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def text_at(self, place: QPointF) -> str:
        """The numbers of the step under the mouse."""
        if self.series is None:
            return ""
        upper, lower = self.frames()
        if upper.area.contains(place):
            step = round(upper.value_at(place)[0])
            text = self.tr("Step {0}: {1}").format(step, number_text(float(self.series[self.chosen, step - 1])))
            if step > self.warm_up:
                value = float(self.forecast[self.chosen, step - self.warm_up - 1])
                text += self.tr(", forecast {0}").format(number_text(value))
            return text
        if lower.area.contains(place):
            ahead = round(lower.value_at(place)[0])
            if ahead <= len(self.error):
                return self.tr("{0} steps ahead: error {1}, of the last value repeated {2}").format(
                    ahead, number_text(float(self.error[ahead - 1])), number_text(float(self.baseline[ahead - 1]))
                )
        return ""


@VIEWS.register
class Forecast(CanvasView):
    """A series that the network goes on with by itself, and how its error grows with the steps ahead."""

    title = str(QT_TRANSLATE_NOOP("LiveView", "Forecast"))
    hint = str(
        QT_TRANSLATE_NOOP(
            "LiveView",
            "After a warm-up the network is left alone: each forecast is what it reads next. Its errors come back in, "
            "so that the forecast leaves the truth the further it goes.",
        )
    )
    order = 25
    probe = staticmethod(_forecast)

    @classmethod
    def applies_to(cls, project: Project) -> bool:
        """Only where series of values are forecast at every step."""
        data = project.dataset
        return (
            data.forecasts
            and not data.symbols
            and data.input_shape.is_sequence
            and data.input_shape.dims[1] == 1
            and can_step(project.network)
        )

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self.plots = ForecastCanvas(theme)
        super().__init__(theme, self.plots, parent)
        self._series = SpinBox()
        self._series.setObjectName("forecast_series")
        self._series.setAccessibleName(self.tr("Series"))
        self._series.setToolTip(self.tr("Which of the validation data's series is shown."))
        self._series.setPrefix(self.tr("Series "))
        self._series.setRange(1, MOST_SERIES)
        self._series.valueChanged.connect(self._on_series_changed)
        self._warm_up = SpinBox()
        self._warm_up.setObjectName("forecast_warm_up")
        self._warm_up.setAccessibleName(self.tr("Warm-up"))
        self._warm_up.setToolTip(self.tr("How many true values the network reads before it is left alone."))
        self._warm_up.setPrefix(self.tr("Warm-up "))
        self._warm_up.setKeyboardTracking(False)
        self._warm_up.valueChanged.connect(self._on_warm_up_changed)
        self.add_control(self._series)
        self.add_control(self._warm_up)

    def begin(self, project: Project, total_steps: int) -> None:
        """Forget the last run; a warm-up is half of a series at first."""
        self.plots.clear()
        steps = project.dataset.input_shape.dims[0]
        with QSignalBlocker(self._warm_up):
            self._warm_up.setRange(min(SHORTEST_WARM_UP, steps), steps)
            self._warm_up.setValue(max(1, steps // 2))
        self.ask(warm_up=self._warm_up.value())
        super().begin(project, total_steps)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the newest forecast."""
        self.plots.show_forecast(snapshot.step, snapshot.arrays)
        with QSignalBlocker(self._series):
            self._series.setMaximum(len(snapshot.arrays["series"]))
        super().show_snapshot(snapshot)

    def table(self) -> list[Sequence[object]]:
        """Truth and forecast of the series that is shown, and the error, for each step ahead."""
        plots = self.plots
        rows: list[Sequence[object]] = [("steps ahead", "truth", "forecast", "error", "last value repeated")]
        if plots.series is not None:
            truth = plots.series[plots.chosen, plots.warm_up :]
            columns = (truth, plots.forecast[plots.chosen], plots.error, plots.baseline)
            rows += [(n + 1, *map(float, values)) for n, values in enumerate(zip(*columns, strict=True))]
        return rows

    @Slot(int)
    def _on_series_changed(self, number: int) -> None:
        self.plots.chosen = number - 1
        self.plots.update()

    @Slot(int)
    def _on_warm_up_changed(self, steps: int) -> None:
        self.ask(warm_up=steps)


def _drawable(values: NDArray[Any]) -> NDArray[np.float64]:
    """Values as they can be drawn: what is no finite number stands far above."""
    return np.clip(np.nan_to_num(values.astype(np.float64), nan=1e9, posinf=1e9, neginf=-1e9), -1e9, 1e9)
