"""Live view: how the weights of each layer are spread, now and over time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QT_TRANSLATE_NOOP, QLineF, QPointF, QRectF, Qt, Slot
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QComboBox, QPushButton, QWidget

from nnviz.core.measures.spread import BINS, SHARES, spread_of_tensor
from nnviz.core.measures.trail import Trail
from nnviz.core.probes import ProbeContext
from nnviz.core.snapshot import Snapshot, read_only
from nnviz.gui.document import Project
from nnviz.gui.style.colours import mixed, negative, positive
from nnviz.gui.style.theme import Theme
from nnviz.gui.views.axes import Frame, bars, draw_across, draw_upright, number_text, polylines
from nnviz.gui.views.axis_range import GrowingRange, StepRange, nice_ceiling
from nnviz.gui.views.base import VIEWS
from nnviz.gui.views.canvas import Canvas
from nnviz.gui.views.canvas_view import CanvasView
from nnviz.gui.views.value_table import ValueTable

NOW_SHARE = 0.3
"""Part of a plot's width for the histogram of now; the rest shows how it came about."""

MOST_POINTS = 64
"""Points of a band over time: its cost is that of its corners."""

BAND_SHARES = (0.18, 0.35, 0.6, 0.85)
"""How strong the colour of the bands is, from the extremes to the middle half."""


_EDGES = np.linspace(1, -1, BINS + 1)


def _spreads(context: ProbeContext, table: str = "") -> dict[str, NDArray[Any]]:
    """Histogram and quantiles of every learned tensor, one row each.

    Args:
        context: The moment.
        table: The tensor whose very values are wanted too: "dense_1.weight"; empty for none.
    """
    tensors = {
        f"{layer}.{learned.name}": learned.value for layer in context.layer_names for learned in context.learned(layer)
    }
    found = [(name, spread_of_tensor(tensor)) for name, tensor in tensors.items()]
    exact = {"table": read_only(tensors[table].cpu().numpy())} if table in tensors else {}
    return exact | {
        "tensor": np.array([name for name, _ in found], np.str_),
        "counts": np.array([s.counts for _, s in found], np.int64).reshape(-1, BINS),
        "limit": np.array([s.limit for _, s in found], np.float64),
        "quantiles": np.array([s.quantiles for _, s in found], np.float64).reshape(-1, len(SHARES)),
        "mean": np.array([s.mean for _, s in found], np.float64),
        "deviation": np.array([s.deviation for _, s in found], np.float64),
        "values": np.array([s.values for _, s in found], np.int64),
    }


@dataclass(frozen=True)
class _Row:
    """One tensor, as it is now.

    Attributes:
        name: "conv2d_1.weight".
        counts: Its histogram.
        limit: End of the histogram's bins.
        mean: Mean of its values.
        deviation: Their standard deviation.
        values: Their number.
    """

    name: str
    counts: NDArray[np.int64]
    limit: float
    mean: float
    deviation: float
    values: int


class SpreadCanvas(Canvas):
    """One plot per tensor: bands of quantiles over the steps, and beside them, on the same axis, the histogram of now.

    Attributes:
        kind: "weight" or "bias": which of a layer's tensors are shown.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.kind = "weight"
        self._rows: list[_Row] = []
        self._placed: list[tuple[_Row, Frame, Frame]] = []
        self.clear(1)

    def clear(self, total_steps: int) -> None:
        """Forget everything: another run begins."""
        self._rows = []
        self._trails: dict[str, Trail] = {}
        self._ranges: dict[str, GrowingRange] = {}
        self._steps = StepRange(total_steps)
        self._step = 0

    def show_spreads(self, step: int, arrays: dict[str, NDArray[Any]]) -> None:
        """Show the newest spreads, and keep their quantiles."""
        columns = ("tensor", "counts", "limit", "mean", "deviation", "values")
        self._rows = [_Row(str(name), *rest) for name, *rest in zip(*(arrays[c] for c in columns), strict=True)]
        self._step = step
        self._steps.follow(step)
        for row, quantiles in zip(self._rows, arrays["quantiles"], strict=True):
            self._trails.setdefault(row.name, Trail()).append(step, quantiles)
            start = nice_ceiling(1.02 * row.limit) if row.limit > 0 else 1.0
            self._ranges.setdefault(row.name, GrowingRange(start)).follow(row.limit, step)
        self.fit()
        self.update()

    def shown(self) -> list[_Row]:
        """The tensors that are drawn."""
        return [row for row in self._rows if (row.name.rsplit(".", 1)[-1] == "bias") == (self.kind == "bias")]

    def least_height(self) -> float:
        """So much that no number touches another one."""
        return -(-len(self.shown()) // self._columns()) * self.theme.caption_px * 8.3

    def frames(self) -> list[tuple[_Row, Frame, Frame]]:
        """Each tensor with the frame of its bands and that of its histogram."""
        shown = self.shown()
        if not shown:
            return []
        theme = self.theme
        line = theme.caption_px * 1.4
        columns = self._columns()
        rows = -(-len(shown) // columns)
        gap = 3 * theme.space
        width = (self.width() - gap * (columns - 1)) / columns
        height = self.height() / rows
        result = []
        for number, row in enumerate(shown):
            left = number % columns * (width + gap)
            top = number // columns * height
            # The name above, numbers at the left and below, and room for half of the last number.
            numbers = self._numbers_width()
            area = QRectF(left + numbers, top + line * 1.7, width - numbers - theme.space, height - line * 3.4)
            over = QRectF(area.x(), area.y(), area.width() * (1 - NOW_SHARE) - theme.space, area.height())
            now = QRectF(over.right() + theme.space, area.y(), area.right() - over.right() - theme.space, area.height())
            # What came later is still drawn when an earlier step is shown.
            end = max(self._ranges[row.name].end, self._ranges[row.name].newest_end) or 1.0
            most = max(1, int(row.counts.max()))
            result.append((row, Frame(over, 0, self._steps.end, -end, end), Frame(now, 0, most, -end, end)))
        return result

    def text_at(self, place: QPointF) -> str:
        """The quantiles at a step, or how many values a bar stands for."""
        for row, over, now in self.frames():
            if over.area.contains(place):
                trail = self._trails[row.name]
                steps = trail.steps()
                nearest = int(np.argmin(np.abs(steps - over.value_at(place)[0])))
                q = trail.rows()[nearest]
                half = self.tr("half of them between {0} and {1}").format(
                    *(number_text(float(np.interp(share, SHARES, q))) for share in (0.25, 0.75))
                )
                ends = self.tr("step {0}: from {1} to {2}, median {3}").format(
                    f"{steps[nearest]:,}", *(number_text(float(q[i])) for i in (0, -1, 4))
                )
                now_text = self.tr("Now: mean {0}, standard deviation {1}").format(
                    number_text(row.mean), number_text(row.deviation)
                )
                return f"{row.name}, {ends}, {half}. {now_text}"
            if now.area.contains(place) and row.limit > 0:
                bin_ = int((now.value_at(place)[1] / row.limit + 1) / 2 * BINS)
                if 0 <= bin_ < BINS:
                    width = 2 * row.limit / BINS
                    low = -row.limit + bin_ * width
                    share = row.counts[bin_] / max(1, row.counts.sum())
                    text = self.tr("{0}: {1} % of the values lie between {2} and {3}")
                    return text.format(row.name, f"{100 * share:.1f}", number_text(low), number_text(low + width))
        return ""

    def ground_key(self) -> object:
        """Names and axes."""
        # The first that is asked of a painting: where everything stands is worked out here for all of it.
        self._placed = self.frames()
        return self.kind, [(row.name, row.values, over.top, over.right) for row, over, _ in self._placed]

    def paint_ground(self, painter: QPainter) -> None:
        """Paint names and axes."""
        for row, over, now in self._placed:
            self._paint_name(painter, row, over, now)
            ticks = [over.bottom, 0.0, over.top]
            draw_upright(painter, over, self.theme, ticks, [number_text(tick) for tick in ticks])
            steps = [0.0, self._steps.end / 2, float(self._steps.end)]
            draw_across(painter, over, self.theme, steps, [f"{step:,.0f}" for step in steps])

    def paint(self, painter: QPainter) -> None:
        """Paint bands and bars."""
        frames = self._placed
        if not frames:
            self.write(painter, QRectF(self.rect()), self.tr("No layer has any."))
        self._paint_bands(painter, frames)
        for row, over, _ in frames:
            self._paint_edges(painter, row, over)
        if frames:
            self._paint_bars(painter, frames)

    def _paint_name(self, painter: QPainter, row: _Row, over: Frame, now: Frame) -> None:
        height = self.theme.caption_px * 1.4
        left = over.area.x() - self._numbers_width()
        heading = QRectF(left, over.area.y() - height * 1.5, now.area.right() - left, height)
        painter.setFont(self.type(self.theme.caption_px, bold=True))
        self.write(painter, heading, row.name, "text", elide=Qt.TextElideMode.ElideMiddle)
        name = painter.fontMetrics().horizontalAdvance(row.name)
        painter.setFont(self.caption)
        values = self.tr("{0} values").format(f"{row.values:,}")
        # The name matters more, and the number is in the table.
        if name + self.theme.space + painter.fontMetrics().horizontalAdvance(values) <= heading.width():
            self.write(painter, heading, values, align=Qt.AlignmentFlag.AlignRight)

    def _paint_bands(self, painter: QPainter, frames: list[tuple[_Row, Frame, Frame]]) -> None:
        places = []
        for row, frame, _ in frames:
            trail = self._trails[row.name]
            steps, quantiles = trail.steps(), trail.rows()
            every = max(1, -(-len(steps) // MOST_POINTS))
            # From the newest one backwards, so that the newest is drawn.
            steps, quantiles = steps[::-1][::every][::-1], quantiles[::-1][::every][::-1]
            up = np.clip(frame.y(quantiles.astype(np.float64)), frame.area.top(), frame.area.bottom())
            places.append((np.asarray(frame.x(steps), np.float64), up))
        accent, ground = self.theme.colour("accent"), self.theme.colour("surface")
        # All tensors at once: a path each would take most of the time.
        for outer, share in enumerate(BAND_SHARES):
            bands = [
                (np.concatenate([x, x[::-1]]), np.concatenate([up[:, outer], up[::-1, -1 - outer]]))
                for x, up in places
                if len(x) > 1
            ]
            painter.fillPath(polylines(bands), mixed(accent, ground, share))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self.theme.colour("text"), 1))
        painter.drawPath(polylines([(x, up[:, len(SHARES) // 2]) for x, up in places]))

    def _paint_edges(self, painter: QPainter, row: _Row, frame: Frame) -> None:
        trail = self._trails[row.name]
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self.theme.colour("border_strong"), 1))
        painter.drawLine(QPointF(frame.area.left(), frame.y(0.0)), QPointF(frame.area.right(), frame.y(0.0)))
        painter.drawRect(frame.area)
        if self._step < trail.last_step:
            painter.setPen(QPen(self.theme.colour("text"), 1))
            x = frame.x(self._step)
            painter.drawLine(QPointF(x, frame.area.top()), QPointF(x, frame.area.bottom()))

    def _paint_bars(self, painter: QPainter, frames: list[tuple[_Row, Frame, Frame]]) -> None:
        # On whole pixels: bars that are higher than one stand edge to edge.
        edges = np.round([frame.y(row.limit * _EDGES) for row, _, frame in frames])
        lengths = np.ceil([frame.x(row.counts[::-1]) - frame.area.x() for row, _, frame in frames])
        left, half = np.round([frame.area.x() for _, _, frame in frames]), BINS // 2
        above = bars(edges[:, : half + 1], lengths[:, :half], left, upright=False)
        painter.fillPath(above, positive(self.theme))
        below = bars(edges[:, half:], lengths[:, half:], left, upright=False)
        painter.fillPath(below, negative(self.theme))
        painter.setPen(QPen(self.theme.colour("border_strong"), 1))
        painter.drawLines([QLineF(frame.area.topLeft(), frame.area.bottomLeft()) for _, _, frame in frames])

    def _numbers_width(self) -> float:
        return self.theme.caption_px * 4.2

    def _columns(self) -> int:
        return 2 if self.width() >= self.theme.font_px * 50 and len(self.shown()) > 1 else 1


@VIEWS.register
class Weights(CanvasView):
    """The weights of every layer: their histogram now, and how it has changed."""

    title = str(QT_TRANSLATE_NOOP("LiveView", "Weights"))
    hint = str(
        QT_TRANSLATE_NOOP(
            "LiveView",
            "How the weights of each layer are spread over time (half of them in the darkest band) and now.",
        )
    )
    order = 30
    probe = staticmethod(_spreads)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self.spreads = SpreadCanvas(theme)
        super().__init__(theme, self.spreads, parent)
        self._kinds = QComboBox()
        self._kinds.setObjectName("weights_kind")
        self._kinds.setAccessibleName(self.tr("What is shown"))
        self._kinds.addItem(self.tr("Weights"), "weight")
        self._kinds.addItem(self.tr("Biases"), "bias")
        self._kinds.currentIndexChanged.connect(self._on_kind_changed)
        self.add_choice(self._kinds)
        self._table: ValueTable | None = None
        self._table_button = QPushButton(self.tr("Table..."))
        self._table_button.setObjectName("weights_table_button")
        self._table_button.setToolTip(self.tr("All values of a layer as a table, in a window of its own."))
        self._table_button.clicked.connect(self._on_table_wanted)
        self.add_control(self._table_button)

    def begin(self, project: Project, total_steps: int) -> None:
        """Forget the last run."""
        self.spreads.clear(total_steps)
        super().begin(project, total_steps)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the newest spreads."""
        arrays = dict(snapshot.arrays)
        self.spreads.show_spreads(snapshot.step, arrays)
        if self._table is not None and self._table.isVisible():
            self._table.offer([str(name) for name in arrays["tensor"]])
            if "table" in arrays:
                self._table.show_values(snapshot.step, arrays["table"])
        super().show_snapshot(snapshot)

    def set_theme(self, theme: Theme) -> None:
        """Take on another look."""
        super().set_theme(theme)
        if self._table is not None:
            self._table.set_theme(theme)

    def table_window(self) -> ValueTable | None:
        """The window with the table, once it was wanted."""
        return self._table

    @Slot()
    def _on_table_wanted(self) -> None:
        if self._table is None:
            self._table = ValueTable(self.theme, self)
            self._table.tensor_chosen.connect(self._on_tensor_chosen)
        self._table.show()
        self._table.raise_()
        if self.snapshot is not None:
            self._table.offer([str(name) for name in self.snapshot.arrays["tensor"]])
        self.ask(table=self._table.tensors.currentText())

    @Slot(str)
    def _on_tensor_chosen(self, name: str) -> None:
        self.ask(table=name)

    @Slot()
    def _on_kind_changed(self) -> None:
        self.spreads.kind = self._kinds.currentData()
        self.spreads.fit()
        self.spreads.update()
