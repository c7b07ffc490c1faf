"""Spin boxes whose text keeps its distance from the border."""

from __future__ import annotations

from PySide6.QtWidgets import QDoubleSpinBox, QSpinBox, QWidget

MARGIN_PX = 7
"""Between the border and the text. The style sheet's padding does not reach the line within a spin box."""


class SpinBox(QSpinBox):
    """Edits a whole number."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lineEdit().setTextMargins(MARGIN_PX, 0, 0, 0)


class DoubleSpinBox(QDoubleSpinBox):
    """Edits a decimal number."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lineEdit().setTextMargins(MARGIN_PX, 0, 0, 0)
