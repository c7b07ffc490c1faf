"""The view of gradients through time: norms against autograd, curves where they belong, and RNN against LSTM."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from nnviz.core.datasets.adding_problem import AddingProblem
from nnviz.core.layers.dense import Dense
from nnviz.core.layers.gru import Gru
from nnviz.core.layers.lstm import Lstm
from nnviz.core.layers.rnn import Rnn
from nnviz.core.network import NetworkSpec
from nnviz.core.recurrent_seen import GRADIENT_SAMPLES
from nnviz.core.shape import Shape
from nnviz.core.training.losses.mean_squared_error import MeanSquaredError
from nnviz.core.training.spec import TrainingSpec
from nnviz.gui.document import Project
from nnviz.gui.style.theme import LIGHT
from nnviz.gui.views.gradient_through_time import GradientThroughTime
from tests.gui.training import circles, preset_project
from tests.gui.views.moment import Moment

PlacesOf = Callable[[QWidget, QColor], np.ndarray]
STEPS = 24


def adding(layer: Lstm | Gru | Rnn, *, vary: bool = False) -> Project:
    network = NetworkSpec(input_shape=Shape((STEPS, 2)), layers=(layer, Dense(units=1)))
    training = TrainingSpec(loss=MeanSquaredError(), batch_size=32, epochs=2)
    return Project("Adding", network, AddingProblem(length=STEPS, samples=200, vary=vary), training)


def shown(qtbot: QtBot, moment: Moment) -> GradientThroughTime:
    return moment.seen(qtbot, GradientThroughTime(LIGHT), 700, 420)


def by_autograd(moment: Moment) -> tuple[np.ndarray, np.ndarray | None]:
    """Norms of the gradients of h and c, by torch's single cells and autograd, each sequence to its own end."""
    spec = moment.project.network.layers[0]
    kinds = {"rnn": torch.nn.RNNCell, "lstm": torch.nn.LSTMCell, "gru": torch.nn.GRUCell}
    cell = kinds[spec.name](2, spec.units)
    cell.load_state_dict({k: moment.parameter(f"{spec.name}_1.cell.{k}_l0").detach() for k in cell.state_dict()})
    squares, inner = np.zeros(STEPS), np.zeros(STEPS)
    split = moment.data.validation
    states, answers = [], []
    for x in torch.from_numpy(split.x[:GRADIENT_SAMPLES]):
        h = c = torch.zeros(1, spec.units)
        rows = []
        for step in range(int((~x[:, 0].isnan()).sum())):
            if spec.name == "lstm":
                h, c = cell(x[step : step + 1], (h, c))
                c.retain_grad()
            else:
                h = cell(x[step : step + 1], h)
            h.retain_grad()
            rows.append((h, c))
        states.append(rows)
        answers.append(h @ moment.parameter("dense_1.weight").detach().T + moment.parameter("dense_1.bias").detach())
    targets = torch.from_numpy(split.y[:GRADIENT_SAMPLES])
    torch.nn.functional.mse_loss(torch.cat(answers), targets).backward()
    for rows in states:
        for step, (h, c) in enumerate(rows):
            squares[step] += float((h.grad.double() ** 2).sum())
            inner[step] += float((c.grad.double() ** 2).sum()) if spec.name == "lstm" else 0.0
    return np.sqrt(squares), np.sqrt(inner) if spec.name == "lstm" else None


@pytest.mark.parametrize("vary", [False, True])
@pytest.mark.parametrize("layer", [Rnn(units=7), Lstm(units=7), Gru(units=7)], ids=lambda layer: layer.name)
def test_norms_are_those_of_autograd(qtbot: QtBot, layer: Lstm | Gru | Rnn, vary: bool) -> None:
    moment = Moment(adding(layer, vary=vary), 4)
    view = shown(qtbot, moment)
    assert view.snapshot is not None
    hidden, inner = by_autograd(moment)
    there = hidden > 0
    found = view.snapshot.arrays["hidden"]
    np.testing.assert_allclose(found[there], hidden[there], atol=1e-5, rtol=1e-3)
    assert np.isnan(found[~there]).all()
    if inner is None:
        assert np.isnan(view.snapshot.arrays["cell"]).all()
    else:
        np.testing.assert_allclose(view.snapshot.arrays["cell"][there], inner[there], atol=1e-5, rtol=1e-3)


def test_the_curve_lies_at_its_norms_and_the_mouse_reads_them(qtbot: QtBot, places_of: PlacesOf) -> None:
    moment = Moment(adding(Rnn(units=7)), 4)
    view = shown(qtbot, moment)
    canvas = view.through_time
    frame = canvas.frame()
    places = places_of(canvas, canvas.colour)
    for step in (2, 11, 20):
        x, y = frame.x(step + 1.0), frame.y(np.log10(canvas.norms[step]))
        near = [abs(py - y) for px, py in places if abs(px - x) <= 1]
        assert min(near) <= 2.5
        text = canvas.text_at(QPoint(round(x), round(y)).toPointF())
        start, value = text.split("\n")[1].replace("−", "-").split(" = ")  # noqa: RUF001
        assert start == f"|d loss / d h[{step + 1}]|"
        assert float(value) == pytest.approx(canvas.norms[step], rel=0.05)
    assert view.table()[5][1] == 5
    assert view.table()[5][2] == pytest.approx(canvas.norms[4])


def test_a_run_with_another_cell_stays_for_comparison(qtbot: QtBot, places_of: PlacesOf) -> None:
    rnn, lstm = Moment(preset_project("adding_rnn"), 10), Moment(preset_project("adding_lstm"), 10)
    view = shown(qtbot, rnn)
    canvas = view.through_time
    last = canvas.norms
    assert canvas.other is None
    lstm.begin(view)
    lstm.show(view)
    assert canvas.other is not None
    assert (canvas.other.cell, canvas.other.step) == ("RNN", 10)
    np.testing.assert_array_equal(canvas.other.norms, last)
    frame = canvas.frame()
    places = places_of(canvas, canvas.other_colour)
    y = frame.y(np.log10(last[70]))
    assert min(abs(py - y) for px, py in places if abs(px - frame.x(71.0)) <= 1) <= 2.5
    # What the two cells are compared for: the LSTM's gradient still reaches the first steps.
    assert canvas.norms[0] / canvas.norms[-1] > 1e6 * last[0] / last[-1]
    QTest.mouseMove(canvas, QPoint(round(frame.x(71.0)), round(frame.area.center().y())))
    assert "RNN of an earlier run, step 10" in canvas.text_at(frame.area.center())
    # Another run of the same kind takes nothing away, and one of the first kind is compared with the second.
    lstm.begin(view)
    assert canvas.other is not None
    assert canvas.other.cell == "RNN"
    lstm.show(view)
    rnn.begin(view)
    assert canvas.other is not None
    assert canvas.other.cell == "LSTM"


def test_earlier_moments_stay_faintly(qtbot: QtBot) -> None:
    moment = Moment(adding(Lstm(units=7)), 1)
    view = shown(qtbot, moment)
    first = view.through_time.norms
    before = view.grab().toImage()
    moment.train(12)
    moment.show(view)
    np.testing.assert_allclose(view.through_time._trail.rows()[0], first, rtol=1e-6)
    assert view.grab().toImage() != before


def test_a_gradient_that_vanishes_altogether_is_no_trouble(qtbot: QtBot) -> None:
    moment = Moment(adding(Rnn(units=4, activation="relu")), 1)
    with torch.no_grad():
        for name in ("bias_ih_l0", "bias_hh_l0"):
            moment.parameter(f"rnn_1.cell.{name}").fill_(-50.0)
    view = shown(qtbot, moment)
    assert not view.through_time.norms[:-1].any()
    view.grab()
    assert view.through_time.summary() == f"At step 1 the gradient is 0 times that at step {STEPS}."
    assert not GradientThroughTime.applies_to(circles())
