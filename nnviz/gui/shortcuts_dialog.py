"""The list of all keyboard shortcuts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from nnviz.gui.style.theme import Theme
from nnviz.gui.workspaces import WorkspaceEntry


class ShortcutsDialog(QDialog):
    """Names, keys and a sentence for everything that has a shortcut; made from the actions, so it is always true."""

    def __init__(
        self,
        entries: Sequence[WorkspaceEntry],
        actions: Sequence[QAction],
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("shortcuts_dialog")
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._theme = theme
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.space * 3, theme.space * 2, theme.space * 3, theme.space * 2)
        column.setSpacing(theme.space * 2)
        title = QLabel(self.tr("Keyboard shortcuts"))
        title.setProperty("kind", "title")
        column.addWidget(title)
        rows = [(action.text(), action.shortcuts(), action.statusTip()) for action in actions]
        pages = [(entry.title, [QKeySequence(f"Ctrl+{i}")], entry.tip) for i, entry in enumerate(entries, start=1)]
        column.addWidget(self._card(rows + pages))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.close)
        column.addWidget(buttons)

    def _card(self, rows: Sequence[tuple[str, Sequence[QKeySequence], str]]) -> QFrame:
        card = QFrame()
        card.setProperty("kind", "card")
        grid = QGridLayout(card)
        grid.setContentsMargins(*[self._theme.space * 2] * 4)
        grid.setHorizontalSpacing(self._theme.space * 3)
        grid.setVerticalSpacing(self._theme.space // 2)
        for row, (name, keys, sentence) in enumerate(rows):
            grid.addWidget(QLabel(name), row, 0)
            caps = QHBoxLayout()
            caps.setSpacing(self._theme.space // 2)
            for key in keys:
                cap = QLabel(key.toString(QKeySequence.SequenceFormat.NativeText))
                cap.setProperty("kind", "key")
                caps.addWidget(cap)
            caps.addStretch()
            grid.addLayout(caps, row, 1)
            explanation = QLabel(sentence)
            explanation.setProperty("kind", "muted")
            grid.addWidget(explanation, row, 2)
        return card
