"""Live view: a recurrent cell unrolled along time, moment by moment or in slow motion."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QT_TRANSLATE_NOOP, QTimer, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QPushButton, QWidget

from nnviz.core.recurrent_seen import gates
from nnviz.core.snapshot import Snapshot
from nnviz.gui.document import Project
from nnviz.gui.spin_box import SpinBox
from nnviz.gui.style.theme import Theme
from nnviz.gui.views.base import VIEWS
from nnviz.gui.views.recurrent import RecurrentView
from nnviz.gui.views.unrolled_canvas import UnrolledCanvas

SLOW_MS = 700
"""Time of one moment in slow motion: a formula can be read along."""


@VIEWS.register
class Unrolled(RecurrentView):
    """The same cell once per step, with the values of one unit on their way through it."""

    title = str(QT_TRANSLATE_NOOP("LiveView", "Unrolled"))
    hint = str(
        QT_TRANSLATE_NOOP(
            "LiveView",
            "The cell once per step of a sequence: the same weights, another input. What one cell gives enters the "
            "next one. Arrow keys go on and back one moment, and to another unit; page keys a whole step.",
        )
    )
    order = 63
    probe = staticmethod(gates)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self.unrolled = UnrolledCanvas(theme)
        super().__init__(theme, self.unrolled, parent)
        self._timer = QTimer(self)
        self._timer.setInterval(SLOW_MS)
        self._timer.timeout.connect(self._on_tick)
        self._unit = SpinBox()
        self._unit.setObjectName("unrolled_unit")
        self._unit.setPrefix(self.tr("Unit "))
        self._unit.setAccessibleName(self.tr("Number of the unit"))
        self._unit.setRange(1, 1)
        self._unit.setWrapping(True)
        self._unit.valueChanged.connect(self._on_unit_changed)
        self.add_control(self._unit)
        self._buttons: dict[str, QPushButton] = {}
        for name, text, tip, slot in (
            ("back", self.tr("Back"), self.tr("One moment back."), self._on_back),
            ("next", self.tr("Next"), self.tr("What comes about next."), self._on_next),
            ("play", self.tr("Slow motion"), self.tr("One moment after the other."), self._on_play),
        ):
            button = QPushButton(text)
            button.setObjectName(f"unrolled_{name}")
            button.setAccessibleName(text)
            button.setToolTip(tip)
            button.setCheckable(name == "play")
            button.clicked.connect(slot)
            self.add_control(button)
            self._buttons[name] = button
        self.unrolled.moved.connect(self._on_moved)

    @property
    def plays(self) -> bool:
        """Whether it moves by itself."""
        return self._timer.isActive()

    def begin(self, project: Project, total_steps: int) -> None:
        """Forget the last run; the same sample is followed if there is such a one."""
        self._halt()
        self.unrolled.clear(project.dataset.symbol_names, project.dataset.classes)
        super().begin(project, total_steps)

    def place_changed(self) -> None:
        """Tell the canvas how the cell reads and bends."""
        place = self.place
        self.unrolled.backwards = place is not None and place.backwards
        self.unrolled.relu = place is not None and getattr(place.spec, "activation", "") == "relu"

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the newest values at the same moment."""
        self.set_samples(int(snapshot.arrays["samples"]))
        self.unrolled.show_cells(dict(snapshot.arrays))
        self._on_moved()
        super().show_snapshot(snapshot)

    def table(self) -> list[Sequence[object]]:
        """Every part of the chosen unit at every step."""
        if self.snapshot is None:
            return []
        canvas = self.unrolled
        rows: list[Sequence[object]] = [("sample", "unit", "step", *canvas.order)]
        for step in range(canvas.length):
            values = (float(canvas.arrays[f"part.{part}"][step, canvas.unit]) for part in canvas.order)
            rows.append((int(canvas.arrays["sample"]) + 1, canvas.unit + 1, step + 1, *values))
        return rows

    def hideEvent(self, event: QHideEvent) -> None:
        # A hidden view costs nothing.
        self._halt()
        super().hideEvent(event)

    def _halt(self) -> None:
        self._timer.stop()
        self._buttons["play"].setChecked(False)

    @Slot()
    def _on_moved(self) -> None:
        self._unit.blockSignals(True)
        self._unit.setMaximum(self.unrolled.units)
        self._unit.setValue(self.unrolled.unit + 1)
        self._unit.blockSignals(False)

    @Slot()
    def _on_unit_changed(self) -> None:
        self.unrolled.choose_unit(self._unit.value() - 1)

    @Slot()
    def _on_back(self) -> None:
        self._halt()
        self.unrolled.advance(-1)

    @Slot()
    def _on_next(self) -> None:
        self._halt()
        self.unrolled.advance(1)

    @Slot()
    def _on_play(self) -> None:
        if not self._buttons["play"].isChecked():
            self._timer.stop()
            return
        canvas = self.unrolled
        if canvas.arrays and canvas.turn == canvas.length - 1 and canvas.moment == len(canvas.order) - 1:
            canvas.go_to(0, 0)
        self._timer.start()

    @Slot()
    def _on_tick(self) -> None:
        if not self.unrolled.advance(1):
            self._halt()
