from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from nnviz.core.export.script import script_source
from nnviz.core.layers.dense import Dense
from nnviz.core.project import ProjectFile
from nnviz.core.snapshot import Failure, History
from nnviz.core.training.checkpoint import weights_of
from nnviz.gui.document import Document, Project
from nnviz.gui.export import menu as menu_module
from nnviz.gui.export.menu import FOLDER, ExportMenu, file_name
from nnviz.gui.style.appearance import Appearance
from nnviz.gui.style.theme import Scheme
from tests.gui.fake_session import FakeSession

OF_CODE = {"script", "code", "copy"}
OF_RUN = {"onnx", "history"}
OF_PICTURES = {"svg", "png"}


def enabled(menu: ExportMenu) -> set[str]:
    return {name for name, action in menu.actions_by_name.items() if action.isEnabled()}


def source_of(project: Project) -> str:
    return script_source(project.title, project.network, project.dataset, project.training)


@pytest.fixture
def heard(menu: ExportMenu) -> list[object]:
    """What the menu has said, and what it said went wrong."""
    found: list[object] = []
    menu.said.connect(found.append)
    menu.failed.connect(found.append)
    return found


@pytest.fixture
def run_file(document: Document, fake_session: FakeSession) -> ProjectFile:
    """The file of a run, which the session now has."""
    project = document.project
    history = History(np.array([1, 2]), np.array([0.5, 0.25], np.float32), np.array([0.5, np.nan], np.float32))
    fake_session.run_project = project
    weights = weights_of(project.network.build(seed=0))
    return ProjectFile(project.title, project.network, project.dataset, project.training, weights, history=history)


def test_before_the_first_run_only_code_and_pictures(menu: ExportMenu) -> None:
    assert enabled(menu) == OF_CODE | OF_PICTURES
    for name in OF_RUN:
        action = menu.actions_by_name[name]
        assert action.toolTip() == action.statusTip() == "Train the network first: there is nothing learned yet."


def test_with_a_run_everything(
    menu: ExportMenu, run_file: ProjectFile, fake_session: FakeSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(menu_module, "find_spec", lambda name: object())
    fake_session.run_started.emit(fake_session.run_project)
    assert enabled(menu) == OF_CODE | OF_RUN | OF_PICTURES
    assert menu.actions_by_name["onnx"].toolTip() == "The trained network for other programs, phones and browsers."
    fake_session.run_project = None
    fake_session.run_forgotten.emit()
    assert enabled(menu) == OF_CODE | OF_PICTURES


def test_without_the_packages_onnx_says_what_to_install(
    menu: ExportMenu, run_file: ProjectFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(menu_module, "find_spec", lambda name: None if name == "onnxscript" else object())
    menu.refresh()
    assert not menu.actions_by_name["onnx"].isEnabled()
    assert 'pip install "nnviz[onnx]"' in menu.actions_by_name["onnx"].toolTip()


def test_a_network_with_a_problem_has_a_picture_but_no_code(menu: ExportMenu, document: Document) -> None:
    project = document.project
    wrong = project.network.replace(layers=(*project.network.layers, Dense(units=7)))
    document.replace(Project(project.title, wrong, project.dataset, project.training), "Add a layer")
    assert enabled(menu) == OF_PICTURES
    assert "7 leave it" in menu.actions_by_name["script"].toolTip()
    empty = wrong.replace(layers=())
    document.replace(Project(project.title, empty, project.dataset, project.training), "Remove all layers")
    assert enabled(menu) == set()


def test_copy_puts_the_script_on_the_clipboard(
    menu: ExportMenu, document: Document, heard: list[object], qtbot: QtBot
) -> None:
    with qtbot.waitSignal(menu.finished):
        menu.actions_by_name["copy"].trigger()
    assert QGuiApplication.clipboard().text() == source_of(document.project)
    assert heard == ["The PyTorch code is on the clipboard."]


def test_a_script_goes_where_the_dialog_says_and_the_folder_is_remembered(
    menu: ExportMenu, document: Document, heard: list[object], settings: QSettings, tmp_path: Path, qtbot: QtBot
) -> None:
    settings.setValue(FOLDER, str(tmp_path))
    menu.actions_by_name["script"].trigger()
    dialog = menu.parentWidget().findChild(QFileDialog, "export_file_dialog")
    assert dialog.directory().absolutePath() == str(tmp_path)
    assert [Path(name).name for name in dialog.selectedFiles()] == ["2-d-classifier.py"]
    folder = tmp_path / "mine"
    folder.mkdir()
    with qtbot.waitSignal(menu.finished):
        dialog.fileSelected.emit(str(folder / "net.py"))
        dialog.close()
    assert (folder / "net.py").read_text(encoding="utf-8") == source_of(document.project)
    assert heard == [f"Exported {folder / 'net.py'}."]
    assert settings.value(FOLDER) == str(folder)


def test_the_curves_are_those_of_the_run(
    menu: ExportMenu,
    run_file: ProjectFile,
    fake_session: FakeSession,
    heard: list[object],
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    path = tmp_path / "curves.csv"
    menu.export("history", path)
    assert not path.exists()
    ((_, token),) = fake_session.calls
    with qtbot.waitSignal(menu.finished):
        # Somebody else collects too.
        fake_session.collected.emit("another", None)
        fake_session.collected.emit(token, run_file)
    with path.open(newline="") as file:
        assert [row["loss"] for row in csv.DictReader(file)] == ["0.5", "0.25"]
    assert heard == [f"Exported {path}."]


def test_a_run_that_is_gone_meanwhile(
    menu: ExportMenu, fake_session: FakeSession, heard: list[object], tmp_path: Path
) -> None:
    menu.export("history", tmp_path / "curves.csv")
    ((_, token),) = fake_session.calls
    fake_session.collected.emit(token, None)
    assert heard == [Failure("Train the network first: there is nothing learned yet.")]
    assert list(tmp_path.glob("*.csv")) == []


def test_onnx_of_the_run(
    menu: ExportMenu,
    run_file: ProjectFile,
    fake_session: FakeSession,
    heard: list[object],
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    onnxruntime = pytest.importorskip("onnxruntime")
    path = tmp_path / "net.onnx"
    menu.export("onnx", path)
    ((_, token),) = fake_session.calls
    with qtbot.waitSignal(menu.finished):
        fake_session.collected.emit(token, run_file)
    assert heard == [f"Exported {path}."]
    session = onnxruntime.InferenceSession(path.read_bytes(), providers=["CPUExecutionProvider"])
    (scores,) = session.run(None, {"input": np.zeros((3, 2), np.float32)})
    assert scores.shape == (3, 2)


@pytest.mark.parametrize(("suffix", "begins"), [("svg", b"<?xml"), ("png", b"\x89PNG")])
def test_the_architecture_as_a_picture(
    suffix: str, begins: bytes, menu: ExportMenu, heard: list[object], tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / f"net.{suffix}"
    with qtbot.waitSignal(menu.finished):
        menu.export(suffix, path)
    assert path.read_bytes().startswith(begins)
    assert heard == [f"Exported {path}."]
    with qtbot.waitSignal(menu.finished):
        menu.export(suffix, tmp_path / "nowhere" / path.name)
    assert isinstance(heard[1], Failure)


def test_what_cannot_be_written_is_told(menu: ExportMenu, heard: list[object], tmp_path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(menu.finished):
        menu.export("script", tmp_path / "nowhere" / "net.py")
    (failure,) = heard
    assert isinstance(failure, Failure)
    assert "cannot be written" in failure.sentence
    assert failure.details == ""


def test_the_code_can_be_read_copied_and_saved(
    menu: ExportMenu, document: Document, heard: list[object], appearance: Appearance, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(menu.finished):
        menu.actions_by_name["code"].trigger()
    dialog = menu.parentWidget().findChild(object, "code_dialog")
    text = dialog.findChild(QPlainTextEdit, "code_text")
    assert text.toPlainText() == source_of(document.project)
    qtbot.mouseClick(dialog.findChild(QPushButton, "copy_code_button"), Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == source_of(document.project)
    assert heard == ["The PyTorch code is on the clipboard."]
    qtbot.mouseClick(dialog.findChild(QPushButton, "save_code_button"), Qt.MouseButton.LeftButton)
    menu.parentWidget().findChild(QFileDialog, "export_file_dialog").close()
    for scheme in (Scheme.LIGHT, Scheme.DARK):
        appearance.set_scheme(scheme)
        block = text.document().firstBlock()
        while not block.text().startswith("def "):
            block = block.next()
        first = block.layout().formats()[0]
        # "def"
        assert (first.start, first.length) == (0, 3)
        assert first.format.foreground().color() == appearance.theme.colour("accent_text")
    dialog.close()


def test_everything_has_a_name_a_tip_and_an_icon(menu: ExportMenu) -> None:
    for name, action in menu.actions_by_name.items():
        assert action.objectName() == f"export_{name}"
        assert action.text()
        assert action.toolTip().endswith(".")
        assert not action.icon().isNull()
    assert menu.accessibleName()


@pytest.mark.parametrize(
    ("title", "expected"),
    [("Fast CNN", "fast-cnn"), ("2-D classifier", "2-d-classifier"), ("a/b\\c: d", "a-b-c-d"), ("../..", "network")],
)
def test_names_of_files(title: str, expected: str) -> None:
    assert file_name(title) == expected
