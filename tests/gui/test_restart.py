"""A network that is changed while it trains: going on with what was learned, or starting over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from nnviz.core.layers.dense import Dense
from nnviz.core.mailbox import Mail
from nnviz.core.probes import ProbeContext
from nnviz.core.training.optimisers.gradient_descent import GradientDescent
from nnviz.gui.document import Project
from nnviz.gui.frame_clock import FrameClock
from nnviz.gui.session import Session, SessionState
from tests.gui.training import Notes, circles

STILL = GradientDescent(learning_rate=1e-30)
"""No float32 weight is changed by such a step, so that the first look shows what the run began with."""


def _weights(context: ProbeContext) -> Mapping[str, Any]:
    return {name: context.parameters(name)["weight"] for name in context.layer_names if context.parameters(name)}


class Looks:
    """The weights that arrived last, by layer."""

    def __init__(self, session: Session) -> None:
        self.clock = FrameClock(session)
        self.clock.mail_arrived.connect(self.on_mail_arrived)
        self.weights: dict[str, Any] = {}
        session.set_visible_probes({"weights": _weights})

    def on_mail_arrived(self, mail: Mail) -> None:
        if "weights" in mail.snapshots:
            self.weights = dict(mail.snapshots["weights"].arrays)


def _ended(qtbot: QtBot, session: Session) -> None:
    qtbot.waitUntil(lambda: session.state is SessionState.IDLE)


def _wider(project: Project, units: int) -> Project:
    layers = list(project.network.layers)
    assert isinstance(layers[0], Dense)
    layers[0] = layers[0].replace(units=units)
    network = project.network.replace(layers=tuple(layers))
    return replace(project, network=network, training=project.training.replace(optimiser=STILL, steps=1))


@pytest.mark.parametrize("paused", [True, False], ids=["while paused", "after the end"])
def test_a_wider_layer_keeps_what_was_learned(qtbot: QtBot, session: Session, paused: bool) -> None:
    looks = Looks(session)
    project = circles()
    (session.step_epoch if paused else session.train)(project)
    qtbot.waitUntil(lambda: session.state in (SessionState.PAUSED, SessionState.IDLE))
    looks.weights = {}
    session.set_visible_probes({"weights": _weights})
    qtbot.waitUntil(lambda: bool(looks.weights))
    learned = looks.weights
    units = len(learned["dense_1"])
    looks.weights = {}
    session.restart(_wider(project, units + 3), keep_learned=True)
    _ended(qtbot, session)
    qtbot.waitUntil(lambda: len(looks.weights.get("dense_1", ())) == units + 3)
    np.testing.assert_array_equal(looks.weights["dense_1"][:units], learned["dense_1"])
    np.testing.assert_array_equal(looks.weights["dense_2"][:, :units], learned["dense_2"])
    assert (np.abs(looks.weights["dense_2"][:, units:]) < 1e-20).all()


def test_starting_over_forgets_what_was_learned(qtbot: QtBot, session: Session) -> None:
    looks = Looks(session)
    project = circles()
    session.train(project)
    _ended(qtbot, session)
    looks.weights = {}
    changed = _wider(project, 7)
    session.restart(changed, keep_learned=False)
    _ended(qtbot, session)
    qtbot.waitUntil(lambda: len(looks.weights.get("dense_1", ())) == 7)
    fresh = changed.network.build(changed.training.seed)
    np.testing.assert_array_equal(looks.weights["dense_1"], fresh.dense_1.weight.detach().numpy())


def test_giving_up_the_restart_leaves_nothing_running(qtbot: QtBot, session: Session) -> None:
    notes = Notes(session)
    project = circles(epochs=100_000)
    session.train(project)
    qtbot.waitUntil(lambda: session.state is SessionState.TRAINING)
    session.restart(_wider(project, 7), keep_learned=True)
    session.stop()
    assert session.state is SessionState.IDLE
    with qtbot.waitSignal(session.mail_posted):
        session.set_visible_probes({})
    session.mailbox.take(session.run_number)
    with qtbot.waitSignal(session.mail_posted):
        session.set_visible_probes({})
    assert len(session.mailbox.take(session.run_number).history) == 0
    assert notes.failures == []
    assert session.run_project == project
