"""The line at the foot of the window: one sentence on what has just happened, and how the window looks."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from nnviz.gui.commands import Commands
from nnviz.gui.elided_label import ElidedLabel
from nnviz.gui.style.appearance import Appearance


class StatusLine(QFrame):
    """The newest sentence at the left; theme, projector mode, full screen and help at the right."""

    def __init__(self, commands: Commands, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.setObjectName("status_line")
        self.setProperty("kind", "status")
        self._sentence = ElidedLabel()
        self._sentence.setObjectName("status_sentence")
        self._sentence.setProperty("kind", "muted")
        self._sentence.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._sentence, 1)
        self._buttons = []
        for action in (
            commands.toggle_theme,
            commands.toggle_projector,
            commands.full_screen,
            commands.show_shortcuts,
        ):
            button = QToolButton()
            button.setObjectName(f"{action.objectName()}_button")
            button.setDefaultAction(action)
            button.setAccessibleName(action.text())
            button.setAccessibleDescription(action.statusTip())
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._row.addWidget(button)
            self._buttons.append(button)
        appearance.theme_changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    @property
    def sentence(self) -> str:
        """What is said now."""
        return self._sentence.text()

    @Slot(str)
    def say(self, sentence: str) -> None:
        """Show one sentence in place of the last."""
        self._sentence.setText(sentence)
        self._sentence.setAccessibleName(sentence)

    @Slot()
    def _on_theme_changed(self) -> None:
        theme = self._appearance.theme
        self._row.setContentsMargins(theme.space * 2, 2, theme.space, 2)
        self._row.setSpacing(2)
        for button in self._buttons:
            button.setIconSize(QSize(theme.icon_px - 2, theme.icon_px - 2))
