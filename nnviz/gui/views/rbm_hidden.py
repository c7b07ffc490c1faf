"""Live view: the probabilities of an RBM's hidden units, samples down and units across."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QT_TRANSLATE_NOOP, QPointF, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from nnviz.core.probes import ProbeContext
from nnviz.core.rbm.seen import hidden_probabilities
from nnviz.core.snapshot import Snapshot
from nnviz.gui.document import Project
from nnviz.gui.style.theme import Theme
from nnviz.gui.views.base import VIEWS
from nnviz.gui.views.canvas import Canvas
from nnviz.gui.views.canvas_view import CanvasView
from nnviz.gui.views.pixels import draw_image, share_image
from nnviz.gui.views.rbm_pictures import trains_rbms

NEVER, ALWAYS = 0.01, 0.99
"""Mean probabilities below and above which a unit is called dead or always on."""


def _hidden(context: ProbeContext) -> dict[str, NDArray[Any]]:
    return hidden_probabilities(context)


class HiddenCanvas(Canvas):
    """One picture: a row per sample, a column per hidden unit, the most active ones at the left."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.clear()

    def clear(self) -> None:
        """Forget everything: another run begins."""
        self._values: NDArray[np.float32] = np.empty((0, 0), np.float32)
        self._order: NDArray[np.intp] = np.empty(0, np.intp)
        self._caption = ""

    def show_hidden(self, values: NDArray[np.float32], rbm: str) -> None:
        """Show the newest probabilities, (samples, units)."""
        mean = values.mean(0)
        self._order = np.argsort(-mean, kind="stable")
        self._values = values[:, self._order]
        dead, stuck = int((mean < NEVER).sum()), int((mean > ALWAYS).sum())
        text = self.tr("{0}: {1} units across, ordered by activity; mean {2}; {3} never on, {4} always on")
        self._caption = text.format(rbm, f"{len(mean):,}", f"{mean.mean():.2f}", dead, stuck)
        self.update()

    def area(self) -> QRectF:
        """Where the picture stands."""
        line = self.theme.caption_px * 1.6
        return QRectF(0, line, self.width(), max(1.0, self.height() - 2 * line))

    def paint(self, painter: QPainter) -> None:
        """Paint the picture with a line above and below."""
        line = self.theme.caption_px * 1.6
        self.write(painter, QRectF(0, 0, self.width(), line), self._caption)
        if not self._values.size:
            return
        draw_image(painter, self.area(), share_image(self._values, self.theme))
        below = QRectF(0, self.area().bottom(), self.width(), line)
        self.write(
            painter,
            below,
            self.tr("light: off; dark: on. A row per sample.")
            if not self.theme.is_dark
            else self.tr("dark: off; light: on. A row per sample."),
        )

    def text_at(self, place: QPointF) -> str:
        """The probability under the mouse."""
        area = self.area()
        if not self._values.size or not area.contains(place):
            return ""
        rows, columns = self._values.shape
        row = min(rows - 1, int((place.y() - area.y()) / area.height() * rows))
        column = min(columns - 1, int((place.x() - area.x()) / area.width() * columns))
        text = self.tr("Unit {0}, sample {1}: {2}; on average {3}")
        value, mean = self._values[row, column], self._values[:, column].mean()
        return text.format(int(self._order[column]) + 1, row + 1, f"{value:.3f}", f"{mean:.3f}")


@VIEWS.register
class RbmHidden(CanvasView):
    """Which hidden units answer which samples; units that never or always do stand out as stripes."""

    title = str(QT_TRANSLATE_NOOP("LiveView", "Hidden probabilities"))
    hint = str(
        QT_TRANSLATE_NOOP(
            "LiveView",
            "A column per hidden unit, a row per sample: a column in one colour is a unit that is dead or always on.",
        )
    )
    order = 43
    probe = staticmethod(_hidden)

    @classmethod
    def applies_to(cls, project: Project) -> bool:
        """Only where RBMs learn."""
        return trains_rbms(project)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self.hidden = HiddenCanvas(theme)
        super().__init__(theme, self.hidden, parent)

    def begin(self, project: Project, total_steps: int) -> None:
        """Forget the last run."""
        self.hidden.clear()
        super().begin(project, total_steps)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the newest probabilities."""
        if snapshot.arrays:
            self.hidden.show_hidden(snapshot.arrays["hidden"], str(snapshot.arrays["rbm"]))
            super().show_snapshot(snapshot)

    def table(self) -> list[Sequence[object]]:
        """Mean probability of each unit."""
        rows: list[Sequence[object]] = [("unit", "mean probability")]
        if self.snapshot is not None and self.snapshot.arrays:
            rows += [(i + 1, float(mean)) for i, mean in enumerate(self.snapshot.arrays["hidden"].mean(0))]
        return rows
