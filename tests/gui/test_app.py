"""The whole application: started, used when something goes wrong, and closed at any moment."""

from __future__ import annotations

import gc
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QSettings, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from nnviz.core.datasets.files import MIRROR_VARIABLE
from nnviz.core.labs.state import LabState, save_state
from nnviz.core.presets import PRESETS
from nnviz.gui.app import Application, _ExceptionHook
from nnviz.gui.background import Background
from nnviz.gui.banner import Banner
from nnviz.gui.document import Project
from nnviz.gui.labs.base import Lab
from nnviz.gui.labs.canvas import LabCanvas
from nnviz.gui.session import SessionState
from nnviz.gui.window_context import WindowContext
from tests.gui.training import ENDLESS, NeverLoaded, circles, digits, diverging, never_loaded

STARTING, IDLE, LOADING, TRAINING, PAUSED = SessionState


@pytest.fixture
def application(qapp: QApplication, settings: QSettings) -> Iterator[Application]:
    application = Application(qapp, settings)
    yield application
    application.window.close()
    application.shut_down()
    application.window.deleteLater()
    qapp.setStyleSheet("")


@pytest.fixture
def shown(qtbot: QtBot, application: Application) -> Application:
    with qtbot.waitExposed(application.window):
        application.show()
    application.window.activateWindow()
    qtbot.waitUntil(application.window.isActiveWindow)
    return application


def drop(target: QWidget, path: Path) -> bool:
    """Drop a file where the mouse is, as the window system does: on the first widget behind it that wants it."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    arguments = (Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    widget: QWidget | None = target
    while widget is not None:
        enter = QDragEnterEvent(QPoint(5, 5), *arguments)
        enter.ignore()
        if widget.acceptDrops():
            QApplication.sendEvent(widget, enter)
        if enter.isAccepted():
            QApplication.sendEvent(widget, QDropEvent(QPointF(5, 5), *arguments))
            return True
        widget = widget.parentWidget()
    return False


def use(application: Application, project: Project) -> None:
    application.document.replace(project, "Choose")


def wait_for(qtbot: QtBot, application: Application, state: SessionState) -> None:
    qtbot.waitUntil(lambda: application.session.state is state)


def banner(application: Application) -> Banner:
    found = application.window.findChild(Banner)
    assert found is not None
    return found


def said(application: Application) -> str:
    label = application.window.findChild(QLabel, "status_sentence")
    assert label is not None
    return label.text()


def press_discard(qtbot: QtBot, window: QWidget) -> None:
    """Answer the question whether what is unsaved should be saved."""
    box = window.findChild(QMessageBox, "keep_changes_dialog")
    assert box is not None
    qtbot.mouseClick(box.button(QMessageBox.StandardButton.Discard), Qt.MouseButton.LeftButton)


def train_by_key(qtbot: QtBot, application: Application) -> None:
    qtbot.keyClick(application.window, Qt.Key.Key_F5)
    assert application.session.state is LOADING


def test_it_becomes_ready_after_the_window_is_shown(qtbot: QtBot, application: Application) -> None:
    assert application.session.state is STARTING
    with qtbot.waitSignal(application.session.devices_changed):
        application.show()
    assert application.window.isVisible()
    assert application.session.state is IDLE


def test_garbage_is_its_own_business_until_it_ends(application: Application) -> None:
    assert not gc.isenabled()
    application.shut_down()
    application.shut_down()
    assert gc.isenabled()


def test_a_diverging_run_is_told_and_the_window_stays_usable(qtbot: QtBot, shown: Application) -> None:
    use(shown, diverging())
    train_by_key(qtbot, shown)
    wait_for(qtbot, shown, IDLE)
    assert "no longer a finite number at step" in banner(shown).sentence
    assert said(shown) == banner(shown).sentence
    use(shown, circles())
    train_by_key(qtbot, shown)
    wait_for(qtbot, shown, IDLE)
    assert banner(shown).sentence == ""
    assert said(shown).startswith("Finished: 38 steps")


def test_missing_data_offers_the_built_in_digits_which_then_train(
    qtbot: QtBot, shown: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        monkeypatch.setenv(MIRROR_VARIABLE, f"http://127.0.0.1:{free.getsockname()[1]}")
    preset = PRESETS["mlp"]
    use(shown, Project(preset.title, preset.network, preset.dataset, preset.training))
    train_by_key(qtbot, shown)
    wait_for(qtbot, shown, IDLE)
    assert "MNIST" in banner(shown).sentence
    button = banner(shown).findChild(QPushButton, "use_digits_button")
    assert button is not None
    assert button.text() == "Use the built-in digits"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert shown.document.project.dataset.name == "digits"
    wait_for(qtbot, shown, TRAINING)
    assert banner(shown).sentence == ""
    qtbot.keyClick(shown.window, Qt.Key.Key_F5, Qt.KeyboardModifier.ShiftModifier)
    wait_for(qtbot, shown, IDLE)


def test_another_data_set_ends_what_is_being_loaded(qtbot: QtBot, shown: Application) -> None:
    use(shown, circles())
    train_by_key(qtbot, shown)
    wait_for(qtbot, shown, IDLE)
    use(shown, never_loaded())
    train_by_key(qtbot, shown)
    assert NeverLoaded.entered.wait(60)
    # Back to the network of the last run, while another one is being loaded.
    use(shown, circles())
    assert shown.session.state is IDLE
    assert NeverLoaded.left.wait(60)


def test_settings_of_what_is_being_loaded_may_be_changed(qtbot: QtBot, shown: Application) -> None:
    project = never_loaded()
    use(shown, project)
    train_by_key(qtbot, shown)
    training = project.training.replace(batch_size=7)
    use(shown, Project(project.title, project.network, project.dataset, training))
    assert shown.session.state is LOADING


@pytest.mark.parametrize("moment", ["starting", "loading", "training", "paused"])
def test_closing_the_window_ends_the_application_cleanly_and_quickly(
    qtbot: QtBot, qapp: QApplication, shown: Application, moment: str
) -> None:
    session = shown.session
    if moment == "loading":
        use(shown, never_loaded())
        train_by_key(qtbot, shown)
        assert NeverLoaded.entered.wait(60)
    if moment in ("training", "paused"):
        use(shown, digits(epochs=ENDLESS))
        train_by_key(qtbot, shown)
        wait_for(qtbot, shown, TRAINING)
    if moment == "paused":
        qtbot.keyClick(shown.window, Qt.Key.Key_F5)
        wait_for(qtbot, shown, PAUSED)
    QTimer.singleShot(0, shown.window.close)
    if shown.window.files.modified:
        QTimer.singleShot(0, lambda: press_discard(qtbot, shown.window))
    # As main() does: the event loop ends with its last window, and that ends the threads.
    qapp.exec()
    assert session._training_thread.isFinished()
    assert session._loading_thread.isFinished()


def test_background_work_is_over_when_the_application_is(application: Application) -> None:
    # Qt is gone soon after: an answer that came later would end the process with a crash.
    told = threading.Event()
    ended: list[str] = []

    def work() -> None:
        assert told.wait(10)
        ended.append("work")

    Background(application).start("long work", work)
    threading.Timer(0.2, told.set).start()
    application.shut_down()
    assert ended == ["work"]


def test_what_was_open_comes_back(qtbot: QtBot, qapp: QApplication, shown: Application, settings: QSettings) -> None:
    qtbot.keyClick(shown.window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert shown.window.workspace.name == "live"
    shown.window.close()
    shown.shut_down()
    again = Application(qapp, settings)
    assert again.window.workspace.name == "live"
    again.shut_down()
    again.window.deleteLater()


@pytest.mark.parametrize(
    ("page", "part"),
    [
        ("draw", "DrawingPad"),
        ("network", ""),
        ("live", ""),
        ("runs", ""),
        ("labs", "LabGallery"),
        ("labs", "softmax_lab"),
        ("labs", "convolution_lab"),
    ],
)
def test_a_lesson_is_dropped_anywhere(shown: Application, tmp_path: Path, page: str, part: str) -> None:
    save_state(tmp_path / "Lesson.NNLAB", LabState("activation_lab", {"function": "tanh"}, 0, 3))
    shown.window.open_workspace(page)
    target: QWidget = shown.window.workspace
    if part.endswith("_lab"):
        target.open_lab(part)  # type: ignore[attr-defined]
        target = next(canvas for canvas in target.findChildren(LabCanvas) if canvas.isVisible())
    elif part:
        target = next(child for child in target.findChildren(QWidget) if type(child).__name__ == part)
    if part not in ("DrawingPad", "convolution_lab"):
        # Those two take any file, and say so where it is no picture.
        assert not drop(target, tmp_path / "song.mp3")
    assert drop(target, tmp_path / "Lesson.NNLAB")
    assert shown.window.workspace.name == "labs"
    lab = shown.window.workspace.findChild(QWidget, "activation_lab")
    assert isinstance(lab, Lab)
    assert (lab.settings.function, lab.step) == ("tanh", 3)


def test_it_begins_with_what_was_saved_in_a_lab(
    qtbot: QtBot, qapp: QApplication, settings: QSettings, tmp_path: Path
) -> None:
    lesson = LabState("activation_lab", {"function": "tanh"}, 0, 3)
    save_state(tmp_path / "lesson.nnlab", lesson)
    application = Application(qapp, settings, file=tmp_path / "lesson.nnlab")
    application.show()
    qtbot.waitUntil(lambda: application.window.workspace.name == "labs")
    lab = application.window.workspace.findChild(QWidget, "activation_lab")
    assert isinstance(lab, Lab)
    assert (lab.settings.function, lab.step) == ("tanh", 3)
    application.window.close()
    application.shut_down()
    application.window.deleteLater()


def test_an_exception_of_another_thread_is_shown_by_the_window_on_its_own(
    qtbot: QtBot, context: WindowContext, capsys: pytest.CaptureFixture[str]
) -> None:
    from nnviz.gui.main_window import MainWindow

    window = MainWindow(context)
    qtbot.addWidget(window)
    hook = _ExceptionHook(window)
    error = ZeroDivisionError("by nought")
    thread = threading.Thread(target=hook.on_exception, args=(ZeroDivisionError, error, None))
    thread.start()
    thread.join()
    found = window.findChild(Banner)
    assert found is not None
    assert found.sentence == "", "not before this thread has looked at its events"
    qtbot.waitUntil(lambda: found.sentence == "Something unexpected went wrong: by nought")
    assert "ZeroDivisionError" in capsys.readouterr().err
