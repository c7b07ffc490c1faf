"""What the views of loss and accuracy share: a heading with the newest values, a plot, and values under the mouse."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from nnviz.core.curve import Curve
from nnviz.core.run_curves import RunCurves
from nnviz.gui.document import Project
from nnviz.gui.elided_label import ElidedLabel
from nnviz.gui.style.theme import Theme
from nnviz.gui.views.axis_range import StepRange
from nnviz.gui.views.base import LiveView
from nnviz.gui.views.curve_plot import CurvePlot, training_colour, validation_colour


class CurveView(LiveView):
    """Training and validation of one quantity over steps.

    Attributes:
        curves: What is drawn.
        y_label: What the upright axis shows, in English.
        y_unit: Its unit, or empty.
        scale: What values are multiplied by.
    """

    y_label = ""
    y_unit = ""
    scale = 1.0

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.curves = RunCurves()
        self._steps = StepRange(1)
        self._pointed = math.nan
        self.plot = CurvePlot(theme, _translated(self.y_label), self.y_unit, self.tr("Step (batches trained)"), self)
        self.plot.setAccessibleName(self.heading())
        self.plot.hovered.connect(self._on_hovered)
        self._heading = QLabel(self.heading())
        self._heading.setProperty("kind", "heading")
        self._heading.setToolTip(_translated(self.hint))
        self._training_value = ElidedLabel()
        self._validation_value = ElidedLabel()
        self._training_value.setObjectName(f"{self.name}_training_value")
        self._validation_value.setObjectName(f"{self.name}_validation_value")
        self.bar = QWidget()
        self.head = QHBoxLayout(self.bar)
        self.head.setContentsMargins(0, 0, 0, 0)
        self.bar.setMinimumWidth(1)
        self.head.addWidget(self._heading)
        self.head.addWidget(self._training_value)
        self.head.addWidget(self._validation_value)
        self.head.addStretch()
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self.bar)
        self._layout.addWidget(self.plot, 1)
        self.set_theme(theme)

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

    def begin(self, project: Project, total_steps: int) -> None:
        """Clear the plot, and show as many steps as a young run needs."""
        self._steps = StepRange(total_steps)
        self.plot.set_x_range(self._steps.end)
        self.show_curves(RunCurves())

    def show_curves(self, curves: RunCurves) -> None:
        """Draw the curves, and the newest values in the heading."""
        self.curves = curves
        training, validation = self.training(curves), self.validation(curves)
        last = max(training.last_step, int(curves.validation.validation_steps[-1]) if len(validation) else 0)
        if self._steps.follow(last):
            self.plot.set_x_range(self._steps.end)
        self.follow_values(training, validation)
        self.plot.draw(training, curves.validation.validation_steps, validation, self.scale)
        self.paint_s = self.plot.paint_s
        self._show_values()

    def set_theme(self, theme: Theme) -> None:
        """Take on another look."""
        super().set_theme(theme)
        self.plot.set_theme(theme)
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

    @Slot(float)
    def _on_hovered(self, step: float) -> None:
        self._pointed = step
        self.plot.point_at(step)
        self._show_values()

    def _show_values(self) -> None:
        training, validation = self.training(self.curves), self.validation(self.curves)
        steps = self.curves.validation.validation_steps
        if math.isfinite(self._pointed):
            first, last, value = training.at(self._pointed)
            place = f"{first:,}" if first == last else f"{first:,} to {last:,}"
            before = np.flatnonzero(steps <= max(self._pointed, last))
            measured = float(validation[before[-1]]) if len(before) else math.nan
            training_text = self.tr("Training, step {0}: {1}").format(place, self.value_text(value))
        else:
            value, measured = training.newest, float(validation[-1]) if len(validation) else math.nan
            training_text = self.tr("Training {0}").format(self.value_text(value))
        # Line and dot as in the plot, for eyes that do not tell the colours.
        self._training_value.setText(f"━ {training_text}" if math.isfinite(value) else "")
        validation_text = self.tr("Validation {0}").format(self.value_text(measured))
        self._validation_value.setText(f"● {validation_text}" if math.isfinite(measured) else "")


def _translated(text: str) -> str:
    # The context in which views mark what stands in their class.
    return QCoreApplication.translate("LiveView", text)
