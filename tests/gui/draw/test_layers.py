from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from nnviz.core.layer_picture import layer_picture
from nnviz.core.reading import Answer, LayerOutput
from nnviz.gui.draw.layers import LayersView
from nnviz.gui.style.colours import negative, positive
from nnviz.gui.style.theme import LIGHT


def output(name: str, title: str, values: np.ndarray) -> LayerOutput:
    values = values.astype(np.float32)
    return LayerOutput(name, title, values, layer_picture(values))


def answer(*layers: LayerOutput, network: str = "Small") -> Answer:
    return Answer(network, False, 1, ("a", "b"), (np.array([0.5, 0.5]),), layers)


@pytest.fixture
def view(qtbot: QtBot) -> LayersView:
    widget = LayersView()
    widget.resize(500, 200)
    qtbot.addWidget(widget)
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


MAPS = np.stack([np.ones((4, 4)), -np.ones((4, 4))])


def test_positive_is_blue_and_negative_orange(view: LayersView) -> None:
    view.show_answers([answer(output("conv2d_1", "Convolution", MAPS))])
    (rect,) = view.layer_rects()[0]
    image = view.grab().toImage()
    left = image.pixelColor(int(rect.x() + rect.width() * 0.2), int(rect.y() + rect.height() * 0.2))
    right = image.pixelColor(int(rect.x() + rect.width() * 0.8), int(rect.y() + rect.height() * 0.2))
    assert abs(left.hue() - positive(LIGHT).hue()) < 20
    assert abs(right.hue() - negative(LIGHT).hue()) < 20


@pytest.mark.parametrize("count", [1, 5, 18, 40])
def test_all_layers_have_a_place_and_none_overlaps(view: LayersView, count: int) -> None:
    layers = [output(f"relu_{n}", "ReLU", MAPS) for n in range(count)]
    view.show_answers([answer(*layers), answer(*layers[:2], network="Other")])
    rects = [rect for network in view.layer_rects() for rect in network]
    assert len(rects) == count + min(count, 2)
    for number, rect in enumerate(rects):
        assert view.rect().toRectF().adjusted(-1, -1, 1, 1).contains(rect)
        assert not any(rect.intersects(other) for other in rects[number + 1 :])


def test_hovering_says_layer_shape_and_value(view: LayersView) -> None:
    view.show_answers([answer(output("dense_1", "Dense", np.array([2.0, -2.0])))])
    (rect,) = view.layer_rects()[0]
    assert view.layer_at(rect.center()) is not None
    text = view._explanation(QPointF(rect.x() + 1, rect.y() + 1))
    assert text == "Small, Dense: 2\nabout 2 here; the scale goes to ±2"
    assert view.layer_at(QPointF(499, 1)) is None


def test_nothing_is_said_to_be_nothing(view: LayersView) -> None:
    view.show_answers(())
    assert view.layer_rects() == []
    assert view.accessibleDescription() == "Nothing drawn yet"
