"""The curves of chosen runs over one another."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from nnviz.core.curve import Curve
from nnviz.core.run_curves import RunCurves
from nnviz.core.smoothing import smoothed
from nnviz.gui.runs.comparison import ChosenRun
from nnviz.gui.style.theme import Theme
from nnviz.gui.views.axis_range import LossRange
from nnviz.gui.views.curve_plot import MOST_LINE_POINTS, CurvePlot, Line
from nnviz.gui.views.smoothing_control import SmoothingControl


class CurvesPanel(QWidget):
    """Loss or accuracy of several runs in one plot: training as a line, validation as a dashed one.

    Signals:
        values_shown(dict): What the runs' curves show at the mouse, or at their ends: texts by what they are, one per
            run.
    """

    values_shown = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runs: tuple[ChosenRun, ...] = ()
        self._curves: Mapping[str, RunCurves] = {}
        self._pointed = math.nan
        self._range = LossRange()
        self._theme = theme
        self._what = QComboBox()
        self._what.setObjectName("runs_quantity")
        self._what.setAccessibleName(self.tr("What is drawn"))
        self._what.addItem(self.tr("Loss"), "loss")
        self._what.addItem(self.tr("Accuracy"), "accuracy")
        self._training = self._check("runs_training", self.tr("━ Training"), self.tr("Single batches, as a line."))
        self._validation = self._check(
            "runs_validation", self.tr("╍ Validation"), self.tr("Data that is never trained on, as a dashed line.")
        )
        self._log = self._check("runs_log_scale", self.tr("Log scale"), self.tr("Equal ratios at equal distances."))
        self._log.setChecked(False)
        self._smooth = SmoothingControl("runs_smoothing", 0.6)
        self.plot = CurvePlot(theme, self.tr("Loss"), "", self.tr("Step (batches trained)"), self)
        self.plot.setObjectName("runs_plot")
        self.plot.setAccessibleName(self.tr("Curves of the chosen runs"))
        self.plot.hovered.connect(self._on_hovered)
        self._head = QHBoxLayout()
        self._head.addWidget(self._what)
        for box in (self._training, self._validation, self._log):
            self._head.addWidget(box)
        self._head.addStretch(1)
        self._head.addWidget(self._smooth)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._head)
        self._column.addWidget(self.plot, 1)
        self._what.currentIndexChanged.connect(self._on_quantity)
        for box in (self._training, self._validation):
            box.toggled.connect(self._draw)
        self._log.toggled.connect(self._on_log)
        self._smooth.changed.connect(self._draw)
        self.set_theme(theme)
        self._on_quantity()

    def show_runs(self, runs: Sequence[ChosenRun], curves: Mapping[str, RunCurves]) -> None:
        """Draw these runs.

        Args:
            runs: The runs.
            curves: Their curves, by id.
        """
        self._runs, self._curves = tuple(run for run in runs if run.id in curves), curves
        self._range = LossRange()
        self._draw()

    def set_theme(self, theme: Theme) -> None:
        """Take on another look."""
        self._theme = theme
        self.plot.set_theme(theme)
        self._column.setContentsMargins(2 * theme.space, round(1.5 * theme.space), theme.space, theme.space)
        self._column.setSpacing(theme.space // 2)
        self._head.setSpacing(round(1.5 * theme.space))
        self._smooth.set_theme(theme)

    def _check(self, name: str, text: str, tip: str) -> QCheckBox:
        box = QCheckBox(text)
        box.setObjectName(name)
        box.setToolTip(tip)
        box.setChecked(True)
        return box

    @property
    def _is_accuracy(self) -> bool:
        return self._what.currentData() == "accuracy"

    def _training_of(self, run: ChosenRun) -> Curve:
        curves = self._curves[run.id]
        return curves.accuracy if self._is_accuracy else curves.loss

    def _validation_of(self, run: ChosenRun) -> tuple[np.ndarray, np.ndarray]:
        validation = self._curves[run.id].validation
        values = validation.validation_accuracy if self._is_accuracy else validation.validation_loss
        return validation.validation_steps, values.astype(np.float64)

    @Slot()
    def _draw(self) -> None:
        scale = 100.0 if self._is_accuracy else 1.0
        last = [self._training_of(run).last_step for run in self._runs]
        last += [int(steps[-1]) for steps, _ in map(self._validation_of, self._runs) if len(steps)]
        end = max([*last, 1])
        lines: list[Line] = []
        for run in self._runs:
            if self._training.isChecked():
                steps, means, _, _ = self._training_of(run).bins(MOST_LINE_POINTS)
                values = smoothed(steps, means, self._smooth.weight, end)
                lines.append(Line(steps, values * scale, run.colour, width=2))
            if self._validation.isChecked():
                steps, values = self._validation_of(run)
                lines.append(Line(steps, values * scale, run.colour, dashed=True, width=2))
        self.plot.set_x_range(end)
        if self._is_accuracy:
            self.plot.set_y_range(0, 100)
        else:
            self._range.follow(np.concatenate([line.values for line in lines]) if lines else np.empty(0))
            self.plot.set_y_range(*self._range.bounds(log=self._log.isChecked()))
        self.plot.draw_others(lines)
        self._tell_values()

    @Slot()
    def _on_quantity(self) -> None:
        accuracy = self._is_accuracy
        self._log.setEnabled(not accuracy)
        self.plot.set_y_label(self.tr("Accuracy") if accuracy else self.tr("Loss"), "%" if accuracy else "")
        self.plot.set_log(self._log.isChecked() and not accuracy)
        self._draw()

    @Slot()
    def _on_log(self) -> None:
        self.plot.set_log(self._log.isChecked() and not self._is_accuracy)
        self._draw()

    @Slot(float)
    def _on_hovered(self, step: float) -> None:
        self._pointed = step
        self.plot.point_at(step)
        self._tell_values()

    def _tell_values(self) -> None:
        pointed = math.isfinite(self._pointed)
        training, validation = [], []
        for run in self._runs:
            curve = self._training_of(run)
            first = curve.at(self._pointed)[2] if pointed and self._pointed <= curve.last_step else math.nan
            training.append(self._text(first if pointed else curve.newest))
            steps, values = self._validation_of(run)
            before = np.flatnonzero((steps <= self._pointed) if pointed else (steps >= 0))
            validation.append(self._text(float(values[before[-1]]) if len(before) else math.nan))
        if not self._runs:
            self.values_shown.emit({})
            return
        place = self.tr("step {0}").format(f"{round(self._pointed):,}") if pointed else self.tr("at the end")
        texts = {self.tr("Training, {0}").format(place): training, self.tr("Validation, {0}").format(place): validation}
        self.values_shown.emit(texts)

    def _text(self, value: float) -> str:
        if not math.isfinite(value):
            return "-"
        return f"{100 * value:.2f} %" if self._is_accuracy else f"{value:.4g}"
