"""Live view: the accuracy."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtWidgets import QWidget

from nnviz.core.curve import Curve
from nnviz.core.run_curves import RunCurves
from nnviz.gui.document import Project
from nnviz.gui.style.theme import Theme
from nnviz.gui.views.base import VIEWS
from nnviz.gui.views.curve_view import CurveView


@VIEWS.register
class Accuracy(CurveView):
    """Share of samples classified rightly, of training batches and of the validation data."""

    title = str(QT_TRANSLATE_NOOP("LiveView", "Accuracy"))
    hint = str(
        QT_TRANSLATE_NOOP(
            "LiveView",
            "How many of a hundred samples are classified rightly. Validation samples are never trained on.",
        )
    )
    y_label = str(QT_TRANSLATE_NOOP("LiveView", "Accuracy"))
    y_unit = "%"
    scale = 100.0
    order = 20

    @classmethod
    def applies_to(cls, project: Project) -> bool:
        """Only classes can be right or wrong."""
        return project.dataset.task == "classification" and not project.network.learns_alone

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.plot.set_y_range(0, 100)
        # Accuracy rises: there is more room below.
        self.plot.marks.set_at_top(False)

    def training(self, curves: RunCurves) -> Curve:
        """Accuracy of the batches."""
        return curves.accuracy

    def validation(self, curves: RunCurves) -> NDArray[np.float32]:
        """Accuracy on the validation data."""
        return curves.validation.validation_accuracy

    def begin(self, project: Project, total_steps: int) -> None:
        """Clear the plot; everything from 0 to 100 % is shown."""
        self.plot.set_y_range(0, 100)
        super().begin(project, total_steps)

    def follow_values(self, training: Curve, validation: NDArray[np.float32]) -> None:
        """The axis stays as it is: per cent have their range."""

    def best_text(self, value: float) -> str:
        """Where the loss is lowest the accuracy need not be highest."""
        return self.tr("lowest loss")

    def value_text(self, value: float) -> str:
        """Per cent with two decimals."""
        return f"{100 * value:.2f} %" if math.isfinite(value) else ""
