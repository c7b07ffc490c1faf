"""The diagram: which networks are drawn neuron by neuron, and are lines as thick and coloured as their weights?"""

from __future__ import annotations

import numpy as np
import pytest
import torch
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from nnviz.core.presets import PRESETS
from nnviz.core.probes import SHARED_SAMPLES
from nnviz.gui.document import Project
from nnviz.gui.style.theme import DARK, LIGHT
from nnviz.gui.views.diagram import Diagram, columns_of
from tests.gui.training import circles, digits
from tests.gui.views.moment import Moment


def shown(qtbot: QtBot, moment: Moment) -> Diagram:
    return moment.seen(qtbot, Diagram(LIGHT), 640, 420)


def test_small_networks_are_drawn_neuron_by_neuron() -> None:
    columns = columns_of(circles().network)
    assert [(c.name, c.source, c.neurons) for c in columns] == [
        ("", "", 2),
        ("dense_1", "tanh_1", 8),
        ("dense_2", "dense_2", 2),
    ]
    assert [c.neurons for c in columns_of(PRESETS["2d_classifier"].network)] == [2, 8, 8, 2]
    assert [c.neurons for c in columns_of(PRESETS["chapter_regression"].network)] == [2, 5, 1]
    assert columns_of(digits().network) == []
    assert columns_of(PRESETS["fast_cnn"].network) == []


def test_numbers_are_the_models(qtbot: QtBot) -> None:
    moment = Moment(circles(), 4)
    view = shown(qtbot, moment)
    assert view.snapshot is not None
    arrays = view.snapshot.arrays
    np.testing.assert_array_equal(arrays["weight.dense_1"], moment.parameter("dense_1.weight").detach().numpy())
    np.testing.assert_array_equal(arrays["bias.dense_2"], moment.parameter("dense_2.bias").detach().numpy())
    x = moment.data.validation.x[:SHARED_SAMPLES]
    np.testing.assert_allclose(arrays["activation.dense_1"], moment.outputs(x)["tanh_1"].mean(axis=0), atol=1e-6)
    np.testing.assert_allclose(arrays["activation."], x.mean(axis=0), atol=1e-6)


def line_of(view: Diagram, into: int, out: int) -> list[QColor]:
    """Colours across the middle of the connection from an input to a hidden neuron, from above to below."""
    canvas = view.diagram
    image = canvas.grab().toImage()
    start, end = canvas.place(0, into), canvas.place(1, out)
    x = start.x() + 0.8 * (end.x() - start.x())
    y = start.y() + 0.8 * (end.y() - start.y())
    return [image.pixelColor(round(x), round(y) + by) for by in range(-4, 5)]


def test_lines_are_blue_orange_thick_and_thin_by_their_weight(qtbot: QtBot) -> None:
    moment = Moment(circles())
    with torch.no_grad():
        moment.parameter("dense_1.weight").zero_()
        moment.parameter("dense_1.weight")[0, 0] = 1.0
        moment.parameter("dense_1.weight")[7, 1] = -0.4
        moment.parameter("dense_2.weight").zero_()
    view = shown(qtbot, moment)
    blue, orange = line_of(view, 0, 0), line_of(view, 1, 7)

    def coloured(colours: list[QColor]) -> list[QColor]:
        return [c for c in colours if abs(c.blue() - c.red()) > 30]

    assert all(c.blue() > c.red() for c in coloured(blue))
    assert all(c.red() > c.blue() for c in coloured(orange))
    assert len(coloured(blue)) > len(coloured(orange)) > 0
    assert not coloured(line_of(view, 0, 5)), "a weight of zero is not drawn"


def test_the_mouse_reads_neurons_and_connections(qtbot: QtBot) -> None:
    moment = Moment(circles(), 4)
    view = shown(qtbot, moment)
    canvas = view.diagram
    weight = moment.parameter("dense_1.weight").detach().numpy()
    text = canvas.text_at(canvas.place(1, 3))
    assert text.startswith("tanh_1, neuron 4")
    assert f"{weight[3, 0]:.3g}".lstrip("-") in text
    start, end = canvas.place(0, 0), canvas.place(1, 0)
    middle = QPointF(start.x() + 0.9 * (end.x() - start.x()), start.y() + 0.9 * (end.y() - start.y()))
    text = canvas.text_at(middle)
    assert "from 1 to 1" in text
    assert float(text.rsplit(": ", 1)[1].replace("\N{MINUS SIGN}", "-")) == pytest.approx(float(weight[0, 0]), rel=1e-3)
    before = canvas.grab().toImage()
    canvas.pointed_at(canvas.place(1, 3))
    assert canvas.grab().toImage() != before


def test_a_larger_network_is_blocks_that_say_what_they_are(qtbot: QtBot) -> None:
    moment = Moment(digits(), 2)
    view = shown(qtbot, moment)
    canvas = view.diagram
    rects = canvas._block_rects()
    assert len(rects) == 6
    assert not any(a.intersects(b) for n, a in enumerate(rects) for b in rects[:n])
    text = canvas.text_at(rects[2].center())
    size = float((moment.parameter("dense_1.weight").detach().double() ** 2).mean().sqrt())
    assert "2,080 parameters" in text
    assert f"{size:.3g}" in text
    view.set_theme(DARK)
    view.grab()


def test_a_preset_with_blocks_of_convolutions_is_drawn(qtbot: QtBot) -> None:
    preset = PRESETS["fast_cnn"]
    view = Diagram(LIGHT)
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.begin(Project(preset.title, preset.network, preset.dataset, preset.training), 10)
    view.canvas.message = ""
    view.grab()
    assert view.diagram.minimumHeight() > 0
