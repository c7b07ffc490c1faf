"""The slider that takes the noise of single batches out of training curves."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QWidget

from nnviz.gui.style.theme import Theme

SMOOTHEST = 99
"""Largest weight of the past, in hundredths."""


class SmoothingControl(QWidget):
    """A word and a slider.

    Attributes:
        slider: The slider, in hundredths.

    Signals:
        changed: The weight is another one.
    """

    changed = Signal()

    def __init__(self, name: str, weight: float, parent: QWidget | None = None) -> None:
        """Make it.

        Args:
            name: objectName of the slider.
            weight: What it begins with, from 0 to below 1.
            parent: The widget that it stands in.
        """
        super().__init__(parent)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setObjectName(name)
        self.slider.setRange(0, SMOOTHEST)
        self.slider.setValue(round(100 * weight))
        self.slider.setAccessibleName(self.tr("Smoothing of training curves"))
        self.slider.setToolTip(self.tr("Take the noise of single batches out of training curves."))
        self._label = QLabel(self.tr("Smooth"))
        self._label.setProperty("kind", "muted")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._label)
        self._row.addWidget(self.slider)
        self.slider.valueChanged.connect(self.changed)

    @property
    def weight(self) -> float:
        """How much the past counts, for `nnviz.core.smoothing.smoothed`."""
        return self.slider.value() / 100

    def set_theme(self, theme: Theme) -> None:
        """Take on another look."""
        self._row.setSpacing(round(1.5 * theme.space))
        self.slider.setFixedWidth(7 * theme.font_px)
