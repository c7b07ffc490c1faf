"""Autosave, and what is offered after a crash: of a process that is really killed."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from nnviz.core.project import load_project
from nnviz.gui.app import Application
from nnviz.gui.files.recovery import find_orphans
from tests.gui.files.conftest import Driver
from tests.gui.training import ENDLESS, circles, digits

CRASH = """
import os, signal, sys
from pathlib import Path
from PySide6.QtCore import QSettings, QTimer
from nnviz.gui.app import Application, make_qt_application
from nnviz.gui.session import SessionState
from tests.gui.training import circles

folder = Path(sys.argv[1])
qt = make_qt_application()
app = Application(qt, QSettings(str(folder / "crash.ini"), QSettings.Format.IniFormat), recovery_dir=folder / "kept")
app.document.replace(circles(epochs=100000), "Choose")
app.session.set_device("cpu")
app.show()
left = 5

def look():
    global left
    if any((folder / "kept").glob("*.json")):
        os.kill(os.getpid(), signal.SIGKILL)
    if app.session.state in (SessionState.IDLE, SessionState.PAUSED):
        if left:
            left -= 1
            app.session.step_batch(app.document.project)
        else:
            app.recovery.autosave()

timer = QTimer()
timer.timeout.connect(look)
timer.start(50)
qt.exec()
"""


@pytest.fixture
def crashed(tmp_path: Path) -> Path:
    """What a window that was killed has left behind: a network trained for five batches."""
    ended = subprocess.run([sys.executable, "-c", CRASH, str(tmp_path)], capture_output=True, timeout=90, check=False)
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()
    return tmp_path / "kept"


def test_after_a_crash_the_work_is_offered_and_recovered(
    crashed: Path, qtbot: QtBot, qapp: QApplication, settings: QSettings, tmp_path: Path
) -> None:
    driver = Driver(qtbot, Application(qapp, settings, recovery_dir=crashed))
    driver.show()
    assert driver.banner.sentence.startswith("nnviz was not closed properly. Changes to Small classifier")
    assert find_orphans(crashed) == [], "another window must not offer it as well"
    button = driver.find(QPushButton, "recover_button")
    assert isinstance(button, QPushButton)
    with qtbot.waitSignal(driver.desk.project_taken):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert driver.document.project == circles(epochs=ENDLESS)
    assert driver.desk.step == 5
    assert driver.desk.modified
    driver.save_to(tmp_path / "saved.nnviz")
    assert load_project(tmp_path / "saved.nnviz").numbers["step"] == 5
    assert list(crashed.glob("*.nnviz")) == []
    driver.end()
    qapp.setStyleSheet("")


def test_what_is_not_wanted_is_thrown_away(
    crashed: Path, qtbot: QtBot, qapp: QApplication, settings: QSettings
) -> None:
    driver = Driver(qtbot, Application(qapp, settings, recovery_dir=crashed))
    driver.show()
    button = driver.find(QPushButton, "discard_button")
    assert isinstance(button, QPushButton)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert list(crashed.glob("*.nnviz")) == []
    assert not driver.desk.modified
    driver.end()
    qapp.setStyleSheet("")


def test_a_damaged_copy_is_told_of_and_kept(
    crashed: Path, qtbot: QtBot, qapp: QApplication, settings: QSettings
) -> None:
    (file,) = crashed.glob("*.nnviz")
    file.write_bytes(file.read_bytes()[:200])
    driver = Driver(qtbot, Application(qapp, settings, recovery_dir=crashed))
    driver.show()
    project = driver.document.project
    button = driver.find(QPushButton, "recover_button")
    assert isinstance(button, QPushButton)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: file.name in driver.banner.sentence)
    assert driver.document.project == project
    assert len(list(crashed.glob("*.damaged"))) == 1
    driver.end()
    qapp.setStyleSheet("")


def copies(folder: Path) -> list[Path]:
    return list(folder.glob("*.nnviz"))


def test_a_copy_is_kept_while_anything_is_unsaved(driver: Driver, recovery_dir: Path, tmp_path: Path) -> None:
    driver.application.recovery.autosave()
    driver.qtbot.wait(50)
    assert copies(recovery_dir) == []
    driver.use(circles(epochs=ENDLESS))
    driver.application.recovery.autosave()
    driver.qtbot.waitUntil(lambda: len(copies(recovery_dir)) == 1)
    driver.qtbot.waitUntil(lambda: not driver.application.recovery._busy)
    first = copies(recovery_dir)[0].stat().st_mtime_ns
    driver.application.recovery.autosave()
    driver.qtbot.wait(50)
    assert copies(recovery_dir)[0].stat().st_mtime_ns == first, "nothing new, nothing written"
    driver.train_batches(2)
    driver.application.recovery.autosave()
    driver.qtbot.waitUntil(lambda: copies(recovery_dir)[0].stat().st_mtime_ns > first)
    driver.qtbot.waitUntil(lambda: not driver.application.recovery._busy)
    assert load_project(copies(recovery_dir)[0]).numbers["step"] == 2
    driver.save_to(tmp_path / "saved.nnviz")
    assert copies(recovery_dir) == []


def test_closing_on_purpose_leaves_nothing(driver: Driver, recovery_dir: Path) -> None:
    driver.use(digits())
    driver.application.recovery.autosave()
    driver.qtbot.waitUntil(lambda: len(copies(recovery_dir)) == 1)
    driver.end()
    assert list(recovery_dir.glob("*.nnviz")) == []


def test_a_folder_that_cannot_be_used_is_told_once(
    qtbot: QtBot, qapp: QApplication, settings: QSettings, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("no folder")
    driver = Driver(qtbot, Application(qapp, settings, recovery_dir=tmp_path / "file" / "kept"))
    driver.show()
    driver.use(circles())
    driver.application.recovery.autosave()
    qtbot.waitUntil(lambda: driver.said.startswith("No recovery copy can be kept"))
    driver.end()
    qapp.setStyleSheet("")
