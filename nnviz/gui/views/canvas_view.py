"""What the views with a canvas share: a heading with controls, and the canvas below, which scrolls where it must."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from nnviz.core.snapshot import Snapshot
from nnviz.gui.document import Project
from nnviz.gui.style.theme import Theme
from nnviz.gui.views.base import LiveView
from nnviz.gui.views.canvas import Canvas


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
        heading = QLabel(self.heading())
        heading.setProperty("kind", "heading")
        heading.setToolTip(QCoreApplication.translate("LiveView", self.hint))
        self.bar = QWidget()
        self.controls = QHBoxLayout(self.bar)
        self.controls.addWidget(heading)
        self.controls.addStretch()
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

    def begin(self, project: Project, total_steps: int) -> None:
        """Show nothing any more."""
        self.snapshot = None
        self.canvas.message = self.tr("Nothing has been seen of this network yet.")
        self.canvas.update()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Paint what the canvas was given."""
        self.snapshot = snapshot
        self.canvas.message = ""
        self.paint_s = self.canvas.paint_s
        self.canvas.update()

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
