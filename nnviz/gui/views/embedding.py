"""Live view: the hidden activations of samples as a map in which similar ones lie together."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QT_TRANSLATE_NOOP, QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QComboBox, QPushButton, QWidget

from nnviz.core.measures.neighbours import neighbour_map
from nnviz.core.measures.principal import follow, principal_components
from nnviz.core.measures.trail import Trail
from nnviz.core.network import NetworkSpec
from nnviz.core.probes import ProbeContext
from nnviz.core.snapshot import Failure, Snapshot
from nnviz.gui.background import Background
from nnviz.gui.document import Project
from nnviz.gui.style.colours import class_colour, diverging_colour
from nnviz.gui.style.theme import Theme
from nnviz.gui.views.axis_range import GrowingRange
from nnviz.gui.views.base import VIEWS
from nnviz.gui.views.canvas import Canvas
from nnviz.gui.views.canvas_view import CanvasView
from nnviz.gui.views.pixels import draw_image, fitted, sample_image

CLASS_COLOURS = 10
"""Classes that are told apart by colour; of more, colours come again and the class is said by the mouse."""


def vector_layers(network: NetworkSpec) -> list[str]:
    """The layers whose output is a vector of at least two values: what is mapped."""
    return [
        trace.name
        for trace in network.trace()
        if trace.layer.enabled and trace.leaves is not None and trace.leaves.is_vector and trace.leaves.size > 1
    ]


def last_hidden(network: NetworkSpec) -> str:
    """The layer whose output enters the last layer that learns; the input of the answer. Empty if there is none."""
    traces = [trace for trace in network.trace() if trace.layer.enabled]
    learning = [n for n, trace in enumerate(traces) if trace.arrives and trace.layer.parameter_shapes(trace.arrives)]
    names = vector_layers(network)
    before = [trace.name for trace in traces[: learning[-1] if learning else 0] if trace.name in names]
    return before[-1] if before else (names[-1] if names else "")


def _embedding(context: ProbeContext, layer: str = "", values: bool = False) -> dict[str, NDArray[Any]]:
    """Samples along the two directions in which a layer's outputs differ most.

    Args:
        context: The moment.
        layer: Which layer; the last hidden one by default.
        values: Whether the outputs themselves are wanted too.
    """
    layer = layer if layer in context.layer_names else last_hidden(context.network)
    activations = context.seen(layer)
    coordinates, shares = principal_components(activations)
    result: dict[str, NDArray[Any]] = {
        "layer": np.array(layer),
        "coordinates": coordinates.astype(np.float32),
        "shares": shares,
        "targets": context.samples.y,
        "x": context.samples.x,
    }
    if values:
        result["values"] = activations
    return result


class EmbeddingCanvas(Canvas):
    """Samples as dots, coloured by their class; the one under the mouse is shown.

    Attributes:
        coordinates: Where they lie, (N, 2).

    Signals:
        sample_chosen(int): This sample is to be followed.
    """

    sample_chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.clear(())

    def clear(self, classes: tuple[str, ...]) -> None:
        """Forget everything: another run begins."""
        self.classes = classes
        self.coordinates = np.empty((0, 2))
        self.title = ""
        self._targets: NDArray[Any] = np.empty(0)
        self._x: NDArray[np.float32] = np.empty(0, np.float32)
        self._range = GrowingRange(1.0, empty=1.5)
        self._pointed: int | None = None
        self._picture = QImage()

    def show_map(
        self, step: int, coordinates: NDArray[Any], targets: NDArray[Any], x: NDArray[np.float32], title: str
    ) -> None:
        """Show another map of samples.

        Args:
            step: Its step.
            coordinates: (N, 2).
            targets: Classes or values, (N,) or (N, outputs).
            x: The samples.
            title: What the map is.
        """
        middle = coordinates.mean(axis=0) if len(coordinates) else np.zeros(2)
        self.coordinates = coordinates - middle
        self._targets, self._x, self.title = targets, x, title
        self._range.follow(float(np.abs(self.coordinates).max(initial=0)), step)
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take on another look."""
        super().set_theme(theme)
        self._picture = self._picture_of(self._pointed)

    def area(self) -> QRectF:
        """The square of the map."""
        line = self.theme.caption_px * 1.5
        legend = self._legend_width()
        side = max(10.0, min(self.width() - legend - self.theme.space, self.height() - line - 2))
        spare = max(0.0, self.width() - legend - self.theme.space - side)
        return QRectF(spare / 2, line, side, side)

    def places(self) -> NDArray[np.float64]:
        """Where the dots are, (N, 2)."""
        area = self.area()
        scale = area.width() / 2 / (1.06 * self._range.end)
        middle = np.array([area.center().x(), area.center().y()])
        return np.asarray(middle + self.coordinates * np.array([scale, -scale]), np.float64)

    def nearest(self, place: QPointF) -> int | None:
        """The sample whose dot is under the mouse."""
        if not len(self.coordinates):
            return None
        far = np.hypot(*(self.places() - [place.x(), place.y()]).T)
        return int(far.argmin()) if far.min() <= self.theme.caption_px * 0.7 else None

    def pointed_at(self, place: QPointF | None) -> None:
        """Show the sample there."""
        pointed = None if place is None else self.nearest(place)
        if pointed != self._pointed:
            self._pointed = pointed
            self._picture = self._picture_of(pointed)
            self.update()

    def text_at(self, place: QPointF) -> str:
        """Which sample it is."""
        number = self.nearest(place)
        if number is None:
            return ""
        return self.tr("Sample {0}: {1}. Click to follow it through the network.").format(
            number + 1, self._target_text(number)
        )

    def paint(self, painter: QPainter) -> None:
        """Paint dots, legend and the sample under the mouse."""
        theme, line, area = self.theme, self.theme.caption_px * 1.4, self.area()
        self.write(painter, QRectF(0, 0, self.width(), line), self.title)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour("border"), 1))
        painter.drawRect(area)
        if not len(self.coordinates):
            return
        size = max(4.0, min(8.0, area.width() / 45))
        places = self.places()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        groups = self._groups()
        for value in np.unique(groups).tolist():
            dots = QPolygonF([QPointF(x, y) for x, y in places[groups == value].tolist()])
            painter.setPen(QPen(self._colour(value), size, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawPoints(dots)
        if self._pointed is not None and self._pointed < len(places):
            self._paint_pointed(painter, QPointF(*places[self._pointed].tolist()), size)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        self._paint_legend(painter, area)

    def _paint_pointed(self, painter: QPainter, at: QPointF, size: float) -> None:
        theme = self.theme
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour("text"), 2))
        painter.drawEllipse(at, size * 0.9, size * 0.9)
        if self._picture.isNull():
            return
        side = theme.caption_px * 6.0
        x = at.x() + size * 2 if at.x() < self.width() / 2 else at.x() - size * 2 - side
        box = QRectF(x, min(max(0.0, at.y() - side / 2), self.height() - side), side, side)
        picture = fitted(box, self._picture.width(), self._picture.height())
        draw_image(painter, picture, self._picture)
        painter.setPen(QPen(theme.colour("border_strong"), 1))
        painter.drawRect(picture)

    def _paint_legend(self, painter: QPainter, area: QRectF) -> None:
        if not self.classes:
            return
        line = self.theme.caption_px * 1.5
        left = self.width() - self._legend_width() + self.theme.space
        side = self.theme.caption_px * 0.75
        for number, name in enumerate(self.classes[:CLASS_COLOURS]):
            row = QRectF(left, area.y() + number * line, self.width() - left, line)
            painter.fillRect(QRectF(left, row.center().y() - side / 2, side, side), class_colour(self.theme, number))
            self.write(painter, row.adjusted(side * 1.6, 0, 0, 0), name, "text")

    def _legend_width(self) -> float:
        if not self.classes:
            return 0.0
        metrics = self.fontMetrics()
        widest = max(metrics.horizontalAdvance(name) for name in self.classes[:CLASS_COLOURS])
        return min(float(widest), self.theme.caption_px * 9.0) + self.theme.caption_px * 2 + self.theme.space

    def _picture_of(self, number: int | None) -> QImage:
        is_picture = self._x.ndim == 4 and self._x.shape[1] in (1, 3)
        return sample_image(self._x[number], self.theme) if number is not None and is_picture else QImage()

    def _groups(self) -> NDArray[Any]:
        """What decides on the colour of each sample: its class, or its value in steps."""
        if self.classes:
            return np.asarray(self._targets)
        values = np.asarray(self._targets, np.float64).reshape(len(self.coordinates), -1)[:, 0]
        end = float(np.abs(values).max(initial=0)) or 1.0
        return np.asarray(np.round(values / end * 8) / 8)

    def _colour(self, group: float) -> QColor:
        return class_colour(self.theme, int(group)) if self.classes else diverging_colour(self.theme, group)

    def _target_text(self, number: int) -> str:
        if self.classes:
            return self.classes[int(self._targets[number])]
        return ", ".join(f"{value:.4g}" for value in np.atleast_1d(self._targets[number]).tolist())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        number = self.nearest(event.position())
        if event.button() == Qt.MouseButton.LeftButton and number is not None:
            self.sample_chosen.emit(number)
        super().mousePressEvent(event)


@VIEWS.register
class Embedding(CanvasView):
    """What a hidden layer makes of samples, as a map: by principal components all the time, by t-SNE on demand."""

    title = str(QT_TRANSLATE_NOOP("LiveView", "Embedding"))
    hint = str(
        QT_TRANSLATE_NOOP(
            "LiveView",
            "Each dot is a sample, placed by what a hidden layer makes of it: classes that the network tells apart lie "
            "apart. Point at a dot to see the sample.",
        )
    )
    order = 100
    probe = staticmethod(_embedding)

    @classmethod
    def applies_to(cls, project: Project) -> bool:
        """Only networks in which a layer gives a vector."""
        return bool(vector_layers(project.network))

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self.map = EmbeddingCanvas(theme)
        super().__init__(theme, self.map, parent)
        self._maps = Trail()
        self._wanted = False
        self._neighbours: NDArray[np.float64] | None = None
        self._mapped_step = 0
        self._run = 0
        self._background = Background(self)
        self._background.done.connect(self._on_mapped)
        self._background.failed.connect(self._on_map_failed)
        self._layers = QComboBox()
        self._layers.setObjectName("embedding_layer")
        self._layers.setAccessibleName(self.tr("Layer"))
        self._layers.currentIndexChanged.connect(self._on_layer_changed)
        self._button = QPushButton(self.tr("t-SNE"))
        self._button.setObjectName("embedding_tsne")
        self._button.setCheckable(True)
        self._button.setToolTip(
            self.tr("Map the samples as they are now so that neighbours stay neighbours. Takes a few seconds.")
        )
        self._button.toggled.connect(self._on_button_toggled)
        self.add_choice(self._layers)
        self.add_control(self._button)
        self.map.sample_chosen.connect(self.sample_chosen)

    def begin(self, project: Project, total_steps: int) -> None:
        """Forget the last run, and offer the layers of this one."""
        self._run += 1
        self.map.clear(project.dataset.classes)
        self._maps = Trail()
        names = vector_layers(project.network)
        self._layers.blockSignals(True)
        self._layers.clear()
        self._layers.addItems(names)
        self._layers.setCurrentIndex(max(0, self._layers.findText(last_hidden(project.network))))
        self._layers.blockSignals(False)
        self._button.setChecked(False)
        self._ask()
        super().begin(project, total_steps)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the newest map; a map by t-SNE stays as it is."""
        arrays = snapshot.arrays
        if self._wanted and "values" in arrays:
            self._start(snapshot)
        if self._button.isChecked():
            if self._neighbours is not None:
                super().show_snapshot(snapshot)
            return
        coordinates = self._turned(snapshot.step, np.asarray(arrays["coordinates"], np.float64))
        title = self.tr("{0}, principal components: {1} % and {2} % of the variance").format(
            str(arrays["layer"]), *(f"{100 * share:.0f}" for share in arrays["shares"].tolist())
        )
        self.map.show_map(snapshot.step, coordinates, arrays["targets"], arrays["x"], title)
        super().show_snapshot(snapshot)

    def _turned(self, step: int, coordinates: NDArray[np.float64]) -> NDArray[np.float64]:
        """A map turned as it was when this step was shown first, or else as near as can be to the one before."""
        known = int(np.searchsorted(self._maps.steps(), step, side="right")) - 1
        if len(self._maps):
            before = self._maps.rows()[max(0, known)].astype(np.float64).reshape(-1, 2)
            if known >= 0 and self._maps.steps()[known] == step and before.shape == coordinates.shape:
                return before
            coordinates = follow(coordinates, before)
        # As it is remembered, so that it is the same picture later.
        self._maps.append(step, coordinates.ravel())
        return coordinates.astype(np.float32).astype(np.float64)

    def _start(self, snapshot: Snapshot) -> None:
        """Map the outputs of this moment, away from the window and from the training."""
        self._wanted = False
        self._ask()
        values, run = np.array(snapshot.arrays["values"]), self._run
        layer, step = str(snapshot.arrays["layer"]), snapshot.step
        targets, x = snapshot.arrays["targets"], snapshot.arrays["x"]

        def work() -> tuple[Any, ...]:
            return run, layer, step, neighbour_map(values), targets, x

        self._background.start("t-SNE", work)

    def _ask(self) -> None:
        self.ask(layer=self._layers.currentText(), values=self._wanted)

    @Slot()
    def _on_layer_changed(self) -> None:
        self._maps = Trail()
        self._button.setChecked(False)
        self._ask()

    @Slot(bool)
    def _on_button_toggled(self, on: bool) -> None:
        self._neighbours = None
        self._maps = Trail()
        self._wanted = on
        self._button.setText(self.tr("Mapping...") if on else self.tr("t-SNE"))
        self._ask()

    @Slot(str, object)
    def _on_mapped(self, name: str, answer: tuple[Any, ...]) -> None:
        run, layer, step, coordinates, targets, x = answer
        if run != self._run or not self._button.isChecked():
            return
        self._neighbours = coordinates
        self._button.setText(self.tr("t-SNE"))
        title = self.tr("{0}, t-SNE of step {1}").format(layer, f"{step:,}")
        self.map.show_map(step, coordinates, targets, x, title)
        self.map.message = ""

    @Slot(str, object)
    def _on_map_failed(self, name: str, failure: Failure) -> None:
        self._button.setChecked(False)
        self._button.setToolTip(failure.sentence)
