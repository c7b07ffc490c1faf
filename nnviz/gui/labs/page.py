"""The frame around an open lab: title, picture, what just happened, transport, explanation and settings.

It is made once and takes one lab after the other: making it anew would take longer than making most labs.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from nnviz.core.errors import NnvizError
from nnviz.core.labs.state import LabState, LabStateError, save_state, state_from_text, state_to_text
from nnviz.core.spec import Spec
from nnviz.gui.commands import tip_with_shortcut
from nnviz.gui.elided_label import ElidedLabel
from nnviz.gui.labs.base import Lab
from nnviz.gui.labs.controls import LabControls
from nnviz.gui.labs.file_dialog import LabFileDialog, remember_folder
from nnviz.gui.labs.note import LabNote
from nnviz.gui.labs.transport import Transport
from nnviz.gui.style.icons import icon
from nnviz.gui.window_context import WindowContext

MOST_UNDO = 100


class LabPage(QWidget):
    """One open lab, or none; `take_lab()` opens one, `close_lab()` closes it.

    Keys: Space runs and halts, Right and Left (or . and ,) step, Home begins again, S is slow motion, P the projector,
    F the full screen, Ctrl+Z and Ctrl+Shift+Z undo and redo, Escape goes back.

    Attributes:
        transport: The bar that moves the lab.
        controls: The lab's settings.

    Signals:
        said(str): What has just happened, for the status line.
        left: Somebody wants back to the gallery.
        alone_requested(bool): The lab wants the whole screen, or to give it back.
        open_requested: Somebody wants to open a lab's file, of whichever lab.
    """

    said = Signal(str)
    left = Signal()
    alone_requested = Signal(bool)
    open_requested = Signal()

    def __init__(self, context: WindowContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lab: Lab | None = None
        self._context = context
        self._undo: list[LabState] = []
        self._redo: list[LabState] = []
        self._last_field = ""
        self._alone = False
        self._was_projector = False
        self.setObjectName("lab_page")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._buttons: dict[str, tuple[QToolButton, str]] = {}
        self._title = ElidedLabel("")
        self._title.setProperty("kind", "title")
        self.transport = Transport(context.theme)
        self.controls = LabControls(context.theme)
        self._note = LabNote()
        self._what, self._todo = _paragraph("lab_what"), _paragraph("lab_todo")
        self._lay_out()
        self._connect()
        self._set_sizes()

    @property
    def lab(self) -> Lab:
        """The open lab; there must be one."""
        assert self._lab is not None
        return self._lab

    def take_lab(self, lab: Lab) -> None:
        """Open a lab where it was left; no other may be open."""
        assert self._lab is None
        self._lab = lab
        self._undo.clear()
        self._redo.clear()
        self._last_field = ""
        self._title.setText(lab.heading())
        self._picture.addWidget(lab, 1)
        nothing = not any(info.editable for info in lab.settings.params()) and not lab.uses_seed
        self._settings_title.setVisible(not nothing)
        self.transport.take(lab)
        self.transport.setVisible(bool(lab.strides))
        self._scroll.verticalScrollBar().setValue(0)
        lab.told.connect(self.refresh)
        lab.about_to_edit.connect(self._on_about_to_edit)
        lab.settings_wanted.connect(self._on_settings_wanted)
        lab.set_theme(self._context.theme)
        self._restore()
        self.controls.take(lab.settings, lab.seed if lab.uses_seed else None)
        self._show_undo()
        self.refresh()

    def close_lab(self) -> None:
        """End what runs, keep the state, and drop the lab."""
        if self._alone:
            self._set_alone(False)
        self.remember()
        lab, self._lab = self.lab, None
        self.transport.drop()
        self.controls.drop()
        lab.told.disconnect(self.refresh)
        lab.about_to_edit.disconnect(self._on_about_to_edit)
        lab.settings_wanted.disconnect(self._on_settings_wanted)
        lab.left()
        lab.setParent(None)
        lab.deleteLater()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        self._head = head
        head.addWidget(self._button("back", "back_to_labs", self.tr("All labs"), self.tr("Back to all labs."), "Esc"))
        head.addWidget(self._title, 1)
        for name, image, title, tip, key in (
            ("undo", "undo", self.tr("Undo"), self.tr("Take the last change by hand back."), "Ctrl+Z"),
            ("redo", "redo", self.tr("Redo"), self.tr("Make the change again."), "Ctrl+Shift+Z"),
            ("afresh", "new", self.tr("Start afresh"), self.tr("Put everything back as it was the first time."), ""),
            ("open", "open", self.tr("Open..."), self.tr("Open a lesson's beginning from a file."), ""),
            ("save", "save", self.tr("Save..."), self.tr("Save settings, step and seed to begin a lesson from."), ""),
            ("projector", "projector", self.tr("Projector"), self.tr("Large type, and nothing but the lab."), "P"),
            ("full", "full_screen", self.tr("Full screen"), self.tr("The lab alone on the screen."), "F"),
        ):  # fmt: skip
            head.addWidget(self._button(image, f"lab_{name}", title, tip, key))
        picture = QFrame()
        picture.setProperty("kind", "card")
        self._picture = QVBoxLayout(picture)
        side = QWidget()
        side.setProperty("kind", "page")
        self._side = QVBoxLayout(side)
        for title, label in ((self.tr("What is this?"), self._what), (self.tr("What can I do?"), self._todo)):
            heading = QLabel(title)
            heading.setProperty("kind", "heading")
            self._side.addWidget(heading)
            self._side.addWidget(label)
        self._settings_title = QLabel(self.tr("Settings"))
        self._settings_title.setProperty("kind", "heading")
        self._side.addWidget(self._settings_title)
        self._side.addWidget(self.controls)
        self._side.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setObjectName("lab_side")
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(side)
        self._grid = QGridLayout(self)
        self._grid.addLayout(head, 0, 0, 1, 2)
        self._grid.addWidget(picture, 1, 0)
        self._grid.addWidget(self._note, 2, 0)
        self._grid.addWidget(self.transport, 3, 0, 1, 2)
        self._grid.addWidget(self._scroll, 1, 1, 2, 1)
        self._grid.setColumnStretch(0, 1)
        self._grid.setRowStretch(1, 1)

    def _button(self, image: str, name: str, title: str, tip: str, key: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName(name)
        button.setAccessibleName(title)
        button.setAccessibleDescription(tip)
        button.setToolTip(tip_with_shortcut(title, tip, QKeySequence(key)))
        if name == "back_to_labs":
            button.setText(title)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._buttons[name] = (button, image)
        return button

    def _connect(self) -> None:
        for name, act in (
            ("back_to_labs", self.left),
            ("lab_undo", self.undo),
            ("lab_redo", self.redo),
            ("lab_afresh", self.start_afresh),
            ("lab_open", self.open_requested),
            ("lab_save", self.ask_save),
            ("lab_projector", self.toggle_projector),
            ("lab_full", self.toggle_alone),
        ):
            self._buttons[name][0].clicked.connect(act)
        self.transport.moved.connect(self._on_moved)
        self.controls.settings_edited.connect(self._on_settings_edited)
        self.controls.seed_edited.connect(self._on_seed_edited)
        self.controls.refused.connect(self.said)
        self._context.appearance.theme_changed.connect(self._on_theme_changed)

    # What is remembered

    @property
    def _key(self) -> str:
        return f"labs/state/{self.lab.name}"

    def _restore(self) -> None:
        text = str(self._context.settings.value(self._key, ""))
        if text:
            try:
                self.lab.take_state(state_from_text(text))
            except LabStateError:
                # An older nnviz wrote it, or somebody edited the settings: the lab begins as new.
                self._context.settings.remove(self._key)
        stride = str(self._context.settings.value(f"labs/stride/{self.lab.name}", ""))
        self.transport.choose_stride(stride)

    def remember(self) -> None:
        """Keep the state for the next visit."""
        self.transport.halt()
        self._context.settings.setValue(self._key, state_to_text(self.lab.state()))
        self._context.settings.setValue(f"labs/stride/{self.lab.name}", self.transport.stride)

    def take_state(self, state: LabState) -> None:
        """Stand where a file says; it can be undone.

        Raises:
            LabStateError: If it does not fit this lab.
        """
        self.transport.halt()
        before = self.lab.state()
        self.lab.take_state(state)
        self._keep(before)
        self._show_all()

    @Slot()
    def start_afresh(self) -> None:
        """Put everything back as it was the first time; it can be undone."""
        self.transport.halt()
        self._keep(self.lab.state())
        self.lab.take_state(LabState(self.lab.name, type(self.lab.settings)().to_json()))
        self._show_all()
        self.said.emit(self.tr("The lab is as it was the first time. Ctrl+Z takes that back."))

    # Undo

    def _keep(self, before: LabState) -> None:
        self._undo.append(before)
        del self._undo[:-MOST_UNDO]
        self._redo.clear()
        self._last_field = ""
        self._show_undo()

    @Slot()
    def _on_about_to_edit(self) -> None:
        self.transport.halt()
        self._keep(self.lab.state())

    @Slot()
    def undo(self) -> None:
        """Take the last change of settings or picture back."""
        self._swap(self._undo, self._redo)

    @Slot()
    def redo(self) -> None:
        """Make the change again that was taken back."""
        self._swap(self._redo, self._undo)

    def _swap(self, source: list[LabState], target: list[LabState]) -> None:
        if not source:
            return
        self.transport.halt()
        now = self.lab.state()
        self.lab.take_state(source.pop())
        target.append(now)
        self._last_field = ""
        self._show_all()

    # Files

    @Slot()
    def ask_save(self) -> None:
        """Let a file be chosen and save the state to it."""
        dialog = LabFileDialog(self, self.tr("Save this lab"), self._context.settings, save_as=self.lab.name)
        dialog.fileSelected.connect(self._on_save_chosen)
        dialog.open()

    @Slot(str)
    def _on_save_chosen(self, name: str) -> None:
        path = Path(name)
        self.transport.halt()
        try:
            save_state(path, self.lab.state())
        except NnvizError as error:
            self.complain(str(error))
            return
        remember_folder(self._context.settings, path)
        self.said.emit(self.tr("Saved to {0}.").format(path.name))

    def complain(self, sentence: str) -> None:
        """Say what was wrong, where it is seen: nothing has changed."""
        self._note.say(f"<b>{sentence}</b>")
        self.said.emit(sentence)

    # What is shown

    @Slot()
    def refresh(self) -> None:
        """Read the lab's texts and step again."""
        self._note.say(self.lab.happened())
        _say(self._what, self.lab.what())
        _say(self._todo, self.lab.todo())
        self.transport.refresh()

    def _show_all(self) -> None:
        self.controls.show_spec(self.lab.settings)
        self.controls.show_seed(self.lab.seed)
        self._show_undo()
        self.refresh()
        self.lab.update()

    def _show_undo(self) -> None:
        self._buttons["lab_undo"][0].setEnabled(bool(self._undo))
        self._buttons["lab_redo"][0].setEnabled(bool(self._redo))

    @Slot()
    def _on_moved(self) -> None:
        self._last_field = ""
        self.refresh()

    @Slot(object, str)
    def _on_settings_edited(self, settings: Spec, field: str) -> None:
        self.transport.halt()
        if field != self._last_field:
            # One slider's whole way is one edit.
            self._keep(self.lab.state())
            self._last_field = field
        self.lab.apply(settings)
        if self.lab.settings != settings:
            # The lab had to change another field with it.
            self.controls.show_spec(self.lab.settings)
        self.refresh()

    @Slot(object)
    def _on_settings_wanted(self, settings: Spec) -> None:
        self.lab.apply(settings)
        self.controls.show_spec(self.lab.settings)
        self.refresh()

    @Slot(int)
    def _on_seed_edited(self, seed: int) -> None:
        self.transport.halt()
        if self._last_field != "seed":
            self._keep(self.lab.state())
            self._last_field = "seed"
        self.lab.set_seed(seed)
        self.controls.show_seed(seed)
        self.refresh()

    @Slot()
    def _on_theme_changed(self) -> None:
        theme = self._context.theme
        self.transport.set_theme(theme)
        self.controls.set_theme(theme)
        self._set_sizes()
        if self._lab is not None:
            self._lab.set_theme(theme)
            self.refresh()

    def _set_sizes(self) -> None:
        theme = self._context.theme
        space = theme.space
        for name, (button, image) in self._buttons.items():
            button.setIcon(icon(image, theme, "text", on="accent_text"))
            button.setIconSize(QSize(theme.icon_px, theme.icon_px))
            button.setFixedHeight(theme.control_px)
            if name != "back_to_labs":
                button.setFixedWidth(theme.control_px)
        self._grid.setContentsMargins(2 * space, space, space, space)
        self._grid.setHorizontalSpacing(space)
        self._grid.setVerticalSpacing(space)
        self._head.setSpacing(space // 2)
        self._picture.setContentsMargins(2, 2, 2, 2)
        self._note.set_theme(theme)
        self._side.setContentsMargins(space, 0, 2 * space, space)
        self._side.setSpacing(space)
        self._scroll.setFixedWidth(round(theme.font_px * (23.5 if theme.projector else 25)))

    # The projector

    @Slot()
    def toggle_projector(self) -> None:
        """Large type and the lab alone on the screen; the same again puts both back."""
        if self._alone and self._context.appearance.projector:
            self._set_alone(False)
        else:
            if not self._alone:
                self._was_projector = self._context.appearance.projector
            self._context.appearance.set_projector(True)
            self._set_alone(True)

    @Slot()
    def toggle_alone(self) -> None:
        """The lab alone on the screen, or back."""
        if not self._alone:
            self._was_projector = self._context.appearance.projector
        self._set_alone(not self._alone)

    @property
    def alone(self) -> bool:
        """Whether it has the whole screen."""
        return self._alone

    def _set_alone(self, alone: bool) -> None:
        self._alone = alone
        if not alone and self._context.appearance.projector != self._was_projector:
            self._context.appearance.set_projector(self._was_projector)
        self.alone_requested.emit(alone)

    # Keys

    def event(self, event: QEvent) -> bool:
        # The window's undo is that of the network: here the same keys mean the lab.
        if event.type() == QEvent.Type.ShortcutOverride and (
            event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)  # type: ignore[attr-defined]
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo()
            return
        if event.matches(QKeySequence.StandardKey.Redo):
            self.redo()
            return
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        moves = {
            Qt.Key.Key_Space: self.transport.toggle_run,
            Qt.Key.Key_Right: self.transport.step,
            Qt.Key.Key_Period: self.transport.step,
            Qt.Key.Key_Left: self.transport.step_back,
            Qt.Key.Key_Comma: self.transport.step_back,
            Qt.Key.Key_Home: self.transport.restart,
            Qt.Key.Key_S: lambda: self.transport.set_slow(not self.transport.slow),
            Qt.Key.Key_P: self.toggle_projector,
            Qt.Key.Key_F: self.toggle_alone,
            Qt.Key.Key_Escape: self._on_escape,
        }
        act = moves.get(Qt.Key(event.key())) if plain else None
        if act is None:
            super().keyPressEvent(event)
        else:
            act()

    def _on_escape(self) -> None:
        if self._alone:
            self._set_alone(False)
        else:
            self.left.emit()


def _paragraph(name: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    label.setSizePolicy(policy)
    return label


def _say(label: QLabel, text: str) -> None:
    # Laying rich text out costs a millisecond: not for every frame.
    if label.text() != text:
        label.setText(text)
