"""Own data in the window: chosen, dropped, remembered, trained; by real events."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QSettings, Qt, QThread
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from nnviz.core.datasets.csv_table import CsvTable
from nnviz.core.datasets.image_folder import ImageFolder
from nnviz.core.layers.dense import Dense
from nnviz.core.network import NetworkSpec
from nnviz.core.shape import Shape
from nnviz.core.snapshot import Failure
from nnviz.core.training.spec import TrainingSpec
from nnviz.gui.app import Application
from nnviz.gui.banner import Banner
from nnviz.gui.document import Project
from nnviz.gui.main_window import MainWindow
from nnviz.gui.own_data.dialog import ImportDialog
from nnviz.gui.own_data.files import is_data
from nnviz.gui.own_data.recent import RecentData
from nnviz.gui.session import SessionState
from nnviz.gui.window_context import WindowContext
from nnviz.gui.workspaces import WORKSPACES
from tests.gui.fake_session import FakeSession
from tests.gui.fake_workspace import ENTRIES
from tests.gui.own_data.conftest import dragged, write_pictures, write_table

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
COPY = Qt.DropAction.CopyAction


@pytest.fixture
def window(qtbot: QtBot, context: WindowContext) -> Iterator[MainWindow]:
    window = MainWindow(context, ENTRIES)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield window
    dialog = window.findChild(ImportDialog)
    if dialog is not None:
        dialog.done(0)
    window.hide()


def chooser(window: QWidget) -> QComboBox:
    found = window.findChild(QComboBox, "dataset_chooser")
    assert found is not None
    return found


def choose(qtbot: QtBot, window: QWidget, title: str) -> None:
    """Choose from the list of data sets by keyboard."""
    box = chooser(window)
    box.showPopup()
    box.view().setCurrentIndex(box.model().index(box.findText(title), 0))
    qtbot.keyClick(box.view(), Qt.Key.Key_Return)


def open_dialog(window: QWidget) -> ImportDialog:
    dialog = window.findChild(ImportDialog)
    assert dialog is not None
    assert dialog.isVisible()
    return dialog


def type_path(qtbot: QtBot, dialog: ImportDialog, path: Path) -> None:
    line = dialog.findChild(QLineEdit, "data_path")
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, str(path))
    with qtbot.waitSignal(dialog.examined):
        qtbot.keyClick(line, Qt.Key.Key_Return)


def use(qtbot: QtBot, dialog: ImportDialog) -> None:
    window = dialog.parentWidget()
    qtbot.mouseClick(dialog.findChild(QPushButton, "use_data_button"), LEFT)
    # The offscreen platform has no window manager that gives the keyboard back when a dialog is closed.
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def drop(qtbot: QtBot, window: QWidget, path: Path) -> bool:
    """Drag a file over the window and let it go; returns whether the window took it."""
    mime = dragged(path)
    enter = QDragEnterEvent(QPoint(400, 400), COPY, mime, LEFT, NONE)
    QApplication.sendEvent(window, enter)
    if not enter.isAccepted():
        return False
    hint = window.findChild(QWidget, "drop_hint")
    assert hint.isVisible()
    assert hint.size() == window.size()
    QApplication.sendEvent(window, QDropEvent(QPointF(400, 400), COPY, mime, LEFT, NONE))
    assert not hint.isVisible()
    return True


def said(window: MainWindow) -> str:
    found = window.findChild(Banner)
    assert found is not None
    return found.sentence


def small_project(dataset: CsvTable | None = None) -> Project:
    from nnviz.core.datasets.circles import Circles

    network = NetworkSpec(input_shape=Shape((2,)), layers=(Dense(units=2),))
    return Project("Small", network, dataset or Circles(), TrainingSpec(batch_size=8, epochs=1))


def test_the_last_entry_of_the_chooser_opens_the_dialog(qtbot: QtBot, window: MainWindow) -> None:
    box = chooser(window)
    before = box.currentText()
    assert box.itemText(box.count() - 1) == "Open your own data..."
    assert box.itemText(box.count() - 2) == ""
    choose(qtbot, window, "Open your own data...")
    dialog = open_dialog(window)
    # What is in use is still what is shown.
    assert box.currentText() == before
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert window.context.document.undo_stack.count() == 0


def test_arrow_keys_on_the_closed_chooser_change_nothing(qtbot: QtBot, window: MainWindow) -> None:
    box = chooser(window)
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_End)
    assert box.view().isVisible()
    assert window.findChild(ImportDialog) is None
    box.hidePopup()
    assert window.context.document.undo_stack.count() == 0


def test_a_table_becomes_the_data_by_one_edit(qtbot: QtBot, window: MainWindow, table: Path) -> None:
    document = window.context.document
    document.replace(small_project(), "Begin small")
    before = document.project
    qtbot.keyClick(window, Qt.Key.Key_O, CONTROL | SHIFT)
    dialog = open_dialog(window)
    type_path(qtbot, dialog, table)
    use(qtbot, dialog)
    project = document.project
    assert isinstance(project.dataset, CsvTable)
    # Two numbers and two colours; three species.
    assert project.network.input_shape == Shape((4,))
    assert project.network.layers == (Dense(units=3),)
    assert project.problems() == []
    assert document.undo_stack.count() == 2
    assert chooser(window).currentText() == "flowers.csv"
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert document.project == before
    assert chooser(window).currentText() == before.dataset.title


def test_a_network_that_cannot_take_it_is_met_with_one_that_can(qtbot: QtBot, window: MainWindow, table: Path) -> None:
    assert drop(qtbot, window, table)
    dialog = open_dialog(window)
    qtbot.waitUntil(lambda: dialog.spec is not None)
    use(qtbot, dialog)
    assert "needs an image" in said(window)
    qtbot.mouseClick(window.findChild(QPushButton, "use_preset_button"), LEFT)
    assert window.context.document.project.problems() == []
    assert isinstance(window.context.document.project.dataset, CsvTable)


def test_a_folder_is_dropped_anywhere_on_the_window(qtbot: QtBot, window: MainWindow, pictures: Path) -> None:
    assert drop(qtbot, window, pictures)
    dialog = open_dialog(window)
    qtbot.waitUntil(lambda: dialog.spec is not None)
    assert isinstance(dialog.spec, ImageFolder)
    use(qtbot, dialog)
    assert chooser(window).currentText() == "animals"


def test_a_drag_that_leaves_takes_the_hint_away(window: MainWindow, table: Path) -> None:
    mime = dragged(table)
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(400, 400), COPY, mime, LEFT, NONE))
    hint = window.findChild(QWidget, "drop_hint")
    assert hint.isVisible()
    QApplication.sendEvent(window, QDragLeaveEvent())
    assert not hint.isVisible()


@pytest.mark.parametrize("name", ["a.nnviz", "idx-idx3.nnviz", "digit.png", "letter.doc"])
def test_other_files_are_left_to_others(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"")
    assert not is_data(path)


@pytest.mark.parametrize("name", ["a.CSV", "b.tsv", "train-images-idx3-ubyte", "labels.idx1-ubyte.gz"])
def test_data_is_known_by_its_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"")
    assert is_data(path)


def test_five_are_remembered_and_offered_after_a_new_start(
    qtbot: QtBot, context: WindowContext, settings: QSettings, tmp_path: Path
) -> None:
    recent = RecentData(settings)
    for number in range(6):
        recent.add(CsvTable.inspect(write_table(tmp_path / f"table{number}.csv", rows=12)))
    recent.add(CsvTable.inspect(tmp_path / "table3.csv", label="colour"))
    settings.sync()
    window = MainWindow(context, ENTRIES)
    qtbot.addWidget(window)
    box = chooser(window)
    texts = [box.itemText(row) for row in range(box.count())]
    assert texts[-8:] == [
        "", "table3.csv", "table5.csv", "table4.csv", "table2.csv", "table1.csv", "", "Open your own data...",
    ]  # fmt: skip
    choose(qtbot, window, "table3.csv")
    dataset = context.document.project.dataset
    assert isinstance(dataset, CsvTable)
    assert dataset.label == "colour"
    assert box.currentText() == "table3.csv"


def test_what_cannot_be_read_of_the_settings_is_forgotten(settings: QSettings, table: Path) -> None:
    settings.setValue("data/own", "nonsense")
    assert RecentData(settings).specs == ()
    settings.setValue("data/own", '[{"type": "csv_table"}, {"type": "of a newer version"}, 3, {"type": "mnist"}]')
    assert RecentData(settings).specs == ()


def test_a_file_that_vanished_is_said_to_be_gone(
    qtbot: QtBot, window: MainWindow, context: WindowContext, settings: QSettings, table: Path
) -> None:
    window._own_data.recent.add(CsvTable.inspect(table))
    table.unlink()
    choose(qtbot, window, "flowers.csv")
    assert str(table) in said(window)
    assert "not there any more" in said(window)
    assert context.document.undo_stack.count() == 0
    assert chooser(window).findText("flowers.csv") < 0


def test_another_file_ends_the_run_of_the_first(
    qtbot: QtBot, window: MainWindow, context: WindowContext, fake_session: FakeSession, tmp_path: Path
) -> None:
    first, second = (CsvTable.inspect(write_table(tmp_path / name, rows=12)) for name in ("one.csv", "two.csv"))
    context.document.replace(small_project(first), "First")
    fake_session.run_project = context.document.project
    fake_session.become(SessionState.TRAINING)
    fake_session.calls.clear()
    # Another split of the same file is a setting, which a run may have of its own.
    context.document.replace(small_project(first.replace(seed=1)), "Split otherwise")
    assert ("stop",) not in fake_session.calls
    context.document.replace(small_project(second), "Second")
    assert ("stop",) in fake_session.calls


def test_closing_the_window_in_the_middle_leaves_no_thread(qtbot: QtBot, window: MainWindow, table: Path) -> None:
    assert drop(qtbot, window, table)
    dialog = open_dialog(window)
    thread = dialog.findChild(QThread)
    assert thread is not None
    assert thread.isRunning()
    window.close()
    assert not dialog.isVisible()
    assert thread.isFinished()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.mark.parametrize("kind", ["table", "pictures"])
def test_own_data_is_trained_like_any_other(qtbot: QtBot, application: Application, tmp_path: Path, kind: str) -> None:
    window, session, document = application.window, application.session, application.document
    path = write_table(tmp_path / "flowers.csv") if kind == "table" else write_pictures(tmp_path / "animals")
    assert drop(qtbot, window, path)
    dialog = open_dialog(window)
    qtbot.waitUntil(lambda: dialog.spec is not None)
    use(qtbot, dialog)
    button = window.findChild(QPushButton, "use_preset_button")
    if kind == "table":
        qtbot.mouseClick(button, LEFT)
    assert document.project.problems() == []
    qtbot.waitUntil(lambda: session.state is SessionState.IDLE)
    steps: list[int] = []
    session.progress_changed.connect(lambda progress: steps.append(progress.step))
    qtbot.keyClick(window, Qt.Key.Key_F10)
    qtbot.waitUntil(lambda: session.state is SessionState.PAUSED)
    assert session.run_project == document.project
    qtbot.waitUntil(lambda: steps[-1:] == [1])


def test_data_in_use_is_looked_at_again_from_its_section(qtbot: QtBot, context: WindowContext, table: Path) -> None:
    window = MainWindow(context, WORKSPACES)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    window.open_workspace("network")
    button = window.findChild(QPushButton, "preview_data_button")
    assert not button.isVisible()
    context.document.replace(small_project(CsvTable.inspect(table, label="colour")), "Own data")
    assert button.isVisible()
    # How the file is read is set in the dialog; how it is split may be set here, too.
    section = window.findChild(QWidget, "dataset_section")
    assert section.findChild(QWidget, "field_test_share") is not None
    assert section.findChild(QWidget, "field_label") is None
    qtbot.mouseClick(button, LEFT)
    dialog = open_dialog(window)
    qtbot.waitUntil(lambda: dialog.spec is not None)
    assert dialog.spec == context.document.project.dataset
    seed = dialog.findChild(QWidget, "field_seed")
    seed.setFocus()
    with qtbot.waitSignal(dialog.examined):
        qtbot.keyClick(seed, Qt.Key.Key_Up)
    qtbot.mouseClick(dialog.findChild(QPushButton, "use_data_button"), LEFT)
    dataset = context.document.project.dataset
    assert isinstance(dataset, CsvTable)
    assert (dataset.label, dataset.seed) == ("colour", 1)


def test_a_file_that_cannot_be_loaded_is_opened_again(
    qtbot: QtBot, window: MainWindow, context: WindowContext, fake_session: FakeSession, table: Path
) -> None:
    context.document.replace(small_project(CsvTable.inspect(table)), "Own data")
    failure = Failure("flowers.csv has changed since it was opened.")
    fake_session.failed.emit(failure)
    fake_session.data_failed.emit(failure)
    assert window.findChild(QPushButton, "choose_folder_button") is None
    qtbot.mouseClick(window.findChild(QPushButton, "open_data_again_button"), LEFT)
    dialog = open_dialog(window)
    qtbot.waitUntil(lambda: dialog.spec is not None)
