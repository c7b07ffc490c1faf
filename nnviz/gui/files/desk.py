"""Where projects are opened, saved and begun anew, without anything being lost on the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from nnviz.core.network import NetworkSpec
from nnviz.core.presets.base import PRESETS
from nnviz.core.project import ProjectError, ProjectFile, load_project, save_project
from nnviz.core.snapshot import Failure, Progress
from nnviz.gui.background import Background
from nnviz.gui.banner import Answer
from nnviz.gui.document import Project
from nnviz.gui.export.menu import file_name
from nnviz.gui.files.compose import Kept, compose
from nnviz.gui.files.drop import SUFFIX, FileDrop
from nnviz.gui.files.recent import RecentFiles
from nnviz.gui.session import SessionState
from nnviz.gui.window_context import WindowContext

FOLDER = "files/folder"
"""The setting that remembers where the last project was opened or saved."""


class FileDesk(QObject):
    """The project's file. Reads and writes away from the window's thread; training goes on meanwhile.

    A file's network and its weights always belong together: what a run learned is only saved with the network that
    learned it, and a sentence says so if they are not the same any more.

    Attributes:
        path: The file of what is on the screen, or None if it has none yet.
        recent: Files that were used lately.
        modified: Whether something would be lost if the window were closed now.
        step: Number of batches that the run on the screen was trained for; -1 if there is none.

    Signals:
        changed: `path` or `modified` is another one.
        said(str): One sentence on what was done.
        told(str, object): A sentence that should wait until it is read, and a list of `Answer` to it.
        project_taken: Another project is on the screen, from a file or begun anew.
        saved: What is on the screen is in its file.
    """

    changed = Signal()
    said = Signal(str)
    told = Signal(str, object)
    project_taken = Signal()
    saved = Signal()

    def __init__(self, context: WindowContext, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self.path: Path | None = None
        self.recent = RecentFiles(context.settings, self)
        self.modified = False
        self._edited = False
        self._is_preset = _is_preset(context.document.project)
        self._unsaved_training = False
        self._recovered = False
        self._saved_step = -1
        self.step = -1
        self._number = 0
        self._saving: dict[str, Path] = {}
        self._kept: dict[str, tuple[Kept, int, ProjectFile]] = {}
        self._wanted = ""
        self._box: QMessageBox | None = None
        self._afterwards: Callable[[], None] | None = None
        self._dialog_wants: Callable[[Path], None] | None = None
        self._background = Background()
        self._background.done.connect(self._on_done)
        self._background.failed.connect(self._on_failed)
        self._drop = FileDrop(window, SUFFIX)
        self._drop.dropped.connect(self.open_path)
        session = context.session
        session.collected.connect(self._on_collected)
        session.run_forgotten.connect(self._on_run_forgotten)
        session.state_changed.connect(self._on_state_changed)
        session.progress_changed.connect(self._on_progress)
        context.document.undo_stack.cleanChanged.connect(self._on_clean_changed)
        context.document.project_changed.connect(self._on_project_changed)

    @property
    def name(self) -> str:
        """What the window's title calls the project."""
        return self.path.stem if self.path is not None else self._context.document.project.title

    @Slot()
    def ask_open(self) -> None:
        """Let a file be chosen and open it."""
        self.keep_then(partial(self._choose, self._load, save=False))

    @Slot(object)
    def open_path(self, path: Path) -> None:
        """Open a file, after what would be lost was asked about."""
        self.keep_then(partial(self._load, path))

    @Slot()
    def new(self) -> None:
        """Begin with no layers, on the same data."""
        self.keep_then(self._begin_anew)

    @Slot(object)
    def branch(self, state: ProjectFile) -> None:
        """Go on from an earlier state of a run, as a project of its own; the run itself stays where runs are kept."""
        step = f"{int(state.numbers.get('step', 0)):,}"
        title = self.tr("{0}, from step {1}").format(state.title, step)
        self.keep_then(partial(self._begin_branch, replace(state, title=title)))

    @Slot(object)
    def show(self, file: ProjectFile) -> None:
        """Take what a run was trained with and has learned, as a project that has no file yet."""
        self.keep_then(partial(self._show, file))

    def _show(self, file: ProjectFile) -> None:
        self.take(file, None)
        self.said.emit(self.tr("{0} is open, as it was left.").format(file.title))

    def _begin_branch(self, state: ProjectFile) -> None:
        self.take(state, None)
        self.said.emit(self.tr("{0}: change what you like, then press Train.").format(state.title))

    @Slot()
    def save(self) -> None:
        """Save to the project's file; one is asked for if there is none."""
        if self.path is None:
            self.save_as()
        else:
            self._save(self.path)

    @Slot()
    def save_as(self) -> None:
        """Save to a file that is chosen now."""
        self._choose(self._save, save=True)

    def keep_then(self, act: Callable[[], None]) -> None:
        """Do something that leaves the present project behind; asks first if anything would be lost.

        Args:
            act: Called if nothing is unsaved, after it was saved, or if it is not wanted; not after Cancel.
        """
        if not self.modified:
            act()
            return
        self._afterwards = act
        if self._box is not None:
            self._box.raise_()
            return
        self._box = box = QMessageBox(self._window)
        box.setObjectName("keep_changes_dialog")
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(self.tr("Save changes?"))
        box.setText(self.tr("Save the changes to {0}?").format(self.name))
        what = self.tr("What was edited and what the network has learned since would be lost.")
        box.setInformativeText(what)
        box.setStandardButtons(
            QMessageBox.StandardButton.Save | QMessageBox.StandardButton.Discard | QMessageBox.StandardButton.Cancel
        )
        box.setDefaultButton(QMessageBox.StandardButton.Save)
        box.button(QMessageBox.StandardButton.Discard).setText(self.tr("Don't save"))
        box.finished.connect(self._on_kept)
        # Not exec(): the window goes on, and so does what it shows of a training.
        box.open()

    @Slot(int)
    def _on_kept(self, answer: int) -> None:
        act, self._box = self._afterwards, None
        if answer == QMessageBox.StandardButton.Save.value:
            # What was wanted happens when the file is written, and not if that fails.
            self.save()
            return
        self._afterwards = None
        if answer == QMessageBox.StandardButton.Discard.value and act is not None:
            act()

    def take(self, file: ProjectFile, path: Path | None, *, recovered: bool = False) -> None:
        """Show what a file holds in place of the present project, and its run in place of the present one.

        Args:
            file: What was read.
            path: Where it is saved from now on, or None.
            recovered: Whether it is not what `path` holds, but newer.
        """
        # First: the run of before must not be asked to fit the project that comes.
        self._context.session.resume(file)
        self._context.document.open(Project(file.title, file.network, file.dataset, file.training))
        self.step = self._saved_step = int(file.numbers.get("step", -1)) if file.weights else -1
        self._unsaved_training, self._recovered = False, recovered
        self.path = path
        self._refresh()
        self.project_taken.emit()

    def _begin_anew(self) -> None:
        project = self._context.document.project
        empty = NetworkSpec(input_shape=project.dataset.input_shape)
        title = self.tr("New network")
        self.take(ProjectFile(title, empty, project.dataset, project.training), None)
        self.said.emit(self.tr("A new, empty network. Add layers under Network."))

    def _load(self, path: Path) -> None:
        self._number += 1
        self._wanted = f"open {self._number}"
        self.said.emit(self.tr("Opening {0}.").format(path.name))
        self._background.start(self._wanted, partial(_load, path))

    def _save(self, path: Path) -> None:
        self._number += 1
        token = f"save {self._number}"
        self._saving[token] = path
        self._context.session.collect(token)

    @Slot(str, object)
    def _on_collected(self, token: str, run: ProjectFile | None) -> None:
        if token not in self._saving:
            return
        path = self._saving[token]
        file, kept = compose(self._context.document.project, run)
        self._kept[token] = (kept, self._context.document.undo_stack.index(), file)
        self._background.start(token, partial(_save, path, file))

    @Slot(str, object)
    def _on_done(self, name: str, answer: object) -> None:
        if name in self._saving:
            path = self._saving.pop(name)
            kept, index, file = self._kept.pop(name)
            self._on_saved(path, kept, index, file)
        elif name == self._wanted and isinstance(answer, tuple):
            path, file = answer
            self._remember(path)
            self.take(file, path)
            self.said.emit(self.tr("Opened {0}.").format(path.name))

    def _on_saved(self, path: Path, kept: Kept, index: int, file: ProjectFile) -> None:
        self._remember(path)
        self.path = path
        self._recovered = False
        stack = self._context.document.undo_stack
        if stack.index() == index:
            stack.setClean()
        self._saved_step = int(file.numbers.get("step", -1))
        self._unsaved_training = kept in (Kept.EVERYTHING, Kept.WEIGHTS) and self.step > self._saved_step
        self._refresh()
        if kept is Kept.NOTHING:
            sentence = self.tr(
                "Saved {0} without weights: the network or its data was changed since it was trained, so what was "
                "learned does not fit it. Train it again, or undo the changes and save."
            ).format(path.name)
            self.told.emit(sentence, [])
        elif kept is Kept.WEIGHTS:
            sentence = self.tr(
                "Saved {0} with what was learned. How it learns was changed, so training starts anew from the file."
            )
            self.said.emit(sentence.format(path.name))
        else:
            self.said.emit(self.tr("Saved {0}.").format(path.name))
        self.saved.emit()
        act, self._afterwards = self._afterwards, None
        if act is not None:
            act()

    @Slot(str, object)
    def _on_failed(self, name: str, failure: Failure) -> None:
        if name in self._saving:
            path = self._saving.pop(name)
            self._kept.pop(name, None)
            self._afterwards = None
            again = Answer("save_again_button", self.tr("Try again"), partial(self._save, path), primary=True)
            other = Answer("save_elsewhere_button", self.tr("Choose another place..."), self.save_as)
            self.told.emit(failure.sentence, [again, other])
        elif name == self._wanted:
            self.told.emit(failure.sentence, [])

    def _choose(self, act: Callable[[Path], None], *, save: bool) -> None:
        title = self.tr("Save project") if save else self.tr("Open project")
        files = self.tr("nnviz projects")
        dialog = QFileDialog(self._window, title, self._folder(), f"{files} (*{SUFFIX})")
        dialog.setObjectName("save_file_dialog" if save else "open_file_dialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if save:
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setDefaultSuffix(SUFFIX[1:])
            project = self._context.document.project
            dialog.selectFile(self.path.name if self.path is not None else f"{file_name(project.title)}{SUFFIX}")
        else:
            dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        self._dialog_wants = act
        dialog.fileSelected.connect(self._on_file_chosen)
        dialog.rejected.connect(self._on_file_not_chosen)
        dialog.open()

    @Slot(str)
    def _on_file_chosen(self, name: str) -> None:
        act, self._dialog_wants = self._dialog_wants, None
        if act is not None:
            act(Path(name))

    @Slot()
    def _on_file_not_chosen(self) -> None:
        self._afterwards = None

    def _folder(self) -> str:
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        remembered = str(self._context.settings.value(FOLDER, ""))
        return remembered if remembered and Path(remembered).is_dir() else documents

    def _remember(self, path: Path) -> None:
        self._context.settings.setValue(FOLDER, str(path.parent))
        self.recent.add(path.absolute())

    @Slot(str)
    def open_recent(self, name: str) -> None:
        """Open a file that was used lately; it is forgotten if it is gone."""
        path = Path(name)
        if path.is_file():
            self.open_path(path)
            return
        self.recent.remove(path)
        self.told.emit(self.tr("{0} is not there any more; it was taken off the list.").format(path), [])

    @Slot(object)
    def _on_progress(self, progress: Progress) -> None:
        self.step = progress.step
        if progress.step != self._saved_step:
            self._unsaved_training = True
        self._refresh()

    @Slot(object)
    def _on_state_changed(self, state: SessionState) -> None:
        if state is SessionState.TRAINING:
            self._unsaved_training = True
            self._refresh()

    @Slot()
    def _on_run_forgotten(self) -> None:
        self._unsaved_training = False
        self.step = -1
        self._refresh()

    @Slot(bool)
    def _on_clean_changed(self, clean: bool) -> None:
        # Kept, not asked for when it is needed: a stack that is being deleted still says that it is clean now.
        self._edited = not clean
        self._refresh()

    @Slot(object)
    def _on_project_changed(self, project: Project) -> None:
        self._is_preset = _is_preset(project)
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        # A preset as it comes is a click away: nobody need be asked about it.
        edited = self._edited and not (self._is_preset and self.path is None)
        self.modified = edited or self._unsaved_training or self._recovered
        self.changed.emit()


def _is_preset(project: Project) -> bool:
    # By the title first: what a preset's network is may have to be found out.
    return any(
        project == Project(preset.title, preset.network, preset.dataset, preset.training)
        for preset in PRESETS
        if preset.title == project.title
    )


def _load(path: Path) -> tuple[Path, ProjectFile]:
    return path, load_project(path)


def _save(path: Path, file: ProjectFile) -> None:
    try:
        save_project(path, file)
    except ProjectError:
        raise
    except Exception as error:
        raise ProjectError(f"{path} cannot be written: {error}. Choose another folder.") from error
