"""Live view: what is taken for what, with the very samples."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QT_TRANSLATE_NOOP, QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QComboBox, QWidget

from nnviz.core.measures.confusion import confusion_matrix, surest_mistakes
from nnviz.core.probes import SHARED_SAMPLES, ProbeContext
from nnviz.core.snapshot import Snapshot
from nnviz.gui.document import Project
from nnviz.gui.style.colours import sequential_colour, text_on
from nnviz.gui.style.theme import Theme
from nnviz.gui.views.axes import draw_upright_label
from nnviz.gui.views.base import VIEWS
from nnviz.gui.views.canvas import Canvas, write_line
from nnviz.gui.views.canvas_view import CanvasView
from nnviz.gui.views.pixels import draw_image, fitted, sample_image

MOST_PICTURES = 48
"""Samples of a cell that are shown."""

SAMPLES = (SHARED_SAMPLES, 1_000, 5_000)
"""How many samples can be looked at: more are more exact, and cost more time."""


def _confusion(
    context: ProbeContext, samples: int = SHARED_SAMPLES, cell: tuple[int, int] | None = None
) -> dict[str, NDArray[Any]]:
    """The confusion matrix, and samples: those of one cell, or the mistakes that were made most surely.

    Args:
        context: The moment.
        samples: How many samples are classified.
        cell: Right class and answer of the samples that are wanted; None for the surest mistakes.
    """
    probabilities = context.probabilities(samples)
    truth = np.asarray(context.split.y[: len(probabilities)], np.int64)
    answers = probabilities.argmax(axis=1)
    if cell is None:
        chosen = surest_mistakes(truth, probabilities, MOST_PICTURES)
    else:
        chosen = np.flatnonzero((truth == cell[0]) & (answers == cell[1]))[:MOST_PICTURES]
    return {
        "matrix": confusion_matrix(truth, answers, probabilities.shape[1]),
        "cell": np.array(cell or (-1, -1), np.int64),
        "index": chosen,
        "truth": truth[chosen],
        "answer": answers[chosen],
        "probability": probabilities[chosen, answers[chosen]],
        "x": context.split.x[chosen],
    }


class ConfusionCanvas(Canvas):
    """The matrix, right classes down and answers across, and beside it samples.

    Attributes:
        cell: The chosen cell (right class, answer), or None for the surest mistakes.

    Signals:
        cell_chosen(object): Another cell, or None, is wanted.
        sample_chosen(int): This sample is to be followed.
    """

    cell_chosen = Signal(object)
    sample_chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clear(())

    def clear(self, classes: tuple[str, ...]) -> None:
        """Forget everything: another run begins."""
        self.classes = classes
        self.cell: tuple[int, int] | None = None
        self._arrays: dict[str, NDArray[Any]] = {}
        self._images: list[QImage] = []
        self._painted: dict[int, QImage] = {}

    def show_confusion(self, arrays: dict[str, NDArray[Any]]) -> None:
        """Show the newest matrix and samples."""
        self._arrays = arrays
        self._paint_samples_again()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take on another look."""
        super().set_theme(theme)
        self._painted.clear()
        self._paint_samples_again()

    @property
    def matrix(self) -> NDArray[np.int64]:
        """Samples per right class (row) and answer (column)."""
        return self._arrays.get("matrix", np.zeros((1, 1), np.int64))

    def matrix_area(self) -> QRectF:
        """The square of all cells."""
        theme, line = self.theme, self.theme.caption_px * 1.4
        names = self._names_width()
        top = line * 3.1
        room_across = (self.width() * 0.58 if self._beside() else self.width()) - names - line - theme.space
        room_down = (self.height() if self._beside() else self.height() * 0.6) - top - theme.space
        count = len(self.matrix)
        side = max(2.0, float(int(min(room_across, room_down) / count)) * count)
        return QRectF(names + line, top, side, side)

    def samples_area(self) -> QRectF:
        """Where the samples stand, with their heading."""
        matrix, gap = self.matrix_area(), 2 * self.theme.space
        if self._beside():
            return QRectF(matrix.right() + gap, 0, self.width() - matrix.right() - gap, self.height())
        return QRectF(0, matrix.bottom() + gap / 2, self.width(), self.height() - matrix.bottom() - gap / 2)

    def cell_at(self, place: QPointF) -> tuple[int, int] | None:
        """Right class and answer of the cell under a point."""
        area, count = self.matrix_area(), len(self.matrix)
        if not self._arrays or not area.contains(place):
            return None
        row = int((place.y() - area.y()) / area.height() * count)
        column = int((place.x() - area.x()) / area.width() * count)
        return min(row, count - 1), min(column, count - 1)

    def sample_rects(self) -> list[QRectF]:
        """Where each of the samples stands that there is room for, with two lines below its picture."""
        area, line = self.samples_area(), self.theme.caption_px * 1.3
        side = self.theme.caption_px * (5.2 if self._images else 8.0)
        across = max(1, int((area.width() + self.theme.space) // (side + self.theme.space)))
        wide, high = side + self.theme.space, side + 2.2 * line
        rows = max(0, int((area.height() - 1.6 * line) // high))
        count = min(len(self._arrays.get("index", ())), rows * across)
        return [
            QRectF(area.x() + n % across * wide, area.y() + 1.6 * line + n // across * high, side, high)
            for n in range(count)
        ]

    def text_at(self, place: QPointF) -> str:
        """What a cell counts, or what a sample was taken for."""
        cell = self.cell_at(place)
        if cell is not None:
            count, total = int(self.matrix[cell]), int(self.matrix[cell[0]].sum())
            text = self.tr("{0} of {1} samples of class {2} were taken for {3}")
            return text.format(f"{count:,}", f"{total:,}", *(self.classes[place_] for place_ in cell))
        number = self._sample_at(place)
        if number is None:
            return ""
        text = self.tr("Sample {0}: it is {1}, taken for {2} with {3} %. Click to follow it through the network.")
        return text.format(
            int(self._arrays["index"][number]) + 1,
            self.classes[int(self._arrays["truth"][number])],
            self.classes[int(self._arrays["answer"][number])],
            f"{100 * float(self._arrays['probability'][number]):.1f}",
        )

    def choose(self, cell: tuple[int, int] | None) -> None:
        """Show the samples of a cell; None shows the surest mistakes."""
        self.cell = cell
        self.cell_chosen.emit(cell)
        self.update()

    def paint(self, painter: QPainter) -> None:
        """Paint matrix and samples."""
        if not self._arrays:
            return
        self._paint_matrix(painter)
        self._paint_samples(painter)

    def _paint_matrix(self, painter: QPainter) -> None:
        theme, area, matrix = self.theme, self.matrix_area(), self.matrix
        count, line = len(matrix), theme.caption_px * 1.4
        side = area.width() / count
        right = int(np.trace(matrix))
        total = int(matrix.sum())
        share = f"{100 * right / max(1, total):.1f}"
        painter.setFont(self.type(theme.caption_px, bold=True))
        width = (self.samples_area().x() if self._beside() else self.width()) - theme.space
        head = self.fitting(
            painter,
            width,
            self.tr("{0} of {1} right ({2} %)").format(f"{right:,}", f"{total:,}", share),
            self.tr("{0} % right").format(share),
        )
        self.write(painter, QRectF(0, 0, width, line), head, "text")
        painter.setFont(self.caption)
        draw_upright_label(painter, QRectF(0, area.y(), line, area.height()), theme, self.tr("it is"))
        # The root: mistakes are rare, and are to be seen beside what is right.
        shares = np.sqrt(matrix / np.maximum(1, matrix.sum(axis=1, keepdims=True)))
        written = side >= theme.caption_px * 1.5
        middle = Qt.AlignmentFlag.AlignHCenter
        colours = {value: sequential_colour(theme, value) for value in np.unique(shares).tolist()}
        for row in range(count):
            for column in range(count):
                box = QRectF(area.x() + column * side, area.y() + row * side, side, side)
                colour = colours[float(shares[row, column])]
                painter.fillRect(box.adjusted(0, 0, -1, -1), colour)
                if written and matrix[row, column]:
                    painter.setPen(text_on(colour))
                    write_line(painter, box, f"{matrix[row, column]}", middle)
        if written:
            painter.setPen(theme.colour("muted"))
            for number, name in enumerate(self.classes):
                beside = QRectF(line, area.y() + number * side, area.x() - line - theme.space / 2, side)
                write_line(painter, beside, name, Qt.AlignmentFlag.AlignRight)
                write_line(painter, QRectF(area.x() + number * side, area.y() - line, side, line), name, middle)
        above = QRectF(area.x(), area.y() - 2.0 * line, area.width(), line)
        self.write(painter, above, self.tr("taken for"), align=middle)
        if self.cell is not None and max(self.cell) < count:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("text"), 2))
            painter.drawRect(QRectF(area.x() + self.cell[1] * side, area.y() + self.cell[0] * side, side - 1, side - 1))

    def _paint_samples(self, painter: QPainter) -> None:
        theme, area, line = self.theme, self.samples_area(), self.theme.caption_px * 1.3
        count, rects = len(self._arrays["index"]), self.sample_rects()
        if count and not rects:
            # A heading over nothing would say that there are none.
            return
        shown = tuple(int(value) for value in self._arrays["cell"])
        if shown[0] < 0:
            title = self.tr("Most confident mistakes") if count else self.tr("No mistakes")
        else:
            title = self.tr("{0} taken for {1}").format(*(self.classes[place] for place in shown))
        painter.setFont(self.type(theme.caption_px, bold=True))
        self.write(painter, QRectF(area.x(), area.y(), area.width(), line), title, "text")
        painter.setFont(self.caption)
        middle = Qt.AlignmentFlag.AlignHCenter
        for number, rect in enumerate(rects):
            picture = QRectF(rect.x(), rect.y(), rect.width(), rect.width())
            if number < len(self._images):
                image = self._images[number]
                picture = fitted(picture, image.width(), image.height())
                draw_image(painter, picture, image)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("border_strong"), 1))
            painter.drawRect(picture)
            names = [self.classes[int(self._arrays[key][number])] for key in ("truth", "answer")]
            if not self._images:
                self.write(
                    painter, picture, self.tr("sample {0}").format(int(self._arrays["index"][number]) + 1), align=middle
                )
            below = QRectF(rect.x(), rect.y() + rect.width(), rect.width(), line)
            self.write(painter, below, " → ".join(names), "text", middle)
            percent = f"{100 * float(self._arrays['probability'][number]):.1f} %"
            self.write(painter, below.translated(0, line * 0.9), percent, align=middle)

    def _paint_samples_again(self) -> None:
        x = self._arrays.get("x")
        is_picture = x is not None and x.ndim == 4 and x.shape[1] in (1, 3)
        if x is None or not is_picture:
            self._images = []
            return
        # From one moment to the next they are mostly the same samples.
        numbers = self._arrays["index"].tolist()
        self._images = [
            self._painted.get(number) or sample_image(picture, self.theme)
            for number, picture in zip(numbers, x, strict=True)
        ]
        self._painted = dict(zip(numbers, self._images, strict=True))

    def _sample_at(self, place: QPointF) -> int | None:
        return next((n for n, rect in enumerate(self.sample_rects()) if rect.contains(place)), None)

    def _names_width(self) -> float:
        metrics = self.fontMetrics()
        widest = max((metrics.horizontalAdvance(name) for name in self.classes), default=0)
        return min(widest * 1.0, self.theme.caption_px * 8.0) + self.theme.space

    def _beside(self) -> bool:
        return self.width() >= 1.25 * self.height()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            cell, number = self.cell_at(event.position()), self._sample_at(event.position())
            if number is not None:
                self.sample_chosen.emit(int(self._arrays["index"][number]))
            else:
                # Beside the matrix, or once more the same cell: back to the mistakes.
                self.choose(None if cell == self.cell else cell)
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1),
            Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Down: (1, 0),
        }
        step = steps.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Escape and self.cell is not None:
            self.choose(None)
        elif step is not None and self._arrays:
            last = len(self.matrix) - 1
            old = self.cell or (0, 0)
            moved = [min(max(a + b, 0), last) for a, b in zip(old, step, strict=True)]
            self.choose((moved[0], moved[1]) if self.cell is not None else old)
        else:
            super().keyPressEvent(event)


@VIEWS.register
class Confusion(CanvasView):
    """Right classes against answers; the samples of a cell, and the mistakes that were made most surely."""

    title = str(QT_TRANSLATE_NOOP("LiveView", "Confusion matrix"))
    hint = str(
        QT_TRANSLATE_NOOP(
            "LiveView",
            "Which class is taken for which. Click a cell to see its samples, and a sample to follow it through the "
            "network. Colours show the root of each row's shares, so that rare mistakes are seen.",
        )
    )
    order = 80
    probe = staticmethod(_confusion)

    @classmethod
    def applies_to(cls, project: Project) -> bool:
        """Only classes can be taken for one another, and only samples that have one each."""
        one_each = not project.dataset.output_shape.is_sequence
        return project.dataset.task == "classification" and one_each and not project.network.learns_alone

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self.confusion = ConfusionCanvas(theme)
        super().__init__(theme, self.confusion, parent)
        self._samples = QComboBox()
        self._samples.setObjectName("confusion_samples")
        self._samples.setAccessibleName(self.tr("Number of samples"))
        self._samples.setToolTip(self.tr("How many samples are classified for each picture: more take more time."))
        for number in SAMPLES:
            self._samples.addItem(self.tr("{0} samples").format(f"{number:,}"), number)
        self._samples.currentIndexChanged.connect(self._ask)
        self.add_choice(self._samples)
        self.confusion.cell_chosen.connect(self._ask)
        self.confusion.sample_chosen.connect(self.sample_chosen)

    def begin(self, project: Project, total_steps: int) -> None:
        """Forget the last run."""
        self.confusion.clear(project.dataset.classes)
        self._ask()
        super().begin(project, total_steps)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the newest matrix."""
        self.confusion.show_confusion(dict(snapshot.arrays))
        super().show_snapshot(snapshot)

    @Slot()
    def _ask(self) -> None:
        self.ask(samples=self._samples.currentData(), cell=self.confusion.cell)
