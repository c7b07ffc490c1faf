"""The likelihood view: copies when it is told to, computes beside the window, and keeps what was found."""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QComboBox, QPushButton
from pytestqt.qtbot import QtBot

from nnviz.core.layers.dense import Dense
from nnviz.core.layers.flatten import Flatten
from nnviz.core.layers.rbm import Rbm
from nnviz.core.rbm.machine import MachineError
from nnviz.core.training.pretraining.greedy import Greedy
from nnviz.gui.document import Project
from nnviz.gui.style.theme import LIGHT
from nnviz.gui.views.rbm_likelihood import RbmLikelihood
from tests.gui.training import digits, preset_project
from tests.gui.views.moment import Moment


def project_of(*layers: object, **training: object) -> Project:
    preset = preset_project("rbm_digits")
    network = preset.network.replace(layers=(Flatten(), *layers))
    return Project("RBM", network, preset.dataset, preset.training.replace(**training))


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[RbmLikelihood]:
    view = RbmLikelihood(LIGHT)
    qtbot.addWidget(view)
    view.resize(900, 600)
    view.show()
    yield view
    view.cancel()


def button(view: RbmLikelihood) -> QPushButton:
    assert view.bar is not None
    found = view.bar.findChild(QPushButton, "likelihood_estimate")
    assert found is not None
    return found


def box(view: RbmLikelihood, name: str) -> QComboBox:
    assert view.bar is not None
    found = view.bar.findChild(QComboBox, f"likelihood_{name}")
    assert found is not None
    return found


def estimate(qtbot: QtBot, view: RbmLikelihood, moment: Moment) -> None:
    qtbot.mouseClick(button(view), Qt.MouseButton.LeftButton)
    moment.show(view)
    qtbot.waitUntil(lambda: not view.busy)


def test_only_projects_with_machines_that_learn_have_it() -> None:
    assert RbmLikelihood.applies_to(preset_project("rbm_16_exact"))
    assert not RbmLikelihood.applies_to(digits())


def test_a_small_machine_is_gone_through_and_every_result_is_kept(qtbot: QtBot, view: RbmLikelihood) -> None:
    moment = Moment(project_of(Rbm(hidden=8)), 5)
    moment.begin(view)
    assert not button(view).isEnabled()
    moment.show(view)
    assert "256 states" in view.likelihood.what()
    assert not box(view, "temperatures").isEnabled()
    assert not view.results
    w, b, a = (
        moment.parameter(f"rbm_1.{name}").detach().double().numpy() for name in ("weight", "bias", "visible_bias")
    )
    estimate(qtbot, view, moment)
    states = ((np.arange(256)[:, None] >> np.arange(8)) & 1).astype(np.float64)
    log_z = np.logaddexp.reduce(states @ b + np.logaddexp(0, states @ w + a).sum(1))
    v = (moment.data.test.x.reshape(-1, 64) >= 0.5).astype(np.float64)
    log_p = v @ a + np.logaddexp(0, v @ w.T + b).sum(1) - log_z
    (made,) = view.results
    assert made.step == 5
    assert made.found.middle == pytest.approx(log_z, abs=1e-3)
    assert made.found.test - made.found.middle == pytest.approx(log_p.mean(), abs=1e-3)
    assert f"{-64 * math.log(2):.1f}".lstrip("-") in view.likelihood.reading()
    moment.train(200)
    estimate(qtbot, view, moment)
    first, second = view.results
    assert second.step == 205
    assert second.found.test - second.found.middle > first.found.test - first.found.middle + 1
    rows = view.table()
    assert [row[0] for row in rows[1:]] == [5, 205]
    assert rows[2][3] == second.found.middle
    frame = view.likelihood.frame()
    place = QPointF(frame.x(205), frame.area.center().y())
    assert view.likelihood.text_at(place).startswith("Step 205: training")
    moment.begin(view)
    assert view.results == []


def test_a_large_machine_gets_a_pair_with_errors_while_training_goes_on(qtbot: QtBot, view: RbmLikelihood) -> None:
    moment = Moment(project_of(Rbm(hidden=40)), 50)
    moment.begin(view)
    moment.show(view)
    box(view, "temperatures").setCurrentIndex(0)
    qtbot.mouseClick(button(view), Qt.MouseButton.LeftButton)
    moment.show(view)
    assert button(view).text() == "Cancel"
    weight = moment.parameter("rbm_1.weight").detach().clone()
    # Nobody waits: the copy is judged, and the training goes on.
    moment.train(5)
    moment.show(view)
    qtbot.waitUntil(lambda: not view.busy)
    (made,) = view.results
    assert made.step == 50
    assert not (moment.parameter("rbm_1.weight") == weight).all()
    forward, reverse = made.found.log_z
    assert forward.error > 0 < reverse.error
    assert made.found.gap == pytest.approx(0, abs=1)
    assert [row[2] for row in view.table()[1:]] == ["forward", "reverse"]
    assert "the truth most likely lies between" in view.likelihood.reading()
    assert button(view).text() == "Estimate now"


@pytest.mark.parametrize("way", ["press", "new run"])
def test_an_estimate_is_given_up(qtbot: QtBot, view: RbmLikelihood, way: str) -> None:
    moment = Moment(project_of(Rbm(hidden=40)), 2)
    moment.begin(view)
    moment.show(view)
    box(view, "temperatures").setCurrentIndex(2)
    qtbot.mouseClick(button(view), Qt.MouseButton.LeftButton)
    moment.show(view)
    threads = [thread for thread in threading.enumerate() if thread.name.startswith("likelihood")]
    assert len(threads) == 1
    if way == "press":
        qtbot.mouseClick(button(view), Qt.MouseButton.LeftButton)
    else:
        moment.begin(view)
    qtbot.waitUntil(lambda: not threads[0].is_alive())
    qtbot.waitUntil(lambda: not view.busy)
    assert view.results == []
    assert view.likelihood.grab().toImage() is not None
    assert button(view).text() == "Estimate now"


def test_what_went_wrong_is_said(qtbot: QtBot, view: RbmLikelihood, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object, **others: object) -> None:
        raise MachineError("The weights are no finite numbers any more: Reset and Train.")

    monkeypatch.setattr("nnviz.gui.views.rbm_likelihood.estimate_likelihood", fail)
    moment = Moment(project_of(Rbm(hidden=8)), 2)
    moment.begin(view)
    moment.show(view)
    before = view.likelihood.grab().toImage()
    estimate(qtbot, view, moment)
    assert view.likelihood.failure.startswith("The weights are no finite numbers")
    assert view.likelihood.grab().toImage() != before
    assert view.results == []


def test_each_machine_of_a_stack_has_its_own_results(qtbot: QtBot, view: RbmLikelihood) -> None:
    layers = (Rbm(hidden=10), Rbm(hidden=9), Rbm(hidden=12, with_labels=True), Dense(units=10))
    moment = Moment(project_of(*layers, pretraining=Greedy(epochs=1)), 3)
    moment.begin(view)
    moment.show(view)
    machines = box(view, "machine")
    assert [machines.itemText(i) for i in range(machines.count())] == ["rbm_1", "rbm_2"]
    assert machines.currentText() == "rbm_1"
    estimate(qtbot, view, moment)
    machines.setFocus()
    qtbot.keyClick(machines, Qt.Key.Key_Down)
    assert view.likelihood.shown == []
    estimate(qtbot, view, moment)
    assert [made.found.rbm for made in view.results] == ["rbm_1", "rbm_2"]
    assert [made.found.states for made in view.results] == [1 << 10, 1 << 9]
    assert len(view.likelihood.shown) == 1


def test_where_every_machine_sees_classes_it_says_why_there_is_nothing(qtbot: QtBot, view: RbmLikelihood) -> None:
    layers: tuple[object, ...] = (Rbm(hidden=12, with_labels=True), Dense(units=10))
    moment = Moment(project_of(*layers, pretraining=Greedy(epochs=1)), 3)
    moment.begin(view)
    moment.show(view)
    assert "sees classes" in view.likelihood.what()
    assert not button(view).isEnabled()
