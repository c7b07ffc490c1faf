"""What the views of recurrent networks share: whom they are for, which sample and cell is chosen, the input in time."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QLineF, QPointF, QRectF, Qt, Slot
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QComboBox, QWidget

from nnviz.core.recurrent_seen import Place, places, recurrent_layers
from nnviz.core.training.make_trainer import learns_by_contrast
from nnviz.gui.document import Project
from nnviz.gui.spin_box import SpinBox
from nnviz.gui.style.colours import class_colour, positive
from nnviz.gui.style.theme import Theme
from nnviz.gui.views.axes import Frame, draw_across, number_text, round_ticks
from nnviz.gui.views.canvas import Canvas, write_line
from nnviz.gui.views.canvas_view import CanvasView
from nnviz.gui.views.pixels import draw_image, rgb_image, share_image, signed_image

SYMBOL_ALIASES = {" ": "␣", "\n": "↵", "\t": "⇥"}
"""How characters are shown that would not be seen."""


def has_recurrent_layers(project: Project) -> bool:
    """Whether a project's network has recurrent layers that learn from a loss."""
    return bool(recurrent_layers(project.network)) and not learns_by_contrast(project.network, project.training)


def place_title(place: Place) -> str:
    """Name of a cell for people: the layer's, with its level and direction where there are several."""
    title = place.layer
    if place.spec.layers > 1:
        title = QCoreApplication.translate("Recurrent", "{0}, cell {1}").format(title, place.level + 1)
    if place.backwards:
        title = QCoreApplication.translate("Recurrent", "{0}, backwards").format(title)
    elif place.spec.bidirectional:
        title = QCoreApplication.translate("Recurrent", "{0}, forwards").format(title)
    return title


def symbol_text(name: str) -> str:
    """A symbol as it is shown."""
    return SYMBOL_ALIASES.get(name, name)


def time_frame(area: QRectF, steps: int, low: float = 0.0, high: float = 1.0) -> Frame:
    """A frame whose steps, from 1, have equal widths; the numbers stand in their middles."""
    return Frame(area, 0.5, steps + 0.5, low, high)


def step_at(frame: Frame, place: QPointF, steps: int) -> int:
    """Step under a point of a time frame, from 0."""
    return int(np.clip(round(frame.value_at(place)[0]) - 1, 0, steps - 1))


def draw_time(painter: QPainter, frame: Frame, theme: Theme, steps: int, label: str) -> None:
    """The axis of time below a frame."""
    ticks = round_ticks(1, steps, max(2, int(frame.area.width() / (5 * theme.caption_px))))
    # Steps are counted from 1, and there are no halves of them.
    apart = ticks[1] - ticks[0] if len(ticks) > 1 else 1.0
    ticks = [1.0, *(tick for tick in ticks if tick - 1 > 0.6 * apart and tick == round(tick))]
    draw_across(painter, frame, theme, ticks, [f"{tick:,.0f}" for tick in ticks], label)


class InputStrip:
    """A sequence in time: letters, a curve of single values, or a picture with a row per value.

    Args:
        symbols: Names of the symbols, where the input is their numbers.
    """

    def __init__(self, symbols: tuple[str, ...]) -> None:
        self.symbols = tuple(map(symbol_text, symbols))

    def height(self, theme: Theme, values: int) -> float:
        """How high it wants to be for so many values per step."""
        if self.symbols:
            return theme.caption_px * 1.6
        return theme.caption_px * (3.0 if values == 1 else min(6.0, max(2.4, 0.45 * values)))

    def paint(self, painter: QPainter, frame: Frame, x: NDArray[np.float32], theme: Theme) -> None:
        """Paint a sequence, (T, F), into a time frame."""
        area = frame.area
        wide = area.width() / max(1, len(x))
        if self.symbols:
            numbers = x[:, 0]
            known = np.flatnonzero(~np.isnan(numbers))
            codes = np.clip(np.round(np.nan_to_num(numbers)).astype(int), 0, len(self.symbols) - 1)
            if wide >= 0.85 * theme.caption_px:
                painter.setPen(theme.colour("text"))
                for step in known.tolist():
                    box = QRectF(area.x() + step * wide, area.y(), wide, area.height())
                    write_line(painter, box, self.symbols[codes[step]], Qt.AlignmentFlag.AlignHCenter)
                return
            colours = np.array([_rgb(theme.colour("surface"))] * len(x), np.uint8)
            table = np.array([_rgb(class_colour(theme, code)) for code in range(10)], np.uint8)
            colours[known] = table[codes[known] % 10]
            draw_image(painter, area, rgb_image(colours[None]))
        elif x.shape[1] == 1:
            known = np.isfinite(x[:, 0])
            values = x[known, 0]
            low, high = (float(values.min()), float(values.max())) if len(values) else (0.0, 1.0)
            curve = time_frame(area.adjusted(0, 2, 0, -2), len(x), low, high if high > low else low + 1.0)
            if low < 0 < high:
                painter.setPen(QPen(theme.colour("border"), 1))
                painter.drawLine(QLineF(area.left(), curve.y(0.0), area.right(), curve.y(0.0)))
            painter.setPen(QPen(positive(theme), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            if len(values):
                painter.drawPath(curve.line(np.flatnonzero(known) + 1.0, values))
        else:
            draw_image(painter, area, values_image(x, theme))
        painter.setPen(QPen(theme.colour("border"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(area)

    def text(self, x: NDArray[np.float32], step: int, share: float) -> str:
        """The value of a step in words, or all of them where there are few.

        Args:
            x: The sequence, (T, F).
            step: Which step, from 0.
            share: How far down the mouse is, from 0 to 1: which of many values is meant.
        """
        values = x[step]
        if np.isnan(values[0]):
            return QCoreApplication.translate("Recurrent", "Step {0}: the sequence is over").format(step + 1)
        if self.symbols:
            text = self.symbols[int(np.clip(round(float(values[0])), 0, len(self.symbols) - 1))]
        elif len(values) <= 4:
            text = ", ".join(number_text(float(value)) for value in values)
        else:
            row = int(np.clip(share * len(values), 0, len(values) - 1))
            template = QCoreApplication.translate("Recurrent", "Step {0}, input {1}: {2}")
            return template.format(step + 1, row + 1, number_text(float(values[row])))
        return QCoreApplication.translate("Recurrent", "Step {0}, input: {1}").format(step + 1, text)


def values_image(x: NDArray[np.float32], theme: Theme) -> Any:
    """A sequence (T, F) as a picture with time across: signed values around zero, others as shares of the largest."""
    values = np.asarray(x, np.float32).T
    known = values[np.isfinite(values)]
    largest = float(np.abs(known).max(initial=0.0)) or 1.0
    if len(known) and known.min() < 0:
        return signed_image(values, largest, theme)
    return share_image(values / largest, theme)


def _rgb(colour: Any) -> tuple[int, int, int]:
    return colour.red(), colour.green(), colour.blue()


class RecurrentView(CanvasView):
    """A live view of recurrent layers, which follows one sample through one cell.

    Attributes:
        by_sample: Whether it shows a single sample, which then can be chosen.
        by_cell: Whether it shows a single cell, which then can be chosen where there are several.
    """

    by_sample = True
    by_cell = True
    least_gap_s = 0.2

    @classmethod
    def applies_to(cls, project: Project) -> bool:
        """Only networks with recurrent layers."""
        return has_recurrent_layers(project)

    def __init__(self, theme: Theme, canvas: Canvas, parent: QWidget | None = None) -> None:
        super().__init__(theme, canvas, parent)
        self._places: list[Place] = []
        self._cell = QComboBox()
        self._cell.setObjectName(f"{self.name}_cell")
        self._cell.setAccessibleName(self.tr("Cell"))
        self._cell.setToolTip(self.tr("Which cell is looked into: its layer, level and direction."))
        self._cell.currentIndexChanged.connect(self._on_cell_changed)
        self._sample = SpinBox()
        self._sample.setObjectName(f"{self.name}_sample")
        self._sample.setPrefix(self.tr("Sample "))
        self._sample.setAccessibleName(self.tr("Number of the sample"))
        self._sample.setRange(1, 1)
        self._sample.setWrapping(True)
        self._sample.valueChanged.connect(self._on_sample_changed)
        if self.by_cell:
            self.add_choice(self._cell)
        if self.by_sample:
            self.add_control(self._sample)

    @property
    def place(self) -> Place | None:
        """The chosen cell."""
        index = self._cell.currentIndex()
        return self._places[index] if 0 <= index < len(self._places) else None

    def begin(self, project: Project, total_steps: int) -> None:
        """Forget the last run, and offer the cells of this one."""
        self._places = places(project.network) if self.applies_to(project) else []
        before = self._cell.currentText()
        self._cell.blockSignals(True)
        self._cell.clear()
        for place in self._places:
            self._cell.addItem(place_title(place))
        self._cell.setCurrentIndex(max(0, self._cell.findText(before)))
        self._cell.blockSignals(False)
        self._cell.setEnabled(len(self._places) > 1)
        self.place_changed()
        self.ask_again()
        super().begin(project, total_steps)

    def place_changed(self) -> None:
        """Called when another cell is looked into."""

    def parameters(self) -> dict[str, Any]:
        """What the probe is asked with."""
        place = self.place
        result: dict[str, Any] = {"sample": self._sample.value() - 1} if self.by_sample else {}
        if self.by_cell and place is not None:
            result |= {"layer": place.layer, "level": place.level, "backwards": place.backwards}
        return result

    def ask_again(self) -> None:
        """Ask the probe with what is chosen now."""
        self.ask(**self.parameters())

    def set_samples(self, samples: int) -> None:
        """Let one of so many samples be chosen."""
        self._sample.blockSignals(True)
        self._sample.setMaximum(max(1, samples))
        self._sample.blockSignals(False)

    def follow_sample(self, sample: int) -> None:
        """Show another sample, by its number in the data that views look at."""
        if not self.by_sample or sample + 1 == self._sample.value():
            return
        self._sample.blockSignals(True)
        self._sample.setMaximum(max(self._sample.maximum(), sample + 1))
        self._sample.setValue(sample + 1)
        self._sample.blockSignals(False)
        self.ask_again()

    @Slot()
    def _on_cell_changed(self) -> None:
        self.place_changed()
        self.ask_again()

    @Slot()
    def _on_sample_changed(self) -> None:
        self.ask_again()
        # The views of recurrent layers are looked at together.
        self.sample_chosen.emit(self._sample.value() - 1)
