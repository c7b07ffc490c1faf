"""Forms made from specs: every field becomes an editor, by what the field says of itself.

Knows no layer, data set or optimiser; a new one gets its form by being there.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from nnviz.core.spec import Param, Spec, SpecError
from nnviz.gui.editors import Editor, Offers, OptionsEditor, make_editor
from nnviz.gui.spec_list import SpecListEditor
from nnviz.gui.spec_text import param_tooltip, spec_text, spec_tooltip

ERROR_DELAY_MS = 600
"""How long a wrong value may stand before the sentence appears: typing 0.001 passes through 0."""


def offer_all(info: Param, cls: type[Spec]) -> bool:
    """Every type of a registry may be chosen."""
    return True


class SpecForm(QWidget):
    """Edits one spec; a nested spec has its type as a choice and its own form below.

    Attributes:
        spec: The spec with every valid edit in it.

    Signals:
        spec_changed(Spec, str): Somebody changed a field to another valid value: the new spec, and the field's path,
            for example "optimiser.learning_rate".
        editing_finished(): Enter was pressed, or the keyboard went to another field.
    """

    spec_changed = Signal(object, str)
    editing_finished = Signal()

    def __init__(
        self,
        spec: Spec,
        parent: QWidget | None = None,
        *,
        offers: Offers = offer_all,
        options: Mapping[str, Sequence[str]] | None = None,
        first: Sequence[str] = (),
        without: Collection[str] = (),
    ) -> None:
        """Make the form.

        Args:
            spec: What is edited.
            parent: The widget that it is part of.
            offers: Which types may be chosen.
            options: For texts of which only some make sense, as the columns of a table: these, by the field's name.
            first: Names of the fields that stand at the top, in this order.
            without: Names of fields that are left out, because they are edited elsewhere.
        """
        super().__init__(parent)
        self.spec = spec
        self._offers = offers
        self._options = dict(options or {})
        self._first = tuple(first)
        self._without = without
        self._rows: dict[str, _FieldRow] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(6)
        self._make_rows()

    def set_spec(self, spec: Spec) -> None:
        """Show another spec, without a signal; fields that stay the same keep what is being typed in them."""
        if type(spec) is not type(self.spec):
            self.spec = spec
            self._make_rows()
            return
        old, self.spec = self.spec, spec
        for name, row in self._rows.items():
            if getattr(old, name) != getattr(spec, name):
                row.set_value(getattr(spec, name))
        self._show_what_matters()

    def begin(self, spec: Spec) -> None:
        """Show a spec of the same type that has nothing to do with the last one: nothing that was typed stays."""
        self.spec = spec
        for name, row in self._rows.items():
            row.set_value(getattr(spec, name))
        self._show_what_matters()

    def error(self, name: str) -> str:
        """The sentence that stands, or is about to stand, at a field of this spec; empty if its value is right."""
        return self._rows[name].error

    def _make_rows(self) -> None:
        for row in self._rows.values():
            row.hide()
            self._layout.removeWidget(row)
            row.deleteLater()
        self._rows = {}
        self._infos = {info.name: info for info in self.spec.params()}
        infos = [info for info in self.spec.params() if info.editable and info.name not in self._without]
        places = {name: place for place, name in enumerate(self._first)}
        for info in sorted(infos, key=lambda info: places.get(info.name, len(places))):
            row = _FieldRow(info, self._offers, self, options=self._options.get(info.name, ()))
            row.set_value(getattr(self.spec, info.name))
            row.value_edited.connect(self._on_value_edited)
            row.editing_finished.connect(self.editing_finished)
            self._rows[info.name] = row
            self._layout.addWidget(row)
        self._show_what_matters()

    def _show_what_matters(self) -> None:
        # A field that has no effect would only be in the way; its value is kept for when it has.
        for name, row in self._rows.items():
            row.setVisible(self._infos[name].matters(self.spec))

    @Slot(str, str, object)
    def _on_value_edited(self, name: str, path: str, value: Any) -> None:
        row = self._rows[name]
        try:
            changed = self.spec.replace(**{name: value})
        except SpecError as error:
            row.show_error(spec_text(str(error)))
            return
        row.show_error("")
        if changed != self.spec:
            self.spec = changed
            row.follow(getattr(changed, name))
            self._show_what_matters()
            self.spec_changed.emit(changed, path)


class _FieldRow(QWidget):
    # A label, an editor, room for a sentence on what is wrong, and for a nested spec its form.

    value_edited = Signal(str, str, object)
    editing_finished = Signal()

    def __init__(
        self, info: Param, offers: Offers, parent: QWidget | None = None, *, options: Sequence[str] = ()
    ) -> None:
        super().__init__(parent)
        self._info = info
        self._offers = offers
        self.error = ""
        self._form: SpecForm | None = None
        if info.registry is not None and info.type is tuple:
            self._editor: Editor = SpecListEditor(info, offers)
        else:
            self._editor = OptionsEditor(options) if options else make_editor(info, offers)
        self._label = QLabel(spec_text(info.title))
        self._label.setWordWrap(True)
        self._label.setBuddy(self._editor.field)
        self._sentence = QLabel()
        self._sentence.setWordWrap(True)
        self._sentence.setProperty("kind", "error")
        self._sentence.hide()
        self._error_timer = QTimer(self, singleShot=True, interval=ERROR_DELAY_MS)
        self._nest = QFrame(self)
        self._nest.hide()
        self._arrange()
        self._describe()
        self._editor.value_edited.connect(self._on_value_edited)
        if isinstance(self._editor, SpecListEditor):
            self._editor.part_edited.connect(self._on_part_edited)
        self._editor.editing_finished.connect(self._on_editing_finished)
        self._error_timer.timeout.connect(self._on_error_timeout)

    def _arrange(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._label, 1)
        line.addWidget(self._editor)
        self._fit_editor()
        self._nest_layout = nest = QHBoxLayout(self._nest)
        nest.setContentsMargins(0, 0, 0, 4)
        nest.setSpacing(10)
        rule = QFrame()
        rule.setProperty("kind", "line")
        rule.setProperty("orientation", "vertical")
        nest.addWidget(rule)
        if isinstance(self._editor, SpecListEditor):
            nest.addWidget(self._editor.list, 1)
        # What a type computes, in sight and not only under the mouse.
        self._formula = QLabel()
        self._formula.setProperty("kind", "formula")
        self._formula.setWordWrap(True)
        self._formula.setTextFormat(Qt.TextFormat.PlainText)
        self._formula.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._formula.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(line)
        layout.addWidget(self._sentence)
        layout.addWidget(self._formula)
        layout.addWidget(self._nest)

    def _fit_editor(self) -> None:
        # One width for all, so that they stand in a column; wide enough for the longest title of a type.
        self._editor.setFixedWidth(self.fontMetrics().averageCharWidth() * 28)
        # A minimum of our own, for languages that may break lines anywhere; it must not undercut the longest word.
        words = self._label.minimumSizeHint().width()
        self._label.setMinimumWidth(max(words, self.fontMetrics().averageCharWidth() * 11))

    def _describe(self) -> None:
        name, field = self._info.name, self._editor.field
        self.setObjectName(f"row_{name}")
        field.setObjectName(f"field_{name}")
        field.setAccessibleName(spec_text(self._info.title))
        field.setAccessibleDescription(spec_text(self._info.doc))
        self._label.setToolTip(param_tooltip(self._info))
        self._editor.setToolTip(param_tooltip(self._info))

    def set_value(self, value: Any) -> None:
        """Show a value from outside."""
        self.show_error("")
        self._editor.set_value(value)
        self.follow(value)

    def follow(self, value: Any) -> None:
        """Let the nested form show the value, and the editor remember it; what is being typed stays."""
        if isinstance(self._editor, SpecListEditor):
            self._nest.setVisible(bool(value))
        if not isinstance(value, Spec):
            return
        self._editor.set_value(value)
        self._editor.setToolTip(param_tooltip(self._info) + spec_tooltip(type(value)))
        if self._form is None and value.params():
            self._form = SpecForm(value, offers=self._offers)
            self._form.spec_changed.connect(self._on_nested_changed)
            self._form.editing_finished.connect(self.editing_finished)
            self._nest_layout.addWidget(self._form, 1)
        elif self._form is not None:
            self._form.set_spec(value)
        self._nest.setVisible(bool(value.params()))
        formula = getattr(value, "formula", "")
        self._formula.setText(formula)
        self._formula.setVisible(bool(formula))

    def show_error(self, sentence: str) -> None:
        """Mark the field as wrong, with the sentence a little later; or as right, if it is empty."""
        self.error = sentence
        if sentence and self._sentence.isVisible():
            self._sentence.setText(sentence)
        elif sentence:
            self._error_timer.start()
        else:
            self._error_timer.stop()
            self._sentence.hide()
            self._mark(False)

    def _mark(self, invalid: bool) -> None:
        field = self._editor.field
        if bool(field.property("invalid")) != invalid:
            field.setProperty("invalid", invalid)
            field.style().unpolish(field)
            field.style().polish(field)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit_editor()
        super().changeEvent(event)

    @Slot(object)
    def _on_value_edited(self, value: Any) -> None:
        self.value_edited.emit(self._info.name, self._info.name, value)

    @Slot(object, str)
    def _on_part_edited(self, values: object, path: str) -> None:
        self.value_edited.emit(self._info.name, f"{self._info.name}.{path}", values)

    @Slot(object, str)
    def _on_nested_changed(self, spec: Spec, path: str) -> None:
        self.value_edited.emit(self._info.name, f"{self._info.name}.{path}", spec)

    @Slot()
    def _on_editing_finished(self) -> None:
        if self.error:
            self._on_error_timeout()
        self.editing_finished.emit()

    @Slot()
    def _on_error_timeout(self) -> None:
        self._error_timer.stop()
        self._sentence.setText(self.error)
        self._sentence.show()
        self._mark(True)
