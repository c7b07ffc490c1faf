"""The line for a path: typed, found by the button, dropped; and as the editor of a spec's field."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit, QPushButton, QToolButton, QVBoxLayout
from pytestqt.qtbot import QtBot

from nnviz.core.spec import Spec, param
from nnviz.gui.forms import SpecForm
from nnviz.gui.path_line import PathLine

COPY = Qt.DropAction.CopyAction
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@dataclass(frozen=True, kw_only=True)
class Letter(Spec):
    """Is posted."""

    path: str = param("", "Where it lies.", path="file", suffixes=(".txt", ".md"))
    drawer: str = param("", "Where it is kept.", path="folder")


def drop(target: QLineEdit, mime: QMimeData) -> bool:
    """Drop something on a widget as the window system does; returns whether it was taken."""
    enter = QDragEnterEvent(QPoint(5, 5), COPY, mime, LEFT, NONE)
    QApplication.sendEvent(target, enter)
    event = QDropEvent(QPointF(5, 5), COPY, mime, LEFT, NONE)
    QApplication.sendEvent(target, event)
    return enter.isAccepted() and event.isAccepted()


def files(*paths: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


@pytest.fixture
def form(qtbot: QtBot) -> SpecForm:
    form = SpecForm(Letter())
    qtbot.addWidget(form)
    form.show()
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    return form


def field(form: SpecForm, name: str) -> QLineEdit:
    found = form.findChild(QLineEdit, f"field_{name}")
    assert found is not None
    return found


def test_half_a_path_is_no_path(qtbot: QtBot, form: SpecForm) -> None:
    changes: list[Spec] = []
    form.spec_changed.connect(lambda spec, path: changes.append(spec))
    line = field(form, "path")
    line.setFocus()
    qtbot.keyClicks(line, "/tmp/a.txt")
    assert changes == []
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert changes == [Letter(path="/tmp/a.txt")]
    qtbot.keyClicks(line, "2")
    field(form, "drawer").setFocus()
    assert changes[1:] == [Letter(path="/tmp/a.txt2")]


def test_the_button_looks_for_files_of_the_kind(qtbot: QtBot, form: SpecForm, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def found(parent: object, title: str, start: str, kinds: str) -> tuple[str, str]:
        asked.append(kinds)
        return "/tmp/found.txt", ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", found)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    qtbot.mouseClick(form.findChild(QToolButton, "browse_path"), LEFT)
    assert asked == ["Files of this kind (*.txt *.md);;All files (*)"]
    assert form.spec == Letter(path="/tmp/found.txt")
    # Given up: what was there stays.
    qtbot.mouseClick(form.findChild(QToolButton, "browse_drawer"), LEFT)
    assert form.spec == Letter(path="/tmp/found.txt")


def test_a_dropped_file_is_its_path(form: SpecForm, tmp_path: Path) -> None:
    path = tmp_path / "a letter.txt"
    path.write_text("Dear all")
    assert drop(field(form, "path"), files(path))
    assert form.spec == Letter(path=str(path))
    assert field(form, "path").text() == str(path)
    assert field(form, "path").toolTip() == str(path)


def test_a_dropped_text_is_still_a_text(qtbot: QtBot) -> None:
    line = PathLine("file")
    qtbot.addWidget(line)
    mime = QMimeData()
    mime.setText("/home/a.txt")
    assert drop(line.line, mime)
    assert line.line.text() == "/home/a.txt"


def test_enter_is_for_the_path_first_and_for_the_dialog_then(qtbot: QtBot) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    line, button = PathLine("file"), QPushButton("Use")
    button.setDefault(True)
    layout = QVBoxLayout(dialog)
    layout.addWidget(line)
    layout.addWidget(button)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    pressed: list[bool] = []
    button.clicked.connect(lambda: pressed.append(True))
    line.line.setFocus()
    qtbot.keyClicks(line.line, "a.csv")
    qtbot.keyClick(line.line, Qt.Key.Key_Return)
    assert (line.path, pressed) == ("a.csv", [])
    qtbot.keyClick(line.line, Qt.Key.Key_Return)
    assert pressed == [True]
