"""Live view: units that have stopped working, and how the activations of each layer are spread."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QT_TRANSLATE_NOOP, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from nnviz.core.measures.spread import BINS, spread
from nnviz.core.measures.units import dead_units, samples_to_look_at, saturated
from nnviz.core.network import NetworkSpec
from nnviz.core.probes import ProbeContext
from nnviz.core.snapshot import Snapshot
from nnviz.gui.document import Project
from nnviz.gui.style.colours import negative, positive
from nnviz.gui.style.theme import Theme
from nnviz.gui.views.axes import Frame, bars, draw_across, number_text
from nnviz.gui.views.axis_range import GrowingRange, nice_ceiling
from nnviz.gui.views.base import VIEWS
from nnviz.gui.views.canvas import Canvas
from nnviz.gui.views.canvas_view import CanvasView

MOST_UNITS = 512
"""Units that are drawn one by one; of more, neighbours share a stroke."""

DEAD, SATURATED = "dead", "saturated"

_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight


def watched_layers(network: NetworkSpec) -> dict[str, str]:
    """The activation layers, each with what may happen to its units: "dead", "saturated" or nothing."""
    kinds = {}
    for trace in network.trace():
        layer = trace.layer
        if layer.enabled and layer.category == "Activation":
            kinds[trace.name] = DEAD if layer.dies else SATURATED if layer.flat_ends is not None else ""
    return kinds


def _units(context: ProbeContext) -> dict[str, NDArray[Any]]:
    """Of each activation layer the spread of its values, and per unit how far it has stopped working, from 0 to 1."""
    layers = list(watched_layers(context.network))
    traces = context.network.trace()
    specs = {trace.name: trace.layer for trace in traces}
    sizes = {trace.name: trace.leaves.size if trace.leaves is not None else 1 for trace in traces}
    result: dict[str, NDArray[Any]] = {}
    counts, limits, means = [], [], []
    for name in layers:
        values = context.seen(name, samples_to_look_at(sizes[name]), lent=True)
        stopped: NDArray[np.floating[Any]] = np.zeros(values.shape[1])
        if specs[name].dies:
            stopped = dead_units(values).astype(np.float64)
        ends = specs[name].flat_ends
        if ends is not None:
            stopped = saturated(values, ends)
        result[f"{name}.stopped"] = np.asarray(stopped, np.float32)
        found = spread(values)
        counts.append(found.counts)
        limits.append(found.limit)
        means.append(found.mean)
    return {
        "layer": np.array(layers, np.str_),
        "counts": np.array(counts, np.int64).reshape(-1, BINS),
        "limit": np.array(limits, np.float64),
        "mean": np.array(means, np.float64),
        **result,
    }


class UnitsCanvas(Canvas):
    """A row per activation layer: a bar of the share that has stopped working, a stroke per unit, the histogram."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.clear({})

    def clear(self, kinds: dict[str, str]) -> None:
        """Forget everything: another run begins.

        Args:
            kinds: What may happen in which layer.
        """
        self._kinds = kinds
        self._layers: list[str] = []
        self._stopped: list[NDArray[np.float32]] = []
        self._counts = np.empty((0, BINS), np.int64)
        self._limits = self._means = np.empty(0)
        self._ranges: dict[str, GrowingRange] = {}
        # Layers with the first step at which they had negative values.
        self._below_zero: dict[str, int] = {}
        self._step = 0

    def show_units(self, step: int, arrays: dict[str, NDArray[Any]]) -> None:
        """Show the newest state of all units."""
        self._layers = [str(name) for name in arrays["layer"]]
        self._stopped = [arrays[f"{name}.stopped"] for name in self._layers]
        self._counts, self._limits, self._means = arrays["counts"], arrays["limit"], arrays["mean"]
        for name, limit in zip(self._layers, self._limits.tolist(), strict=True):
            start = nice_ceiling(1.02 * limit) if limit > 0 else 1.0
            self._ranges.setdefault(name, GrowingRange(start)).follow(limit, step)
            # Half of the axis is not given to values that never come; once they came, it stays.
            if self._counts[self._layers.index(name), : BINS // 2].any():
                self._below_zero[name] = min(step, self._below_zero.get(name, step))
        self._step = step
        self.fit()
        self.update()

    def share(self, index: int) -> float:
        """Share of a layer's units that are dead, or of its values that are saturated; 0 if neither can be."""
        return float(self._stopped[index].mean())

    def share_text(self, index: int) -> str:
        """That share in words."""
        kind, stopped = self._kinds.get(self._layers[index], ""), self._stopped[index]
        if kind == DEAD:
            return self.tr("{0} of {1} dead").format(f"{round(float(stopped.sum())):,}", f"{len(stopped):,}")
        if kind == SATURATED:
            return self.tr("{0} % saturated").format(f"{100 * self.share(index):.1f}")
        return self.tr("cannot die")

    def least_height(self) -> float:
        """Two lines of type and a histogram with its numbers for each layer."""
        return len(self._layers) * self.theme.caption_px * 4.6

    def row(self, index: int) -> tuple[QRectF, QRectF, Frame]:
        """The texts, the bar and the histogram of a layer."""
        theme, line = self.theme, self.theme.caption_px * 1.4
        height = min(self.height() / max(1, len(self._layers)), theme.caption_px * 14.0)
        top = index * height
        left = max(self.width() * 0.5, min(self.width() * 0.65, theme.caption_px * 16.0))
        # The name, and behind it or below it the share.
        lines = 2 if left < theme.caption_px * 16.0 and height > line * 4 else 1
        texts = QRectF(0, top, left - 2 * theme.space, line * lines)
        thick = max(4.0, min(height - line * (1.6 + lines), theme.caption_px * 2.0))
        bar = QRectF(0, texts.bottom() + line * 0.15, left - 2 * theme.space, thick)
        area = QRectF(left, top + 2, self.width() - left - 2 * theme.space, height - line * 1.5)
        name = self._layers[index]
        end = self._ranges[name].end
        return texts, bar, Frame(area, -end if self._has_negative(name) else 0, end, 0, 1)

    def text_at(self, place: QPointF) -> str:
        """A unit's own share, or what a bar of a histogram stands for."""
        for index, name in enumerate(self._layers):
            _, bar, frame = self.row(index)
            if bar.contains(place):
                stopped = self._stopped[index]
                unit = min(len(stopped) - 1, int((place.x() - bar.x()) / bar.width() * len(stopped)))
                kind = self._kinds.get(name, "")
                if kind == DEAD:
                    state = self.tr("dead: 0 for all samples") if stopped[unit] else self.tr("alive")
                elif kind == SATURATED:
                    state = self.tr("{0} % of its values are saturated").format(f"{100 * float(stopped[unit]):.1f}")
                else:
                    state = self.tr("its curve is flat nowhere")
                return self.tr("{0}, unit {1}: {2}").format(name, unit + 1, state)
            limit = float(self._limits[index])
            if frame.area.contains(place) and limit > 0:
                bin_ = int((frame.value_at(place)[0] / limit + 1) / 2 * BINS)
                if 0 <= bin_ < BINS:
                    share = self._counts[index][bin_] / max(1, self._counts[index].sum())
                    low = -limit + bin_ * 2 * limit / BINS
                    text = self.tr("{0}: {1} % of the activations lie between {2} and {3}")
                    high = low + 2 * limit / BINS
                    return text.format(name, f"{100 * share:.1f}", number_text(low), number_text(high))
        return ""

    def ground_key(self) -> object:
        """Names and axes."""
        return tuple(
            (name, len(self.share_text(number)), self._ranges[name].end, self._has_negative(name))
            for number, name in enumerate(self._layers)
        )

    def paint_ground(self, painter: QPainter) -> None:
        """Paint names and axes."""
        for index, name in enumerate(self._layers):
            texts, _, frame = self.row(index)
            painter.setFont(self.type(self.theme.caption_px, bold=True))
            # Beside the share, which is written in every frame.
            share = self.fontMetrics().horizontalAdvance(self.share_text(index)) * 1.05
            line = self.theme.caption_px * 1.4
            beside = texts.height() < 1.5 * line
            area = QRectF(texts.x(), texts.y(), texts.width() - (share if beside else 0), line)
            self.write(painter, area, name, "text", elide=Qt.TextElideMode.ElideMiddle)
            painter.setFont(self.caption)
            ticks = sorted({frame.left, 0.0, frame.right})
            draw_across(painter, frame, self.theme, ticks, [number_text(tick) for tick in ticks])

    def paint(self, painter: QPainter) -> None:
        """Paint bars and histograms."""
        if not self._layers:
            self.write(painter, QRectF(self.rect()), self.tr("The network has no activation layer."))
        for index in range(len(self._layers)):
            texts, bar, frame = self.row(index)
            self._paint_share(painter, index, texts, bar)
            self._paint_histogram(painter, index, frame)

    def _has_negative(self, name: str) -> bool:
        return self._below_zero.get(name, self._step + 1) <= self._step

    def _paint_share(self, painter: QPainter, index: int, texts: QRectF, bar: QRectF) -> None:
        theme = self.theme
        painter.setPen(QPen())
        line = theme.caption_px * 1.4
        below = QRectF(texts.x(), texts.bottom() - line, texts.width(), line)
        beside = texts.height() < 1.5 * line
        self.write(painter, below, self.share_text(index), "text", align=_RIGHT if beside else _LEFT)
        painter.fillRect(bar, theme.colour("hover"))
        stopped = self._stopped[index]
        if self._kinds.get(self._layers[index], "") and len(stopped):
            together = -(-len(stopped) // MOST_UNITS)
            starts = np.arange(0, len(stopped), together)
            strokes = np.add.reduceat(stopped.astype(np.float64), starts) / np.diff(starts, append=len(stopped))
            edges = np.round(bar.x() + np.linspace(0, bar.width(), len(strokes) + 1))
            heights = np.round(strokes * bar.height())
            path = bars(edges[None], heights[None], np.array([round(bar.bottom())]))
            painter.fillPath(path, theme.colour("accent"))

    def _paint_histogram(self, painter: QPainter, index: int, frame: Frame) -> None:
        theme, counts, limit = self.theme, self._counts[index], float(self._limits[index])
        painter.setPen(QPen(theme.colour("border_strong"), 1))
        painter.drawLine(frame.area.bottomLeft(), frame.area.bottomRight())
        painter.drawLine(QPointF(frame.x(0.0), frame.area.top()), QPointF(frame.x(0.0), frame.area.bottom()))
        if not counts.any():
            return
        # The root: zeros of a ReLU are most of the values, and the others are to be seen too.
        heights = np.ceil(np.sqrt(counts / counts.max()) * frame.area.height())
        edges = np.round(frame.x(np.linspace(-limit, limit, BINS + 1)))
        bottom, half = np.array([round(frame.area.bottom())]), BINS // 2
        painter.fillPath(bars(edges[None, : half + 1], heights[None, :half], bottom), negative(theme))
        painter.fillPath(bars(edges[None, half:], heights[None, half:], bottom), positive(theme))


@VIEWS.register
class Units(CanvasView):
    """Dead rectifiers and saturated sigmoids of every layer, and the histogram of its activations."""

    title = str(QT_TRANSLATE_NOOP("LiveView", "Units"))
    hint = str(
        QT_TRANSLATE_NOOP(
            "LiveView",
            "Units that have stopped learning: a ReLU that is 0 for every sample is dead, a sigmoid or tanh at a flat "
            "end of its curve is saturated. A stroke per unit; at the right, how its layer's outputs are spread.",
        )
    )
    order = 70
    probe = staticmethod(_units)

    @classmethod
    def applies_to(cls, project: Project) -> bool:
        """Only networks with an activation layer."""
        return bool(watched_layers(project.network))

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self.units = UnitsCanvas(theme)
        super().__init__(theme, self.units, parent)

    def begin(self, project: Project, total_steps: int) -> None:
        """Forget the last run."""
        self.units.clear(watched_layers(project.network))
        super().begin(project, total_steps)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the newest state."""
        self.units.show_units(snapshot.step, dict(snapshot.arrays))
        super().show_snapshot(snapshot)
