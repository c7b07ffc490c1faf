"""Live view: one sample on its way through every layer, and the arithmetic behind any value."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QT_TRANSLATE_NOOP, QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from nnviz.core.measures.arithmetic import explain
from nnviz.core.probes import ProbeContext
from nnviz.core.snapshot import Snapshot
from nnviz.gui.document import Project
from nnviz.gui.spin_box import SpinBox
from nnviz.gui.style.theme import Theme
from nnviz.gui.views.base import VIEWS
from nnviz.gui.views.canvas import Canvas
from nnviz.gui.views.canvas_view import CanvasView
from nnviz.gui.views.explanation import Explained, draw_explanation
from nnviz.gui.views.layer_cells import INPUT, Cell, LayerCells

MOST_CHANNELS = 64
"""Feature maps of a layer that are shown."""

MOST_VALUES = 1024
"""Values of a vector that are shown."""


def _maps(
    context: ProbeContext, sample: int = 0, layer: str = "", index: tuple[int, ...] = ()
) -> dict[str, NDArray[Any]]:
    """What every layer makes of one sample, and what one value is made of.

    Args:
        context: The moment.
        sample: Number of the sample in the split that views look at.
        layer: Layer of the value that is to be explained, or empty for none.
        index: Its place.
    """
    split = context.split
    sample = min(sample, len(split) - 1)
    x = split.x[sample]
    activations = {name: values[0] for name, values in context.activations(x[None]).items()}
    result: dict[str, NDArray[Any]] = {
        "sample": np.array(sample),
        "samples": np.array(len(split)),
        "target": np.asarray(split.y[sample]),
        INPUT: x,
    }
    for name, values in activations.items():
        result[f"map.{name}"] = values[: MOST_CHANNELS if values.ndim == 3 else MOST_VALUES]
    if layer in activations and _lies_in(index, activations[layer].shape):
        traces = [trace for trace in context.network.trace() if trace.layer.enabled]
        found = explain(traces, activations, context.parameters, x, layer, index)
        result |= Explained.of(found, layer, index).to_arrays()
    return result


def _lies_in(index: tuple[int, ...], shape: tuple[int, ...]) -> bool:
    return len(index) == len(shape) and all(0 <= place < side for place, side in zip(index, shape, strict=True))


class MapsCanvas(Canvas):
    """The sample and the outputs of all layers, one cell each; a chosen value's arithmetic beside them.

    Attributes:
        chosen: Layer and place of the value that is explained, or None.

    Signals:
        value_chosen(str, tuple): Somebody wants to know about the value of this layer at this place; an empty name if
            about none any more.
    """

    value_chosen = Signal(str, object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.cells = LayerCells(theme)
        self.chosen: tuple[str, tuple[int, ...]] | None = None
        self.explained: Explained | None = None
        self.formulas: dict[str, str] = {}

    def clear(self, project: Project) -> None:
        """Forget everything: another run begins."""
        traces = [trace for trace in project.network.trace() if trace.layer.enabled]
        self.formulas = {trace.name: trace.layer.formula for trace in traces}
        self.cells.clear(traces, project.network.input_shape, project.dataset.classes)
        self.chosen = self.explained = None

    def show_maps(self, step: int, arrays: dict[str, NDArray[Any]]) -> None:
        """Show the newest outputs."""
        self.cells.show_values(step, arrays)
        self.explained = Explained.from_arrays(arrays)
        self.fit()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take on another look."""
        self.cells.set_theme(theme)
        super().set_theme(theme)

    def least_height(self) -> float:
        """So high that maps can be told apart."""
        if not hasattr(self, "cells"):
            return 0.0
        rows = self.cells.rows(self._cells_width())
        panel = 0.0 if self._beside() or self.explained is None else self.theme.caption_px * 20.0
        return rows * self.theme.caption_px * 7.0 + panel

    def cells_area(self) -> QRectF:
        """Where the layers stand."""
        if self.explained is None:
            return QRectF(self.rect())
        if self._beside():
            return QRectF(0, 0, self._cells_width(), self.height())
        return QRectF(0, 0, self.width(), self.height() - self.theme.caption_px * 20.0)

    def panel_area(self) -> QRectF:
        """Where the arithmetic stands; empty if there is none."""
        area = self.cells_area()
        if self.explained is None:
            return QRectF()
        gap = 2 * self.theme.space
        if self._beside():
            return QRectF(area.right() + gap, 0, self.width() - area.right() - gap, self.height())
        return QRectF(0, area.bottom() + gap / 2, self.width(), self.height() - area.bottom() - gap / 2)

    def text_at(self, place: QPointF) -> str:
        """The value under the mouse."""
        found = self.cells.at(self.cells_area(), place)
        if found is None:
            return ""
        cell, index = found
        return self.cells.value_text(cell, index)

    def ground_key(self) -> object:
        """Names, shapes and scales of the layers."""
        area = self.cells_area()
        return self.cells.texts(), area.width(), area.height()

    def paint_ground(self, painter: QPainter) -> None:
        """Paint names, shapes and scales of the layers."""
        self.cells.paint_texts(painter, self.cells_area(), self)

    def paint(self, painter: QPainter) -> None:
        """Paint the cells and the arithmetic."""
        self.cells.paint(painter, self.cells_area(), self)
        if self.explained is not None:
            self.cells.mark(painter, self.cells_area(), self.explained)
            draw_explanation(painter, self.panel_area(), self, self.explained, self.formulas)

    def choose(self, layer: str, index: tuple[int, ...]) -> None:
        """Ask for the arithmetic of a value; an empty name asks for none."""
        self.chosen = (layer, index) if layer else None
        if not layer:
            self.explained = None
            self.fit()
            self.update()
        self.value_chosen.emit(layer, index)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self.cells.at(self.cells_area(), event.position())
        if event.button() == Qt.MouseButton.LeftButton and found is not None and found[0].name != INPUT:
            self.choose(found[0].name, found[1])
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.chosen is not None:
            self.choose("", ())
            return
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -2, Qt.Key.Key_Down: 2}
        step = steps.get(Qt.Key(event.key()))
        cell = self._cell(step is not None)
        if step is None or cell is None:
            super().keyPressEvent(event)
            return
        if self.chosen is None:
            self.choose(cell.name, tuple(0 for _ in cell.values.shape))
            return
        self.choose(cell.name, self.cells.moved(self.cells_area(), cell, self.chosen[1], step))

    def _cell(self, wanted: bool) -> Cell | None:
        if not wanted:
            return None
        if self.chosen is not None:
            return next((cell for cell in self.cells.cells if cell.name == self.chosen[0]), None)
        return next((cell for cell in self.cells.cells if cell.name != INPUT), None)

    def _beside(self) -> bool:
        return self.width() >= self.theme.font_px * 45

    def _cells_width(self) -> float:
        panel = min(max(self.theme.caption_px * 30.0, self.width() * 0.4), self.width() * 0.55)
        return self.width() - panel if self.explained is not None and self._beside() else float(self.width())


@VIEWS.register
class FeatureMaps(CanvasView):
    """One sample through every layer; a click on a value shows how it came about."""

    title = str(QT_TRANSLATE_NOOP("LiveView", "Feature maps"))
    hint = str(
        QT_TRANSLATE_NOOP(
            "LiveView",
            "What each layer makes of one sample. Click a value to see the arithmetic behind it: what the filter sees, "
            "its weights, the sum, the activation.",
        )
    )
    order = 60
    probe = staticmethod(_maps)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self.maps = MapsCanvas(theme)
        super().__init__(theme, self.maps, parent)
        self._sample = SpinBox()
        self._sample.setObjectName("feature_maps_sample")
        self._sample.setPrefix(self.tr("Sample "))
        self._sample.setAccessibleName(self.tr("Number of the sample"))
        self._sample.setRange(1, 1)
        self._sample.setWrapping(True)
        self._sample.valueChanged.connect(self._on_sample_changed)
        self.add_control(self._sample)
        self.maps.value_chosen.connect(self._on_value_chosen)

    def begin(self, project: Project, total_steps: int) -> None:
        """Forget the last run; the same sample is followed if there is such a one."""
        self.maps.clear(project)
        self._ask()
        super().begin(project, total_steps)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the newest outputs."""
        arrays = dict(snapshot.arrays)
        self._sample.blockSignals(True)
        self._sample.setMaximum(int(arrays["samples"]))
        self._sample.blockSignals(False)
        self.maps.show_maps(snapshot.step, arrays)
        super().show_snapshot(snapshot)

    def follow_sample(self, sample: int) -> None:
        """Show another sample, by its number in the data that views look at."""
        self._sample.blockSignals(True)
        self._sample.setMaximum(max(self._sample.maximum(), sample + 1))
        self._sample.setValue(sample + 1)
        self._sample.blockSignals(False)
        self._ask()

    def _ask(self) -> None:
        layer, index = self.maps.chosen or ("", ())
        self.ask(sample=self._sample.value() - 1, layer=layer, index=index)

    @Slot()
    def _on_sample_changed(self) -> None:
        self._ask()

    @Slot(str, object)
    def _on_value_chosen(self, layer: str, index: tuple[int, ...]) -> None:
        self._ask()
