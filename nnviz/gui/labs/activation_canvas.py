"""The picture of the lab on activation functions: curves, what they do to a layer, and a stack of eight."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen, QPixmap

from nnviz.core.labs.activation_curves import (
    LAYERS_OF_STACK,
    Array,
)
from nnviz.gui.labs.axes import Axes
from nnviz.gui.labs.canvas import CENTRE, LEFT, RIGHT, LabCanvas, paint_handle
from nnviz.gui.labs.numbers import significant
from nnviz.gui.style import colours
from nnviz.gui.style.theme import Theme

if TYPE_CHECKING:
    from nnviz.gui.labs.activation import ActivationLab

REACH = 6.0
"""The plot goes from -REACH to REACH."""
POINTS = 241
INPUTS = 2000
BINS = 48
NONE = "nothing"
LEAST_DECADE, MOST_DECADE = -8.0, 2.0
"""Powers of ten between which the bars of gradients are drawn."""
ONE_AT = -LEAST_DECADE / (MOST_DECADE - LEAST_DECADE)
"""Share of such a bar at which a gradient of 1 ends: nothing lost, nothing gained."""
START_X = 1.0


class ActivationCanvas(LabCanvas):
    """Curve with the histograms of a layer at two of its sides, and the stack beside it.

    Signals:
        drag_began: The point is going to be moved by hand.
    """

    drag_began = Signal()

    def __init__(self, lab: ActivationLab, theme: Theme) -> None:
        super().__init__(theme)
        self._lab = lab
        self._dragging = False
        self._curves: tuple[object, QPixmap] | None = None
        self.setObjectName("activation_canvas")
        self.setAccessibleName(self.tr("Curve of the activation function, histograms of a layer, and a stack of eight"))

    # Places

    def minimumSizeHint(self) -> QSize:
        return QSize(36 * self.theme.font_px, 22 * self.theme.font_px)

    def _stack_box(self) -> QRectF:
        width = max(0.36 * self.width(), 18.5 * self.theme.font_px)
        space = self.theme.space
        return QRectF(self.width() - width - space, 1.5 * space, width, self.height() - 2.5 * space)

    def axes(self) -> Axes:
        """The plot of the curve."""
        theme = self.theme
        room = QRectF(theme.space, self._legend_height(), self._stack_box().left() - 3 * theme.space, 0)
        outputs = max(0.16 * room.width(), 4 * theme.font_px)
        inputs = max(0.17 * self.height(), 4.2 * theme.font_px)
        room.setRight(room.right() - outputs)
        room.setBottom(self.height() - inputs - theme.space)
        return Axes.within(room, (-REACH, REACH), self._lab.y_range, theme, labels=False)

    def _legend_height(self) -> float:
        return (2 if self._lab.other else 1) * 1.15 * self.line_height() + 1.5 * self.theme.space

    def handle(self) -> QPointF:
        """Where the point is."""
        axes = self.axes()
        value, _ = self._lab.curve.at(self._lab.point, self._lab.knobs)
        place = axes.at(self._lab.point, float(value))
        place.setY(min(axes.box.bottom(), max(axes.box.top(), place.y())))
        return place

    # Painting

    def paint(self, painter: QPainter) -> None:
        """The curves with what belongs to them, and the stack."""
        lab, ratio = self._lab, self.devicePixelRatioF()
        # Kept as a picture: steps change the stack only.
        key = (lab.settings, lab.seed, lab.point, self.hasFocus(), self._dragging, self.size(), self.theme, ratio)
        if self._curves is None or self._curves[0] != key:
            pixmap = QPixmap(self.size() * ratio)
            pixmap.setDevicePixelRatio(ratio)
            pixmap.fill(self.theme.colour("surface"))
            inner = QPainter(pixmap)
            inner.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_curves(inner)
            inner.end()
            self._curves = (key, pixmap)
        painter.drawPixmap(0, 0, self._curves[1])
        self._paint_stack(painter)

    def _paint_curves(self, painter: QPainter) -> None:
        axes = self.axes()
        self._paint_legend(painter, axes)
        self._paint_flat(painter, axes)
        axes.paint(painter, self.theme, self.font())
        self._paint_zero(painter, axes)
        painter.save()
        painter.setClipRect(axes.box.adjusted(0, -2, 2, 2))
        for place, (_, values, slope) in reversed(list(enumerate(self._lab.lines))):
            self._paint_curve(painter, axes, place, values, slope)
        self._paint_lines_of_maxout(painter, axes)
        self._paint_tangent(painter, axes)
        painter.restore()
        self._paint_point(painter, axes)
        self._paint_inputs(painter, axes)
        self._paint_outputs(painter, axes)

    def colour_of(self, place: int) -> QColor:
        """Of the first function violet, of the second green."""
        return self.theme.colour("accent") if place == 0 else colours.class_colour(self.theme, 2)

    def _paint_legend(self, painter: QPainter, axes: Axes) -> None:
        theme = self.theme
        for place, (curve, _, _) in enumerate(self._lab.lines):
            y = theme.space + (place + 0.5) * 1.15 * self.line_height()
            left, end = axes.box.left(), self._stack_box().left() - theme.space
            value, slope = (float(part) for part in curve.at(self._lab.point, self._lab.knobs))
            colour = self.colour_of(place)
            for style, form, number, bold in (
                (Qt.PenStyle.SolidLine, f"{curve.name} {{0}}", value, place == 0),
                (Qt.PenStyle.DashLine, self.tr("slope {0}"), slope, False),
            ):
                painter.setPen(QPen(colour, 2, style))
                painter.drawLine(QPointF(left, y), QPointF(left + 1.8 * theme.font_px, y))
                left += 2.3 * theme.font_px
                width = min(10.5 * theme.font_px, 0.6 * (end - axes.box.left()) - 2.3 * theme.font_px)
                width = width if style == Qt.PenStyle.SolidLine else end - left
                text = form.format(significant(number))
                # In large type there is not always room: a number must not be cut off.
                px = theme.font_px if self.width_of(text, bold=bold) <= width else theme.caption_px
                if self.width_of(text, px, bold=bold) > width:
                    text = form.format(significant(number, 2))
                self.write(painter, QRectF(left, y - 20, width, 40), text, LEFT, "text", px, bold=bold)
                left += width

    def _paint_flat(self, painter: QPainter, axes: Axes) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        for start, end in self._lab.flat:
            if end > start:
                box = QRectF(axes.x(start), axes.box.top(), axes.x(end) - axes.x(start), axes.box.height())
                painter.setBrush(self.theme.colour("hover"))
                painter.drawRect(box)
                if box.width() > self.width_of(self.tr("flat"), self.theme.caption_px) + 8:
                    # At the side where the curves are not.
                    middle = (start + end) / 2
                    values = [float(curve.at(middle, self._lab.knobs)[0]) for curve, _, _ in self._lab.lines]
                    above = axes.y_range[1] - max(values) > min(values) - axes.y_range[0]
                    height = 1.6 * self.theme.caption_px
                    top = box.top() + 3 if above else box.bottom() - height - 3
                    self.write(painter, QRectF(box.left(), top, box.width(), height), self.tr("flat"), CENTRE, "muted",
                               self.theme.caption_px)  # fmt: skip
                    painter.setPen(Qt.PenStyle.NoPen)

    def _paint_zero(self, painter: QPainter, axes: Axes) -> None:
        painter.setPen(QPen(self.theme.colour("border_strong"), 1))
        painter.drawLine(axes.at(-REACH, 0), axes.at(REACH, 0))
        painter.drawLine(QPointF(axes.x(0), axes.box.top()), QPointF(axes.x(0), axes.box.bottom()))

    def _paint_curve(self, painter: QPainter, axes: Axes, place: int, values: Array, slope: Array) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        colour = self.colour_of(place)
        painter.setPen(QPen(colour, 1.6, Qt.PenStyle.DashLine))
        painter.drawPolyline(axes.polyline(self._lab.grid, slope))
        painter.setPen(QPen(colour, 2.4 if place == 0 else 1.8))
        painter.drawPolyline(axes.polyline(self._lab.grid, values))

    def _paint_lines_of_maxout(self, painter: QPainter, axes: Axes) -> None:
        if self._lab.curve.name != "maxout":
            return
        painter.setPen(QPen(self.theme.colour("muted"), 1, Qt.PenStyle.DotLine))
        for w, b in self._lab.knobs.lines:
            painter.drawLine(axes.at(-REACH, -w * REACH + b), axes.at(REACH, w * REACH + b))

    def _paint_tangent(self, painter: QPainter, axes: Axes) -> None:
        x = self._lab.point
        value, slope = (float(part) for part in self._lab.curve.at(x, self._lab.knobs))
        half = 1.3
        painter.setPen(QPen(self.theme.colour("text"), 1.6))
        painter.drawLine(axes.at(x - half, value - half * slope), axes.at(x + half, value + half * slope))

    def _paint_point(self, painter: QPainter, axes: Axes) -> None:
        theme, handle = self.theme, self.handle()
        painter.setPen(QPen(theme.colour("muted"), 1, Qt.PenStyle.DotLine))
        painter.drawLine(handle, QPointF(handle.x(), axes.box.bottom()))
        painter.drawLine(handle, QPointF(axes.box.right(), handle.y()))
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(handle, 0.62 * theme.font_px + 3, 0.62 * theme.font_px + 3)
        paint_handle(painter, handle, theme, 0.62 * theme.font_px, held=self._dragging)

    def _paint_inputs(self, painter: QPainter, axes: Axes) -> None:
        theme = self.theme
        top = axes.box.bottom() + 1.9 * theme.caption_px
        bottom = self.height() - theme.space - 1.5 * theme.caption_px
        counts, edges = np.histogram(self._lab.inputs, BINS, (-REACH, REACH))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("border_strong"))
        most = max(1, int(counts.max()))
        for count, left, right in zip(counts.tolist(), edges[:-1].tolist(), edges[1:].tolist(), strict=True):
            height = count / most * (bottom - top)
            painter.drawRect(QRectF(axes.x(left) + 0.5, bottom - height, axes.x(right) - axes.x(left) - 1, height))
        painter.setPen(QPen(theme.colour("border_strong"), 1))
        painter.drawLine(QPointF(axes.box.left(), bottom), QPointF(axes.box.right(), bottom))
        below = QRectF(axes.box.left(), bottom + 2, axes.box.width(), 1.5 * theme.caption_px)
        outside = float(np.mean(np.abs(self._lab.inputs) > REACH))
        text = self.tr("inputs x of a layer")
        if outside >= 0.005:
            text = self.tr("inputs x of a layer; {0} % lie beyond the plot").format(f"{100 * outside:.0f}")
        self.write(painter, below, text, CENTRE, "muted", theme.caption_px)

    def _paint_outputs(self, painter: QPainter, axes: Axes) -> None:
        theme = self.theme
        left = axes.box.right() + 0.6 * theme.space
        right = self._stack_box().left() - 2.5 * theme.space
        counts, edges = np.histogram(self._lab.outputs, BINS, axes.y_range)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.sequential_colour(theme, 0.5))
        most = max(1, int(counts.max()))
        for count, low, high in zip(counts.tolist(), edges[:-1].tolist(), edges[1:].tolist(), strict=True):
            width = count / most * (right - left)
            painter.drawRect(QRectF(left, axes.y(high) + 0.5, width, axes.y(low) - axes.y(high) - 1))
        painter.setPen(QPen(theme.colour("border_strong"), 1))
        painter.drawLine(QPointF(left, axes.box.top()), QPointF(left, axes.box.bottom()))
        below = QRectF(
            left - theme.space, axes.box.bottom() + 3, right - left + 2 * theme.space, 1.5 * theme.caption_px
        )
        self.write(painter, below, self.tr("outputs f(x)"), CENTRE, "muted", theme.caption_px)

    # The stack

    def _columns(self) -> tuple[float, float, float, float, float]:
        # Left edges of the node, z, a, slope and gradient.
        box, px = self._stack_box(), self.theme.font_px
        left = box.left() + 2.2 * px
        number = 3.7 * px
        return (
            left,
            left + 0.2 * px,
            left + number + 0.2 * px,
            left + 2 * number + 0.4 * px,
            left + 3 * number + 0.9 * px,
        )

    def _row_middle(self, row: int) -> float:
        box = self._stack_box()
        head = 3.6 * self.line_height()
        height = (box.height() - head - 0.2 * self.line_height()) / LAYERS_OF_STACK
        return box.top() + head + (row + 0.5) * height

    def node(self, row: int) -> QPointF:
        """Where a layer's node is on the line that the signal goes along."""
        return QPointF(self._stack_box().left() + 1.1 * self.theme.font_px, self._row_middle(row))

    def _paint_stack(self, painter: QPainter) -> None:
        theme, lab, box = self.theme, self._lab, self._stack_box()
        line = self.line_height()
        self.write(painter, QRectF(box.left(), box.top(), box.width(), line), self.tr("A stack of eight layers"), LEFT,
                   bold=True)  # fmt: skip
        hint = self.tr("x goes down, its gradient comes back up")
        self.write(painter, QRectF(box.left(), box.top() + line, box.width(), line), hint, LEFT, "muted",
                   theme.caption_px)  # fmt: skip
        _, z, a, slope, bar = self._columns()
        number = 3.5 * theme.font_px
        y = box.top() + 2.4 * line
        for left, width, text in (
            (z, number, "z"),
            (a, number, "a = f(z)"),
            (slope, number, "f'(z)"),
            (bar, box.right() - bar, self.tr("gradient")),
        ):
            align = LEFT if left == bar else RIGHT
            self.write(painter, QRectF(left, y, width, line), text, align, "muted", theme.caption_px)
        one = bar + ONE_AT * (box.right() - bar)
        if bar + self.width_of(self.tr("gradient"), theme.caption_px) + theme.caption_px < one:
            self.write(painter, QRectF(one - 20, y, 40, line), "1", CENTRE, "muted", theme.caption_px)
        self._paint_way(painter)
        forwards, backwards = lab.reached
        for row in range(LAYERS_OF_STACK):
            arrived = lab.step == 0 or row < forwards
            returned = lab.step == 0 or row >= LAYERS_OF_STACK - backwards
            self._paint_row(painter, row, arrived, returned)

    def _paint_way(self, painter: QPainter) -> None:
        theme, lab = self.theme, self._lab
        painter.setPen(QPen(theme.colour("border_strong"), 2))
        painter.drawLine(self.node(0), self.node(LAYERS_OF_STACK - 1))
        now = lab.row_of(lab.step) if lab.step else -1
        radius = 0.85 * theme.font_px
        for row in range(LAYERS_OF_STACK):
            painter.setPen(QPen(theme.colour("accent" if row == now else "border_strong"), 2 if row == now else 1))
            painter.setBrush(theme.colour("accent_soft" if row == now else "raised"))
            painter.drawEllipse(self.node(row), radius, radius)
            centre = self.node(row)
            place = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
            self.write(painter, place, str(row + 1), CENTRE, "accent_text" if row == now else "text", theme.caption_px)
        if lab.between > 0 and lab.can_advance():
            following = lab.row_of(lab.step + 1)
            start = self.node(now) if now >= 0 else self.node(0) - QPointF(0, 2 * radius)
            paint_handle(painter, start + (self.node(following) - start) * lab.between, theme, 0.4 * theme.font_px)

    def _paint_row(self, painter: QPainter, row: int, arrived: bool, returned: bool) -> None:
        theme, lab, stack = self.theme, self._lab, self._lab.stack
        middle = self._row_middle(row)
        _, z, a, slope, bar = self._columns()
        number = 3.5 * theme.font_px
        colour = "text" if arrived else "disabled"
        for left, value in ((z, stack.z[row]), (a, stack.a[row]), (slope, stack.slope[row])):
            self.write(painter, QRectF(left, middle - 20, number, 40), significant(float(value), 2), RIGHT, colour)
        right = self._stack_box().right()
        track = QRectF(bar, middle - 0.1 * theme.font_px, right - bar, 0.5 * theme.font_px)
        gradient = float(stack.gradient[row])
        text = QRectF(bar, middle - 1.35 * theme.font_px, right - bar, 1.2 * theme.font_px)
        self.write(painter, text, significant(gradient, 2), LEFT, "text" if returned else "disabled", theme.caption_px)
        self._paint_gradient(painter, track, gradient, self.colour_of(0), returned)
        if lab.other_stack is not None:
            below = track.translated(0, 0.65 * theme.font_px)
            self._paint_gradient(painter, below, float(lab.other_stack.gradient[row]), self.colour_of(1), returned)

    def _paint_gradient(self, painter: QPainter, track: QRectF, gradient: float, colour: QColor, on: bool) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.colour("hover"))
        painter.drawRoundedRect(track, 2, 2)
        decade = np.log10(abs(gradient)) if gradient else LEAST_DECADE
        share = float(np.clip((decade - LEAST_DECADE) / (MOST_DECADE - LEAST_DECADE), 0, 1))
        if on and share > 0:
            painter.setBrush(colour)
            painter.drawRoundedRect(QRectF(track.left(), track.top(), share * track.width(), track.height()), 2, 2)
        one = track.left() + ONE_AT * track.width()
        painter.setPen(QPen(self.theme.colour("muted"), 1))
        painter.drawLine(QPointF(one, track.top() - 1), QPointF(one, track.bottom() + 1))

    # Touching

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if self._over_plot(event.position()):
            self.drag_began.emit()
            self._dragging = True
            self._drag(event.position())

    def _over_plot(self, place: QPointF) -> bool:
        near = self.theme.space
        return self.axes().box.adjusted(-near, -near, near, near).contains(place)

    def _drag(self, place: QPointF) -> None:
        x, _ = self.axes().value_at(place)
        self._lab.set_point(round(x, 2))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragging and event.buttons() & Qt.MouseButton.LeftButton:
            self._drag(event.position())
            return
        over = self._over_plot(event.position())
        self.setCursor(Qt.CursorShape.SizeHorCursor if over else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._dragging = False
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        changes = {
            Qt.Key.Key_Up: 0.1,
            Qt.Key.Key_Down: -0.1,
            Qt.Key.Key_Plus: 0.1,
            Qt.Key.Key_Equal: 0.1,
            Qt.Key.Key_Minus: -0.1,
            Qt.Key.Key_PageUp: 1.0,
            Qt.Key.Key_PageDown: -1.0,
        }
        change = changes.get(Qt.Key(event.key()), 0.0)
        if not change:
            super().keyPressEvent(event)
            return
        if not event.isAutoRepeat():
            self.drag_began.emit()
        self._lab.set_point(round(self._lab.point + change, 10))
