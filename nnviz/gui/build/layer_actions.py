"""The commands of the column of layers, with icons and shortcuts, and the menu that shows them."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from nnviz.gui.build.cards import LayerStack
from nnviz.gui.build.layer_edits import LayerEdits
from nnviz.gui.style.appearance import Appearance
from nnviz.gui.style.icons import icon


class LayerActions(QMenu):
    """The column's context menu. Its shortcuts work while the column has the keyboard."""

    def __init__(self, edits: LayerEdits, stack: LayerStack, appearance: Appearance) -> None:
        super().__init__(stack)
        self._stack = stack
        self._appearance = appearance
        self._icons: dict[QAction, str] = {}
        self.setObjectName("layer_menu")
        self.setAccessibleName(self.tr("Layer"))
        self.cut = self._action("cut", self.tr("Cut"), "cut", "Ctrl+X")
        self.copy = self._action("copy", self.tr("Copy"), "copy", "Ctrl+C")
        self.paste = self._action("paste", self.tr("Paste behind"), "paste", "Ctrl+V")
        self.addSeparator()
        self.duplicate = self._action("duplicate", self.tr("Duplicate"), "duplicate", "Ctrl+D")
        self.move_up = self._action("move_up", self.tr("Move up"), "move_up", "Alt+Up")
        self.move_down = self._action("move_down", self.tr("Move down"), "move_down", "Alt+Down")
        self.switch = self._action("switch", self.tr("Switch off"), "switch_off", "Ctrl+Space")
        self.addSeparator()
        self.everything = self._action("select_all", self.tr("Select all"), "", "Ctrl+A")
        self.delete = self._action("delete", self.tr("Delete"), "delete", "Del", "Backspace")
        for action, slot in (
            (self.cut, edits.cut),
            (self.copy, edits.copy),
            (self.paste, edits.paste),
            (self.duplicate, edits.duplicate),
            (self.move_up, edits.move_up),
            (self.move_down, edits.move_down),
            (self.switch, edits.toggle_enabled),
            (self.everything, edits.select_all),
            (self.delete, edits.delete),
        ):
            action.triggered.connect(slot)
        stack.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        stack.customContextMenuRequested.connect(self._on_menu_requested)
        self.aboutToHide.connect(self._on_about_to_hide)
        appearance.theme_changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def prepare(self) -> None:
        """Grey out what cannot be done with the selection, and name what the switch would do."""
        chosen = self._stack.selection
        layers = [self._stack.cards[index].trace.layer for index in chosen]
        for action in (self.cut, self.copy, self.duplicate, self.switch, self.delete):
            action.setEnabled(bool(chosen))
        self.everything.setEnabled(bool(self._stack.cards))
        self.move_up.setEnabled(bool(chosen) and chosen[0] > 0)
        self.move_down.setEnabled(bool(chosen) and chosen[-1] + 1 < len(self._stack.cards))
        off = bool(layers) and not any(layer.enabled for layer in layers)
        self.switch.setText(self.tr("Switch on") if off else self.tr("Switch off"))

    def _action(self, name: str, text: str, icon_name: str, *keys: str) -> QAction:
        action = QAction(text, self)
        action.setObjectName(f"layer_{name}")
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.setShortcutVisibleInContextMenu(True)
        self.addAction(action)
        self._stack.addAction(action)
        if icon_name:
            self._icons[action] = icon_name
        return action

    @Slot(QPoint)
    def _on_menu_requested(self, position: QPoint) -> None:
        self.prepare()
        selected = self._stack.selected
        if selected >= 0 and not self._stack.viewport().rect().contains(position):
            position = QPoint(0, 0)
        self.popup(self._stack.viewport().mapToGlobal(position))

    @Slot()
    def _on_about_to_hide(self) -> None:
        # A greyed-out action would swallow its shortcut later, when it could be used.
        for action in self.actions():
            action.setEnabled(True)

    @Slot()
    def _on_theme_changed(self) -> None:
        theme = self._appearance.theme
        for action, name in self._icons.items():
            action.setIcon(icon(name, theme, "muted"))
