"""The confusion matrix in the window: its counts, its clicks and its keys."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from nnviz.core.datasets.circles import Circles
from nnviz.core.probes import SHARED_SAMPLES
from nnviz.gui.style.colours import sequential_colour
from nnviz.gui.style.theme import LIGHT
from nnviz.gui.views.confusion import Confusion
from tests.gui.training import circles, digits, linear
from tests.gui.views.moment import Moment


@pytest.fixture
def moment() -> Moment:
    return Moment(digits(), 12)


@pytest.fixture
def view(qtbot: QtBot, moment: Moment) -> Confusion:
    return moment.seen(qtbot, Confusion(LIGHT), 760, 460)


def by_hand(moment: Moment, samples: int = SHARED_SAMPLES) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    split = moment.data.validation
    scores = moment.outputs(split.x[:samples])["dense_2"].astype(np.float64)
    shares = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    matrix = np.zeros((10, 10), int)
    for truth, answer in zip(split.y[:samples], scores.argmax(axis=1), strict=True):
        matrix[truth, answer] += 1
    return matrix, shares, split.y[:samples]


def test_the_matrix_is_counted_by_hand(moment: Moment, view: Confusion) -> None:
    matrix, _, _ = by_hand(moment)
    np.testing.assert_array_equal(view.confusion.matrix, matrix)
    assert Confusion.applies_to(circles())
    assert not Confusion.applies_to(linear())


def test_the_surest_mistakes_come_first(moment: Moment, view: Confusion) -> None:
    _, shares, truth = by_hand(moment)
    wrong = [n for n in range(len(truth)) if shares[n].argmax() != truth[n]]
    expected = sorted(wrong, key=lambda n: -shares[n].max())
    assert view.snapshot is not None
    shown = view.snapshot.arrays["index"].tolist()
    assert shown == expected[: len(shown)]
    np.testing.assert_allclose(view.snapshot.arrays["probability"], shares[shown].max(axis=1), rtol=1e-5)


def centre_of(view: Confusion, row: int, column: int) -> QPoint:
    area, count = view.confusion.matrix_area(), len(view.confusion.matrix)
    side = area.width() / count
    return QPoint(round(area.x() + (column + 0.5) * side), round(area.y() + (row + 0.5) * side))


def test_cells_have_the_colour_of_their_share(view: Confusion) -> None:
    image = view.confusion.grab().toImage()
    matrix = view.confusion.matrix
    area = view.confusion.matrix_area()
    for row in range(10):
        share = np.sqrt(matrix[row] / max(1, matrix[row].sum()))
        for column in range(10):
            corner = centre_of(view, row, column) - QPoint(round(area.width() / 20) - 3, round(area.width() / 20) - 3)
            assert image.pixelColor(corner).name() == sequential_colour(LIGHT, float(share[column])).name()


def test_a_click_on_a_cell_shows_its_samples_and_once_more_the_mistakes(
    qtbot: QtBot, moment: Moment, view: Confusion
) -> None:
    _, shares, truth = by_hand(moment)
    with qtbot.waitSignal(view.probe_changed):
        QTest.mouseClick(view.confusion, Qt.MouseButton.LeftButton, pos=centre_of(view, 3, 3))
    moment.show(view)
    expected = [n for n in range(len(truth)) if truth[n] == 3 and shares[n].argmax() == 3]
    assert view.snapshot is not None
    assert view.snapshot.arrays["index"].tolist() == expected
    np.testing.assert_array_equal(view.snapshot.arrays["x"][0], moment.data.validation.x[expected[0]])
    QTest.mouseClick(view.confusion, Qt.MouseButton.LeftButton, pos=centre_of(view, 3, 3))
    assert view.confusion.cell is None
    QTest.keyClick(view.confusion, Qt.Key.Key_Right)
    QTest.keyClick(view.confusion, Qt.Key.Key_Right)
    QTest.keyClick(view.confusion, Qt.Key.Key_Down)
    assert view.confusion.cell == (1, 1)
    QTest.keyClick(view.confusion, Qt.Key.Key_Escape)
    assert view.confusion.cell is None


def test_a_click_on_a_sample_asks_to_follow_it(qtbot: QtBot, moment: Moment, view: Confusion) -> None:
    cell = np.unravel_index(view.confusion.matrix.argmax(), (10, 10))
    view.confusion.choose((int(cell[0]), int(cell[1])))
    moment.show(view)
    rect = view.confusion.sample_rects()[1]
    assert view.snapshot is not None
    with qtbot.waitSignal(view.sample_chosen) as chosen:
        QTest.mouseClick(view.confusion, Qt.MouseButton.LeftButton, pos=rect.center().toPoint())
    assert chosen.args == [int(view.snapshot.arrays["index"][1])]
    assert f"it is {cell[0]}, taken for {cell[1]}" in view.confusion.text_at(rect.center())


def test_more_samples_on_demand(qtbot: QtBot) -> None:
    project = replace(circles(), dataset=Circles(samples=5000))
    moment = Moment(project, 3)
    view = Confusion(LIGHT)
    qtbot.addWidget(view)
    moment.begin(view)
    moment.show(view)
    assert view.confusion.matrix.sum() == SHARED_SAMPLES
    choice = view.findChild(QComboBox, "confusion_samples")
    assert choice is not None
    choice.setCurrentIndex(1)
    moment.show(view)
    split = moment.data.validation
    answers = moment.outputs(split.x)["dense_2"].argmax(axis=1)
    assert len(split) == 1000
    for truth, answer in np.ndindex(2, 2):
        expected = sum((split.y == truth) & (answers == answer))
        assert view.confusion.matrix[truth, answer] == expected


def test_what_is_no_picture_is_named(qtbot: QtBot) -> None:
    moment = Moment(circles(), 3)
    view = Confusion(LIGHT)
    qtbot.addWidget(view)
    view.resize(420, 460)
    moment.begin(view)
    moment.show(view)
    assert view.confusion._images == []
    view.grab()
