"""Live view: how long the gradient was before it was clipped, and what clipping left of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QT_TRANSLATE_NOOP, QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from nnviz.core.measures.trail import Trail
from nnviz.core.probes import ProbeContext
from nnviz.core.snapshot import Snapshot
from nnviz.core.training.make_trainer import learns_by_contrast
from nnviz.core.training.regularisers.clip_by_norm import ClipByNorm
from nnviz.gui.document import Project
from nnviz.gui.style.colours import mixed, negative, positive
from nnviz.gui.style.theme import Theme
from nnviz.gui.views.axes import Frame, decade_text, decade_ticks, draw_across, draw_upright, number_text
from nnviz.gui.views.axis_range import DecadeRange, StepRange
from nnviz.gui.views.base import VIEWS
from nnviz.gui.views.canvas import Canvas
from nnviz.gui.views.canvas_view import CanvasView


def _clipping(context: ProbeContext) -> dict[str, NDArray[Any]]:
    """Norm of the last batch's gradient before it was clipped, and the limit."""
    norm, limit = context.clipping or (np.nan, np.nan)
    return {"norm": np.array(norm, np.float64), "limit": np.array(limit, np.float64)}


class ClippingCanvas(Canvas):
    """The gradient's norm over the steps on a log scale: what stands above the limit was taken away.

    Attributes:
        norm: Norm of the newest gradient that was looked at, before it was clipped; NaN if there is none.
        limit: Largest norm that clipping leaves.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.clear(1)

    def clear(self, total_steps: int) -> None:
        """Forget everything: another run begins."""
        self.norm = self.limit = np.nan
        self._step = 0
        self._trail = Trail()
        self._steps = StepRange(total_steps)
        self._decades = DecadeRange(-2, 1)

    def show_norm(self, step: int, norm: float, limit: float) -> None:
        """Show the newest norm, and keep it."""
        self.norm, self.limit, self._step = norm, limit, step
        values = np.array([norm, limit])
        if np.isfinite(norm):
            self._trail.append(step, values[:1])
        self._steps.follow(step)
        self._decades.follow(values)
        self.update()

    def summary(self) -> str:
        """What clipping does to the newest gradient, and how often it does anything, in words."""
        if not np.isfinite(self.norm):
            return self.tr("No gradient yet: no batch was trained.")
        norms = self._trail.rows()[:, 0]
        often = self.tr("{0} % of those looked at were clipped.").format(f"{100 * (norms > self.limit).mean():.0f}")
        norm, limit = number_text(float(f"{self.norm:.3g}")), number_text(self.limit)
        if self.norm > self.limit:
            share = number_text(float(f"{self.limit / self.norm:.2g}"))
            text = self.tr("Norm {0}, clipped to {1}: the step is {2} times as long as it would be.")
            return f"{text.format(norm, limit, share)} {often}"
        text = self.tr("Norm {0}, below the limit of {1}: left as it is.")
        return f"{text.format(norm, limit)} {often}"

    def frame(self) -> Frame:
        """Steps across, exponents of ten upright."""
        theme, line = self.theme, self._line()
        left, top = 4.0 * theme.caption_px, 1.3 * line
        area = QRectF(left, top, self.width() - left - 2 * theme.space, max(4.0, self.height() - top - 2.3 * line))
        return Frame(area, 0, self._steps.end, self._decades.low, self._decades.high)

    def text_at(self, place: QPointF) -> str:
        """The norm that was seen nearest to the mouse."""
        frame = self.frame()
        if not frame.area.contains(place) or not len(self._trail):
            return ""
        steps = self._trail.steps()
        nearest = int(np.abs(steps - frame.value_at(place)[0]).argmin())
        norm = float(self._trail.rows()[nearest, 0])
        text = self.tr("Step {0}: norm of the gradient {1}").format(f"{steps[nearest]:,}", number_text(norm))
        return text + (self.tr(", clipped to {0}").format(number_text(self.limit)) if norm > self.limit else "")

    def ground_key(self) -> object:
        """Axes and the limit."""
        return self._decades.low, self._decades.high, self._steps.end, self.limit

    def paint_ground(self, painter: QPainter) -> None:
        """Paint axes and the limit."""
        theme, frame = self.theme, self.frame()
        ticks = decade_ticks(frame.bottom, frame.top, max(2, int(frame.area.height() / (2.5 * theme.caption_px))))
        draw_upright(painter, frame, theme, ticks, [decade_text(tick) for tick in ticks])
        steps = [0.0, self._steps.end / 2, float(self._steps.end)]
        draw_across(painter, frame, theme, steps, [f"{step:,.0f}" for step in steps], self.tr("Step"))
        painter.setPen(QPen(theme.colour("border_strong"), 1))
        painter.drawRect(frame.area)
        if np.isfinite(self.limit):
            y = float(frame.y(self._decades.place_of(self.limit)))
            painter.setPen(QPen(theme.colour("text"), 1, Qt.PenStyle.DashLine))
            painter.drawLine(QLineF(frame.area.left(), y, frame.area.right(), y))
            room = QRectF(frame.area.left() + theme.space, y - self._line(), frame.area.width(), self._line())
            self.write(painter, room, self.tr("Limit {0}").format(number_text(self.limit)), "text")

    def paint(self, painter: QPainter) -> None:
        """Paint a line upright for each gradient: what clipping left, and what it took away."""
        self.write(painter, QRectF(0, 0, self.width(), self._line()), self.summary(), "text")
        if not len(self._trail):
            return
        frame, surface = self.frame(), self.theme.colour("surface")
        across = np.asarray(frame.x(self._trail.steps()), np.float64)
        norms = self._trail.rows()[:, 0]
        up = np.asarray(frame.y(self._decades.place(norms)), np.float64)
        edge = float(frame.y(self._decades.place_of(self.limit)))
        left = np.maximum(up, edge)
        bottom = frame.area.bottom()
        painter.setPen(QPen(mixed(positive(self.theme), surface, 0.6), 2))
        painter.drawLines([QLineF(x, bottom, x, y) for x, y in zip(across.tolist(), left.tolist(), strict=True)])
        painter.setPen(QPen(negative(self.theme), 2))
        above = norms > self.limit
        lines = zip(across[above].tolist(), up[above].tolist(), strict=True)
        painter.drawLines([QLineF(x, edge, x, y) for x, y in lines])

    def _line(self) -> float:
        return self.theme.caption_px * 1.6


@VIEWS.register
class Clipping(CanvasView):
    """Norm of the whole gradient before clipping: blue is what was left of it, orange what was taken away."""

    title = str(QT_TRANSLATE_NOOP("LiveView", "Gradient clipping"))
    hint = str(
        QT_TRANSLATE_NOOP(
            "LiveView",
            "How long the gradient of all weights together was (log scale), and what clipping made of it: blue is "
            "left, orange was taken away. Single high lines are batches that would have thrown the weights far away.",
        )
    )
    order = 42
    probe = staticmethod(_clipping)

    @classmethod
    def applies_to(cls, project: Project) -> bool:
        """Only where the gradient is clipped by its norm."""
        clips = any(isinstance(one, ClipByNorm) for one in project.training.regularisers)
        return clips and not learns_by_contrast(project.network, project.training)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self.clipping = ClippingCanvas(theme)
        super().__init__(theme, self.clipping, parent)

    def begin(self, project: Project, total_steps: int) -> None:
        """Forget the last run."""
        self.clipping.clear(total_steps)
        super().begin(project, total_steps)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the newest norm."""
        self.clipping.show_norm(snapshot.step, float(snapshot.arrays["norm"]), float(snapshot.arrays["limit"]))
        super().show_snapshot(snapshot)

    def table(self) -> list[Sequence[object]]:
        """Every norm that was kept, and what clipping left of it."""
        canvas = self.clipping
        rows: list[Sequence[object]] = [("step", "norm before clipping", "norm behind it")]
        for step, (norm,) in zip(canvas._trail.steps(), canvas._trail.rows(), strict=True):
            rows.append((int(step), float(norm), min(float(norm), canvas.limit)))
        return rows
