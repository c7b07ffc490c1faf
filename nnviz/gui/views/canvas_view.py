"""What the views with a canvas share: a heading with controls, and the canvas below, which scrolls where it must."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from nnviz.core.snapshot import Snapshot
from nnviz.gui.document import Project
from nnviz.gui.elided_label import ElidedLabel
from nnviz.gui.style.theme import Theme
from nnviz.gui.views.base import LiveView
from nnviz.gui.views.canvas import Canvas


class ControlRow(QWidget):
    """A heading with controls behind it, which are only to be seen where there is room for all of them.

    A box that shows half of a word is worth less than none: where views stand close together, one is enlarged first.

    Attributes:
        title: The heading.
        row: Its layout.
    """

    def __init__(self, heading: str) -> None:
        super().__init__()
        # Ten views side by side leave little room: the row may be narrower than its parts want to be.
        self.setMinimumWidth(1)
        self.title = ElidedLabel()
        self.title.setText(heading)
        self.title.setProperty("kind", "heading")
        self.row = QHBoxLayout(self)
        self.row.addWidget(self.title)
        self.row.addStretch()
        self._controls: list[QWidget] = []
        self._values: list[QWidget] = []

    def add(self, control: QWidget, before: QWidget | None = None) -> None:
        """Put a control at the end, or before another widget of the row."""
        self._controls.append(control)
        self.row.insertWidget(self.row.count() if before is None else self.row.indexOf(before), control)

    def add_value(self, value: QWidget) -> None:
        """Put a value behind the heading, to be seen where there is room for all of it."""
        self._values.append(value)
        self.row.insertWidget(len(self._values), value)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            # A value has become longer.
            self._arrange()
        return super().event(event)

    def _arrange(self) -> None:
        room = self.width() - self.least_width()
        for value in self._values:
            room -= value.sizeHint().width() + self.row.spacing()
            value.setVisible(room >= 0)
        room -= sum(control.sizeHint().width() + self.row.spacing() for control in self._controls)
        for control in self._controls:
            control.setVisible(room >= 0)
        # The heading first: a layout takes from all that can be narrower alike.
        always = self.least_width() - self.title.sizeHint().width()
        self.title.setMinimumWidth(max(0, min(self.title.sizeHint().width(), self.width() - always)))

    def least_width(self) -> int:
        """Width of the heading and of what is always there."""
        margins = self.row.contentsMargins()
        # What keeps heading and controls apart has its distance from its neighbours too.
        width = margins.left() + margins.right() + self.row.spacing()
        for place in range(self.row.count()):
            item = self.row.itemAt(place)
            widget = None if item is None else item.widget()
            if widget is not None and widget not in self._controls and widget not in self._values:
                width += widget.sizeHint().width() + self.row.spacing()
        return width


class CanvasView(LiveView):
    """A live view that is painted on one canvas.

    Attributes:
        canvas: What is painted.
        controls: The row of controls beside the heading.
        snapshot: What is shown, or None.
    """

    def __init__(self, theme: Theme, canvas: Canvas, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.canvas = canvas
        self.snapshot: Snapshot | None = None
        canvas.setObjectName(f"{self.name}_canvas")
        canvas.setAccessibleName(self.heading())
        canvas.message = self.tr("Nothing has been seen of this network yet.")
        self._row = ControlRow(self.heading())
        self._row.title.setToolTip(QCoreApplication.translate("LiveView", self.hint))
        self.bar = self._row
        self.controls = self._row.row
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(canvas)
        self._scroll.viewport().setAutoFillBackground(False)
        canvas.setAutoFillBackground(False)
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self.bar)
        self._layout.addWidget(self._scroll, 1)
        CanvasView.set_theme(self, theme)

    @property
    def painted(self) -> QWidget:
        """The canvas."""
        return self.canvas

    def begin(self, project: Project, total_steps: int) -> None:
        """Show nothing any more."""
        self.snapshot = None
        self.canvas.message = self.tr("Nothing has been seen of this network yet.")
        self.canvas.update()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Paint what the canvas was given."""
        self.snapshot = snapshot
        self.canvas.message = ""
        self.canvas.update()

    def add_choice(self, choice: QComboBox) -> None:
        """Put a box into the row of controls."""
        choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.add_control(choice)

    def add_control(self, control: QWidget) -> None:
        """Put something into the row of controls, to be seen where all of them have room: else the view is enlarged."""
        self._row.add(control)

    def draw_into(self, painter: QPainter) -> None:
        """Paint it as lines and text for a file."""
        self.canvas.as_vectors = True
        try:
            super().draw_into(painter)
        finally:
            self.canvas.as_vectors = False

    def table(self) -> list[Sequence[object]]:
        """Every array of the newest snapshot, value by value: name, place in the array, value."""
        rows: list[Sequence[object]] = [("step", "array", "place", "value")]
        if self.snapshot is None:
            return []
        for name, array in self.snapshot.arrays.items():
            for place, value in np.ndenumerate(array):
                rows.append((self.snapshot.step, name, " ".join(map(str, place)), value))
        return rows

    def set_theme(self, theme: Theme) -> None:
        """Take on another look."""
        super().set_theme(theme)
        space = theme.space
        self._layout.setContentsMargins(2 * space, space, 2 * space, round(1.5 * space))
        self._layout.setSpacing(space // 2)
        self.controls.setContentsMargins(2 * space, 0, 0, 0)
        self.controls.setSpacing(space)
        self.canvas.set_theme(theme)
