"""One sample through every layer, and the arithmetic behind a value that is clicked."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QSpinBox
from pytestqt.qtbot import QtBot

from nnviz.core.datasets.digits import Digits
from nnviz.core.layers.conv2d import Conv2d
from nnviz.core.layers.dense import Dense
from nnviz.core.layers.flatten import Flatten
from nnviz.core.layers.max_pool2d import MaxPool2d
from nnviz.core.layers.relu import ReLU
from nnviz.core.network import NetworkSpec
from nnviz.core.shape import Shape
from nnviz.core.training.spec import TrainingSpec
from nnviz.gui.document import Project
from nnviz.gui.style.colours import diverging_colour
from nnviz.gui.style.theme import DARK, LIGHT
from nnviz.gui.views.feature_maps import FeatureMaps
from tests.gui.views.moment import Moment

LAYERS = (
    Conv2d(filters=6, kernel_size=3),
    ReLU(),
    MaxPool2d(),
    Conv2d(filters=4, kernel_size=3),
    ReLU(),
    Flatten(),
    Dense(units=10),
)
CNN = Project(
    "Small CNN",
    NetworkSpec(input_shape=Shape((1, 8, 8)), layers=LAYERS),
    Digits(),
    TrainingSpec(batch_size=32, epochs=1),
)


@pytest.fixture
def moment() -> Moment:
    return Moment(CNN, 3)


@pytest.fixture
def view(qtbot: QtBot, moment: Moment) -> FeatureMaps:
    return moment.seen(qtbot, FeatureMaps(LIGHT), 900, 480)


def place_of(view: FeatureMaps, layer: str, index: tuple[int, ...]) -> QPointF:
    """Middle of a value on the canvas."""
    canvas = view.maps
    area = canvas.cells_area()
    for cell, rect in zip(canvas.cells.cells, canvas.cells.rects(area), strict=True):
        if cell.name == layer:
            picture = canvas.cells.picture(cell, rect)
            row, column = cell.pixel_of(index)
            scale = picture.width() / cell.tiling().size[1]
            return QPointF(picture.x() + (column + 0.5) * scale, picture.y() + (row + 0.5) * scale)
    raise AssertionError(layer)


def click(view: FeatureMaps, layer: str, index: tuple[int, ...]) -> None:
    QTest.mouseClick(view.maps, Qt.MouseButton.LeftButton, pos=place_of(view, layer, index).toPoint())


def test_maps_are_what_torch_makes_of_the_sample(moment: Moment, view: FeatureMaps) -> None:
    view.follow_sample(7)
    moment.show(view)
    assert view.snapshot is not None
    x = moment.data.validation.x[7:8]
    for name, values in moment.outputs(x).items():
        np.testing.assert_allclose(view.snapshot.arrays[f"map.{name}"], values[0], atol=1e-5)
    np.testing.assert_array_equal(view.snapshot.arrays["input"], x[0])
    number = view.findChild(QSpinBox, "feature_maps_sample")
    assert number is not None
    assert number.value() == 8
    assert number.maximum() == len(moment.data.validation)


def test_values_have_their_colour_and_are_read_by_the_mouse(moment: Moment, view: FeatureMaps) -> None:
    image = view.maps.grab().toImage()
    outputs = moment.outputs(moment.data.validation.x[:1])
    limit = next(cell.limit for cell in view.maps.cells.cells if cell.name == "conv2d_1")
    for index in ((0, 1, 2), (3, 4, 4), (5, 7, 0)):
        at = place_of(view, "conv2d_1", index)
        expected = diverging_colour(LIGHT, float(outputs["conv2d_1"][0][index]), limit)
        colour = image.pixelColor(at.toPoint())
        assert max(abs(a - b) for a, b in zip(colour.getRgb(), expected.getRgb(), strict=True)) <= 6
        channel, row, column = (place + 1 for place in index)
        assert f"map {channel}, row {row}, column {column}" in view.maps.text_at(at)


@pytest.mark.parametrize("clicked", ["conv2d_2", "relu_2"])
def test_a_click_shows_patch_filter_sum_and_activation(
    qtbot: QtBot, moment: Moment, view: FeatureMaps, clicked: str
) -> None:
    with qtbot.waitSignal(view.probe_changed):
        click(view, clicked, (2, 1, 3))
    moment.show(view)
    explained = view.maps.explained
    assert explained is not None
    assert (explained.layer, explained.index, explained.source) == (clicked, (2, 1, 3), "conv2d_2")
    outputs = moment.outputs(moment.data.validation.x[:1])
    # The patch, cut out by hand from the zero-padded input of the layer.
    padded = np.pad(outputs["max_pool2d_1"][0], ((0, 0), (1, 1), (1, 1)))
    patch, weight = padded[:, 1:4, 3:6], moment.parameter("conv2d_2.weight")[2].detach().numpy()
    assert explained.inputs is not None
    np.testing.assert_allclose(explained.inputs, patch, atol=1e-6)
    np.testing.assert_allclose(explained.weights, weight)
    total = float((patch.astype(np.float64) * weight).sum())
    bias = float(moment.parameter("conv2d_2.bias").detach()[2])
    assert float(explained.products().sum()) == pytest.approx(total, abs=1e-6)
    assert explained.bias == pytest.approx(bias)
    assert explained.chain[0] == ("conv2d_2", pytest.approx(total + bias, abs=1e-5))
    assert explained.chain[1] == ("relu_2", pytest.approx(max(0.0, total + bias), abs=1e-5))
    view.grab()


def test_arrows_move_the_value_and_escape_closes_the_arithmetic(moment: Moment, view: FeatureMaps) -> None:
    click(view, "conv2d_1", (0, 2, 2))
    moment.show(view)
    QTest.keyClick(view.maps, Qt.Key.Key_Right)
    QTest.keyClick(view.maps, Qt.Key.Key_Down)
    assert view.maps.chosen == ("conv2d_1", (0, 3, 3))
    moment.show(view)
    assert not view.maps.panel_area().isEmpty()
    QTest.keyClick(view.maps, Qt.Key.Key_Escape)
    moment.show(view)
    assert view.maps.explained is None
    assert view.maps.panel_area().isEmpty()


@pytest.mark.parametrize("layer", ["dense_1", "max_pool2d_1", "flatten_1"])
def test_other_layers_explain_themselves_too(moment: Moment, view: FeatureMaps, layer: str) -> None:
    outputs = moment.outputs(moment.data.validation.x[:1])
    index = (3,) if outputs[layer].ndim == 2 else (1, 2, 2)
    click(view, layer, index)
    moment.show(view)
    explained = view.maps.explained
    assert explained is not None
    value = dict(explained.chain)[layer]
    assert value == pytest.approx(float(outputs[layer][0][index]), abs=1e-5)
    if layer == "dense_1":
        total = float(explained.products().sum()) + explained.bias
        assert total == pytest.approx(value, abs=1e-5)
    if layer == "max_pool2d_1":
        assert explained.inputs is not None
        assert float(explained.inputs.max()) == pytest.approx(value)
    view.set_theme(DARK)
    view.grab()


def test_narrow_views_put_the_arithmetic_below(moment: Moment, view: FeatureMaps) -> None:
    view.resize(380, 420)
    click(view, "conv2d_1", (0, 2, 2))
    moment.show(view)
    panel, cells = view.maps.panel_area(), view.maps.cells_area()
    assert panel.top() >= cells.bottom()
    view.grab()
