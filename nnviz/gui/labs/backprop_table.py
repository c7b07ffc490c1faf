"""The numbers of one unit beside the picture of the lab on forward and backward pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF, QRectF
from PySide6.QtGui import QPainter, QPen

from nnviz.core.labs.backprop.program import Kind, Phase
from nnviz.core.labs.backprop.walk import Place
from nnviz.core.labs.backprop.words import TIMES
from nnviz.gui.labs.canvas import LEFT, RIGHT

if TYPE_CHECKING:
    from nnviz.gui.labs.backprop import BackpropLab
    from nnviz.gui.labs.backprop_canvas import NetCanvas

ETA = "\N{GREEK SMALL LETTER ETA}"
DELTA = "\N{GREEK SMALL LETTER DELTA}"


class UnitTable:
    """Inputs, weights, products and gradients of the chosen unit, row by row, and what follows from them.

    Args:
        canvas: Where it is painted.
        lab: Whose numbers they are.
    """

    def __init__(self, canvas: NetCanvas, lab: BackpropLab) -> None:
        self._canvas = canvas
        self._lab = lab

    def paint(self, painter: QPainter, box: QRectF) -> None:
        """Paint it into a box."""
        canvas, theme, walk = self._canvas, self._canvas.theme, self._lab.walk
        values, net = walk.values, walk.net
        layer, unit = canvas.shown_unit()
        inner = box.adjusted(theme.space, 0, 0, 0)
        layer = max(1, layer)
        if canvas.shown_unit()[0] == 0:
            unit = 0
        rows = net.sizes[layer - 1]
        px = theme.caption_px
        line = min(1.55 * canvas.line_height(px), inner.height() / (rows + 8.2))
        column = inner.width() / 4.5
        lefts = [inner.left(), *(inner.left() + column * (0.5 + place) for place in range(4))]
        around = box.adjusted(-theme.space, 0, 0, 0)

        def write_names(under: QPainter) -> None:
            left = box.left() - theme.space / 2
            under.setPen(QPen(theme.colour("border"), 1))
            under.drawLine(QPointF(left, box.top()), QPointF(left, box.bottom()))
            title = QCoreApplication.translate("UnitTable", "Unit {0} of layer {1}").format(unit + 1, layer)
            head = QRectF(inner.left(), inner.top(), inner.width(), line)
            canvas.write(under, head, title, LEFT, "text", bold=True)
            y = inner.top() + 1.15 * line
            names = (f"a{layer - 1}", f"W{layer}", f"a{TIMES}W", f"dW{layer}")
            for left, name in zip(lefts[1:], names, strict=True):
                canvas.write(under, QRectF(left, y, column - 6, line), name, RIGHT, "muted", px)
            for i in range(rows):
                place = QRectF(inner.left(), y + (1 + i) * line, column * 0.5, line)
                canvas.write(under, place, f"[{i + 1}]", LEFT, "muted", px)

        canvas.keep(painter, "table", around, (layer, unit, net), write_names)
        op = self._lab.shown_op()
        y = inner.top() + 2.15 * line
        marked = canvas.marked_weight(op)
        # In the update the weights change, but not what they were multiplied by.
        last = walk.last
        old = walk.beginning().w if last is not None and last.phase is Phase.UPDATE else values.w
        for i in range(rows):
            here = (layer, i, unit) == marked
            a, w = values.a[layer - 1][i], values.w[layer][i][unit]
            cell = QRectF(lefts[1] + 2, y + 1, column - 6, line - 2)
            if layer == 1:
                canvas.paint_cell(painter, Place("input", 0, i), cell, self._fitting(a, cell), RIGHT)
            else:
                canvas.write(painter, cell.adjusted(3, 0, -3, 0), self._fitting(a, cell), RIGHT, "text", px)
            cell = cell.translated(column, 0)
            canvas.paint_cell(painter, Place("weight", layer, unit, i), cell, self._fitting(w, cell), RIGHT, here)
            used = op is not None and a is not None and self._was_multiplied(layer, unit, i)
            product = a * old[layer][i][unit] if used and a is not None else None
            for value in (product, values.dw[layer][i][unit]):
                cell = cell.translated(column, 0)
                canvas.write(painter, cell.adjusted(3, 0, -3, 0), self._fitting(value, cell), RIGHT, "text", px)
            y += line
        self._paint_rest(painter, QRectF(inner.left(), y + line * 0.3, inner.width(), inner.bottom() - y), line)

    def _fitting(self, value: float | None, cell: QRectF) -> str:
        """A value with as many of four digits as its cell has room for; a dot where there is none yet."""
        return "\N{MIDDLE DOT}" if value is None else self._canvas.fitting(value, cell.width() - 6, 4)

    def _was_multiplied(self, layer: int, unit: int, other: int) -> bool:
        walk = self._lab.walk
        for place, op in enumerate(walk.ops):
            if op.kind is Kind.PRODUCT and (op.layer, op.unit, op.other) == (layer, unit, other):
                return walk.position > place
        return False

    def _paint_rest(self, painter: QPainter, box: QRectF, line: float) -> None:
        canvas, theme, walk = self._canvas, self._canvas.theme, self._lab.walk
        values, net = walk.values, walk.net
        layer, unit = canvas.shown_unit()
        layer = max(1, layer)
        if canvas.shown_unit()[0] == 0:
            unit = 0
        last = layer == net.layers
        known = values.z[layer][unit] is not None and values.a[layer][unit] is not None
        together = net.activation(layer).together
        tag = f"{layer}[{unit + 1}]"
        left: list[tuple[str, float | None, Place | None]] = [
            (f"b{tag}", values.b[layer][unit], Place("bias", layer, unit)),
            (f"z{tag}", values.z[layer][unit], None),
            (f"a{tag}", values.a[layer][unit], None),
            (f"f'(z{tag})", values.slope(layer, unit) if known and not together else None, None),
        ]
        right: list[tuple[str, float | None, Place | None]] = [
            (ETA, values.eta, Place("eta")),
            (f"da{tag}", values.da[layer][unit], None),
            (f"{DELTA}{tag}", values.delta[layer][unit], None),
            (f"db{tag}", values.db[layer][unit], None),
        ]
        if last:
            left.append((f"y[{unit + 1}]", values.y[unit], Place("target", 0, unit)))
            right.append((f"e[{unit + 1}]", values.e[unit], None))
        left.append(("L", values.loss, None))
        right.append((QCoreApplication.translate("UnitTable", "new L"), values.loss_after, None))
        px = theme.caption_px
        half = box.width() / 2
        for column, entries in enumerate((left, right)):
            for row, (name, value, place) in enumerate(entries):
                x, y = box.left() + column * half, box.top() + row * line
                canvas.write(painter, QRectF(x + column * 8, y, half * 0.5, line), name, LEFT, "muted", px)
                cell = QRectF(x + half * 0.46, y + 1, half * 0.5, line - 2)
                if place is not None:
                    canvas.paint_cell(painter, place, cell, self._fitting(value, cell), RIGHT)
                else:
                    canvas.write(painter, cell.adjusted(3, 0, -3, 0), self._fitting(value, cell), RIGHT, "text", px)
