"""Live view: which steps of the input an output depends on, output steps down and input steps across."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QT_TRANSLATE_NOOP, QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from nnviz.core.probes import ProbeContext
from nnviz.core.recurrent_seen import influence
from nnviz.core.snapshot import Snapshot
from nnviz.gui.document import Project
from nnviz.gui.style.colours import negative, positive
from nnviz.gui.style.theme import Theme
from nnviz.gui.views.axes import Frame, draw_upright, draw_upright_label, number_text
from nnviz.gui.views.base import VIEWS
from nnviz.gui.views.canvas import Canvas
from nnviz.gui.views.pixels import draw_image, signed_image
from nnviz.gui.views.recurrent import InputStrip, RecurrentView, draw_time, step_at, symbol_text, time_frame


def _influence(context: ProbeContext, sample: int = 0) -> dict[str, NDArray[Any]]:
    return influence(context, sample)


class InfluenceCanvas(Canvas):
    """The input, below it the influences of one row as bars, and below these all rows as a heat map.

    Attributes:
        arrays: What is shown, or nothing yet.
        chosen: Place of the row that was clicked, or None.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.clear((), ())

    def clear(self, symbols: tuple[str, ...], classes: tuple[str, ...]) -> None:
        """Forget everything: another run begins.

        Args:
            symbols: Names of the symbols that enter, or none.
            classes: Names of the classes that are told apart, or none.
        """
        self.arrays: dict[str, NDArray[Any]] = {}
        self.chosen: int | None = None
        self._hovered: int | None = None
        self._strip = InputStrip(symbols)
        self._classes = tuple(map(symbol_text, classes))
        self._image: QImage | None = None

    def show_influence(self, arrays: dict[str, NDArray[Any]]) -> None:
        """Show the newest influences."""
        self.arrays, self._image = arrays, None
        if self.chosen is not None and self.chosen >= len(arrays["row"]):
            self.chosen = None
        self.fit()
        self.update()

    @property
    def row(self) -> int:
        """Place of the row whose influences are drawn as bars: pointed at, else chosen, else the last."""
        rows = len(self.arrays["row"])
        named = self._hovered if self._hovered is not None else self.chosen
        return rows - 1 if named is None else min(named, rows - 1)

    @property
    def steps(self) -> int:
        """Steps of the longest sequence."""
        return int(self.arrays["influence"].shape[1])

    def relative(self) -> NDArray[np.float64]:
        """Influences as shares of the largest one of their row, (outputs, T)."""
        values = np.asarray(self.arrays["influence"], np.float64)
        largest = np.nanmax(np.abs(values), axis=1, keepdims=True, initial=0.0)
        return np.asarray(values / np.where(largest > 0, largest, 1.0))

    def least_height(self) -> float:
        """So high that input, bars and rows can be seen."""
        if not getattr(self, "arrays", None):
            return 0.0
        return self.strip_frame().area.bottom() + 10.5 * self.theme.caption_px + 4.5 * self._line()

    def strip_frame(self) -> Frame:
        """Where the input stands."""
        return self._at(self._line(), self._strip.height(self.theme, self.arrays["x"].shape[1]))

    def bars_frame(self) -> Frame:
        """Where the influences of one row stand, from -1 to 1 of its largest."""
        top = self.strip_frame().area.bottom() + self._line()
        least = 4.5 * self.theme.caption_px
        # Few rows need little room, and leave it to the bars.
        rows = 2.4 * self.theme.caption_px * len(self.arrays["row"])
        frame = self._at(top, max(least, self.height() - top - rows - 3.5 * self._line()))
        return time_frame(frame.area, self.steps, -1.05, 1.05)

    def map_frame(self) -> Frame:
        """Where all rows stand, the first one on top."""
        top = self.bars_frame().area.bottom() + 1.2 * self._line()
        frame = self._at(top, max(4.0, self.height() - top - 2.3 * self._line()))
        return time_frame(frame.area, self.steps, len(self.arrays["row"]) - 0.5, -0.5)

    def row_at(self, place: QPointF) -> int | None:
        """Place of the row under a point."""
        frame = self.map_frame()
        if not frame.area.contains(place):
            return None
        return int(np.clip(round(frame.value_at(place)[1]), 0, len(self.arrays["row"]) - 1))

    def row_text(self, row: int) -> str:
        """What a row is about."""
        number, answer = int(self.arrays["row"][row]), int(self.arrays["answer"][row])
        named = self._classes[answer] if 0 <= answer < len(self._classes) else ""
        if bool(self.arrays["every_step"]):
            if named:
                return self.tr("answer {0} at step {1}").format(named, number + 1)
            return self.tr("value at step {0}").format(number + 1)
        return self.tr("class {0}").format(named) if named else self.tr("value {0}").format(number + 1)

    def text_at(self, place: QPointF) -> str:
        """An influence in numbers."""
        if not self.arrays:
            return ""
        strip, bars = self.strip_frame(), self.bars_frame()
        step = step_at(bars, place, self.steps)
        if strip.area.contains(place):
            return self._strip.text(self.arrays["x"], step, (place.y() - strip.area.y()) / strip.area.height())
        row = self.row if bars.area.contains(place) else self.row_at(place)
        if row is None:
            return ""
        if step >= int(self.arrays["length"]):
            return self.tr("Step {0}: the sequence is over").format(step + 1)
        value = number_text(float(self.arrays["influence"][row, step]))
        text = self.tr("Influence of input step {0} on {1}: {2}")
        return text.format(step + 1, self.row_text(row), value)

    def pointed_at(self, place: QPointF | None) -> None:
        """Show the row under the mouse as bars."""
        row = self.row_at(place) if place is not None and self.arrays else None
        if row != self._hovered:
            self._hovered = row
            self.update()

    def ground_key(self) -> object:
        """Axes."""
        if not self.arrays:
            return ()
        return self.steps, self.arrays["row"].tobytes(), bool(self.arrays["every_step"]), self.arrays["x"].shape

    def paint_ground(self, painter: QPainter) -> None:
        """Paint titles and axes."""
        if not self.arrays:
            return
        theme, line = self.theme, self._line()
        painter.setFont(self.type(theme.caption_px, bold=True))
        strip, area = self.strip_frame().area, self.map_frame().area
        self.write(painter, QRectF(strip.x(), strip.y() - line, strip.width(), line), self.tr("Input"), "text")
        painter.setFont(self.caption)
        frame = self.map_frame()
        every_step = bool(self.arrays["every_step"])
        rows = self.arrays["row"].tolist()
        most = max(2, int(area.height() / (1.5 * theme.caption_px)))
        places = list(range(0, len(rows), max(1, -(-len(rows) // most))))
        names = [
            self._classes[rows[place]] if not every_step and rows[place] < len(self._classes) else str(rows[place] + 1)
            for place in places
        ]
        draw_upright(painter, frame, theme, places, names, grid=False)
        beside = QRectF(0, area.y(), 1.5 * theme.caption_px, area.height())
        classes = bool(self._classes) and not every_step
        label = self.tr("Output step") if every_step else self.tr("Class") if classes else self.tr("Output")
        if painter.fontMetrics().horizontalAdvance(label) <= area.height():
            draw_upright_label(painter, beside, theme, label)
        draw_time(painter, frame, theme, self.steps, self.tr("Input step"))

    def paint(self, painter: QPainter) -> None:
        """Paint the input, the bars of one row, and all rows."""
        if not self.arrays:
            return
        theme, line = self.theme, self._line()
        relative = self.relative()
        self._strip.paint(painter, self.strip_frame(), self.arrays["x"], theme)
        bars = self.bars_frame()
        head = QRectF(bars.area.x(), bars.area.y() - line, bars.area.width(), line)
        painter.setFont(self.type(theme.caption_px, bold=True))
        self.write(painter, head, self.tr("Influence on {0}").format(self.row_text(self.row)), "text")
        painter.setFont(self.caption)
        painter.setPen(QPen(theme.colour("border_strong"), 1))
        painter.drawLine(QLineF(bars.area.left(), bars.y(0.0), bars.area.right(), bars.y(0.0)))
        wide = bars.area.width() / self.steps
        for step, share in enumerate(relative[self.row].tolist()):
            if np.isfinite(share) and share:
                top, bottom = sorted((float(bars.y(share)), float(bars.y(0.0))))
                bar = QRectF(bars.area.x() + step * wide + 0.1 * wide, top, max(1.0, 0.8 * wide), bottom - top)
                painter.fillRect(bar, positive(theme) if share > 0 else negative(theme))
        frame = self.map_frame()
        if self._image is None:
            self._image = signed_image(relative, 1.0, theme)
        draw_image(painter, frame.area, self._image)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour("border"), 1))
        painter.drawRect(frame.area)
        high = frame.area.height() / len(relative)
        mark = QRectF(frame.area.x(), frame.area.y() + self.row * high, frame.area.width(), high)
        painter.setPen(QPen(theme.colour("accent"), 1.5))
        painter.drawRect(mark.adjusted(-1, -1, 1, 1))

    def set_theme(self, theme: Theme) -> None:
        """Take on another look."""
        self._image = None
        super().set_theme(theme)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self.row_at(event.position()) if self.arrays else None
        if event.button() == Qt.MouseButton.LeftButton and row is not None:
            self.chosen = row
            self.update()
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        move = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if move is None or not self.arrays:
            super().keyPressEvent(event)
            return
        self.chosen = int(np.clip(self.row + move, 0, len(self.arrays["row"]) - 1))
        self._hovered = None
        self.update()

    def _at(self, top: float, height: float) -> Frame:
        theme = self.theme
        left = 5.0 * theme.caption_px
        area = QRectF(round(left), round(top), round(self.width() - left - 1.5 * theme.caption_px), round(height))
        return time_frame(area, self.steps)

    def _line(self) -> float:
        return self.theme.caption_px * 1.6


@VIEWS.register
class Influence(RecurrentView):
    """Gradient times input of every output, step by step: how far back the network looks."""

    title = str(QT_TRANSLATE_NOOP("LiveView", "Influence"))
    hint = str(
        QT_TRANSLATE_NOOP(
            "LiveView",
            "Which input steps an output depends on: gradient times input, each row relative to its largest. Blue "
            "speaks for the answer, orange against it. Point at a row to see it under the input.",
        )
    )
    order = 65
    by_cell = False
    probe = staticmethod(_influence)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self.influence = InfluenceCanvas(theme)
        super().__init__(theme, self.influence, parent)

    def begin(self, project: Project, total_steps: int) -> None:
        """Forget the last run; the same sample is followed if there is such a one."""
        self.influence.clear(project.dataset.symbol_names, project.dataset.classes)
        super().begin(project, total_steps)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the newest influences."""
        self.set_samples(int(snapshot.arrays["samples"]))
        self.influence.show_influence(dict(snapshot.arrays))
        super().show_snapshot(snapshot)

    def table(self) -> list[Sequence[object]]:
        """Every influence: output, input step, value."""
        if self.snapshot is None:
            return []
        arrays = self.snapshot.arrays
        rows: list[Sequence[object]] = [("sample", "output", "input step", "influence")]
        for number, values in zip(arrays["row"].tolist(), arrays["influence"], strict=True):
            for step in range(int(arrays["length"])):
                rows.append((int(arrays["sample"]) + 1, number + 1, step + 1, float(values[step])))
        return rows
