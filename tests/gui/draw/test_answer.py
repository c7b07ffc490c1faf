"""Verdict, bars, seen image and strip: what is shown of an answer."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from nnviz.core.ink import prepare_strokes
from nnviz.gui.draw.bars import ProbabilityBars
from nnviz.gui.draw.sees import SeenImage, ink_image
from nnviz.gui.draw.strip import PreparationStrip
from nnviz.gui.draw.verdict import Certainty, VerdictCard, judge
from nnviz.gui.style.theme import DARK, LIGHT
from tests.gui.draw.pointer import DIGITS, SEVEN


def shown(qtbot: QtBot, widget: QWidget, width: int, height: int) -> None:
    qtbot.addWidget(widget)
    widget.resize(width, height)
    with qtbot.waitExposed(widget):
        widget.show()


def probabilities(**given: float) -> np.ndarray:
    """Ten probabilities, those of `d4=0.5, ...` given and the rest shared."""
    p = np.full(10, (1 - sum(given.values())) / (10 - len(given)))
    for name, value in given.items():
        p[int(name[1:])] = value
    return p


@pytest.mark.parametrize(
    ("p", "certainty", "sentence"),
    [
        (probabilities(d7=0.97), Certainty.SURE, "This is a 7"),
        (probabilities(d8=0.97), Certainty.SURE, "This is an 8"),
        (probabilities(d4=0.5, d9=0.46), Certainty.PAIR, "4 or 9: I am not sure"),
        (probabilities(d9=0.5, d4=0.46), Certainty.PAIR, "9 or 4: I am not sure"),
        (probabilities(d3=0.6), Certainty.LIKELY, "Perhaps 3: I am not sure"),
        (probabilities(d3=0.84, d5=0.05), Certainty.LIKELY, "Perhaps 3: I am not sure"),
        (probabilities(d3=0.3, d5=0.3), Certainty.NONE, "I cannot tell: it looks like no digit I know"),
    ],
)
def test_probabilities_in_words(qtbot: QtBot, p: np.ndarray, certainty: Certainty, sentence: str) -> None:
    card = VerdictCard()
    qtbot.addWidget(card)
    assert judge(p).certainty is certainty
    card.show_verdict(judge(p), DIGITS, "Fast CNN, after 430 steps")
    assert card.sentence == sentence
    assert card.source == "Fast CNN, after 430 steps"
    assert sentence in card.accessibleDescription()


def test_the_words_fit_other_classes(qtbot: QtBot) -> None:
    card = VerdictCard()
    qtbot.addWidget(card)
    card.show_verdict(judge([0.95, 0.05]), ("Ankle boot", "Bag"), "")
    assert card.sentence == "This is: Ankle boot"
    card.show_verdict(judge([0.4, 0.3, 0.3]), ("Ankle boot", "Bag", "Coat"), "")
    assert card.sentence == "I cannot tell: it looks like nothing I know"


def test_names_are_shown_and_not_interpreted(qtbot: QtBot) -> None:
    card = VerdictCard()
    shown(qtbot, card, 500, 100)
    card.show_verdict(judge([0.95, 0.05]), ("<b>", "x"), "<i>net</i>")
    assert "&lt;b&gt;" in card._words.text()
    assert "&lt;i&gt;" in card._words.text()


def test_one_class_or_a_table_cannot_be_judged() -> None:
    with pytest.raises(ValueError, match="two classes"):
        judge([1.0])
    with pytest.raises(ValueError, match="two classes"):
        judge(np.ones((2, 2)))


def test_nan_is_no_certainty() -> None:
    assert judge(np.full(10, np.nan)).certainty is Certainty.NONE


def test_a_bars_length_is_its_probability(qtbot: QtBot) -> None:
    bars = ProbabilityBars()
    shown(qtbot, bars, 400, 300)
    bars.show_probabilities(DIGITS, probabilities(d4=0.5, d9=0.25))
    inked = {row: bar_pixels(bars, row, LIGHT.colour("accent")) for row in range(10)}
    assert all(inked[row] == 0 for row in range(10) if row != 4)
    track = bar_pixels(bars, 4, LIGHT.colour("accent")) + bar_pixels(bars, 4, LIGHT.colour("hover"))
    assert inked[4] / track == pytest.approx(0.5, abs=0.02)
    free = bar_pixels(bars, 9, LIGHT.colour("hover"))
    assert free / track == pytest.approx(0.75, abs=0.02)


def bar_pixels(bars: ProbabilityBars, row: int, colour: QColor) -> int:
    grab = bars.grab().toImage()
    y = round(bars.row_rect(row).center().y())
    return sum(grab.pixelColor(x, y) == colour for x in range(grab.width()))


@pytest.mark.parametrize(
    ("p", "text"),
    [(0.0, "0.0 %"), (1e-5, "< 0.1 %"), (0.5, "50.0 %"), (0.98312, "98.3 %"), (0.99999, "> 99.9 %"), (1.0, "100.0 %")],
)
def test_percentages_do_not_claim_more_than_is_known(qtbot: QtBot, p: float, text: str) -> None:
    bars = ProbabilityBars()
    qtbot.addWidget(bars)
    assert bars.percentage(p) == text


def test_hovering_a_bar_gives_the_exact_value(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr("nnviz.gui.draw.bars.QToolTip.showText", lambda at, text, widget: said.append(text))
    bars = ProbabilityBars()
    shown(qtbot, bars, 400, 300)
    bars.show_probabilities(DIGITS, probabilities(d4=0.123456))
    QTest.mouseMove(bars, bars.row_rect(4).center().toPoint())
    assert said[-1] == "4: probability 0.123456"


def test_the_bars_are_described_for_those_who_do_not_see_them(qtbot: QtBot) -> None:
    bars = ProbabilityBars()
    qtbot.addWidget(bars)
    bars.show_probabilities(DIGITS, probabilities(d4=0.6, d9=0.3))
    assert bars.accessibleDescription().startswith("4: 60.0 %; 9: 30.0 %; ")
    bars.show_nothing()
    assert bars.accessibleDescription() == "Nothing drawn yet"


def test_of_many_classes_the_most_probable_are_shown(qtbot: QtBot) -> None:
    bars = ProbabilityBars()
    shown(qtbot, bars, 400, 200)
    p = np.zeros(100)
    p[[17, 63]] = 0.2, 0.8
    bars.show_probabilities([f"class {i}" for i in range(100)], p)
    rows = bars.shown_classes()
    assert rows[:2] == [63, 17]
    assert len(rows) < 20
    assert not bars.grab().isNull()


def test_the_seen_image_is_shown_pixel_by_pixel(qtbot: QtBot) -> None:
    seen = SeenImage()
    shown(qtbot, seen, 300, 330)
    picture = np.zeros((28, 28), np.float32)
    picture[3, 20] = 1
    seen.show_picture(picture)
    cell = seen.frame_rect().width() / 28
    assert cell == int(cell)
    place = seen.frame_rect().topLeft() + QPointF(20.5 * cell, 3.5 * cell)
    grab = seen.grab().toImage()
    assert grab.pixelColor(place.toPoint()) == LIGHT.colour("text")
    assert grab.pixelColor((place + QPointF(2 * cell, 0)).toPoint()) == LIGHT.colour("surface")
    assert seen.pixel_at(place) == (3, 20)
    assert seen.value_text(3, 20) == "row 3, column 20: 255 of 255"
    assert seen.pixel_at(QPointF(0, 0)) is None


def test_arrow_keys_walk_over_the_pixels_and_stop_at_the_edge(qtbot: QtBot) -> None:
    seen = SeenImage()
    shown(qtbot, seen, 300, 330)
    seen.show_picture(np.zeros((8, 8), np.float32))
    QTest.keyClick(seen, Qt.Key.Key_Left)
    assert seen._readout() == "row 4, column 4: 0 of 255"
    for _ in range(9):
        QTest.keyClick(seen, Qt.Key.Key_Left)
    QTest.keyClick(seen, Qt.Key.Key_Up)
    assert seen._readout() == "row 3, column 0: 0 of 255"
    QTest.mouseMove(seen, QPoint(299, 329))
    assert seen._readout() == "8 × 8 pixels: point at one"


def test_a_pixel_that_was_pointed_at_may_not_exist_any_more(qtbot: QtBot) -> None:
    seen = SeenImage()
    shown(qtbot, seen, 300, 330)
    seen.show_picture(np.zeros((28, 28), np.float32))
    seen._point_at((27, 27))
    seen.show_picture(np.zeros((8, 8), np.float32))
    assert seen._readout() == "8 × 8 pixels: point at one"


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_ink_images_go_from_paper_to_ink(theme) -> None:
    image = ink_image(np.array([[0.0, 1.0, np.nan]], np.float32), theme)
    assert image.pixelColor(0, 0) == theme.colour("surface")
    assert image.pixelColor(1, 0) == theme.colour("text")
    assert image.pixelColor(2, 0) == theme.colour("surface")


def test_the_strip_shows_five_steps_only_of_what_is_drawn(qtbot: QtBot) -> None:
    strip = PreparationStrip()
    shown(qtbot, strip, 600, 120)
    ink = LIGHT.colour("text")
    assert not any(dark_pixels(strip, number, ink) for number in range(5))
    strip.show_preparation(prepare_strokes([np.array(SEVEN, dtype=np.float64)], canvas=(400, 400), pen=18))
    assert all(dark_pixels(strip, number, ink) > 10 for number in range(5))
    strip.show_preparation(prepare_strokes([]))
    assert not any(dark_pixels(strip, number, ink) for number in range(5))


def dark_pixels(strip: PreparationStrip, number: int, ink: QColor) -> int:
    grab = strip.grab(strip.stage_rect(number).toRect()).toImage()
    return sum(
        abs(grab.pixelColor(x, y).lightness() - ink.lightness()) < 60
        for x in range(4, grab.width() - 4)
        for y in range(4, grab.height() - 4)
    )
