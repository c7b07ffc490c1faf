"""Live view: the network as neurons and connections where it is small, else as blocks."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QT_TRANSLATE_NOOP, QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from nnviz.core.network import NetworkSpec
from nnviz.core.probes import ProbeContext
from nnviz.core.snapshot import Snapshot
from nnviz.gui.document import Project
from nnviz.gui.style.colours import diverging_colour
from nnviz.gui.style.theme import Theme
from nnviz.gui.views.axes import number_text
from nnviz.gui.views.axis_range import GrowingRange
from nnviz.gui.views.base import VIEWS
from nnviz.gui.views.canvas import Canvas
from nnviz.gui.views.canvas_view import CanvasView
from nnviz.gui.views.pixels import draw_scale

MOST_NEURONS = 20
"""Neurons of a layer up to which they are drawn one by one."""

MOST_CONNECTIONS = 900
"""Connections of the whole network up to which they are drawn."""

PENS = 16
"""Strengths of connections that are told apart: lines of one pen are painted together."""


@dataclass(frozen=True)
class Column:
    """Neurons that stand below each other.

    Attributes:
        name: Name of the layer with their weights; empty for the inputs.
        source: Name of the layer whose outputs they show: the activation behind the weights.
        neurons: Number of them.
    """

    name: str
    source: str
    neurons: int


def columns_of(network: NetworkSpec) -> list[Column]:
    """The columns of a small network of dense layers, the inputs first; empty if it is another one.

    An activation, and whatever else works on each value by itself, belongs to the neurons of the layer before.
    """
    columns = [Column("", "", network.input_shape.size)]
    connections = 0
    for trace in network.trace():
        if not trace.layer.enabled:
            continue
        if trace.arrives is None or trace.leaves is None or not trace.leaves.is_vector:
            return []
        weight = trace.layer.parameter_shapes(trace.arrives).get("weight", ())
        if (
            len(weight) == 2
            and weight[1] == columns[-1].neurons
            and not trace.layer.parameter_shapes(trace.arrives).keys() - {"weight", "bias"}
        ):
            columns.append(Column(trace.name, trace.name, weight[0]))
            connections += weight[0] * weight[1]
        elif trace.arrives.size == trace.leaves.size:
            columns[-1] = Column(columns[-1].name, trace.name, columns[-1].neurons)
        else:
            return []
    too_many = max(column.neurons for column in columns) > MOST_NEURONS or connections > MOST_CONNECTIONS
    return [] if too_many or len(columns) < 2 else columns


def _diagram(context: ProbeContext) -> dict[str, NDArray[Any]]:
    """Weights, biases and mean activations of a small network; of a larger one, the size of each layer's weights."""
    columns = columns_of(context.network)
    result: dict[str, NDArray[Any]] = {}
    if columns:
        result["activation."] = context.samples.x.reshape(len(context.samples.x), -1).mean(axis=0)
    for column in columns[1:]:
        parameters = context.parameters(column.name)
        result[f"weight.{column.name}"] = parameters["weight"]
        if "bias" in parameters:
            result[f"bias.{column.name}"] = parameters["bias"]
        result[f"activation.{column.name}"] = context.seen(column.source, lent=True).mean(axis=0)
    if not columns:
        sizes = []
        for name in context.layer_names:
            weight = context.parameters(name).get("weight")
            sizes.append(np.nan if weight is None else float(np.sqrt(np.mean(np.square(weight, dtype=np.float64)))))
        result["size"] = np.array(sizes)
    return result


@dataclass(frozen=True)
class _Block:
    """A layer of a larger network.

    Attributes:
        name: Its name.
        title: Its kind, for people.
        shape: What leaves it.
        parameters: Number of learned values.
    """

    name: str
    title: str
    shape: str
    parameters: int


class DiagramCanvas(Canvas):
    """Neurons in columns with a line per weight, coloured by its sign and thick by its size; or a block per layer."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._columns: list[Column] = []
        self._blocks: list[_Block] = []
        self._outputs: tuple[str, ...] = ()
        self._arrays: dict[str, NDArray[Any]] = {}
        self._range = GrowingRange(1.0)
        self._activations = GrowingRange(1.0)
        self._pointed: tuple[int, int] | None = None

    def clear(self, project: Project) -> None:
        """Forget everything: another run begins."""
        network = project.network
        self._columns = columns_of(network)
        self._blocks = [_Block("", self.tr("Input"), str(network.input_shape), 0)]
        for trace in network.trace():
            if trace.layer.enabled:
                self._blocks.append(_Block(trace.name, trace.layer.title, str(trace.leaves), trace.parameters))
        self._outputs = project.dataset.classes
        self._arrays = {}
        self._range, self._activations = GrowingRange(1.0), GrowingRange(1.0)
        self._pointed = None
        self.fit()

    def show_network(self, step: int, arrays: dict[str, NDArray[Any]]) -> None:
        """Show the newest weights."""
        self._arrays = arrays
        for prefix, axis in (("weight.", self._range), ("activation.", self._activations)):
            parts = [np.abs(values).max(initial=0) for key, values in arrays.items() if key.startswith(prefix)]
            largest = float(max(parts, default=0.0))
            axis.follow(largest, step)
        self.update()

    def least_height(self) -> float:
        """A line for each block."""
        if not hasattr(self, "_blocks") or self._columns:
            return 0.0
        return math.ceil(len(self._blocks) / self._blocks_across()) * self.theme.caption_px * 5.6

    def place(self, column: int, neuron: int) -> QPointF:
        """Middle of a neuron."""
        theme, line = self.theme, self.theme.caption_px * 1.4
        neurons = self._columns[column].neurons
        side = self._names_width()
        across = self.width() - side - 2 * self.radius() - 4 * theme.space
        x = self.radius() + 2 * theme.space + across * column / max(1, len(self._columns) - 1)
        top, height = 1.6 * line, self.height() - 4.2 * line
        return QPointF(x, top + height * (neuron + 0.5) / neurons)

    def radius(self) -> float:
        """Of a neuron."""
        most = max(column.neurons for column in self._columns)
        room = (self.height() - 6 * self.theme.caption_px) / most
        return max(3.0, min(self.theme.caption_px * 1.4, room * 0.38))

    def pointed_at(self, place: QPointF | None) -> None:
        """Let only the connections of the neuron there stand out."""
        pointed = None if place is None else self._neuron_at(place)
        if pointed != self._pointed:
            self._pointed = pointed
            self.update()

    def text_at(self, place: QPointF) -> str:
        """A neuron's numbers, the weight of the nearest connection, or what a block is."""
        if not self._columns:
            for block, rect in zip(self._blocks, self._block_rects(), strict=True):
                if rect.contains(place):
                    return self._block_text(block)
            return ""
        if not self._arrays:
            return ""
        neuron = self._neuron_at(place)
        if neuron is not None:
            return self._neuron_text(*neuron)
        found = self._connection_at(place)
        if found is None:
            return ""
        column, into, out = found
        weight = float(self._arrays[f"weight.{self._columns[column].name}"][out, into])
        text = self.tr("{0}, weight from {1} to {2}: {3}")
        return text.format(self._columns[column].name, into + 1, out + 1, number_text(weight))

    def paint(self, painter: QPainter) -> None:
        """Paint neurons and connections, or blocks."""
        if self._columns and self._arrays:
            self._paint_connections(painter)
            self._paint_neurons(painter)

    def ground_key(self) -> object:
        """Names and scale of a small network; of a larger one everything, which changes seldom."""
        if self._columns:
            return tuple(self._columns), self._range.end
        return tuple(self._size_text(block) for block in self._blocks)

    def paint_ground(self, painter: QPainter) -> None:
        """Paint the names of layers and the scale, or blocks."""
        if not self._columns:
            self._paint_blocks(painter)
            return
        theme, line = self.theme, self.theme.caption_px * 1.4
        apart = self.width() / len(self._columns)
        for number, column in enumerate(self._columns):
            middle = self.place(number, 0).x()
            wide = min(apart, 2 * middle, 2 * (self.width() - middle))
            name = column.source or self.tr("input")
            self.write(painter, QRectF(middle - wide / 2, 0, wide, line), name, align=Qt.AlignmentFlag.AlignHCenter)
        last = len(self._columns) - 1
        if len(self._outputs) == self._columns[last].neurons:
            for neuron, name in enumerate(self._outputs):
                at = self.place(last, neuron)
                right = at.x() + self.radius() + theme.space / 2
                self.write(painter, QRectF(right, at.y() - line / 2, self.width() - right, line), name, "text")
        wide = min(self.width() * 0.5, theme.caption_px * 20.0)
        scale = QRectF((self.width() - wide) / 2, self.height() - 2.1 * line, wide, 2.1 * line)
        draw_scale(painter, scale, theme, self._range.end)

    def _paint_connections(self, painter: QPainter) -> None:
        groups: dict[int, list[QLineF]] = {}
        places = [[self.place(c, n) for n in range(self._columns[c].neurons)] for c in range(len(self._columns))]
        for column in range(1, len(self._columns)):
            weight = self._arrays[f"weight.{self._columns[column].name}"]
            strengths = np.round(np.clip(weight / self._range.end, -1, 1) * PENS).astype(int)
            for (out, into), strength in np.ndenumerate(strengths):
                beside = self._pointed is None or self._pointed in ((column, out), (column - 1, into))
                if strength and beside:
                    line = QLineF(places[column - 1][into], places[column][out])
                    groups.setdefault(int(strength), []).append(line)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        thickest = self.theme.caption_px * 0.45
        for strength in sorted(groups, key=abs):
            colour = diverging_colour(self.theme, strength / PENS)
            painter.setPen(QPen(colour, max(0.7, abs(strength) / PENS * thickest)))
            painter.drawLines(groups[strength])

    def _paint_neurons(self, painter: QPainter) -> None:
        radius = self.radius()
        for number, column in enumerate(self._columns):
            activations = self._arrays[f"activation.{column.name}"]
            for neuron in range(column.neurons):
                colour = diverging_colour(self.theme, float(activations[neuron]), self._activations.end)
                marked = self._pointed == (number, neuron)
                painter.setPen(QPen(self.theme.colour("text" if marked else "muted"), 2 if marked else 1))
                painter.setBrush(colour)
                painter.drawEllipse(self.place(number, neuron), radius, radius)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def _neuron_at(self, place: QPointF) -> tuple[int, int] | None:
        for number, column in enumerate(self._columns):
            for neuron in range(column.neurons):
                if QLineF(place, self.place(number, neuron)).length() <= self.radius() + 2:
                    return number, neuron
        return None

    def _connection_at(self, place: QPointF) -> tuple[int, int, int] | None:
        for column in range(1, len(self._columns)):
            left, right = self.place(column - 1, 0).x(), self.place(column, 0).x()
            if left < place.x() < right:
                share = (place.x() - left) / (right - left)
                starts = np.array([self.place(column - 1, n).y() for n in range(self._columns[column - 1].neurons)])
                ends = np.array([self.place(column, n).y() for n in range(self._columns[column].neurons)])
                heights = (1 - share) * starts[None, :] + share * ends[:, None]
                far = np.abs(heights - place.y())
                out, into = np.unravel_index(int(far.argmin()), far.shape)
                return (column, int(into), int(out)) if far[out, into] <= 5 else None
        return None

    def _neuron_text(self, number: int, neuron: int) -> str:
        column = self._columns[number]
        mean = number_text(float(self._arrays[f"activation.{column.name}"][neuron]))
        if not number:
            return self.tr("Input {0}: mean {1}").format(neuron + 1, mean)
        lines = [self.tr("{0}, neuron {1}: mean output {2}").format(column.source, neuron + 1, mean)]
        if f"bias.{column.name}" in self._arrays:
            bias = number_text(float(self._arrays[f"bias.{column.name}"][neuron]))
            lines.append(self.tr("bias {0}").format(bias))
        weights = ", ".join(number_text(float(f"{w:.3g}")) for w in self._arrays[f"weight.{column.name}"][neuron])
        return "\n".join([*lines, self.tr("weights {0}").format(weights)])

    def _names_width(self) -> float:
        if len(self._outputs) != self._columns[-1].neurons:
            return 0.0
        widest = max((self.fontMetrics().horizontalAdvance(name) for name in self._outputs), default=0)
        return min(float(widest), self.theme.caption_px * 8.0)

    def _blocks_across(self) -> int:
        return max(1, int(self.width() // (self.theme.caption_px * 12.0)))

    def _block_rects(self) -> list[QRectF]:
        across = self._blocks_across()
        rows = math.ceil(len(self._blocks) / across)
        across = math.ceil(len(self._blocks) / rows)
        wide = self.width() / across
        high = min(self.height() / rows, self.theme.caption_px * 12.0)
        gap = 2.5 * self.theme.space
        return [
            QRectF(n % across * wide, n // across * high, wide - gap, high - gap / 2) for n in range(len(self._blocks))
        ]

    def _block_size(self, block: _Block) -> float:
        """Root mean square of a block's weights; NaN if it has none."""
        sizes = self._arrays.get("size")
        names = [b.name for b in self._blocks[1:]]
        return float(sizes[names.index(block.name)]) if sizes is not None and block.name in names else math.nan

    def _size_text(self, block: _Block) -> str:
        size = self._block_size(block)
        return f"{size:.2g}" if math.isfinite(size) else ""

    def _block_text(self, block: _Block) -> str:
        text = f"{block.title}: {block.shape}"
        if block.parameters:
            text = self.tr("{0}; {1} parameters").format(text, f"{block.parameters:,}")
        size = self._block_size(block)
        if math.isfinite(size):
            text = self.tr("{0}; root mean square of the weights {1}").format(text, number_text(float(f"{size:.3g}")))
        return text

    def _paint_blocks(self, painter: QPainter) -> None:
        theme, line = self.theme, self.theme.caption_px * 1.4
        rects = self._block_rects()
        for number, (block, rect) in enumerate(zip(self._blocks, rects, strict=True)):
            size = self._size_text(block)
            painter.setPen(QPen(theme.colour("border_strong"), 1))
            painter.setBrush(theme.colour("accent_soft" if block.parameters else "hover"))
            painter.drawRoundedRect(rect, theme.radius, theme.radius)
            inner = rect.adjusted(theme.space / 2, 0, -theme.space / 2, 0)
            texts = [block.title, block.shape.replace("x", " × ")]
            if size:
                texts.append(self.tr("weights ±{0}").format(size))
            top = rect.center().y() - len(texts) * line / 2
            for row, text in enumerate(texts):
                painter.setFont(self.type(theme.caption_px, bold=row == 0))
                area = QRectF(inner.x(), top + row * line, inner.width(), line)
                self.write(painter, area, text, "text", Qt.AlignmentFlag.AlignHCenter)
            painter.setFont(self.caption)
            if number + 1 < len(rects) and rects[number + 1].y() == rect.y():
                self._paint_arrow(painter, rect, rects[number + 1])

    def _paint_arrow(self, painter: QPainter, left: QRectF, right: QRectF) -> None:
        y, head = left.center().y(), self.theme.space / 2
        painter.setPen(QPen(self.theme.colour("muted"), 1.5))
        tip = QPointF(right.left() - 2, y)
        painter.drawLine(QPointF(left.right() + 2, y), tip)
        painter.drawLine(tip, QPointF(tip.x() - head, y - head))
        painter.drawLine(tip, QPointF(tip.x() - head, y + head))


@VIEWS.register
class Diagram(CanvasView):
    """Neurons and connections of a small network; a larger one as blocks."""

    title = str(QT_TRANSLATE_NOOP("LiveView", "Diagram"))
    hint = str(
        QT_TRANSLATE_NOOP(
            "LiveView",
            "Each line is a weight: blue adds, orange takes away, and the thicker the more. Circles show the mean "
            "output of their neuron. A larger network is shown as blocks, with the size of its weights.",
        )
    )
    order = 110
    probe = staticmethod(_diagram)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self.diagram = DiagramCanvas(theme)
        super().__init__(theme, self.diagram, parent)

    def begin(self, project: Project, total_steps: int) -> None:
        """Forget the last run."""
        self.diagram.clear(project)
        super().begin(project, total_steps)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the newest weights."""
        self.diagram.show_network(snapshot.step, dict(snapshot.arrays))
        super().show_snapshot(snapshot)
