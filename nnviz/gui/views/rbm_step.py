"""Live view: the last step of contrastive divergence in numbers, line by line of the chapter's pseudo-code."""

from __future__ import annotations

from typing import Any

from numpy.typing import NDArray
from PySide6.QtCore import QT_TRANSLATE_NOOP, QSignalBlocker, Slot
from PySide6.QtWidgets import QWidget

from nnviz.core.probes import ProbeContext
from nnviz.core.rbm.numbered_step import UNITS, numbered_step
from nnviz.core.snapshot import Snapshot
from nnviz.gui.document import Project
from nnviz.gui.spin_box import SpinBox
from nnviz.gui.style.theme import Theme
from nnviz.gui.views.base import VIEWS
from nnviz.gui.views.canvas_view import CanvasView
from nnviz.gui.views.rbm_pictures import trains_rbms
from nnviz.gui.views.rbm_step_canvas import StepCanvas

MOST = 65_536


def _step(context: ProbeContext, sample: int = 0, first_hidden: int = 0) -> dict[str, NDArray[Any]]:
    return numbered_step(context, sample, first_hidden)


@VIEWS.register
class RbmStep(CanvasView):
    """Positive and negative phase of one sample, what the batch does to nine weights, and what all of it means."""

    title = str(QT_TRANSLATE_NOOP("LiveView", "One step in numbers"))
    hint = str(
        QT_TRANSLATE_NOOP(
            "LiveView",
            "The last step of contrastive divergence, line by line, for three visible and three hidden units. Pause, "
            "and go batch by batch.",
        )
    )
    order = 49
    probe = staticmethod(_step)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self.numbers = StepCanvas(theme)
        super().__init__(theme, self.numbers, parent)
        self._sample = SpinBox()
        self._sample.setObjectName("rbm_step_sample")
        self._sample.setAccessibleName(self.tr("Sample of the batch"))
        self._sample.setPrefix(self.tr("Sample "))
        self._sample.setToolTip(self.tr("Which sample of the last batch is followed."))
        self._sample.setRange(1, MOST)
        self._hidden = SpinBox()
        self._hidden.setObjectName("rbm_step_hidden")
        self._hidden.setAccessibleName(self.tr("First hidden unit"))
        self._hidden.setPrefix(self.tr("Hidden units from "))
        self._hidden.setToolTip(self.tr("Which hidden units are shown; visible ones are those that vary most."))
        self._hidden.setRange(1, MOST)
        for box in (self._sample, self._hidden):
            box.setKeyboardTracking(False)
            box.valueChanged.connect(self._on_chosen)
            self.add_control(box)

    @classmethod
    def applies_to(cls, project: Project) -> bool:
        """Only where RBMs learn."""
        return trains_rbms(project)

    def begin(self, project: Project, total_steps: int) -> None:
        """Forget the last run."""
        self.numbers.clear()
        super().begin(project, total_steps)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the newest step."""
        if not snapshot.arrays:
            return
        self.numbers.show_numbers(snapshot.arrays, snapshot.step)
        if "setting" in snapshot.arrays:
            setting = snapshot.arrays["setting"]
            for box, most in ((self._sample, int(setting[1])), (self._hidden, max(1, int(setting[5]) - UNITS + 1))):
                with QSignalBlocker(box):
                    box.setMaximum(most)
        super().show_snapshot(snapshot)

    @Slot()
    def _on_chosen(self) -> None:
        self.ask(sample=self._sample.value() - 1, first_hidden=self._hidden.value() - 1)
