"""The surface over the plane: answers at points, colours, neurons, and a regression's fit."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from nnviz.core.datasets.spiral import Spiral
from nnviz.core.layers.dense import Dense
from nnviz.core.layers.tanh import Tanh
from nnviz.core.network import NetworkSpec
from nnviz.core.shape import Shape
from nnviz.gui.document import Project
from nnviz.gui.style.theme import DARK, LIGHT
from nnviz.gui.views.surface import SIDES, Surface
from tests.gui.training import circles, digits, linear
from tests.gui.views.moment import Moment


def shown(qtbot: QtBot, moment: Moment, size: tuple[int, int] = (700, 420)) -> Surface:
    return moment.seen(qtbot, Surface(LIGHT), *size)


@pytest.fixture
def moment() -> Moment:
    return Moment(circles(epochs=20), 38)


def test_answers_on_the_grid_are_those_at_the_points(qtbot: QtBot, moment: Moment) -> None:
    view = shown(qtbot, moment)
    assert view.snapshot is not None
    arrays = view.snapshot.arrays
    left, right, bottom, top = arrays["window"].tolist()
    side = len(arrays["probabilities"])
    assert side == SIDES[1]
    for row, column in ((0, 0), (5, 40), (63, 63), (30, 12)):
        x = left + (column + 0.5) / side * (right - left)
        y = top - (row + 0.5) / side * (top - bottom)
        outputs = moment.outputs(np.array([[x, y]], np.float32))
        scores = outputs["dense_2"][0].astype(np.float64)
        expected = np.exp(scores) / np.exp(scores).sum()
        np.testing.assert_allclose(arrays["probabilities"][row, column], expected, atol=1e-5)
        if row % 2 == column % 2 == 0:
            found = arrays["neurons.tanh_1"][3, row // 2, column // 2]
            assert found == pytest.approx(float(outputs["tanh_1"][0, 3]), abs=1e-5)


def hue(colour: QColor) -> str:
    return "blue" if colour.blue() > colour.red() else "orange"


def test_the_plane_is_orange_and_blue_where_the_classes_are(qtbot: QtBot, moment: Moment) -> None:
    moment.train(200)
    view = shown(qtbot, moment)
    canvas = view.surface
    frame = canvas.frame()
    image = canvas.grab().toImage()
    values = canvas._arrays["probabilities"]
    dots = np.stack([frame.x(canvas._arrays["points"][:, 0]), frame.y(canvas._arrays["points"][:, 1])], axis=1)
    checked = 0
    for row, column in np.ndindex(values.shape[:2]):
        at = QPointF(
            frame.area.x() + (column + 0.5) / len(values) * frame.area.width(),
            frame.area.y() + (row + 0.5) / len(values) * frame.area.height(),
        )
        sure = values[row, column, 1] - values[row, column, 0]
        if abs(sure) < 0.2 or np.hypot(*(dots - [at.x(), at.y()]).T).min() < 8:
            continue
        assert hue(image.pixelColor(at.toPoint())) == ("blue" if sure > 0 else "orange")
        checked += 1
    assert checked > 200
    assert "%" in canvas.text_at(frame.area.center())


def test_pointing_at_a_neuron_shows_it_large(qtbot: QtBot, moment: Moment) -> None:
    view = shown(qtbot, moment)
    canvas = view.surface
    before = canvas.grab().toImage()
    rect = canvas.neuron_rects()["tanh_1", 2]
    canvas.pointed_at(rect.center())
    assert canvas.grab().toImage() != before
    assert canvas.text_at(rect.center()) == "tanh_1, neuron 3"
    canvas.pointed_at(None)
    assert canvas.grab().toImage() == before


def test_a_regression_is_the_fitted_surface(qtbot: QtBot) -> None:
    moment = Moment(linear(), 200)
    view = shown(qtbot, moment, (420, 480))
    assert view.snapshot is not None
    value = view.snapshot.arrays["value"]
    # y = 2 x0 + 4 x1 + 1 grows upwards and to the right, once learned.
    assert value[5, 60] > value[60, 5] + 3
    np.testing.assert_allclose(
        value[0, 0], moment.outputs(view_point(view, 0, 0, len(value)))["dense_2"][0, 0], atol=1e-4
    )
    view.set_theme(DARK)
    view.grab()


def view_point(view: Surface, row: int, column: int, side: int) -> np.ndarray:
    window = view.surface.window_shown
    return window.grid(side)[row * side + column][None]


def test_three_classes_have_their_colours(qtbot: QtBot) -> None:
    network = NetworkSpec(input_shape=Shape((2,)), layers=(Dense(units=6), Tanh(), Dense(units=2)))
    spiral = Project("Spiral", network, Spiral(), circles().training)
    moment = Moment(spiral, 5)
    view = shown(qtbot, moment)
    canvas = view.surface
    arrays = dict(canvas._arrays)
    three = np.zeros((16, 16, 3), np.float32)
    three[:, :5, 0] = three[:, 5:10, 1] = three[:, 10:, 2] = 1
    canvas.classes = ("a", "b", "c")
    canvas.show_surface(0, arrays | {"probabilities": three})
    image = canvas._answers_image()
    assert len({image.pixelColor(x, 8).name() for x in (2, 7, 12)}) == 3


def test_a_large_network_is_asked_at_fewer_points(qtbot: QtBot) -> None:
    network = NetworkSpec(input_shape=Shape((2,)), layers=(Dense(units=300), Tanh(), Dense(units=300), Dense(units=2)))
    moment = Moment(Project("Wide", network, circles().dataset, circles().training))
    view = shown(qtbot, moment)
    side = len(view.surface._arrays["probabilities"])
    assert SIDES[0] <= side < SIDES[1]
    assert Surface.applies_to(circles())
    assert not Surface.applies_to(digits())
