"""The editor for a list of specs, such as the regularisers: one form below the other, in the order that counts."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QToolButton, QVBoxLayout, QWidget

from nnviz.core.spec import Param, Spec
from nnviz.gui.editors import Editor, Offers
from nnviz.gui.spec_text import spec_text, spec_tooltip

if TYPE_CHECKING:
    from nnviz.gui.forms import SpecForm


class SpecListEditor(Editor):
    """Nested forms with buttons to move and remove each, and a menu that adds one.

    Signals:
        part_edited(tuple, str): The new list, and what changed: "1.strength", "add", "remove" or "move".
    """

    part_edited = Signal(object, str)

    def __init__(self, info: Param, offers: Offers, parent: QWidget | None = None) -> None:
        self._add = QToolButton()
        super().__init__(self._add, parent)
        assert info.registry is not None
        self._offers = offers
        self._values: tuple[Spec, ...] = ()
        self._items: list[_Item] = []
        self._add.setText(self.tr("Add..."))
        self._add.setProperty("kind", "outlined")
        self._add.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self._add)
        menu.setObjectName(f"add_{info.name}_menu")
        menu.setToolTipsVisible(True)
        for cls in sorted(info.registry, key=lambda cls: spec_text(cls.title).casefold()):
            if offers(info, cls):
                action = QAction(spec_text(cls.title), menu)
                action.setObjectName(f"add_{cls.name}")
                action.setToolTip(spec_tooltip(cls))
                action.setData(cls)
                menu.addAction(action)
        menu.triggered.connect(self._on_add_triggered)
        self._add.setMenu(menu)
        self.list = QWidget()
        """Where the forms stand; the form places it below the line."""
        self._column = QVBoxLayout(self.list)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)

    def set_value(self, value: Any) -> None:
        """Show these specs; a form whose spec is of the same type stays, with what is being typed in it."""
        values: Sequence[Spec] = value
        self._values = tuple(values)
        for place, spec in enumerate(values):
            if place < len(self._items) and type(self._items[place].form.spec) is type(spec):
                self._items[place].form.set_spec(spec)
            else:
                self._put(place, spec)
        for item in self._items[len(values) :]:
            self._drop(item)
        del self._items[len(values) :]
        for place, item in enumerate(self._items):
            item.set_place(place, len(self._items))
        self.list.setVisible(bool(values))

    def _put(self, place: int, spec: Spec) -> None:
        item = _Item(spec, self._offers, self.list)
        item.edited.connect(self._on_item_edited)
        item.move_requested.connect(self._on_move_requested)
        item.remove_requested.connect(self._on_remove_requested)
        item.form.editing_finished.connect(self.editing_finished)
        if place < len(self._items):
            self._drop(self._items[place])
            self._items[place] = item
        else:
            self._items.append(item)
        self._column.insertWidget(place, item)

    def _drop(self, item: _Item) -> None:
        # Later: its own signal may be what is being answered.
        item.hide()
        self._column.removeWidget(item)
        item.deleteLater()

    def _change(self, values: tuple[Spec, ...], path: str) -> None:
        # Before and behind: adding, moving and removing never join another edit.
        self.editing_finished.emit()
        self.set_value(values)
        self.part_edited.emit(values, path)
        self.editing_finished.emit()

    @Slot(QAction)
    def _on_add_triggered(self, action: QAction) -> None:
        self._change((*self._values, action.data()()), "add")
        self._items[-1].begin()

    @Slot(int, object, str)
    def _on_item_edited(self, place: int, spec: Spec, path: str) -> None:
        self._values = (*self._values[:place], spec, *self._values[place + 1 :])
        self.part_edited.emit(self._values, f"{place}.{path}")

    @Slot(int, int)
    def _on_move_requested(self, place: int, by: int) -> None:
        values = list(self._values)
        values.insert(place + by, values.pop(place))
        self._change(tuple(values), "move")
        self._items[place + by].focus_move(by)

    @Slot(int)
    def _on_remove_requested(self, place: int) -> None:
        self._change((*self._values[:place], *self._values[place + 1 :]), "remove")
        if self._items:
            self._items[min(place, len(self._items) - 1)].focus_remove()
        else:
            self._add.setFocus(Qt.FocusReason.OtherFocusReason)


class _Item(QFrame):
    # One spec of the list: a line with its title and the buttons, and its form.

    edited = Signal(int, object, str)
    move_requested = Signal(int, int)
    remove_requested = Signal(int)

    def __init__(self, spec: Spec, offers: Offers, parent: QWidget | None = None) -> None:
        from nnviz.gui.forms import SpecForm

        super().__init__(parent)
        self._place = 0
        self.form: SpecForm = SpecForm(spec, offers=offers)
        title = spec_text(spec.title)
        heading = QLabel(title)
        font = heading.font()
        font.setWeight(font.Weight.DemiBold)
        heading.setFont(font)
        formula = QLabel(html.escape(getattr(spec, "formula", "")))
        formula.setTextFormat(Qt.TextFormat.RichText)
        formula.setProperty("kind", "muted")
        formula.setWordWrap(True)
        formula.setVisible(bool(getattr(spec, "formula", "")))
        heading.setToolTip(spec_tooltip(type(spec)))
        formula.setToolTip(spec_tooltip(type(spec)))
        self._up = self._button(Qt.ArrowType.UpArrow, self.tr("Move {} up").format(title))
        self._down = self._button(Qt.ArrowType.DownArrow, self.tr("Move {} down").format(title))
        self._remove = self._button(Qt.ArrowType.NoArrow, self.tr("Remove {}").format(title))
        self._remove.setText("×")
        self._up.clicked.connect(self._on_up_clicked)
        self._down.clicked.connect(self._on_down_clicked)
        self._remove.clicked.connect(self._on_remove_clicked)
        self.form.spec_changed.connect(self._on_spec_changed)
        line = QHBoxLayout()
        line.setSpacing(2)
        line.addWidget(heading, 1)
        for button in (self._up, self._down, self._remove):
            line.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(line)
        layout.addWidget(formula)
        layout.addWidget(self.form)

    def set_place(self, place: int, count: int) -> None:
        """Know where in the list it is: the first cannot go up, the last not down."""
        self._place = place
        self._up.setEnabled(place > 0)
        self._down.setEnabled(place < count - 1)
        self.setObjectName(f"item_{place}")
        for name, button in (("up", self._up), ("down", self._down), ("remove", self._remove)):
            button.setObjectName(f"{name}_{place}")

    def begin(self) -> None:
        """Give the keyboard to its first field."""
        fields = [field for field in self.form.findChildren(QWidget) if field.objectName().startswith("field_")]
        (fields[0] if fields else self._remove).setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_move(self, by: int) -> None:
        """Keep the keyboard at the button that moved it, or at its opposite once it cannot go further."""
        wanted, other = (self._up, self._down) if by < 0 else (self._down, self._up)
        (wanted if wanted.isEnabled() else other).setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_remove(self) -> None:
        """Give the keyboard to the button that removes it."""
        self._remove.setFocus(Qt.FocusReason.OtherFocusReason)

    def _button(self, arrow: Qt.ArrowType, tip: str) -> QToolButton:
        button = QToolButton()
        button.setArrowType(arrow)
        button.setAccessibleName(tip)
        button.setToolTip(tip)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.installEventFilter(self)
        return button

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Enter is what the hand is on for a button, also where Qt only takes the space bar.
        if (
            isinstance(watched, QToolButton)
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ):
            watched.click()
            return True
        return super().eventFilter(watched, event)

    @Slot(object, str)
    def _on_spec_changed(self, spec: Spec, path: str) -> None:
        self.edited.emit(self._place, spec, path)

    @Slot()
    def _on_up_clicked(self) -> None:
        self.move_requested.emit(self._place, -1)

    @Slot()
    def _on_down_clicked(self) -> None:
        self.move_requested.emit(self._place, 1)

    @Slot()
    def _on_remove_clicked(self) -> None:
        self.remove_requested.emit(self._place)
