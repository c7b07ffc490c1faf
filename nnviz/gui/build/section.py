"""A part of a side column that can be folded away."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from nnviz.gui.style.appearance import Appearance
from nnviz.gui.style.icons import icon


class Section(QFrame):
    """A heading that folds and unfolds what is below it.

    Attributes:
        body: Layout of what is below the heading.
    """

    def __init__(self, name: str, title: str, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setObjectName(name)
        self._appearance = appearance
        self._heading = QToolButton()
        self._heading.setObjectName(f"{name}_heading")
        self._heading.setCheckable(True)
        self._heading.setChecked(True)
        self._heading.setProperty("kind", "section")
        self._heading.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._heading.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        content = QWidget()
        self.body = QVBoxLayout(content)
        self.body.setContentsMargins(12, 0, 12, 12)
        self.body.setSpacing(8)
        self._content = content
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 4, 1, 1)
        layout.setSpacing(4)
        layout.addWidget(self._heading)
        layout.addWidget(content)
        self._heading.toggled.connect(self._on_toggled)
        appearance.theme_changed.connect(self._on_theme_changed)
        self.set_title(title)
        self._on_theme_changed()

    def set_title(self, title: str) -> None:
        """Write another heading."""
        self._heading.setText(title)
        self._heading.setAccessibleName(title)

    @Slot(bool)
    def _on_toggled(self, shown: bool) -> None:
        self._content.setVisible(shown)
        self._on_theme_changed()

    @Slot()
    def _on_theme_changed(self) -> None:
        theme = self._appearance.theme
        name = "chevron_down" if self._heading.isChecked() else "chevron_right"
        self._heading.setIcon(icon(name, theme, "muted"))
        font = self.font()
        font.setPixelSize(theme.heading_px)
        font.setWeight(font.Weight.DemiBold)
        self._heading.setFont(font)
        self._heading.setStyleSheet(
            "QToolButton { text-align: left; }"
            f"QToolButton:checked {{ background: transparent; color: {theme.text}; }}"
            f"QToolButton:hover {{ background: {theme.hover}; }}"
        )
