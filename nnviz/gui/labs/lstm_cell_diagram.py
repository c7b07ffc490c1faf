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
        self._painter, self._box = painter, box
        theme = self._canvas.theme
        line = self._canvas.line_height(theme.caption_px)
        head = QRectF(box.left(), box.top(), box.width(), self._canvas.line_height() + 1.3 * line)
        self._paint_parts(head)
        # At both sides there is room for a number.
        side = max(0.1 * box.width(), self._canvas.width_of(self._text(-1), theme.caption_px, bold=True) + theme.space)
        body = QRectF(box.left() + side, head.bottom() + 0.4 * line, box.width() - 2 * side, 0)
        body.setBottom(box.bottom() - 0.2 * line)
        painter.setPen(QPen(theme.colour("border_strong"), 1.2))
        painter.setBrush(colours.mixed(theme.colour("hover"), theme.colour("surface"), 0.55))
        painter.drawRoundedRect(body, theme.card_radius, theme.card_radius)
        self._body = body
        self._paint_cell_state(line)
        self._paint_gates(line)
        self._paint_output(line)

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

    def _paint_cell_state(self, line: float) -> None:
        theme, lab, s = self._canvas.theme, self._lab, self._lab.now
        y = self._y(0.2)
        radius = 0.72 * theme.font_px
        times, plus = QPointF(self._x(0.15), y), QPointF(self._x(0.455), y)
        paint_arrow(
            self._painter, QPointF(self._box.left(), y), times - QPointF(radius, 0), QPen(theme.colour("muted"), 2.4)
        )
        paint_arrow(self._painter, times + QPointF(radius, 0), plus - QPointF(radius, 0), self._pen(1, 2.4))
        paint_arrow(self._painter, plus + QPointF(radius, 0), QPointF(self._box.right(), y), self._pen(2, 2.4))
        self._sign(times, TIMES, 1)
        self._sign(plus, "+", 2)
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

    def _paint_gates(self, line: float) -> None:
        theme, lab, s = self._canvas.theme, self._lab, self._lab.now
        radius = 0.72 * theme.font_px
        bus, gate_y, mid = self._y(0.92), self._y(0.68), self._y(0.44)
        places = {"f": self._x(0.15), "i": self._x(0.35), "g": self._x(0.56), "o": self._x(0.76)}
        muted = QPen(theme.colour("muted"), 1.6)
        self._painter.setPen(muted)
        self._painter.drawLine(QPointF(self._box.left(), bus), QPointF(places["o"], bus))
        # The input joins the output of the time step before: gates see both.
        join, x_y = self._body.left() + 0.8 * theme.font_px, bus - 2.5 * line
        self._painter.drawLine(QPointF(self._box.left(), x_y), QPointF(join, x_y))
        self._painter.drawLine(QPointF(join, x_y), QPointF(join, bus))
        for y, name, value in ((bus, f"h{_sub(lab.time)}", s.h_before), (x_y, f"x{_sub(lab.time + 1)}", s.x)):
            width = self._body.left() - self._box.left() - 4
            self._pair(QRectF(self._box.left(), y - 2.2 * line, width, 2 * line), name, value)
        half_w, half_h = 1.5 * theme.font_px, 0.85 * theme.font_px
        product = QPointF(self._x(0.455), mid)
        for name, x in places.items():
            part = PART_OF[name]
            held = lab.cell.gate(name).held is not None
            box = QRectF(x - half_w, gate_y - half_h, 2 * half_w, 2 * half_h)
            if held:
                # A hand holds it: nothing that comes in matters.
                self._painter.setPen(QPen(theme.colour("border_strong"), 1.2, Qt.PenStyle.DotLine))
                self._painter.drawLine(QPointF(x, bus), QPointF(x, box.bottom()))
            else:
                paint_arrow(self._painter, QPointF(x, bus), QPointF(x, box.bottom()), muted)
            top = QPointF(x, box.top())
            if name == "f":
                paint_arrow(self._painter, top, QPointF(x, self._y(0.2) + radius), self._pen(part))
            elif name == "o":
                self._painter.setPen(self._pen(part))
                self._painter.drawLine(top, QPointF(x, mid))
                paint_arrow(self._painter, QPointF(x, mid), QPointF(self._x(0.92) - radius, mid), self._pen(part))
            else:
                side = radius if x > product.x() else -radius
                self._painter.setPen(self._pen(part))
                self._painter.drawLine(top, QPointF(x, mid))
                paint_arrow(self._painter, QPointF(x, mid), QPointF(product.x() + side, mid), self._pen(part))
            self._paint_gate(box, name, part, held=held)
            # Beside the line, on the side where there is room.
            side, align = (-5, RIGHT) if name == "i" else (5, LEFT)
            near = QPointF(x + side, (box.top() + (self._y(0.2) if name == "f" else mid)) / 2)
            self._number(near, getattr(s, name), part, align)
            letter = QRectF(x - 2 * half_w, box.bottom() + 1, 2 * half_w - 6, line)
            self._canvas.write(self._painter, letter, name, RIGHT, "text", theme.caption_px, bold=True)
        paint_arrow(
            self._painter, product - QPointF(0, radius), QPointF(product.x(), self._y(0.2) + radius), self._pen(2)
        )
        self._sign(product, TIMES, 2)
        self._number(QPointF(product.x() + 5, (mid + self._y(0.2)) / 2), s.added, 2)

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

    def _paint_output(self, line: float) -> None:
        theme, lab, s = self._canvas.theme, self._lab, self._lab.now
        radius = 0.72 * theme.font_px
        x, y, mid, down = self._x(0.92), self._y(0.2), self._y(0.44), self._y(0.68)
        tanh = QRectF(x - 1.5 * theme.font_px, (y + mid) / 2 - 0.62 * theme.font_px, 3 * theme.font_px, 0)
        tanh.setHeight(1.24 * theme.font_px)
        self._painter.setPen(self._pen(3))
        self._painter.drawLine(QPointF(x, y), QPointF(x, tanh.top()))
        paint_arrow(self._painter, QPointF(x, tanh.bottom()), QPointF(x, mid - radius), self._pen(3))
        self._painter.setPen(self._pen(3))
        self._painter.setBrush(theme.colour("surface"))
        self._painter.drawEllipse(tanh)
        self._canvas.write(self._painter, tanh, "tanh", CENTRE, "text", theme.caption_px)
        self._painter.setPen(self._pen(3))
        self._painter.drawLine(QPointF(x, mid + radius), QPointF(x, down))
        paint_arrow(self._painter, QPointF(x, down), QPointF(self._box.right(), down), self._pen(3))
        self._sign(QPointF(x, mid), TIMES, 3)
        self._number(QPointF(tanh.left() - 4, tanh.center().y()), s.squashed, 3, RIGHT)
        right = QRectF(self._body.right() + 4, down - 2.3 * line, self._box.right() - self._body.right() - 4, 2 * line)
        self._pair(right, f"h{_sub(lab.time + 1)}", s.h if self._done(3) else None, here=lab.parts == 3)


def _sub(number: int) -> str:
    return "".join(chr(0x2080 + int(digit)) for digit in str(number))
