"""A sample, the same with damage that the mouse paints, and what an RBM makes of it; below, what each step costs."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from nnviz.core.rbm.repair import Repair
from nnviz.gui.style.theme import Theme
from nnviz.gui.views.axes import Frame, draw_across, draw_upright, number_text, round_ticks
from nnviz.gui.views.canvas import Canvas
from nnviz.gui.views.pixels import draw_image, fitted, sample_image

FIRST_STEPS = 20
"""Steps that the plot shows at first."""

_ARROWS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


def brush_mask(
    height: int, width: int, start: tuple[float, float], end: tuple[float, float], size: float
) -> NDArray[np.bool_]:
    """Pixels that a round brush touches on its way, (height * width,).

    Args:
        height: Rows of the picture.
        width: Columns.
        start: Row and column at which it is set down; the middle of the first pixel is (0.5, 0.5).
        end: Where it is lifted.
        size: Its diameter, in pixels; the pixel under it is always touched.
    """
    rows, columns = np.mgrid[0:height, 0:width] + 0.5
    way = np.subtract(end, start)
    length = float(way @ way)
    along = ((rows - start[0]) * way[0] + (columns - start[1]) * way[1]) / length if length else np.zeros_like(rows)
    along = np.clip(along, 0, 1)
    away = np.hypot(rows - start[0] - along * way[0], columns - start[1] - along * way[1])
    touched = away <= size / 2
    for row, column in (start, end):
        touched |= (np.floor(row) == rows - 0.5) & (np.floor(column) == columns - 0.5)
    return np.asarray(touched.ravel())


class RepairCanvas(Canvas):
    """Three pictures in a row, and a plot of energy and free energy over the steps.

    Attributes:
        repair: What is shown; None if nothing was seen yet.
        size_of_brush: Diameter of the brush, in pixels of the picture.
        sample: Number of the sample, from 1.
        stochastic: Whether the next steps are drawn.

    Signals:
        brushed(NDArray): These pixels are to be damaged, (V,), bool.
    """

    brushed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.size_of_brush = 3
        self.sample = 1
        self.stochastic = False
        self._last: tuple[float, float] | None = None
        self._cursor: tuple[int, int] | None = None
        self._hover: tuple[float, float] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.clear()

    def clear(self) -> None:
        """Forget everything: another run begins."""
        self.repair: Repair | None = None
        self._shape = (1, 1)
        self._range = (0.0, 1.0)
        self._last = None
        self.update()

    def show_repair(self, repair: Repair, shape: tuple[int, int], samples: NDArray[Any]) -> None:
        """Show a repair, as pictures of this height and width; ink is between the samples' least and largest value."""
        self.repair, self._shape = repair, shape
        values = repair.pictured(samples)
        self._range = min(0.0, float(values.min())), max(1.0, float(values.max()))
        self.update()

    # Places

    def _line(self) -> float:
        return QFontMetricsF(self.caption).height() * 1.25

    def _pictures_height(self) -> float:
        line, space = self._line(), self.theme.space
        side = (self.width() - 2 * space) / 3
        return min(side * self._shape[0] / self._shape[1], max(40.0, 0.56 * self.height() - 2 * line))

    def picture(self, number: int) -> QRectF:
        """Where the original (0), the damaged (1) and the repaired picture (2) stand."""
        line, space = self._line(), self.theme.space
        width = (self.width() - 2 * space) / 3
        box = QRectF(number * (width + space), line, width, self._pictures_height())
        return fitted(box, self._shape[1], self._shape[0])

    def frame(self) -> Frame:
        """The plot: steps across, energies upright."""
        line = self._line()
        top = line + self._pictures_height() + 3.6 * line
        left, below = 4.8 * self.theme.caption_px, 2.5 * line
        width = max(10.0, self.width() - left - self.theme.caption_px)
        area = QRectF(left, top, width, max(10.0, self.height() - top - below))
        values = [0.0, 1.0]
        steps = FIRST_STEPS
        if self.repair is not None:
            values = [value for found in self.repair.course for value in (found.energy, found.free)]
            values.append(float(self.repair.machine.free_energy(self.repair.original)))
            while steps < self.repair.steps:
                steps *= 2
        low, high = min(values), max(values)
        spare = max(0.08 * (high - low), 0.5)
        return Frame(area, 0.0, float(steps), low - spare, high + spare)

    def least_height(self) -> float:
        """The pictures, and a low plot."""
        return 2 * self._line() + 60 + 12 * self._line()

    def _pixel(self, place: QPointF) -> tuple[float, float]:
        box, (height, width) = self.picture(1), self._shape
        return (place.y() - box.y()) / box.height() * height, (place.x() - box.x()) / box.width() * width

    # Painting

    def paint(self, painter: QPainter) -> None:
        """Pictures, their captions, the plot."""
        repair = self.repair
        if repair is None:
            return
        line = self._line()
        repaired = self.tr("Repaired, {0} steps").format(f"{repair.steps:,}")
        energies = (float(repair.machine.free_energy(repair.original)), repair.course[0].free, repair.course[-1].free)
        pictures = (repair.original, repair.damaged, repair.means)
        titles = (self.tr("Sample {0}").format(self.sample), self.tr("Paint damage here"), repaired)
        for number, (title, values, energy) in enumerate(zip(titles, pictures, energies, strict=True)):
            box = self.picture(number)
            column = QRectF(number * (self.width() + self.theme.space) / 3, 0, self.width() / 3, line)
            middle = Qt.AlignmentFlag.AlignHCenter
            self.write(painter, column, title, "accent_text" if number == 1 else "text", middle)
            self._paint_picture(painter, box, values)
            if number == 1:
                self._paint_damage(painter, box, repair.mask)
            below = QRectF(column.x(), line + self._pictures_height() + 2, column.width(), line)
            text = self.tr("free energy {0}").format(_short(energy))
            if number == 2 and repair.mask.any():
                text = self.tr("free energy {0}; damaged pixels off by {1}").format(
                    _short(energy), f"{repair.course[-1].wrong:.3f}"
                )
            self.write(painter, below, text, "muted", middle)
        row = QRectF(0, line + self._pictures_height() + line + 4, self.width(), line)
        self.write(painter, row, self.reading(), "muted")
        self._paint_plot(painter, repair)

    def reading(self) -> str:
        """What the way of repairing that is chosen does."""
        if self.stochastic:
            return self.tr(
                "Stochastic: every damaged pixel is drawn; it wanders among what is probable. Shown: probabilities."
            )
        return self.tr("Mean field: every damaged pixel takes its probability; the same end each time.")

    def _paint_picture(self, painter: QPainter, box: QRectF, values: NDArray[Any]) -> None:
        assert self.repair is not None
        low, high = self._range
        height, width = self._shape
        pixels = np.zeros(height * width, np.float32)
        pixels[: len(values)] = np.clip((self.repair.pictured(values) - low) / (high - low), 0, 1)
        draw_image(painter, box, sample_image(pixels.reshape(1, height, width), self.theme))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self.theme.colour("border_strong"), 1))
        painter.drawRect(box)

    def _paint_damage(self, painter: QPainter, box: QRectF, mask: NDArray[np.bool_]) -> None:
        """A veil over damaged pixels, and the brush."""
        width = self._shape[1]
        cell = box.width() / width
        veil = QColor(self.theme.colour("accent"))
        veil.setAlpha(70)
        for unit in np.flatnonzero(mask):
            row, column = divmod(int(unit), width)
            painter.fillRect(QRectF(box.x() + column * cell, box.y() + row * cell, cell, cell), veil)
        at = self._hover
        if at is None and self.hasFocus() and self._cursor is not None:
            at = self._cursor[0] + 0.5, self._cursor[1] + 0.5
        focused = self.hasFocus()
        if focused:
            painter.setPen(QPen(self.theme.colour("focus"), 2))
            painter.drawRect(box)
        if at is not None:
            radius = max(0.5, self.size_of_brush / 2) * cell
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self.theme.colour("accent"), 2))
            painter.drawEllipse(QPointF(box.x() + at[1] * cell, box.y() + at[0] * cell), radius, radius)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def _paint_plot(self, painter: QPainter, repair: Repair) -> None:
        theme, frame, line = self.theme, self.frame(), self._line()
        if frame.area.height() < 2 * line:
            return
        rows = max(2, int(frame.area.height() / (2.4 * theme.caption_px)))
        ticks = round_ticks(frame.bottom, frame.top, rows)
        draw_upright(painter, frame, theme, ticks, [number_text(value) for value in ticks])
        columns = max(2, int(frame.area.width() / (5 * theme.caption_px)))
        across = round_ticks(frame.left, frame.right, columns)
        draw_across(
            painter, frame, theme, across, [f"{value:,.0f}" for value in across], self.tr("steps of the repair")
        )
        steps = np.arange(len(repair.course), dtype=np.float64)
        curves = (
            (self.tr("energy E(v, h)"), QPen(theme.colour("muted"), 1.5), [found.energy for found in repair.course]),
            (self.tr("free energy F(v)"), QPen(theme.colour("accent"), 2.5), [found.free for found in repair.course]),
        )
        original = float(repair.machine.free_energy(repair.original))
        painter.setPen(QPen(theme.colour("text"), 1.5, Qt.PenStyle.DashLine))
        painter.drawLine(QLineF(frame.area.left(), frame.y(original), frame.area.right(), frame.y(original)))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for _, pen, values in curves:
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            if len(values) > 1:
                painter.drawPath(frame.line(steps, np.array(values)))
            painter.setBrush(pen.color())
            painter.drawEllipse(QPointF(float(frame.x(steps[-1])), float(frame.y(values[-1]))), 2.5, 2.5)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        pens = [(name, pen) for name, pen, _ in curves]
        pens.append((self.tr("F of the sample"), QPen(theme.colour("text"), 1.5, Qt.PenStyle.DashLine)))
        self._paint_legend(painter, QRectF(0, frame.area.top() - 1.4 * line, self.width(), line), pens)

    def _paint_legend(self, painter: QPainter, row: QRectF, entries: list[tuple[str, QPen]]) -> None:
        sample, gap = 2.0 * self.theme.caption_px, 0.5 * self.theme.caption_px
        x = row.x()
        for text, pen in entries:
            width = painter.fontMetrics().horizontalAdvance(text)
            if x + sample + gap + width > row.right():
                break
            painter.setPen(pen)
            painter.drawLine(QLineF(x, row.center().y(), x + sample, row.center().y()))
            self.write(painter, QRectF(x + sample + gap, row.y(), width + 1, row.height()), text, "text")
            x += sample + width + 4 * gap

    def text_at(self, place: QPointF) -> str:
        """The value of a pixel, or the energies after a step."""
        repair = self.repair
        if repair is None:
            return ""
        height, width = self._shape
        for number, values in enumerate((repair.original, repair.damaged, repair.means)):
            box = self.picture(number)
            if number != 1 and box.contains(place):
                row = min(height - 1, int((place.y() - box.y()) / box.height() * height))
                column = min(width - 1, int((place.x() - box.x()) / box.width() * width))
                if row * width + column < len(values):
                    value = float(repair.pictured(values)[row * width + column])
                    return self.tr("row {0}, column {1}: {2}").format(row + 1, column + 1, f"{value:.3f}")
        frame = self.frame()
        if frame.area.contains(place):
            step = min(repair.steps, max(0, round(frame.value_at(place)[0])))
            found = repair.course[step]
            text = self.tr("Step {0}: energy {1}, free energy {2}")
            return text.format(step, _short(found.energy), _short(found.free))
        return ""

    # Mouse and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        left = event.button() == Qt.MouseButton.LeftButton
        if self.repair is not None and left and self.picture(1).contains(event.position()):
            self._last = self._pixel(event.position())
            self._brush(self._last, self._last)
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position()
        inside = self.repair is not None and self.picture(1).contains(place)
        self._hover = self._pixel(place) if inside else None
        if self._last is not None:
            here = self._pixel(place)
            self._brush(self._last, here)
            self._last = here
        self.setCursor(Qt.CursorShape.CrossCursor if inside else Qt.CursorShape.ArrowCursor)
        self.update()
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._last = None
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        arrow = _ARROWS.get(Qt.Key(event.key()))
        height, width = self._shape
        row, column = self._cursor or (height // 2, width // 2)
        if self.repair is not None and arrow is not None:
            self._cursor = min(height - 1, max(0, row + arrow[0])), min(width - 1, max(0, column + arrow[1]))
            self._hover = None
            self.update()
        elif self.repair is not None and event.key() == Qt.Key.Key_Space:
            self._cursor = row, column
            self._brush((row + 0.5, column + 0.5), (row + 0.5, column + 0.5))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self._cursor is None:
            self._cursor = self._shape[0] // 2, self._shape[1] // 2
        super().focusInEvent(event)

    def _brush(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        assert self.repair is not None
        touched = brush_mask(*self._shape, start, end, self.size_of_brush)[: len(self.repair.mask)]
        if touched.any():
            self.brushed.emit(touched)


def _short(value: float) -> str:
    return f"{value:.1f}".replace("-", "−")  # noqa: RUF001
