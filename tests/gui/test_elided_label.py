"""A label that asks for room only when it needs more of it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QWidget
from pytestqt.qtbot import QtBot

from nnviz.gui.elided_label import ElidedLabel


class Layings(QObject):
    """Counts how often a widget was asked to lay its children out again."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__()
        self.count = 0
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.LayoutRequest
        return False


@pytest.fixture
def row(qtbot: QtBot) -> QWidget:
    row = QWidget()
    qtbot.addWidget(row)
    layout = QHBoxLayout(row)
    layout.addWidget(ElidedLabel("Epoch 12 of 40"))
    layout.addWidget(QLabel("Beside it"))
    with qtbot.waitExposed(row):
        row.show()
    QApplication.processEvents()
    return row


def test_a_text_that_fits_does_not_lay_the_window_out_again(row: QWidget) -> None:
    label, plain = row.findChildren(QLabel)
    layings = Layings(row)
    for number in (13, 14, 1):
        label.setText(f"Epoch {number} of 40")
        QApplication.processEvents()
    assert layings.count == 0
    plain.setText("Besides")
    QApplication.processEvents()
    assert layings.count == 1, "a plain label does: the test would see it"


def test_a_longer_text_asks_for_room_and_an_empty_one_gives_it_back(row: QWidget) -> None:
    label = row.findChild(ElidedLabel)
    assert isinstance(label, ElidedLabel)
    layings, before = Layings(row), label.sizeHint().width()
    label.setText("Epoch 12 of 40, paused")
    QApplication.processEvents()
    assert layings.count == 1
    assert label.sizeHint().width() > before
    label.setText("")
    assert label.sizeHint().width() == 0
    assert label.minimumSizeHint().width() == 0


def test_screen_readers_say_the_text_or_what_it_is(row: QWidget) -> None:
    label = row.findChild(ElidedLabel)
    assert isinstance(label, ElidedLabel)
    assert label.accessibleName() == "Epoch 12 of 40"
    label.setText("Done")
    assert (label.accessibleName(), label.toolTip(), label.text()) == ("Done", "Done", "Done")
    label.setAccessibleName("Where the training is")
    label.setText("Epoch 1 of 2")
    assert label.accessibleName() == "Where the training is"


def test_the_room_that_is_asked_for_is_enough_for_the_whole_text(row: QWidget) -> None:
    label = row.findChild(ElidedLabel)
    assert isinstance(label, ElidedLabel)
    for number in range(40):
        text = f"Step {number}, line {number % 7} of 7" if number % 2 else f"Step {number}"
        label.setText("")
        label.setText(text)
        room = label.sizeHint().width()
        assert label.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room) == text
