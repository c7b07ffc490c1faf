"""The choosers of the tool bar: what is shown where there is little room."""

from __future__ import annotations

from PySide6.QtWidgets import QStyleOptionComboBox
from pytestqt.qtbot import QtBot

from nnviz.gui.chooser import Choice, Chooser
from nnviz.gui.window_context import WindowContext


def shown(chooser: Chooser) -> str:
    option = QStyleOptionComboBox()
    chooser.initStyleOption(option)
    return option.currentText


def test_a_long_title_is_shortened_and_not_cut_off(qtbot: QtBot, context: WindowContext) -> None:
    chooser = Chooser("network", context.appearance)
    qtbot.addWidget(chooser)
    chooser.offer([Choice("help", "Python's help topics"), Choice("short", "MNIST")])
    chooser.show_choice("help")
    chooser.resize(400, 32)
    chooser.show()
    assert shown(chooser) == chooser.currentText() == "Python's help topics"
    chooser.resize(120, 32)
    assert shown(chooser).startswith("Pyth")
    assert shown(chooser).endswith("…")
    chooser.show_choice("short")
    assert shown(chooser) == "MNIST"
