"""The picture of the lab on gradient descent: the surface with the paths on it, and the panel beside it."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPen, QPixmap

from nnviz.core.labs.loss_surface import Array
from nnviz.gui.labs.axes import Axes
from nnviz.gui.labs.canvas import LEFT, LabCanvas, paint_arrow, paint_handle
from nnviz.gui.labs.gradient_descent_panel import Legend, LossChart, NetworkPlot
from nnviz.gui.labs.numbers import brief
from nnviz.gui.labs.relief import LEVELS, Scale, paint_relief, shades
from nnviz.gui.labs.trail import Trail, draw_stretch
from nnviz.gui.style import colours
from nnviz.gui.style.theme import Theme

if TYPE_CHECKING:
    from nnviz.gui.labs.gradient_descent import GradientDescentLab

NUDGE = 0.1
"""How far an arrow key moves the start."""
THINNEST, THICKEST = 1.6, 2.6
HALO = 2.0
"""How much wider than a path the pale line below it is: no colour of the surface may swallow it."""
COLOURS = (0, 1, 2, 3, 4, 7, 9, 6, 5, 8)
"""The colours of classes in another order: those that are near the violet of the surface come last."""
MARK_PX = 7
"""Steps longer than this on the screen end in a mark."""


class GradientDescentCanvas(LabCanvas):
    """The map of the loss, paths, balls and start; legend and chart at the right.

    What does not change from step to step is kept as one picture, and of the lines what has been drawn already.

    Signals:
        edit_began: Start or racers are going to be changed by hand.
    """

    edit_began = Signal()

    def __init__(self, lab: GradientDescentLab, theme: Theme) -> None:
        super().__init__(theme)
        self._lab = lab
        self._dragging = False
        self._pointed: QPointF | None = None
        self._axes: tuple[object, Axes] | None = None
        self._colours: dict[str, QColor] = {}
        self._relief: tuple[object, QImage] | None = None
        self._ground: tuple[object, QPixmap] | None = None
        self._trail = Trail(layers=2)
        self._legend = Legend(lab, self)
        self._chart = LossChart(lab, self)
        self._network = NetworkPlot(lab, self)
        self.setObjectName("gradient_descent_canvas")
        self.setAccessibleName(self.tr("Map of the loss with the paths of the optimisers, their names and losses"))

    # Places

    def minimumSizeHint(self) -> QSize:
        return QSize(36 * self.theme.font_px, 22 * self.theme.font_px)

    @property
    def narrow(self) -> bool:
        """Whether there is room for the most important numbers only."""
        return self.width() < 54 * self.theme.font_px

    def panel(self) -> QRectF:
        """The room of legend and chart."""
        theme = self.theme
        # In large type the map needs the room of a column.
        width = max(0.3 * self.width(), (16 if self.narrow else 21.6) * theme.font_px)
        return QRectF(self.width() - width - theme.space, theme.space, width, self.height() - 2 * theme.space)

    def axes(self) -> Axes:
        """The map."""
        theme, surface = self.theme, self._lab.surface
        key = (surface, self.size(), theme)
        if self._axes is not None and self._axes[0] == key:
            return self._axes[1]
        right = self.panel().left() - self._bar_width() - 1.5 * theme.space
        room = QRectF(theme.space, theme.space / 2, right - theme.space, self.height() - theme.space)
        axes = Axes.within(room, surface.w1_range, surface.w2_range, theme, square=True)
        # Whole pixels, so that the picture of the surface is not blurred.
        box = axes.box
        whole = QRectF(round(box.left()), round(box.top()), max(1, round(box.width())), max(1, round(box.height())))
        self._axes = key, Axes(whole, axes.x_range, axes.y_range)
        return self._axes[1]

    def _bar_width(self) -> float:
        return 1.2 * self.theme.font_px + 3.9 * self.theme.caption_px

    def row_of(self, name: str) -> QRectF:
        """Where an optimiser stands in the legend."""
        return self._legend.row(self.panel(), self._lab.place_of(name))

    def _chart_rooms(self) -> tuple[QRectF, QRectF | None]:
        # What the legend leaves, for the chart and the network.
        panel = self.panel()
        top = self._legend.row(panel, len(self._lab.racers)).top() + self.theme.space
        rest = QRectF(panel.left(), top, panel.width(), panel.bottom() - top)
        if not self._network.fits(rest):
            return rest, None
        below = rest.adjusted(0, rest.height() / 2 + self.theme.space / 2, 0, 0)
        rest.setBottom(below.top() - self.theme.space)
        return rest, below

    def handle(self) -> QPointF:
        """Where the start is."""
        return self.axes().at(*self._lab.start)

    def ball(self, name: str) -> QPointF | None:
        """Where an optimiser is now, on its way to the next step; None if nowhere in the picture."""
        path = self._lab.paths.get(name)
        if path is None:
            return None
        step = min(self._lab.step, path.steps)
        here = path.points[step]
        if self._lab.between and step < path.steps:
            here = here + (path.points[step + 1] - here) * self._lab.between
        w1, w2 = here.tolist()
        return self.axes().at(w1, w2) if self._lab.surface.holds(w1, w2) else None

    def colour_of(self, name: str) -> QColor:
        """The colour of an optimiser, by its place in the catalogue."""
        if name not in self._colours:
            place = COLOURS[self._lab.place_of(name) % len(COLOURS)]
            self._colours[name] = colours.class_colour(self.theme, place)
        return self._colours[name]

    def set_theme(self, theme: Theme) -> None:
        """Take on another look."""
        self._colours.clear()
        super().set_theme(theme)

    def order(self) -> tuple[str, ...]:
        """The optimisers that are shown; the one that is followed comes last, above the others."""
        racing, followed = self._lab.racing, self._lab.followed
        return (*(name for name in racing if name != followed), *(name for name in racing if name == followed))

    # Painting

    def paint(self, painter: QPainter) -> None:
        """What stands still, then paths, balls and numbers."""
        axes, panel = self.axes(), self.panel()
        room, network = self._chart_rooms()
        painter.drawPixmap(0, 0, self._standing(axes, panel, room, network))
        self._paint_paths(painter, axes)
        self._paint_start(painter, axes)
        self._legend.paint_numbers(painter, panel)
        self._chart.paint_curves(painter, room)
        if network is not None:
            self._network.paint_output(painter, network)
        self._paint_pointed(painter, axes)

    def _standing(self, axes: Axes, panel: QRectF, room: QRectF, network: QRectF | None) -> QPixmap:
        lab, ratio = self._lab, self.devicePixelRatioF()
        chart = self._chart.axes(room)
        key = (lab.surface, lab.hidden, lab.followed, self.size(), ratio, self.theme, self.font(), chart.x_range,
               chart.y_range)  # fmt: skip
        if self._ground is None or self._ground[0] != key:
            ground = QPixmap(round(self.width() * ratio), round(self.height() * ratio))
            ground.setDevicePixelRatio(ratio)
            ground.fill(self.theme.colour("surface"))
            painter = QPainter(ground)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_map(painter, axes)
            self._paint_bar(painter, axes)
            self._paint_minima(painter, axes)
            self._legend.paint_names(painter, panel)
            self._chart.paint_scale(painter, room)
            if network is not None:
                self._network.paint_samples(painter, network)
            painter.end()
            self._ground = key, ground
        return self._ground[1]

    def _paint_map(self, painter: QPainter, axes: Axes) -> None:
        box, ratio = axes.box, self.devicePixelRatioF()
        key = (self._lab.surface, box.width(), box.height(), ratio, self.theme)
        if self._relief is None or self._relief[0] != key:
            width, height = (max(2, round(side * ratio)) for side in (box.width(), box.height()))
            self._relief = key, paint_relief(self._lab.surface, width, height, self.theme)
        painter.drawImage(box, self._relief[1])
        names = [self.tr("weight w1"), self.tr("weight w2")]
        if self._lab.settings.surface == "tiny network":
            long = [self.tr("w1, from the input to the hidden unit"), self.tr("w2, from the hidden unit to the output")]
            if max(self.width_of(name, self.theme.caption_px) for name in long) < box.width():
                names = long
        axes.paint(painter, self.theme, self.font(), *names, grid=False)

    def _paint_bar(self, painter: QPainter, axes: Axes) -> None:
        theme, scale = self.theme, Scale.of(self._lab.surface)
        bar = QRectF(axes.box.right() + theme.space, axes.box.top(), 1.2 * theme.font_px, axes.box.height())
        table = shades(theme)[::-1].reshape(-1, 1, 4).copy()
        image = QImage(table.data, 1, len(table), 4, QImage.Format.Format_RGBA8888)
        painter.drawImage(bar, image)
        line = 1.35 * theme.caption_px
        every = 2 if bar.height() / LEVELS < 1.5 * line else 1
        for level in range(0, LEVELS + 1, every):
            y = bar.bottom() - level / LEVELS * bar.height()
            painter.setPen(QPen(theme.colour("muted"), 1))
            painter.drawLine(QPointF(bar.left(), y), QPointF(bar.right(), y))
            text = QRectF(bar.right() + 4, y - line / 2, 3.9 * theme.caption_px, line)
            self.write(painter, text, brief(scale.loss(level / LEVELS)), LEFT, "muted", theme.caption_px)
        above = QRectF(bar.left(), bar.top() - 2.1 * theme.caption_px, self._bar_width(), 1.5 * theme.caption_px)
        self.write(painter, above, self.tr("loss L"), LEFT, "muted", theme.caption_px)

    def _paint_minima(self, painter: QPainter, axes: Axes) -> None:
        theme, arm = self.theme, 0.38 * self.theme.font_px
        for w1, w2 in self._lab.surface.minima:
            place = axes.at(w1, w2)
            painter.setPen(QPen(theme.colour("text"), 2))
            painter.drawLine(place - QPointF(arm, arm), place + QPointF(arm, arm))
            painter.drawLine(place - QPointF(arm, -arm), place + QPointF(arm, -arm))

    def _paint_names_of_minima(self, painter: QPainter, axes: Axes) -> None:
        # Above the paths, which all lead there, on a ground of their own.
        theme, surface = self.theme, self._lab.surface
        for w1, w2 in surface.minima:
            place = axes.at(w1, w2)
            text = QRectF(place.x() - 60, place.y() + 0.9 * theme.font_px, 120, 1.5 * theme.caption_px)
            lowest = surface.loss(w1, w2) < surface.lowest + 1e-6
            words = self.tr("minimum") if lowest else self.tr("higher minimum")
            self._write_within(painter, axes.box, text, words, ground=True)

    def _write_within(
        self, painter: QPainter, box: QRectF, at: QRectF, text: str, *, bold: bool = False, ground: bool = False
    ) -> None:
        # A short text around a place, moved as far as the box asks for.
        px = self.theme.caption_px
        width = self.width_of(text, px, bold=bold) + 2
        left = min(max(at.center().x() - width / 2, box.left() + 2), box.right() - width - 2)
        top = min(max(at.top(), box.top()), box.bottom() - at.height())
        room = QRectF(left, top, width, at.height())
        if ground:
            pale = self.theme.colour("surface")
            pale.setAlphaF(0.75)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(pale)
            painter.drawRoundedRect(room.adjusted(-3, 0, 2, 0), self.theme.radius / 2, self.theme.radius / 2)
        self.write(painter, room, text, LEFT, "text", px, bold=bold)

    def _paint_paths(self, painter: QPainter, axes: Axes) -> None:
        lab, order = self._lab, self.order()
        scale = axes.box.width() / (axes.x_range[1] - axes.x_range[0])

        def draw(onto: QPainter, layer: int, first: int, last: int) -> None:
            for name in order:
                if name in lab.paths:
                    points = lab.paths[name].points[first : last + 1]
                    self._draw_path(onto, axes, name, points, halo=layer == 0)
                    if layer == 1:
                        self._draw_marks(onto, axes, name, points, scale)

        self._trail.paint(painter, axes.box, (lab.paths_number, order, self.theme, axes.x_range), lab.step, draw)
        self._paint_names_of_minima(painter, axes)
        painter.save()
        painter.setClipRect(axes.box)
        for name in order if lab.step or lab.between else ():
            place = self.ball(name)
            if place is None:
                continue
            path = lab.paths[name]
            if lab.between and lab.step < path.steps:
                painter.setPen(self._pen(name))
                painter.drawLine(axes.at(*path.points[lab.step].tolist()), place)
            followed = name == lab.followed
            radius = (0.52 if followed else 0.4) * self.theme.font_px
            painter.setPen(QPen(self.theme.colour("text" if followed else "surface"), 1.6))
            painter.setBrush(self.colour_of(name))
            painter.drawEllipse(place, radius, radius)
        painter.restore()

    def _draw_path(self, painter: QPainter, axes: Axes, name: str, points: Array, *, halo: bool) -> None:
        pen = self._pen(name)
        if halo:
            pen.setColor(self.theme.colour("surface"))
            pen.setWidthF(pen.widthF() + HALO)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        draw_stretch(painter, axes, points[:, 0], points[:, 1])

    def _draw_marks(self, painter: QPainter, axes: Axes, name: str, points: Array, scale: float) -> None:
        radius = 0.16 * self.theme.font_px
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.colour_of(name))
        places = points.tolist()
        for (a1, a2), (b1, b2) in pairwise(places):
            if scale * math.hypot(b1 - a1, b2 - a2) > MARK_PX and self._lab.surface.holds(b1, b2):
                painter.drawEllipse(axes.at(b1, b2), radius, radius)

    def _pen(self, name: str) -> QPen:
        pen = QPen(self.colour_of(name), THICKEST if name == self._lab.followed else THINNEST)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        return pen

    def _paint_start(self, painter: QPainter, axes: Axes) -> None:
        theme, handle = self.theme, self.handle()
        radius = 0.62 * theme.font_px
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(handle, radius + 3, radius + 3)
        paint_handle(painter, handle, theme, radius, held=self._dragging)
        text = QRectF(handle.x() - 40, handle.y() - radius - 1.6 * theme.caption_px, 80, 1.5 * theme.caption_px)
        if text.top() < axes.box.top():
            text.moveTop(handle.y() + radius)
        self._write_within(painter, axes.box, text, self.tr("start"), bold=True)

    def _paint_pointed(self, painter: QPainter, axes: Axes) -> None:
        place = self._pointed
        if place is None or self._dragging or not axes.box.contains(place):
            return
        theme, surface = self.theme, self._lab.surface
        w1, w2 = axes.value_at(place)
        g1, g2 = (float(part) for part in surface.gradient(w1, w2))
        size = math.hypot(g1, g2)
        if size > 0:
            # Long enough to be seen, short enough to stay: the numbers say how long it really is.
            length = (1.6 + 2.2 * math.tanh(size / 4)) * theme.font_px
            end = place + QPointF(-g1 / size * length, g2 / size * length)
            paint_arrow(painter, place, end, QPen(theme.colour("text"), 2))
        lines = self.pointed_lines(w1, w2)
        line = 1.45 * theme.caption_px
        width = max(self.width_of(text, theme.caption_px) for text in lines) + 2 * theme.space
        box = QRectF(place.x() + 1.2 * theme.font_px, place.y() - 4.2 * line, width, 3 * line + theme.space)
        if box.right() > axes.box.right():
            box.moveRight(place.x() - 1.2 * theme.font_px)
        box.moveLeft(max(box.left(), 2.0))
        if box.top() < axes.box.top():
            box.moveTop(place.y() + 1.2 * theme.font_px)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("tooltip"))
        painter.drawRoundedRect(box, theme.radius, theme.radius)
        for row, text in enumerate(lines):
            at = QRectF(box.left() + theme.space, box.top() + theme.space / 2 + row * line, width, line)
            self.write(painter, at, text, LEFT, "on_tooltip", theme.caption_px)

    def pointed_lines(self, w1: float, w2: float) -> list[str]:
        """What is said of a place that the mouse points at: the weights, the loss of all samples, its gradient."""
        surface = self._lab.surface
        g1, g2 = (float(part) for part in surface.gradient(w1, w2))
        return [
            self.tr("w = ({0}, {1})").format(brief(w1, 3), brief(w2, 3)),
            self.tr("loss {0}").format(brief(float(surface.loss(w1, w2)), 4)),
            self.tr("gradient ({0}, {1})").format(brief(g1, 3), brief(g2, 3)),
        ]

    # Touching

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        name = self._legend.name_at(self.panel(), event.position())
        if name is not None:
            self._toggle(name)
        elif self._over_map(event.position()):
            self.edit_began.emit()
            self._dragging = True
            self._drag(event.position())

    def _over_map(self, place: QPointF) -> bool:
        near = self.theme.space / 2
        return self.axes().box.adjusted(-near, -near, near, near).contains(place)

    def _drag(self, place: QPointF) -> None:
        w1, w2 = self.axes().value_at(place)
        self._lab.set_start(round(w1, 2), round(w2, 2))

    def _toggle(self, name: str) -> None:
        self.edit_began.emit()
        self._lab.set_shown(name, name in self._lab.hidden)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragging and event.buttons() & Qt.MouseButton.LeftButton:
            self._drag(event.position())
            return
        place = event.position()
        over = self._legend.name_at(self.panel(), place) is not None
        shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor
        self.setCursor(Qt.CursorShape.CrossCursor if self._over_map(place) else shape)
        self._pointed = place
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._dragging = False
        self._pointed = None
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._pointed = None
        self.update()
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, shift = Qt.Key(event.key()), event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        moves = {Qt.Key.Key_Up: (0.0, NUDGE), Qt.Key.Key_Down: (0.0, -NUDGE)}
        if shift:
            # Without it the page makes steps with these.
            moves |= {Qt.Key.Key_Left: (-NUDGE, 0.0), Qt.Key.Key_Right: (NUDGE, 0.0)}
        if key in moves:
            if not event.isAutoRepeat():
                self.edit_began.emit()
            (w1, w2), (d1, d2) = self._lab.start, moves[key]
            self._lab.set_start(round(w1 + d1, 10), round(w2 + d2, 10))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.edit_began.emit()
            self._lab.follow_neighbour(-1 if key == Qt.Key.Key_PageUp else 1)
        elif event.text().isdecimal() and (name := self._lab.racer_of_digit(event.text())) is not None:
            self._toggle(name)
        else:
            super().keyPressEvent(event)
