"""The folder of one's own digits in the dialog for data: pictures or pen strokes, as one chooses."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import Qt, QTextDocument
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from nnviz.core.datasets.my_digits import MyDigits
from nnviz.core.datasets.pen_strokes import PenStrokes
from nnviz.gui.own_data.dialog import ImportDialog
from tests.core.datasets.own_files import my_digits
from tests.gui.own_data.test_dialog import dialog, find, text, type_path, use_button

__all__ = ["dialog"]


def test_digits_are_pictures_or_strokes(qtbot: QtBot, dialog: ImportDialog, tmp_path: Path) -> None:
    type_path(qtbot, dialog, my_digits(tmp_path))
    assert isinstance(dialog.spec, MyDigits)
    kinds = find(dialog, "data_kind")
    assert isinstance(kinds, QComboBox)
    for row, kind in ((1, PenStrokes), (0, MyDigits)):
        with qtbot.waitSignal(dialog.examined):
            kinds.setFocus()
            qtbot.keyClick(kinds, Qt.Key.Key_Down if row else Qt.Key.Key_Up)
        assert isinstance(dialog.spec, kind)
        assert use_button(dialog).isEnabled()
        # As it is read: marked up, for else what was escaped would be shown so.
        about = text(dialog, "data_kind_text")
        assert Qt.mightBeRichText(about)
        shown = QTextDocument()
        shown.setHtml(about)
        assert shown.toPlainText() == kind.summary()
