"""The picture of the lab on forward and backward pass: formula, units and weights, and the numbers of one unit."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLocale, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QDoubleValidator, QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QToolTip

from nnviz.core.labs.backprop.program import Kind, Net, Op
from nnviz.core.labs.backprop.values import Values
from nnviz.core.labs.backprop.walk import Place
from nnviz.core.labs.backprop.words import MINUS
from nnviz.gui.labs.backprop_table import DELTA, UnitTable
from nnviz.gui.labs.canvas import CENTRE, LEFT, RIGHT, LabCanvas
from nnviz.gui.labs.numbers import short
from nnviz.gui.style import colours
from nnviz.gui.style.theme import Theme

if TYPE_CHECKING:
    from nnviz.gui.labs.backprop import BackpropLab

SHARES = 21
"""Places along the weights that are tried for their labels."""
MOST_LABELS = 16
"""More weights between two layers are not labelled in the picture; the table has their numbers."""


@dataclass(frozen=True)
class Cell:
    """A number on the screen that can be edited.

    Attributes:
        place: Which number it is.
        box: Where it stands.
    """

    place: Place
    box: QRectF


class NetCanvas(LabCanvas):
    """Formula at the top, the network below it, and beside the network the numbers of one unit.

    Signals:
        number_typed(Place, float): Somebody typed another number.
        guessed(float): Somebody answered what was asked.
    """

    number_typed = Signal(object, float)
    guessed = Signal(float)

    def __init__(self, lab: BackpropLab, theme: Theme) -> None:
        super().__init__(theme)
        self._lab = lab
        self._unit: tuple[int, int] | None = None
        self._hovered: tuple[int, int] | None = None
        self._table = True
        self._unit_table = UnitTable(self, lab)
        self._cells: list[Cell] = []
        self._chosen = -1
        self._editing: Place | None = None
        self._arranged: object = None
        self._box = QRectF()
        self._gap = 1.0
        self._units: list[list[QPointF]] = []
        self._shares: list[tuple[float, float]] = []
        self.setObjectName("backprop_canvas")
        self.setAccessibleName(self.tr("The network and the numbers of its units"))
        self._editor = self._line("backprop_editor", self.tr("A number of the network"))
        self._answer = self._line("backprop_answer", self.tr("Your guess"))
        self._answer.setPlaceholderText(self.tr("your guess"))

    def _line(self, name: str, title: str) -> QLineEdit:
        line = QLineEdit(self)
        line.setObjectName(name)
        line.setAccessibleName(title)
        validator = QDoubleValidator(-1e6, 1e6, 12, line)
        # A decimal point, as everywhere in the window.
        validator.setLocale(QLocale.c())
        line.setValidator(validator)
        line.installEventFilter(self)
        line.hide()
        return line

    # What is shown

    def set_table(self, shown: bool) -> None:
        """Show the numbers of one unit beside the network, or leave that room to the code."""
        self._table = shown
        self._close_editor()
        self.update()

    def show_step(self) -> None:
        """Follow the walk to its last operation."""
        self._unit = None
        self._close_editor()
        asked = self._lab.asked is not None
        # Asked before it is hidden: Qt then gives the keyboard to whatever comes next, a box of the settings.
        answered = self._answer.hasFocus()
        self._answer.setVisible(asked)
        if asked:
            self._answer.clear()
            self._place_answer()
            self._answer.setFocus(Qt.FocusReason.OtherFocusReason)
        elif answered:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.update()

    def shown_unit(self) -> tuple[int, int]:
        """Layer and index of the unit whose numbers stand in the table."""
        net = self._lab.walk.net
        if self._unit is not None and self._unit[0] <= net.layers and self._unit[1] < net.sizes[self._unit[0]]:
            return self._unit
        op = self._lab.shown_op()
        return (op.layer, max(0, op.unit)) if op is not None else (1, 0)

    def choose_unit(self, layer: int, unit: int) -> None:
        """Show the numbers of this unit until the next step."""
        self._unit = (layer, unit)
        self._chosen = -1
        self._close_editor()
        self.update()

    def cell_of(self, place: Place) -> QRectF:
        """Where a number stands that can be edited.

        Raises:
            KeyError: If it is not on the screen.
        """
        for cell in self._cells:
            if cell.place == place:
                return cell.box
        raise KeyError(place)

    # Places

    def _strip(self) -> QRectF:
        space = self.theme.space
        height = 3.4 * self.line_height() + self.line_height(self.theme.heading_px) + 1.5 * space
        return QRectF(space, space, self.width() - 2 * space, height)

    def _value_box(self) -> QRectF:
        strip = self._strip()
        width = min(0.3 * strip.width(), 8.5 * self.theme.title_px)
        return QRectF(strip.right() - width, strip.top(), width, strip.height()).adjusted(0, 0, -self.theme.space, 0)

    def _table_box(self) -> QRectF:
        top = self._strip().bottom() + self.theme.space
        width = min(21.5 * self.theme.font_px, 0.46 * self.width())
        return QRectF(self.width() - width, top, width - self.theme.space, self.height() - top - self.theme.space)

    def _net_box(self) -> QRectF:
        strip = self._strip()
        right = self._table_box().left() - self.theme.space if self._table else self.width() - self.theme.space
        top = strip.bottom() + self.theme.space + 1.5 * self.line_height(self.theme.caption_px)
        return QRectF(self.theme.space, top, right - self.theme.space, self.height() - top - self.theme.space)

    def _arrange(self) -> None:
        """Work out where everything is: once per frame, not for every line of it."""
        net = self._lab.walk.net
        key = (self.width(), self.height(), self._table, net.sizes, self.theme)
        if key == self._arranged:
            return
        self._arranged = key
        box = self._net_box()
        self._box, self._gap = box, box.height() / max(net.sizes)
        margin, right = 2.4 * self.theme.font_px, 6.8 * self.theme.font_px
        self._units = []
        for layer, count in enumerate(net.sizes):
            x = box.left() + margin + (box.width() - margin - right) * layer / net.layers
            spacing = min(box.height() / count, 1.5 * self._gap)
            ys = [box.center().y() + (unit - (count - 1) / 2) * spacing for unit in range(count)]
            self._units.append([QPointF(x, y) for y in ys])
        self._shares = [self._find_label_share(layer) for layer in range(1, net.layers + 1)]

    def _spacing(self) -> float:
        self._arrange()
        return self._gap

    def radius(self) -> float:
        """Radius of the circles of units."""
        theme, spacing = self.theme, self._spacing()
        roomy = (spacing - 2.5 * theme.caption_px) / 2
        return max(6.0, min(2.0 * theme.font_px, roomy if roomy >= 1.1 * theme.font_px else 0.40 * spacing))

    def unit_at(self, layer: int, unit: int) -> QPointF:
        """Centre of a unit's circle; the inputs are layer 0."""
        self._arrange()
        return self._units[layer][unit]

    def _unit_under(self, place: QPointF) -> tuple[int, int] | None:
        net, reach = self._lab.walk.net, self.radius() + 3
        for layer, size in enumerate(net.sizes):
            for unit in range(size):
                away = self.unit_at(layer, unit) - place
                if math.hypot(away.x(), away.y()) <= reach:
                    return layer, unit
        return None

    # Painting

    def paint(self, painter: QPainter) -> None:
        """Everything; the places of what can be edited are noted on the way."""
        self._cells = []
        self._arrange()
        op = self._lab.shown_op()
        self._paint_strip(painter)
        self._paint_weights(painter, op)
        self._paint_units(painter, op)
        if self._table:
            self._unit_table.paint(painter, self._table_box())

    def _paint_strip(self, painter: QPainter) -> None:
        theme, strip = self.theme, self._strip()
        self.keep(painter, "strip", strip, (), lambda under: self._paint_ground(under, strip))
        asked = self._lab.question()
        shown = asked or self._lab.explanation()
        inner = strip.adjusted(1.5 * theme.space, 0.7 * theme.space, -1.5 * theme.space, -0.7 * theme.space)
        if shown is None:
            text = self.tr("Step, and the first number appears here: its name, its formula and the numbers in it.")
            self.write(painter, inner, text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, "text",
                       theme.heading_px, wrap=True)  # fmt: skip
            return
        value_box = self._value_box()
        text_width = value_box.left() - inner.left() - theme.space
        name_line = self.line_height(theme.heading_px)
        head = QRectF(inner.left(), inner.top(), text_width, name_line)
        self.write(painter, head, shown.name, LEFT, "accent_text", theme.heading_px, bold=True)
        kind = self._kind_text()
        beside = head.adjusted(self.width_of(shown.name, theme.heading_px, bold=True) + 1.5 * theme.space, 0, 0, 0)
        self.write(painter, beside, kind, LEFT, "muted", theme.caption_px)
        rest = QRectF(inner.left(), head.bottom() + 3, text_width, inner.bottom() - head.bottom() - 3)
        top = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
        self.write(painter, rest, f"= {shown.formula}\n= {shown.numbers}", top, "text", wrap=True)
        text = "= ?" if asked is not None else f"= {short(shown.value)}"
        result = value_box.adjusted(0, 0, 0, -strip.height() * 0.45) if asked is not None else value_box
        self.write(painter, result, text, RIGHT if asked is None else CENTRE, "accent_text", theme.title_px, bold=True)

    def _paint_ground(self, painter: QPainter, strip: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.colour("accent_soft"))
        painter.drawRoundedRect(strip, self.theme.card_radius, self.theme.card_radius)

    def _kind_text(self) -> str:
        op = self._lab.shown_op()
        if op is None:
            return ""
        return {
            Kind.PRODUCT: self.tr("forward: one product of the sum"),
            Kind.BIAS: self.tr("forward: the weighted sum"),
            Kind.ACTIVATE: self.tr("forward: the activation"),
            Kind.ERROR: self.tr("forward: the error"),
            Kind.LOSS: self.tr("forward: the loss"),
            Kind.LOSS_SLOPE: self.tr("backward: slope of the loss"),
            Kind.BACK_PRODUCT: self.tr("backward: one product of the sum"),
            Kind.DELTA: self.tr("backward: error of the unit"),
            Kind.BIAS_GRADIENT: self.tr("backward: gradient of a bias"),
            Kind.WEIGHT_GRADIENT: self.tr("backward: gradient of a weight"),
            Kind.UPDATE_WEIGHT: self.tr("update of a weight"),
            Kind.UPDATE_BIAS: self.tr("update of a bias"),
            Kind.CHECK: self.tr("the loss with the new weights"),
        }[op.kind]

    def marked_weight(self, op: Op | None) -> tuple[int, int, int] | None:
        """Layer, unit before and unit behind of the weight that the operation uses."""
        if op is None or op.other < 0:
            return None
        if op.kind is Kind.BACK_PRODUCT:
            return op.layer + 1, op.unit, op.other
        return op.layer, op.other, op.unit

    def _paint_weights(self, painter: QPainter, op: Op | None) -> None:
        walk = self._lab.walk
        values, net = walk.values, walk.net
        marked = self.marked_weight(op)
        shown, units = self.shown_unit(), self._units
        limit = max((abs(w) for matrix in values.w for row in matrix for w in row), default=1.0) or 1.0
        for layer in range(1, net.layers + 1):
            left, right = units[layer - 1][0].x(), units[layer][0].x()
            between = QRectF(left, self._box.top(), right - left, self._box.height())
            rows = tuple(map(tuple, values.w[layer]))
            here = shown[1] if shown[0] == layer else None
            ends = marked[1:] if marked is not None and marked[0] == layer else None
            paint = partial(self._paint_lines, layer=layer, rows=rows, limit=limit, shown=here, marked=ends)
            self.keep(painter, f"weights {layer}", between, (rows, limit, here, ends), paint)
        for layer in range(1, net.layers + 1):
            self._paint_labels(painter, values, net, layer, marked)

    def _paint_lines(
        self,
        painter: QPainter,
        *,
        layer: int,
        rows: tuple[tuple[float, ...], ...],
        limit: float,
        shown: int | None,
        marked: tuple[int, int] | None,
    ) -> None:
        theme, before, behind = self.theme, self._units[layer - 1], self._units[layer]
        for i, row in enumerate(rows):
            for j, w in enumerate(row):
                colour = QColor(colours.positive(theme) if w >= 0 else colours.negative(theme))
                width = 0.8 + 2.6 * min(1.0, abs(w) / limit)
                colour.setAlphaF(0.85 if j == shown else 0.35)
                if (i, j) == marked:
                    painter.setPen(QPen(theme.colour("accent"), width + 4.0))
                    painter.drawLine(before[i], behind[j])
                    colour.setAlphaF(1.0)
                painter.setPen(QPen(colour, width))
                painter.drawLine(before[i], behind[j])

    def _paint_labels(
        self, painter: QPainter, values: Values, net: Net, layer: int, marked: tuple[int, int, int] | None
    ) -> None:
        before, behind = net.sizes[layer - 1], net.sizes[layer]
        shown_layer, shown_unit = self.shown_unit()
        height = self.line_height(self.theme.caption_px)
        share, gap = self._shares[layer - 1]
        every = before * behind <= MOST_LABELS and gap > 1.05 * height
        for i in range(before):
            for j in range(behind):
                own = (layer, j) == (shown_layer, shown_unit)
                if not (every or (own and before <= 4) or (layer, i, j) == marked):
                    continue
                start, end = self.unit_at(layer - 1, i), self.unit_at(layer, j)
                place = start + (end - start) * share
                text = short(values.w[layer][i][j], 2)
                width = self.width_of(text, self.theme.caption_px) + 8
                box = QRectF(place.x() - width / 2, place.y() - height / 2, width, height)
                self.paint_cell(painter, Place("weight", layer, j, i), box, text, CENTRE, (layer, i, j) == marked)

    def _find_label_share(self, layer: int) -> tuple[float, float]:
        """How far along the weights their labels stand, and how far apart the nearest two of them are then."""
        before = [place.y() for place in self._units[layer - 1]]
        behind = [place.y() for place in self._units[layer]]
        if len(before) * len(behind) == 1 or len(before) * len(behind) > MOST_LABELS:
            return 0.5, math.inf
        # Between the circles: a label that reaches under one of them cannot be read.
        reach = self.radius() + self.width_of(short(-0.88, 2), self.theme.caption_px) / 2 + 6
        least = reach / (self._units[layer][0].x() - self._units[layer - 1][0].x())
        low, high = max(0.3, least), min(0.8, 1 - least)
        best = (0.5, 0.0)
        for step in range(SHARES if low < high else 0):
            share = low + (high - low) * step / (SHARES - 1)
            ys = sorted(start + (end - start) * share for start in before for end in behind)
            gap = min(after - first for first, after in pairwise(ys))
            if gap > best[1]:
                best = (share, gap)
        return best

    def fitting(self, value: float, room: float, digits: int, *, bold: bool = False) -> str:
        """A number in small type, with as many of so many digits as there is room for: it is never cut off."""
        texts = (short(value, count) for count in range(digits, 1, -1))
        px = self.theme.caption_px
        return next((text for text in texts if self.width_of(text, px, bold=bold) <= room), short(value, 1))

    def paint_cell(
        self,
        painter: QPainter,
        place: Place,
        box: QRectF,
        text: str,
        align: Qt.AlignmentFlag,
        marked: bool = False,
        px: int = 0,
    ) -> None:
        """Paint a number that can be edited, in a frame, and note where it stands."""
        theme = self.theme
        self._cells.append(Cell(place, box))
        chosen = self.hasFocus() and self._chosen == len(self._cells) - 1

        def paint_frame(under: QPainter) -> None:
            under.setBrush(theme.colour("accent_soft" if marked else "raised"))
            under.setPen(QPen(theme.colour("focus" if chosen else "border_strong"), 2 if chosen else 1))
            under.drawRoundedRect(box, 3, 3)

        # Round corners take longer than all the rest of it.
        around = box.adjusted(-2, -2, 2, 2)
        self.keep(painter, f"cell {len(self._cells)}", around, (box, marked, chosen), paint_frame, over=True)
        self.write(painter, box.adjusted(3, 0, -3, 0), text, align, "accent_text" if marked else "text",
                   px or theme.caption_px)  # fmt: skip

    def _paint_units(self, painter: QPainter, op: Op | None) -> None:
        theme, walk = self.theme, self._lab.walk
        values, net = walk.values, walk.net
        radius = self.radius()
        caption = self.line_height(theme.caption_px)
        top = self._strip().bottom() + theme.space
        active = (op.layer, op.unit) if op is not None else None
        for layer, size in enumerate(net.sizes):
            x = self.unit_at(layer, 0).x()
            title = self.tr("inputs") if layer == 0 else net.activation(layer).name
            half = 0.5 * self._box.width() / net.layers - 4
            self.write(painter, QRectF(x - half, top, 2 * half, caption), title, CENTRE, "muted", theme.caption_px)
            for unit in range(size):
                self._paint_unit(painter, values, layer, unit, radius, (layer, unit) == active)
        for unit in range(net.sizes[-1]):
            centre = self.unit_at(net.layers, unit)
            left = centre.x() + radius + 6
            width = self._box.right() - left
            self.write(painter, QRectF(left, centre.y() - 1.6 * caption, width, caption), self.tr("target y"), LEFT,
                       "muted", theme.caption_px)  # fmt: skip
            box = QRectF(left, centre.y() - 0.55 * caption, min(width, 4.4 * theme.caption_px), 1.15 * caption)
            self.paint_cell(painter, Place("target", 0, unit), box, short(values.y[unit], 3), CENTRE)

    def _paint_unit(
        self, painter: QPainter, values: Values, layer: int, unit: int, radius: float, active: bool
    ) -> None:
        theme = self.theme
        centre = self.unit_at(layer, unit)
        caption = self.line_height(theme.caption_px)
        a = values.a[layer][unit]
        shown = (layer, unit) == self.shown_unit()
        hovered = (layer, unit) == self._hovered

        def paint_circle(under: QPainter) -> None:
            edge = "accent" if active or shown else "muted"
            under.setPen(QPen(theme.colour(edge), 3 if active else 2 if shown else 1.2))
            under.setBrush(theme.colour("hover" if hovered else "accent_soft" if active else "surface"))
            under.drawEllipse(centre, radius, radius)

        around = QRectF(centre.x() - radius - 2, centre.y() - radius - 2, 2 * radius + 4, 2 * radius + 4)
        key = (centre, radius, active, shown, hovered)
        self.keep(painter, f"unit {layer} {unit}", around, key, paint_circle, over=True)
        if radius >= 1.05 * theme.font_px:
            # Within the frame of an input, or the circle itself.
            room = 1.64 * radius - 6 if layer == 0 else 2 * radius
            text = "" if a is None else self.fitting(a, room, 3, bold=layer > 0)
            inside = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
            if layer == 0:
                width = max(1.64 * radius, self.width_of(text, theme.caption_px) + 8)
                box = QRectF(centre.x() - width / 2, centre.y() - 0.6 * caption, width, 1.2 * caption)
                self.paint_cell(painter, Place("input", 0, unit), box, text, CENTRE)
            else:
                self.write(painter, inside, text, CENTRE, "text", theme.caption_px, bold=True)
        if layer and self._spacing() >= 2 * radius + 2.2 * theme.caption_px:
            z, delta = values.z[layer][unit], values.delta[layer][unit]
            wide = 7 * theme.caption_px
            above = QRectF(centre.x() - wide / 2, centre.y() - radius - caption + 1, wide, caption)
            below = QRectF(centre.x() - wide / 2, centre.y() + radius - 1, wide, caption)
            if z is not None:
                self.write(painter, above, f"z {short(z, 3)}", CENTRE, "muted", theme.caption_px)
            if delta is not None:
                self.write(painter, below, f"{DELTA} {short(delta, 3)}", CENTRE, "muted", theme.caption_px)

    # Editing

    def edit(self, index: int) -> None:
        """Open the editor on one of the framed numbers."""
        if not 0 <= index < len(self._cells):
            return
        cell = self._cells[index]
        self._editing = cell.place
        box = cell.box
        width, height = max(box.width() + 8, 6.2 * self.theme.font_px), max(box.height() + 4, 2 * self.theme.font_px)
        left = min(max(2.0, box.center().x() - width / 2), self.width() - width - 2)
        self._editor.setGeometry(round(left), round(box.center().y() - height / 2), round(width), round(height))
        style = f"min-height: 0; padding: 0 3px; font-size: {self.theme.font_px}px;"
        self._editor.setStyleSheet(style)
        self._editor.setText(f"{self._lab.walk.get_number(cell.place):.10g}")
        self._editor.selectAll()
        self._editor.show()
        self._editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close_editor(self) -> None:
        if self._editing is not None:
            self._editing = None
            had = self._editor.hasFocus()
            self._editor.hide()
            if had:
                self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_typed(self) -> None:
        place, typed = self._editing, _number(self._editor)
        self._close_editor()
        if place is not None and typed is not None:
            self.number_typed.emit(place, typed)

    def _on_answered(self) -> None:
        guess = _number(self._answer)
        if guess is not None:
            self.guessed.emit(guess)

    def _place_answer(self) -> None:
        box = self._value_box()
        height = 2.4 * self.theme.font_px
        bottom = self._strip().bottom() - self.theme.space
        self._answer.setGeometry(round(box.left()), round(bottom - height), round(box.width()), round(height))

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            # Taken here: a line edit would hand Enter on to the canvas, which would open the editor again.
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._on_typed() if watched is self._editor else self._on_answered()
                return True
            if event.key() == Qt.Key.Key_Escape and watched is self._editor:
                self._close_editor()
                return True
        elif event.type() == QEvent.Type.FocusOut and watched is self._editor and self._editing is not None:
            # Clicked elsewhere: what was typed counts only with Enter, so that nothing changes unnoticed.
            self._editing = None
            self._editor.hide()
        return super().eventFilter(watched, event)  # type: ignore[arg-type]

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        for index in range(len(self._cells) - 1, -1, -1):
            if self._cells[index].box.adjusted(-2, -2, 2, 2).contains(event.position()):
                self._chosen = index
                self.edit(index)
                return
        found = self._unit_under(event.position())
        if found is not None and found[0] > 0:
            self.choose_unit(*found)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position()
        over_cell = next((cell for cell in self._cells if cell.box.contains(place)), None)
        found = self._unit_under(place)
        self.setCursor(
            Qt.CursorShape.IBeamCursor
            if over_cell is not None
            else Qt.CursorShape.PointingHandCursor
            if found is not None and found[0] > 0
            else Qt.CursorShape.ArrowCursor
        )
        if over_cell is not None:
            exact = f"{self._lab.walk.get_number(over_cell.place):.12g}".replace("-", MINUS.strip())
            QToolTip.showText(event.globalPosition().toPoint(), exact, self)
        elif found is not None:
            QToolTip.showText(event.globalPosition().toPoint(), self._unit_text(*found), self)
        if found != self._hovered:
            self._hovered = found
            self.update()

    def _unit_text(self, layer: int, unit: int) -> str:
        values = self._lab.walk.values
        lines = [f"a{layer}[{unit + 1}] = {_exact(values.a[layer][unit])}"]
        if layer:
            lines.insert(0, f"z{layer}[{unit + 1}] = {_exact(values.z[layer][unit])}")
            lines.append(f"{DELTA}{layer}[{unit + 1}] = {_exact(values.delta[layer][unit])}")
        return "\n".join(lines)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self._cells:
            step = 1 if key == Qt.Key.Key_Down else -1
            self._chosen = (self._chosen + step) % len(self._cells) if self._chosen >= 0 else 0
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._chosen >= 0:
            self.edit(self._chosen)
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self._turn(1 if key == Qt.Key.Key_PageDown else -1)
        else:
            super().keyPressEvent(event)

    def _turn(self, step: int) -> None:
        net = self._lab.walk.net
        units = [(layer, unit) for layer in range(1, net.layers + 1) for unit in range(net.sizes[layer])]
        now = self.shown_unit()
        place = units.index(now) if now in units else 0
        self.choose_unit(*units[(place + step) % len(units)])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_answer()
        self._close_editor()

    def set_theme(self, theme: Theme) -> None:
        """Take on another look."""
        super().set_theme(theme)
        self._answer.setStyleSheet(f"font-size: {theme.font_px}px;")
        self._place_answer()


def _number(line: QLineEdit) -> float | None:
    # "-" and "1e" are accepted while somebody types, but are no numbers yet.
    try:
        return float(line.text())
    except ValueError:
        return None


def _exact(value: float | None) -> str:
    return "\N{MIDDLE DOT}" if value is None else f"{value:.12g}"
