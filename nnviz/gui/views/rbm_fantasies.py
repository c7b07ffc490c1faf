"""Live view: what an RBM dreams of. Gibbs chains that run, go slowly or stand still, free or clamped to a class."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from numpy.typing import NDArray
from PySide6.QtCore import QT_TRANSLATE_NOOP, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QComboBox, QWidget

from nnviz.core.layers.rbm import Rbm
from nnviz.core.probes import ProbeContext
from nnviz.core.rbm.seen import fantasies
from nnviz.core.snapshot import Snapshot
from nnviz.gui.document import Project
from nnviz.gui.style.theme import Theme
from nnviz.gui.views.base import VIEWS
from nnviz.gui.views.canvas_view import CanvasView
from nnviz.gui.views.chain_buttons import ChainButtons
from nnviz.gui.views.rbm_pictures import PicturesCanvas, as_pictures, picture_shape, trains_rbms

FAST_MS, SLOW_MS = 100, 800
FAST_STEPS = 10
"""Gibbs steps between two pictures of a chain that runs; a slow one makes one."""


def _fantasies(context: ProbeContext, turn: int = 0, steps: int = 1, label: int = -1) -> dict[str, NDArray[Any]]:
    return fantasies(context, turn, steps, label)


@VIEWS.register
class RbmFantasies(CanvasView):
    """Particles that start at chance and are drawn from the machine step by step."""

    title = str(QT_TRANSLATE_NOOP("LiveView", "Fantasy particles"))
    hint = str(
        QT_TRANSLATE_NOOP(
            "LiveView",
            "Gibbs chains that start at random and see no data: hidden units are drawn from the visible ones and back. "
            "What they turn into is what the machine believes in.",
        )
    )
    order = 44
    probe = staticmethod(_fantasies)

    @classmethod
    def applies_to(cls, project: Project) -> bool:
        """Only where RBMs learn."""
        return trains_rbms(project)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self.pictures = PicturesCanvas(theme)
        super().__init__(theme, self.pictures, parent)
        self._project: Project | None = None
        self._turn = 0
        self._label = QComboBox()
        self._label.setObjectName("fantasies_label")
        self._label.setAccessibleName(self.tr("Clamped class"))
        self._label.setToolTip(self.tr("Hold the class of the top machine, and dream of it."))
        self._label.currentIndexChanged.connect(self._on_label_changed)
        self.controls.addWidget(self._label)
        self._chain = ChainButtons(
            "fantasies",
            (self.tr("Run"), self.tr("Slow"), self.tr("Step"), self.tr("Restart")),
            (
                self.tr("Ten Gibbs steps per picture, ten pictures a second."),
                self.tr("One Gibbs step at a time."),
                self.tr("One Gibbs step: to the hidden units and back."),
                self.tr("Let all chains begin at chance again."),
            ),
            fast_ms=FAST_MS,
            slow_ms=SLOW_MS,
            parent=self,
        )
        self._chain.moved.connect(self._on_moved)
        self._chain.restarted.connect(self._on_again)
        for button in self._chain.buttons:
            self.controls.addWidget(button)

    @property
    def turn(self) -> int:
        """How many times the chains were asked to move."""
        return self._turn

    def begin(self, project: Project, total_steps: int) -> None:
        """Forget the last run, and offer the classes that can be clamped."""
        self._project = project
        self.pictures.clear()
        labelled = any(
            isinstance(layer, Rbm) and layer.enabled and layer.with_labels for layer in project.network.layers
        )
        self._label.blockSignals(True)
        self._label.clear()
        self._label.addItem(self.tr("Any class"), -1)
        for index, name in enumerate(project.dataset.classes if labelled else ()):
            self._label.addItem(name, index)
        self._label.blockSignals(False)
        self._label.setVisible(labelled)
        super().begin(project, total_steps)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the particles where they are."""
        if not snapshot.arrays:
            return
        particles = snapshot.arrays["particles"]
        low, high = min(0.0, float(particles.min())), max(1.0, float(particles.max()))
        height, width = picture_shape(particles.shape[1], self._project)
        steps = int(snapshot.arrays["steps"])
        text = self.tr("{0}: probabilities of the visible units after {1} Gibbs steps")
        if steps == 0:
            text = self.tr("{0}: where the chains begin; press Run or Step")
        pictures = as_pictures((particles - low) / (high - low), height, width)
        self.pictures.show_pictures(pictures, text.format(snapshot.arrays["rbm"], f"{steps:,}"))
        super().show_snapshot(snapshot)

    def table(self) -> list[Sequence[object]]:
        """Every particle's values."""
        rows: list[Sequence[object]] = [("particle", "values")]
        if self.snapshot is not None and self.snapshot.arrays:
            for i, values in enumerate(self.snapshot.arrays["particles"]):
                rows.append((i + 1, *(round(float(value), 4) for value in values)))
        return rows

    def hideEvent(self, event: QHideEvent) -> None:
        # A hidden view costs nothing.
        self._chain.halt()
        super().hideEvent(event)

    def _move(self, steps: int) -> None:
        self._turn += 1
        self.ask(turn=self._turn, steps=steps, label=self._clamped())

    def _clamped(self) -> int:
        label = self._label.currentData()
        return -1 if label is None else int(label)

    @Slot(bool)
    def _on_moved(self, runs: bool) -> None:
        self._move(FAST_STEPS if runs else 1)

    @Slot()
    def _on_again(self) -> None:
        self._turn = 0
        self.ask(turn=-1, steps=1, label=self._clamped())

    @Slot()
    def _on_label_changed(self) -> None:
        self.ask(turn=self._turn, steps=1, label=self._clamped())
