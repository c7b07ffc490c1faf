"""The view that lets a network go on with a series by itself: its numbers against torch, its controls, its pixels."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QSpinBox
from pytestqt.qtbot import QtBot

from nnviz.core.datasets.noisy_series import NoisySeries
from nnviz.core.fit_to_data import fit_to_data
from nnviz.gui.style.theme import LIGHT
from nnviz.gui.views.base import LiveView
from nnviz.gui.views.forecast import Forecast
from tests.gui.training import digits, preset_project
from tests.gui.views.moment import Moment


def project(steps: int = 120) -> object:
    made = preset_project("sine_forecast")
    # A short and calm training: a network that learned nothing goes on with nothing.
    return replace(
        made,
        dataset=made.dataset.replace(samples=640, shortest_period=20.0, sines=1),
        training=made.training.replace(steps=steps),
    )


@pytest.fixture(scope="module")
def moment() -> Moment:
    return Moment(project(), 120)  # type: ignore[arg-type]


@pytest.fixture
def view(qtbot: QtBot, moment: Moment) -> Forecast:
    view = Forecast(LIGHT)
    qtbot.addWidget(view)
    view.resize(700, 460)
    moment.begin(view)
    return view


def spin(view: LiveView, name: str) -> QSpinBox:
    assert view.bar is not None
    found = view.bar.findChild(QSpinBox, f"forecast_{name}")
    assert found is not None
    return found


def test_only_networks_that_forecast_values_step_by_step_have_it() -> None:
    assert Forecast.applies_to(preset_project("sine_forecast"))
    made = preset_project("sine_forecast")
    data = NoisySeries()
    network, training = fit_to_data(made.network, made.training, data)
    assert Forecast.applies_to(replace(made, network=network, training=training, dataset=data))
    two_ways = made.network.layers[0].replace(bidirectional=True)
    both = made.network.replace(layers=(two_ways, *made.network.layers[1:]))
    assert not Forecast.applies_to(replace(made, network=both))
    for other in ("characters", "adding_lstm", "on_off_memory"):
        assert not Forecast.applies_to(preset_project(other)), other
    assert not Forecast.applies_to(digits())


def test_each_forecast_is_what_the_network_reads_next(view: Forecast, moment: Moment) -> None:
    arrays = moment.show(view).arrays
    x, y = moment.data.validation.x[:32], moment.data.validation.y[:32]
    series = np.concatenate((x[:, :, 0], y[:, -1]), axis=1)
    np.testing.assert_array_equal(arrays["series"], series)
    # From the beginning for each step, by torch alone: nothing is kept between two steps.
    read = torch.from_numpy(x[:, :50].copy())
    model = moment.trainer.model.eval()
    with torch.no_grad():
        for _ in range(55):
            read = torch.cat((read, model(read)[:, -1:, :1]), dim=1)
    model.train()
    expected = read[:, 50:, 0].double().numpy()
    np.testing.assert_allclose(arrays["forecast"], expected, atol=1e-4)
    np.testing.assert_allclose(arrays["error"], np.sqrt(((expected - series[:, 50:]) ** 2).mean(0)), atol=1e-4)
    last = np.sqrt(((series[:, 49:50] - series[:, 50:]) ** 2).mean(0))
    np.testing.assert_allclose(arrays["baseline"], last, atol=1e-5)


def test_a_short_training_learns_to_go_on_and_the_error_grows(view: Forecast, moment: Moment) -> None:
    arrays = moment.show(view).arrays
    assert arrays["error"][0] < 0.5 * arrays["baseline"][0] + 0.05
    assert arrays["error"][:10].mean() < 0.5 * arrays["baseline"][:10].mean()
    assert arrays["error"][40:].mean() > 1.5 * arrays["error"][:5].mean()


def test_looking_changes_neither_weights_nor_threads_nor_random_numbers(view: Forecast, moment: Moment) -> None:
    threads, random = torch.get_num_threads(), torch.get_rng_state()
    before = {name: tensor.clone() for name, tensor in moment.trainer.model.state_dict().items()}
    moment.show(view)
    assert torch.get_num_threads() == threads
    assert torch.equal(torch.get_rng_state(), random)
    assert moment.trainer.model.training
    assert all(torch.equal(before[name], now) for name, now in moment.trainer.model.state_dict().items())


def test_another_warm_up_is_asked_for_and_shown(qtbot: QtBot, view: Forecast, moment: Moment) -> None:
    moment.show(view)
    box = spin(view, "warm_up")
    assert box.value() == 50
    box.lineEdit().selectAll()
    with qtbot.waitSignal(view.probe_changed):
        QTest.keyClicks(box, "80")
        QTest.keyClick(box, Qt.Key.Key_Return)
    arrays = moment.show(view).arrays
    assert int(arrays["warm_up"]) == 80
    assert arrays["forecast"].shape == (32, 25)
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert moment.show(view).arrays["forecast"].shape == (32, 26)


def test_another_series_is_shown_without_asking(qtbot: QtBot, view: Forecast, moment: Moment) -> None:
    moment.show(view)
    before = view.plots.grab().toImage()
    box = spin(view, "series")
    with qtbot.assertNotEmitted(view.probe_changed):
        QTest.keyClick(box, Qt.Key.Key_Up)
    assert view.plots.chosen == 1
    assert view.plots.grab().toImage() != before
    rows = view.table()
    assert len(rows) == 56
    assert rows[1][1] == pytest.approx(float(moment.data.validation.x[1, 50, 0]))


def test_the_numbers_under_the_mouse(view: Forecast, moment: Moment) -> None:
    arrays = moment.show(view).arrays
    view.show()
    upper, lower = view.plots.frames()
    place = QPointF(float(upper.x(60)), upper.area.center().y())
    text = view.plots.text_at(place)
    assert text.startswith("Step 60: ")
    shown = float(text.split("forecast ")[1].replace("\N{MINUS SIGN}", "-"))
    assert shown == pytest.approx(float(arrays["forecast"][0, 9]), rel=1e-3, abs=1e-3)
    assert "forecast" not in view.plots.text_at(QPointF(float(upper.x(20)), upper.area.center().y()))
    text = view.plots.text_at(QPointF(float(lower.x(7)), lower.area.center().y()))
    assert text.startswith("7 steps ahead: error ")


def test_the_curve_is_drawn_where_the_forecast_is(view: Forecast, moment: Moment) -> None:
    arrays = moment.show(view).arrays
    view.show()
    upper, _ = view.plots.frames()
    image = view.plots.grab().toImage()
    violet = LIGHT.colour("accent")
    for step in (60, 75, 90):
        x = round(float(upper.x(step)))
        column = [
            y
            for y in range(int(upper.area.top()), int(upper.area.bottom()))
            if (c := image.pixelColor(x, y)).blue() - c.green() > 60 and abs(c.hue() - violet.hue()) < 20
        ]
        assert column, step
        assert np.mean(column) == pytest.approx(float(upper.y(arrays["forecast"][0, step - 51])), abs=3)


def test_weights_that_ran_away_are_no_error(view: Forecast, moment: Moment) -> None:
    arrays = dict(moment.show(view).arrays)
    arrays["forecast"] = np.full_like(arrays["forecast"], np.nan)
    arrays["error"] = np.full_like(arrays["error"], np.inf)
    view.plots.show_forecast(0, arrays)
    view.plots.grab()
