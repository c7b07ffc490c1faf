"""The picture of the lab on overfitting: points and boundary, losses, the network, and the weights' histogram."""

from __future__ import annotations

import math
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPen

from nnviz.core.labs.overfitting import Array, boundary, logits, sigmoid
from nnviz.gui.labs.axes import Axes
from nnviz.gui.labs.canvas import CENTRE, LEFT, RIGHT, LabCanvas
from nnviz.gui.labs.network_strip import Strip, paint_lines, paint_units
from nnviz.gui.labs.numbers import significant
from nnviz.gui.labs.tried import Tried, method_label
from nnviz.gui.spec_text import spec_text
from nnviz.gui.style import colours
from nnviz.gui.style.theme import Theme

if TYPE_CHECKING:
    from nnviz.gui.labs.overfitting import OverfittingLab

REACH_X, REACH_Y = 1.7, 1.1
"""How far the picture of the points reaches from the middle."""
GRID_X, GRID_Y = 69, 45
WIDEST, BINS = 1.5, 61
"""The histogram goes from -WIDEST to WIDEST."""
NEAR_PX = 14.0
PX_PER_PIECE = 3.0
LEGEND_ROWS = 4
LEAST_STEPS, LEAST_LOSS, MOST_LOSS = 100, 0.8, 2.5
_COLOURS = {"L1": 3, "L2": 2, "max-norm": 7, "dropout": 6, "early stopping": 4}


class OverfittingCanvas(LabCanvas):
    """Four pictures of one training.

    Signals:
        drag_began: A training point is going to be changed by hand.
    """

    drag_began = Signal()

    def __init__(self, lab: OverfittingLab, theme: Theme) -> None:
        super().__init__(theme)
        self._lab = lab
        self._chosen: int | None = None
        self._dragged: int | None = None
        self._from = QPointF()
        self._moved = False
        self._travels = False
        self._surface: tuple[tuple[object, ...], QImage, Array] | None = None
        self._xs = np.linspace(-REACH_X, REACH_X, GRID_X)
        self._ys = np.linspace(-REACH_Y, REACH_Y, GRID_Y)
        self._grid = np.stack(np.meshgrid(self._xs, self._ys), axis=-1).reshape(-1, 2).astype(np.float32)
        self.setObjectName("overfitting_canvas")
        self.setAccessibleName(self.tr("Points and boundary, losses, the network, and the histogram of its weights"))

    # Places

    def minimumSizeHint(self) -> QSize:
        return QSize(36 * self.theme.font_px, 22 * self.theme.font_px)

    def _column(self) -> float:
        # In large type the legend needs its half.
        return (0.5 if self.theme.projector else 0.53) * self.width()

    def _middle(self) -> float:
        return 0.61 * self.height()

    def plane(self) -> Axes:
        """The plot of the points."""
        space, line = self.theme.space, self.line_height()
        room = QRectF(2 * space, 1.9 * line, self._column() - 4 * space, self._middle() - 2.2 * line)
        scale = min(room.width() / (2 * REACH_X), room.height() / (2 * REACH_Y))
        width, height = 2 * REACH_X * scale, 2 * REACH_Y * scale
        box = QRectF(room.left(), room.top(), width, height)
        return Axes(box, (-REACH_X, REACH_X), (-REACH_Y, REACH_Y))

    def chart(self) -> Axes:
        """The plot of the losses."""
        training = self._lab.training
        steps = max([LEAST_STEPS, len(training.losses) - 1, *(known.steps for known in self._lab.tried)])
        losses = [max(training.validation_losses), max(training.losses)]
        losses += [max(known.curve) for known in self._lab.tried]
        # Both ends grow in steps: a plot that shrinks at every frame is hard to look at, and dear.
        steps = round_up(steps)
        top = min(MOST_LOSS, max(LEAST_LOSS, math.ceil(10.5 * max(losses)) / 10))
        legend = LEGEND_ROWS * 1.35 * self.theme.caption_px + self.theme.space
        # The plots of the upper row begin at one height.
        top_px = 1.9 * self.line_height() - 2 * self.theme.caption_px
        outer = QRectF(self._column(), top_px, self.width() - self._column(), self._middle() - legend - top_px)
        return Axes.within(outer, (0, steps), (0, top), self.theme)

    def _network_box(self) -> QRectF:
        space = self.theme.space
        return QRectF(2 * space, self._middle() + space, self._column() - 4 * space, self._rest())

    def _rest(self) -> float:
        return self.height() - self._middle() - 2 * self.theme.space

    def place_of(self, index: int) -> QPointF:
        """Where a training point is."""
        x, y = self._lab.training.points.x[index]
        return self.plane().at(float(x), float(y))

    def point_at(self, place: QPointF) -> int | None:
        """The training point under a place."""
        axes, points = self.plane(), self._lab.training.points.x
        far = np.hypot(*(np.array([[axes.x(x) - place.x(), axes.y(y) - place.y()] for x, y in points.tolist()]).T))
        nearest = int(far.argmin())
        return nearest if far[nearest] <= NEAR_PX else None

    # Painting

    def paint(self, painter: QPainter) -> None:
        """The four pictures."""
        self._paint_plane(painter)
        self._paint_chart(painter)
        self._paint_network(painter)
        self._paint_histogram(painter)

    def _surface_now(self) -> tuple[QImage, Array]:
        state = self._lab.training.shown
        key = (state.weights.line, self.theme)
        if self._surface is None or self._surface[0][0] is not key[0] or self._surface[0][1] is not key[1]:
            z = logits(state.weights.single_precision(), self._grid).reshape(GRID_Y, GRID_X)
            shade = np.round(sigmoid(z[::-1]) * 255).astype(np.uint8)
            # Lighter than the points on it.
            pixels = _ground_table(self.theme)[shade]
            image = QImage(pixels.data, GRID_X, GRID_Y, 4 * GRID_X, QImage.Format.Format_RGB32).copy()
            self._surface = (key, image, boundary(z, self._xs, self._ys))
        return self._surface[1], self._surface[2]

    def _paint_plane(self, painter: QPainter) -> None:
        theme, axes, points = self.theme, self.plane(), self._lab.training.points
        image, pieces = self._surface_now()
        self._paint_heading(painter, axes)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        # The outer pixels stand for places at the edge: half of each lies outside.
        painter.drawImage(axes.box, image, QRectF(0.5, 0.5, GRID_X - 1, GRID_Y - 1))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        painter.setPen(QPen(theme.colour("text"), 1.6))
        painter.drawLines(axes_places(axes, pieces))
        chosen = self._dragged if self._dragged is not None else self._chosen if self.hasFocus() else None
        parts = (points.x, points.y, points.validation_x, points.validation_y)
        key = (*(part.tobytes() for part in parts), chosen)
        self.keep(
            painter,
            "points",
            axes.box.adjusted(-1, -1, 1, 1),
            key,
            lambda under: self._paint_points(under, axes, chosen),
            over=True,
        )

    def _paint_points(self, painter: QPainter, axes: Axes, chosen: int | None) -> None:
        # Two hundred rings and the training points on them: they stay the same for a whole training.
        theme, points = self.theme, self._lab.training.points
        kinds = [colours.class_colour(theme, kind) for kind in (0, 1)]
        rings = [QPen(colours.mixed(kind, theme.colour("surface"), 0.8), 1.2) for kind in kinds]
        painter.setClipRect(axes.box)
        radius = 0.2 * theme.font_px
        for (x, y), kind in zip(points.validation_x.tolist(), points.validation_y.tolist(), strict=True):
            painter.setPen(rings[int(kind)])
            painter.drawEllipse(axes.at(x, y), radius, radius)
        radius = 0.4 * theme.font_px
        for index, ((x, y), kind) in enumerate(zip(points.x.tolist(), points.y.tolist(), strict=True)):
            place = axes.at(x, y)
            painter.setPen(QPen(theme.colour("surface"), 1.5))
            painter.setBrush(kinds[int(kind)])
            painter.drawEllipse(place, radius, radius)
            if index == chosen:
                painter.setPen(QPen(theme.colour("focus"), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(place, radius + 4, radius + 4)
        painter.setClipping(False)
        painter.setPen(QPen(theme.colour("border_strong"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(axes.box)

    def _paint_heading(self, painter: QPainter, axes: Axes) -> None:
        line, box = self.line_height(), axes.box
        place = QRectF(box.left(), box.top() - 1.4 * line, box.width(), 1.2 * line)
        self._write_heading(
            painter, place, self.tr("Points and boundary"), self.tr("filled: training, rings: validation")
        )

    def _write_heading(self, painter: QPainter, box: QRectF, title: str, rest: str) -> None:
        # What explains the picture stands beside its name, where there is room for it.
        self.write(painter, box, title, LEFT, bold=True)
        taken = self.width_of(title, bold=True) + self.theme.space
        if self.width_of(rest, self.theme.caption_px) <= box.width() - taken:
            self.write(painter, box.adjusted(taken, 0, 0, 0), rest, LEFT, "muted", self.theme.caption_px)

    def colour_of(self, method: str) -> QColor:
        """Of a method's curves."""
        if method in _COLOURS:
            return colours.class_colour(self.theme, _COLOURS[method])
        return self.theme.colour("accent")

    def _paint_chart(self, painter: QPainter) -> None:
        theme, lab, axes = self.theme, self._lab, self.chart()
        training, now = lab.training, lab.settings
        left, top = self._legend_left(), axes.box.top() - 1.4 * self.line_height()
        legend_top = axes.box.bottom() + 3.4 * theme.caption_px
        room = QRectF(self._column(), 0, self.width() - self._column(), legend_top)

        def paint_axes(under: QPainter) -> None:
            axes.paint(under, theme, self.font(), self.tr("steps"))
            self._write_heading(
                under,
                QRectF(left, top, self.width() - left - theme.space, 1.2 * self.line_height()),
                self.tr("Loss (cross-entropy)"),
                self.tr("solid: validation, dashed: training"),
            )

        self.keep(painter, "losses", room, (axes.x_range, axes.y_range), paint_axes)
        painter.save()
        painter.setClipRect(axes.box.adjusted(0, -2, 3, 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for known in lab.tried:
            self._paint_tried(painter, axes, known)
        colour = self.colour_of(now.method)
        step = training.step
        for losses, style in ((training.losses, Qt.PenStyle.DashLine), (training.validation_losses, None)):
            # What is ahead, after a way back, is faint.
            for first, last, share in ((step, len(losses) - 1, 0.25), (0, step, 1.0)):
                if last > first:
                    every = thinned(first, last, axes.box.width() / PX_PER_PIECE)
                    pen = QPen(colours.mixed(colour, theme.colour("surface"), share), 1 if style else 2)
                    if style is not None:
                        pen.setStyle(style)
                        pen.setWidthF(2.0 if theme.projector else 1.0)
                    painter.setPen(pen)
                    places = axes.polyline(every, np.asarray(losses)[every])
                    if style is None:
                        painter.drawLines(line_pieces(places.toList()))
                    else:
                        painter.drawPolyline(places)
        painter.restore()
        self._paint_best(painter, axes, colour)
        self._paint_legend(painter, axes, colour)

    def _paint_tried(self, painter: QPainter, axes: Axes, known: Tried) -> None:
        faded = colours.mixed(self.colour_of(known.method), self.theme.colour("surface"), 0.55)
        painter.setPen(QPen(faded, 1.8 if self.theme.projector else 1))
        painter.drawPolyline(axes.polyline(np.linspace(0, known.steps, len(known.curve)), known.curve))

    def _paint_best(self, painter: QPainter, axes: Axes, colour: QColor) -> None:
        theme, training = self.theme, self._lab.training
        if training.step == 0:
            return
        best = training.best_step()
        place = axes.at(best, min(axes.y_range[1], training.validation_losses[best]))
        painter.setPen(QPen(colour, 1, Qt.PenStyle.DotLine))
        painter.drawLine(place, QPointF(place.x(), axes.box.bottom()))
        painter.setPen(QPen(theme.colour("surface"), 1.5))
        painter.setBrush(colour)
        painter.drawEllipse(place, 0.42 * theme.font_px, 0.42 * theme.font_px)
        # And where it stands now.
        x = axes.x(training.step)
        painter.setPen(QPen(theme.colour("text"), 1))
        painter.drawLine(QPointF(x, axes.box.top()), QPointF(x, axes.box.bottom()))
        if training.stopped:
            text = self.tr("the weights of step {0} are kept").format(best)
            width, height = self.width_of(text, theme.caption_px) + theme.space, 1.6 * theme.caption_px
            left = min(place.x() + 0.6 * theme.font_px, axes.box.right() - width)
            box = QRectF(left, axes.box.top() + 2, width, height)
            painter.setPen(QPen(colour, 1, Qt.PenStyle.DotLine))
            painter.drawLine(place, QPointF(place.x(), axes.box.top()))
            painter.setPen(QPen(theme.colour("border_strong"), 1))
            painter.setBrush(theme.colour("raised"))
            painter.drawRoundedRect(box, theme.radius, theme.radius)
            self.write(painter, box, text, CENTRE, "text", theme.caption_px)

    def _legend_left(self) -> float:
        return self._column() + self.theme.space

    def _paint_legend(self, painter: QPainter, axes: Axes, colour: QColor) -> None:
        theme, lab = self.theme, self._lab
        training, step = lab.training, lab.training.step
        row = 1.35 * theme.caption_px
        top = axes.box.bottom() + 3.4 * theme.caption_px
        left, width = self._legend_left(), self.width() - theme.space
        half = (width - left) / 2
        now = lab.settings
        entries: list[tuple[tuple[str, ...], float, QColor, Qt.PenStyle, str]] = [
            (
                (
                    self.tr("{0}: validation").format(method_label(now.method, lab.method_value())),
                    self.tr("{0}: validation").format(spec_text(now.method)),
                    # The method stands in the settings, too.
                    self.tr("validation"),
                ),
                lab.validation_loss,
                colour,
                Qt.PenStyle.SolidLine,
                "text",
            ),
            ((self.tr("training"),), training.losses[step], colour, Qt.PenStyle.DashLine, "text"),
        ]
        for known in lab.tried[::-1]:
            faded = colours.mixed(self.colour_of(known.method), theme.colour("surface"), 0.55)
            forms = (known.label(now.units), method_label(known.method, known.value), spec_text(known.method))
            entries.append((forms, known.loss, faded, Qt.PenStyle.SolidLine, "muted"))
        for index, (texts, loss, line, style, ink) in enumerate(entries):
            x, y = left + (index % 2) * half, top + (index // 2) * row
            painter.setPen(QPen(line, 2 if style == Qt.PenStyle.SolidLine else 1.5, style))
            painter.drawLine(QPointF(x, y + row / 2), QPointF(x + 1.4 * theme.caption_px, y + row / 2))
            place = QRectF(x + 1.7 * theme.caption_px, y, half - 2.7 * theme.caption_px, row)
            number = significant(loss, 2)
            room = place.width() - self.width_of(number, theme.caption_px, bold=True) - 0.5 * theme.caption_px
            text = next((form for form in texts if self.width_of(form, theme.caption_px) <= room), texts[-1])
            self.write(painter, QRectF(place.left(), y, room, row), text, LEFT, ink, theme.caption_px)
            self.write(painter, place, number, RIGHT, ink, theme.caption_px, bold=True)

    def _paint_network(self, painter: QPainter) -> None:
        box, lab = self._network_box(), self._lab
        kept = lab.training.kept_units()
        if kept is not None:
            title = self.tr("The thinned network of this step")
        elif lab.training.stopped:
            title = self.tr("The network of step {0}").format(lab.training.shown.step)
        else:
            title = self.tr("The network")
        line = self.line_height()
        head = QRectF(box.left(), box.top(), box.width(), line)
        self._write_heading(painter, head, title, self.tr("largest weights; blue: positive, orange: negative"))
        limit = lab.settings.norm_limit if lab.settings.method == "max-norm" else None
        inner = box.adjusted(0, 1.4 * line, 0, -0.3 * line)
        strip, theme = Strip.of(lab.training.shown.weights, kept, limit), self.theme
        lines, units = (strip.units, strip.lines), (strip.units, strip.there, strip.ringed)
        self.keep(painter, "lines", inner, lines, lambda under: paint_lines(under, inner, strip, theme))
        self.keep(painter, "units", inner, units, lambda under: paint_units(under, inner, strip, theme), over=True)

    def _paint_histogram(self, painter: QPainter) -> None:
        theme, lab = self.theme, self._lab
        line = self.line_height()
        left, right = self._legend_left(), self.width() - 1.5 * theme.caption_px
        top = self._middle() + theme.space
        weights = lab.training.shown.weights.all_weights()
        self.write(painter, QRectF(left, top, right - left, line), self.tr("The weights"), LEFT,
                   bold=True)  # fmt: skip
        facts = self.tr("{0} % within {1} of 0").format(f"{100 * lab.share_near_zero():.0f}", 0.01)
        more = self.tr("largest {0}; {1}").format(significant(float(np.abs(weights).max()), 2), facts)
        taken = self.width_of(self.tr("The weights"), bold=True) + theme.space
        if self.width_of(more, theme.caption_px) <= right - left - taken:
            facts = more
        self.write(painter, QRectF(left + taken, top, right - left - taken, line), facts, RIGHT, "muted",
                   theme.caption_px)  # fmt: skip
        counts = np.histogram(np.clip(weights, -WIDEST, WIDEST), BINS, (-WIDEST, WIDEST))[0]
        # Below the heading's last pixel: what is kept of the plot covers all of its own room.
        outer = QRectF(self._column(), math.ceil(top + line) + 1, self.width() - self._column(), 0)
        outer.setBottom(self.height() - theme.space / 2)
        axes = Axes.within(outer, (-WIDEST, WIDEST), (0, round_up(max(5, int(counts.max())))), theme, labels=False)
        self.keep(
            painter, "weights", outer, axes.y_range, lambda under: axes.paint(under, theme, self.font(), grid=False)
        )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.sequential_colour(theme, 0.55))
        step, left = axes.box.width() / BINS, axes.box.left()
        rise, bottom, width = axes.box.height() / axes.y_range[1], axes.box.bottom(), max(1.0, step - 1)
        painter.drawRects(
            [
                QRectF(left + index * step, bottom - rise * count, width, rise * count)
                for index, count in enumerate(counts.tolist())
                if count
            ]
        )

    # Touching

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        place = event.position()
        if self._over_chart(place):
            self._travels = True
            self._travel(place)
            return
        self._dragged = self.point_at(place) if self.plane().box.contains(place) else None
        if self._dragged is not None:
            self._chosen = self._dragged
            self._from = place
            self._moved = False
        self.update()

    def _over_chart(self, place: QPointF) -> bool:
        near = self.theme.space
        return self.chart().box.adjusted(-near, -near, near, near).contains(place)

    def _travel(self, place: QPointF) -> None:
        step = round(self.chart().value_at(place)[0])
        step = min(len(self._lab.training.losses) - 1, max(0, step))
        if step != self._lab.step:
            self._lab.go_to(step)
            self._lab.told.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position()
        if event.buttons() & Qt.MouseButton.LeftButton:
            if self._travels:
                self._travel(place)
            elif self._dragged is not None:
                self._drag(place)
            return
        over = self._over_chart(place) or (self.plane().box.contains(place) and self.point_at(place) is not None)
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def _drag(self, place: QPointF) -> None:
        assert self._dragged is not None
        if not self._moved:
            if (place - self._from).manhattanLength() < 4:
                # A click, or half of a double one, moves nothing.
                return
            self._moved = True
            self.drag_began.emit()
        x, y = self.plane().value_at(place)
        self._lab.move_point(self._dragged, round(x, 3), round(y, 3))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._travels, self._dragged = False, None
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        place = event.position()
        index = self.point_at(place) if self.plane().box.contains(place) else None
        if index is not None:
            self._chosen = index
            self.drag_began.emit()
            self._lab.flip_point(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, number = event.key(), len(self._lab.training.points.y)
        shifts = {
            Qt.Key.Key_Left: (-0.05, 0.0),
            Qt.Key.Key_Right: (0.05, 0.0),
            Qt.Key.Key_Up: (0.0, 0.05),
            Qt.Key.Key_Down: (0.0, -0.05),
        }
        shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        chosen = self._chosen if self._chosen is not None and self._chosen < number else None
        if not shifted and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            change = -1 if key == Qt.Key.Key_Up else 1
            self._chosen = 0 if chosen is None else (chosen + change) % number
            self.update()
        elif shifted and Qt.Key(key) in shifts and chosen is not None:
            if not event.isAutoRepeat():
                self.drag_began.emit()
            dx, dy = shifts[Qt.Key(key)]
            x, y = self._lab.training.points.x[chosen].tolist()
            self._lab.move_point(chosen, round(x + dx, 3), round(y + dy, 3))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and chosen is not None:
            self.drag_began.emit()
            self._lab.flip_point(chosen)
        else:
            super().keyPressEvent(event)


@lru_cache(maxsize=8)
def _ground_table(theme: Theme) -> NDArray[np.uint32]:
    # From orange to blue by the probability of blue, in the paler half of the map: points must stand out from it. As Qt
    # keeps pixels, so that it need not convert them.
    places = np.round(127.5 + 0.45 * (np.arange(256) - 127.5)).astype(int)
    table = colours.diverging(theme).astype(np.float64)
    red, green, blue = np.round(table[128] + 0.5 * (table[places] - table[128])).astype(np.uint32).T[:3]
    return (np.uint32(255) << 24) | (red << 16) | (green << 8) | blue


def axes_places(axes: Axes, pieces: Array) -> list[QLineF]:
    """Straight pieces of a line, (pieces, 2, 2), on the screen."""
    places = np.empty_like(pieces)
    places[..., 0] = axes.x(0) + pieces[..., 0] * (axes.x(1) - axes.x(0))
    places[..., 1] = axes.y(0) + pieces[..., 1] * (axes.y(1) - axes.y(0))
    return [QLineF(*ends) for ends in places.reshape(-1, 4).tolist()]


def line_pieces(places: list[QPointF]) -> list[QLineF]:
    """The pieces of a line through places: many of them are painted faster than one bent line."""
    return [QLineF(start, end) for start, end in pairwise(places)]


def round_up(number: int) -> int:
    """The next number with two digits of which the second is 0 or 5, and zeros behind them; below 10 the next one."""
    unit = 5 * 10 ** max(0, len(str(number)) - 2)
    return number if number < 10 else -(-number // unit) * unit


def thinned(first: int, last: int, width: float) -> NDArray[np.int64]:
    """Whole numbers from `first` to `last`, no more than `width` pixels can show."""
    every = max(1, int((last - first) / max(width, 1)))
    numbers = np.arange(first, last + 1, every)
    return numbers if numbers[-1] == last else np.append(numbers, last)
