"""What the views of loss and accuracy share: a heading with the newest values, a plot, and values under the mouse."""

from __future__ import annotations

import math
import time

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QEvent, QSettings, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QCursor
from PySide6.QtWidgets import QToolTip, QVBoxLayout, QWidget

from nnviz.core.curve import Curve
from nnviz.core.earlier_runs import EarlierRun
from nnviz.core.run_curves import RunCurves
from nnviz.core.run_events import EventKind, RunEvent, run_events
from nnviz.core.smoothing import smoothed
from nnviz.core.training.make_trainer import learns_by_contrast
from nnviz.core.training.spec import TrainingSpec
from nnviz.gui.document import Project
from nnviz.gui.elided_label import ElidedLabel
from nnviz.gui.style.theme import Theme
from nnviz.gui.views.axis_range import StepRange
from nnviz.gui.views.base import LiveView
from nnviz.gui.views.canvas_view import ControlRow
from nnviz.gui.views.curve_options import CurveOptions
from nnviz.gui.views.curve_plot import (
    MOST_LINE_POINTS,
    CurvePlot,
    Line,
    thinned,
    training_colour,
    validation_colour,
)
from nnviz.gui.views.event_marks import Mark

FADED_ALPHA = 110
"""Opacity of the curves of earlier runs, out of 255."""

VALUES_EVERY_MS = 300
"""Milliseconds between two values in the heading: those that change faster cannot be read, and painting them took a
quarter of the time of a whole view."""

URGENCY = (EventKind.STOPPED_EARLY, EventKind.BEST, EventKind.RATE_CHANGED, EventKind.RATE_HIGHEST)
"""Whose word is written first where there is little room."""


class CurveView(LiveView):
    """Training and validation of one quantity over steps.

    Attributes:
        curves: What is drawn.
        y_label: What the upright axis shows, in English.
        y_unit: Its unit, or empty.
        scale: What values are multiplied by.
        options: Smoothing, earlier runs and events, in a menu.

    Signals:
        earlier_wanted_changed: Somebody wants to see earlier runs, or no more.
    """

    earlier_wanted_changed = Signal()

    y_label = ""
    y_unit = ""
    scale = 1.0

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.curves = RunCurves()
        self._steps = StepRange(1)
        self._pointed = self._marked = math.nan
        self._values_wait = QTimer(self, singleShot=True, interval=VALUES_EVERY_MS)
        self._values_wait.timeout.connect(self._on_values_due)
        self._values_are_old = self._learning = False
        self._training: TrainingSpec | None = None
        self._events_of: tuple[object, ...] = ()
        self._earlier: tuple[EarlierRun, ...] = ()
        self._earlier_lines: list[tuple[EarlierRun, str]] = []
        self.plot = CurvePlot(theme, _translated(self.y_label), self.y_unit, self.tr("Step (batches trained)"), self)
        self.plot.setAccessibleName(self.heading())
        self.plot.hovered.connect(self._on_hovered)
        self.plot.other_pointed.connect(self._on_other_pointed)
        self._training_value = ElidedLabel()
        self._validation_value = ElidedLabel()
        self._training_value.setObjectName(f"{self.name}_training_value")
        self._validation_value.setObjectName(f"{self.name}_validation_value")
        self.bar = self._row = ControlRow(self.heading())
        self._row.title.setToolTip(_translated(self.hint))
        self.head = self._row.row
        self.head.setContentsMargins(0, 0, 0, 0)
        self._row.add_value(self._training_value)
        self._row.add_value(self._validation_value)
        self.options = CurveOptions(self.name, self.heading(), theme)
        self.options.smoothing_changed.connect(self._on_smoothing_changed)
        self.options.events_toggled.connect(self._on_events_toggled)
        self.options.earlier_toggled.connect(self._on_earlier_toggled)
        self.head.addWidget(self.options)
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self.bar)
        self._layout.addWidget(self.plot, 1)
        self.set_theme(theme)

    def add_control(self, control: QWidget) -> None:
        """Put something before the options, to be seen where there is room for it."""
        self._row.add(control, before=self.options)

    def training(self, curves: RunCurves) -> Curve:
        """The training curve that is drawn."""
        raise NotImplementedError

    def validation(self, curves: RunCurves) -> NDArray[np.float32]:
        """The validation values that are drawn."""
        raise NotImplementedError

    def follow_values(self, training: Curve, validation: NDArray[np.float32]) -> None:
        """Set the upright axis, if these values need another one."""
        raise NotImplementedError

    def value_text(self, value: float) -> str:
        """A value in words, unscaled."""
        raise NotImplementedError

    def best_text(self, value: float) -> str:
        """What is said where the loss on validation data is lowest.

        Args:
            value: That loss.
        """
        raise NotImplementedError

    def remember_in(self, settings: QSettings) -> None:
        """Take the options of the last time, and keep them there from now on."""
        self.options.remember_in(settings)

    @property
    def painted(self) -> QWidget:
        """What stands in the plot's frame."""
        return self.plot.viewport()

    def paint_now(self) -> None:
        """Paint the plot once, and what else has changed in the window.

        A scene tells of its changes later and has itself painted then: to paint it before is to paint it twice.
        """
        QCoreApplication.sendPostedEvents(self.plot.scene(), QEvent.Type.MetaCall)
        QCoreApplication.sendPostedEvents(self.window(), QEvent.Type.UpdateRequest)

    def begin(self, project: Project, total_steps: int) -> None:
        """Clear the plot, and show as many steps as a young run needs."""
        # The losses of an RBM's phases cannot be compared with each other.
        by_contrast = learns_by_contrast(project.network, project.training)
        self._training = None if by_contrast else project.training
        self._events_of = ()
        self._steps = StepRange(total_steps)
        self.plot.set_x_range(self._steps.end)
        self.show_curves(RunCurves())
        self._values_wait.stop()
        self.mark_step(0)

    def show_curves(self, curves: RunCurves) -> None:
        """Draw the curves, and the newest values in the heading."""
        self.curves = curves
        training, validation = self.training(curves), self.validation(curves)
        last = max(training.last_step, int(curves.validation.validation_steps[-1]) if len(validation) else 0)
        if self._steps.follow(last):
            self.plot.set_x_range(self._steps.end)
            self._draw_earlier()
        self.follow_values(training, validation)
        self.plot.draw(training, curves.validation.validation_steps, validation, self.scale)
        self._draw_events(validation)
        if self._learning and self._values_wait.isActive() and not math.isfinite(self._pointed):
            self._values_are_old = True
        else:
            self._show_values()
            self._values_wait.start()

    def set_learning(self, learning: bool) -> None:
        """Say whether a network learns, and values come faster than they can be read."""
        self._learning = learning
        if not learning:
            self._on_values_due()

    def show_earlier(self, runs: tuple[EarlierRun, ...]) -> None:
        """Draw the curves of these runs faded, behind those of the run; nobody's if they are not wanted."""
        self._earlier = runs
        self.options.show_runs([_run_text(run) for run in runs])
        self._draw_earlier()

    def mark_step(self, step: int) -> None:
        """Draw a line at an earlier step, and show the values of then; 0 takes it away."""
        self._marked = float(step) if step else math.nan
        self.plot.mark(self._marked)
        self._show_values()

    def set_theme(self, theme: Theme) -> None:
        """Take on another look."""
        super().set_theme(theme)
        self.plot.set_theme(theme)
        self.options.set_theme(theme)
        self._draw_earlier()
        space = theme.space
        self._layout.setContentsMargins(2 * space, space, 2 * space, space)
        self._layout.setSpacing(space // 2)
        self.head.setContentsMargins(2 * space, 0, 0, 0)
        self.head.setSpacing(2 * space)
        for label, colour in (
            (self._training_value, training_colour(theme)),
            (self._validation_value, validation_colour(theme)),
        ):
            label.setStyleSheet(f"color: {colour.name()};")
            label.setTextFormat(Qt.TextFormat.PlainText)

    def _draw_earlier(self) -> None:
        lines: list[Line] = []
        self._earlier_lines = []
        training, validation = (QColor(colour(self.theme)) for colour in (training_colour, validation_colour))
        training.setAlpha(FADED_ALPHA)
        validation.setAlpha(FADED_ALPHA)
        for run in self._earlier if self.options.shows_earlier else ():
            steps, means, _, _ = self.training(run.curves).bins(MOST_LINE_POINTS // 2)
            values = smoothed(steps, means, self.options.weight, self._steps.end)
            lines.append(Line(steps, values * self.scale, training))
            self._earlier_lines.append((run, self.tr("training")))
            measured = self.validation(run.curves).astype(np.float64)
            at, values = thinned(run.curves.validation.validation_steps, measured * self.scale)
            lines.append(Line(at, values, validation))
            self._earlier_lines.append((run, self.tr("validation")))
        self.plot.draw_others(lines)

    def _draw_events(self, validation: NDArray[np.float32]) -> None:
        # They come seldom, and are looked for only when there may be another one.
        rates = self.curves.rates
        key = (id(self.curves), len(validation), len(rates.leaps), rates.highest, self.options.shows_events)
        if key == self._events_of:
            return
        self._events_of = key
        events: tuple[RunEvent, ...] = ()
        if self._training is not None and self.options.shows_events:
            events = run_events(self.curves, self._training)
        self.plot.draw_marks([Mark(event.step, self._event_text(event), URGENCY.index(event.kind)) for event in events])
        best = next((event.step for event in events if event.kind is EventKind.BEST), 0)
        place = np.flatnonzero(self.curves.validation.validation_steps == best)
        self.plot.draw_best(best, float(validation[place[0]]) * self.scale if best and len(place) else math.nan)

    def _event_text(self, event: RunEvent) -> str:
        if event.kind is EventKind.RATE_CHANGED:
            return self.tr("rate {0}").format(f"{event.value:.3g}")
        if event.kind is EventKind.RATE_HIGHEST:
            return self.tr("rate highest")
        if event.kind is EventKind.STOPPED_EARLY:
            return self.tr("stopped early")
        return self.best_text(event.value)

    @Slot()
    def _on_smoothing_changed(self) -> None:
        self.plot.set_smoothing(self.options.weight)
        self._draw_earlier()
        self.show_curves(self.curves)

    @Slot()
    def _on_events_toggled(self) -> None:
        self.show_curves(self.curves)

    @Slot()
    def _on_earlier_toggled(self) -> None:
        self._draw_earlier()
        self.earlier_wanted_changed.emit()

    @Slot(int)
    def _on_other_pointed(self, number: int) -> None:
        if 0 <= number < len(self._earlier_lines):
            run, which = self._earlier_lines[number]
            QToolTip.showText(QCursor.pos(), f"{_run_text(run)}: {which}", self.plot)
        else:
            QToolTip.hideText()

    @Slot(float)
    def _on_hovered(self, step: float) -> None:
        self._pointed = step
        self.plot.point_at(step)
        self._show_values()

    @Slot()
    def _on_values_due(self) -> None:
        if self._values_are_old:
            self._show_values()

    def _show_values(self) -> None:
        self._values_are_old = False
        training, validation = self.training(self.curves), self.validation(self.curves)
        steps = self.curves.validation.validation_steps
        at = self._pointed if math.isfinite(self._pointed) else self._marked
        if math.isfinite(at):
            first, last, value = training.at(at)
            place = f"{first:,}" if first == last else f"{first:,} to {last:,}"
            before = np.flatnonzero(steps <= max(at, last))
            measured = float(validation[before[-1]]) if len(before) else math.nan
            training_text = self.tr("Training, step {0}: {1}").format(place, self.value_text(value))
        else:
            value, measured = training.newest, float(validation[-1]) if len(validation) else math.nan
            training_text = self.tr("Training {0}").format(self.value_text(value))
        # Line and dot as in the plot, for eyes that do not tell the colours.
        self._training_value.setText(f"━ {training_text}" if math.isfinite(value) else "")
        validation_text = self.tr("Validation {0}").format(self.value_text(measured))
        self._validation_value.setText(f"● {validation_text}" if math.isfinite(measured) else "")


def _run_text(run: EarlierRun) -> str:
    """A run's name, when it began, and what most often tells it apart."""
    parts = [run.name]
    if run.began:
        parts.append(time.strftime("%d %b %H:%M", time.localtime(run.began)))
    if run.learning_rate is not None:
        parts.append(QCoreApplication.translate("LiveView", "learning rate {0}").format(f"{run.learning_rate:g}"))
    return ", ".join(parts)


def _translated(text: str) -> str:
    # The context in which views mark what stands in their class.
    return QCoreApplication.translate("LiveView", text)
