"""The view of filters: which weights are pictures, and is each of them painted in its place and colour?"""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from nnviz.core.datasets.digits import Digits
from nnviz.core.layers.conv2d import Conv2d
from nnviz.core.layers.dense import Dense
from nnviz.core.layers.flatten import Flatten
from nnviz.core.layers.relu import ReLU
from nnviz.core.network import NetworkSpec
from nnviz.core.shape import Shape
from nnviz.core.training.spec import TrainingSpec
from nnviz.gui.document import Project
from nnviz.gui.style.colours import diverging_colour
from nnviz.gui.style.theme import DARK, LIGHT
from nnviz.gui.views.filters import Filters, filter_shapes
from tests.gui.training import circles, digits
from tests.gui.views.moment import Moment

LAYERS = (Conv2d(filters=6, kernel_size=3), ReLU(), Conv2d(filters=4, kernel_size=3), Flatten(), Dense(units=10))
CNN = Project(
    "Small CNN",
    NetworkSpec(input_shape=Shape((1, 8, 8)), layers=LAYERS),
    Digits(),
    TrainingSpec(batch_size=32, epochs=1),
)


def shown(qtbot: QtBot, moment: Moment) -> Filters:
    return moment.seen(qtbot, Filters(LIGHT), 600, 420)


def test_convolutions_and_a_first_dense_layer_are_pictures() -> None:
    assert filter_shapes(CNN.network) == {"conv2d_1": (6, 1, 3, 3), "conv2d_2": (4, 6, 3, 3)}
    assert filter_shapes(digits().network) == {"dense_1": (32, 1, 8, 8)}
    assert not Filters.applies_to(circles())


def test_the_pictures_are_the_models_weights(qtbot: QtBot) -> None:
    moment = Moment(CNN, 2)
    view = shown(qtbot, moment)
    assert view.snapshot is not None
    for name in ("conv2d_1", "conv2d_2"):
        np.testing.assert_array_equal(view.snapshot.arrays[name], moment.parameter(f"{name}.weight").detach().numpy())
    moment = Moment(digits(), 2)
    view = shown(qtbot, moment)
    assert view.snapshot is not None
    weight = moment.parameter("dense_1.weight").detach().numpy()
    np.testing.assert_array_equal(view.snapshot.arrays["dense_1"][7, 0], weight[7].reshape(8, 8))


@pytest.mark.parametrize("layer", ["conv2d_1", "conv2d_2"])
def test_every_weight_has_its_colour_at_its_place(qtbot: QtBot, layer: str) -> None:
    view = shown(qtbot, Moment(CNN, 2))
    choice = view.findChild(QComboBox, "filters_layer")
    assert choice is not None
    choice.setCurrentText(layer)
    canvas = view.mosaic
    image = canvas.grab().toImage()
    area, found = canvas.mosaic_area(), 0
    for y in range(round(area.top()), round(area.bottom()), 3):
        for x in range(round(area.left()), round(area.right()), 3):
            place = canvas.at(QPointF(x + 0.5, y + 0.5))
            if place is None:
                continue
            expected = diverging_colour(LIGHT, float(canvas.filters[place]), canvas.limit)
            colour = image.pixelColor(x, y)
            apart = max(abs(a - b) for a, b in zip(colour.getRgb(), expected.getRgb(), strict=True))
            assert apart <= 6, (place, colour.name(), expected.name())
            found += 1
    assert found > 500


def test_pointing_enlarges_and_says_the_value(qtbot: QtBot) -> None:
    view = shown(qtbot, Moment(CNN, 2))
    canvas = view.mosaic
    before = canvas.grab().toImage()
    area = canvas.mosaic_area()
    QTest.mouseMove(canvas, QPoint(round(area.left()) + 4, round(area.top()) + 4))
    assert canvas._pointed == (0, 0, 0, 0)
    assert canvas.grab().toImage() != before
    canvas.pointed_at(None)
    assert canvas.grab().toImage() == before


def test_the_scale_stays_while_weights_change_a_little(qtbot: QtBot) -> None:
    moment = Moment(CNN, 2)
    view = shown(qtbot, moment)
    limit = view.mosaic.limit
    for _ in range(5):
        moment.train(1)
        moment.show(view)
    assert view.mosaic.limit == limit
    view.set_theme(DARK)
    assert view.mosaic.grab().toImage().pixelColor(2, 2).lightness() < 100
