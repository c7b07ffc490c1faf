"""Live view: the filters of convolutions, and the weights of a first dense layer as images."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QT_TRANSLATE_NOOP, QPointF, QRectF, Qt, Slot
from PySide6.QtGui import QImage, QPainter, QPen
from PySide6.QtWidgets import QComboBox, QWidget

from nnviz.core.measures.tiles import Tiling
from nnviz.core.network import NetworkSpec
from nnviz.core.probes import ProbeContext
from nnviz.core.rbm.seen import mean_activity
from nnviz.core.snapshot import Snapshot
from nnviz.gui.document import Project
from nnviz.gui.style.theme import Theme
from nnviz.gui.views.axis_range import GrowingRange, nice_ceiling
from nnviz.gui.views.base import VIEWS
from nnviz.gui.views.canvas import Canvas
from nnviz.gui.views.canvas_view import CanvasView
from nnviz.gui.views.pixels import draw_image, draw_scale, fitted, signed_image

MOST_TILES = 4096
"""Small pictures of one layer that are shown; more could not be told apart."""

MOST_VALUES = 262_144
"""Weights of one layer that are shown: a megabyte, a few times a second."""


def filter_shapes(network: NetworkSpec) -> dict[str, tuple[int, int, int, int]]:
    """The layers whose weights are pictures, with (units, channels, height, width).

    These are the convolutions, and a dense layer that sees the very pixels of an image.
    """
    shapes: dict[str, tuple[int, int, int, int]] = {}
    untouched = network.input_shape.is_image
    for trace in network.trace():
        if not trace.layer.enabled or trace.arrives is None:
            continue
        weight = trace.layer.parameter_shapes(trace.arrives).get("weight", ())
        if len(weight) == 4:
            shapes[trace.name] = (weight[0], weight[1], weight[2], weight[3])
        elif len(weight) == 2 and untouched and weight[1] == network.input_shape.size:
            channels, height, width = network.input_shape
            shapes[trace.name] = (weight[0], channels, height, width)
        # Flattening changes nothing about the pixels; whatever learns or computes does.
        untouched = untouched and trace.layer.operations(trace.arrives) <= trace.arrives.size and len(weight) == 0
    return shapes


REORDERED_EVERY = 1.1
"""By which factor training goes on before the units of an RBM are put in order again: else none could be followed."""


def _filters(context: ProbeContext) -> dict[str, NDArray[Any]]:
    """The weights as pictures, (units, channels, height, width), by layer; of very many units the first ones.

    Of an RBM that learns, of very many units the most active ones, and also "activity.LAYER", their mean probabilities,
    and "units.LAYER", their numbers, each (units,).
    """
    pictures: dict[str, NDArray[Any]] = {}
    for layer, (units, channels, height, width) in filter_shapes(context.network).items():
        size = channels * height * width
        shown = max(1, min(units, MOST_TILES // channels, MOST_VALUES // size))
        weight = context.parameters(layer)["weight"]
        activity = mean_activity(context, layer)
        if activity is None:
            weight = weight[:shown]
        else:
            chosen = np.sort(np.argsort(-activity, kind="stable")[:shown])
            weight = weight[chosen]
            pictures |= {f"activity.{layer}": activity[chosen], f"units.{layer}": chosen}
        pictures[layer] = np.asarray(weight, np.float32).reshape(shown, channels, height, width)
    return pictures


class MosaicCanvas(Canvas):
    """All filters of one layer in one picture, with one scale; the one under the mouse is enlarged.

    Attributes:
        layer: Name of the layer that is shown.
        filters: What is shown, (shown units, channels, height, width).
        numbers: Number of the unit of each filter, from 0, if they are ordered by activity; None if they are in order.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.layer = ""
        self._image = QImage()
        self.clear()

    def clear(self) -> None:
        """Forget everything: another run begins."""
        self.filters: NDArray[np.float32] = np.empty((0, 0, 0, 0), np.float32)
        self._ranges: dict[str, GrowingRange] = {}
        self._all = 0
        self.numbers: NDArray[np.intp] | None = None
        self._pointed: tuple[int, int, int, int] | None = None
        self._image = QImage()

    def show_filters(
        self, step: int, filters: NDArray[np.float32], units: int, numbers: NDArray[np.intp] | None = None
    ) -> None:
        """Show the newest weights of the layer.

        Args:
            step: Their step.
            filters: (shown units, channels, height, width).
            units: Number of all units.
            numbers: See the attribute.
        """
        self.filters, self._all, self.numbers = filters, units, numbers
        largest = float(np.abs(filters[np.isfinite(filters)]).max(initial=0))
        start = nice_ceiling(1.02 * largest) if largest > 0 else 1.0
        self._ranges.setdefault(self.layer, GrowingRange(start)).follow(largest, step)
        self._image = QImage()
        self.update()

    @property
    def limit(self) -> float:
        """End of the scale."""
        return self._ranges[self.layer].end if self.layer in self._ranges else 1.0

    @property
    def transposed(self) -> bool:
        """Whether filters stand beside each other with their channels below, not the other way round."""
        units, channels = self.filters.shape[:2]
        return channels > 1 and (units > channels) == (self.width() > self.height())

    def tiling(self) -> Tiling:
        """How the filters are laid out: a mosaic of those with one channel, else a table of filters and channels."""
        units, channels, height, width = self.filters.shape
        if channels == 1:
            area = self.mosaic_room()
            return Tiling.for_shape(units, height, width, area.width() / max(1.0, area.height()))
        return Tiling(units * channels, height, width, units if self.transposed else channels)

    def mosaic_room(self) -> QRectF:
        """Where the mosaic may stand."""
        line = self.theme.caption_px * 1.4
        return QRectF(0, line * 1.5, self.width(), max(1.0, self.height() - line * 4.4))

    def mosaic_area(self) -> QRectF:
        """Where the mosaic stands."""
        down, across = self.tiling().size
        # Hundreds of filters would stay small if only whole numbers counted.
        return fitted(self.mosaic_room(), across, down, step=0.25 if across * 2 > self.width() else 1.0)

    def set_theme(self, theme: Theme) -> None:
        """Take on another look."""
        self._image = QImage()
        super().set_theme(theme)

    def at(self, place: QPointF) -> tuple[int, int, int, int] | None:
        """Filter, channel, row and column under a point."""
        if not self.filters.size:
            return None
        area, tiling = self.mosaic_area(), self.tiling()
        scale = area.width() / tiling.size[1]
        if not area.contains(place):
            return None
        found = tiling.at((place.y() - area.y()) / scale, (place.x() - area.x()) / scale)
        if found is None:
            return None
        units, channels = self.filters.shape[:2]
        number, row, column = found
        unit, channel = (number % units, number // units) if self.transposed else divmod(number, channels)
        return unit, channel, row, column

    def pointed_at(self, place: QPointF | None) -> None:
        """Enlarge the filter there."""
        pointed = None if place is None else self.at(place)
        if pointed != self._pointed:
            self._pointed = pointed
            self.update()

    def ground_key(self) -> object:
        """Scale and heading."""
        return self.layer, self.filters.shape, self._all, self.limit, self.numbers is None

    def paint_ground(self, painter: QPainter) -> None:
        """Paint the heading and the scale."""
        if not self.filters.size:
            return
        line = self.theme.caption_px * 1.4
        units, channels, height, width = self.filters.shape
        text = self.tr("{0} of {1} × {2}").format(f"{self._all:,}", height, width)
        if channels > 1:
            text = self.tr("{0} filters of {1} channels, {2} × {3}").format(f"{self._all:,}", channels, height, width)
            text += self.tr("; filters across, channels down") if self.transposed else self.tr("; a row per filter")
        if self.numbers is not None:
            text += self.tr("; the most active first")
        if units < self._all:
            text += self.tr("; the first {0} are shown").format(f"{units:,}")
        self.write(painter, QRectF(0, 0, self.width(), line), text)
        wide = min(self.width() * 0.6, self.theme.caption_px * 22.0)
        scale = QRectF((self.width() - wide) / 2, self.height() - 2.2 * line, wide, 2.2 * line)
        draw_scale(painter, scale, self.theme, self.limit)

    def paint(self, painter: QPainter) -> None:
        """Paint the mosaic, and the enlarged filter beside the mouse."""
        if not self.filters.size:
            self.write(painter, QRectF(self.rect()), self.tr("No layer of this network has filters."))
            return
        area = self.mosaic_area()
        if self._image.isNull():
            units, channels, height, width = self.filters.shape
            ordered = self.filters.swapaxes(0, 1) if self.transposed else self.filters
            tiled = self.tiling().tile(ordered.reshape(units * channels, height, width))
            self._image = signed_image(tiled, self.limit, self.theme)
        draw_image(painter, area, self._image)
        if self._pointed is not None:
            self._paint_enlarged(painter, area, self._pointed)

    def _paint_enlarged(self, painter: QPainter, area: QRectF, pointed: tuple[int, int, int, int]) -> None:
        theme = self.theme
        unit, channel, row, column = pointed
        channels, height, width = self.filters.shape[1:]
        if unit >= len(self.filters) or channel >= channels or row >= height or column >= width:
            return
        tiling = self.tiling()
        scale = area.width() / tiling.size[1]
        number = channel * len(self.filters) + unit if self.transposed else unit * channels + channel
        top, left = tiling.corner(number)
        tile = QRectF(area.x() + left * scale, area.y() + top * scale, width * scale, height * scale)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour("text"), 1))
        painter.drawRect(tile.adjusted(-1, -1, 0, 0))
        # Where there is most room: on the other side of the mouse.
        line = theme.caption_px * 1.4
        side = min(theme.caption_px * 12.0, self.height() * 0.6, self.width() * 0.45)
        wide = max(side, min(theme.caption_px * 15.0, self.width() * 0.45))
        box = QRectF(0, 0, wide + 2 * theme.space, side + 2 * theme.space + 2 * line)
        x = (
            tile.right() + theme.space
            if tile.center().x() < self.width() / 2
            else tile.left() - theme.space - box.width()
        )
        y = min(max(0.0, tile.center().y() - box.height() / 2), self.height() - box.height())
        box.moveTo(min(max(0.0, x), self.width() - box.width()), max(0.0, y))
        painter.setPen(QPen(theme.colour("border_strong"), 1))
        painter.setBrush(theme.colour("raised"))
        painter.drawRoundedRect(box, theme.radius, theme.radius)
        inner = QRectF(box.x() + theme.space, box.y() + theme.space, wide, side)
        values = self.filters[unit, channel]
        picture = fitted(inner, width, height)
        draw_image(painter, picture, signed_image(values, self.limit, theme))
        step = picture.width() / width
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour("accent"), 2))
        painter.drawRect(QRectF(picture.x() + column * step, picture.y() + row * step, step, step))
        below = QRectF(inner.x(), inner.bottom(), wide, line)
        number = 1 + (unit if self.numbers is None else int(self.numbers[unit]))
        name = (
            self.tr("Filter {0}").format(number)
            if channels == 1
            else self.tr("Filter {0}, channel {1}").format(number, channel + 1)
        )
        self.write(painter, below, name, "text")
        value = self.tr("row {0}, column {1}: {2}").format(row + 1, column + 1, f"{values[row, column]:.3g}")
        self.write(painter, below.translated(0, line), value)


@VIEWS.register
class Filters(CanvasView):
    """The filters of each convolution; a first dense layer's weights as images."""

    title = str(QT_TRANSLATE_NOOP("LiveView", "Filters"))
    hint = str(
        QT_TRANSLATE_NOOP(
            "LiveView",
            "What each filter looks for: blue where light adds to its answer, orange where light takes away from it.",
        )
    )
    order = 50
    probe = staticmethod(_filters)

    @classmethod
    def applies_to(cls, project: Project) -> bool:
        """Only networks that have weights of the form of pictures."""
        return bool(filter_shapes(project.network))

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self.mosaic = MosaicCanvas(theme)
        super().__init__(theme, self.mosaic, parent)
        self._shapes: dict[str, tuple[int, int, int, int]] = {}
        self._snapshot: Snapshot | None = None
        self._order: tuple[str, int, NDArray[np.intp]] = "", 0, np.empty(0, np.intp)
        self._layers = QComboBox()
        self._layers.setObjectName("filters_layer")
        self._layers.setAccessibleName(self.tr("Layer"))
        self._layers.currentIndexChanged.connect(self._on_layer_changed)
        self.add_choice(self._layers)

    def begin(self, project: Project, total_steps: int) -> None:
        """Forget the last run, and offer the layers of this one."""
        self._shapes = filter_shapes(project.network)
        self._snapshot = None
        self.mosaic.clear()
        chosen = self._layers.currentText()
        self._layers.blockSignals(True)
        self._layers.clear()
        self._layers.addItems(list(self._shapes))
        self._layers.setCurrentIndex(max(0, self._layers.findText(chosen)))
        self._layers.blockSignals(False)
        self.mosaic.layer = self._layers.currentText()
        super().begin(project, total_steps)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the newest filters of the chosen layer."""
        self._snapshot = snapshot
        if self.mosaic.layer in snapshot.arrays:
            layer = self.mosaic.layer
            filters, units = snapshot.arrays[layer], self._shapes[layer][0]
            numbers = snapshot.arrays.get(f"units.{layer}")
            if numbers is not None:
                places = self._places(snapshot.step, layer, numbers, snapshot.arrays[f"activity.{layer}"])
                filters, numbers = filters[places], numbers[places]
            self.mosaic.show_filters(snapshot.step, filters, units, numbers)
        super().show_snapshot(snapshot)

    def _places(
        self, step: int, layer: str, numbers: NDArray[np.intp], activity: NDArray[np.float32]
    ) -> NDArray[np.intp]:
        """Where the units that are shown first, second ... stand among those that have come."""
        known, ordered_at, ordered = self._order
        still = known == layer and ordered_at <= step < REORDERED_EVERY * ordered_at
        if not still or not np.array_equal(np.sort(ordered), numbers):
            ordered = numbers[np.argsort(-activity, kind="stable")]
            self._order = layer, step, ordered
        return np.searchsorted(numbers, ordered)

    @Slot()
    def _on_layer_changed(self) -> None:
        self.mosaic.layer = self._layers.currentText()
        if self._snapshot is not None:
            self.show_snapshot(self._snapshot)
