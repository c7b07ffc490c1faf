"""What a view says where there is little room: the longest of several ways that is seen whole."""

from __future__ import annotations

from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from nnviz.gui.views.canvas import Canvas


def test_the_longest_way_to_say_it_that_fits_is_taken_and_else_the_last(qtbot: QtBot) -> None:
    image = QImage(10, 10, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    texts = ("Norm of the gradient over time", "Norm over time", "Norm")
    widths = [painter.fontMetrics().horizontalAdvance(text) for text in texts]
    assert [Canvas.fitting(painter, width, *texts) for width in widths] == list(texts)
    assert [Canvas.fitting(painter, width - 1, *texts) for width in widths] == ["Norm over time", "Norm", "Norm"]
    painter.end()
