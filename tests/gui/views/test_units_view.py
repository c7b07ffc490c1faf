"""The view of units: a unit that is killed is dead, a sigmoid that is driven to its ends is saturated."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from nnviz.core.datasets.digits import Digits
from nnviz.core.layers.base import LayerSpec
from nnviz.core.layers.dense import Dense
from nnviz.core.layers.flatten import Flatten
from nnviz.core.layers.leaky_relu import LeakyReLU
from nnviz.core.layers.relu import ReLU
from nnviz.core.layers.sigmoid import Sigmoid
from nnviz.core.layers.tanh import Tanh
from nnviz.core.network import NetworkSpec
from nnviz.core.probes import SHARED_SAMPLES
from nnviz.core.shape import Shape
from nnviz.core.training.spec import TrainingSpec
from nnviz.gui.document import Project
from nnviz.gui.style.theme import LIGHT
from nnviz.gui.views.units import Units, watched_layers
from tests.gui.training import linear
from tests.gui.views.moment import Moment

PlacesOf = Callable[[QWidget, QColor], np.ndarray]


def project(*activations: LayerSpec) -> Project:
    layers: list[LayerSpec] = [Flatten()]
    for activation in activations:
        layers += [Dense(units=8), activation]
    network = NetworkSpec(input_shape=Shape((1, 8, 8)), layers=(*layers, Dense(units=10)))
    return Project("Small", network, Digits(), TrainingSpec(batch_size=32, epochs=1))


def shown(qtbot: QtBot, moment: Moment) -> Units:
    return moment.seen(qtbot, Units(LIGHT), 600, 400)


def test_which_layers_are_watched_and_for_what() -> None:
    network = project(ReLU(), Sigmoid(), Tanh(), LeakyReLU()).network
    assert watched_layers(network) == {
        "relu_1": "dead",
        "sigmoid_1": "saturated",
        "tanh_1": "saturated",
        "leaky_relu_1": "",
    }
    assert not Units.applies_to(linear())


def test_killed_units_are_counted_and_drawn(qtbot: QtBot, places_of: PlacesOf) -> None:
    moment = Moment(project(ReLU()))
    view = shown(qtbot, moment)
    values = moment.outputs(moment.data.validation.x[:SHARED_SAMPLES])["relu_1"]
    alive_at_first = int((values > 0).any(axis=0).sum())
    assert view.units.share_text(0) == f"{8 - alive_at_first} of 8 dead"
    with torch.no_grad():
        moment.parameter("dense_1.bias")[[1, 4, 5]] = -1e6
    moment.train(0)
    moment.show(view)
    values = moment.outputs(moment.data.validation.x[:SHARED_SAMPLES])["relu_1"]
    dead = np.flatnonzero(~(values > 0).any(axis=0))
    assert {1, 4, 5} <= set(dead.tolist())
    assert view.units.share_text(0) == f"{len(dead)} of 8 dead"
    _, bar, _ = view.units.row(0)
    places = places_of(view.canvas, LIGHT.colour("accent"))
    units = {int((x - bar.left()) / bar.width() * 8) for x, y in places if bar.contains(QPointF(x, y))}
    assert units == set(dead.tolist())
    text = view.units.text_at(QPointF(bar.left() + bar.width() * 4.5 / 8, bar.center().y()))
    assert "unit 5" in text
    assert "dead" in text


@pytest.mark.parametrize("activation", [Sigmoid(), Tanh()])
def test_large_weights_saturate(qtbot: QtBot, activation: LayerSpec) -> None:
    moment = Moment(project(activation))
    view = shown(qtbot, moment)
    assert view.units.share(0) < 0.2
    with torch.no_grad():
        moment.parameter("dense_1.weight").mul_(200)
    moment.show(view)
    z = moment.outputs(moment.data.validation.x[:SHARED_SAMPLES])["dense_1"].astype(np.float64)
    # The derivative by hand, as a share of its largest value.
    slope = 4 / (2 + np.exp(z) + np.exp(-z)) if isinstance(activation, Sigmoid) else 1 / np.cosh(z) ** 2
    assert view.units.share(0) == pytest.approx(float((slope < 0.05).mean()), abs=0.005)
    assert view.units.share(0) > 0.8


def test_the_histogram_is_numpys_and_its_axis_has_no_empty_half(qtbot: QtBot) -> None:
    moment = Moment(project(ReLU(), Tanh()))
    view = shown(qtbot, moment)
    outputs = moment.outputs(moment.data.validation.x[:SHARED_SAMPLES])
    assert view.snapshot is not None
    for number, name in enumerate(("relu_1", "tanh_1")):
        limit = float(np.abs(outputs[name]).max())
        expected, _ = np.histogram(outputs[name], 40, (-limit, limit))
        assert np.abs(view.snapshot.arrays["counts"][number] - expected).sum() <= 4
    assert view.units.row(0)[2].left == 0
    assert view.units.row(1)[2].left < 0
