"""The outputs of all layers for one sample, as cells of pictures; where each value stands."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPen

from nnviz.core.measures.tiles import Tiling
from nnviz.core.network import LayerTrace
from nnviz.core.shape import Shape
from nnviz.gui.style.colours import diverging_colour, text_on
from nnviz.gui.style.theme import Theme
from nnviz.gui.views.axes import number_text
from nnviz.gui.views.axis_range import GrowingRange, nice_ceiling
from nnviz.gui.views.canvas import Canvas
from nnviz.gui.views.pixels import draw_image, fitted, sample_image, signed_image

if TYPE_CHECKING:
    from nnviz.gui.views.explanation import Explained

INPUT = "input"
"""Name of the cell that shows what enters the network."""

MOST_NAMED = 24
"""Values at the end of a network beside which the names of the classes are written."""


@dataclass
class Cell:
    """One layer's output, or the sample.

    Attributes:
        name: The layer's name, or `INPUT`.
        shape: Shape of the whole output; fewer channels may be shown.
        values: What is shown: (C, H, W), (F,) or (T, F).
        limit: End of its scale.
        image: The picture of `values`, painted when it is needed.
        aspect: Width over height of the room that `image` was laid out for.
        room: The place that `picture` was found for.
        picture: Where `image` stands in it.
    """

    name: str
    shape: Shape
    values: NDArray[np.float32]
    limit: float = 1.0
    image: QImage | None = None
    aspect: float = 1.0
    room: QRectF | None = None
    picture: QRectF = field(default_factory=QRectF)

    def tiling(self) -> Tiling:
        """How its values are laid out: maps as tiles, vectors as squares of one value each."""
        if self.values.ndim == 3:
            count, height, width = self.values.shape
            return Tiling.for_shape(count, height, width, self.aspect)
        if self.values.ndim == 2:
            # Time across, features down.
            return Tiling(1, self.values.shape[1], self.values.shape[0], 1)
        return Tiling.for_shape(len(self.values), 1, 1, self.aspect, gap=0)

    def tiled(self) -> NDArray[np.float32]:
        """The picture as values."""
        if self.values.ndim == 3:
            return self.tiling().tile(self.values)
        if self.values.ndim == 2:
            return np.asarray(self.values.T, np.float32)
        return self.tiling().tile(self.values.reshape(-1, 1, 1))

    def index_at(self, row: float, column: float) -> tuple[int, ...] | None:
        """Place in `values` of a pixel of the picture."""
        found = self.tiling().at(row, column)
        if found is None:
            return None
        number, y, x = found
        if self.values.ndim == 3:
            return number, y, x
        return (x, y) if self.values.ndim == 2 else (number,)

    def pixel_of(self, index: tuple[int, ...]) -> tuple[int, int]:
        """Row and column in the picture of a place in `values`."""
        if self.values.ndim == 3:
            top, left = self.tiling().corner(index[0])
            return top + index[1], left + index[2]
        if self.values.ndim == 2:
            return index[1], index[0]
        return self.tiling().corner(index[0])


class LayerCells:
    """Lays cells out in rows, paints them and finds values in them.

    Attributes:
        cells: The sample and the layers, in order.
    """

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self.cells: list[Cell] = []
        self._classes: tuple[str, ...] = ()
        self._ranges: dict[str, GrowingRange] = {}
        self._shapes: dict[str, Shape] = {}
        self._target = ""

    def clear(self, traces: Sequence[LayerTrace], input_shape: Shape, classes: tuple[str, ...]) -> None:
        """Forget all values; from now on it is this network."""
        self.cells = []
        self._ranges = {}
        self._classes = classes
        self._shapes = {INPUT: input_shape} | {t.name: t.leaves for t in traces if t.leaves is not None}

    def set_theme(self, theme: Theme) -> None:
        """Take on another look."""
        self._theme = theme
        for cell in self.cells:
            cell.image = cell.room = None

    def show_values(self, step: int, arrays: dict[str, NDArray[Any]]) -> None:
        """Take the newest outputs."""
        before = {cell.name: cell for cell in self.cells}
        self.cells = []
        for name, shape in self._shapes.items():
            values = arrays.get(INPUT if name == INPUT else f"map.{name}")
            if values is None:
                continue
            cell = before.get(name)
            if cell is None or cell.values.shape != values.shape:
                cell = Cell(name, shape, np.asarray(values, np.float32))
            elif name != INPUT or not np.array_equal(cell.values, values):
                cell.values, cell.image = np.asarray(values, np.float32), None
            largest = float(np.abs(cell.values).max(initial=0))
            if not math.isfinite(largest):
                largest = float(np.abs(cell.values[np.isfinite(cell.values)]).max(initial=0))
            start = nice_ceiling(1.02 * largest) if largest > 0 else 1.0
            self._ranges.setdefault(name, GrowingRange(start)).follow(largest, step)
            if cell.limit != self._ranges[name].end:
                cell.limit, cell.image = self._ranges[name].end, None
            self.cells.append(cell)
        target = arrays["target"]
        if target.ndim == (1 if self._classes else 2):
            # Something is asked at every step: what was asked last is said.
            told = target[target >= 0] if self._classes else target[np.isfinite(target).all(axis=1)]
            target = told[-1] if len(told) else np.array(np.nan)
        if target.ndim == 0 and self._classes and np.isfinite(target):
            self._target = self._classes[int(target)]
        else:
            self._target = ", ".join(map(number_text, np.atleast_1d(target).tolist()))

    def rows(self, width: float) -> int:
        """Rows of cells at this width."""
        across = max(1, int(width // (self._theme.caption_px * 8.5)))
        return max(1, math.ceil(len(self._shapes) / across))

    def rects(self, area: QRectF) -> list[QRectF]:
        """Where each cell stands, with its name and scale."""
        rows = self.rows(area.width())
        across = math.ceil(len(self.cells) / rows) if self.cells else 1
        width, height = area.width() / across, area.height() / rows
        return [
            QRectF(area.x() + number % across * width, area.y() + number // across * height, width, height)
            for number in range(len(self.cells))
        ]

    def picture(self, cell: Cell, rect: QRectF) -> QRectF:
        """Where a cell's picture stands in its place."""
        if cell.room != rect:
            cell.room, cell.picture = rect, self._picture(cell, rect)
        return cell.picture

    def _picture(self, cell: Cell, rect: QRectF) -> QRectF:
        line = self._theme.caption_px * 1.35
        room = rect.adjusted(0, 2 * line, -1.2 * self._theme.space, -0.6 * self._theme.space)
        if room.height() < 4 or room.width() < 4:
            return QRectF(room.topLeft(), room.topLeft())
        aspect = room.width() / room.height()
        if abs(aspect - cell.aspect) > 0.02 * aspect:
            cell.aspect, cell.image = aspect, None
        down, across = cell.tiling().size
        picture = fitted(room, across, down, most=self._theme.caption_px * 2.6)
        # All pictures begin below their names.
        picture.moveTopLeft(QPointF(round(room.x()), round(room.y())))
        return picture

    def at(self, area: QRectF, place: QPointF) -> tuple[Cell, tuple[int, ...]] | None:
        """The cell and the place in it under a point."""
        for cell, rect in zip(self.cells, self.rects(area), strict=True):
            picture = self.picture(cell, rect)
            if picture.contains(place):
                scale = picture.width() / cell.tiling().size[1]
                index = cell.index_at((place.y() - picture.y()) / scale, (place.x() - picture.x()) / scale)
                return None if index is None else (cell, index)
        return None

    def moved(self, area: QRectF, cell: Cell, index: tuple[int, ...], step: int) -> tuple[int, ...]:
        """The place beside another one; step -1 is left, 1 right, -2 up and 2 down."""
        row, column = cell.pixel_of(index)
        across, down = {-1: (-1, 0), 1: (1, 0), -2: (0, -1), 2: (0, 1)}[step]
        # Over the gap between two maps, but not beyond the end.
        for far in (1, 2):
            found = cell.index_at(row + far * down, column + far * across)
            if found is not None:
                return found
        return index

    def value_text(self, cell: Cell, index: tuple[int, ...]) -> str:
        """A value with its place in words."""
        value = number_text(float(cell.values[index]))
        if cell.values.ndim == 3:
            text = QCoreApplication.translate("LayerCells", "{0}, map {1}, row {2}, column {3}: {4}")
            return text.format(cell.name, *(place + 1 for place in index), value)
        name = str(index[0] + 1)
        if cell is self.cells[-1] and len(self._classes) == len(cell.values):
            name = f"{name} ({self._classes[index[0]]})"
        if cell.values.ndim == 2:
            name = f"{index[0] + 1}, {index[1] + 1}"
        return QCoreApplication.translate("LayerCells", "{0}, value {1}: {2}").format(cell.name, name, value)

    def texts(self) -> tuple[str, ...]:
        """What stands above the cells."""
        return tuple(f"{cell.name} {self._remark(cell)}" for cell in self.cells)

    def paint_texts(self, painter: QPainter, area: QRectF, canvas: Canvas) -> None:
        """Write the names of all cells, their shapes and scales."""
        theme = self._theme
        line = theme.caption_px * 1.35
        for cell, rect in zip(self.cells, self.rects(area), strict=True):
            names = QRectF(rect.x(), rect.y(), rect.width() - theme.space, line)
            painter.setFont(canvas.type(theme.caption_px, bold=True))
            name = QCoreApplication.translate("LayerCells", "Sample") if cell.name == INPUT else cell.name
            canvas.write(painter, names, name, "text")
            painter.setFont(canvas.caption)
            canvas.write(painter, names.translated(0, line * 0.9), self._remark(cell))

    def paint(self, painter: QPainter, area: QRectF, canvas: Canvas) -> None:
        """Paint the pictures of all cells."""
        theme = self._theme
        for cell, rect in zip(self.cells, self.rects(area), strict=True):
            picture = self.picture(cell, rect)
            if cell.image is None:
                as_sample = cell.name == INPUT and cell.values.ndim == 3 and len(cell.values) in (1, 3)
                cell.image = (
                    sample_image(cell.values, theme) if as_sample else signed_image(cell.tiled(), cell.limit, theme)
                )
            if cell.name == INPUT and cell.values.ndim == 3 and len(cell.values) == 3:
                picture = fitted(picture, cell.values.shape[2], cell.values.shape[1])
            draw_image(painter, picture, cell.image)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("border"), 1))
            painter.drawRect(picture)
            self._paint_class_names(painter, cell, picture, canvas)

    def mark(self, painter: QPainter, area: QRectF, explained: Explained) -> None:
        """Frame the value that is explained, in its layer and those along its chain, and what it is made of."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        places = {name: explained.index for name, _ in explained.chain}
        for number, (cell, rect) in enumerate(zip(self.cells, self.rects(area), strict=True)):
            picture = self.picture(cell, rect)
            scale = picture.width() / max(1, cell.tiling().size[1])
            if cell.name in places and self._shown(cell, explained.index):
                row, column = cell.pixel_of(explained.index)
                box = QRectF(picture.x() + column * scale, picture.y() + row * scale, scale, scale)
                painter.setPen(QPen(self._theme.colour("accent"), 2 if cell.name == explained.layer else 1))
                painter.drawRect(box.adjusted(-1, -1, 1, 1))
            seen_by_next = number + 1 < len(self.cells) and self.cells[number + 1].name == explained.source
            if seen_by_next and cell.values.ndim == 3 and explained.inputs is not None:
                painter.setPen(QPen(self._theme.colour("accent"), 1))
                for channel in range(*explained.channels):
                    if channel < len(cell.values):
                        top, left = cell.tiling().corner(channel)
                        size = explained.inputs.shape
                        y, x = top + explained.corner[0], left + explained.corner[1]
                        painter.drawRect(
                            QRectF(picture.x() + x * scale, picture.y() + y * scale, size[2] * scale, size[1] * scale)
                        )

    def _shown(self, cell: Cell, index: tuple[int, ...]) -> bool:
        same = len(index) == cell.values.ndim
        return same and all(place < side for place, side in zip(index, cell.values.shape, strict=True))

    def _remark(self, cell: Cell) -> str:
        shape = " × ".join(map(str, cell.shape))
        if cell.name == INPUT:
            return f"{shape}: {self._target}" if self._target else shape
        return f"{shape}, ±{number_text(cell.limit)}"

    def _paint_class_names(self, painter: QPainter, cell: Cell, picture: QRectF, canvas: Canvas) -> None:
        is_last = cell is self.cells[-1] and cell.values.ndim == 1
        if not is_last or len(self._classes) != len(cell.values) or len(cell.values) > MOST_NAMED:
            return
        scale = picture.width() / max(1, cell.tiling().size[1])
        for number, name in enumerate(self._classes):
            row, column = cell.pixel_of((number,))
            box = QRectF(picture.x() + column * scale, picture.y() + row * scale, scale, scale)
            if scale >= self._theme.caption_px:
                ground = diverging_colour(self._theme, float(cell.values[number]), cell.limit)
                canvas.write(painter, box.adjusted(1, 0, -1, 0), name, text_on(ground), Qt.AlignmentFlag.AlignHCenter)
