"""Live view: the loss."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QT_TRANSLATE_NOOP, Slot
from PySide6.QtWidgets import QCheckBox, QWidget

from nnviz.core.curve import Curve
from nnviz.core.run_curves import RunCurves
from nnviz.gui.document import Project
from nnviz.gui.style.theme import Theme
from nnviz.gui.views.axis_range import LossRange
from nnviz.gui.views.base import VIEWS
from nnviz.gui.views.curve_plot import LEAST_LOGARITHMIC
from nnviz.gui.views.curve_view import CurveView


@VIEWS.register
class Loss(CurveView):
    """Loss of training batches and of the validation data, step by step."""

    title = str(QT_TRANSLATE_NOOP("LiveView", "Loss"))
    hint = str(
        QT_TRANSLATE_NOOP(
            "LiveView",
            "How wrong the network is: training makes it small. If validation rises while training falls, it overfits.",
        )
    )
    y_label = str(QT_TRANSLATE_NOOP("LiveView", "Loss"))
    order = 10

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self._range = LossRange(LEAST_LOGARITHMIC)
        self._log = QCheckBox()
        super().__init__(theme, parent)
        self._log.setText(self.tr("Log scale"))
        self._log.setObjectName("loss_log_scale")
        self._log.setToolTip(self.tr("Equal ratios at equal distances: shows what happens when the loss is small."))
        self._log.toggled.connect(self._on_log_toggled)
        self.add_control(self._log)

    def training(self, curves: RunCurves) -> Curve:
        """Loss of the batches."""
        return curves.loss

    def validation(self, curves: RunCurves) -> NDArray[np.float32]:
        """Loss on the validation data."""
        return curves.validation.validation_loss

    def begin(self, project: Project, total_steps: int) -> None:
        """Clear the plot and its range."""
        self._range = LossRange(LEAST_LOGARITHMIC)
        self._apply_range()
        super().begin(project, total_steps)

    def follow_values(self, training: Curve, validation: NDArray[np.float32]) -> None:
        """Make room for the largest mean, or for all decades."""
        if self._range.follow(np.append(validation, (training.largest, training.least))):
            self._apply_range()

    def value_text(self, value: float) -> str:
        """Four digits that count."""
        return f"{value:.4g}"

    def best_text(self, value: float) -> str:
        """The lowest loss."""
        return self.tr("best {0}").format(self.value_text(value))

    @Slot(bool)
    def _on_log_toggled(self, on: bool) -> None:
        self.plot.set_log(on)
        self._apply_range()
        self._draw_earlier()
        self.show_curves(self.curves)

    def _apply_range(self) -> None:
        self.plot.set_y_range(*self._range.bounds(log=self._log.isChecked()))
