"""Live view: gates and states of a recurrent cell while it reads a sequence, units down and time across."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QT_TRANSLATE_NOOP, QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from nnviz.core.measures.recurrent import GATES, PARTS
from nnviz.core.recurrent_seen import gates
from nnviz.core.snapshot import Snapshot
from nnviz.gui.document import Project
from nnviz.gui.style.theme import Theme
from nnviz.gui.views.axes import Frame, draw_upright, number_text
from nnviz.gui.views.axis_range import GrowingRange, nice_ceiling
from nnviz.gui.views.base import VIEWS
from nnviz.gui.views.canvas import Canvas
from nnviz.gui.views.cell_parts import formula, gates_of, part_colour, states_of, symbol, title
from nnviz.gui.views.pixels import draw_image, share_image, signed_image
from nnviz.gui.views.recurrent import InputStrip, RecurrentView, draw_time, step_at, time_frame

_RIGHT = Qt.AlignmentFlag.AlignRight

INPUT, ANSWER, CURVES = "x", "answer", "curves"

FEW_STEPS = 200
"""Up to here curves are antialiased: of longer ones that takes too long."""

MOST_NAMED = 4
"""Classes whose names stand beside the answer."""


@dataclass(frozen=True)
class Panel:
    """One picture with time across.

    Attributes:
        name: A part of the cell, or `INPUT`, `ANSWER` or `CURVES`.
        column: 0, or 1 for the second column.
        area: Where the picture stands, below its title.
    """

    name: str
    column: int
    area: QRectF


class GatesCanvas(Canvas):
    """Under the input, aligned in time, a heat map of every gate and state; one unit of all of them as curves.

    Attributes:
        arrays: What is shown, or nothing yet.
        kind: Which cell: "lstm", "gru" or "rnn".
        chosen: Unit and step that were clicked, from 0, or None.
        relu: Whether a plain cell bends its sum by ReLU.
        backwards: Whether the cell reads from the end.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.relu = self.backwards = False
        self.clear((), ())

    def clear(self, symbols: tuple[str, ...], classes: tuple[str, ...]) -> None:
        """Forget everything: another run begins.

        Args:
            symbols: Names of the symbols that enter, or none.
            classes: Names of the classes that are told apart, or none.
        """
        self.arrays: dict[str, NDArray[Any]] = {}
        self.kind = "rnn"
        self.chosen: tuple[int, int] | None = None
        self._hovered: int | None = None
        self._strip = InputStrip(symbols)
        self._classes = classes
        self._ranges: dict[str, GrowingRange] = {}
        self._images: dict[str, QImage] = {}

    def forget_cell(self) -> None:
        """Another cell is looked into: its values have ranges of their own."""
        self._ranges = {}
        self.chosen = None

    def show_gates(self, step: int, arrays: dict[str, NDArray[Any]]) -> None:
        """Show the newest gates and states."""
        self.arrays, self._images = arrays, {}
        self.kind = str(arrays["kind"])
        for part in states_of(self.kind):
            values = arrays[f"part.{part}"]
            largest = float(np.abs(values[np.isfinite(values)]).max(initial=0.0))
            # All but a cell state and what a ReLU gives lie between -1 and 1.
            start = 1.0 if largest <= 1 else nice_ceiling(1.02 * largest)
            self._ranges.setdefault(part, GrowingRange(start)).follow(largest if largest > 1 else 0.0, step)
        units = self.units
        if self.chosen is not None and (self.chosen[0] >= units or self.chosen[1] >= self.steps):
            self.chosen = None
        self.fit()
        self.update()

    @property
    def units(self) -> int:
        """Size of the hidden state."""
        return int(self.arrays["part.hidden"].shape[1])

    @property
    def steps(self) -> int:
        """Steps of the longest sequence."""
        return int(self.arrays[INPUT].shape[0])

    def limit(self, part: str) -> float:
        """End of the scale of a part that has a sign."""
        return self._ranges[part].end

    def least_height(self) -> float:
        """So high that the rows of every picture can be told apart."""
        if not getattr(self, "arrays", None):
            return 0.0
        rows = max(self._rows())
        return self._head() + self._strips_height() + rows * (self._line() + 5.0 * self.theme.caption_px) + self._foot()

    def panels(self) -> list[Panel]:
        """Every picture with its place: input and answer on top of each column, the parts, and the curves of a unit."""
        theme, line = self.theme, self._line()
        columns = self._columns()
        gutter = self._gutter()
        gap = 2.5 * theme.space
        wide = (self.width() - gap * (len(columns) - 1)) / len(columns)
        strips = self._strips()
        result = []
        room = self.height() - self._head() - self._strips_height() - self._foot()
        each = room / max(self._rows())
        for number, names in enumerate(columns):
            left = number * (wide + gap) + gutter
            # Room for half of the last number of the axis.
            width = max(1.0, wide - gutter - 1.2 * theme.caption_px)
            top = self._head()
            for name, height in strips:
                result.append(Panel(name, number, QRectF(round(left), round(top + line), round(width), round(height))))
                top += line + height + theme.space / 2
            for name in names:
                height = max(1.0, each - line - theme.space / 2)
                result.append(Panel(name, number, QRectF(round(left), round(top + line), round(width), round(height))))
                top += each
        return result

    def panel(self, name: str) -> Panel:
        """The first picture of this name."""
        return next(panel for panel in self.panels() if panel.name == name)

    def frame(self, panel: Panel) -> Frame:
        """Steps across, and what stands upright: units from above, or values of the curves."""
        if panel.name == CURVES:
            signed = any(part in states_of(self.kind) for part in self._curve_parts(panel.column))
            limit = self._curve_limit()
            return time_frame(panel.area, self.steps, -limit if signed else 0.0, limit if signed else 1.0)
        rows = len(self.arrays[ANSWER][0]) if panel.name == ANSWER else self.units
        return time_frame(panel.area, self.steps, rows + 0.5, 0.5)

    def at(self, place: QPointF) -> tuple[Panel, int, int] | None:
        """The picture under a point, and the row and step there, from 0."""
        for panel in self.panels():
            if panel.area.contains(place):
                frame = self.frame(panel)
                row = int(np.clip(round(frame.value_at(place)[1]) - 1, 0, max(frame.bottom, 1.5) - 1.5))
                return panel, row, step_at(frame, place, self.steps)
        return None

    def text_at(self, place: QPointF) -> str:
        """The formula of the value under the mouse, with its numbers."""
        found = self.at(place) if self.arrays else None
        if found is None:
            return ""
        panel, row, step = found
        if panel.name == INPUT:
            share = (place.y() - panel.area.y()) / panel.area.height()
            return self._strip.text(self.arrays[INPUT], step, share)
        if step >= int(self.arrays["length"]):
            return self.tr("Step {0}: the sequence is over").format(step + 1)
        if panel.name == ANSWER:
            return self._answer_text(row, step)
        if panel.name != CURVES:
            head = self.tr("{0}, unit {1}, step {2}").format(title(panel.name, self.kind), row + 1, step + 1)
            return f"{head}\n{self.formula(panel.name, row, step)}"
        assert self.chosen is not None
        head = self.tr("Unit {0}, step {1}").format(self.chosen[0] + 1, step + 1)
        parts = self._curve_parts(panel.column)
        return "\n".join([head, *(self.formula(part, self.chosen[0], step) for part in parts)])

    def formula(self, part: str, unit: int, step: int) -> str:
        """How a value came about, in numbers."""
        return formula(self.arrays, part, unit, step, backwards=self.backwards, relu=self.relu)

    def pointed_at(self, place: QPointF | None) -> None:
        """Mark the step under the mouse in all pictures."""
        found = self.at(place) if place is not None and self.arrays else None
        step = None if found is None else found[2]
        if step != self._hovered:
            self._hovered = step
            self.update()

    def ground_key(self) -> object:
        """Titles and axes; the curves have axes of their own."""
        if not self.arrays:
            return ()
        limits = tuple(self.limit(part) for part in states_of(self.kind))
        unit = None if self.chosen is None else (self.chosen[0], self._curve_limit())
        return self.kind, self.units, self.steps, limits, unit, self._strips_height()

    def paint_ground(self, painter: QPainter) -> None:
        """Paint titles, scales and axes."""
        if not self.arrays:
            return
        theme, line = self.theme, self._line()
        last: dict[int, Panel] = {}
        for panel in self.panels():
            last[panel.column] = panel
            head = QRectF(panel.area.x(), panel.area.y() - line, panel.area.width(), line)
            painter.setFont(self.type(theme.caption_px, bold=True))
            self.write(painter, head, self._title(panel), "text")
            painter.setFont(self.caption)
            frame = self.frame(panel)
            if panel.name in PARTS[self.kind]:
                self._paint_scale(painter, head, panel.name)
                ticks = sorted({1.0, float(self.units)})
                if panel.area.height() < 2 * theme.caption_px:
                    ticks = ticks[:1]
                draw_upright(painter, frame, theme, ticks, [f"{tick:.0f}" for tick in ticks], grid=False)
            elif panel.name == ANSWER and self._named:
                draw_upright(painter, frame, theme, range(1, len(self._classes) + 1), self._classes, grid=False)
            elif panel.name == CURVES:
                ticks = [frame.bottom, (frame.bottom + frame.top) / 2, frame.top]
                draw_upright(painter, frame, theme, ticks, [number_text(tick) for tick in ticks])
                self._paint_legend(painter, head, panel.column)
        for panel in last.values():
            draw_time(painter, self.frame(panel), theme, self.steps, self.tr("Step of the sequence"))

    def paint(self, painter: QPainter) -> None:
        """Paint the pictures, the curves, and what is pointed at."""
        if not self.arrays:
            return
        theme = self.theme
        # Not part of the ground: its numbers change with every look, and all other text would be written again.
        self.write(painter, QRectF(0, 0, self.width(), self._line()), self._remark())
        for panel in self.panels():
            frame = self.frame(panel)
            if panel.name == INPUT:
                self._strip.paint(painter, frame, self.arrays[INPUT], theme)
            elif panel.name == CURVES:
                self._paint_curves(painter, panel, frame)
            else:
                draw_image(painter, panel.area, self._image(panel.name))
                if panel.name == ANSWER:
                    self._paint_targets(painter, frame)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("border"), 1))
            if panel.name != INPUT:
                painter.drawRect(panel.area)
            self._paint_marks(painter, panel, frame)

    def choose(self, unit: int, step: int) -> None:
        """Show one unit as curves, with a mark at a step."""
        self.chosen = (unit, step)
        self.fit()
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self.at(event.position()) if self.arrays else None
        if event.button() == Qt.MouseButton.LeftButton and found is not None:
            panel, row, step = found
            if panel.name in PARTS[self.kind]:
                self.choose(row, step)
            elif self.chosen is not None:
                self.choose(self.chosen[0], step)
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.chosen is not None:
            self.chosen = None
            self.fit()
            self.update()
            return
        moves = {Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0)}
        move = moves.get(Qt.Key(event.key()))
        if move is None or not self.arrays:
            super().keyPressEvent(event)
            return
        unit, step = self.chosen or (-move[0], -move[1])
        length = int(self.arrays["length"])
        self.choose((unit + move[0]) % self.units, int(np.clip(step + move[1], 0, length - 1)))

    def _columns(self) -> list[tuple[str, ...]]:
        """The parts of each column: gates at the left, what has a sign at the right, if there is room for two."""
        gates, states = gates_of(self.kind), states_of(self.kind)
        curves = (CURVES,) if self.chosen is not None else ()
        if not gates:
            return [(*states, *curves)]
        if self.width() >= self.theme.font_px * 45:
            return [(*gates, *curves), (*states, *curves)]
        return [(*gates, *states, *curves)]

    def _rows(self) -> list[int]:
        return [len(names) for names in self._columns()]

    def _curve_parts(self, column: int) -> tuple[str, ...]:
        if len(self._columns()) == 1:
            return PARTS[self.kind]
        return states_of(self.kind) if column else gates_of(self.kind)

    def _curve_limit(self) -> float:
        """End of the scale of the chosen unit's states: all units together may reach much farther."""
        if self.chosen is None:
            return 1.0
        values = np.concatenate([self.arrays[f"part.{part}"][:, self.chosen[0]] for part in states_of(self.kind)])
        largest = float(np.abs(values[np.isfinite(values)]).max(initial=0.0))
        return 1.0 if largest <= 1 else nice_ceiling(1.02 * largest)

    def _strips(self) -> list[tuple[str, float]]:
        strips = [(INPUT, self._strip.height(self.theme, self.arrays[INPUT].shape[1]))]
        answer = self.arrays[ANSWER]
        if len(answer) > 1:
            strips.append((ANSWER, self.theme.caption_px * min(6.0, max(1.4, 1.2 * answer.shape[1]))))
        return strips

    def _strips_height(self) -> float:
        return sum(height + self._line() + self.theme.space / 2 for _, height in self._strips())

    @property
    def _named(self) -> bool:
        """Whether the classes stand beside the answer."""
        return 0 < len(self._classes) <= MOST_NAMED and len(self.arrays[ANSWER]) > 1

    def _gutter(self) -> float:
        """Room for what is written at the left of the pictures."""
        least = 2.6 * self.theme.caption_px
        if not self._named:
            return least
        names = max(self.fontMetrics().horizontalAdvance(name) for name in self._classes)
        return max(least, min(8.0 * self.theme.caption_px, names + self.theme.caption_px))

    def _line(self) -> float:
        return self.theme.caption_px * 1.5

    def _head(self) -> float:
        return self._line()

    def _foot(self) -> float:
        return self.theme.caption_px * 3.2

    def _title(self, panel: Panel) -> str:
        if panel.name == INPUT:
            return self.tr("Input")
        if panel.name == ANSWER:
            return self.tr("Answer")
        if panel.name == CURVES:
            return self.tr("Unit {0}").format(self.chosen[0] + 1 if self.chosen else 0)
        return title(panel.name, self.kind)

    def _remark(self) -> str:
        """What the network says of the sample, and how well the recomputed states agree with the kernel's."""
        answer, target = self.arrays[ANSWER], self.arrays["target"]
        error = self.tr("Recomputed from the weights; the fused kernel differs by {0} at most.").format(
            number_text(float(f"{float(self.arrays['error']):.1g}"))
        )
        if len(answer) > 1 or not np.isfinite(answer).all():
            return error
        if self._classes and target.ndim == 0:
            best = int(answer[0].argmax())
            text = self.tr("Answer {0} ({1} %), right is {2}.").format(
                self._classes[best], f"{100 * answer[0, best]:.0f}", self._classes[int(target)]
            )
        else:
            texts = (", ".join(map(number_text, np.ravel(values).tolist())) for values in (answer[0], target))
            text = self.tr("Answer {0}, right is {1}.").format(*texts)
        return f"{text} {error}"

    def _answer_text(self, row: int, step: int) -> str:
        value, target = float(self.arrays[ANSWER][step, row]), np.asarray(self.arrays["target"])
        if self._classes:
            text = self.tr("Step {0}: {1} with {2} %").format(step + 1, self._classes[row], f"{100 * value:.1f}")
            right = int(target[step]) if target.ndim else -1
            return text + (self.tr("; right is {0}").format(self._classes[right]) if right >= 0 else "")
        text = self.tr("Step {0}: {1}").format(step + 1, number_text(value))
        known = target.ndim == 2 and np.isfinite(target[step, row])
        return text + (self.tr("; right is {0}").format(number_text(float(target[step, row]))) if known else "")

    def _image(self, name: str) -> QImage:
        if name not in self._images:
            if name == ANSWER:
                values = np.asarray(self.arrays[ANSWER], np.float32).T
                largest = float(np.abs(values[np.isfinite(values)]).max(initial=0.0)) or 1.0
                image = share_image(values, self.theme) if self._classes else signed_image(values, largest, self.theme)
            elif name in GATES:
                image = share_image(self.arrays[f"part.{name}"].T, self.theme)
            else:
                image = signed_image(self.arrays[f"part.{name}"].T, self.limit(name), self.theme)
            self._images[name] = image
        return self._images[name]

    def set_theme(self, theme: Theme) -> None:
        """Take on another look."""
        self._images = {}
        super().set_theme(theme)

    def _paint_scale(self, painter: QPainter, head: QRectF, part: str) -> None:
        """The colours of a part and what their ends stand for, at the right of its title."""
        theme = self.theme
        limit = 1.0 if part in GATES else self.limit(part)
        low, high = ("0", "1") if part in GATES else (number_text(-limit), number_text(limit))
        wide, strip = 2.4 * theme.caption_px, 4.0 * theme.caption_px
        if head.width() < 2 * wide + strip + 9 * theme.caption_px:
            return
        right = QRectF(head.right() - wide, head.y(), wide, head.height())
        area = QRectF(right.left() - strip, head.center().y() - 0.35 * theme.caption_px, strip, 0.7 * theme.caption_px)
        ramp = np.linspace(0 if part in GATES else -1, 1, 64, dtype=np.float32)[None]
        draw_image(painter, area, share_image(ramp, theme) if part in GATES else signed_image(ramp, 1.0, theme))
        self.write(painter, right.adjusted(theme.space / 2, 0, 0, 0), high)
        left = QRectF(area.left() - 2 * wide, head.y(), 2 * wide - theme.space / 2, head.height())
        self.write(painter, left, low, align=_RIGHT)

    def _paint_legend(self, painter: QPainter, head: QRectF, column: int) -> None:
        """Letters of the curves with their lines, right of the title; where there is little room, letters only."""
        theme, metrics = self.theme, painter.fontMetrics()
        parts = self._curve_parts(column)
        texts = [symbol(part, self.kind) for part in parts]
        side, gap = 1.4 * theme.caption_px, 1.2 * theme.caption_px
        letters = sum(metrics.horizontalAdvance(text) for text in texts)
        room = head.width() - 1.2 * metrics.horizontalAdvance(self.tr("Unit {0}").format(self.units)) - theme.space
        with_lines = letters + len(texts) * (side + gap) <= room
        x = head.right()
        for part, text in zip(reversed(parts), reversed(texts), strict=True):
            x -= metrics.horizontalAdvance(text)
            place = QRectF(x, head.y(), metrics.horizontalAdvance(text) + 1, head.height())
            self.write(painter, place, text, "text" if with_lines else part_colour(theme, part))
            if with_lines:
                painter.setPen(QPen(part_colour(theme, part), 2))
                painter.drawLine(QLineF(x - side - 3, head.center().y(), x - 4, head.center().y()))
                x -= side
            x -= gap if with_lines else 0.7 * theme.caption_px

    def _paint_curves(self, painter: QPainter, panel: Panel, frame: Frame) -> None:
        if self.chosen is None:
            return
        length = int(self.arrays["length"])
        steps = np.arange(1, length + 1)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, length <= FEW_STEPS)
        for part in self._curve_parts(panel.column):
            values = self.arrays[f"part.{part}"][:length, self.chosen[0]]
            painter.setPen(QPen(part_colour(self.theme, part), 1.5))
            if length > 1:
                painter.drawPath(frame.line(steps, values))
            else:
                painter.drawEllipse(QPointF(frame.x(1.0), float(frame.y(values[0]))), 2, 2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _paint_targets(self, painter: QPainter, frame: Frame) -> None:
        """A dot in what would be right, where there is room for it."""
        target = np.asarray(self.arrays["target"])
        side = min(frame.area.width() / self.steps, frame.area.height() / len(self.arrays[ANSWER][0]))
        if not self._classes or target.ndim != 1 or side < 5:
            return
        asked = np.flatnonzero(target >= 0)
        painter.setPen(QPen(self.theme.colour("surface"), 1))
        painter.setBrush(self.theme.colour("text"))
        for step in asked.tolist():
            radius = min(3.0, side / 4)
            painter.drawEllipse(QPointF(frame.x(step + 1.0), frame.y(float(target[step]) + 1)), radius, radius)

    def _paint_marks(self, painter: QPainter, panel: Panel, frame: Frame) -> None:
        area = panel.area
        # A line through the middle of a step would cross out letters.
        half = area.width() / self.steps / 2 if panel.name in (INPUT, ANSWER) else 0.0
        if self.chosen is not None and panel.name in PARTS[self.kind]:
            # At the right of the row, so that nothing of it is covered, nor a number at its left.
            painter.setPen(QPen(self.theme.colour("accent"), 2))
            y = float(frame.y(self.chosen[0] + 1.0))
            painter.drawLine(QLineF(area.right() + 2, y, area.right() + 0.8 * self.theme.caption_px, y))
        chosen = None if self.chosen is None else self.chosen[1]
        for step, width in ((chosen, 1.5), (self._hovered, 1.0)):
            if step is not None:
                painter.setPen(QPen(self.theme.colour("accent" if step == chosen else "text"), width))
                x = float(frame.x(step + 1.0))
                if half >= 2:
                    painter.setBrush(Qt.BrushStyle.NoBrush)
                    painter.drawRect(QRectF(x - half, area.top(), 2 * half, area.height()))
                else:
                    painter.drawLine(QLineF(x, area.top(), x, area.bottom()))


@VIEWS.register
class Gates(RecurrentView):
    """What the gates of a recurrent cell let through, keep and give away while it reads one sequence."""

    title = str(QT_TRANSLATE_NOOP("LiveView", "Gates over time"))
    hint = str(
        QT_TRANSLATE_NOOP(
            "LiveView",
            "A row per unit, a column per step of one sequence. Forget gate: how much of the cell state stays; input "
            "gate: how much of the candidate is added; output gate: how much of it is shown as hidden state. Point at "
            "a value for its formula, click it to see its unit as curves.",
        )
    )
    order = 62
    probe = staticmethod(gates)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self.gates = GatesCanvas(theme)
        super().__init__(theme, self.gates, parent)

    def begin(self, project: Project, total_steps: int) -> None:
        """Forget the last run; the same sample is followed if there is such a one."""
        self.gates.clear(project.dataset.symbol_names, project.dataset.classes)
        super().begin(project, total_steps)

    def place_changed(self) -> None:
        """Tell the canvas how the cell reads and bends."""
        self.gates.forget_cell()
        place = self.place
        self.gates.backwards = place is not None and place.backwards
        self.gates.relu = place is not None and getattr(place.spec, "activation", "") == "relu"

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the newest gates."""
        self.set_samples(int(snapshot.arrays["samples"]))
        self.gates.show_gates(snapshot.step, dict(snapshot.arrays))
        super().show_snapshot(snapshot)

    def table(self) -> list[Sequence[object]]:
        """Every part of every unit at every step of the sequence."""
        if self.snapshot is None:
            return []
        arrays = self.snapshot.arrays
        names = PARTS[str(arrays["kind"])]
        rows: list[Sequence[object]] = [("sample", "step", "unit", *names)]
        for step in range(int(arrays["length"])):
            for unit in range(arrays["part.hidden"].shape[1]):
                values = (float(arrays[f"part.{name}"][step, unit]) for name in names)
                rows.append((int(arrays["sample"]) + 1, step + 1, unit + 1, *values))
        return rows
