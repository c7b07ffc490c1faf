"""The menu from which a network is exported."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal, Slot
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from nnviz.core.errors import NnvizError
from nnviz.core.project import ProjectFile
from nnviz.core.snapshot import Failure
from nnviz.gui.background import Background
from nnviz.gui.document import Project
from nnviz.gui.style.icons import icon
from nnviz.gui.window_context import WindowContext

FOLDER = "export/folder"
"""The setting that remembers where the last export went."""


@dataclass(frozen=True)
class _Kind:
    """One kind of file: its action, the dialog's title, its ending, and what the dialog calls such files."""

    action: QAction
    title: str
    suffix: str
    files: str


class ExportMenu(QMenu):
    """Everything that can be taken home. What cannot be exported yet is grey, and its tip says why.

    Code and pictures are of the network on the screen; ONNX and history are of the current or last run, as it stands.
    Files are written away from the window's thread.

    Attributes:
        actions_by_name: The actions by name: "script", "onnx", "history", "svg", "png", "code", "copy".

    Signals:
        said(str): One sentence on what was exported.
        failed(Failure): Something could not be exported.
        finished: An export has ended, with success or without.
    """

    said = Signal(str)
    failed = Signal(object)
    finished = Signal()

    def __init__(self, context: WindowContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._background = Background()
        self._collected_for: dict[str, tuple[str, Path]] = {}
        self._number = 0
        self._wanted = ""
        self.setObjectName("export_menu")
        self.setTitle(self.tr("Export"))
        self.setAccessibleName(self.tr("Export"))
        self.setToolTipsVisible(True)
        self._tips: dict[str, str] = {}
        self._icons: dict[str, str] = {}
        self.actions_by_name: dict[str, QAction] = {}
        self._kinds: dict[str, _Kind] = {}
        self._fill()
        self._connect()
        self._on_theme_changed()
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """See what can be exported now."""
        project = self._context.document.project
        problems = project.problems()
        run = self._context.session.run_project
        no_code = self.tr("The network cannot be trained as it is: {0}").format(problems[0]) if problems else ""
        no_layers = "" if project.network.layers else self.tr("The network has no layers yet.")
        untrained = "" if run is not None else self.tr("Train the network first: there is nothing learned yet.")
        reasons = {
            "script": no_code,
            "code": no_code,
            "copy": no_code,
            "onnx": untrained or self._lacks_packages(),
            "history": untrained,
            "svg": no_layers,
            "png": no_layers,
        }
        for name, action in self.actions_by_name.items():
            reason = reasons[name]
            action.setEnabled(not reason)
            action.setToolTip(reason or self._tips[name])
            action.setStatusTip(reason or self._tips[name])

    def _fill(self) -> None:
        self._add(
            "code",
            "network",
            self.tr("Show PyTorch code..."),
            self.tr("The whole program behind this network, to read, copy and save."),
        )
        self._add("copy", "copy", self.tr("Copy PyTorch code"), self.tr("The same program, ready to be pasted."))
        self.addSeparator()
        self._add(
            "script",
            "save",
            self.tr("PyTorch script..."),
            self.tr(
                "A program that loads the data, trains this network and ends with the same weights, without nnviz."
            ),
        )
        self._add(
            "onnx",
            "save",
            self.tr("ONNX model..."),
            self.tr("The trained network for other programs, phones and browsers."),
        )
        self._add(
            "history",
            "save",
            self.tr("Training history as CSV..."),
            self.tr("Loss and accuracy of every measured step, for a spreadsheet."),
        )
        self.addSeparator()
        self._add(
            "svg",
            "save",
            self.tr("Architecture as SVG..."),
            self.tr("A drawing of the layers that stays sharp at any size."),
        )
        self._add("png", "save", self.tr("Architecture as PNG..."), self.tr("A picture of the layers."))
        actions = self.actions_by_name
        self._kinds = {
            "script": _Kind(actions["script"], self.tr("Export PyTorch script"), "py", self.tr("Python scripts")),
            "onnx": _Kind(actions["onnx"], self.tr("Export ONNX model"), "onnx", self.tr("ONNX models")),
            "history": _Kind(actions["history"], self.tr("Export training history"), "csv", self.tr("Tables")),
            "svg": _Kind(actions["svg"], self.tr("Export architecture"), "svg", self.tr("Drawings")),
            "png": _Kind(actions["png"], self.tr("Export architecture"), "png", self.tr("Pictures")),
        }

    def _add(self, name: str, icon_name: str, text: str, tip: str) -> None:
        action = QAction(text, self)
        action.setObjectName(f"export_{name}")
        action.setData(name)
        self.addAction(action)
        self.actions_by_name[name] = action
        self._tips[name] = tip
        self._icons[name] = icon_name

    def _connect(self) -> None:
        context = self._context
        self.triggered.connect(self._on_triggered)
        self.aboutToShow.connect(self.refresh)
        context.document.project_changed.connect(self.refresh)
        context.session.state_changed.connect(self.refresh)
        context.session.run_started.connect(self.refresh)
        context.session.run_forgotten.connect(self.refresh)
        context.session.collected.connect(self._on_collected)
        context.appearance.theme_changed.connect(self._on_theme_changed)
        self._background.done.connect(self._on_done)
        self._background.failed.connect(self._on_failed)

    def _lacks_packages(self) -> str:
        # Asked here rather than of the core, whose sentence is English.
        if all(find_spec(name) is not None for name in ("onnx", "onnxscript")):
            return ""
        return self.tr('ONNX files need more packages: install them with pip install "nnviz[onnx]".')

    @Slot(object)
    def _on_triggered(self, action: QAction) -> None:
        name = str(action.data())
        if name in self._kinds:
            self._ask_where(name)
        else:
            self._start(name, partial(_source, self._context.document.project))

    def _ask_where(self, name: str) -> None:
        kind = self._kinds[name]
        session = self._context.session
        of_run = name in ("onnx", "history") and session.run_project is not None
        title = session.run_project.title if of_run and session.run_project else self._context.document.project.title
        dialog = QFileDialog(self.parentWidget(), kind.title, self._folder(), f"{kind.files} (*.{kind.suffix})")
        dialog.setObjectName("export_file_dialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(kind.suffix)
        dialog.selectFile(f"{file_name(title)}{'-history' if name == 'history' else ''}.{kind.suffix}")
        dialog.fileSelected.connect(self._on_file_chosen)
        self._wanted = name
        # Not exec(): the window goes on, and so does what it shows of a training.
        dialog.open()

    def _folder(self) -> str:
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        remembered = str(self._context.settings.value(FOLDER, ""))
        return remembered if remembered and Path(remembered).is_dir() else documents

    @Slot(str)
    def _on_file_chosen(self, chosen: str) -> None:
        path = Path(chosen)
        self._context.settings.setValue(FOLDER, str(path.parent))
        self.export(self._wanted, path)

    def export(self, name: str, path: Path) -> None:
        """Write one kind of file; `said` or `failed` tells how it went.

        Args:
            name: "script", "onnx", "history", "svg" or "png".
            path: The file; an older one is replaced.
        """
        project = self._context.document.project
        if name in ("svg", "png"):
            self._save_picture(path)
        elif name == "script":
            self._start(name, partial(_write_script, path, project))
        else:
            self._number += 1
            token = f"export {self._number}"
            self._collected_for[token] = (name, path)
            self._context.session.collect(token)

    @Slot(str, object)
    def _on_collected(self, token: str, file: ProjectFile | None) -> None:
        if token not in self._collected_for:
            return
        name, path = self._collected_for.pop(token)
        if file is None:
            self._on_failed(name, Failure(self.tr("Train the network first: there is nothing learned yet.")))
            return
        self._start(name, partial(_write_onnx if name == "onnx" else _write_history, path, file))

    def _save_picture(self, path: Path) -> None:
        from nnviz.gui.build.architecture import save_architecture

        try:
            save_architecture(self._context.document.project, path, self._context.theme)
        except NnvizError as error:
            self._on_failed("", Failure(str(error)))
        else:
            self._on_done("picture", path)

    def _start(self, name: str, work: Callable[[], object]) -> None:
        self._background.start(name, work)

    @Slot(str, object)
    def _on_done(self, name: str, answer: object) -> None:
        if name == "copy":
            QGuiApplication.clipboard().setText(str(answer))
            self.said.emit(self.tr("The PyTorch code is on the clipboard."))
        elif name == "code":
            self._show_code(str(answer))
        else:
            self.said.emit(self.tr("Exported {0}.").format(answer))
        self.finished.emit()

    @Slot(str, object)
    def _on_failed(self, name: str, failure: Failure) -> None:
        self.failed.emit(failure)
        self.finished.emit()

    def _show_code(self, source: str) -> None:
        # Imported when it is wanted: what tells words of Python apart need not slow down the start.
        from nnviz.gui.export.code_dialog import CodeDialog

        dialog = CodeDialog(source, self._context.appearance, self.parentWidget())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.copied.connect(self.said)
        dialog.save_requested.connect(self.actions_by_name["script"].trigger)
        dialog.show()

    @Slot()
    def _on_theme_changed(self) -> None:
        for name, action in self.actions_by_name.items():
            action.setIcon(icon(self._icons[name], self._context.theme))


def file_name(title: str) -> str:
    """A name for a file, without its ending: "Fast CNN" becomes "fast-cnn"."""
    return re.sub(r"[^\w.]+", "-", title.lower()).strip("-._") or "network"


def _source(project: Project) -> str:
    # Imported on the thread that works: it loads torch, which takes a second or two.
    from nnviz.core.export.script import script_source

    return script_source(project.title, project.network, project.dataset, project.training)


def _write_script(path: Path, project: Project) -> Path:
    from nnviz.core.export.script import write_script

    write_script(path, project.title, project.network, project.dataset, project.training)
    return path


def _write_onnx(path: Path, file: ProjectFile) -> Path:
    from nnviz.core.export.onnx import write_onnx

    write_onnx(path, file.title, file.network, file.weights, file.dataset.classes)
    return path


def _write_history(path: Path, file: ProjectFile) -> Path:
    from nnviz.core.export.history_csv import write_history

    write_history(path, file.title, file.history)
    return path
