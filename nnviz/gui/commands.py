"""What the window can be told to do: one QAction each, with its icon, its shortcut and a sentence that explains it."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QAction, QKeySequence

from nnviz.gui.session import SessionState
from nnviz.gui.style.icons import icon
from nnviz.gui.window_context import WindowContext


class Commands(QObject):
    """The actions of the window. Which of them can be used follows from what the session is doing.

    Attributes:
        train: Start a run, or go on with a paused one.
        train_texts: What it says when a run would start, and when it would go on.
        pause: Wait after the current batch.
        step_batch: Train one batch.
        step_epoch: Train to the end of the epoch.
        stop: End the run or give up loading.
        reset: Forget what was learned.
        undo: Take the last edit back.
        redo: Make it again.
        new: Begin with an empty network.
        open: Open a project file.
        save: Save to the project's file.
        save_as: Save to another file.
        open_data: Open data of one's own.
        quit: Close the window.
        toggle_theme: Light or dark.
        toggle_projector: Large type or ordinary one.
        full_screen: The window alone on the screen.
        show_shortcuts: The list of all shortcuts.
    """

    def __init__(self, context: WindowContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._has_run = False
        self.train_texts = (self.tr("Train"), self.tr("Continue"))
        self.train = self._action(
            "train",
            self.train_texts[0],
            self.tr("Let the network learn from the data. Pause and go on whenever you like."),
            "F5",
        )
        self.pause = self._action(
            "pause", self.tr("Pause"), self.tr("Wait after the current batch. Train goes on from there."), "F5"
        )
        self.step_batch = self._action(
            "step_batch",
            self.tr("Step one batch"),
            self.tr("Train a single batch, a small group of samples, and wait: the weights change once."),
            "F10",
        )
        self.step_epoch = self._action(
            "step_epoch",
            self.tr("Step one epoch"),
            self.tr("Train until every sample of the data was used once more, and wait."),
            "Ctrl+F10",
        )
        self.stop = self._action(
            "stop",
            self.tr("Stop"),
            self.tr("End this training. What was learned stays and reads your drawings."),
            "Shift+F5",
        )
        self.reset = self._action(
            "reset",
            self.tr("Reset"),
            self.tr("Forget what was learned. The next training starts from fresh random weights."),
            "Ctrl+Shift+F5",
        )
        self.undo = self._action("undo", self.tr("Undo"), self.tr("Take the last change back."), "Ctrl+Z")
        self.redo = self._action(
            "redo", self.tr("Redo"), self.tr("Make the change again that was taken back."), "Ctrl+Shift+Z", "Ctrl+Y"
        )
        self.new = self._action(
            "new", self.tr("New network"), self.tr("Begin with an empty network on the same data."), "Ctrl+N"
        )
        self.open = self._action(
            "open",
            self.tr("Open..."),
            self.tr("Open a project file: its network, with all that it has learned."),
            "Ctrl+O",
        )
        self.save = self._action(
            "save",
            self.tr("Save"),
            self.tr("Save network, settings and all that was learned; training goes on from there exactly."),
            "Ctrl+S",
        )
        self.save_as = self._action(
            "save_as", self.tr("Save as..."), self.tr("Save to another file, and go on with that one."), "Ctrl+Shift+S"
        )
        self.quit = self._action(
            "quit", self.tr("Quit"), self.tr("Close nnviz; you are asked first if anything is unsaved."), "Ctrl+Q"
        )
        self.open_data = self._action(
            "open_data",
            self.tr("Open your own data..."),
            self.tr("Choose a table, images or arrays of your own, and see what is in them."),
            "Ctrl+Shift+O",
        )
        self.toggle_theme = self._action(
            "toggle_theme",
            self.tr("Light or dark"),
            self.tr("Change between the light and the dark theme."),
            "Ctrl+Shift+D",
        )
        self.toggle_projector = self._action(
            "toggle_projector",
            self.tr("Projector mode"),
            self.tr("Large type that the last row of a classroom can read."),
            "Ctrl+Shift+P",
        )
        self.toggle_projector.setCheckable(True)
        self.full_screen = self._action(
            "full_screen",
            self.tr("Full screen"),
            self.tr("Give the whole screen to the window, or take it back."),
            "F11",
        )
        self.full_screen.setCheckable(True)
        self.show_shortcuts = self._action(
            "show_shortcuts", self.tr("Keyboard shortcuts"), self.tr("Show all keyboard shortcuts."), "F1"
        )
        self._icons = {
            self.train: ("train", "on_accent"),
            self.pause: ("pause", "text"),
            self.step_batch: ("step", "text"),
            self.step_epoch: ("step_epoch", "text"),
            self.stop: ("stop", "text"),
            self.reset: ("reset", "text"),
            self.undo: ("undo", "text"),
            self.redo: ("redo", "text"),
            self.new: ("new", "text"),
            self.open: ("open", "text"),
            self.save: ("save", "text"),
            self.save_as: ("save", "text"),
            self.open_data: ("data", "text"),
            self.toggle_theme: ("theme", "muted"),
            self.toggle_projector: ("projector", "muted"),
            self.full_screen: ("full_screen", "muted"),
            self.show_shortcuts: ("help", "muted"),
            self.quit: ("close", "text"),
        }
        self._follow()

    def all(self) -> list[QAction]:
        """Every action, in the order in which the list of shortcuts shows them."""
        return list(self._icons)

    def _follow(self) -> None:
        stack = self._context.document.undo_stack
        stack.canUndoChanged.connect(self.undo.setEnabled)
        stack.canRedoChanged.connect(self.redo.setEnabled)
        self.undo.setEnabled(stack.canUndo())
        self.redo.setEnabled(stack.canRedo())
        session = self._context.session
        session.state_changed.connect(self._on_state_changed)
        session.run_started.connect(self._on_run_started)
        session.run_forgotten.connect(self._on_run_forgotten)
        self._context.appearance.theme_changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self._on_state_changed(session.state)

    def _action(self, name: str, text: str, tip: str, *keys: str) -> QAction:
        action = QAction(text, self)
        action.setObjectName(name)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setStatusTip(tip)
        action.setToolTip(tip_with_shortcut(text, tip, action.shortcut()))
        return action

    @Slot(object)
    def _on_state_changed(self, state: SessionState) -> None:
        loading, training, paused = (
            state is wanted for wanted in (SessionState.LOADING, SessionState.TRAINING, SessionState.PAUSED)
        )
        self.train.setEnabled(not loading and not training)
        self.train.setText(self.train_texts[1 if paused else 0])
        self.pause.setEnabled(training)
        self.step_batch.setEnabled(not loading and not training)
        self.step_epoch.setEnabled(not loading and not training)
        self.stop.setEnabled(loading or training or paused)
        self.reset.setEnabled(self._has_run and not loading)

    @Slot(object)
    def _on_run_started(self, project: object) -> None:
        self._has_run = True
        self._on_state_changed(self._context.session.state)

    @Slot()
    def _on_run_forgotten(self) -> None:
        self._has_run = False
        self._on_state_changed(self._context.session.state)

    @Slot()
    def _on_theme_changed(self) -> None:
        theme = self._context.theme
        for action, (name, colour) in self._icons.items():
            action.setIcon(icon(name, theme, colour, on="accent_text"))
        self.toggle_projector.setChecked(theme.projector)


def tip_with_shortcut(title: str, sentence: str, shortcut: QKeySequence) -> str:
    """A tooltip: the name, the keys to press, and a sentence that explains it."""
    keys = shortcut.toString(QKeySequence.SequenceFormat.NativeText)
    head = f"<b>{escape(title)}</b>" + (f" &nbsp;{escape(keys)}" if keys else "")
    return f"<div>{head}</div><div>{escape(sentence)}</div>"
