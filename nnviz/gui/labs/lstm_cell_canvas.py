"""The picture of the lab on the LSTM cell: the diagram, sliders of its gates, and every number over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QToolTip

from nnviz.core.labs.lstm_cell import GATES, PARTS, WEIGHTS
from nnviz.gui.labs.canvas import CENTRE, LEFT, RIGHT, LabCanvas, paint_handle
from nnviz.gui.labs.lstm_cell_diagram import CellDiagram
from nnviz.gui.labs.numbers import MINUS, short, signed
from nnviz.gui.labs.trail import Trail
from nnviz.gui.style import colours
from nnviz.gui.style.theme import Theme

if TYPE_CHECKING:
    from nnviz.gui.labs.lstm_cell import LstmCellLab

Handle = tuple[str, str | int]
"""("x", time step) or (gate, "w_x", "w_h", "b" or "held")."""

STRIPS = ("x", "f", "i", "g", "o", "c", "h")
"""What is drawn over time, from top to bottom."""
SHARES = (1.9, 1.0, 1.0, 1.15, 1.0, 1.35, 1.15)
"""How high each of them is, compared with the others."""
NEEDS = {"x": 0, "f": 1, "i": 2, "g": 2, "o": 3, "c": 2, "h": 3}
"""How many parts of a time step are done when its number is known."""
WEIGHT_REACH, INPUT_REACH = 12.0, 2.0


class LstmCellCanvas(LabCanvas):
    """Diagram and sliders above, the numbers of all time steps below, one strip for each.

    Signals:
        drag_began: An input or a weight is going to be changed by hand.
    """

    drag_began = Signal()

    def __init__(self, lab: LstmCellLab, theme: Theme) -> None:
        super().__init__(theme)
        self._lab = lab
        self._diagram = CellDiagram(self, lab)
        self._chosen: Handle = ("x", 0)
        self._grabbed: tuple[Handle, float, float] | None = None
        self._told_drag = False
        # Boxes by what stands in them, as long as the size is the same: a frame asks for them hundreds of times.
        self._places: dict[tuple[str, str], QRectF] = {}
        self._bars = Trail()
        self.setObjectName("lstm_cell_canvas")
        self.setAccessibleName(self.tr("The cell, the sliders of its gates, and its numbers over time"))

    # Places

    def _top_height(self) -> float:
        # Large type needs the room for its sliders.
        return self.height() * (0.55 if self.theme.projector else 0.49)

    def diagram_box(self) -> QRectF:
        """Where the cell stands."""
        margin = 1.5 * self.theme.space
        return QRectF(margin, margin, self.width() * 0.57 - 2 * margin, self._top_height() - 1.5 * margin)

    def gate_box(self, name: str) -> QRectF:
        """Where the sliders of a gate stand."""
        margin = 1.5 * self.theme.space
        left = self.width() * 0.57
        height = (self._top_height() - 1.5 * margin) / len(GATES)
        top = margin + GATES.index(name) * height
        # A little room, so that one gate's line does not touch the next one's button.
        return QRectF(left, top, self.width() - left - margin, height - 0.5 * self.theme.space)

    def pill(self, name: str) -> QRectF:
        """The button that holds a gate by hand."""
        found = self._places.get(("pill", name))
        if found is None:
            found = self._places["pill", name] = self._pill_now(name)
        return found

    def _pill_now(self, name: str) -> QRectF:
        box = self.gate_box(name)
        height = 1.15 * self.line_height(self.theme.caption_px)
        texts = (self.tr("computed"), self.tr("by hand"))
        width = max(self.width_of(text, self.theme.caption_px) for text in texts) + 1.5 * self.theme.space
        return QRectF(box.right() - width, box.top() + 2, width, height)

    def track(self, name: str, weight: str) -> QRectF:
        """The line on which a slider moves, and a few pixels around it."""
        found = self._places.get((name, weight))
        if found is None:
            found = self._places[name, weight] = self._track_now(name, weight)
        return found

    def _track_now(self, name: str, weight: str) -> QRectF:
        theme, box = self.theme, self.gate_box(name)
        head = self.pill(name).height() + self.line_height(theme.caption_px)
        y = box.top() + min(box.height() - 0.6 * theme.font_px, head + 1.4 * theme.font_px)
        if weight == "held":
            left, width = box.left() + 4.5 * theme.caption_px, box.width() - 5.5 * theme.caption_px
        else:
            share = box.width() / len(WEIGHTS)
            left = box.left() + WEIGHTS.index(weight) * share + 0.5 * theme.space
            width = share - 1.5 * theme.space
        return QRectF(left, y - 0.5 * theme.font_px, width, theme.font_px)

    def strips_box(self) -> QRectF:
        """Where the numbers stand over time."""
        margin = 1.5 * self.theme.space
        left = margin + 8.5 * self.theme.caption_px
        top = self._top_height() + margin
        right = self.width() - margin - 2.6 * self.theme.caption_px
        return QRectF(left, top, right - left, self.height() - top - 1.6 * self.line_height(self.theme.caption_px))

    def strip(self, name: str) -> QRectF:
        """The strip of one quantity."""
        found = self._places.get(("strip", name))
        if found is None:
            found = self._places["strip", name] = self._strip_now(name)
        return found

    def _strip_now(self, name: str) -> QRectF:
        box, place = self.strips_box(), STRIPS.index(name)
        unit = box.height() / sum(SHARES)
        return QRectF(box.left(), box.top() + sum(SHARES[:place]) * unit, box.width(), SHARES[place] * unit)

    def column(self, name: str, time: int) -> QRectF:
        """One time step of a strip."""
        box = self.strip(name)
        width = box.width() / len(self._lab.inputs)
        return QRectF(box.left() + time * width, box.top(), width, box.height())

    def handles(self) -> list[Handle]:
        """What can be dragged, in the order of the keys."""
        found: list[Handle] = [("x", time) for time in range(len(self._lab.inputs))]
        for name in GATES:
            held = self._lab.cell.gate(name).held is not None
            found += [(name, "held")] if held else [(name, weight) for weight in WEIGHTS]
        return found

    def handle_at(self, handle: Handle) -> QPointF:
        """Where the dot of a value is."""
        name, which = handle
        value = self._value(handle)
        if isinstance(which, int):
            box = self.column("x", which)
            return QPointF(box.center().x(), self._height_of("x", value))
        track = self.track(name, which)
        low, high = _range(handle)
        return QPointF(track.left() + (value - low) / (high - low) * track.width(), track.center().y())

    def _value(self, handle: Handle) -> float:
        name, which = handle
        if isinstance(which, int):
            return self._lab.inputs[which]
        return float(getattr(self._lab.cell.gate(name), which))

    def _limits(self, name: str) -> tuple[float, float]:
        """Least and largest number of a strip."""
        if name in "fio":
            return 0.0, 1.0
        if name == "x":
            return -INPUT_REACH, INPUT_REACH
        if name == "c":
            largest = max(1.0, *(abs(step.c) for step in self._lab.run))
            # In whole numbers, so that the scale does not creep while something is dragged.
            whole = float(-(-largest // 1)) if largest - largest // 1 > 1e-3 else float(largest // 1)
            lowest = min(step.c for step in self._lab.run)
            return (-whole if lowest < -1e-3 * whole else 0.0), whole
        return -1.0, 1.0

    def _height_of(self, name: str, value: float) -> float:
        box = self.strip(name).adjusted(0, 3, 0, -3)
        low, high = self._limits(name)
        return box.bottom() - (value - low) / (high - low) * box.height()

    # Painting

    def paint(self, painter: QPainter) -> None:
        """The cell, its gates, and time."""
        if self._chosen not in self.handles():
            self._chosen = (self._chosen[0], "held" if self._chosen[1] != "held" else "w_x")
            if self._chosen not in self.handles():
                self._chosen = ("x", 0)
        self._diagram.paint(painter, self.diagram_box())
        self._paint_gates(painter)
        self._paint_time(painter)

    def gate_name(self, name: str) -> str:
        """What a letter stands for."""
        return {
            "x": self.tr("input"),
            "f": self.tr("forget gate"),
            "i": self.tr("input gate"),
            "g": self.tr("candidate"),
            "o": self.tr("output gate"),
            "c": self.tr("cell state"),
            "h": self.tr("output"),
        }[name]

    def _paint_gates(self, painter: QPainter) -> None:
        # All that stays the same while the lab runs is painted once; the sums of now come on top.
        box = QRectF(self.width() * 0.57 - self.theme.space, 0, 0, self._top_height())
        box.setRight(self.width())
        key = (self._lab.cell, self._marked_gate(), self._held_handle())
        self.keep(painter, "gates", box, key, self._paint_fixed)
        for name in GATES:
            self._write_sum(painter, name)

    def _paint_fixed(self, painter: QPainter) -> None:
        for name in GATES:
            self._paint_gate(painter, name)

    def _marked_gate(self) -> Handle | None:
        return self._chosen if self.hasFocus() and self._chosen[0] != "x" else None

    def _held_handle(self) -> Handle | None:
        return self._grabbed[0] if self._grabbed is not None else None

    def _gate_head(self, name: str) -> QRectF:
        box, pill = self.gate_box(name), self.pill(name)
        return QRectF(box.left(), pill.top(), pill.left() - box.left() - self.theme.space, pill.height())

    def _write_sum(self, painter: QPainter, name: str) -> None:
        theme, gate, s = self.theme, self._lab.cell.gate(name), self._lab.now
        if gate.held is not None:
            return
        head = self._gate_head(name)
        function = "tanh" if name == "g" else "\N{GREEK SMALL LETTER SIGMA}"
        text = f"{function}({short(gate.sum(s.x, s.h_before), 3)}) = {short(getattr(s, name), 3)}"
        room = head.width() - 1.1 * theme.font_px - theme.space
        if self.width_of(text, theme.caption_px) + self.width_of(self.gate_name(name), theme.caption_px) < room:
            self.write(painter, head, text, RIGHT, "muted", theme.caption_px)

    def _paint_gate(self, painter: QPainter, name: str) -> None:
        theme, box, pill = self.theme, self.gate_box(name), self.pill(name)
        held = self._lab.cell.gate(name).held is not None
        head = self._gate_head(name)
        self.write(painter, head, name, LEFT, "text", bold=True)
        small = head.adjusted(1.1 * theme.font_px, 0, 0, 0)
        self.write(painter, small, self.gate_name(name), LEFT, "muted", theme.caption_px)
        painter.setPen(QPen(theme.colour("accent" if held else "border_strong"), 1))
        painter.setBrush(theme.colour("accent_soft" if held else "raised"))
        painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        text = self.tr("by hand") if held else self.tr("computed")
        self.write(painter, pill, text, CENTRE, "accent_text" if held else "text", theme.caption_px)
        for weight in ("held",) if held else WEIGHTS:
            self._paint_slider(painter, (name, weight))
        if name != GATES[-1]:
            painter.setPen(QPen(theme.colour("border"), 1))
            painter.drawLine(box.bottomLeft(), box.bottomRight())

    def _paint_slider(self, painter: QPainter, handle: Handle) -> None:
        theme = self.theme
        name, weight = str(handle[0]), str(handle[1])
        track, value, at = self.track(name, weight), self._value(handle), self.handle_at(handle)
        low, high = _range(handle)
        y = track.center().y()
        px = theme.caption_px
        line = self.line_height(px)
        cap = Qt.PenCapStyle.RoundCap
        painter.setPen(QPen(theme.colour("pressed"), 3, Qt.PenStyle.SolidLine, cap))
        painter.drawLine(QPointF(track.left(), y), QPointF(track.right(), y))
        zero = track.left() - low / (high - low) * track.width()
        if abs(at.x() - zero) > 1:
            colour = theme.colour("accent") if name != "g" and weight == "held" else self._sign(value)
            painter.setPen(QPen(colour, 3, Qt.PenStyle.SolidLine, cap))
            painter.drawLine(QPointF(zero, y), at)
        radius = 0.42 * theme.font_px
        if handle == self._marked_gate():
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(at, radius + 3, radius + 3)
        paint_handle(painter, at, theme, radius, held=handle == self._held_handle())
        if weight == "held":
            left = QRectF(self.gate_box(name).left(), y - line / 2, 4 * px, line)
            self.write(painter, left, f"{name} = {short(value, 3)}", LEFT, "text", px)
            return
        above = QRectF(track.left() - 0.3 * theme.space, y - radius - line, track.width() + 0.6 * theme.space, line)
        title = {"w_x": "w\N{LATIN SUBSCRIPT SMALL LETTER X}", "w_h": "w\N{LATIN SUBSCRIPT SMALL LETTER H}"}
        self.write(painter, above, title.get(weight, weight), LEFT, "muted", px)
        self.write(painter, above, short(value, 3), RIGHT, "text", px)

    def _sign(self, value: float) -> QColor:
        return colours.positive(self.theme) if value >= 0 else colours.negative(self.theme)

    def set_theme(self, theme: Theme) -> None:
        """Take on another look."""
        self._places.clear()
        super().set_theme(theme)

    def forget(self) -> None:
        """Paint everything anew the next time, and measure it."""
        super().forget()
        self._bars = Trail()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._places.clear()
        super().resizeEvent(event)

    def _paint_time(self, painter: QPainter) -> None:
        theme, lab = self.theme, self._lab
        box, line = self.strips_box(), self.line_height(theme.caption_px)
        column = self.column("x", lab.time)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent_soft"))
        painter.drawRoundedRect(QRectF(column.left(), box.top() - 3, column.width(), box.height() + line + 6), 4, 4)
        below = QRectF(0, self._top_height(), self.width(), self.height() - self._top_height())
        self.keep(painter, "names", below, (self._limits("c"), len(lab.inputs)), self._paint_names, over=True)
        for time in range(len(lab.inputs)):
            cell, here = self.column("h", time), time == lab.time
            place = QRectF(cell.left(), box.bottom() + 2, cell.width(), line)
            colour = "accent_text" if here else "muted"
            self.write(painter, place, str(time + 1), CENTRE, colour, theme.caption_px, bold=here)
        inputs = self.strip("x").adjusted(-theme.font_px, -theme.font_px, theme.font_px, theme.font_px)
        chosen = self._chosen if self.hasFocus() else None
        self.keep(painter, "inputs", inputs, (lab.inputs, chosen, self._held_handle()), self._paint_inputs, over=True)
        known = (lab.run, theme, self.font().family())
        self._bars.paint(painter, QRectF(below.toAlignedRect()), known, lab.step, self._paint_new)

    def _paint_new(self, painter: QPainter, _: int, first: int, last: int) -> None:
        """What became known between two steps, in all strips but the first."""
        for name in STRIPS[1:]:
            need, parts = NEEDS[name], len(PARTS)
            self._paint_bars(painter, name, range((first - need) // parts + 1, (last - need) // parts + 1))

    def _paint_names(self, painter: QPainter) -> None:
        """Names and scales of the strips."""
        for name in STRIPS:
            self._paint_name(painter, name)
        box, px = self.strips_box(), self.theme.caption_px
        left = QRectF(
            1.5 * self.theme.space, box.bottom() + 2, box.left() - 2.5 * self.theme.space, self.line_height(px)
        )
        self.write(painter, left, self.tr("time step"), RIGHT, "muted", px)

    def _paint_name(self, painter: QPainter, name: str) -> None:
        theme = self.theme
        px = theme.caption_px
        box, line = self.strip(name), self.line_height(px)
        low, high = self._limits(name)
        zero = self._height_of(name, 0.0)
        label = QRectF(1.5 * theme.space, box.center().y() - line / 2, box.left() - 2.5 * theme.space, line)
        letter = "C" if name == "c" else name
        self.write(painter, label, letter, LEFT, "text", px, bold=True)
        self.write(painter, label.adjusted(1.4 * px, 0, 0, 0), self.gate_name(name), LEFT, "muted", px)
        span = f"\N{PLUS-MINUS SIGN}{short(high, 2)}" if low < 0 else f"0\N{EN DASH}{short(high, 2)}"
        place = QRectF(box.right() + 6, box.center().y() - line / 2, 2.8 * px, line)
        self.write(painter, place, span, LEFT, "muted", px)
        painter.setPen(QPen(theme.colour("border_strong"), 1))
        painter.drawLine(QPointF(box.left(), zero), QPointF(box.right(), zero))

    def _paint_bars(self, painter: QPainter, name: str, times: range) -> None:
        """A part of the curve of a quantity: a bar for each time step, and the numbers where they fit."""
        # There are up to 170 of them: places are computed once, and each colour is painted in one go.
        theme, lab, px = self.theme, self._lab, self.theme.caption_px
        box, line, zero = self.strip(name), self.line_height(px), self._height_of(name, 0.0)
        low, high = self._limits(name)
        width, unit = box.width() / len(lab.inputs), (box.height() - 6) / (high - low)
        values = [float(getattr(lab.run[time], name)) for time in times]
        # Upright edges need no smoothing, which would take twice the time.
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        bars: dict[bool, list[QRectF]] = {True: [], False: []}
        tops: dict[bool, list[QLineF]] = {True: [], False: []}
        for time, value in zip(times, values, strict=True):
            left, y = box.left() + time * width, zero - value * unit
            bars[value >= 0].append(QRectF(left, min(y, zero), width - 1, abs(zero - y)))
            tops[value >= 0].append(QLineF(left + 1, y, left + width - 2, y))
        for sign in (True, False):
            colour = theme.colour("accent") if name in "fio" else self._sign(1.0 if sign else -1.0)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.mixed(colour, theme.colour("surface"), 0.37))
            painter.drawRects(bars[sign])
            painter.setPen(QPen(colour, 2))
            painter.drawLines(tops[sign])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # Where bars go both ways, a number stands on the other side of zero.
        both = low < 0
        if width < 3.4 * px or box.height() < line * (1.8 if both else 1.1):
            return
        painter.setFont(self.face(px))
        painter.setPen(theme.colour("text"))
        away = 0.4 * theme.font_px if name == "x" else 0.0
        for time, value in zip(times, values, strict=True):
            text = short(value, 3) if name == "x" else signed(value)
            top = zero + 1 + away if value >= 0 else zero - line - away
            top = top if both else box.center().y() - line / 2
            left = box.left() + time * width + (width - self.width_of(text, px)) / 2
            painter.drawStaticText(QPointF(left, top), self.laid_out(text, px))

    def _known(self, name: str, time: int) -> bool:
        lab = self._lab
        return time < lab.time or (time == lab.time and lab.step > 0 and lab.parts >= NEEDS[name])

    def _paint_inputs(self, painter: QPainter) -> None:
        self._paint_bars(painter, "x", range(len(self._lab.inputs)))
        theme, radius = self.theme, 0.36 * self.theme.font_px
        for time in range(len(self._lab.inputs)):
            at = self.handle_at(("x", time))
            if self.hasFocus() and self._chosen == ("x", time):
                painter.setPen(QPen(theme.colour("focus"), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(at, radius + 3, radius + 3)
            paint_handle(painter, at, theme, radius, held=self._held_handle() == ("x", time))

    # Mouse and keys

    def handle_under(self, place: QPointF) -> Handle | None:
        """The value that a press at a place takes hold of."""
        for time in range(len(self._lab.inputs)):
            if self.column("x", time).contains(place):
                return "x", time
        reach = 0.6 * self.theme.font_px
        for handle in self.handles():
            name, which = handle
            if isinstance(which, str) and self.track(name, which).adjusted(-reach, -3, reach, 3).contains(place):
                return handle
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        place = event.position()
        for name in GATES:
            if self.pill(name).contains(place):
                self._lab.toggle_held(name)
                return
        handle = self.handle_under(place)
        if handle is None:
            return
        self._chosen = handle
        self._grabbed = (handle, place.y(), self._value(handle))
        self._told_drag = False
        if isinstance(handle[1], str):
            self._drag(place)
        self.update()

    def _drag(self, place: QPointF) -> None:
        if self._grabbed is None:
            return
        handle, y, value = self._grabbed
        if isinstance(handle[1], int):
            # Relative, and not at the scale of the strip: that would be too fine for a hand.
            wanted = round(value + (y - place.y()) / (2.5 * self.theme.font_px), 2)
        else:
            track = self.track(handle[0], handle[1])
            low, high = _range(handle)
            share = min(1.0, max(0.0, (place.x() - track.left()) / track.width()))
            wanted = round(low + share * (high - low), 2 if handle[1] == "held" else 1)
        self._set(handle, wanted)

    def _set(self, handle: Handle, value: float) -> None:
        low, high = _range(handle)
        value = min(high, max(low, value))
        if value == self._value(handle):
            return
        if not self._told_drag:
            self._told_drag = True
            self.drag_began.emit()
        name, which = handle
        if isinstance(which, int):
            self._lab.set_input(which, value)
        else:
            self._lab.set_weight(name, which, value)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position()
        if self._grabbed is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self._drag(place)
            return
        handle = self.handle_under(place)
        over_pill = any(self.pill(name).contains(place) for name in GATES)
        shape = Qt.CursorShape.PointingHandCursor if over_pill else Qt.CursorShape.ArrowCursor
        if handle is not None:
            shape = Qt.CursorShape.SizeVerCursor if isinstance(handle[1], int) else Qt.CursorShape.SizeHorCursor
        self.setCursor(shape)
        QToolTip.showText(event.globalPosition().toPoint(), self.exact_text(place), self)

    def exact_text(self, place: QPointF) -> str:
        """The exact number of a strip under a place, or nothing."""
        for name in STRIPS:
            for time, step in enumerate(self._lab.run):
                if self.column(name, time).contains(place) and (name == "x" or self._known(name, time)):
                    value = f"{getattr(step, name):.12g}".replace("-", MINUS)
                    return f"{'C' if name == 'c' else name} ({time + 1}) = {value}"
        return ""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._grabbed = None
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        handles = self.handles()
        place = handles.index(self._chosen) if self._chosen in handles else 0
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._chosen = handles[(place + (1 if key == Qt.Key.Key_Down else -1)) % len(handles)]
            self.update()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            # A key that is held down is one edit.
            self._told_drag = event.isAutoRepeat()
            change = -0.1 if key == Qt.Key.Key_Minus else 0.1
            self._set(handles[place], round(self._value(handles[place]) + change, 10))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and handles[place][0] in GATES:
            name = handles[place][0]
            self._lab.toggle_held(name)
            self._chosen = next(handle for handle in self.handles() if handle[0] == name)
        else:
            super().keyPressEvent(event)


def _range(handle: Handle) -> tuple[float, float]:
    """Least and largest value of what can be dragged."""
    name, which = handle
    if isinstance(which, int):
        return -INPUT_REACH, INPUT_REACH
    if which == "held":
        return (-1.0 if name == "g" else 0.0), 1.0
    return -WEIGHT_REACH, WEIGHT_REACH
