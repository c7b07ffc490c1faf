"""One step in numbers: each of them recomputed in numpy from the batch, the weights before it and the random draws."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSpinBox
from pytestqt.qtbot import QtBot

from nnviz.core.layers.dense import Dense
from nnviz.core.layers.flatten import Flatten
from nnviz.core.layers.rbm import Rbm
from nnviz.core.training.contrastive import ContrastiveTrainer
from nnviz.core.training.optimisers.gradient_descent import GradientDescent
from nnviz.core.training.pretraining.greedy import Greedy
from nnviz.gui.document import Project
from nnviz.gui.style.theme import LIGHT
from nnviz.gui.views.rbm_step import RbmStep
from tests.gui.training import digits, preset_project
from tests.gui.views.moment import Moment


def sigmoid(x: np.ndarray) -> np.ndarray:
    return np.asarray(1 / (1 + np.exp(-x)))


def project_of(*layers: object, **training: object) -> Project:
    preset = preset_project("rbm_digits")
    settings = {"optimiser": GradientDescent(learning_rate=0.2), "regularisers": ()} | training
    network = preset.network.replace(layers=(Flatten(), *layers))
    return Project("RBM", network, preset.dataset, preset.training.replace(**settings))


@pytest.fixture
def view(qtbot: QtBot) -> RbmStep:
    view = RbmStep(LIGHT)
    qtbot.addWidget(view)
    view.resize(1100, 700)
    view.show()
    return view


def test_only_projects_with_machines_that_learn_have_it() -> None:
    assert RbmStep.applies_to(preset_project("rbm_digits"))
    assert not RbmStep.applies_to(digits())


def test_before_the_first_step_it_says_what_to_do(view: RbmStep) -> None:
    moment = Moment(project_of(Rbm(hidden=20)))
    moment.begin(view)
    moment.show(view)
    assert view.numbers.heading().startswith("No step of contrastive divergence")
    assert view.numbers.explanations()[1][0] == "Why CD is not the gradient of anything"
    assert not view.numbers.grab().isNull()


def test_every_number_follows_from_the_batch_and_the_weights_before_it(view: RbmStep) -> None:
    moment = Moment(project_of(Rbm(hidden=20)), 40)
    before = {name: moment.parameter(f"rbm_1.{name}").detach().numpy().copy() for name in ("weight", "bias")}
    moment.train(1)
    moment.begin(view)
    found = moment.show(view).arrays
    trainer = moment.trainer
    assert isinstance(trainer, ContrastiveTrainer)
    assert trainer.last_phases is not None
    data, end = trainer.last_phases.data.numpy(), trainer.last_phases.end.numpy()
    i, j = found["visible"], found["hidden"]
    assert j.tolist() == [0, 1, 2]
    v = moment.data.validation.x[:128].reshape(-1, 64) >= 0.5
    assert set(i.tolist()) <= set(np.argsort(-v.var(0), kind="stable")[:6].tolist())
    p0 = sigmoid(data @ before["weight"].T + before["bias"])
    p1 = sigmoid(end @ before["weight"].T + before["bias"])
    np.testing.assert_array_equal(found["v0"], data[0, i])
    np.testing.assert_allclose(found["p0"], p0[0, j], atol=1e-5)
    assert set(found["h0"]) <= {0.0, 1.0}
    np.testing.assert_allclose(found["p1"], p1[0, j], atol=1e-5)
    np.testing.assert_allclose(found["positive"], (data.T @ p0 / len(data))[np.ix_(i, j)], atol=1e-5)
    np.testing.assert_allclose(found["negative"], (end.T @ p1 / len(end))[np.ix_(i, j)], atol=1e-5)
    np.testing.assert_allclose(found["b"], (p0 - p1).mean(0)[j], atol=1e-5)
    # Gradient descent without momentum adds exactly alpha (positive - negative).
    np.testing.assert_allclose(found["added"], 0.2 * (found["positive"] - found["negative"]), atol=1e-6)
    np.testing.assert_allclose(found["weight"] - found["added"], before["weight"].T[np.ix_(i, j)], atol=1e-6)
    _, _, change, added = view.numbers.matrices()
    np.testing.assert_allclose(change[2], added[2], atol=1e-6)
    texts = " ".join(numbers for _, _, numbers in view.numbers.lines())
    assert f"{p0[0, 0]:.2f}" in texts
    assert view.numbers.heading().startswith("Step 41, sample 1 of the ")


def test_another_sample_and_other_units_are_asked_for_by_the_keyboard(qtbot: QtBot, view: RbmStep) -> None:
    moment = Moment(project_of(Rbm(hidden=20)), 3)
    moment.begin(view)
    first = moment.show(view).arrays
    for name, keys in (("sample", 4), ("hidden", 17)):
        assert view.bar is not None
        box = view.bar.findChild(QSpinBox, f"rbm_step_{name}")
        assert box is not None
        for _ in range(keys):
            qtbot.keyClick(box, Qt.Key.Key_Up)
        assert box.maximum() == (int(first["setting"][1]) if name == "sample" else 18)
    found = moment.show(view).arrays
    assert found["hidden"].tolist() == [17, 18, 19]
    assert int(found["setting"][4]) == 4
    assert isinstance(moment.trainer, ContrastiveTrainer)
    assert moment.trainer.last_phases is not None
    np.testing.assert_array_equal(found["v0"], moment.trainer.last_phases.data.numpy()[4, found["visible"]])


@pytest.mark.parametrize(
    ("layers", "training"),
    [
        ((Rbm(hidden=20, gibbs_steps=3),), {}),
        ((Rbm(hidden=20, persistent=True),), {}),
        ((Rbm(hidden=2),), {}),
        ((Rbm(hidden=20, visible="gaussian"),), {"optimiser": GradientDescent(learning_rate=0.01)}),
        ((Rbm(hidden=12, with_labels=True), Dense(units=10)), {"pretraining": Greedy(epochs=1)}),
    ],
    ids=["k", "persistent", "two", "gaussian", "labels"],
)
def test_every_kind_of_machine_is_shown(view: RbmStep, layers: tuple[object, ...], training: dict[str, object]) -> None:
    moment = Moment(project_of(*layers, **training), 3)
    moment.begin(view)
    found = moment.show(view).arrays
    assert found["positive"].shape == (3, len(found["hidden"]))
    lines = view.numbers.lines()
    assert ("3 times" in lines[2][1]) is (layers[0].gibbs_steps == 3)  # type: ignore[attr-defined]
    assert ("persistent" in lines[1][2]) is layers[0].persistent  # type: ignore[attr-defined]
    assert not view.numbers.grab().isNull()


def test_where_the_whole_network_learns_there_is_no_such_step(view: RbmStep) -> None:
    moment = Moment(project_of(Rbm(hidden=12), Dense(units=10), pretraining=Greedy(epochs=1)))
    assert isinstance(moment.trainer, ContrastiveTrainer)
    moment.train(moment.trainer.phases[0].ends)
    moment.begin(view)
    assert "v0" in moment.show(view).arrays
    moment.train(2)
    assert "v0" not in moment.show(view).arrays
    assert view.numbers.heading().startswith("No step of contrastive divergence")


def test_what_was_added_is_known_of_a_single_batch_though_no_weights_are_kept(view: RbmStep) -> None:
    moment = Moment(project_of(Rbm(hidden=20)), 3)
    moment.trainer.keeps_weights = False
    moment.trainer.previous, moment.trainer.previous_step = {}, 0
    moment.begin(view)
    assert np.isnan(moment.show(view).arrays["added"]).all()
    assert not view.numbers.grab().isNull()
    moment.train(1)
    found = moment.show(view).arrays
    np.testing.assert_allclose(found["added"], 0.2 * (found["positive"] - found["negative"]), atol=1e-6)
    # Other units are only watched from the next step on.
    view.ask(sample=0, first_hidden=5)
    moment.show(view)
    assert np.isnan(moment.show(view).arrays["added"]).all()
    moment.train(1)
    found = moment.show(view).arrays
    np.testing.assert_allclose(found["added"], 0.2 * (found["positive"] - found["negative"]), atol=1e-6)
