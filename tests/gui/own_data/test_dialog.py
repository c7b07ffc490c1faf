"""The dialog for data of one's own, by mouse and keyboard, with real files and the real thread."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from nnviz.core.datasets.csv_table import CsvTable
from nnviz.core.datasets.image_folder import ImageFolder
from nnviz.core.datasets.own_data import OwnData
from nnviz.gui.own_data.class_bars import ClassBars
from nnviz.gui.own_data.dialog import ImportDialog
from nnviz.gui.own_data.mosaic import Mosaic
from nnviz.gui.style.appearance import Appearance
from tests.gui.own_data.conftest import dragged

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def dialog(qtbot: QtBot, appearance: Appearance) -> Iterator[ImportDialog]:
    dialog = ImportDialog(appearance)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    yield dialog
    dialog.done(0)


def find(dialog: ImportDialog, name: str) -> QWidget:
    found = dialog.findChild(QWidget, name)
    assert found is not None, name
    return found


def text(dialog: ImportDialog, name: str) -> str:
    label = find(dialog, name)
    assert isinstance(label, QLabel)
    return label.text() if label.isVisible() else ""


def type_path(qtbot: QtBot, dialog: ImportDialog, path: Path) -> None:
    line = find(dialog, "data_path")
    assert isinstance(line, QLineEdit)
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, str(path))
    with qtbot.waitSignal(dialog.examined):
        qtbot.keyClick(line, Qt.Key.Key_Return)


def use_button(dialog: ImportDialog) -> QPushButton:
    button = find(dialog, "use_data_button")
    assert isinstance(button, QPushButton)
    return button


def test_at_first_it_says_what_can_be_opened(dialog: ImportDialog) -> None:
    assert CsvTable.summary() in text(dialog, "preview_size")
    assert not use_button(dialog).isEnabled()
    assert threading.active_count() == 1


def test_a_typed_path_shows_table_balance_and_splits(qtbot: QtBot, dialog: ImportDialog, table: Path) -> None:
    type_path(qtbot, dialog, table)
    grid = find(dialog, "preview_table")
    assert isinstance(grid, QTableView)
    assert grid.isVisible()
    model = grid.model()
    heads = [model.headerData(n, Qt.Orientation.Horizontal) for n in range(model.columnCount())]
    assert heads == ["length", "width", "colour", "species (learned)"]
    first = table.read_text().splitlines()[1].split(",")
    assert [model.index(0, n).data() for n in range(4)] == first
    bars = find(dialog, "class_bars")
    assert isinstance(bars, ClassBars)
    assert bars.counts == (("a", 20), ("b", 20), ("c", 20))
    assert bars.accessibleDescription() == "a: 20; b: 20; c: 20"
    # 60 samples: a tenth for validation, a fifth for the test.
    assert "from 42 samples" in text(dialog, "preview_splits")
    assert "on 6 others" in text(dialog, "preview_splits")
    assert "on 12 more" in text(dialog, "preview_splits")
    # Two numbers, and one input for each of two colours.
    assert text(dialog, "preview_size") == "Learned: from 4 numbers, which of 3 classes it is."
    qtbot.keyClick(find(dialog, "data_path"), Qt.Key.Key_Return)
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert isinstance(dialog.spec, CsvTable)
    assert (dialog.spec.path, dialog.spec.class_names) == (str(table), ("a", "b", "c"))


def test_another_label_is_chosen_from_the_columns(qtbot: QtBot, dialog: ImportDialog, table: Path) -> None:
    type_path(qtbot, dialog, table)
    label = find(dialog, "field_label")
    assert isinstance(label, QComboBox)
    assert [label.itemText(n) for n in range(label.count())] == ["automatic", "length", "width", "colour", "species"]
    with qtbot.waitSignal(dialog.examined):
        label.setFocus()
        qtbot.keyClicks(label, "colour")
    assert dialog.spec is not None
    assert dialog.spec.class_names == ("blue", "red")
    with qtbot.waitSignal(dialog.examined):
        qtbot.keyClick(find(dialog, "field_label"), Qt.Key.Key_Up)
        qtbot.keyClick(find(dialog, "field_label"), Qt.Key.Key_Up)
    assert dialog.spec.task == "regression"
    assert dialog.spec.target_names == ("length",)
    assert not find(dialog, "class_bars").isVisible()
    assert "one value" in text(dialog, "preview_size")


def test_while_a_setting_is_changed_the_old_data_cannot_be_used(
    qtbot: QtBot, dialog: ImportDialog, table: Path
) -> None:
    type_path(qtbot, dialog, table)
    share = find(dialog, "field_test_share")
    share.setFocus()
    with qtbot.waitSignal(dialog.examined):
        qtbot.keyClick(share, Qt.Key.Key_Up)
        assert dialog.spec is None
        assert not use_button(dialog).isEnabled()
    assert use_button(dialog).isEnabled()
    assert isinstance(dialog.spec, OwnData)
    assert dialog.spec.test_share > 0.2


def test_a_dropped_folder_of_images_is_shown_as_a_mosaic(qtbot: QtBot, dialog: ImportDialog, pictures: Path) -> None:
    mime = dragged(pictures)
    enter = QDragEnterEvent(QPoint(50, 300), Qt.DropAction.CopyAction, mime, LEFT, NONE)
    QApplication.sendEvent(dialog, enter)
    assert enter.isAccepted()
    with qtbot.waitSignal(dialog.examined):
        QApplication.sendEvent(dialog, QDropEvent(QPointF(50, 300), Qt.DropAction.CopyAction, mime, LEFT, NONE))
    mosaic = find(dialog, "sample_mosaic")
    assert isinstance(mosaic, Mosaic)
    assert mosaic.isVisible()
    assert mosaic.labels == ("cat",) * 8 + ("dog",) * 8
    assert not find(dialog, "preview_table").isVisible()
    assert isinstance(dialog.spec, ImageFolder)
    qtbot.mouseClick(use_button(dialog), LEFT)
    assert dialog.result() == QDialog.DialogCode.Accepted


def test_the_buttons_find_files_and_folders(
    qtbot: QtBot, dialog: ImportDialog, table: Path, pictures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(table), ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(pictures))
    for name, kind in (("browse_file_button", CsvTable), ("browse_folder_button", ImageFolder)):
        button = dialog.findChild(QToolButton, name)
        with qtbot.waitSignal(dialog.examined):
            qtbot.mouseClick(button, LEFT)
        assert isinstance(dialog.spec, kind)


def write_broken_cell(folder: Path) -> Path:
    path = folder / "broken.csv"
    path.write_text("size,kind\n1,x\n2,y\noops,x\n4,y\n5,x\n")
    return path


def write_text(folder: Path) -> Path:
    path = folder / "letter.docx"
    path.write_text("Dear all")
    return path


def write_nothing(folder: Path) -> Path:
    return folder / "gone.csv"


@pytest.mark.parametrize(
    ("write", "words"),
    [
        (write_broken_cell, ("broken.csv", "row 4", "column 'size'", "'oops'")),
        (write_text, ("letter.docx", "is no data that can be read")),
        (write_nothing, ("gone.csv", "does not exist")),
    ],
)
def test_what_is_wrong_is_said_in_place_and_can_be_mended(
    qtbot: QtBot,
    dialog: ImportDialog,
    tmp_path: Path,
    table: Path,
    write: Callable[[Path], Path],
    words: tuple[str, ...],
) -> None:
    type_path(qtbot, dialog, write(tmp_path))
    sentence = text(dialog, "import_error_text")
    assert all(word in sentence for word in words), sentence
    assert not use_button(dialog).isEnabled()
    assert dialog.spec is None
    type_path(qtbot, dialog, table)
    assert text(dialog, "import_error_text") == ""
    assert use_button(dialog).isEnabled()


def test_a_setting_can_mend_a_file(qtbot: QtBot, dialog: ImportDialog, tmp_path: Path) -> None:
    type_path(qtbot, dialog, write_broken_cell(tmp_path))
    # The column is left out, which leaves nothing to learn from: another sentence.
    field = find(dialog, "field_leave_out")
    field.setFocus()
    with qtbot.waitSignal(dialog.examined):
        qtbot.keyClicks(field, "size")
    assert "no column left" in text(dialog, "import_error_text")
    assert dialog.findChild(QLineEdit, "field_leave_out").text() == "size"


class SlowTable:
    """Lets the reading of tables wait until the test says so, or it is cancelled."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.go_on = threading.Event()
        self.started = threading.Event()
        self.cancelled: list[str] = []
        read = CsvTable.read

        def slow(spec: CsvTable, path: Path, context: object) -> object:
            from nnviz.core.datasets.base import LoadCancelled, LoadContext

            assert isinstance(context, LoadContext)
            self.started.set()
            context.progress(f"Reading {path.name}", 25, 100)
            while not self.go_on.wait(0.005):
                if context.cancelled():
                    self.cancelled.append(path.name)
                    raise LoadCancelled(path.name)
            return read(spec, path, context)

        monkeypatch.setattr(CsvTable, "read", slow)


def test_the_window_lives_while_a_file_is_read(
    qtbot: QtBot, dialog: ImportDialog, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = SlowTable(monkeypatch)
    dialog.look_into(table)
    bar = find(dialog, "import_progress")
    qtbot.waitUntil(bar.isVisible)
    qtbot.waitUntil(lambda: text(dialog, "import_progress_text") == "Reading flowers.csv")
    assert dialog.is_reading
    slow.go_on.set()
    qtbot.waitUntil(lambda: dialog.spec is not None)
    assert not bar.isVisible()


def test_reading_can_be_stopped(
    qtbot: QtBot, dialog: ImportDialog, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = SlowTable(monkeypatch)
    dialog.look_into(table)
    stop = find(dialog, "stop_reading_button")
    qtbot.waitUntil(stop.isVisible)
    qtbot.mouseClick(stop, LEFT)
    qtbot.waitUntil(lambda: slow.cancelled == ["flowers.csv"])
    assert "stopped" in text(dialog, "import_error_text")
    assert not dialog.is_reading
    assert dialog.spec is None


def test_an_answer_that_came_too_late_is_dropped(
    qtbot: QtBot, dialog: ImportDialog, table: Path, pictures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = SlowTable(monkeypatch)
    dialog.look_into(table)
    assert slow.started.wait(60)
    with qtbot.waitSignal(dialog.examined):
        dialog.look_into(pictures)
    assert slow.cancelled == ["flowers.csv"]
    assert isinstance(dialog.spec, ImageFolder)
    assert text(dialog, "import_error_text") == ""


def test_esc_in_the_middle_ends_the_thread(
    qtbot: QtBot, dialog: ImportDialog, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = SlowTable(monkeypatch)
    dialog.look_into(table)
    assert slow.started.wait(60)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert slow.cancelled == ["flowers.csv"]
    assert dialog.result() == QDialog.DialogCode.Rejected


def test_data_in_use_is_shown_as_it_was_read(qtbot: QtBot, dialog: ImportDialog, table: Path) -> None:
    spec = CsvTable.inspect(table, label="colour", seed=7)
    with qtbot.waitSignal(dialog.examined):
        dialog.look_again(spec)
    assert dialog.spec == spec


def test_everything_that_can_be_used_has_a_name(qtbot: QtBot, dialog: ImportDialog, table: Path) -> None:
    type_path(qtbot, dialog, table)
    qtbot.waitUntil(find(dialog, "field_label").isVisible)
    usable = [
        child
        for kind in (QComboBox, QLineEdit, QPushButton, QToolButton)
        for child in dialog.findChildren(kind)
        if child.isVisible() and child.focusPolicy() != Qt.FocusPolicy.NoFocus
    ]
    nameless = [
        child
        for child in usable
        if not child.objectName() or not (child.accessibleName() or getattr(child, "text", str)())
    ]
    assert len(usable) > 8
    assert nameless == []
