"""Maps of numbers as coloured cells: where they are, how they are painted, and the scale of their colours."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Self

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPixmap, QRegion, QStaticText, QTransform

from nnviz.gui.labs.canvas import CENTRE, LEFT, RIGHT, LabCanvas
from nnviz.gui.labs.numbers import signed
from nnviz.gui.style import colours
from nnviz.gui.style.theme import Theme

Array = NDArray[np.float64]

PALE = 0.25
"""Strength of the colours of cells that are not computed yet."""
SMALLEST_WITH_LINES = 5.0
"""Cells that are smaller, in pixels, have no lines between them."""
MOST_TEXTS = 4000
"""So many numbers are kept laid out."""
MOST_HANDS = 200
"""For so many maps it is known how they are written."""
LUMINANCE = (0.2126, 0.7152, 0.0722)
"""Weights of red, green and blue in the luminance of linear RGB, WCAG 2.2."""
_ROUND = (1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)


@dataclass(frozen=True)
class Grid:
    """Cells on the screen.

    Attributes:
        corner: Top left corner of the first one.
        width: Width of a cell.
        height: Height of a cell.
        rows: Number of rows.
        columns: Number of columns.
    """

    corner: QPointF
    width: float
    height: float
    rows: int
    columns: int

    @classmethod
    def within(cls, outer: QRectF, shape: tuple[int, ...], largest: float) -> Self:
        """Square cells in the upper left corner of a box, as large as fit and at most `largest`."""
        rows, columns = shape
        side = min(outer.width() / columns, outer.height() / rows, largest)
        # Whole pixels, so that all lines are equally sharp.
        side = math.floor(side) if side >= SMALLEST_WITH_LINES else side
        return cls(outer.topLeft(), side, side, rows, columns)

    def box(self, row: float = 0, column: float = 0, rows: float = 1, columns: float = 1) -> QRectF:
        """The box of a cell, or of several."""
        left = self.corner.x() + column * self.width
        return QRectF(left, self.corner.y() + row * self.height, columns * self.width, rows * self.height)

    @property
    def outer(self) -> QRectF:
        """The box of all cells."""
        return self.box(0, 0, self.rows, self.columns)

    def cell_at(self, place: QPointF) -> tuple[int, int] | None:
        """Row and column under a place."""
        row = math.floor((place.y() - self.corner.y()) / self.height)
        column = math.floor((place.x() - self.corner.x()) / self.width)
        return (row, column) if 0 <= row < self.rows and 0 <= column < self.columns else None


@dataclass(frozen=True)
class Look:
    """How a map is painted.

    Attributes:
        limit: Magnitude with the strongest colour.
        version: Another number when the map's numbers have changed.
        reached: So many cells are computed; the others are pale.
        border: Width of the border of zeros, in cells.
        hand: How the numbers are written; None for the most exact way in which they fit.
    """

    limit: float
    version: int
    reached: int
    border: int = 0
    hand: Hand | None = None


class GridPainter:
    """Paints maps on a canvas, and keeps each as a picture until something about it changes.

    Attributes:
        scribe: Writes the numbers.
    """

    def __init__(self, canvas: LabCanvas) -> None:
        self._canvas = canvas
        self.scribe = Scribe(canvas)
        self._kept: dict[str, tuple[object, int, QPixmap]] = {}

    def paint(self, painter: QPainter, name: str, values: Array, grid: Grid, look: Look) -> None:
        """Paint a map, (rows, columns), into its grid.

        Args:
            painter: What to paint with.
            name: Under which it is kept.
            values: The numbers.
            grid: Where the cells are.
            look: How.
        """
        ratio = self._canvas.devicePixelRatioF()
        key = (grid, replace(look, reached=0), self._canvas.theme, ratio)
        known, reached, pixmap = self._kept.get(name, (None, 0, QPixmap()))
        if known != key or reached > look.reached:
            size, reached = grid.outer.size(), 0
            pixmap = QPixmap(math.ceil((size.width() + 2) * ratio), math.ceil((size.height() + 2) * ratio))
            pixmap.setDevicePixelRatio(ratio)
            pixmap.fill(Qt.GlobalColor.transparent)
            self._paint_map(pixmap, values, grid, look, range(values.size))
        elif reached < look.reached:
            # Of a map that grows only the new cells.
            self._paint_map(pixmap, values, grid, look, range(reached, min(look.reached, values.size)))
        self._kept[name] = (key, look.reached, pixmap)
        painter.drawPixmap(grid.corner - QPointF(1, 1), pixmap)

    def forget(self) -> None:
        """Paint every map anew the next time."""
        self._kept.clear()

    def _paint_map(self, pixmap: QPixmap, values: Array, grid: Grid, look: Look, cells: range) -> None:
        painter = QPainter(pixmap)
        local = Grid(QPointF(1, 1), grid.width, grid.height, grid.rows, grid.columns)
        if len(cells) < values.size:
            first, last = cells[0], cells[-1]
            rows = range(first // grid.columns, last // grid.columns + 1)
            ends = [(first % grid.columns if row == rows[0] else 0,
                     last % grid.columns + 1 if row == rows[-1] else grid.columns) for row in rows]  # fmt: skip
            region = QRegion()
            for row, (start, end) in zip(rows, ends, strict=True):
                region += local.box(row, start, 1, end - start).toAlignedRect()
            painter.setClipRegion(region)
        self._paint_cells(painter, values, local, look)
        self._paint_lines(painter, local, look)
        self._paint_numbers(painter, values, local, look, cells)
        painter.end()

    def _paint_cells(self, painter: QPainter, values: Array, grid: Grid, look: Look) -> None:
        theme = self._canvas.theme
        places = table_places(values, look.limit)
        rgba = colours.diverging(theme)[places].astype(np.float64)
        ground = np.array(theme.colour("surface").getRgb(), np.float64)
        pale = np.arange(values.size).reshape(values.shape) >= look.reached
        rgba[pale] = ground + PALE * (rgba[pale] - ground)
        if look.border:
            inside = np.zeros(values.shape, bool)
            inside[look.border : -look.border, look.border : -look.border] = True
            rgba[~inside] = ground
        data = np.ascontiguousarray(np.round(rgba).astype(np.uint8))
        image = QImage(data.data, grid.columns, grid.rows, 4 * grid.columns, QImage.Format.Format_RGBA8888)
        painter.drawImage(grid.outer, image)

    def _paint_lines(self, painter: QPainter, grid: Grid, look: Look) -> None:
        theme, outer = self._canvas.theme, grid.outer
        if grid.width >= SMALLEST_WITH_LINES:
            painter.setPen(QPen(theme.colour("border"), 1))
            for column in range(1, grid.columns):
                x = outer.left() + column * grid.width
                painter.drawLine(QPointF(x, outer.top()), QPointF(x, outer.bottom()))
            for row in range(1, grid.rows):
                y = outer.top() + row * grid.height
                painter.drawLine(QPointF(outer.left(), y), QPointF(outer.right(), y))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if look.border:
            painter.setPen(QPen(theme.colour("border_strong"), 1, Qt.PenStyle.DashLine))
            painter.drawRect(outer)
            side = 2 * look.border
            outer = grid.box(look.border, look.border, grid.rows - side, grid.columns - side)
        painter.setPen(QPen(theme.colour("muted"), 1))
        painter.drawRect(outer)

    def _paint_numbers(self, painter: QPainter, values: Array, grid: Grid, look: Look, cells: range) -> None:
        canvas, border = self._canvas, look.border
        hand = look.hand or self.scribe.hand(values, grid.width, grid.height, canvas.theme.caption_px)
        if hand is None:
            return
        ink, muted = inks(canvas.theme), canvas.theme.colour("muted")
        solid = np.arange(values.size).reshape(values.shape) < look.reached
        if border:
            inside = np.zeros(values.shape, bool)
            inside[border:-border, border:-border] = True
            solid &= inside
        painter.setFont(canvas.face(hand.px))
        places = table_places(values, look.limit).ravel().tolist()
        flat, full = values.ravel().tolist(), solid.ravel().tolist()
        for index in cells:
            painter.setPen(ink[places[index]] if full[index] else muted)
            self.scribe.put(painter, grid.box(*divmod(index, grid.columns)), hand.write(flat[index]), hand.px)


@dataclass(frozen=True)
class Hand:
    """How the numbers of a map are written, so that all of them fit into their cells.

    Attributes:
        decimals: Number of decimals; idle zeros are left out.
        px: Height of the type.
    """

    decimals: int
    px: int

    def write(self, value: float) -> str:
        """A number; "0" is exactly 0, and what is only rounded to it is "0.00"."""
        return _written(value, self.decimals)


@lru_cache(maxsize=MOST_TEXTS)
def _written(value: float, decimals: int) -> str:
    text = signed(value, decimals)
    return text.rstrip("0").rstrip(".") if "." in text and (value == 0 or text.strip("0.")) else text


class Scribe:
    """Writes numbers into cells. Texts are laid out once and kept: there are hundreds in a frame."""

    def __init__(self, canvas: LabCanvas) -> None:
        self._canvas = canvas
        self._theme = canvas.theme
        self._kept: dict[tuple[int, str], tuple[QStaticText, float, float]] = {}
        self._hands: dict[tuple[bytes, float, float, int], Hand | None] = {}

    def _text(self, text: str, px: int) -> tuple[QStaticText, float, float]:
        if self._theme is not self._canvas.theme or len(self._kept) > MOST_TEXTS:
            self._theme = self._canvas.theme
            self._kept.clear()
            self._hands.clear()
        found = self._kept.get((px, text))
        if found is None:
            static = QStaticText(text)
            static.setTextFormat(Qt.TextFormat.PlainText)
            static.prepare(QTransform(), self._canvas.face(px))
            size = static.size()
            found = self._kept[px, text] = (static, size.width(), size.height())
        return found

    def put(self, painter: QPainter, cell: QRectF, text: str, px: int) -> None:
        """Write into the middle of a cell; the painter has the font already."""
        static, width, height = self._text(text, px)
        middle = cell.center()
        painter.drawStaticText(QPointF(middle.x() - width / 2, middle.y() - height / 2), static)

    def hand(self, values: Array, width: float, height: float, px: int) -> Hand | None:
        """The most exact of a few hands in which every number fits into a cell; None if none does.

        Args:
            values: The numbers.
            width: Width of a cell.
            height: Its height.
            px: Height of the type where there is room.
        """
        key = (values.tobytes(), width, height, px)
        if key not in self._hands or self._theme is not self._canvas.theme:
            if len(self._hands) > MOST_HANDS:
                self._hands.clear()
            self._hands[key] = self._best_hand(values, width, height, px)
        return self._hands[key]

    def _best_hand(self, values: Array, width: float, height: float, px: int) -> Hand | None:
        smaller = round(0.84 * px)
        if width < 1.6 * smaller or height < 1.15 * smaller:
            return None
        flat = values.ravel().tolist()
        hands = [Hand(2, px), Hand(2, smaller), Hand(1, px), Hand(1, smaller)]
        if all(map(float.is_integer, flat)):
            hands.append(Hand(0, px))
        for hand in hands:
            if height >= 1.15 * hand.px and all(
                self._text(text, hand.px)[1] <= width - 3 for text in set(map(hand.write, flat))
            ):
                return hand
        return None


def table_places(values: Array, limit: float) -> NDArray[np.intp]:
    """Where numbers stand in the table of colours, from 0 for -limit to 255 for +limit."""
    shares = np.clip(values / limit, -1, 1) if limit > 0 else np.zeros_like(values)
    return np.round((shares + 1) / 2 * 255).astype(np.intp)


@lru_cache(maxsize=8)
def inks(theme: Theme) -> tuple[QColor, ...]:
    """The colour of numbers on each of the 256 colours, as `colours.text_on` has it."""
    # Not by 256 calls: they take longer than the whole lab may take to open.
    ends = colours.text_on(QColor("#ffffff")), colours.text_on(QColor("#000000"))
    dark, light = (colours.linear(ink.getRgbF()[:3]) @ LUMINANCE + 0.05 for ink in ends)  # type: ignore[index]
    grounds = colours.linear(colours.diverging(theme)[:, :3] / 255) @ LUMINANCE + 0.05
    return tuple(ends[0] if ground / dark >= light / ground else ends[1] for ground in grounds)


def round_limit(largest: float) -> float:
    """The smallest round number that is no smaller: 0.6 of 0.55, 4 of 3.2; 1 of 0."""
    if largest <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(largest))
    return next(mark * power for mark in _ROUND if mark * power >= largest * (1 - 1e-12))


def paint_scale(canvas: LabCanvas, painter: QPainter, box: QRectF, limit: float) -> None:
    """A bar of all colours with the numbers that they stand for."""
    theme = canvas.theme
    px = theme.caption_px
    line = canvas.line_height(px)
    bar = QRectF(box.left(), box.top() + 2, box.width(), max(6.0, box.height() - line - 4))
    table = np.ascontiguousarray(colours.diverging(theme)[None])
    painter.drawImage(bar, QImage(table.data, 256, 1, 1024, QImage.Format.Format_RGBA8888))
    painter.setPen(QPen(theme.colour("border_strong"), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(bar)
    below = QRectF(box.left(), bar.bottom() + 2, box.width(), line)
    number = f"{limit:g}"
    for align, text in ((LEFT, f"\N{MINUS SIGN}{number}"), (CENTRE, "0"), (RIGHT, f"+{number}")):
        canvas.write(painter, below, text, align, "muted", px)


def paint_outline(painter: QPainter, box: QRectF, theme: Theme, width: float = 2.5) -> None:
    """A frame around cells, which is seen on every colour."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, thick in (("surface", width + 2), ("accent", width)):
        painter.setPen(QPen(theme.colour(colour), thick, Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap,
                            Qt.PenJoinStyle.MiterJoin))  # fmt: skip
        painter.drawRect(box)
