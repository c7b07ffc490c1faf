"""The card that says what just happened: it may have a new sentence at every frame."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from nnviz.gui.style.theme import Theme

LINES = 3.2
"""Of text that there is room for: always as many, so that the picture does not jump with the length of a sentence."""


class LabNote(QFrame):
    """A heading, and rich text below it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        heading = QLabel(self.tr("What just happened?"))
        heading.setProperty("kind", "heading")
        self._text = QLabel()
        self._text.setObjectName("lab_happened")
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.RichText)
        self._text.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._frame = _Frame(self._text)
        self._column = QVBoxLayout(self)
        self._column.addWidget(heading)
        self._column.addWidget(self._frame, 1)

    def say(self, text: str) -> None:
        """Show this rich text."""
        if self._text.text() != text:
            self._text.setText(text)

    def set_theme(self, theme: Theme) -> None:
        """Take on another look."""
        self._column.setContentsMargins(2 * theme.space, theme.space, 2 * theme.space, theme.space)
        self._column.setSpacing(2)
        self._frame.setFixedHeight(round(LINES * 1.35 * theme.font_px))
        self._frame.ground = theme.colour("surface")


class _Frame(QWidget):
    # Gives a label all its room, without a layout: in one, the whole window is laid out again at each new text. And
    # fills its surface, or the card and all seven widgets behind it would be painted again with each of them.

    def __init__(self, label: QLabel) -> None:
        super().__init__()
        self._label = label
        self.ground = QColor()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        label.setParent(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), self.ground)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._label.setGeometry(self.rect())
        super().resizeEvent(event)
