"""The LSTM cell as a diagram: gates, products and sums, joined by lines that carry the numbers of one time step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from nnviz.core.labs.lstm_cell import PARTS
from nnviz.gui.labs.canvas import CENTRE, LEFT, RIGHT, paint_arrow
from nnviz.gui.labs.numbers import signed
from nnviz.gui.style import colours

if TYPE_CHECKING:
    from nnviz.gui.labs.lstm_cell import LstmCellLab
    from nnviz.gui.labs.lstm_cell_canvas import LstmCellCanvas

SIGMA = "\N{GREEK SMALL LETTER SIGMA}"
TIMES = "\N{MULTIPLICATION SIGN}"
DOT = "\N{MIDDLE DOT}"
PART_OF = {"f": 1, "i": 2, "g": 2, "o": 3}
"""In which of the three parts a gate is used."""


class CellDiagram:
    """Paints the cell into a box.

    Args:
        canvas: Where it is painted.
        lab: Whose numbers they are.
    """

    def __init__(self, canvas: LstmCellCanvas, lab: LstmCellLab) -> None:
        self._canvas = canvas
        self._lab = lab
        self._painter = QPainter()
        self._box = QRectF()

    def paint(self, painter: QPainter, box: QRectF) -> None:
        """Paint it as it stands: what is not computed yet has no numbers, the last part is violet."""
        self._box = box
        theme, lab = self._canvas.theme, self._lab
        line = self._canvas.line_height(theme.caption_px)
        head = QRectF(box.left(), box.top(), box.width(), self._canvas.line_height() + 1.3 * line)
        # At both sides there is room for a number.
        side = max(0.1 * box.width(), self._canvas.width_of(self._text(-1), theme.caption_px, bold=True) + theme.space)
        self._body = QRectF(box.left() + side, head.bottom() + 0.4 * line, box.width() - 2 * side, 0)
        self._body.setBottom(box.bottom() - 0.2 * line)

        def paint_lines(under: QPainter) -> None:
            self._painter = under
            self._paint_parts(head)
            under.setPen(QPen(theme.colour("border_strong"), 1.2))
            under.setBrush(colours.mixed(theme.colour("hover"), theme.colour("surface"), 0.55))
            under.drawRoundedRect(self._body, theme.card_radius, theme.card_radius)
            self._paint_cell_state()
            self._paint_gates(line)
            self._paint_output()

        # Lines and formulas are the same in every time step, but for what is violet: one picture for each part.
        held = tuple(lab.cell.gate(name).held is not None for name in PART_OF)
        around = box.adjusted(-4, -4, 4, 4)
        self._canvas.keep(painter, f"cell {lab.parts if lab.step else 0}", around, held, paint_lines)
        self._painter = painter
        self._write_cell_state(line)
        self._write_gates(line)
        self._write_output(line)

    def _paint_parts(self, box: QRectF) -> None:
        theme, lab = self._canvas.theme, self._lab
        names = (
            QCoreApplication.translate("CellDiagram", "1 Forget"),
            QCoreApplication.translate("CellDiagram", "2 Update"),
            QCoreApplication.translate("CellDiagram", "3 Output"),
        )
        formulas = (
            f"C \N{LEFTWARDS ARROW} f {DOT} C",
            f"C \N{LEFTWARDS ARROW} C + i {DOT} g",
            f"h = o {DOT} tanh C",
        )
        width = box.width() / len(PARTS)
        for place, (name, formula) in enumerate(zip(names, formulas, strict=True)):
            here = place + 1 == lab.parts and lab.step > 0
            cell = QRectF(box.left() + place * width + 2, box.top(), width - 4, box.height())
            self._painter.setPen(Qt.PenStyle.NoPen)
            self._painter.setBrush(theme.colour("accent_soft" if here else "hover"))
            self._painter.drawRoundedRect(cell, theme.radius, theme.radius)
            colour = "accent_text" if here else "text"
            line = self._canvas.line_height()
            top = QRectF(cell.left(), cell.top() + 1, cell.width(), line)
            self._canvas.write(self._painter, top, name, CENTRE, colour, bold=True)
            below = QRectF(cell.left(), top.bottom() - 1, cell.width(), cell.bottom() - top.bottom())
            self._canvas.write(self._painter, below, formula, CENTRE, colour if here else "muted", theme.caption_px)

    # Places

    def _x(self, share: float) -> float:
        return self._body.left() + share * self._body.width()

    def _y(self, share: float) -> float:
        return self._body.top() + share * self._body.height()

    def _colour(self, part: int) -> QColor:
        """Violet where something just happened, faint where nothing has yet."""
        lab, theme = self._lab, self._canvas.theme
        if part == lab.parts and lab.step:
            return theme.colour("accent")
        return theme.colour("muted" if part <= lab.parts and lab.step else "border_strong")

    def _done(self, part: int) -> bool:
        return part <= self._lab.parts and self._lab.step > 0

    def _pen(self, part: int, width: float = 1.6) -> QPen:
        here = part == self._lab.parts and self._lab.step > 0
        return QPen(self._colour(part), width + (0.8 if here else 0))

    # Pieces

    def _sign(self, place: QPointF, text: str, part: int) -> None:
        """A circle with an operation in it."""
        theme = self._canvas.theme
        radius = 0.72 * theme.font_px
        self._painter.setPen(self._pen(part))
        self._painter.setBrush(theme.colour("surface"))
        self._painter.drawEllipse(place, radius, radius)
        box = QRectF(place.x() - radius, place.y() - radius, 2 * radius, 2 * radius)
        self._canvas.write(self._painter, box, text, CENTRE, "text", theme.font_px)

    def _text(self, value: float) -> str:
        """A number with so many decimals that there is room for it; all are of one width."""
        return signed(value, 2 if self._canvas.theme.projector or abs(value) >= 10 else 3)

    def _number(self, place: QPointF, value: float, part: int, align: Qt.AlignmentFlag = LEFT) -> None:
        """A number beside, above or below a place, once it is known."""
        if not self._done(part):
            return
        px = self._canvas.theme.caption_px
        text = self._text(value)
        width, height = self._canvas.width_of(text, px, bold=True) + 2, self._canvas.line_height(px)
        left = {int(LEFT): place.x(), int(RIGHT): place.x() - width}.get(int(align), place.x() - width / 2)
        box = QRectF(left, place.y() - height / 2, width, height)
        colour = "accent_text" if part == self._lab.parts else "text"
        self._canvas.write(self._painter, box, text, CENTRE, colour, px, bold=True)

    def _paint_cell_state(self) -> None:
        y, radius, times, plus = self._cell_state()
        aside, muted = QPointF(radius, 0), QPen(self._canvas.theme.colour("muted"), 2.4)
        paint_arrow(self._painter, QPointF(self._box.left(), y), times - aside, muted)
        paint_arrow(self._painter, times + aside, plus - aside, self._pen(1, 2.4))
        paint_arrow(self._painter, plus + aside, QPointF(self._box.right(), y), self._pen(2, 2.4))
        self._sign(times, TIMES, 1)
        self._sign(plus, "+", 2)

    def _cell_state(self) -> tuple[float, float, QPointF, QPointF]:
        # The height of C's line, how large a sign is, and where its two signs stand.
        y = self._y(0.2)
        return y, 0.72 * self._canvas.theme.font_px, QPointF(self._x(0.15), y), QPointF(self._x(0.455), y)

    def _write_cell_state(self, line: float) -> None:
        lab, s = self._lab, self._lab.now
        y, radius, times, plus = self._cell_state()
        above = y - radius - 0.35 * line
        # What comes in from the left is known before anything of this time step is computed.
        left = QRectF(self._box.left(), y - 2.3 * line, self._body.left() - self._box.left() - 4, 2 * line)
        before = lab.time
        self._pair(left, f"C{_sub(before)}", s.c_before)
        self._number(QPointF((times.x() + plus.x()) / 2, above), s.kept, 1, CENTRE)
        right = QRectF(self._body.right() + 4, y - 2.3 * line, self._box.right() - self._body.right() - 4, 2 * line)
        self._pair(right, f"C{_sub(before + 1)}", s.c if self._done(2) else None, here=lab.parts == 2)

    def _pair(self, box: QRectF, name: str, value: float | None, *, here: bool = False) -> None:
        """A name above its number."""
        theme = self._canvas.theme
        half = box.height() / 2
        colour = "accent_text" if here and value is not None else "text" if value is not None else "muted"
        top, bottom = QRectF(box.x(), box.y(), box.width(), half), QRectF(box.x(), box.y() + half, box.width(), half)
        self._canvas.write(self._painter, top, name, CENTRE, "muted", theme.caption_px)
        if value is not None:
            self._canvas.write(self._painter, bottom, self._text(value), CENTRE, colour, theme.caption_px, bold=True)

    def _gate_places(self) -> dict[str, float]:
        return {"f": self._x(0.15), "i": self._x(0.35), "g": self._x(0.56), "o": self._x(0.76)}

    def _gate_box(self, x: float) -> QRectF:
        half_w, half_h = 1.5 * self._canvas.theme.font_px, 0.85 * self._canvas.theme.font_px
        return QRectF(x - half_w, self._y(0.68) - half_h, 2 * half_w, 2 * half_h)

    def _join(self, line: float) -> tuple[float, float, float]:
        # Heights of h and of x where they come in, and where x joins h: gates see both.
        bus = self._y(0.92)
        return bus, bus - 2.5 * line, self._body.left() + 0.8 * self._canvas.theme.font_px

    def _paint_gates(self, line: float) -> None:
        theme, lab, painter = self._canvas.theme, self._lab, self._painter
        radius = 0.72 * theme.font_px
        mid, places = self._y(0.44), self._gate_places()
        bus, x_y, join = self._join(line)
        muted = QPen(theme.colour("muted"), 1.6)
        painter.setPen(muted)
        painter.drawLine(QPointF(self._box.left(), bus), QPointF(places["o"], bus))
        painter.drawLine(QPointF(self._box.left(), x_y), QPointF(join, x_y))
        painter.drawLine(QPointF(join, x_y), QPointF(join, bus))
        product = QPointF(self._x(0.455), mid)
        for name, x in places.items():
            part, box = PART_OF[name], self._gate_box(x)
            if lab.cell.gate(name).held is not None:
                # A hand holds it: nothing that comes in matters.
                painter.setPen(QPen(theme.colour("border_strong"), 1.2, Qt.PenStyle.DotLine))
                painter.drawLine(QPointF(x, bus), QPointF(x, box.bottom()))
            else:
                paint_arrow(painter, QPointF(x, bus), QPointF(x, box.bottom()), muted)
            top = QPointF(x, box.top())
            if name == "f":
                paint_arrow(painter, top, QPointF(x, self._y(0.2) + radius), self._pen(part))
                continue
            end = QPointF(self._x(0.92) - radius, mid)
            if name != "o":
                end = product + QPointF(radius if x > product.x() else -radius, 0)
            painter.setPen(self._pen(part))
            painter.drawLine(top, QPointF(x, mid))
            paint_arrow(painter, QPointF(x, mid), end, self._pen(part))
        for name, x in places.items():
            box = self._gate_box(x)
            letter = QRectF(x - 2 * box.width() / 2, box.bottom() + 1, box.width() - 6, line)
            self._canvas.write(painter, letter, name, RIGHT, "text", theme.caption_px, bold=True)
        paint_arrow(painter, product - QPointF(0, radius), QPointF(product.x(), self._y(0.2) + radius), self._pen(2))
        self._sign(product, TIMES, 2)

    def _write_gates(self, line: float) -> None:
        lab, s = self._lab, self._lab.now
        bus, x_y, _ = self._join(line)
        width = self._body.left() - self._box.left() - 4
        for y, name, value in ((bus, f"h{_sub(lab.time)}", s.h_before), (x_y, f"x{_sub(lab.time + 1)}", s.x)):
            self._pair(QRectF(self._box.left(), y - 2.2 * line, width, 2 * line), name, value)
        mid, c_y = self._y(0.44), self._y(0.2)
        for name, x in self._gate_places().items():
            part, box = PART_OF[name], self._gate_box(x)
            self._paint_gate(box, name, part, held=lab.cell.gate(name).held is not None)
            # Beside the line, on the side where there is room.
            side, align = (-5, RIGHT) if name == "i" else (5, LEFT)
            near = QPointF(x + side, (box.top() + (c_y if name == "f" else mid)) / 2)
            if name == "o":
                # Below the sign on its right, whose circle large numbers would lie under.
                near.setY(max(near.y(), mid + 0.72 * self._canvas.theme.font_px + line / 2))
            self._number(near, getattr(s, name), part, align)
        self._number(QPointF(self._x(0.455) + 5, (mid + c_y) / 2), s.added, 2)

    def _paint_gate(self, box: QRectF, name: str, part: int, *, held: bool) -> None:
        theme, lab = self._canvas.theme, self._lab
        value = float(getattr(lab.now, name))
        if self._done(part):
            fill = colours.diverging_colour(theme, value) if name == "g" else colours.sequential_colour(theme, value)
        else:
            fill = theme.colour("surface")
        dashed = Qt.PenStyle.DashLine if held else Qt.PenStyle.SolidLine
        self._painter.setPen(QPen(self._colour(part), self._pen(part).widthF(), dashed))
        self._painter.setBrush(fill)
        self._painter.drawRoundedRect(box, 4, 4)
        text = "tanh" if name == "g" else SIGMA
        if held:
            text = QCoreApplication.translate("CellDiagram", "hand")
        px = theme.caption_px if len(text) > 1 else theme.font_px
        colour = colours.text_on(fill) if self._done(part) else theme.colour("text")
        self._canvas.write(self._painter, box, text, CENTRE, colour, px)

    def _tanh_box(self) -> QRectF:
        px, x, middle = self._canvas.theme.font_px, self._x(0.92), (self._y(0.2) + self._y(0.44)) / 2
        return QRectF(x - 1.5 * px, middle - 0.62 * px, 3 * px, 1.24 * px)

    def _paint_output(self) -> None:
        theme, painter, pen = self._canvas.theme, self._painter, self._pen(3)
        radius, tanh = 0.72 * theme.font_px, self._tanh_box()
        x, mid, down = self._x(0.92), self._y(0.44), self._y(0.68)
        painter.setPen(pen)
        painter.drawLine(QPointF(x, self._y(0.2)), QPointF(x, tanh.top()))
        paint_arrow(painter, QPointF(x, tanh.bottom()), QPointF(x, mid - radius), pen)
        painter.setPen(pen)
        painter.setBrush(theme.colour("surface"))
        painter.drawEllipse(tanh)
        self._canvas.write(painter, tanh, "tanh", CENTRE, "text", theme.caption_px)
        painter.setPen(pen)
        painter.drawLine(QPointF(x, mid + radius), QPointF(x, down))
        paint_arrow(painter, QPointF(x, down), QPointF(self._box.right(), down), pen)
        self._sign(QPointF(x, mid), TIMES, 3)

    def _write_output(self, line: float) -> None:
        lab, s, tanh = self._lab, self._lab.now, self._tanh_box()
        self._number(QPointF(tanh.left() - 4, tanh.center().y()), s.squashed, 3, RIGHT)
        width = self._box.right() - self._body.right() - 4
        right = QRectF(self._body.right() + 4, self._y(0.68) - 2.3 * line, width, 2 * line)
        self._pair(right, f"h{_sub(lab.time + 1)}", s.h if self._done(3) else None, here=lab.parts == 3)


def _sub(number: int) -> str:
    return "".join(chr(0x2080 + int(digit)) for digit in str(number))
