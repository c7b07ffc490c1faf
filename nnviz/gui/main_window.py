"""The main window: rail, tool bar, banner, workspaces and status line, and how they act together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray, QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QHideEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QGridLayout, QMainWindow, QStackedWidget, QWidget

from nnviz.core.datasets.base import DATASETS, DatasetSpec
from nnviz.core.fit_to_data import fit_to_data
from nnviz.core.presets.base import PRESETS, Preset
from nnviz.core.shape import Fix, ShapeError
from nnviz.core.snapshot import Failure
from nnviz.core.suggest_preset import suggest_preset
from nnviz.gui.banner import Answer, Banner
from nnviz.gui.commands import Commands
from nnviz.gui.document import Project
from nnviz.gui.files.desk import FileDesk
from nnviz.gui.files.menu import FileMenu
from nnviz.gui.own_data.desk import OwnDataDesk
from nnviz.gui.own_data.files import data_path, data_title
from nnviz.gui.rail import Rail
from nnviz.gui.session import SessionState
from nnviz.gui.shortcuts_dialog import ShortcutsDialog
from nnviz.gui.spec_text import spec_text
from nnviz.gui.status_line import StatusLine
from nnviz.gui.tool_bar import ToolBar
from nnviz.gui.window_context import WindowContext
from nnviz.gui.workspace import Workspace
from nnviz.gui.workspaces import WORKSPACES, WorkspaceEntry

FALLBACK_DATASET = "digits"
"""What the window offers when a data set cannot be had: it comes with the application."""


class MainWindow(QMainWindow):
    """The application's one window.

    Attributes:
        context: What its parts share.
        files: Opens and saves projects.

    Signals:
        closing: The window has been closed; the session may end.
    """

    closing = Signal()

    def __init__(
        self,
        context: WindowContext,
        entries: Sequence[WorkspaceEntry] = WORKSPACES,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.context = context
        self._entries = {entry.name: entry for entry in entries}
        self._pages: dict[str, Workspace] = {}
        self._on_screen: Workspace | None = None
        self._problem_shown = False
        self._may_close = False
        self.setObjectName("main_window")
        self.setMinimumSize(960, 600)
        self._commands = Commands(context, self)
        self.addActions(self._commands.all())
        self._rail = Rail(entries, context.appearance)
        self.files = FileDesk(context, self)
        self._file_menu = FileMenu(context, self._commands, self.files.recent, self)
        self._tool_bar = ToolBar(context, self._commands, self._file_menu)
        self._banner = Banner(context.appearance)
        self._stack = QStackedWidget()
        self._stack.setObjectName("workspaces")
        self._status = StatusLine(self._commands, context.appearance)
        self._own_data = OwnDataDesk(context, self)
        self._lay_out()
        self._connect()
        self._restore()

    @property
    def workspace(self) -> Workspace:
        """The workspace that is open."""
        page = self._stack.currentWidget()
        assert isinstance(page, Workspace)
        return page

    @Slot(str)
    def open_workspace(self, name: str) -> None:
        """Show a workspace; it is made if this is the first visit."""
        if name not in self._pages:
            page = self._entries[name].load()(self.context)
            page.said.connect(self._status.say)
            page.preview_requested.connect(self._own_data.look_again)
            page.branch_requested.connect(self.files.branch)
            page.project_requested.connect(self.files.show)
            page.alone_requested.connect(self._on_alone_requested)
            self._pages[name] = page
            self._stack.addWidget(page)
        self._stack.setCurrentWidget(self._pages[name])
        self._rail.mark(name)
        self._tell_workspaces()

    @Slot(object)
    def show_failure(self, failure: Failure) -> None:
        """Say what went wrong, with the details on demand; nothing is stopped by it."""
        self._problem_shown = False
        self._status.say(failure.sentence)
        if not self.workspace.tells(failure):
            self._banner.say(failure.sentence, kind="error", details=failure.details)

    def _lay_out(self) -> None:
        centre = QWidget()
        grid = QGridLayout(centre)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        grid.addWidget(self._rail, 0, 0, 4, 1)
        grid.addWidget(self._tool_bar, 0, 1)
        grid.addWidget(self._banner, 1, 1)
        grid.addWidget(self._stack, 2, 1)
        grid.addWidget(self._status, 3, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(2, 1)
        self.setCentralWidget(centre)

    def _connect(self) -> None:
        session, commands = self.context.session, self._commands
        self._connect_files()
        self._rail.chosen.connect(self.open_workspace)
        self._tool_bar.preset_chosen.connect(self._on_preset_chosen)
        self._tool_bar.dataset_chosen.connect(self._on_dataset_chosen)
        commands.train.triggered.connect(self._on_train)
        commands.pause.triggered.connect(session.pause)
        commands.step_batch.triggered.connect(self._on_step_batch)
        commands.step_epoch.triggered.connect(self._on_step_epoch)
        commands.stop.triggered.connect(session.stop)
        commands.reset.triggered.connect(session.reset)
        commands.undo.triggered.connect(self._on_undo)
        commands.redo.triggered.connect(self._on_redo)
        commands.open_data.triggered.connect(self._own_data.ask)
        self._tool_bar.own_data_requested.connect(self._own_data.ask)
        self._tool_bar.own_data_chosen.connect(self._own_data.use_again)
        self._own_data.chosen.connect(self._on_own_data_chosen)
        self.closing.connect(self._own_data.close)
        self._own_data.missed.connect(self._on_own_data_missed)
        self._own_data.recent.changed.connect(self._on_recent_data_changed)
        self._on_recent_data_changed()
        commands.toggle_theme.triggered.connect(self.context.appearance.toggle_dark)
        commands.toggle_projector.triggered.connect(self.context.appearance.set_projector)
        commands.full_screen.triggered.connect(self._on_full_screen)
        commands.show_shortcuts.triggered.connect(self._on_show_shortcuts)
        session.said.connect(self._status.say)
        session.failed.connect(self.show_failure)
        session.data_failed.connect(self._on_data_failed)
        session.run_started.connect(self._on_run_started)
        self.context.document.project_changed.connect(self._on_project_changed)

    def _connect_files(self) -> None:
        files, menu, commands = self.files, self._file_menu, self._commands
        commands.new.triggered.connect(files.new)
        commands.open.triggered.connect(files.ask_open)
        commands.save.triggered.connect(files.save)
        commands.save_as.triggered.connect(files.save_as)
        commands.quit.triggered.connect(self.close)
        menu.recent_chosen.connect(files.open_recent)
        menu.clear_requested.connect(files.recent.clear)
        menu.export.said.connect(self._status.say)
        menu.export.failed.connect(self.show_failure)
        files.said.connect(self._status.say)
        files.told.connect(self._on_told)
        files.changed.connect(self._show_title)
        files.project_taken.connect(self._on_project_taken)
        self._show_title()

    @Slot()
    def _show_title(self) -> None:
        self.setWindowTitle(f"{self.files.name}[*]")
        # Several times a second while a network learns, and Qt tells all of the window each time.
        if self.isWindowModified() != self.files.modified:
            self.setWindowModified(self.files.modified)

    @Slot(str, object)
    def _on_told(self, sentence: str, answers: Sequence[Answer]) -> None:
        self._problem_shown = False
        self._status.say(sentence)
        self._banner.say(sentence, answers=answers)

    @Slot()
    def _on_project_taken(self) -> None:
        # What the banner said was about the project of before.
        self._banner.hide()
        self._problem_shown = False
        if not self.context.document.project.network.layers and "network" in self._entries:
            self.open_workspace("network")

    def _restore(self) -> None:
        settings = self.context.settings
        geometry = settings.value("window/geometry")
        if not (isinstance(geometry, QByteArray) and self.restoreGeometry(geometry)):
            room = self.screen().availableSize()
            self.resize(QSize(1280, 800).boundedTo(room))
        last = str(settings.value("window/workspace", ""))
        self.open_workspace(last if last in self._entries else next(iter(self._entries)))
        self._status.say(self.tr("Ready."))

    @Slot()
    def _on_train(self) -> None:
        if self._can_train():
            self.context.session.train(self.context.document.project)

    @Slot()
    def _on_step_batch(self) -> None:
        if self._can_train():
            self.context.session.step_batch(self.context.document.project)

    @Slot()
    def _on_step_epoch(self) -> None:
        if self._can_train():
            self.context.session.step_epoch(self.context.document.project)

    def _can_train(self) -> bool:
        # A paused run goes on with what it began with, whatever has been edited since.
        return self.context.session.state is SessionState.PAUSED or not self._show_problem()

    def _show_problem(self) -> bool:
        """Say what keeps the network from being trained, with a button for each way to mend it."""
        project = self.context.document.project
        problems = project.problems()
        if not problems:
            return False
        problem = problems[0]
        answers = []
        if isinstance(problem, ShapeError):
            for number, fix in enumerate(problem.fixes, start=1):
                mended = project.network.apply(fix, problem.index)
                whole = not replace(project, network=mended).problems()
                act = partial(self._apply_fix, fix, problem.index)
                answers.append(Answer(f"fix_{number}_button", fix.title, act, primary=number == 1 and whole))
        preset = suggest_preset(project.dataset)
        if preset is not None and not any(answer.primary for answer in answers):
            # Mending would take many steps, or cannot be done: the network is of another kind.
            text, act = self.tr("Use {0}").format(spec_text(preset.title)), partial(self._use_preset_for_data, preset)
            answers.insert(0, Answer("use_preset_button", text, act, primary=True))
        if "network" in self._entries:
            answers.append(Answer("show_network_button", self.tr("Show the network"), self._show_network))
        self._status.say(str(problem))
        self._banner.say(str(problem), answers=answers)
        self._problem_shown = True
        return True

    def _show_network(self) -> None:
        self.open_workspace("network")

    def _use_preset_for_data(self, preset: type[Preset]) -> None:
        """Take a preset's network and training, but keep the data set."""
        dataset = self.context.document.project.dataset
        network, training = fit_to_data(preset.network, preset.training, dataset)
        self.context.document.replace(
            Project(preset.title, network, dataset, training), self.tr("Choose {0}").format(spec_text(preset.title))
        )
        self._status.say(self.tr("{0} learns from {1} now.").format(spec_text(preset.title), data_title(dataset)))

    def _apply_fix(self, fix: Fix, index: int) -> None:
        """Make one offered change to the network, and say what is still wrong, if anything is."""
        project = self.context.document.project
        network = project.network.apply(fix, index)
        self.context.document.replace(Project(project.title, network, project.dataset, project.training), fix.title)
        if not self._show_problem():
            self._status.say(self.tr("Done: {0}. The network can be trained.").format(fix.title))

    @Slot(str)
    def _on_preset_chosen(self, name: str) -> None:
        preset = PRESETS[name]
        project = Project(preset.title, preset.network, preset.dataset, preset.training)
        if project == self.context.document.project:
            return
        self.context.document.replace(project, self.tr("Choose {0}").format(spec_text(preset.title)))
        self._status.say(f"{spec_text(preset.title)}: {spec_text(preset.teaches)}")

    @Slot(str)
    def _on_dataset_chosen(self, name: str) -> None:
        if name != self.context.document.project.dataset.name:
            self._use_dataset(DATASETS[name]())

    @Slot(object)
    def _on_own_data_chosen(self, dataset: DatasetSpec) -> None:
        if dataset != self.context.document.project.dataset:
            self._use_dataset(dataset)

    @Slot(str)
    def _on_own_data_missed(self, sentence: str) -> None:
        self._on_told(sentence, ())

    @Slot()
    def _on_recent_data_changed(self) -> None:
        self._tool_bar.show_own_data(self._own_data.recent.specs)

    def _use_dataset(self, dataset: DatasetSpec) -> bool:
        """Take another data set; returns whether the network can learn from it."""
        before = self.context.document.project
        network, training = fit_to_data(before.network, before.training, dataset)
        after = Project(before.title, network, dataset, training)
        self.context.document.replace(after, self.tr("Choose {0}").format(data_title(dataset)))
        if self._show_problem():
            return False
        self._status.say(self._what_changed(before, after))
        return True

    def _what_changed(self, before: Project, after: Project) -> str:
        parts = []
        if after.network.input_shape != before.network.input_shape:
            parts.append(self.tr("takes {0}").format(after.network.input_shape))
        if after.dataset.outputs != before.dataset.outputs:
            parts.append(self.tr("gives {0}").format(self.tr("%n value(s)", "", after.dataset.outputs)))
        if after.training.loss != before.training.loss:
            parts.append(self.tr("is trained by {0}").format(spec_text(after.training.loss.title).lower()))
        if not parts:
            return self.tr("{0} learns from {1} now.").format(spec_text(after.title), data_title(after.dataset))
        return self.tr("{0} learns from {1} now: it {2}.").format(
            spec_text(after.title), data_title(after.dataset), ", ".join(parts)
        )

    def _stop_other_run(self, project: Project) -> None:
        """End a run of another network or data set than the one that was chosen; its own settings may be edited."""
        running = self.context.session.project_under_way
        active = self.context.session.state in (SessionState.TRAINING, SessionState.PAUSED, SessionState.LOADING)
        if active and (
            running is None
            or (running.title, running.dataset.name) != (project.title, project.dataset.name)
            or data_path(running.dataset) != data_path(project.dataset)
        ):
            self.context.session.stop()

    @Slot(object)
    def _on_project_changed(self, project: Project) -> None:
        self._stop_other_run(project)
        self._show_title()
        if self._problem_shown and not project.problems():
            self._banner.hide()
            self._problem_shown = False

    @Slot(object)
    def _on_run_started(self, project: Project) -> None:
        # Whatever was wrong before, it works now.
        self._banner.hide()

    @Slot()
    def _on_undo(self) -> None:
        text = self.context.document.undo_stack.undoText()
        self.context.document.undo_stack.undo()
        self._status.say(self.tr("Taken back: {0}.").format(text))

    @Slot()
    def _on_redo(self) -> None:
        text = self.context.document.undo_stack.redoText()
        self.context.document.undo_stack.redo()
        self._status.say(self.tr("Made again: {0}.").format(text))

    @Slot(object)
    def _on_data_failed(self, failure: Failure) -> None:
        answers = [Answer("try_again_button", self.tr("Try again"), self._on_train)]
        if self.context.document.project.dataset.own:
            # The file may be another one by now, or need other settings: the dialog shows which.
            answers.append(Answer("open_data_again_button", self.tr("Open the data again..."), self._open_data_again))
        else:
            answers.append(Answer("choose_folder_button", self.tr("Choose folder..."), self._choose_folder))
        if self.context.document.project.dataset.name != FALLBACK_DATASET:
            builtin = Answer(
                "use_digits_button", self.tr("Use the built-in digits"), self._use_built_in_digits, primary=True
            )
            answers.insert(0, builtin)
        self._problem_shown = False
        self._status.say(failure.sentence)
        self._banner.say(failure.sentence, details=failure.details, answers=answers)

    def _open_data_again(self) -> None:
        self._own_data.look_again(self.context.document.project.dataset)

    def _use_built_in_digits(self) -> None:
        if self._use_dataset(DATASETS[FALLBACK_DATASET]()):
            self._on_train()

    def _choose_folder(self) -> None:
        title = self.tr("Folder with the data set's files")
        start = str(self.context.settings.value("data/dir", ""))
        folder = QFileDialog.getExistingDirectory(self, title, start)
        if folder:
            self.context.settings.setValue("data/dir", folder)
            self.context.session.set_data_dir(Path(folder))
            self._on_train()

    @Slot(bool)
    def _on_full_screen(self, wanted: bool) -> None:
        if wanted:
            self.setWindowState(self.windowState() | Qt.WindowState.WindowFullScreen)
        else:
            self.setWindowState(self.windowState() & ~Qt.WindowState.WindowFullScreen)

    @Slot(bool)
    def _on_alone_requested(self, alone: bool) -> None:
        for part in (self._rail, self._tool_bar, self._status):
            part.setVisible(not alone)
        if alone:
            self._banner.hide()
        self._on_full_screen(alone)

    @Slot()
    def _on_show_shortcuts(self) -> None:
        dialog = ShortcutsDialog(list(self._entries.values()), self._commands.all(), self.context.theme, self)
        dialog.show()

    def _tell_workspaces(self) -> None:
        """Call the hooks of the workspaces that came to the screen or left it."""
        visible = self.isVisible() and not self.isMinimized()
        now = self.workspace if visible else None
        if now is self._on_screen:
            return
        before, self._on_screen = self._on_screen, now
        if before is not None:
            before.hidden()
        if now is not None:
            now.shown()

    def showEvent(self, event: QShowEvent) -> None:
        """Tell the open workspace that it is on the screen."""
        super().showEvent(event)
        self._tell_workspaces()

    def hideEvent(self, event: QHideEvent) -> None:
        """Tell the open workspace that it is not on the screen any more."""
        super().hideEvent(event)
        self._tell_workspaces()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the window being minimised, restored or made as large as the screen."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange and self._stack.count():
            self._commands.full_screen.setChecked(self.isFullScreen())
            self._tell_workspaces()

    def _close_for_good(self) -> None:
        self._may_close = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about what is unsaved; then remember place and workspace, and say that the session may end."""
        if self.files.modified and not self._may_close:
            event.ignore()
            self.files.keep_then(self._close_for_good)
            return
        settings = self.context.settings
        settings.setValue("window/geometry", self.saveGeometry())
        settings.setValue("window/workspace", self.workspace.name)
        super().closeEvent(event)
        if event.isAccepted():
            self.closing.emit()
