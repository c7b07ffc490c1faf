"""Beside the map of the lab on gradient descent: who races, their losses as curves, and what the network says.

Each has a part that stands still, which the canvas keeps as a picture, and one that is painted with every step.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from nnviz.core.labs.loss_surface import Array, NetworkSurface
from nnviz.core.labs.optimiser_race import FAR, Path
from nnviz.gui.labs.axes import Axes, tick_text
from nnviz.gui.labs.canvas import CENTRE, LEFT, RIGHT
from nnviz.gui.labs.numbers import brief
from nnviz.gui.labs.trail import Trail, draw_stretch
from nnviz.gui.spec_text import spec_text

if TYPE_CHECKING:
    from nnviz.gui.labs.gradient_descent import GradientDescentLab
    from nnviz.gui.labs.gradient_descent_canvas import GradientDescentCanvas

HORIZONS = (50, 100, 200, 500)
"""How many steps the chart shows: the least of these that holds the step of now."""
LEAST = 1e-8
"""Losses above the minimum are drawn down to this."""
OUTPUT_REACH = 3.2
"""The network's plot goes from -OUTPUT_REACH to OUTPUT_REACH."""

translate = QCoreApplication.translate


class Legend:
    """The optimisers by name, with loss and distance from the nearest minimum; a click takes one out of the race."""

    def __init__(self, lab: GradientDescentLab, canvas: GradientDescentCanvas) -> None:
        self._lab = lab
        self._canvas = canvas

    def row(self, panel: QRectF, place: int) -> QRectF:
        """The row of the optimiser at a place of the catalogue, from 0."""
        px = self._canvas.theme.font_px
        # Many optimisers share what the chart leaves them.
        fair = (0.6 * panel.height() - 2.6 * px) / max(1, len(self._lab.racers))
        height = max(1.3 * px, min(1.7 * px, fair))
        return QRectF(panel.left(), panel.top() + 1.5 * px + place * height, panel.width(), height)

    def name_at(self, panel: QRectF, place: QPointF) -> str | None:
        """Registry name of the optimiser whose row is there."""
        for number, name in enumerate(self._lab.racers):
            if self.row(panel, number).contains(place):
                return name
        return None

    def _columns(self, panel: QRectF) -> list[tuple[float, float]]:
        # Left edges and widths of the losses and, where there is room, of the distances.
        width = 4.3 * self._canvas.theme.font_px
        count = 1 if self._canvas.narrow else 2
        return [(panel.right() - (count - place) * width, width) for place in range(count)]

    def paint_names(self, painter: QPainter, panel: QRectF) -> None:
        """Paint what stands still."""
        canvas, theme = self._canvas, self._canvas.theme
        heads = (translate("GradientDescentPanel", "loss"), translate("GradientDescentPanel", "distance"))
        for (left, width), head in zip(self._columns(panel), heads, strict=False):
            box = QRectF(left, panel.top(), width, 1.4 * theme.font_px)
            canvas.write(painter, box, head, RIGHT, "muted", theme.caption_px)
        for place, (name, title) in enumerate(self._lab.racers.items()):
            self._paint_name(painter, self.row(panel, place), place, name, spec_text(title))

    def _paint_name(self, painter: QPainter, row: QRectF, place: int, name: str, title: str) -> None:
        lab, canvas, theme = self._lab, self._canvas, self._canvas.theme
        shown, followed = name not in lab.hidden, name == lab.followed
        if followed:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent_soft"))
            painter.drawRoundedRect(row.adjusted(-4, 1, 4, -1), theme.radius, theme.radius)
        number = QRectF(row.left(), row.top(), 0.8 * theme.font_px, row.height())
        canvas.write(painter, number, str((place + 1) % 10) if place < 10 else "", LEFT, "muted", theme.caption_px)
        radius = 0.36 * theme.font_px
        dot = QPointF(number.right() + radius, row.center().y())
        painter.setPen(QPen(canvas.colour_of(name), 1.6))
        painter.setBrush(canvas.colour_of(name) if shown else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(dot, radius, radius)
        left = dot.x() + radius + 0.4 * theme.font_px
        room = QRectF(left, row.top(), self._columns(row)[0][0] - left, row.height())
        canvas.write(painter, room, title, LEFT, "text" if shown else "disabled", bold=followed)

    def paint_numbers(self, painter: QPainter, panel: QRectF) -> None:
        """Paint loss and distance of each, or what has become of it."""
        lab, canvas, theme = self._lab, self._canvas, self._canvas.theme
        for place, name in enumerate(lab.racers):
            path = lab.path(name)
            if path is None or name in lab.hidden:
                continue
            row = self.row(panel, place)
            words = self.words(path)
            if words:
                box = row.adjusted(row.width() - canvas.width_of(words, theme.caption_px) - 2, 0, 0, 0)
                canvas.write(painter, box, words, RIGHT, "danger", theme.caption_px)
                continue
            values = (float(path.losses[lab.step]), float(lab.surface.distance(path.points[lab.step])))
            for (left, width), value in zip(self._columns(row), values, strict=False):
                canvas.write(painter, QRectF(left, row.top(), width, row.height()), brief(value, 3), RIGHT)

    def words(self, path: Path) -> str:
        """What has become of an optimiser, if numbers would say less: diverged, or out of the picture."""
        if path.diverged is not None and path.diverged <= self._lab.step:
            return translate("GradientDescentPanel", "diverged")
        if not self._lab.surface.holds(*path.points[self._lab.step].tolist()):
            return translate("GradientDescentPanel", "out of the picture")
        return ""


class LossChart:
    """Loss above the lowest minimum by steps, on a logarithmic scale."""

    def __init__(self, lab: GradientDescentLab, canvas: GradientDescentCanvas) -> None:
        self._lab = lab
        self._canvas = canvas
        self._trail = Trail()
        self._range: tuple[object, tuple[float, float]] | None = None

    def axes(self, room: QRectF) -> Axes:
        """The plot, with powers of ten upwards."""
        caption = self._canvas.theme.caption_px
        horizon = next((steps for steps in HORIZONS if steps >= self._lab.step), HORIZONS[-1])
        box = room.adjusted(3.2 * caption, 1.9 * caption, -0.8 * caption, -1.6 * caption)
        key = (self._lab.paths_number, self._lab.racing, horizon)
        if self._range is None or self._range[0] != key:
            self._range = key, self._decades(horizon)
        return Axes(box, (0, horizon), self._range[1])

    def _decades(self, horizon: int) -> tuple[float, float]:
        surface, paths = self._lab.surface, self._lab.paths
        losses = [paths[name].losses[: horizon + 1] for name in self._lab.racing if name in paths]
        above = np.concatenate([*losses, [surface.loss(*self._lab.start)]]) - surface.lowest
        # Of a path that diverges the chart shows how it leaves, not how far it goes.
        above = above[above < FAR * surface.top]
        low = math.floor(math.log10(max(LEAST, float(above.min(initial=1.0)))))
        high = math.ceil(math.log10(max(LEAST, float(above.max(initial=LEAST)))))
        return low, max(high, low + 2)

    def _fits(self, axes: Axes) -> bool:
        return axes.box.height() >= 3 * self._canvas.theme.font_px

    def paint_scale(self, painter: QPainter, room: QRectF) -> None:
        """Paint what stands still: title, powers of ten, steps."""
        canvas, theme = self._canvas, self._canvas.theme
        axes, caption, line = self.axes(room), theme.caption_px, 1.35 * theme.caption_px
        if not self._fits(axes):
            return
        title = translate("GradientDescentPanel", "loss above the lowest minimum")
        canvas.write(painter, QRectF(room.left(), room.top(), room.width(), line), title, LEFT, "muted", caption)
        low, top = axes.y_range
        every = max(1, math.ceil((top - low) * 1.2 * line / axes.box.height()))
        for decade in range(int(low), int(top) + 1, every):
            y = axes.y(decade)
            painter.setPen(QPen(theme.colour("border"), 1))
            painter.drawLine(QPointF(axes.box.left(), y), QPointF(axes.box.right(), y))
            beside = QRectF(axes.box.left() - 3.6 * caption - 5, y - line / 2, 3.6 * caption, line)
            canvas.write(painter, beside, brief(10.0**decade), RIGHT, "muted", caption)
        painter.setPen(QPen(theme.colour("border_strong"), 1))
        painter.drawPolyline(QPolygonF([axes.box.topLeft(), axes.box.bottomLeft(), axes.box.bottomRight()]))
        horizon, below = axes.x_range[1], axes.box.bottom() + 3
        for share, text in (
            (0.0, "0"),
            (0.5, tick_text(horizon / 2)),
            (0.75, translate("GradientDescentPanel", "step")),
            (1.0, tick_text(horizon)),
        ):
            x = axes.x(share * horizon)
            at = QRectF(x - 56, below, 60, line) if share == 1 else QRectF(x - 40, below, 80, line)
            canvas.write(painter, at, text, RIGHT if share == 1 else CENTRE, "muted", caption)

    def paint_curves(self, painter: QPainter, room: QRectF) -> None:
        """Paint the losses up to the step of now."""
        lab, canvas, axes = self._lab, self._canvas, self.axes(room)
        if not self._fits(axes):
            return
        order = canvas.order()

        def heights(path: Path, first: int, last: int) -> Array:
            with np.errstate(invalid="ignore"):
                return np.log10(np.maximum(path.losses[first : last + 1] - lab.surface.lowest, LEAST))

        def draw(onto: QPainter, layer: int, first: int, last: int) -> None:
            onto.setBrush(Qt.BrushStyle.NoBrush)
            for name in order:
                if name in lab.paths:
                    y = heights(lab.paths[name], first, last)
                    onto.setPen(QPen(canvas.colour_of(name), 2.2 if name == lab.followed else 1.5))
                    draw_stretch(onto, axes, np.arange(first, first + len(y), dtype=np.float64), y)

        key = (lab.paths_number, order, canvas.theme, axes.x_range, axes.y_range)
        box = axes.box.adjusted(0, -2, 2, 2)
        self._trail.paint(painter, box, key, lab.step, draw)
        painter.setPen(Qt.PenStyle.NoPen)
        radius = 0.22 * canvas.theme.font_px
        for name in order:
            path = lab.path(name)
            if path is not None:
                y = float(heights(path, lab.step, lab.step)[0])
                if axes.y_range[0] <= y <= axes.y_range[1]:
                    painter.setBrush(canvas.colour_of(name))
                    painter.drawEllipse(axes.at(lab.step, y), radius, radius)


class NetworkPlot:
    """The samples that the tiny network learns, and its output as the followed optimiser has made it."""

    def __init__(self, lab: GradientDescentLab, canvas: GradientDescentCanvas) -> None:
        self._lab = lab
        self._canvas = canvas

    def fits(self, room: QRectF) -> bool:
        """Whether there is such a network, and room for it and the chart."""
        return isinstance(self._lab.surface, NetworkSurface) and room.height() > 18 * self._canvas.theme.font_px

    def _axes(self, room: QRectF) -> Axes:
        caption = self._canvas.theme.caption_px
        box = room.adjusted(3.2 * caption, 1.9 * caption, -0.8 * caption, -1.6 * caption)
        return Axes(box, (-2.1, 2.1), (-OUTPUT_REACH, OUTPUT_REACH))

    def _paint_points(self, painter: QPainter, axes: Axes, which: Any, size: float, colour: str) -> None:
        surface = self._lab.surface
        assert isinstance(surface, NetworkSurface)
        pen = QPen(self._canvas.theme.colour(colour), size * self._canvas.theme.font_px)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawPoints(axes.polyline(surface.x[which], surface.y[which]))

    def paint_samples(self, painter: QPainter, room: QRectF) -> None:
        """Paint what stands still: axes and samples."""
        canvas, theme, axes = self._canvas, self._canvas.theme, self._axes(room)
        title = QRectF(room.left(), room.top(), room.width(), 1.5 * theme.caption_px)
        text = translate("GradientDescentPanel", "100 samples (x, y) and the network's output")
        canvas.write(painter, title, text, LEFT, "muted", theme.caption_px)
        axes.paint(painter, theme, canvas.font(), grid=False)
        self._paint_points(painter, axes, slice(None), 0.26, "muted")

    def paint_output(self, painter: QPainter, room: QRectF) -> None:
        """Paint the batch of the last step, larger, and the network's output."""
        lab, axes = self._lab, self._axes(room)
        surface = lab.surface
        assert isinstance(surface, NetworkSurface)
        painter.save()
        painter.setClipRect(axes.box)
        if lab.batch is not None:
            self._paint_points(painter, axes, lab.batch, 0.5, "text")
        path = lab.path(lab.followed)
        w1, w2 = lab.start if path is None else path.points[lab.step].tolist()
        if math.isfinite(w1) and math.isfinite(w2):
            inputs = np.linspace(*axes.x_range, 60)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._canvas.colour_of(lab.followed), 2.2))
            painter.drawPolyline(axes.polyline(inputs, surface.output(w1, w2, inputs)))
        painter.restore()
