"""The arithmetic of one cell of the convolution lab: what it looks at, what becomes of it, and what comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QCoreApplication, QPointF, QRectF
from PySide6.QtGui import QPainter, QPen

from nnviz.core.labs.convolution.stage import Array, CellTerms
from nnviz.gui.labs.canvas import CENTRE
from nnviz.gui.labs.convolution_grids import Grid, GridPainter, Look, paint_outline
from nnviz.gui.labs.numbers import signed

if TYPE_CHECKING:
    from nnviz.gui.labs.convolution import ConvolutionLab
    from nnviz.gui.labs.convolution_canvas import ConvolutionCanvas


translate = QCoreApplication.translate


class TermsPanel:
    """Paints the terms of a cell: grids side by side, and the result at their right."""

    def __init__(self, canvas: ConvolutionCanvas, lab: ConvolutionLab) -> None:
        self._canvas = canvas
        self._lab = lab
        self._grids = GridPainter(canvas)
        self._shown: object = None
        self._version = 0

    def paint(self, painter: QPainter, box: QRectF, terms: CellTerms, limit: float) -> None:
        """Paint the terms into a box."""
        theme = self._canvas.theme
        shown = (self._lab.version, self._lab.shown, terms.operation, terms.corner)
        if shown != self._shown:
            self._shown, self._version = shown, self._version + 1
        painter.setPen(QPen(theme.colour("border"), 1))
        painter.setBrush(theme.colour("window"))
        painter.drawRoundedRect(box, theme.radius, theme.radius)
        inner = box.adjusted(1.5 * theme.space, theme.space, -1.5 * theme.space, -theme.space)
        right = self._paint_grids(painter, inner, terms, limit)
        rest = QRectF(right + 2 * theme.space, inner.top(), inner.right() - right - 2 * theme.space, inner.height())
        self._paint_result(painter, rest, terms)

    def _paint_grids(self, painter: QPainter, box: QRectF, terms: CellTerms, limit: float) -> float:
        """Paint what goes in and what becomes of it; returns where the result may begin."""
        canvas, theme = self._canvas, self._canvas.theme
        side = len(terms.inputs)
        grids = self._contents(terms)
        sign = 2.2 * theme.font_px
        # In a low panel the numbers need the room of the words below them.
        caption = canvas.line_height(theme.caption_px) + 4 if box.height() > 5.5 * theme.font_px else 0.0

        def width_for(count: int) -> float:
            return min(5.0 * theme.font_px, (0.70 * box.width() - (count - 1) * sign) / (count * side))

        if len(grids) == 3 and width_for(3) < 2.9 * theme.caption_px:
            # The kernel stands above all the same.
            grids = [grids[0], ("\N{RIGHTWARDS ARROW}", *grids[2][1:])]
        width = width_for(len(grids))
        height = min(width, (box.height() - caption) / side)
        px = theme.font_px if width >= 3.4 * theme.font_px else theme.caption_px
        # One hand for all of them: they are read together.
        numbers = np.concatenate([values.ravel() for _, _, values in grids])
        hand = self._grids.scribe.hand(numbers, width, height, px)
        left = box.left()
        # The words below a single cell are wider than it is.
        room = max(side * width, 5.4 * theme.font_px)
        top = box.top() + (box.height() - caption - side * height) / 2
        for place, (mark, title, values) in enumerate(grids):
            if place:
                middle = QRectF(left, top, sign, side * height)
                canvas.write(painter, middle, mark, CENTRE, "muted", theme.heading_px)
                left += sign
            grid = Grid(QPointF(left + (room - side * width) / 2, top), width, height, side, side)
            look = Look(limit, self._version, values.size, hand=hand)
            self._grids.paint(painter, f"terms {place}", values, grid, look)
            if place == 0 and terms.operation == "pooling" and self._lab.stage.recipe.pooling == "max":
                row, column = np.unravel_index(int(np.argmax(values)), values.shape)
                paint_outline(painter, grid.box(int(row), int(column)), theme)
            if caption:
                below = QRectF(left - sign / 2, grid.outer.bottom() + 4, room + sign, caption - 4)
                canvas.write(painter, below, title, CENTRE, "muted", theme.caption_px)
            left += room
        return left

    def _contents(self, terms: CellTerms) -> list[tuple[str, str, Array]]:
        if terms.operation == "convolution":
            return [
                ("", translate("ConvolutionTerms", "pixels"), terms.inputs),
                ("\N{MULTIPLICATION SIGN}", translate("ConvolutionTerms", "kernel"), self._lab.stage.recipe.kernel),
                ("=", translate("ConvolutionTerms", "products"), terms.parts),
            ]
        if terms.operation == "pooling":
            window = [("", translate("ConvolutionTerms", "window"), terms.inputs)]
            if self._lab.stage.recipe.pooling == "L2 norm":
                window.append(("\N{RIGHTWARDS ARROW}", translate("ConvolutionTerms", "squares"), terms.parts))
            return window
        return [("", translate("ConvolutionTerms", "feature map"), terms.inputs)]

    def _paint_result(self, painter: QPainter, box: QRectF, terms: CellTerms) -> None:
        canvas, theme = self._canvas, self._canvas.theme
        lines = self._lines(terms)
        for px, value_px in ((theme.font_px, theme.title_px), (theme.caption_px, theme.heading_px)):
            line, last = canvas.line_height(px), canvas.line_height(value_px)
            if len(lines) * line + last <= box.height():
                break
        top = box.top() + (box.height() - len(lines) * line - last) / 2
        for text in lines:
            canvas.write_fitting(painter, QRectF(box.left(), top, box.width(), line), text, px=px)
            top += line
        value = QRectF(box.left(), top, box.width(), last)
        canvas.write_fitting(painter, value, f"= {signed(terms.value)}", "accent_text", value_px, bold=True)

    def _lines(self, terms: CellTerms) -> list[str]:
        recipe = self._lab.stage.recipe
        if terms.operation == "convolution":
            return [
                translate("ConvolutionTerms", "sum {0}").format(signed(terms.total)),
                translate("ConvolutionTerms", "+ bias {0}").format(signed(recipe.bias)),
            ]
        if terms.operation == "ReLU":
            return [f"max(0, {signed(terms.total)})"]
        count = terms.inputs.size
        if recipe.pooling == "max":
            return [translate("ConvolutionTerms", "largest of {0}").format(count)]
        if recipe.pooling == "average":
            return [
                translate("ConvolutionTerms", "sum {0}").format(signed(terms.total)),
                translate("ConvolutionTerms", "divided by {0}").format(count),
            ]
        return [
            translate("ConvolutionTerms", "sum {0}").format(signed(terms.total)),
            translate("ConvolutionTerms", "square root"),
        ]
