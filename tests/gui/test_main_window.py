from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, QSettings, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QLabel,
    QPlainTextEdit,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from nnviz.core.datasets import DATASETS
from nnviz.core.presets import PRESETS
from nnviz.core.snapshot import Failure
from nnviz.gui.banner import Banner
from nnviz.gui.main_window import MainWindow
from nnviz.gui.session import SessionState
from nnviz.gui.style.theme import DARK, LIGHT, Scheme
from nnviz.gui.window_context import WindowContext
from tests.gui.fake_session import FakeSession
from tests.gui.fake_workspace import ENTRIES, FakeDraw

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(qtbot: QtBot, context: WindowContext) -> Iterator[MainWindow]:
    context.appearance.set_scheme(Scheme.LIGHT)
    window = MainWindow(context, ENTRIES)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield window
    window.hide()


def button(window: QWidget, name: str) -> QAbstractButton:
    found = window.findChild(QAbstractButton, name)
    assert found is not None, name
    return found


def press(qtbot: QtBot, window: QWidget, name: str) -> None:
    qtbot.mouseClick(button(window, name), Qt.MouseButton.LeftButton)


def choose(qtbot: QtBot, window: QWidget, chooser_name: str, name: str) -> None:
    """Choose from a combo box as a person with a keyboard does."""
    chooser = window.findChild(QComboBox, chooser_name)
    assert chooser is not None
    chooser.showPopup()
    chooser.view().setCurrentIndex(chooser.model().index(chooser.findData(name), 0))
    qtbot.keyClick(chooser.view(), Qt.Key.Key_Return)


def said(window: MainWindow) -> str:
    label = window.findChild(QLabel, "status_sentence")
    assert label is not None
    return label.text()


def banner(window: MainWindow) -> Banner:
    found = window.findChild(Banner)
    assert found is not None
    return found


# Workspaces


def test_first_launch_opens_the_first_workspace_and_makes_no_other(window: MainWindow) -> None:
    assert window.workspace.name == "draw"
    assert window.findChildren(FakeDraw) == [window.workspace]


def test_workspaces_open_by_mouse_and_by_number(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, window, "network_button")
    assert window.workspace.name == "network"
    qtbot.keyClick(window, Qt.Key.Key_3, CONTROL)
    assert window.workspace.name == "runs"
    assert button(window, "runs_button").isChecked()
    qtbot.keyClick(window, Qt.Key.Key_1, CONTROL)
    assert window.workspace.name == "draw"


def test_workspaces_are_told_when_they_come_and_go(qtbot: QtBot, window: MainWindow) -> None:
    draw = window.workspace
    assert isinstance(draw, FakeDraw)
    assert draw.told == ["shown"]
    qtbot.keyClick(window, Qt.Key.Key_2, CONTROL)
    assert draw.told == ["shown", "hidden"]
    qtbot.keyClick(window, Qt.Key.Key_1, CONTROL)
    window.showMinimized()
    qtbot.waitUntil(lambda: draw.told == ["shown", "hidden", "shown", "hidden"])
    window.showNormal()
    qtbot.waitUntil(lambda: draw.told[-1] == "shown")


def test_the_last_workspace_and_the_size_come_back(
    qtbot: QtBot, window: MainWindow, context: WindowContext, settings: QSettings
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_2, CONTROL)
    # The width is not compared: the screen of the test platform is narrower than the narrowest window.
    window.resize(960, 640)
    with qtbot.waitSignal(window.closing):
        window.close()
    again = MainWindow(context, ENTRIES)
    qtbot.addWidget(again)
    assert again.workspace.name == "network"
    again.show()
    assert again.height() == 640


def test_a_workspace_that_is_gone_is_not_missed(qtbot: QtBot, context: WindowContext, settings: QSettings) -> None:
    settings.setValue("window/workspace", "of an older version")
    settings.setValue("window/geometry", "nonsense")
    window = MainWindow(context, ENTRIES)
    qtbot.addWidget(window)
    assert window.workspace.name == "draw"


# Training


def test_train_by_mouse_starts_the_project(qtbot: QtBot, window: MainWindow, fake_session: FakeSession) -> None:
    press(qtbot, window, "train_button")
    assert fake_session.calls[-1] == ("train", window.context.document.project)


@pytest.mark.parametrize(
    ("state", "key", "modifier", "call"),
    [
        (SessionState.IDLE, Qt.Key.Key_F5, None, "train"),
        (SessionState.STARTING, Qt.Key.Key_F5, None, "train"),
        (SessionState.PAUSED, Qt.Key.Key_F5, None, "train"),
        (SessionState.TRAINING, Qt.Key.Key_F5, None, "pause"),
        (SessionState.IDLE, Qt.Key.Key_F10, None, "step_batch"),
        (SessionState.PAUSED, Qt.Key.Key_F10, CONTROL, "step_epoch"),
        (SessionState.TRAINING, Qt.Key.Key_F5, SHIFT, "stop"),
        (SessionState.LOADING, Qt.Key.Key_F5, SHIFT, "stop"),
        (SessionState.TRAINING, Qt.Key.Key_F5, CONTROL | SHIFT, "reset"),
    ],
)
def test_training_by_keyboard(
    qtbot: QtBot,
    window: MainWindow,
    fake_session: FakeSession,
    state: SessionState,
    key: Qt.Key,
    modifier: Qt.KeyboardModifier | None,
    call: str,
) -> None:
    fake_session.run_started.emit(window.context.document.project)
    fake_session.become(state)
    fake_session.calls.clear()
    qtbot.keyClick(window, key, modifier or Qt.KeyboardModifier.NoModifier)
    assert [made[0] for made in fake_session.calls] == [call]


USABLE = {
    SessionState.STARTING: {"train", "step_batch", "step_epoch"},
    SessionState.IDLE: {"train", "step_batch", "step_epoch"},
    SessionState.LOADING: {"stop"},
    SessionState.TRAINING: {"pause", "stop"},
    SessionState.PAUSED: {"train", "step_batch", "step_epoch", "stop"},
}


@pytest.mark.parametrize("has_run", [False, True])
@pytest.mark.parametrize("state", SessionState)
def test_only_what_makes_sense_can_be_pressed(
    window: MainWindow, fake_session: FakeSession, state: SessionState, has_run: bool
) -> None:
    if has_run:
        fake_session.run_started.emit(window.context.document.project)
    fake_session.become(state)
    names = ("train", "pause", "step_batch", "step_epoch", "stop", "reset")
    usable = {name for name in names if button(window, f"{name}_button").isEnabled()}
    may_reset = has_run and state is not SessionState.LOADING
    assert usable == USABLE[state] | ({"reset"} if may_reset else set())


def test_a_reset_leaves_nothing_to_reset(window: MainWindow, fake_session: FakeSession) -> None:
    fake_session.run_started.emit(window.context.document.project)
    assert button(window, "reset_button").isEnabled()
    fake_session.run_forgotten.emit()
    assert not button(window, "reset_button").isEnabled()


def test_train_says_continue_when_paused_and_nothing_moves(window: MainWindow, fake_session: FakeSession) -> None:
    before = button(window, "pause_button").mapTo(window, QPoint())
    assert button(window, "train_button").text() == "Train"
    fake_session.become(SessionState.PAUSED)
    assert button(window, "train_button").text() == "Continue"
    window.layout().activate()
    assert button(window, "pause_button").mapTo(window, QPoint()) == before


def test_function_keys_work_while_a_text_is_written(
    qtbot: QtBot, window: MainWindow, fake_session: FakeSession
) -> None:
    draw = window.workspace
    assert isinstance(draw, FakeDraw)
    draw.field.setFocus()
    qtbot.keyClicks(draw.field, "a b")
    qtbot.keyClick(draw.field, Qt.Key.Key_F5)
    assert draw.field.text() == "a b"
    assert [call[0] for call in fake_session.calls if call[0] != "set_device"] == ["train"]


def test_undo_in_a_text_field_belongs_to_the_field(qtbot: QtBot, window: MainWindow) -> None:
    choose(qtbot, window, "dataset_chooser", "digits")
    draw = window.workspace
    assert isinstance(draw, FakeDraw)
    draw.field.setFocus()
    qtbot.keyClicks(draw.field, "abc")
    qtbot.keyClick(draw.field, Qt.Key.Key_Z, CONTROL)
    assert draw.field.text() == ""
    assert window.context.document.project.dataset.name == "digits"


# Network and data


def test_a_preset_brings_its_data_and_training_and_can_be_undone(qtbot: QtBot, window: MainWindow) -> None:
    before = window.context.document.project
    choose(qtbot, window, "network_chooser", "chapter_regression")
    project = window.context.document.project
    preset = PRESETS["chapter_regression"]
    assert (project.network, project.dataset, project.training) == (preset.network, preset.dataset, preset.training)
    assert preset.teaches in said(window)
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert window.context.document.project == before
    assert "Choose Chapter regression" in said(window)
    assert window.findChild(QComboBox, "network_chooser").currentData() == "fast_cnn"
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL | SHIFT)
    assert window.context.document.project == project
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    qtbot.keyClick(window, Qt.Key.Key_Y, CONTROL)
    assert window.context.document.project == project


def test_a_data_set_adapts_the_network_and_says_so(qtbot: QtBot, window: MainWindow) -> None:
    choose(qtbot, window, "dataset_chooser", "digits")
    project = window.context.document.project
    assert project.network.input_shape == DATASETS["digits"]().input_shape
    assert project.network.problems(10) == []
    assert "Digits 8x8" in said(window)
    assert "1x8x8" in said(window)
    # The network is the preset still: only its ends were fitted to the data.
    assert window.findChild(QComboBox, "network_chooser").currentData() == "fast_cnn"


def test_another_task_brings_another_loss(qtbot: QtBot, window: MainWindow) -> None:
    choose(qtbot, window, "network_chooser", "2d_classifier")
    choose(qtbot, window, "dataset_chooser", "chapter_linear")
    project = window.context.document.project
    assert "regression" in project.training.loss.tasks
    assert "mean squared error" in said(window)
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert "classification" in window.context.document.project.training.loss.tasks


def test_choosing_while_a_run_is_under_way_ends_it(qtbot: QtBot, window: MainWindow, fake_session: FakeSession) -> None:
    fake_session.become(SessionState.TRAINING)
    choose(qtbot, window, "dataset_chooser", "digits")
    assert fake_session.calls[-1] == ("stop",)


def test_choosing_what_is_chosen_changes_nothing(qtbot: QtBot, window: MainWindow, fake_session: FakeSession) -> None:
    fake_session.become(SessionState.TRAINING)
    choose(qtbot, window, "dataset_chooser", "mnist")
    choose(qtbot, window, "network_chooser", "fast_cnn")
    assert ("stop",) not in fake_session.calls
    assert window.context.document.undo_stack.count() == 0


def test_a_network_of_another_kind_is_met_with_one_that_fits(
    qtbot: QtBot, window: MainWindow, fake_session: FakeSession
) -> None:
    choose(qtbot, window, "dataset_chooser", "circles")
    assert "needs an image" in banner(window).sentence
    press(qtbot, window, "train_button")
    assert not any(call[0] == "train" for call in fake_session.calls)
    press(qtbot, window, "use_preset_button")
    project = window.context.document.project
    assert project.dataset.name == "circles"
    assert project.network.problems(2) == []
    assert banner(window).sentence == ""
    press(qtbot, window, "train_button")
    assert fake_session.calls[-1] == ("train", project)


def test_a_network_that_one_change_mends_is_mended_by_one_press(qtbot: QtBot, window: MainWindow) -> None:
    choose(qtbot, window, "network_chooser", "2d_classifier")
    choose(qtbot, window, "dataset_chooser", "digits")
    assert "needs a vector" in banner(window).sentence
    press(qtbot, window, "fix_1_button")
    project = window.context.document.project
    assert project.network.layers[0].name == "flatten"
    assert project.network.problems(10) == []
    assert banner(window).sentence == ""


def test_undoing_the_cause_takes_the_message_away(qtbot: QtBot, window: MainWindow) -> None:
    choose(qtbot, window, "dataset_chooser", "circles")
    assert banner(window).sentence
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert banner(window).sentence == ""


def test_the_message_leads_to_the_network(qtbot: QtBot, window: MainWindow) -> None:
    choose(qtbot, window, "dataset_chooser", "circles")
    press(qtbot, window, "show_network_button")
    assert window.workspace.name == "network"


def test_an_edited_network_is_called_changed(window: MainWindow) -> None:
    document = window.context.document
    project = document.project
    edited = project.network.replace(layers=project.network.layers[:-1])
    document.replace(type(project)(project.title, edited, project.dataset, project.training), "Remove a layer")
    chooser = window.findChild(QComboBox, "network_chooser")
    assert chooser.currentIndex() == -1
    assert chooser.otherwise == "Fast CNN, changed"
    assert chooser.placeholderText().startswith("Fast CNN, cha")


def test_the_wheel_over_a_chooser_changes_nothing(window: MainWindow) -> None:
    chooser = window.findChild(QComboBox, "network_chooser")
    before = chooser.currentIndex()
    event = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(chooser, event)
    assert chooser.currentIndex() == before


# Devices


def test_devices_are_offered_once_they_are_known(
    qtbot: QtBot, window: MainWindow, fake_session: FakeSession, settings: QSettings
) -> None:
    chooser = window.findChild(QComboBox, "device_chooser")
    assert chooser.count() == 1
    fake_session.devices = [("auto", "Automatic"), ("cuda:0", "A GPU"), ("cpu", "CPU")]
    fake_session.devices_changed.emit()
    assert chooser.count() == 3
    choose(qtbot, window, "device_chooser", "cpu")
    assert fake_session.calls[-1] == ("set_device", "cpu")
    assert settings.value("training/device") == "cpu"


def test_a_remembered_device_is_used_when_it_appears(
    qtbot: QtBot, context: WindowContext, settings: QSettings, fake_session: FakeSession
) -> None:
    settings.setValue("training/device", "cpu")
    window = MainWindow(context, ENTRIES)
    qtbot.addWidget(window)
    assert ("set_device", "cpu") not in fake_session.calls
    fake_session.devices = [("auto", "Automatic"), ("cpu", "CPU")]
    fake_session.devices_changed.emit()
    assert fake_session.calls[-1] == ("set_device", "cpu")
    assert window.findChild(QComboBox, "device_chooser").currentData() == "cpu"


# What went wrong


def test_what_happened_is_said(window: MainWindow, fake_session: FakeSession) -> None:
    fake_session.said.emit("Epoch 2 of 5 is done.")
    assert said(window) == "Epoch 2 of 5 is done."


def fail_to_load(session: FakeSession) -> None:
    failure = Failure("MNIST could not be downloaded.")
    session.failed.emit(failure)
    session.data_failed.emit(failure)


def test_without_data_the_built_in_digits_are_one_press_away(
    qtbot: QtBot, window: MainWindow, fake_session: FakeSession
) -> None:
    fail_to_load(fake_session)
    assert banner(window).sentence == "MNIST could not be downloaded."
    press(qtbot, window, "use_digits_button")
    project = window.context.document.project
    assert project.dataset.name == "digits"
    assert fake_session.calls[-1] == ("train", project)
    assert banner(window).sentence == ""


def test_without_data_one_can_try_again(qtbot: QtBot, window: MainWindow, fake_session: FakeSession) -> None:
    fail_to_load(fake_session)
    press(qtbot, window, "try_again_button")
    assert fake_session.calls[-1] == ("train", window.context.document.project)


@pytest.mark.parametrize("folder", ["/data/mnist", ""])
def test_without_data_a_folder_can_be_chosen(
    qtbot: QtBot,
    window: MainWindow,
    fake_session: FakeSession,
    settings: QSettings,
    monkeypatch: pytest.MonkeyPatch,
    folder: str,
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: folder)
    fail_to_load(fake_session)
    fake_session.calls.clear()
    press(qtbot, window, "choose_folder_button")
    assert settings.value("data/dir", "") == folder
    assert [call[0] for call in fake_session.calls] == (["set_data_dir", "train"] if folder else [])


def test_the_message_goes_when_a_run_begins(window: MainWindow, fake_session: FakeSession) -> None:
    fail_to_load(fake_session)
    fake_session.run_started.emit(window.context.document.project)
    assert banner(window).sentence == ""


def test_details_of_a_failure_are_shown_on_demand(qtbot: QtBot, window: MainWindow) -> None:
    window.show_failure(Failure("Something went wrong.", "Traceback: line 3"))
    details = window.findChild(QPlainTextEdit, "banner_details")
    assert banner(window).sentence == "Something went wrong."
    assert not details.isVisible()
    press(qtbot, window, "details_button")
    assert details.isVisible()
    assert details.toPlainText() == "Traceback: line 3"
    press(qtbot, window, "close_banner_button")
    assert banner(window).sentence == ""


def test_a_failure_without_details_has_no_button_for_them(window: MainWindow) -> None:
    window.show_failure(Failure("The loss is not a number any more."))
    assert not button(window, "details_button").isVisible()


# The look


def test_theme_and_projector_mode_by_mouse_and_keyboard(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, window, "toggle_theme_button")
    assert window.context.theme == DARK
    qtbot.keyClick(window, Qt.Key.Key_P, CONTROL | SHIFT)
    assert window.context.theme == DARK.for_projector()
    assert button(window, "toggle_projector_button").isChecked()
    qtbot.keyClick(window, Qt.Key.Key_D, CONTROL | SHIFT)
    press(qtbot, window, "toggle_projector_button")
    assert window.context.theme == LIGHT


def test_full_screen_by_key_and_back(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F11)
    assert window.isFullScreen()
    assert button(window, "full_screen_button").isChecked()
    press(qtbot, window, "full_screen_button")
    assert not window.isFullScreen()


@pytest.mark.parametrize("projector", [False, True])
@pytest.mark.parametrize("width", [1280, 1920])
def test_the_tool_bar_cuts_nothing_off(
    qtbot: QtBot, window: MainWindow, fake_session: FakeSession, projector: bool, width: int
) -> None:
    window.context.appearance.set_projector(projector)
    window.resize(width, 800)
    fake_session.become(SessionState.PAUSED)
    bar = window.findChild(QWidget, "tool_bar")
    qtbot.waitUntil(lambda: bar.width() == width - window.context.theme.rail_px)
    names = ("network", "dataset", "device")
    children: list[QWidget] = [bar.findChild(QComboBox, f"{name}_chooser") for name in names]
    children += [*bar.findChildren(QToolButton), button(bar, "train_button")]
    for child in children:
        place = child.geometry()
        assert bar.rect().contains(place), child.objectName()
        assert place.width() >= child.minimumSizeHint().width(), child.objectName()
    places = [child.geometry() for child in children]
    overlapping = [(a, b) for i, a in enumerate(places) for b in places[i + 1 :] if a.intersects(b)]
    assert overlapping == []


def test_every_shortcut_is_in_the_list_and_none_is_given_twice(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F1)
    dialog = window.findChild(QDialog, "shortcuts_dialog")
    shown = [label.text() for label in dialog.findChildren(QLabel) if label.property("kind") == "key"]
    assert {"F5", "Shift+F5", "F10", "F11", "Ctrl+1", "Ctrl+Shift+P", "Ctrl+Z", "Ctrl+Y"} <= set(shown)
    # Train and Pause share a key, for one of them is always disabled.
    assert {key for key in shown if shown.count(key) > 1} == {"F5"}
    dialog.close()


def test_everything_that_can_be_pressed_has_names(window: MainWindow) -> None:
    pressable = [child for child in window.findChildren(QWidget) if isinstance(child, QAbstractButton | QComboBox)]
    assert len(pressable) > 15
    nameless = [
        child
        for child in pressable
        if not child.objectName() or not (child.accessibleName() or getattr(child, "text", str)())
    ]
    assert nameless == []
    unexplained = [
        child.objectName()
        for child in pressable
        if child.isVisible() and not child.toolTip() and not child.objectName().startswith("qt_")
    ]
    assert unexplained == []


def test_the_shell_loads_nothing_heavy() -> None:
    code = (
        "import sys, nnviz.gui.main_window, nnviz.gui.labs.workspace\n"
        "print(sorted({'torch', 'pyqtgraph', 'sklearn', 'PIL', 'requests', 'scipy'} & set(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert result.stdout.strip() == "[]"
