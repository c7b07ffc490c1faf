"""The main job as a person does it: choose data and a network, train, watch, draw, get an answer."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from nnviz.gui.app import Application
from nnviz.gui.chooser import Chooser
from nnviz.gui.document import Project
from nnviz.gui.draw.workspace import DrawWorkspace
from nnviz.gui.session import SessionState
from nnviz.gui.views.workspace import LiveWorkspace

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ENOUGH = 0.85


def choose(qtbot: QtBot, window: QWidget, chooser_name: str, title: str) -> None:
    """From the keyboard: open the list, go through it, take it."""
    chooser = window.findChild(Chooser, chooser_name)
    assert chooser is not None
    chooser.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(chooser, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    view = chooser.view()
    QTest.keyClick(view, Qt.Key.Key_Home)
    for _ in range(chooser.count()):
        if view.currentIndex().data() == title:
            break
        QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert chooser.currentText() == title
    # The offscreen platform has no window manager that gives the focus back when a list is closed.
    qtbot.waitUntil(lambda: not view.isVisible())
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def draw_a_one(page: DrawWorkspace) -> None:
    """A stroke from the top to the bottom of the paper."""
    paper = page.pad.paper().toRect()
    x, top, bottom = paper.center().x(), paper.top() + paper.height() // 6, paper.bottom() - paper.height() // 6
    QTest.mousePress(page.pad, Qt.MouseButton.LeftButton, pos=QPoint(x, top))
    for y in np.linspace(top, bottom, 25):
        QTest.mouseMove(page.pad, QPoint(x, round(y)))
    QTest.mouseRelease(page.pad, Qt.MouseButton.LeftButton, pos=QPoint(x, bottom))


def test_from_the_start_to_a_digit_that_is_read(qtbot: QtBot, application: Application) -> None:
    window, session = application.window, application.session
    assert window.workspace.name == "draw"

    choose(qtbot, window, "network_chooser", "MLP 784-128-64-10")
    choose(qtbot, window, "dataset_chooser", "Digits 8x8")
    project = application.document.project
    assert project.network.input_shape.dims == (1, 8, 8)
    # Long enough that it still learns when the digit is drawn.
    training = project.training.replace(epochs=20_000)
    application.document.replace(Project(project.title, project.network, project.dataset, training), "Train longer")

    QTest.keyClick(window, Qt.Key.Key_3, CONTROL)
    live = window.workspace
    assert isinstance(live, LiveWorkspace)
    QTest.keyClick(window, Qt.Key.Key_F5)
    curves = application.frame_clock

    def good_enough() -> bool:
        accuracy = curves.curves.validation.validation_accuracy
        return len(accuracy) > 0 and accuracy[-1] > ENOUGH

    qtbot.waitUntil(good_enough)
    assert session.state is SessionState.TRAINING
    shown = live.findChild(QLabel, "accuracy_validation_value")
    assert shown is not None
    qtbot.waitUntil(lambda: float((shown.text().split() or ["0", ""])[-2]) > 100 * ENOUGH)
    before = live.views["loss"].plot._line.x[-1]  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: live.views["loss"].plot._line.x[-1] > before)  # type: ignore[attr-defined]

    QTest.keyClick(window, Qt.Key.Key_1, CONTROL)
    page = window.workspace
    assert isinstance(page, DrawWorkspace)
    with qtbot.waitSignal(session.reading_ready) as answered:
        draw_a_one(page)
    assert session.state is SessionState.TRAINING
    assert answered.args[0].answers[0].network == project.title
    assert answered.args[0].answers[0].steps > 0
    qtbot.waitUntil(lambda: "still training" in page.verdict.source)
    assert not page.pad.is_blank

    QTest.keyClick(page.pad, Qt.Key.Key_Escape)
    assert page.pad.is_blank

    QTest.keyClick(window, Qt.Key.Key_F5, SHIFT)
    qtbot.waitUntil(lambda: session.state is SessionState.IDLE)
    window.close()
    box = window.findChild(QMessageBox, "keep_changes_dialog")
    assert box is not None, "what was learned is not lost without a question"
    QTest.mouseClick(box.button(QMessageBox.StandardButton.Discard), Qt.MouseButton.LeftButton)
    assert not window.isVisible()
