"""One editor per kind of field: how a value of a spec is shown and changed. `forms.py` chooses and arranges them."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QLineEdit, QWidget

from nnviz.core.shape import Shape
from nnviz.core.spec import Param, Spec
from nnviz.gui.number_box import NumberBox
from nnviz.gui.path_line import PathLine
from nnviz.gui.spec_text import shape_text, spec_text

Offers = Callable[[Param, type[Spec]], bool]
"""Whether a type may be chosen for a parameter, for example a loss that suits the data."""


class Editor(QWidget):
    """Shows one value; `set_value` never emits.

    Signals:
        value_edited(object): Somebody entered another value, which may still be a wrong one.
        editing_finished(): Enter was pressed or the keyboard went elsewhere.
    """

    value_edited = Signal(object)
    editing_finished = Signal()

    def __init__(self, field: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self._line_up = QHBoxLayout(self)
        self._line_up.setContentsMargins(0, 0, 0, 0)
        self._line_up.addWidget(field)
        self.setFocusProxy(field)

    def set_value(self, value: Any) -> None:
        """Show `value`, without a signal."""
        raise NotImplementedError


class ComboBox(QComboBox):
    """A combo box that lets a form scroll: the wheel does nothing until it has the keyboard."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class NumberEditor(Editor):
    """A spin box."""

    def __init__(self, info: Param, parent: QWidget | None = None) -> None:
        self._box = NumberBox(info)
        super().__init__(self._box, parent)
        self._box.valueChanged.connect(self._on_value_changed)
        self._box.editingFinished.connect(self.editing_finished)

    def set_value(self, value: Any) -> None:
        """Show the number."""
        self._box.blockSignals(True)
        self._box.set_number(value)
        self._box.blockSignals(False)

    @Slot()
    def _on_value_changed(self) -> None:
        self.value_edited.emit(self._box.number())


class SwitchEditor(Editor):
    """A check box."""

    def __init__(self, info: Param, parent: QWidget | None = None) -> None:
        self._box = QCheckBox()
        super().__init__(self._box, parent)
        self._box.checkStateChanged.connect(self._on_check_state_changed)

    def set_value(self, value: Any) -> None:
        """Check it or not."""
        self._box.blockSignals(True)
        self._box.setChecked(value)
        self._box.blockSignals(False)

    @Slot()
    def _on_check_state_changed(self) -> None:
        self.value_edited.emit(self._box.isChecked())
        self.editing_finished.emit()


class ChoiceEditor(Editor):
    """A combo box of the allowed values."""

    def __init__(self, info: Param, parent: QWidget | None = None) -> None:
        self._box = ComboBox()
        super().__init__(self._box, parent)
        self._choices = info.choices
        self._box.addItems([spec_text(str(choice)) for choice in info.choices])
        self._box.currentIndexChanged.connect(self._on_index_changed)

    def set_value(self, value: Any) -> None:
        """Choose it."""
        self._box.blockSignals(True)
        self._box.setCurrentIndex(self._choices.index(value))
        self._box.blockSignals(False)

    @Slot()
    def _on_index_changed(self) -> None:
        self.value_edited.emit(self._choices[self._box.currentIndex()])
        self.editing_finished.emit()


class OptionsEditor(Editor):
    """A combo box of the texts that make sense here, as the columns of a table; they are not translated."""

    def __init__(self, options: Sequence[str], parent: QWidget | None = None) -> None:
        self._box = ComboBox()
        super().__init__(self._box, parent)
        for option in options:
            self._box.addItem(option, option)
        self._box.currentIndexChanged.connect(self._on_index_changed)

    def set_value(self, value: Any) -> None:
        """Choose it; what is set is a choice, even if it should not be one."""
        self._box.blockSignals(True)
        if self._box.findData(value) < 0:
            self._box.insertItem(0, value or self.tr("automatic"), value)
        self._box.setCurrentIndex(self._box.findData(value))
        self._box.blockSignals(False)

    @Slot()
    def _on_index_changed(self) -> None:
        self.value_edited.emit(self._box.currentData())
        self.editing_finished.emit()


class TypeEditor(Editor):
    """A combo box of the types that a registry has; the value is a spec, and another type starts with its defaults.

    Each type comes back as it was left, so that looking at another one loses nothing.
    """

    def __init__(self, info: Param, offers: Offers, parent: QWidget | None = None) -> None:
        self._box = ComboBox()
        super().__init__(self._box, parent)
        assert info.registry is not None
        self._classes: list[type[Spec]] = [cls for cls in info.registry if offers(info, cls)]
        self._classes.sort(key=lambda cls: spec_text(cls.title).casefold())
        self._left: dict[type[Spec], Spec] = {}
        for cls in self._classes:
            self._add(cls)
        self._box.currentIndexChanged.connect(self._on_index_changed)

    def _add(self, cls: type[Spec]) -> None:
        self._box.addItem(spec_text(cls.title))
        summary = f"<p>{html.escape(spec_text(cls.summary()))}</p>"
        self._box.setItemData(self._box.count() - 1, summary, Qt.ItemDataRole.ToolTipRole)

    def set_value(self, value: Any) -> None:
        """Choose the spec's type, also one that is not offered: a file may have it."""
        self._box.blockSignals(True)
        if type(value) not in self._classes:
            self._classes.append(type(value))
            self._add(type(value))
        self._left[type(value)] = value
        self._box.setCurrentIndex(self._classes.index(type(value)))
        self._box.blockSignals(False)

    @Slot()
    def _on_index_changed(self) -> None:
        cls = self._classes[self._box.currentIndex()]
        self.value_edited.emit(self._left.get(cls) or cls())
        self.editing_finished.emit()


class TextEditor(Editor):
    """A line for a text, or for whole numbers with commas between."""

    def __init__(self, info: Param, parent: QWidget | None = None) -> None:
        self._line = QLineEdit()
        super().__init__(self._line, parent)
        self._is_tuple = info.type is tuple
        self._line.textEdited.connect(self._on_text_edited)
        self._line.editingFinished.connect(self.editing_finished)

    def set_value(self, value: Any) -> None:
        """Show it; a text that says the same already is left as it was typed."""
        if self._value() != value:
            self._line.setText(", ".join(map(str, value)) if self._is_tuple else value)

    def _value(self) -> Any:
        if not self._is_tuple:
            return self._line.text()
        try:
            return tuple(int(part) for part in self._line.text().replace(";", ",").split(",") if part.strip())
        except ValueError:
            # The spec says in its own words that this is no list of whole numbers.
            return self._line.text()

    @Slot()
    def _on_text_edited(self) -> None:
        self.value_edited.emit(self._value())


class PathEditor(Editor):
    """A line for the path of a file or folder, with a button that finds one; a file may be dropped on it."""

    def __init__(self, info: Param, parent: QWidget | None = None) -> None:
        self._path = PathLine("folder" if info.path == "folder" else "file", info.suffixes)
        self._path.browse.setObjectName(f"browse_{info.name}")
        super().__init__(self._path, parent)
        # What is marked as wrong, and named for screen readers, is the line.
        self.field = self._path.line
        self._path.path_edited.connect(self._on_path_edited)
        self._path.editing_finished.connect(self.editing_finished)

    def set_value(self, value: Any) -> None:
        """Show the path."""
        self._path.set_path(value)

    @Slot(str)
    def _on_path_edited(self, path: str) -> None:
        self.value_edited.emit(path)


class ReadOnlyEditor(Editor):
    """A value that is not changed here: a shape, the list of layers."""

    def __init__(self, info: Param, parent: QWidget | None = None) -> None:
        self._label = QLabel()
        self._label.setProperty("kind", "muted")
        super().__init__(self._label, parent)

    def set_value(self, value: Any) -> None:
        """Write it."""
        if isinstance(value, Shape):
            self._label.setText(shape_text(value))
        elif isinstance(value, tuple):
            self._label.setText(str(len(value)))
        else:
            self._label.setText(spec_text(getattr(value, "title", str(value))))


class OptionalEditor(Editor):
    """A check box in front of another editor: unchecked means None."""

    def __init__(self, info: Param, inner: Editor, parent: QWidget | None = None) -> None:
        self._box = QCheckBox()
        super().__init__(self._box, parent)
        self._inner = inner
        self._start = info.default if info.default is not None else _smallest(info)
        self._value: Any = None
        self._line_up.addWidget(inner, 1)
        self._box.checkStateChanged.connect(self._on_check_state_changed)
        inner.value_edited.connect(self._on_inner_edited)
        inner.editing_finished.connect(self.editing_finished)

    def set_value(self, value: Any) -> None:
        """Show the value, or that there is none."""
        self._value = value
        self._box.blockSignals(True)
        self._box.setChecked(value is not None)
        self._box.blockSignals(False)
        self._inner.setEnabled(value is not None)
        if value is not None:
            self._start = value
        if self._start is not None:
            self._inner.set_value(self._start)

    @Slot()
    def _on_check_state_changed(self) -> None:
        self.set_value(self._start if self._box.isChecked() else None)
        self.value_edited.emit(self._value)
        self.editing_finished.emit()

    @Slot(object)
    def _on_inner_edited(self, value: Any) -> None:
        self._start = self._value = value
        self.value_edited.emit(value)


def _smallest(info: Param) -> Any:
    # Where None is the default: the nearest value to nothing that is allowed.
    if info.choices:
        return info.choices[0]
    if info.type in (int, float):
        bound = info.ge if info.ge is not None else (info.gt + 1 if info.gt is not None else 0)
        return info.type(bound)
    return info.type() if info.type in (bool, str) else None


def make_editor(info: Param, offers: Offers) -> Editor:
    """The editor for a field, chosen by what `param()` said of it."""
    editor = _make_plain_editor(info, offers)
    return OptionalEditor(info, editor) if info.optional and not isinstance(editor, ReadOnlyEditor) else editor


def _make_plain_editor(info: Param, offers: Offers) -> Editor:
    if info.registry is not None and info.type is not tuple:
        return TypeEditor(info, offers)
    if info.choices:
        return ChoiceEditor(info)
    if info.type is bool:
        return SwitchEditor(info)
    if info.type in (int, float):
        return NumberEditor(info)
    if info.path:
        return PathEditor(info)
    if info.type is str or (info.type is tuple and info.registry is None):
        return TextEditor(info)
    return ReadOnlyEditor(info)
