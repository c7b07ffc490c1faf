from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from nnviz.gui.app import Application
from nnviz.gui.banner import Banner
from nnviz.gui.document import Project
from nnviz.gui.session import SessionState


class Driver:
    """A whole application, and how a person uses it."""

    def __init__(self, qtbot: QtBot, application: Application) -> None:
        self.qtbot = qtbot
        self.application = application
        self.window = application.window
        self.desk = application.window.files
        self.document = application.document
        self.session = application.session

    def show(self) -> None:
        with self.qtbot.waitSignal(self.session.devices_changed):
            self.application.show()
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.ControlModifier) -> None:
        # A dialog that was open has taken the keyboard with it.
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)
        self.qtbot.keyClick(self.window, key, modifier)

    def find(self, kind: type[QWidget], name: str) -> QWidget | None:
        return self.window.findChild(kind, name)

    def answer(self, button: QMessageBox.StandardButton) -> None:
        """Answer the question about what is unsaved."""
        box = self.find(QMessageBox, "keep_changes_dialog")
        assert isinstance(box, QMessageBox)
        self.qtbot.mouseClick(box.button(button), Qt.MouseButton.LeftButton)

    @property
    def asked(self) -> bool:
        box = self.find(QMessageBox, "keep_changes_dialog")
        return box is not None and box.isVisible()

    def choose_file(self, name: str, path: Path) -> None:
        """Choose a file in the dialog that is open."""
        dialog = self.find(QFileDialog, name)
        assert isinstance(dialog, QFileDialog)
        dialog.selectFile(str(path))
        dialog.accept()

    @property
    def banner(self) -> Banner:
        found = self.window.findChild(Banner)
        assert found is not None
        return found

    @property
    def said(self) -> str:
        label = self.window.findChild(QLabel, "status_sentence")
        assert label is not None
        return label.text()

    @property
    def progress(self) -> str:
        label = self.window.findChild(QLabel, "epoch_label")
        assert label is not None
        return label.text()

    def save_to(self, path: Path) -> None:
        with self.qtbot.waitSignal(self.desk.saved):
            self.key(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
            self.choose_file("save_file_dialog", path)

    def open(self, path: Path) -> None:
        with self.qtbot.waitSignal(self.desk.project_taken):
            self.key(Qt.Key.Key_O)
            self.choose_file("open_file_dialog", path)

    def use(self, project: Project) -> None:
        self.document.replace(project, "Choose")

    def train_batches(self, count: int) -> None:
        for _ in range(count):
            self.key(Qt.Key.Key_F10, Qt.KeyboardModifier.NoModifier)
            self.wait_for(SessionState.PAUSED, SessionState.IDLE)

    def wait_for(self, *states: SessionState) -> None:
        self.qtbot.waitUntil(lambda: self.session.state in states)

    def end(self) -> None:
        self.window._may_close = True
        self.window.close()
        self.application.shut_down()
        self.window.deleteLater()


@pytest.fixture
def recovery_dir(tmp_path: Path) -> Path:
    return tmp_path / "kept"


@pytest.fixture
def driver(qtbot: QtBot, qapp: QApplication, settings: QSettings, recovery_dir: Path) -> Iterator[Driver]:
    driver = Driver(qtbot, Application(qapp, settings, recovery_dir=recovery_dir))
    driver.session.set_device("cpu")
    driver.show()
    yield driver
    driver.end()
    qapp.setStyleSheet("")
