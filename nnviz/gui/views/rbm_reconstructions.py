"""Live view: samples beside what an RBM makes of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtWidgets import QWidget

from nnviz.core.probes import ProbeContext
from nnviz.core.rbm.seen import SAMPLES, reconstructions
from nnviz.core.snapshot import Snapshot
from nnviz.gui.document import Project
from nnviz.gui.style.theme import Theme
from nnviz.gui.views.base import VIEWS
from nnviz.gui.views.canvas_view import CanvasView
from nnviz.gui.views.rbm_pictures import PicturesCanvas, as_pictures, picture_shape, trains_rbms

IN_A_ROW = 8


def _reconstructions(context: ProbeContext) -> dict[str, NDArray[Any]]:
    return reconstructions(context)


@VIEWS.register
class RbmReconstructions(CanvasView):
    """The same samples all the time, and below each what the hidden units remember of it."""

    title = str(QT_TRANSLATE_NOOP("LiveView", "Reconstructions"))
    hint = str(
        QT_TRANSLATE_NOOP(
            "LiveView",
            "Above each sample as the machine sees it, below its reconstruction: to the hidden units and back, with "
            "probabilities in place of drawn states. Of a stack, the machine that learns now.",
        )
    )
    order = 42
    probe = staticmethod(_reconstructions)

    @classmethod
    def applies_to(cls, project: Project) -> bool:
        """Only where RBMs learn."""
        return trains_rbms(project)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self.pictures = PicturesCanvas(theme)
        self.pictures.columns = IN_A_ROW
        super().__init__(theme, self.pictures, parent)
        self._project: Project | None = None

    def begin(self, project: Project, total_steps: int) -> None:
        """Forget the last run."""
        self._project = project
        self.pictures.clear()
        super().begin(project, total_steps)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the newest reconstructions."""
        if not snapshot.arrays:
            return
        data, made = snapshot.arrays["data"], snapshot.arrays["reconstruction"]
        low, high = min(0.0, float(data.min())), max(1.0, float(data.max()))
        height, width = picture_shape(data.shape[1], self._project)
        rows = []
        for first in range(0, min(SAMPLES, len(data)), IN_A_ROW):
            for values in (data, made):
                rows.append(as_pictures((values[first : first + IN_A_ROW] - low) / (high - low), height, width))
        error = float(np.mean((data - made) ** 2))
        text = self.tr("{0}: data above, reconstruction below; mean squared error {1}")
        self.pictures.show_pictures(np.concatenate(rows), text.format(snapshot.arrays["rbm"], f"{error:.4f}"))
        super().show_snapshot(snapshot)

    def table(self) -> list[Sequence[object]]:
        """Error and free energy of each sample."""
        rows: list[Sequence[object]] = [("sample", "mean squared error", "free energy")]
        if self.snapshot is not None and self.snapshot.arrays:
            arrays = self.snapshot.arrays
            errors = np.mean((arrays["data"] - arrays["reconstruction"]) ** 2, 1)
            rows += [
                (i + 1, float(e), float(f)) for i, (e, f) in enumerate(zip(errors, arrays["free_energy"], strict=True))
            ]
        return rows
