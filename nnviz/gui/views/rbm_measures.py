"""Live view: what can be measured of an RBM while it learns, and how sure one may be that it does not overfit."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QT_TRANSLATE_NOOP, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from nnviz.core.probes import ProbeContext
from nnviz.core.rbm.seen import measures
from nnviz.core.snapshot import Snapshot
from nnviz.gui.document import Project
from nnviz.gui.style.colours import negative, positive
from nnviz.gui.style.theme import Theme
from nnviz.gui.views.base import VIEWS
from nnviz.gui.views.canvas import Canvas
from nnviz.gui.views.canvas_view import CanvasView
from nnviz.gui.views.rbm_pictures import trains_rbms

MOST_POINTS = 400
"""Looks that are kept; when there are more, every second one is forgotten."""

NAMES = ("error", "pseudo", "train", "validation")


def _measures(context: ProbeContext) -> dict[str, NDArray[Any]]:
    return measures(context)


class MeasuresCanvas(Canvas):
    """Three curves one below the other, each with its newest value and the ends of its scale."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.clear()

    def clear(self) -> None:
        """Forget everything: another run begins."""
        self.points: list[tuple[float, ...]] = []
        self.rbm = ""
        # An earlier row that is shown instead of the newest one.
        self._earlier: tuple[float, ...] | None = None

    def add(self, step: int, values: dict[str, float], rbm: str) -> None:
        """Add what was measured behind a step; another machine begins with an empty page.

        An earlier step is marked, and its values are shown.
        """
        row = (float(step), *(values[name] for name in NAMES))
        self._earlier = row if self.points and step < self.points[-1][0] else None
        self.update()
        if self._earlier is not None:
            return
        if rbm != self.rbm:
            self.points, self.rbm = [], rbm
        if self.points and self.points[-1][0] == step:
            return
        self.points.append(row)
        if len(self.points) > MOST_POINTS:
            self.points = self.points[::2]

    def headings(self) -> tuple[str, str, str]:
        """What stands above each curve."""
        _, error, pseudo, train, validation = self._earlier or self.points[-1]
        likelihood = (
            self.tr("Gaussian units have none") if math.isnan(pseudo) else self.tr("{0} nats").format(f"{pseudo:.1f}")
        )
        gap = self.tr("training {0}, validation {1}: gap {2}")
        return (
            self.tr("{0}: reconstruction error {1}").format(self.rbm, f"{error:.4f}"),
            self.tr("Pseudo-log-likelihood: {0}").format(likelihood),
            self.tr("Free energy: {0}").format(
                gap.format(f"{train:.1f}", f"{validation:.1f}", f"{validation - train:.2f}")
            ),
        )

    def paint(self, painter: QPainter) -> None:
        """Paint the three curves."""
        if not self.points:
            return
        line = self.theme.caption_px * 1.6
        height = self.height() / 3
        points = np.array(self.points)
        curves = (((1, "text"),), ((2, "text"),), ((3, positive(self.theme)), (4, negative(self.theme))))
        for row, (heading, columns) in enumerate(zip(self.headings(), curves, strict=True)):
            self.write(painter, QRectF(0, row * height, self.width(), line), heading, "text")
            area = QRectF(0, row * height + line, self.width() - self.theme.caption_px * 5.5, height - 1.5 * line)
            self._paint_curves(painter, area, points, columns)

    def _paint_curves(self, painter: QPainter, area: QRectF, points: NDArray[Any], columns: Any) -> None:
        values = points[:, [column for column, _ in columns]]
        if not np.isfinite(values).any() or area.height() < 4:
            return
        low, high = float(np.nanmin(values)), float(np.nanmax(values))
        span = max(high - low, 1e-9)
        painter.setPen(QPen(self.theme.colour("border"), 1))
        painter.drawRect(area)
        beside = QRectF(area.right() + 4, area.y(), self.width() - area.right() - 4, self.theme.caption_px * 1.4)
        self.write(painter, beside, f"{high:.4g}")
        self.write(painter, beside.translated(0, area.height() - beside.height()), f"{low:.4g}")
        first, last = points[0, 0], points[-1, 0]
        for column, colour in columns:
            painter.setPen(QPen(self.theme.colour(colour) if isinstance(colour, str) else colour, 2))
            line = QPolygonF()
            for step, value in zip(points[:, 0], points[:, column], strict=True):
                if math.isfinite(value):
                    x = area.x() + (step - first) / max(1.0, last - first) * area.width()
                    line.append(QPointF(x, area.bottom() - (value - low) / span * area.height()))
            if line.count() == 1:
                # A polyline of one point draws nothing.
                line.append(line.at(0) + QPointF(2, 0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(line)
        if self._earlier is not None:
            x = area.x() + max(0.0, self._earlier[0] - first) / max(1.0, last - first) * area.width()
            painter.setPen(QPen(self.theme.colour("text"), 1))
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))


@VIEWS.register
class RbmMeasures(CanvasView):
    """Reconstruction error, pseudo-log-likelihood, and the gap between the free energies of seen and unseen data."""

    title = str(QT_TRANSLATE_NOOP("LiveView", "RBM measures"))
    hint = str(
        QT_TRANSLATE_NOOP(
            "LiveView",
            "No loss is made small here: the reconstruction error only accompanies learning. The free energies of "
            "training data (blue) and validation data (orange) part when the machine learns by heart.",
        )
    )
    order = 45
    probe = staticmethod(_measures)

    @classmethod
    def applies_to(cls, project: Project) -> bool:
        """Only where RBMs learn."""
        return trains_rbms(project)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self.measures = MeasuresCanvas(theme)
        super().__init__(theme, self.measures, parent)

    def begin(self, project: Project, total_steps: int) -> None:
        """Forget the last run."""
        self.measures.clear()
        super().begin(project, total_steps)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Add the newest values."""
        if snapshot.arrays:
            values = {name: float(snapshot.arrays[name]) for name in NAMES}
            self.measures.add(snapshot.step, values, str(snapshot.arrays["rbm"]))
            super().show_snapshot(snapshot)

    def table(self) -> list[Sequence[object]]:
        """All looks that are kept."""
        return [("step", *NAMES), *self.measures.points]
