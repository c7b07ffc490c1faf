"""The views of RBMs: their numbers against another source, their pixels, and chains that move when they are told to."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QPushButton
from pytestqt.qtbot import QtBot

from nnviz.core.layers.dense import Dense
from nnviz.core.layers.flatten import Flatten
from nnviz.core.layers.rbm import Rbm
from nnviz.core.training.pretraining.greedy import Greedy
from nnviz.gui.document import Project
from nnviz.gui.style.theme import LIGHT
from nnviz.gui.views.base import LiveView
from nnviz.gui.views.filters import Filters
from nnviz.gui.views.rbm_fantasies import RbmFantasies
from nnviz.gui.views.rbm_hidden import RbmHidden
from nnviz.gui.views.rbm_measures import RbmMeasures
from nnviz.gui.views.rbm_reconstructions import RbmReconstructions
from tests.gui.training import digits, preset_project
from tests.gui.views.moment import Moment


@pytest.fixture(scope="module")
def moment() -> Moment:
    return Moment(preset_project("rbm_digits"), 200)


def sigmoid(x: np.ndarray) -> np.ndarray:
    return np.asarray(1 / (1 + np.exp(-x)))


def tensors(moment: Moment) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    names = ("weight", "bias", "visible_bias")
    w, b, a = (moment.parameter(f"rbm_1.{name}").detach().double().numpy() for name in names)
    return w, b, a


def test_only_projects_with_machines_that_learn_have_these_views(moment: Moment) -> None:
    for view in (RbmReconstructions, RbmHidden, RbmFantasies, RbmMeasures):
        assert view.applies_to(moment.project)
        assert not view.applies_to(digits())


def test_reconstructions_are_those_of_numpy(qtbot: QtBot, moment: Moment) -> None:
    view = RbmReconstructions(LIGHT)
    qtbot.addWidget(view)
    moment.begin(view)
    arrays = moment.show(view).arrays
    w, b, a = tensors(moment)
    v = moment.data.validation.x[:16].reshape(16, 64)
    np.testing.assert_allclose(arrays["data"], v)
    made = sigmoid(sigmoid(v @ w.T + b) @ w + a)
    np.testing.assert_allclose(arrays["reconstruction"], made, atol=1e-5)
    np.testing.assert_allclose(arrays["free_energy"], -v @ a - np.log1p(np.exp(v @ w.T + b)).sum(1), rtol=1e-4)
    assert len(view.table()) == 17


def test_hidden_probabilities_are_ordered_by_activity(qtbot: QtBot, moment: Moment) -> None:
    view = RbmHidden(LIGHT)
    qtbot.addWidget(view)
    view.resize(600, 400)
    moment.begin(view)
    arrays = moment.show(view).arrays
    w, b, _ = tensors(moment)
    v = moment.data.validation.x[: len(arrays["hidden"])].reshape(-1, 64)
    expected = sigmoid(v @ w.T + b)
    np.testing.assert_allclose(arrays["hidden"], expected, atol=1e-5)
    view.show()
    place = view.hidden.area().topLeft()
    most_active = int(expected.mean(0).argmax())
    assert f"Unit {most_active + 1}, sample 1" in view.hidden.text_at(place)


def test_filters_are_ordered_by_activity_and_stay_in_their_places_for_a_while(qtbot: QtBot) -> None:
    moment = Moment(preset_project("rbm_digits"), 100)
    view = Filters(LIGHT)
    qtbot.addWidget(view)
    moment.begin(view)

    def by_activity() -> list[int]:
        w, b, _ = tensors(moment)
        v = moment.context.samples.x.reshape(-1, 64)
        return np.argsort(-sigmoid(v @ w.T + b).mean(0)).tolist()

    moment.show(view)
    first = view.mosaic.numbers
    assert first is not None
    assert first.tolist() == by_activity()
    w, *_ = tensors(moment)
    np.testing.assert_allclose(view.mosaic.filters[:, 0].reshape(len(w), 64), w[first], rtol=1e-6)
    moment.train(5)
    moment.show(view)
    assert view.mosaic.numbers is not None
    assert view.mosaic.numbers.tolist() == first.tolist() != by_activity()
    moment.train(100)
    moment.show(view)
    assert view.mosaic.numbers.tolist() == by_activity()


def test_measures_are_those_of_numpy_and_grow_with_the_training(qtbot: QtBot) -> None:
    moment = Moment(preset_project("rbm_digits"), 5)
    view = RbmMeasures(LIGHT)
    qtbot.addWidget(view)
    moment.begin(view)
    arrays = moment.show(view).arrays
    w, b, a = tensors(moment)
    v = moment.data.train.x[:500].reshape(-1, 64).astype(np.float64)
    energies = -v @ a - np.log1p(np.exp(v @ w.T + b)).sum(1)
    assert float(arrays["train"]) == pytest.approx(energies.mean(), rel=1e-4)
    error = np.mean((sigmoid(sigmoid(v @ w.T + b) @ w + a) - v) ** 2)
    assert float(arrays["error"]) == pytest.approx(error, rel=1e-4)
    moment.train(300)
    later = moment.show(view).arrays
    assert float(later["error"]) < float(arrays["error"])
    assert [row[0] for row in view.table()[1:]] == [5.0, 305.0]


def press(qtbot: QtBot, view: LiveView, name: str) -> None:
    assert view.bar is not None
    button = view.bar.findChild(QPushButton, f"fantasies_{name}")
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_chain_moves_by_one_step_when_told_and_only_then(qtbot: QtBot, moment: Moment) -> None:
    view = RbmFantasies(LIGHT)
    qtbot.addWidget(view)
    moment.begin(view)
    random = torch.get_rng_state()
    first = moment.show(view).arrays
    assert int(first["steps"]) == 0
    again = moment.show(view).arrays
    np.testing.assert_array_equal(again["particles"], first["particles"])
    with qtbot.waitSignal(view.probe_changed):
        press(qtbot, view, "step")
    moved = moment.show(view).arrays
    assert int(moved["steps"]) == 1
    assert not np.array_equal(moved["particles"], first["particles"])
    press(qtbot, view, "again")
    np.testing.assert_array_equal(moment.show(view).arrays["particles"], first["particles"])
    press(qtbot, view, "step")
    np.testing.assert_array_equal(moment.show(view).arrays["particles"], moved["particles"])
    # What training draws next is what it would have drawn without anybody looking.
    assert torch.equal(torch.get_rng_state(), random)


def test_a_chain_runs_until_it_is_pressed_again_or_hidden(qtbot: QtBot, moment: Moment) -> None:
    view = RbmFantasies(LIGHT)
    qtbot.addWidget(view)
    moment.begin(view)
    view.show()
    press(qtbot, view, "run")
    qtbot.waitUntil(lambda: view.turn >= 2)
    press(qtbot, view, "run")
    turn = view.turn
    with qtbot.assertNotEmitted(view.probe_changed, wait=250):
        pass
    assert view.turn == turn
    press(qtbot, view, "slow")
    view.hide()
    with qtbot.assertNotEmitted(view.probe_changed, wait=900):
        pass


def test_a_class_can_be_clamped_where_the_top_machine_knows_labels(qtbot: QtBot) -> None:
    preset = preset_project("rbm_digits")
    layers = (Flatten(), Rbm(hidden=40, visible="continuous"), Rbm(hidden=40, with_labels=True), Dense(units=10))
    training = preset.training.replace(pretraining=Greedy(epochs=1, afterwards="nothing"))
    project = Project("DBN", preset.network.replace(layers=layers), preset.dataset, training)
    moment = Moment(project, 126)
    view = RbmFantasies(LIGHT)
    qtbot.addWidget(view)
    moment.begin(view)
    moment.show(view)
    assert view.bar is not None
    box = view.bar.findChild(QComboBox, "fantasies_label")
    assert box is not None
    assert [box.itemText(i) for i in range(box.count())] == ["Any class", *"0123456789"]
    dreams = {}
    for label in (1, 0):
        box.setCurrentIndex(label + 1)
        moment.show(view)
        press(qtbot, view, "step")
        arrays = moment.show(view).arrays
        # Down through both machines, to the pixels.
        assert arrays["particles"].shape == (32, 64)
        dreams[label] = arrays["particles"]
    assert not np.array_equal(dreams[0], dreams[1])
