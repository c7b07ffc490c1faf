"""What the canvas of the labs keeps between two frames."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from nnviz.gui.labs.canvas import CENTRE, LEFT, RIGHT, LabCanvas
from nnviz.gui.style.theme import DARK, LIGHT

TEXTS = ("0.7311", "\N{MINUS SIGN}12.5", "w\N{LATIN SUBSCRIPT SMALL LETTER X}", "a text that is too long for its box")


class Texts(LabCanvas):
    """Texts in all alignments."""

    def paint(self, painter: QPainter) -> None:
        for row, text in enumerate(TEXTS):
            for column, align in enumerate((LEFT, CENTRE, RIGHT)):
                box = QRectF(10.3 + 130 * column, 10.7 + 30.4 * row, 110, 24)
                self.write(painter, box, text, align, "muted", 13, bold=bool(row % 2))


def test_a_text_looks_the_same_however_often_it_was_written(qtbot: QtBot) -> None:
    canvas = Texts(LIGHT)
    qtbot.addWidget(canvas)
    canvas.resize(420, 150)
    first, second, third = (canvas.grab().toImage() for _ in range(3))
    assert first == second == third
    assert ink(first)
    canvas.set_theme(DARK)
    assert ink(canvas.grab().toImage()) != ink(first)


def ink(image: QImage) -> set[str]:
    return {image.pixelColor(x, y).name() for x in range(10, 120) for y in range(10, 35)} - {
        image.pixelColor(1, 1).name()
    }
