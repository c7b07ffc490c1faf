"""What a workspace shows while it has nothing to show: a picture, a title and what to do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from nnviz.gui.style.icons import icon
from nnviz.gui.style.theme import Theme


class EmptyPage(QWidget):
    """An icon above a title and a text, in the middle.

    Args:
        icon_name: Name of the icon.
        title: What is missing.
        text: What to do about it.
        theme: How it looks.
    """

    def __init__(self, icon_name: str, title: str, text: str, theme: Theme) -> None:
        super().__init__()
        self._icon_name = icon_name
        self._picture, self._text = QLabel(), QLabel(text)
        heading = QLabel(title)
        heading.setProperty("kind", "title")
        self._text.setProperty("kind", "muted")
        self._text.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.addStretch()
        for label in (self._picture, heading, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(label, 0, Qt.AlignmentFlag.AlignCenter)
        layout.addStretch()
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take on another look."""
        side = 4 * theme.icon_px
        self._picture.setPixmap(icon(self._icon_name, theme).pixmap(side, side))
        # A layout that centres a label asks it for no height: a text that wraps must be told its width and get its own.
        width = 38 * theme.font_px
        self._text.setFixedWidth(width)
        self._text.ensurePolished()
        self._text.setFixedHeight(self._text.heightForWidth(width))
