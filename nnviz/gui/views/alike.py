"""Live view: choose a stretch of the hidden state, and see where else it occurs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QT_TRANSLATE_NOOP, QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QComboBox, QWidget

from nnviz.core.recurrent_seen import alike_stretches
from nnviz.core.snapshot import Snapshot
from nnviz.gui.document import Project
from nnviz.gui.style.theme import Theme
from nnviz.gui.views.axes import Frame, draw_upright
from nnviz.gui.views.axis_range import nice_ceiling
from nnviz.gui.views.base import VIEWS
from nnviz.gui.views.canvas import Canvas
from nnviz.gui.views.pixels import draw_image, signed_image
from nnviz.gui.views.recurrent import InputStrip, RecurrentView, draw_time, step_at, time_frame


class AlikeCanvas(Canvas):
    """The hidden state of a sample under its input, and below it those of others with the stretches that are alike.

    Attributes:
        arrays: What is shown, or nothing yet.
        stretch: First step of what is chosen, from 0, and the step behind it; None if nothing is.

    Signals:
        stretch_chosen: Somebody wants to know where else the stretch occurs.
        found_chosen(int): Somebody wants to see this sample, by its number in the data that views look at.
    """

    stretch_chosen = Signal()
    found_chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.clear(())

    def clear(self, symbols: tuple[str, ...]) -> None:
        """Forget everything: another run begins.

        Args:
            symbols: Names of the symbols that enter, or none.
        """
        self.arrays: dict[str, NDArray[Any]] = {}
        self.stretch: tuple[int, int] | None = None
        self._from: int | None = None
        self._strip = InputStrip(symbols)
        self._images: list[QImage] = []

    def show_alike(self, arrays: dict[str, NDArray[Any]]) -> None:
        """Show the newest hidden states, and where the stretch occurs in them."""
        self.arrays, self._images = arrays, []
        if self.stretch is not None and self.stretch[0] >= int(arrays["length"]):
            self.stretch = None
        self.fit()
        self.update()

    @property
    def steps(self) -> int:
        """Steps of the longest sequence."""
        return int(self.arrays["hidden"].shape[0])

    @property
    def found(self) -> int:
        """How many stretches were found for what is chosen now."""
        if self.stretch is None or int(self.arrays["steps"]) != self.stretch[1] - self.stretch[0]:
            return 0
        return len(self.arrays["found.sample"])

    def least_height(self) -> float:
        """So high that the sample and every stretch that was found can be seen."""
        if not getattr(self, "arrays", None):
            return 0.0
        strip = self._strip_height() + self._line()
        return 2 * self._line() + strip + 6.0 * self.theme.caption_px + self.found * (
            2 * self._line() + self._strip_height() + 2.2 * self.theme.caption_px
        )  # fmt: skip

    def frames(self) -> list[tuple[Frame, Frame]]:
        """Of the sample and then of each stretch that was found, where its input and its hidden state stand."""
        theme, line = self.theme, self._line()
        left = 2.6 * theme.caption_px
        wide = round(self.width() - left - 1.5 * theme.caption_px)
        strip = self._strip_height()
        # The sample has an axis of time below; all others are aligned with it.
        rest = self.height() - line - strip - 2.2 * line
        own = rest if not self.found else max(6.0 * theme.caption_px, 0.24 * rest)
        own = min(own, rest)
        result = []
        top = line
        for number in range(1 + self.found):
            high = own
            if number:
                each = (rest - own) / self.found
                top = 2.2 * line + 2 * line + strip + own + (number - 1) * each - line
                high = max(2.0, each - line - strip - 0.4 * line)
                top += line
            area = QRectF(round(left), round(top), wide, round(strip))
            below = QRectF(round(left), round(top + strip), wide, round(high))
            units = self.arrays["hidden"].shape[1]
            result.append((time_frame(area, self.steps), time_frame(below, self.steps, units + 0.5, 0.5)))
        return result

    def mark(self, number: int) -> QRectF:
        """The frame around the chosen stretch, or around the one that was found there; empty if there is none."""
        if self.stretch is None:
            return QRectF()
        strip, hidden = self.frames()[number]
        start = self.stretch[0] if number == 0 else int(self.arrays["found.start"][number - 1])
        stop = start + self.stretch[1] - self.stretch[0]
        left, right = float(strip.x(start + 0.5)), float(strip.x(stop + 0.5))
        return QRectF(left, strip.area.y(), right - left, hidden.area.bottom() - strip.area.y())

    def found_text(self, number: int) -> str:
        """A stretch that was found, in words; numbers from 0."""
        arrays, start = self.arrays, int(self.arrays["found.start"][number])
        text = self.tr("Sample {0}, steps {1} to {2}: cosine {3}, distance {4}")
        return text.format(
            int(arrays["found.sample"][number]) + 1,
            start + 1,
            start + int(arrays["steps"]),
            f"{float(arrays['found.cosine'][number]):.3f}",
            f"{float(arrays['found.distance'][number]):.3f}",
        )

    def text_at(self, place: QPointF) -> str:
        """The value of the hidden state or of the input under the mouse."""
        if not self.arrays:
            return ""
        for number, (strip, hidden) in enumerate(self.frames()):
            step = step_at(hidden, place, self.steps)
            x = self.arrays["x"] if number == 0 else self.arrays["found.x"][number - 1]
            values = self.arrays["hidden"] if number == 0 else self.arrays["found.hidden"][number - 1]
            if strip.area.contains(place):
                return self._strip.text(x, step, (place.y() - strip.area.y()) / strip.area.height())
            if hidden.area.contains(place):
                unit = int(np.clip(round(hidden.value_at(place)[1]) - 1, 0, values.shape[1] - 1))
                if not np.isfinite(values[step, unit]):
                    return self.tr("Step {0}: the sequence is over").format(step + 1)
                text = self.tr("Unit {0}, step {1}: {2}").format(unit + 1, step + 1, f"{values[step, unit]:.3f}")
                return text if number == 0 else f"{self.found_text(number - 1)}\n{text}"
        return ""

    def ground_key(self) -> object:
        """Names and axes."""
        if not self.arrays:
            return ()
        return self.steps, self.arrays["hidden"].shape, self.found, self.stretch is None

    def paint_ground(self, painter: QPainter) -> None:
        """Paint axes."""
        if not self.arrays:
            return
        theme = self.theme
        _, hidden = self.frames()[0]
        units = self.arrays["hidden"].shape[1]
        draw_upright(painter, hidden, theme, sorted({1, units}), [str(n) for n in sorted({1, units})], grid=False)
        draw_time(painter, hidden, theme, self.steps, self.tr("Step of the sequence"))

    def paint(self, painter: QPainter) -> None:
        """Paint hidden states with their inputs, and frames around the stretches."""
        if not self.arrays:
            return
        theme, line = self.theme, self._line()
        self._make_images()
        painter.setFont(self.type(theme.caption_px, bold=True))
        self.write(painter, QRectF(0, 0, self.width(), line), self._headline(), "text")
        painter.setFont(self.caption)
        for number, (strip, hidden) in enumerate(self.frames()):
            x = self.arrays["x"] if number == 0 else self.arrays["found.x"][number - 1]
            self._strip.paint(painter, strip, x, theme)
            draw_image(painter, hidden.area, self._images[number])
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("border"), 1))
            painter.drawRect(hidden.area)
            if number:
                above = QRectF(strip.area.x(), strip.area.y() - line, strip.area.width(), line)
                self.write(painter, above, self.found_text(number - 1))
            if self.stretch is not None:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(theme.colour("accent"), 2))
                painter.drawRect(self.mark(number).adjusted(-1, 0, 1, 1))

    def set_theme(self, theme: Theme) -> None:
        """Take on another look."""
        self._images = []
        super().set_theme(theme)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.arrays:
            for number, (strip, hidden) in enumerate(self.frames()):
                if strip.area.united(hidden.area).contains(event.position()):
                    if number:
                        self.found_chosen.emit(int(self.arrays["found.sample"][number - 1]))
                    else:
                        self._from = min(step_at(strip, event.position(), self.steps), int(self.arrays["length"]) - 1)
                        self._choose(self._from, self._from)
                    break
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from is not None and self.arrays:
            self._choose(self._from, step_at(self.frames()[0][0], event.position(), self.steps))
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._from is not None:
            self._from = None
            self.stretch_chosen.emit()
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if not self.arrays or key not in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Escape):
            super().keyPressEvent(event)
            return
        if key == Qt.Key.Key_Escape:
            self.stretch = None
        else:
            move = -1 if key == Qt.Key.Key_Left else 1
            start, stop = self.stretch or (-move, 1 - move)
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._choose(start, max(start, stop - 1 + move))
            else:
                move = int(np.clip(move, -start, int(self.arrays["length"]) - stop))
                self._choose(start + move, stop - 1 + move)
        self.fit()
        self.update()
        self.stretch_chosen.emit()

    def _choose(self, one: int, other: int) -> None:
        last = int(self.arrays["length"]) - 1
        first, behind = sorted((int(np.clip(one, 0, last)), int(np.clip(other, 0, last))))
        self.stretch = (first, behind + 1)
        self.update()

    def _headline(self) -> str:
        if self.stretch is None:
            return self.tr("Drag across the hidden state to choose a stretch of steps.")
        start, stop = self.stretch
        text = self.tr("Steps {0} to {1}").format(start + 1, stop)
        if not self.found:
            return text
        return self.tr("{0}, and the most alike among {1} samples").format(text, int(self.arrays["searched"]))

    def _make_images(self) -> None:
        if self._images:
            return
        states = [self.arrays["hidden"], *self.arrays["found.hidden"]]
        largest = max(float(np.abs(s[np.isfinite(s)]).max(initial=0.0)) for s in states)
        limit = 1.0 if largest <= 1 else nice_ceiling(largest)
        self._images = [signed_image(np.asarray(values).T, limit, self.theme) for values in states]

    def _strip_height(self) -> float:
        return min(2.4 * self.theme.caption_px, self._strip.height(self.theme, self.arrays["x"].shape[1]))

    def _line(self) -> float:
        return self.theme.caption_px * 1.6


@VIEWS.register
class Alike(RecurrentView):
    """A stretch of the hidden state, and the stretches of other samples that come nearest to it."""

    title = str(QT_TRANSLATE_NOOP("LiveView", "Find alike"))
    hint = str(
        QT_TRANSLATE_NOOP(
            "LiveView",
            "Choose a stretch of the hidden state with the mouse, and see where else the network is in such a state: "
            "what the inputs there have in common is what the units stand for. Click a stretch to follow its sample.",
        )
    )
    order = 66
    probe = staticmethod(alike_stretches)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self.alike = AlikeCanvas(theme)
        super().__init__(theme, self.alike, parent)
        self._by = QComboBox()
        self._by.setObjectName("alike_by")
        self._by.setAccessibleName(self.tr("What counts as alike"))
        self._by.setToolTip(self.tr("Cosine: the same direction, whatever the size. Distance: the same values."))
        self._by.addItem(self.tr("By cosine"), "cosine")
        self._by.addItem(self.tr("By distance"), "distance")
        self._by.currentIndexChanged.connect(self._on_changed)
        self.add_choice(self._by)
        self.alike.stretch_chosen.connect(self._on_changed)
        self.alike.found_chosen.connect(self._on_found_chosen)

    def begin(self, project: Project, total_steps: int) -> None:
        """Forget the last run; the same sample is followed if there is such a one."""
        self.alike.clear(project.dataset.symbol_names)
        super().begin(project, total_steps)

    def parameters(self) -> dict[str, Any]:
        """Sample, cell, stretch, and what counts as alike."""
        start, stop = self.alike.stretch or (0, 0)
        return super().parameters() | {"start": start, "stop": stop, "by": self._by.currentData()}

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the newest hidden states."""
        self.set_samples(int(snapshot.arrays["samples"]))
        self.alike.show_alike(dict(snapshot.arrays))
        super().show_snapshot(snapshot)

    def table(self) -> list[Sequence[object]]:
        """Every stretch that was found; while none is chosen, the hidden state of the sample."""
        if self.snapshot is None:
            return []
        arrays = self.snapshot.arrays
        rows: list[Sequence[object]] = []
        if not len(arrays["found.sample"]):
            rows.append(("sample", "step", *(f"unit {unit + 1}" for unit in range(arrays["hidden"].shape[1]))))
            for step, values in enumerate(arrays["hidden"][: int(arrays["length"])]):
                rows.append((int(arrays["sample"]) + 1, step + 1, *map(float, values)))
            return rows
        rows.append(("sample", "first step", "last step", "cosine", "distance"))
        names = ("found.sample", "found.start", "found.cosine", "found.distance")
        for sample, start, cosine, distance in zip(*(arrays[name].tolist() for name in names), strict=True):
            rows.append((sample + 1, start + 1, start + int(arrays["steps"]), cosine, distance))
        return rows

    @Slot()
    def _on_changed(self) -> None:
        self.ask_again()

    @Slot(int)
    def _on_found_chosen(self, sample: int) -> None:
        self.alike.stretch = None
        self.follow_sample(sample)
        self.sample_chosen.emit(sample)
