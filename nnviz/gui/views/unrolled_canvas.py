"""A recurrent cell repeated along time: one unit's gates and states, filled in moment by moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from nnviz.core.measures.recurrent import GATES
from nnviz.gui.style.colours import diverging_colour, negative, positive
from nnviz.gui.style.theme import Theme
from nnviz.gui.views.axes import number_text
from nnviz.gui.views.axis_range import nice_ceiling
from nnviz.gui.views.canvas import Canvas
from nnviz.gui.views.cell_parts import formula, part_colour, symbol, title
from nnviz.gui.views.pixels import draw_image, signed_image
from nnviz.gui.views.recurrent import symbol_text

ORDER = {
    "lstm": ("forget", "input", "candidate", "cell", "output", "hidden"),
    "gru": ("reset", "update", "candidate", "hidden"),
    "rnn": ("hidden",),
}
"""In which order the parts of a cell come about: one moment each."""

MOST_VALUES = 3
"""Values of an input that are written one by one."""

_CENTRE, _RIGHT = Qt.AlignmentFlag.AlignHCenter, Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True)
class Slot:
    """Where the cell of one step stands.

    Attributes:
        turn: Place in the order of reading, from 0.
        box: The cell.
        between: Room behind it, for the states on their way to the next one.
        below: Room for the input.
        above: Room for the answer.
    """

    turn: int
    box: QRectF
    between: QRectF
    below: QRectF
    above: QRectF


class UnrolledCanvas(Canvas):
    """Cells in the order in which they are read; what has not come about yet is empty.

    Attributes:
        arrays: What is shown, or nothing yet.
        kind: Which cell: "lstm", "gru" or "rnn".
        unit: Which unit, from 0.
        turn: The cell in which something comes about now, in the order of reading, from 0.
        moment: Which of its parts, as a place in `ORDER`.
        relu: Whether a plain cell bends its sum by ReLU.
        backwards: Whether the sequence is read from its end.

    Signals:
        moved: Another moment or unit is shown.
    """

    moved = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.relu = self.backwards = False
        self.unit = 0
        self.clear((), ())

    def clear(self, symbols: tuple[str, ...], classes: tuple[str, ...]) -> None:
        """Forget everything: another run begins.

        Args:
            symbols: Names of the symbols that enter, or none.
            classes: Names of the classes that are told apart, or none.
        """
        self.arrays: dict[str, NDArray[Any]] = {}
        self.kind = "rnn"
        self._limits: dict[tuple[str, int], float] = {}
        self.turn = self.moment = 0
        self._symbols, self._classes = tuple(map(symbol_text, symbols)), classes

    def show_cells(self, arrays: dict[str, NDArray[Any]]) -> None:
        """Show the newest values; the moment stays the same."""
        self.arrays, self._limits = arrays, {}
        self.kind = str(arrays["kind"])
        self.unit = min(self.unit, self.units - 1)
        self.turn = min(self.turn, self.length - 1)
        self.moment = min(self.moment, len(self.order) - 1)
        self.fit()
        self.update()

    @property
    def order(self) -> tuple[str, ...]:
        """Its parts in the order in which they come about."""
        return ORDER[self.kind]

    @property
    def units(self) -> int:
        """Size of the hidden state."""
        return int(self.arrays["part.hidden"].shape[1])

    @property
    def length(self) -> int:
        """Number of steps of the sequence."""
        return int(self.arrays["length"])

    @property
    def part(self) -> str:
        """What comes about now."""
        return self.order[self.moment]

    def step_of(self, turn: int) -> int:
        """Step of the sequence, from 0, that is read at this turn."""
        return self.length - 1 - turn if self.backwards else turn

    def advance(self, moments: int) -> bool:
        """Go so many moments on, or back if negative; returns whether there were as many."""
        if not self.arrays:
            return False
        count = len(self.order)
        now = self.turn * count + self.moment
        wanted = int(np.clip(now + moments, 0, self.length * count - 1))
        self.turn, self.moment = divmod(wanted, count)
        self.update()
        self.moved.emit()
        return wanted == now + moments

    def go_to(self, turn: int, moment: int) -> None:
        """Show another moment."""
        if self.arrays:
            self.turn = int(np.clip(turn, 0, self.length - 1))
            self.moment = int(np.clip(moment, 0, len(self.order) - 1))
            self.update()
            self.moved.emit()

    def choose_unit(self, unit: int) -> None:
        """Show another unit."""
        if self.arrays:
            self.unit = unit % self.units
            self.update()
            self.moved.emit()

    def least_height(self) -> float:
        """So high that every part has its line."""
        if not getattr(self, "arrays", None):
            return 0.0
        return self._line() * (len(self.order) + 1.4) + self._above() + self._below() + self._foot() + self._line()

    def slots(self) -> list[Slot]:
        """The cells that there is room for, the present one in their middle."""
        theme = self.theme
        across = max(1, min(self.length, int(self.width() // (theme.caption_px * 15.5))))
        first = int(np.clip(self.turn - across // 2, 0, self.length - across))
        # Narrow sequences do not become wide cells.
        wide = min(self.width() / across, theme.caption_px * 24.0)
        left = max(0.0, (self.width() - wide * across) / 2)
        top, bottom = self._line() + self._above(), self.height() - self._foot() - self._below()
        height = min(max(1.0, bottom - top), self._line() * 2.2 * (len(self.order) + 1.4))
        top += (bottom - top - height) / 2
        result = []
        for place in range(across):
            x = left + place * wide
            box = QRectF(round(x + 0.02 * wide), round(top), round(0.7 * wide), round(height))
            between = QRectF(box.right(), box.y(), x + wide + 0.02 * wide - box.right(), box.height())
            below = QRectF(x, box.bottom(), 0.74 * wide, self._below())
            above = QRectF(x, box.top() - self._above(), 0.74 * wide, self._above())
            result.append(Slot(first + place, box, between, below, above))
        return result

    def row(self, slot: Slot, part: str) -> QRectF:
        """The line of a part within its cell."""
        head = self._line() * 1.4
        each = (slot.box.height() - head) / len(self.order)
        return QRectF(slot.box.x(), slot.box.y() + head + self.order.index(part) * each, slot.box.width(), each)

    def bar(self, slot: Slot, part: str) -> QRectF:
        """Where the bar of a part lies: from 0 to 1, or from -limit to limit around its middle."""
        row, theme = self.row(slot, part), self.theme
        thick = min(row.height() * 0.6, theme.caption_px * 1.1)
        left, right = row.x() + 2.2 * theme.caption_px, row.right() - 4.4 * theme.caption_px
        return QRectF(left, row.center().y() - thick / 2, max(2.0, right - left), thick)

    def has_come(self, turn: int, part: str) -> bool:
        """Whether this part of this turn's cell has come about."""
        return turn < self.turn or (turn == self.turn and self.order.index(part) <= self.moment)

    def limit(self, part: str) -> float:
        """End of the scale of a part that has a sign, for the chosen unit."""
        return self._limit(part, self.unit)

    def _limit(self, part: str, unit: int = -1) -> float:
        """End of the scale for one unit, or for all of them if it is negative."""
        if (part, unit) not in self._limits:
            values = self.arrays[f"part.{part}"][: self.length]
            values = values if unit < 0 else values[:, unit]
            largest = float(np.abs(values[np.isfinite(values)]).max(initial=0.0))
            self._limits[part, unit] = 1.0 if largest <= 1 else nice_ceiling(1.02 * largest)
        return self._limits[part, unit]

    def value(self, part: str, turn: int) -> float:
        """A value of the chosen unit."""
        return float(self.arrays[f"part.{part}"][self.step_of(turn), self.unit])

    def formula(self, part: str, turn: int) -> str:
        """How it came about."""
        step = self.step_of(turn)
        return formula(self.arrays, part, self.unit, step, backwards=self.backwards, relu=self.relu)

    def text_at(self, place: QPointF) -> str:
        """The formula of the value under the mouse."""
        if not self.arrays:
            return ""
        for slot in self.slots():
            for part in self.order:
                if self.row(slot, part).contains(place) and self.has_come(slot.turn, part):
                    return f"{title(part, self.kind)}\n{self.formula(part, slot.turn)}"
            if slot.below.contains(place):
                return self._input_text(slot.turn, most=64)
        return ""

    def ground_key(self) -> object:
        """What stays the same while training changes the values: the cells, what enters them, and the moment."""
        if not self.arrays:
            return ()
        sizes = (self.units, self.length, len(self.arrays["answer"]) > 1)
        enters = self._symbols, self.arrays["x"].tobytes()
        return self.kind, sizes, enters, self.backwards, self.unit, self.turn, self.moment

    def paint_ground(self, painter: QPainter) -> None:
        """Paint empty cells, the names of their parts, and what enters them."""
        if not self.arrays:
            return
        theme = self.theme
        step = self.step_of(self.turn) + 1
        head = self.tr("Unit {0} of {1}, step {2} of {3}").format(self.unit + 1, self.units, step, self.length)
        painter.setFont(self.type(theme.caption_px, bold=True))
        self.write(painter, QRectF(0, 0, self.width(), self._line()), head, "text")
        foot, _ = self._foot_areas()
        painter.fillRect(foot, theme.colour("accent_soft"))
        line = QRectF(foot.x() + theme.space, foot.y(), foot.width() - 2 * theme.space, 1.1 * self._line())
        self.write(painter, line, title(self.part, self.kind), "text")
        painter.setFont(self.caption)
        for slot in self.slots():
            self._paint_box(painter, slot)
            self._paint_input(painter, slot)

    def paint(self, painter: QPainter) -> None:
        """Paint values, states on their way from cell to cell, and what happens now."""
        if not self.arrays:
            return
        for slot in self.slots():
            self._paint_values(painter, slot)
            self._paint_answer(painter, slot)
            if slot.turn + 1 < self.length:
                self._paint_between(painter, slot)
        painter.setFont(self.type(self.theme.font_px))
        painter.setPen(self.theme.colour("text"))
        painter.drawText(self._foot_areas()[1], Qt.TextFlag.TextWordWrap, self.formula(self.part, self.turn))
        painter.setFont(self.caption)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.arrays:
            for slot in self.slots():
                if slot.box.contains(event.position()):
                    parts = [p for p in self.order if self.row(slot, p).contains(event.position())]
                    self.go_to(slot.turn, self.order.index(parts[0]) if parts else len(self.order) - 1)
                    break
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        whole = len(self.order) if self.arrays else 1
        moves = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_PageUp: -whole, Qt.Key.Key_PageDown: whole}
        if key in moves:
            self.advance(moves[key])
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.choose_unit(self.unit + (1 if key == Qt.Key.Key_Down else -1))
        elif key == Qt.Key.Key_Home:
            self.go_to(0, 0)
        elif key == Qt.Key.Key_End and self.arrays:
            self.go_to(self.length - 1, whole - 1)
        else:
            super().keyPressEvent(event)

    def _line(self) -> float:
        return self.theme.caption_px * 1.6

    def _above(self) -> float:
        """Room above the cells for what the network answers at every step."""
        return self._line() * (2.0 if len(self.arrays["answer"]) > 1 else 0.4)

    def _below(self) -> float:
        return self._line() * 2.2

    def _foot(self) -> float:
        """Room for the formula: in narrow views it takes two lines."""
        return self._line() * (2.6 if self.width() >= 45 * self.theme.font_px else 3.9)

    def _foot_areas(self) -> tuple[QRectF, QRectF]:
        """The strip below the cells, and the place of the formula in it."""
        foot = QRectF(0, self.height() - self._foot() + 0.2 * self._line(), self.width(), self._foot())
        foot.setBottom(self.height())
        return foot, foot.adjusted(self.theme.space, 1.1 * self._line(), -self.theme.space, 0)

    def _paint_box(self, painter: QPainter, slot: Slot) -> None:
        theme, now = self.theme, slot.turn == self.turn
        painter.setBrush(theme.colour("raised"))
        painter.setPen(QPen(theme.colour("accent" if now else "border_strong"), 2 if now else 1))
        painter.drawRoundedRect(slot.box, theme.radius, theme.radius)
        head = QRectF(slot.box.x() + theme.space, slot.box.y(), slot.box.width() - 2 * theme.space, self._line() * 1.4)
        self.write(painter, head, self.tr("Step {0}").format(self.step_of(slot.turn) + 1), "text" if now else "muted")
        for part in self.order:
            row, bar = self.row(slot, part), self.bar(slot, part)
            if now and part == self.part:
                painter.fillRect(row.adjusted(2, 1, -2, -1), theme.colour("accent_soft"))
            letter = QRectF(row.x() + theme.space, row.y(), 2 * theme.caption_px, row.height())
            come = self.has_come(slot.turn, part)
            self.write(painter, letter, symbol(part, self.kind), "text" if come else "disabled")
            painter.fillRect(bar, theme.colour("hover"))
            if part not in GATES:
                painter.setPen(QPen(theme.colour("border_strong"), 1))
                painter.drawLine(QLineF(bar.center().x(), bar.top() - 1, bar.center().x(), bar.bottom() + 1))

    def _paint_values(self, painter: QPainter, slot: Slot) -> None:
        for part in self.order:
            if self.has_come(slot.turn, part):
                row, bar, value = self.row(slot, part), self.bar(slot, part), self.value(part, slot.turn)
                painter.fillRect(self._filled(bar, part, value), self._bar_colour(part, value))
                number = QRectF(bar.right(), row.y(), row.right() - self.theme.space - bar.right(), row.height())
                self.write(painter, number, _short(value), "text", _RIGHT)

    def _filled(self, bar: QRectF, part: str, value: float) -> QRectF:
        if part in GATES:
            return QRectF(bar.x(), bar.y(), max(1.0, value * bar.width()), bar.height())
        long = max(1.0, abs(value) / self.limit(part) * bar.width() / 2)
        return QRectF(bar.center().x() - (long if value < 0 else 0), bar.y(), long, bar.height())

    def _bar_colour(self, part: str, value: float) -> QColor:
        if part in GATES:
            return part_colour(self.theme, part)
        return negative(self.theme) if value < 0 else positive(self.theme)

    def _paint_input(self, painter: QPainter, slot: Slot) -> None:
        """The input below a cell, with an arrow upwards."""
        x = slot.box.center().x()
        sums = self.part not in ("cell",) and not (self.part == "hidden" and self.kind != "rnn")
        self._arrow(painter, QPointF(x, slot.below.y() + 0.95 * self._line()), QPointF(x, slot.below.y() + 2),
                    slot.turn == self.turn and sums)  # fmt: skip
        text = slot.below.adjusted(0, self._line(), 0, 0)
        self.write(painter, text, self._input_text(slot.turn), "text", _CENTRE)

    def _paint_answer(self, painter: QPainter, slot: Slot) -> None:
        """The answer above a cell, with an arrow upwards."""
        x = slot.box.center().x()
        answer = self.arrays["answer"]
        if len(answer) > 1 and self.has_come(slot.turn, "hidden"):
            row = answer[self.step_of(slot.turn)]
            base = slot.box.top() - 2
            now = slot.turn == self.turn and self.part == "hidden"
            self._arrow(painter, QPointF(x, base), QPointF(x, base - 0.7 * self._line()), now)
            if self._classes:
                best = int(np.nan_to_num(row).argmax())
                said = f"{symbol_text(self._classes[best])}  {100 * row[best]:.0f} %"
            else:
                said = ", ".join(map(_short, row[:MOST_VALUES].tolist()))
            place = QRectF(slot.above.x(), slot.above.y(), slot.above.width(), self._line())
            self.write(painter, place, said, "text", _CENTRE)

    def _input_text(self, turn: int, most: int = MOST_VALUES) -> str:
        values = self.arrays["x"][self.step_of(turn)]
        if self._symbols:
            return self._symbols[int(np.clip(round(float(values[0])), 0, len(self._symbols) - 1))]
        texts = [_short(float(value)) for value in values[:most]]
        return "x = " + ", ".join([*texts, "…"] if len(values) > most else texts)

    def _paint_between(self, painter: QPainter, slot: Slot) -> None:
        """States on their way to the next cell: all units as a column of colours, the chosen one's value beside it."""
        theme, area = self.theme, slot.between
        states = ("cell", "hidden") if self.kind == "lstm" else ("hidden",)
        each = area.height() / len(states)
        for number, part in enumerate(states):
            if not self.has_come(slot.turn, part):
                continue
            values = self.arrays[f"part.{part}"][self.step_of(slot.turn)]
            limit = self._limit(part)
            room = QRectF(area.x(), area.y() + number * each, area.width(), each)
            thick = min(theme.caption_px * 1.1, area.width() * 0.35)
            high = room.height() - 2.2 * self._line()
            column = QRectF(round(room.center().x() - thick / 2), round(room.y() + 1.1 * self._line()), round(thick),
                            round(max(4.0, high)))  # fmt: skip
            into = slot.turn + 1 == self.turn
            uses = ("cell",) if part == "cell" else tuple(p for p in self.order if p not in ("cell",))
            now = into and self.part in uses and not (part == "hidden" and self.part == "hidden" and
                                                      self.kind == "lstm")  # fmt: skip
            middle = column.center().y()
            self._arrow(painter, QPointF(room.x() + 2, middle), QPointF(room.right() - 1, middle), now)
            draw_image(painter, column, signed_image(values[:, None], limit, theme))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("border_strong"), 1))
            painter.drawRect(column)
            y = column.y() + (self.unit + 0.5) / self.units * column.height()
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawLine(QLineF(column.left() - 5, y, column.left() - 1, y))
            painter.drawLine(QLineF(column.right() + 2, y, column.right() + 6, y))
            text = QRectF(room.x(), column.y() - self._line(), room.width(), self._line())
            said = f"{symbol(part, self.kind)} {_short(float(values[self.unit]))}"
            self.write(painter, text, said, "text", _CENTRE)

    def state_colour(self, part: str, turn: int) -> QColor:
        """Colour of the chosen unit in the column of a state behind a cell."""
        return diverging_colour(self.theme, self.value(part, turn), self._limit(part))

    def _arrow(self, painter: QPainter, start: QPointF, end: QPointF, strong: bool) -> None:
        colour = self.theme.colour("accent" if strong else "border_strong")
        painter.setPen(QPen(colour, 2.5 if strong else 1.2))
        painter.drawLine(start, end)
        line = QLineF(end, start)
        line.setLength(6)
        wings = []
        for turn in (28.0, -28.0):
            wing = QLineF(line)
            wing.setAngle(line.angle() + turn)
            wings.append(wing.p2())
        painter.setBrush(colour)
        painter.setPen(QPen(colour, 1))
        painter.drawPolygon(QPolygonF([end, wings[0], wings[1]]))


def _short(value: float) -> str:
    """A number with two decimals, of equal width for all that are compared."""
    return f"{value:.2f}".replace("-", "−") if abs(value) < 1000 else number_text(float(f"{value:.3g}"))  # noqa: RUF001
