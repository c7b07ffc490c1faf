"""Live view: how strongly the loss pulls at the hidden state of every step, on its way back through time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QT_TRANSLATE_NOOP, QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QWidget

from nnviz.core.measures.trail import Trail
from nnviz.core.recurrent_seen import gradients, recurrent_layers
from nnviz.core.snapshot import Snapshot
from nnviz.gui.document import Project
from nnviz.gui.style.colours import class_colour, mixed
from nnviz.gui.style.theme import Theme
from nnviz.gui.views.axes import (
    Frame,
    decade_text,
    decade_ticks,
    draw_upright,
    draw_upright_label,
    number_text,
)
from nnviz.gui.views.axis_range import DecadeRange
from nnviz.gui.views.base import VIEWS
from nnviz.gui.views.canvas import Canvas
from nnviz.gui.views.cell_parts import part_colour
from nnviz.gui.views.recurrent import RecurrentView, draw_time, step_at

EARLIER = 10
"""Earlier moments that are drawn behind the newest one."""

MOST_POINTS = 256
"""Corners of a curve."""

LOWEST = -30
"""Exponent below which nothing is shown: less is nothing to any optimiser."""


@dataclass(frozen=True)
class Remembered:
    """The last curve of an earlier run.

    Attributes:
        cell: Title of its kind of cell: "RNN".
        step: Batches that it was trained for.
        norms: Norm of the gradient at every step of the sequence, (T,).
    """

    cell: str
    step: int
    norms: NDArray[np.float64]


class ThroughTimeCanvas(Canvas):
    """Norms of the gradient over the steps of the sequence, newest in front, and those of a run with another cell.

    Attributes:
        norms: |d loss / d h| at every step of the sequence, (T,); empty if nothing was seen yet.
        cell_norms: |d loss / d c|, (T,), NaN where there is no cell state.
        other: The curve of another kind of cell, or None.
        cell: Title of the kind of cell: "LSTM".
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.other: Remembered | None = None
        self.cell = ""
        self.forget()

    def begin(self, cell: str) -> None:
        """Another run begins; what the last one showed is kept if its cell was of another kind.

        Args:
            cell: Title of the kind of cell of the new run.
        """
        if len(self.norms) and self.cell != cell:
            self.other = Remembered(self.cell, self._step, self.norms)
        if self.other is not None and self.other.cell == cell:
            self.other = None
        self.cell = cell
        self.forget()

    def forget(self) -> None:
        """Show nothing any more, but for the other run."""
        self.norms: NDArray[np.float64] = np.empty(0)
        self.cell_norms: NDArray[np.float64] = np.empty(0)
        self.samples = 0
        self._step = 0
        self._trail = Trail()
        self._decades = DecadeRange(-4, 0, LOWEST)
        if self.other is not None:
            self._decades.follow(self.other.norms)

    def show_norms(self, step: int, arrays: dict[str, NDArray[Any]]) -> None:
        """Show the newest norms, and keep them."""
        self._step = step
        self.norms, self.cell_norms = arrays["hidden"], arrays["cell"]
        self.samples = int(arrays["samples"])
        self._trail.append(step, self.norms)
        self._decades.follow(self.norms)
        self._decades.follow(self.cell_norms)
        self.update()

    @property
    def steps(self) -> int:
        """Steps of the time axis."""
        return max(len(self.norms), len(self.other.norms) if self.other is not None else 0, 2)

    @property
    def colour(self) -> QColor:
        """Colour of the norm of the hidden state's gradient."""
        return self.theme.colour("accent")

    @property
    def other_colour(self) -> QColor:
        """Colour of the other run."""
        return mixed(class_colour(self.theme, 3), self.theme.colour("surface"), 0.75)

    def frame(self) -> Frame:
        """Steps of the sequence across, exponents of ten upright."""
        theme, line = self.theme, self._line()
        left = 5.2 * theme.caption_px
        top = self._legend()[-1][0].bottom() + 0.2 * line
        right = 1.5 * theme.caption_px
        area = QRectF(left, top, self.width() - left - right, max(4.0, self.height() - top - 2.3 * line))
        return Frame(area, 0.5, self.steps + 0.5, self._decades.low, self._decades.high)

    def text_at(self, place: QPointF) -> str:
        """The norms at the step under the mouse."""
        frame = self.frame()
        if not frame.area.contains(place) or not len(self.norms):
            return ""
        step = step_at(frame, place, self.steps)
        lines = [self.tr("Step {0} of the sequence").format(step + 1)]
        for name, values in (("h", self.norms), ("c", self.cell_norms)):
            if step < len(values) and np.isfinite(values[step]):
                lines.append(f"|d loss / d {name}[{step + 1}]| = {number_text(float(values[step]))}")
        if self.other is not None and step < len(self.other.norms) and np.isfinite(self.other.norms[step]):
            lines.append(self.tr("{0}: {1}").format(self._other_text(), number_text(float(self.other.norms[step]))))
        return "\n".join(lines)

    def summary(self) -> str:
        """What is left of the gradient at the first step, in one sentence."""
        known = np.flatnonzero(np.isfinite(self.norms))
        if len(known) < 2:
            return ""
        first, last = float(self.norms[known[0]]), float(self.norms[known[-1]])
        if last <= 0:
            return ""
        text = self.tr("At step 1 the gradient is {0} times that at step {1}.")
        return text.format(number_text(float(f"{first / last:.2g}")), known[-1] + 1)

    def ground_key(self) -> object:
        """Axes and legend."""
        return self.steps, self._decades.low, self._decades.high, self.other, self.cell, self._has_cell_state()

    def paint_ground(self, painter: QPainter) -> None:
        """Paint axes and legend."""
        theme, frame, line = self.theme, self.frame(), self._line()
        ticks = decade_ticks(frame.bottom, frame.top, max(2, int(frame.area.height() / (2.2 * theme.caption_px))))
        draw_upright(painter, frame, theme, ticks, [decade_text(tick) for tick in ticks])
        beside = QRectF(0, frame.area.y(), 1.5 * theme.caption_px, frame.area.height())
        draw_upright_label(painter, beside, theme, self.tr("Norm of the gradient"))
        draw_time(painter, frame, theme, self.steps, self.tr("Step of the sequence"))
        painter.setPen(QPen(theme.colour("border_strong"), 1))
        painter.drawRect(frame.area)
        places = self._legend()
        for area, text, colour, style in places:
            side = 2.0 * theme.caption_px
            painter.setPen(QPen(colour, 2, style))
            painter.drawLine(QLineF(area.x(), area.center().y(), area.x() + side, area.center().y()))
            self.write(painter, area.adjusted(side + theme.space / 2, 0, 0, 0), text, "text")
        if self.other is None and places:
            room = QRectF(places[-1][0].right() + theme.space, places[-1][0].y(), 0, line)
            room.setRight(max(room.left(), frame.area.right()))
            tip = self.tr("Train another kind of cell next: this curve stays for comparison.")
            if painter.fontMetrics().horizontalAdvance(tip) <= room.width():
                self.write(painter, room, tip, align=Qt.AlignmentFlag.AlignRight)

    def paint(self, painter: QPainter) -> None:
        """Paint the curves: the other run, earlier moments ever stronger, and now."""
        if not len(self.norms):
            return
        frame, theme, line = self.frame(), self.theme, self._line()
        summary = self.summary()
        # In narrow views it begins at the very left.
        left = max(0.0, min(frame.area.x(), self.width() - painter.fontMetrics().horizontalAdvance(summary) - 2.0))
        self.write(painter, QRectF(left, 0, self.width() - left, line), summary, "text")
        painter.setBrush(Qt.BrushStyle.NoBrush)
        surface = theme.colour("surface")
        steps, rows = self._trail.steps(), self._trail.rows()
        before = np.flatnonzero(steps < self._step)
        chosen = before[np.linspace(0, len(before) - 1, min(EARLIER, len(before))).astype(int)]
        # Of all of them at once: one after the other takes longer than drawing them.
        exponents = self._decades.place(rows[chosen]) if len(chosen) else np.empty((0, 0))
        for number, row in enumerate(chosen.tolist()):
            share = 0.12 + 0.33 * (number + 1) / len(chosen)
            painter.setPen(QPen(mixed(self.colour, surface, share), 1))
            self._draw(painter, frame, rows[row], exponents[number])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.other is not None:
            painter.setPen(QPen(self.other_colour, 2))
            self._draw(painter, frame, self.other.norms, self._decades.place(self.other.norms))
        if self._has_cell_state():
            painter.setPen(QPen(part_colour(theme, "hidden"), 1.5, Qt.PenStyle.DashLine))
            self._draw(painter, frame, self.cell_norms, self._decades.place(self.cell_norms))
        painter.setPen(QPen(self.colour, 2))
        self._draw(painter, frame, self.norms, self._decades.place(self.norms))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _draw(self, painter: QPainter, frame: Frame, norms: NDArray[Any], exponents: NDArray[np.float64]) -> None:
        known = np.flatnonzero(np.isfinite(norms))
        if len(known) < 2:
            return
        if len(known) > MOST_POINTS:
            # The first step always: it is the one of which is spoken.
            known = np.unique(np.append(known[:: -(-len(known) // MOST_POINTS)], known[-1]))
        painter.drawPath(frame.line(known + 1.0, exponents[known]))

    def _legend(self) -> list[tuple[QRectF, str, QColor, Qt.PenStyle]]:
        """Place, text, colour and kind of line of each entry, in as many rows as it takes."""
        theme, line = self.theme, self._line()
        entries = [(f"{self.cell}: |d loss / d h|", self.colour, Qt.PenStyle.SolidLine)]
        if self._has_cell_state():
            entries.append(("|d loss / d c|", part_colour(theme, "hidden"), Qt.PenStyle.DashLine))
        if self.other is not None:
            entries.append((self._other_text(), self.other_colour, Qt.PenStyle.SolidLine))
        left, metrics = 5.2 * theme.caption_px, QFontMetricsF(self.caption)
        x, y = left, line
        result = []
        for text, colour, style in entries:
            wide = 2.0 * theme.caption_px + theme.space / 2 + metrics.horizontalAdvance(text) + 2
            if x > left and x + wide > self.width() - theme.space:
                x, y = left, y + line
            result.append((QRectF(x, y, min(wide, max(1.0, self.width() - x)), line), text, colour, style))
            x += wide + 2 * theme.space
        return result

    def _has_cell_state(self) -> bool:
        return bool(np.isfinite(self.cell_norms).any())

    def _other_text(self) -> str:
        if self.other is None:
            return ""
        return self.tr("{0} of an earlier run, step {1}").format(self.other.cell, f"{self.other.step:,}")

    def _line(self) -> float:
        return self.theme.caption_px * 1.6


@VIEWS.register
class GradientThroughTime(RecurrentView):
    """The norm of d loss / d h at every step: where it falls towards the first steps, the gradient vanishes."""

    title = str(QT_TRANSLATE_NOOP("LiveView", "Gradient through time"))
    hint = str(
        QT_TRANSLATE_NOOP(
            "LiveView",
            "How strongly the loss of two sequences pulls at the hidden state of each step. Backpropagation goes from "
            "the last step to the first; if the curve falls that way, the gradient vanishes, and what was read early "
            "is not learned. Faint: earlier in this training.",
        )
    )
    order = 64
    by_sample = False
    probe = staticmethod(gradients)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self.through_time = ThroughTimeCanvas(theme)
        super().__init__(theme, self.through_time, parent)

    def begin(self, project: Project, total_steps: int) -> None:
        """Forget the last run, but for the curve of another kind of cell."""
        kinds = [layer.title for layer in recurrent_layers(project.network).values()]
        if kinds:
            self.through_time.begin(kinds[0])
        super().begin(project, total_steps)

    def place_changed(self) -> None:
        """Another cell has another past."""
        self.through_time.forget()
        if self.place is not None:
            self.through_time.cell = self.place.spec.title

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the newest norms."""
        self.through_time.show_norms(snapshot.step, dict(snapshot.arrays))
        super().show_snapshot(snapshot)

    def table(self) -> list[Sequence[object]]:
        """Norms at every step of the sequence."""
        if self.snapshot is None:
            return []
        arrays = self.snapshot.arrays
        rows: list[Sequence[object]] = [("training step", "sequence step", "gradient of h", "gradient of c")]
        for step, (hidden, cell) in enumerate(zip(arrays["hidden"], arrays["cell"], strict=True)):
            rows.append((self.snapshot.step, step + 1, float(hidden), float(cell)))
        return rows
