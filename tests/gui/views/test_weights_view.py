"""The view of weights: its numbers against numpy's, and its colours where they belong."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QComboBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from nnviz.core.measures.spread import BINS, SHARES
from nnviz.gui.style.colours import negative, positive
from nnviz.gui.style.theme import DARK, LIGHT
from nnviz.gui.views.weights import Weights
from tests.gui.training import circles
from tests.gui.views.moment import Moment

PlacesOf = Callable[[QWidget, QColor], np.ndarray]


@pytest.fixture
def moment() -> Moment:
    return Moment(circles(), 5)


@pytest.fixture
def view(qtbot: QtBot, moment: Moment) -> Weights:
    return moment.seen(qtbot, Weights(LIGHT), 700, 400)


def test_histograms_and_quantiles_are_numpys(moment: Moment, view: Weights) -> None:
    assert view.snapshot is not None
    arrays = view.snapshot.arrays
    names = ["dense_1.weight", "dense_1.bias", "dense_2.weight", "dense_2.bias"]
    assert arrays["tensor"].tolist() == names
    for number, name in enumerate(names):
        values = moment.parameter(name).detach().numpy()
        limit = float(np.abs(values).max())
        expected, _ = np.histogram(values, BINS, (-limit, limit))
        np.testing.assert_array_equal(arrays["counts"][number], expected)
        np.testing.assert_allclose(arrays["quantiles"][number], np.quantile(values, SHARES), atol=1e-6)
        assert arrays["deviation"][number] == pytest.approx(float(values.std()), rel=1e-5)


def test_bars_above_zero_are_blue_and_below_orange(view: Weights, places_of: PlacesOf) -> None:
    (row, _, now), *_ = view.spreads.frames()
    middle = now.y(0.0)
    blue, orange = (places_of(view.canvas, colour(LIGHT)) for colour in (positive, negative))
    # Only those of this plot.
    blue, orange = (places[np.array([now.area.contains(QPointF(*p)) for p in places])] for places in (blue, orange))
    assert blue[:, 1].max() <= middle + 1
    assert orange[:, 1].min() >= middle - 1
    assert row.counts[: BINS // 2].any()
    assert row.counts[BINS // 2 :].any()


def test_weights_of_one_sign_have_one_colour(moment: Moment, view: Weights, places_of: PlacesOf) -> None:
    with torch.no_grad():
        for name in ("dense_1.weight", "dense_2.weight"):
            moment.parameter(name).abs_()
    moment.train(1)
    with torch.no_grad():
        for name in ("dense_1.weight", "dense_2.weight"):
            moment.parameter(name).abs_()
    moment.show(view)
    assert len(places_of(view.canvas, positive(LIGHT)))
    assert not len(places_of(view.canvas, negative(LIGHT)))


def test_the_bands_follow_the_steps_and_an_earlier_step_is_marked(moment: Moment, view: Weights) -> None:
    first = view.snapshot
    moment.train(30)
    moment.show(view)
    trail = view.spreads._trails["dense_1.weight"]
    assert trail.steps().tolist() == [5, 35]
    weight = moment.parameter("dense_1.weight").detach().numpy()
    np.testing.assert_allclose(trail.rows()[-1], np.quantile(weight, SHARES), atol=1e-6)
    assert first is not None
    view.show_snapshot(first)
    assert trail.steps().tolist() == [5, 35]
    assert view.spreads._step == 5


def test_biases_are_shown_on_demand(view: Weights) -> None:
    assert [row.name for row in view.spreads.shown()] == ["dense_1.weight", "dense_2.weight"]
    choice = view.findChild(QComboBox, "weights_kind")
    # In its dock the row stands outside of the view.
    assert choice is not None
    choice.setCurrentIndex(1)
    assert [row.name for row in view.spreads.shown()] == ["dense_1.bias", "dense_2.bias"]


def test_the_mouse_reads_quantiles_and_bars(moment: Moment, view: Weights) -> None:
    row, over, now = view.spreads.frames()[0]
    assert "step 5" in view.spreads.text_at(over.area.center())
    fullest = int(row.counts.argmax())
    value = (2 * (fullest + 0.5) / BINS - 1) * row.limit
    text = view.spreads.text_at(QPointF(now.area.center().x(), now.y(value)))
    assert f"{100 * row.counts[fullest] / row.counts.sum():.1f} %" in text
    assert view.spreads.text_at(QPointF(-5, -5)) == ""


def test_the_table_has_every_value_and_follows_the_training(qtbot: QtBot, moment: Moment, view: Weights) -> None:
    button = view.findChild(QPushButton, "weights_table_button")
    assert button is not None
    with qtbot.waitSignal(view.probe_changed):
        button.click()
    moment.show(view)
    window = view.table_window()
    assert window is not None
    model = window.model
    for _ in range(2):
        weight = moment.parameter("dense_1.weight").detach().numpy()
        assert (model.rowCount(), model.columnCount()) == weight.shape
        for row, column in ((0, 0), (7, 1)):
            index = model.index(row, column)
            assert float(index.data(Qt.ItemDataRole.ToolTipRole)) == pytest.approx(float(weight[row, column]), rel=1e-6)
            ground = index.data(Qt.ItemDataRole.BackgroundRole)
            assert (ground.blue() > ground.red()) == (weight[row, column] > 0)
        moment.train(3)
        moment.show(view)
    window.tensors.setCurrentText("dense_2.bias")
    moment.show(view)
    assert (model.rowCount(), model.columnCount()) == (2, 1)
    window.set_theme(DARK)
    window.grab()
    window.close()
    snapshot = moment.show(view)
    assert "table" not in snapshot.arrays


def test_the_values_of_a_table_stay_when_the_training_goes_on(moment: Moment, view: Weights) -> None:
    view.ask(table="dense_1.weight")
    values = moment.show(view).arrays["table"]
    before = np.array(values)
    moment.train(3)
    assert not np.array_equal(moment.parameter("dense_1.weight").detach().numpy(), before)
    np.testing.assert_array_equal(values, before)
