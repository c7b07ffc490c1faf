"""What a view's heading keeps where there is little room: whole words or none."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QCheckBox, QToolButton
from pytestqt.qtbot import QtBot

from nnviz.gui.elided_label import ElidedLabel
from nnviz.gui.views.canvas_view import ControlRow
from nnviz.gui.views.dock import ViewDock
from nnviz.gui.views.loss import Loss
from nnviz.gui.window_context import WindowContext


class Row(ControlRow):
    """A heading with two values and a control."""

    def __init__(self) -> None:
        super().__init__("Loss")
        self.first, self.second = ElidedLabel("Training 0.25"), ElidedLabel("Validation 0.5")
        self.control = QCheckBox("Log scale")
        self.add_value(self.first)
        self.add_value(self.second)
        self.add(self.control)

    def seen(self) -> list[object]:
        return [part for part in (self.first, self.second, self.control) if part.isVisible()]


@pytest.fixture
def row(qtbot: QtBot) -> Row:
    row = Row()
    qtbot.addWidget(row)
    row.resize(900, 30)
    row.show()
    return row


def test_values_are_seen_whole_or_not_at_all(qtbot: QtBot, row: Row) -> None:
    assert row.seen() == [row.first, row.second, row.control]
    seen = []
    for width in range(900, 0, -7):
        row.resize(width, 30)
        qtbot.wait(0)
        for value in (row.first, row.second):
            assert not value.isVisible() or value.width() >= value.sizeHint().width()
        if row.seen() != (seen[-1] if seen else None):
            seen.append(row.seen())
    # The control goes first: the view is enlarged for it.
    assert seen == [[row.first, row.second, row.control], [row.first, row.second], [row.first], []]


def test_a_value_that_becomes_too_long_goes(qtbot: QtBot, row: Row) -> None:
    row.control.hide()
    row.resize(row.least_width() + row.first.sizeHint().width() + row.row.spacing() + 2, 30)
    qtbot.wait(0)
    assert row.seen() == [row.first]
    row.first.setText("Training 0.000000000000000025")
    qtbot.waitUntil(lambda: row.seen() == [])


def test_a_narrow_dock_keeps_its_heading_and_leaves_the_larger_view_to_the_menu(
    qtbot: QtBot, context: WindowContext
) -> None:
    view = Loss(context.theme)
    dock = ViewDock(view, context)
    qtbot.addWidget(dock)
    button = dock.findChild(QToolButton, "loss_enlarge_button")
    bar = view.bar
    assert isinstance(bar, ControlRow)
    dock.resize(700, 400)
    dock.show()
    qtbot.wait(0)
    assert button.isVisible()
    narrow = bar.least_width() + button.sizeHint().width()
    dock.resize(narrow, 400)
    qtbot.waitUntil(lambda: not button.isVisible())
    assert bar.title.width() >= bar.title.sizeHint().width()
    assert dock.enlarge in dock.findChild(QToolButton, "loss_more_button").menu().actions()
    dock.resize(700, 400)
    qtbot.waitUntil(button.isVisible)
