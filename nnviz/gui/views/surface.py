"""Live view: what the network answers everywhere in the plane, and what each of its neurons does there."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QT_TRANSLATE_NOOP, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QWidget

from nnviz.core.measures.plane import Window, signed_share, window_around
from nnviz.core.probes import ProbeContext
from nnviz.core.snapshot import Snapshot
from nnviz.gui.document import Project
from nnviz.gui.style.colours import class_colour, classes, diverging_colour, negative, positive
from nnviz.gui.style.theme import Theme
from nnviz.gui.views.axes import Frame, draw_across, draw_upright, number_text, round_ticks
from nnviz.gui.views.axis_range import GrowingRange, nice_ceiling
from nnviz.gui.views.base import VIEWS
from nnviz.gui.views.canvas import Canvas
from nnviz.gui.views.canvas_view import CanvasView
from nnviz.gui.views.pixels import draw_image, draw_scale, rgb, rgb_image, signed_image

SIDES = (16, 64)
"""Fewest and most points of the plane across that are asked for."""

MOST_OPERATIONS = 40_000_000
"""Multiplications that one picture may cost: larger networks are asked at fewer points."""

NEURON_SIDE = 32
"""Points across of a neuron's own picture, at most."""

MOST_NEURONS = 16
"""Neurons of a layer that are shown."""

MOST_POINTS = 400
"""Samples that are drawn."""

SCORE = "value"

CERTAIN = 1.8
"""End of the scale of colours for certainty, which ends at 1: paler than the samples, so that these are seen."""


def _surface(context: ProbeContext) -> dict[str, NDArray[Any]]:
    """Answers on a grid over the plane, neurons on a coarser one, and some of the samples."""
    train = context.data.train
    window = window_around(train.x[: 10 * MOST_POINTS])
    affordable = math.isqrt(MOST_OPERATIONS // max(1, context.network.operations()))
    side = max(SIDES[0], min(SIDES[1], affordable))
    activations = context.activations(window.grid(side))
    outputs = activations[context.layer_names[-1]]
    result: dict[str, NDArray[Any]] = {
        "window": np.array([window.left, window.right, window.bottom, window.top]),
        "points": train.x[:MOST_POINTS],
        "targets": train.y[:MOST_POINTS],
    }
    if context.data.spec.task == "classification":
        result["probabilities"] = context.probabilities_of(outputs).reshape(side, side, -1).astype(np.float32)
    else:
        result[SCORE] = outputs[:, 0].reshape(side, side).astype(np.float32)
    every = -(-side // NEURON_SIDE)
    for name in context.layer_names:
        values = activations[name]
        if values.ndim == 2:
            pictures = values[:, :MOST_NEURONS].T.reshape(-1, side, side)
            result[f"neurons.{name}"] = pictures[:, ::every, ::every].astype(np.float32)
    return result


class SurfaceCanvas(Canvas):
    """The plane with answers and samples; beside it a small plane for each neuron, shown large when pointed at."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.clear(())

    def clear(self, class_names: tuple[str, ...]) -> None:
        """Forget everything: another run begins."""
        self.classes = class_names
        self._arrays: dict[str, NDArray[Any]] = {}
        self._ranges: dict[str, GrowingRange] = {}
        self._images: dict[str, list[QImage]] = {}
        self._answers = QImage()
        self._dots = QPixmap()
        self._dots_key: object = None
        self._neuron: tuple[str, int] | None = None

    def show_surface(self, step: int, arrays: dict[str, NDArray[Any]]) -> None:
        """Show the newest answers."""
        self._arrays = arrays
        for key, values in arrays.items():
            if key.startswith("neurons.") or key == SCORE:
                finite = values[np.isfinite(values)]
                largest = float(np.abs(finite).max(initial=0))
                if key == SCORE:
                    largest = max(largest, float(np.abs(arrays["targets"]).max(initial=0)))
                start = nice_ceiling(1.02 * largest) if largest > 0 else 1.0
                self._ranges.setdefault(key, GrowingRange(start)).follow(largest, step)
        self._answers, self._images = QImage(), {}
        self.fit()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take on another look."""
        self._answers, self._images = QImage(), {}
        super().set_theme(theme)

    @property
    def layers(self) -> list[str]:
        """The layers whose neurons are shown."""
        return [key.removeprefix("neurons.") for key in self._arrays if key.startswith("neurons.")]

    @property
    def window_shown(self) -> Window:
        """The part of the plane that is shown."""
        left, right, bottom, top = self._arrays["window"].tolist()
        return Window(left, right, bottom, top)

    def frame(self) -> Frame:
        """Where the plane is drawn."""
        theme, line = self.theme, self.theme.caption_px * 1.4
        numbers = theme.caption_px * 3.0
        scale = 2.4 * line if SCORE in self._arrays else 0.0
        room_across = (self.width() * 0.55 if self._beside() else self.width()) - numbers - theme.space
        room_down = (self.height() if self._beside() else self.height() * 0.62) - 1.6 * line - scale - 4
        side = max(8.0, min(room_across, room_down))
        window = self.window_shown
        return Frame(QRectF(numbers, 4, side, side), window.left, window.right, window.bottom, window.top)

    def neuron_rects(self) -> dict[tuple[str, int], QRectF]:
        """Where each neuron's plane stands."""
        if not self._arrays or not self.layers:
            return {}
        theme, line = self.theme, self.theme.caption_px * 1.4
        plane = self.frame().area
        gap = 2 * theme.space
        if self._beside():
            area = QRectF(plane.right() + gap, 0, self.width() - plane.right() - gap, self.height())
        else:
            top = plane.bottom() + (4.0 if SCORE in self._arrays else 1.6) * line
            area = QRectF(0, top, self.width(), self.height() - top)
        most = max(len(self._arrays[f"neurons.{name}"]) for name in self.layers)
        high = area.height() / len(self.layers)
        # In one or two rows per layer, whichever makes them larger.
        rows = max((1, 2), key=lambda n: min(area.width() / math.ceil(most / n), (high - line) / n))
        across = math.ceil(most / rows)
        side = max(4.0, min(area.width() / across, (high - line * 1.2) / rows, theme.caption_px * 7.0))
        result = {}
        for number, name in enumerate(self.layers):
            top = area.y() + number * (line * 1.2 + rows * side)
            for neuron in range(len(self._arrays[f"neurons.{name}"])):
                row, column = divmod(neuron, across)
                rect = QRectF(area.x() + column * side, top + line + row * side, side - 3, side - 3)
                result[name, neuron] = rect
        return result

    def pointed_at(self, place: QPointF | None) -> None:
        """Show the neuron there in the large plane."""
        rects = {} if place is None else self.neuron_rects()
        neuron = next((key for key, rect in rects.items() if place is not None and rect.contains(place)), None)
        if neuron != self._neuron:
            self._neuron = neuron
            self.update()

    def text_at(self, place: QPointF) -> str:
        """What is answered at a point of the plane."""
        if not self._arrays:
            return ""
        frame = self.frame()
        if not frame.area.contains(place):
            neuron = next((key for key, rect in self.neuron_rects().items() if rect.contains(place)), None)
            return self.tr("{0}, neuron {1}").format(neuron[0], neuron[1] + 1) if neuron is not None else ""
        x, y = frame.value_at(place)
        where = f"x0 = {number_text(float(f'{x:.3g}'))}, x1 = {number_text(float(f'{y:.3g}'))}"
        values = self._arrays.get("probabilities", self._arrays.get(SCORE))
        assert values is not None
        side = len(values)
        row = min(side - 1, int((place.y() - frame.area.y()) / frame.area.height() * side))
        column = min(side - 1, int((place.x() - frame.area.x()) / frame.area.width() * side))
        if "probabilities" in self._arrays:
            best = int(values[row, column].argmax())
            percent = f"{100 * float(values[row, column, best]):.1f}"
            return self.tr("{0}: {1} with {2} %").format(where, self.classes[best], percent)
        return f"{where}: {number_text(float(values[row, column]))}"

    def ground_key(self) -> object:
        """Axes, headings and the scale."""
        if not self._arrays:
            return None
        sizes = [(name, len(self._arrays[f"neurons.{name}"])) for name in self.layers]
        limit = self._ranges[SCORE].end if SCORE in self._ranges else 0.0
        return tuple(self._arrays["window"].tolist()), tuple(sizes), limit

    def paint_ground(self, painter: QPainter) -> None:
        """Paint axes, headings and the scale."""
        theme, line = self.theme, self.theme.caption_px * 1.4
        frame = self.frame()
        across = round_ticks(frame.left, frame.right, 5)
        up = round_ticks(frame.bottom, frame.top, 5)
        draw_across(painter, frame, theme, across, [number_text(tick) for tick in across])
        draw_upright(painter, frame, theme, up, [number_text(tick) for tick in up], grid=False)
        for (name, neuron), rect in self.neuron_rects().items():
            if neuron == 0:
                self.write(painter, QRectF(rect.x(), rect.y() - line, self.width() - rect.x(), line), name)
        if SCORE in self._ranges:
            scale = QRectF(frame.area.x(), frame.area.bottom() + 1.8 * line, frame.area.width(), 2.0 * line)
            draw_scale(painter, scale, theme, self._ranges[SCORE].end)

    def paint(self, painter: QPainter) -> None:
        """Paint the planes and the samples."""
        if not self._arrays:
            return
        frame = self.frame()
        if self._answers.isNull():
            self._answers = self._answers_image()
        for (name, neuron), rect in self.neuron_rects().items():
            draw_image(painter, rect, self._neuron_images(name)[neuron])
        if self._neuron is not None and self._neuron[0] in self.layers:
            name, neuron = self._neuron
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(frame.area, self._neuron_images(name)[neuron])
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self.theme.colour("text"), 2))
            painter.drawRect(self.neuron_rects()[self._neuron])
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(frame.area, self._answers)
        self._draw_points(painter, frame)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self.theme.colour("border_strong"), 1))
        painter.drawRect(frame.area)

    def colour_of(self, target: float) -> QColor:
        """Colour of a class, or of a target's value."""
        if SCORE in self._ranges:
            return diverging_colour(self.theme, target, self._ranges[SCORE].end)
        if len(self.classes) == 2:
            return positive(self.theme) if target else negative(self.theme)
        return class_colour(self.theme, int(target))

    def _draw_points(self, painter: QPainter, frame: Frame) -> None:
        if self.as_vectors:
            self._paint_points(painter, frame)
            return
        # They are the same in every frame, and cost as much as all the rest.
        ratio, area = self.devicePixelRatioF(), frame.area
        limit = self._ranges[SCORE].end if SCORE in self._ranges else 0.0
        key = (self.theme, ratio, self.size(), area, tuple(self._arrays["window"].tolist()), limit)
        if key != self._dots_key:
            self._dots = QPixmap(round(self.width() * ratio), round(self.height() * ratio))
            self._dots.setDevicePixelRatio(ratio)
            self._dots.fill(Qt.GlobalColor.transparent)
            over = QPainter(self._dots)
            self._paint_points(over, frame)
            over.end()
            self._dots_key = key
        source = QRectF(area.x() * ratio, area.y() * ratio, area.width() * ratio, area.height() * ratio)
        painter.drawPixmap(area, self._dots, source)

    def _paint_points(self, painter: QPainter, frame: Frame) -> None:
        points, targets = self._arrays["points"], self._arrays["targets"].reshape(len(self._arrays["points"]), -1)[:, 0]
        places = np.stack([frame.x(points[:, 0]), frame.y(points[:, 1])], axis=1)
        size = max(4.0, min(7.0, frame.area.width() / 50))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        groups = targets
        if SCORE in self._ranges:
            # Points of about the same value are painted together.
            groups = np.round(targets / self._ranges[SCORE].end * 8) / 8 * self._ranges[SCORE].end
        for value in np.unique(groups).tolist():
            polygon = QPolygonF([QPointF(x, y) for x, y in places[groups == value].tolist()])
            for colour, wide in ((self.theme.colour("surface"), size + 2), (self.colour_of(value), size)):
                painter.setPen(QPen(colour, wide, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
                painter.drawPoints(polygon)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def _answers_image(self) -> QImage:
        if SCORE in self._arrays:
            return signed_image(self._arrays[SCORE], self._ranges[SCORE].end, self.theme)
        probabilities = self._arrays["probabilities"]
        if probabilities.shape[2] == 2:
            return signed_image(signed_share(probabilities), CERTAIN, self.theme)
        # The best class' colour, the paler the less sure.
        best = probabilities.argmax(axis=2)
        others = 1 / probabilities.shape[2]
        sure = (probabilities.max(axis=2, keepdims=True) - others) / (1 - others)
        ground = rgb(self.theme.colour("surface"))
        colours = classes(self.theme)[best % 10].astype(np.float32)
        return rgb_image((ground + np.clip(0.75 * sure, 0, 1) * (colours - ground)).astype(np.uint8))

    def _neuron_images(self, name: str) -> list[QImage]:
        if name not in self._images:
            key = f"neurons.{name}"
            limit = self._ranges[key].end
            self._images[name] = [signed_image(picture, limit, self.theme) for picture in self._arrays[key]]
        return self._images[name]

    def _beside(self) -> bool:
        return self.width() >= 1.2 * self.height()


@VIEWS.register
class Surface(CanvasView):
    """What the network answers at every point of the plane, and what its neurons do."""

    title = str(QT_TRANSLATE_NOOP("LiveView", "Decision surface"))
    hint = str(
        QT_TRANSLATE_NOOP(
            "LiveView",
            "What the network answers everywhere in the plane; the samples are dots. Each small plane is one neuron: "
            "point at it to see it large.",
        )
    )
    order = 90
    probe = staticmethod(_surface)

    @classmethod
    def applies_to(cls, project: Project) -> bool:
        """Only two numbers per sample span a plane."""
        return project.network.input_shape.dims == (2,) and not project.network.learns_alone

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self.surface = SurfaceCanvas(theme)
        super().__init__(theme, self.surface, parent)

    def begin(self, project: Project, total_steps: int) -> None:
        """Forget the last run."""
        self.surface.clear(project.dataset.classes)
        super().begin(project, total_steps)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the newest answers."""
        self.surface.show_surface(snapshot.step, dict(snapshot.arrays))
        super().show_snapshot(snapshot)
