"""The rail of workspaces at the left edge of the window."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QToolButton, QVBoxLayout, QWidget

from nnviz.gui.commands import tip_with_shortcut
from nnviz.gui.style.appearance import Appearance
from nnviz.gui.style.icons import icon
from nnviz.gui.workspaces import WorkspaceEntry


class Rail(QFrame):
    """One button per workspace; Ctrl with its number presses it.

    Signals:
        chosen(str): The workspace of this name is wanted.
    """

    chosen = Signal(str)

    def __init__(
        self, entries: Sequence[WorkspaceEntry], appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._entries = {entry.name: entry for entry in entries}
        self._appearance = appearance
        self.setObjectName("rail")
        self.setProperty("kind", "rail")
        self.setAccessibleName(self.tr("Workspaces"))
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        self._column = QVBoxLayout(self)
        for number, entry in enumerate(entries, start=1):
            self._column.addWidget(self._make_button(entry, f"Ctrl+{number}"))
        self._column.addStretch()
        self._group.buttonClicked.connect(self._on_clicked)
        appearance.theme_changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def mark(self, name: str) -> None:
        """Show that this workspace is on the screen."""
        self._buttons[name].setChecked(True)

    def _make_button(self, entry: WorkspaceEntry, keys: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName(f"{entry.name}_button")
        button.setProperty("kind", "rail")
        button.setText(entry.title)
        button.setAccessibleName(entry.title)
        button.setAccessibleDescription(entry.tip)
        button.setToolTip(tip_with_shortcut(entry.title, entry.tip, QKeySequence(keys)))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        # The button's own shortcut would press it with an animation, and open the page a tenth of a second late.
        QShortcut(QKeySequence(keys), self).activated.connect(button.click)
        self._group.addButton(button)
        self._buttons[entry.name] = button
        return button

    @Slot(QAbstractButton)
    def _on_clicked(self, button: QAbstractButton) -> None:
        self.chosen.emit(button.objectName().removesuffix("_button"))

    @Slot()
    def _on_theme_changed(self) -> None:
        theme = self._appearance.theme
        margin = theme.space
        self.setFixedWidth(theme.rail_px)
        self._column.setContentsMargins(margin, margin, margin, margin)
        self._column.setSpacing(theme.space // 2)
        for name, button in self._buttons.items():
            size = theme.rail_icon_px
            button.setIcon(icon(self._entries[name].icon, theme, "muted", on="accent_text", size=size))
            button.setIconSize(QSize(size, size))
            # Its height is the style sheet's.
            button.setFixedWidth(theme.rail_px - 2 * margin - 1)
