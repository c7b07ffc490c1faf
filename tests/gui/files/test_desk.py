"""Saving, opening and beginning anew in the whole window, with real files and real threads."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from nnviz.core.layers.dense import Dense
from nnviz.core.layers.tanh import Tanh
from nnviz.core.presets import PRESETS
from nnviz.core.project import ProjectFile, load_project, save_project
from nnviz.gui.app import Application
from nnviz.gui.document import Project
from nnviz.gui.session import SessionState
from tests.gui.files.conftest import Driver
from tests.gui.training import ENDLESS, circles, digits, plain_trainer

SAVE, DISCARD, CANCEL = (
    QMessageBox.StandardButton.Save,
    QMessageBox.StandardButton.Discard,
    QMessageBox.StandardButton.Cancel,
)
PAUSED, IDLE, TRAINING = SessionState.PAUSED, SessionState.IDLE, SessionState.TRAINING


def wider(project: Project) -> Project:
    """The same with another hidden layer in front."""
    layers = (Dense(units=6), Tanh(), *project.network.layers)
    return replace(project, network=replace(project.network, layers=layers))


def file_of(project: Project) -> ProjectFile:
    return ProjectFile(project.title, project.network, project.dataset, project.training)


def test_a_preset_as_it_comes_needs_no_saving_and_an_edited_one_does(driver: Driver) -> None:
    assert not driver.desk.modified
    preset = PRESETS["mlp"]
    driver.use(Project(preset.title, preset.network, preset.dataset, preset.training))
    assert not driver.desk.modified
    driver.use(wider(driver.document.project))
    assert driver.desk.modified
    assert driver.window.isWindowModified()
    driver.document.undo_stack.undo()
    assert not driver.desk.modified


def test_what_is_saved_opens_again_and_goes_on_as_if_it_had_never_stopped(driver: Driver, tmp_path: Path) -> None:
    project = digits(steps=24)
    driver.use(project)
    driver.train_batches(9)
    assert driver.desk.modified
    path = tmp_path / "half.nnviz"
    driver.save_to(path)
    assert not driver.desk.modified
    assert driver.window.windowTitle().startswith("half")
    assert driver.said == "Saved half.nnviz."
    assert load_project(path).numbers["step"] == 9

    driver.key(Qt.Key.Key_N)
    assert not driver.asked
    assert driver.document.project.network.layers == ()
    assert driver.session.run_project is None
    assert driver.window.workspace.name == "network"

    driver.open(path)
    assert driver.document.project == project
    assert driver.session.state is PAUSED
    assert not driver.desk.modified
    driver.qtbot.waitUntil(lambda: "Epoch 1 of 2" in driver.progress)
    driver.key(Qt.Key.Key_F5, Qt.KeyboardModifier.NoModifier)
    driver.wait_for(TRAINING)
    driver.wait_for(IDLE)
    assert driver.desk.modified
    with driver.qtbot.waitSignal(driver.desk.saved):
        driver.key(Qt.Key.Key_S)
    trainer = plain_trainer(project)
    for _ in trainer.steps():
        pass
    weights = load_project(path).weights
    for name, tensor in trainer.model.state_dict().items():
        np.testing.assert_array_equal(weights[name], tensor.numpy())


def test_saving_while_it_trains_neither_stops_it_nor_calls_it_saved(driver: Driver, tmp_path: Path) -> None:
    driver.use(digits(epochs=ENDLESS))
    driver.key(Qt.Key.Key_F5, Qt.KeyboardModifier.NoModifier)
    driver.wait_for(TRAINING)
    driver.save_to(tmp_path / "running.nnviz")
    assert driver.session.state is TRAINING
    file = load_project(tmp_path / "running.nnviz")
    assert len(file.history.steps) == file.numbers["step"] > 0
    driver.qtbot.waitUntil(lambda: driver.desk.modified)


def test_unsaved_work_is_asked_about_and_cancel_keeps_everything(driver: Driver) -> None:
    driver.use(wider(circles()))
    driver.train_batches(2)
    project, run = driver.document.project, driver.session.run_number
    driver.key(Qt.Key.Key_N)
    assert driver.asked
    driver.answer(CANCEL)
    assert driver.document.project == project
    assert driver.session.run_number == run
    driver.key(Qt.Key.Key_N)
    driver.answer(DISCARD)
    assert driver.document.project.network.layers == ()


def test_save_first_then_go_on(driver: Driver, tmp_path: Path) -> None:
    project = wider(circles())
    driver.use(project)
    driver.key(Qt.Key.Key_N)
    driver.answer(SAVE)
    with driver.qtbot.waitSignal(driver.desk.project_taken):
        driver.choose_file("save_file_dialog", tmp_path / "kept.nnviz")
    assert load_project(tmp_path / "kept.nnviz").network == project.network
    assert driver.document.project.network.layers == ()
    assert driver.desk.path is None


def test_no_file_chosen_means_do_not_go_on(driver: Driver) -> None:
    driver.use(wider(circles()))
    project = driver.document.project
    driver.key(Qt.Key.Key_N)
    driver.answer(SAVE)
    dialog = driver.find(QFileDialog, "save_file_dialog")
    assert isinstance(dialog, QFileDialog)
    dialog.reject()
    assert driver.document.project == project
    assert driver.desk.modified


def test_closing_asks_and_the_window_stays_after_cancel(driver: Driver, tmp_path: Path) -> None:
    driver.use(wider(circles()))
    driver.window.close()
    assert driver.window.isVisible()
    driver.answer(CANCEL)
    assert driver.window.isVisible()
    driver.window.close()
    driver.answer(SAVE)
    with driver.qtbot.waitSignal(driver.window.closing):
        driver.choose_file("save_file_dialog", tmp_path / "last.nnviz")
    assert not driver.window.isVisible()
    assert load_project(tmp_path / "last.nnviz").title == "Small classifier"


def test_weights_of_another_network_are_not_saved_with_this_one(driver: Driver, tmp_path: Path) -> None:
    driver.use(circles(epochs=ENDLESS))
    driver.train_batches(3)
    driver.use(wider(driver.document.project))
    driver.save_to(tmp_path / "changed.nnviz")
    file = load_project(tmp_path / "changed.nnviz")
    assert not file.weights
    assert len(file.network.layers) == 5
    assert "without weights" in driver.banner.sentence


def test_another_rate_keeps_the_weights_but_not_the_optimisers_state(driver: Driver, tmp_path: Path) -> None:
    project = circles(epochs=ENDLESS)
    driver.use(project)
    driver.train_batches(3)
    driver.use(replace(project, training=project.training.replace(batch_size=7)))
    driver.save_to(tmp_path / "rate.nnviz")
    file = load_project(tmp_path / "rate.nnviz")
    assert file.weights
    assert not file.state
    assert file.numbers["step"] == 3
    assert "starts anew" in driver.said


def test_a_folder_that_cannot_be_written_is_told_and_another_can_be_chosen(driver: Driver, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    driver.use(wider(circles()))
    driver.desk._save(tmp_path / "file" / "x.nnviz")
    driver.qtbot.waitUntil(lambda: "cannot be written" in driver.banner.sentence)
    assert driver.desk.modified
    button = driver.find(QPushButton, "save_elsewhere_button")
    assert isinstance(button, QPushButton)
    driver.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    with driver.qtbot.waitSignal(driver.desk.saved):
        driver.choose_file("save_file_dialog", tmp_path / "x.nnviz")
    assert not driver.desk.modified


def damaged(path: Path) -> None:
    path.write_bytes(b"PK\x03\x04 but no archive")


def not_ours(path: Path) -> None:
    path.write_text("a letter")


def newer(path: Path) -> None:
    save_project(path, file_of(circles()))
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    project = json.loads(parts["project.json"])
    project["version"] = 999
    parts["project.json"] = json.dumps(project).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


@pytest.mark.parametrize("make", [damaged, not_ours, newer], ids=lambda make: make.__name__)
def test_a_file_that_cannot_be_read_changes_nothing(driver: Driver, tmp_path: Path, make: object) -> None:
    path = tmp_path / "bad.nnviz"
    make(path)  # type: ignore[operator]
    project = driver.document.project
    driver.desk.open_path(path)
    driver.qtbot.waitUntil(lambda: "bad.nnviz" in driver.banner.sentence)
    assert "Traceback" not in driver.banner.sentence
    assert driver.document.project == project
    assert driver.desk.path is None


def drop(driver: Driver, path: Path) -> bool:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    at, copy, left = QPoint(300, 300), Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(at, copy, mime, left, none)
    QApplication.sendEvent(driver.window, enter)
    event = QDropEvent(QPointF(at), copy, mime, left, none)
    QApplication.sendEvent(driver.window, event)
    return enter.isAccepted() and event.isAccepted()


def test_a_file_dropped_on_the_window_is_opened(driver: Driver, tmp_path: Path) -> None:
    project = wider(circles())
    save_project(tmp_path / "dropped.nnviz", file_of(project))
    with driver.qtbot.waitSignal(driver.desk.project_taken):
        assert drop(driver, tmp_path / "dropped.nnviz")
    assert driver.document.project == project


def test_recent_files_are_listed_opened_and_forgotten_when_gone(driver: Driver, tmp_path: Path) -> None:
    for name in ("one", "two"):
        driver.use(replace(wider(circles()), title=name))
        driver.save_to(tmp_path / f"{name}.nnviz")
    menu = driver.find(QMenu, "recent_menu")
    assert isinstance(menu, QMenu)
    menu.aboutToShow.emit()
    assert [action.text() for action in menu.actions()[:2]] == ["two.nnviz", "one.nnviz"]
    with driver.qtbot.waitSignal(driver.desk.project_taken):
        menu.actions()[1].trigger()
    assert driver.document.project.title == "one"
    (tmp_path / "two.nnviz").unlink()
    driver.desk.open_recent(str(tmp_path / "two.nnviz"))
    assert "is not there any more" in driver.banner.sentence
    menu.aboutToShow.emit()
    assert [action.text() for action in menu.actions() if action.text()] == ["one.nnviz", "Clear this list"]
    menu.actions()[-1].trigger()
    assert not menu.menuAction().isEnabled()


def test_a_file_given_at_the_start_is_opened(
    qtbot: QtBot, qapp: QApplication, settings: QSettings, tmp_path: Path
) -> None:
    project = wider(circles())
    save_project(tmp_path / "start.nnviz", file_of(project))
    application = Application(qapp, settings, file=tmp_path / "start.nnviz", recovery_dir=tmp_path / "kept")
    driver = Driver(qtbot, application)
    with qtbot.waitSignal(driver.desk.project_taken):
        driver.show()
    assert driver.document.project == project
    driver.end()
    qapp.setStyleSheet("")
