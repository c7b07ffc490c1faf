"""A run saved by one session and continued by another, with real threads, data and files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnviz.core.project import ProjectFile, load_project, save_project
from nnviz.core.reader import bundled_project
from nnviz.gui.document import Project
from nnviz.gui.session import Session, SessionState
from tests.gui.real_session import wait_for
from tests.gui.training import BAR, ENDLESS, Notes, NotingClock, circles, digits, plain_trainer

IDLE, PAUSED, TRAINING = SessionState.IDLE, SessionState.PAUSED, SessionState.TRAINING


@pytest.fixture
def later(qapp: QApplication) -> Iterator[Session]:
    session = Session()
    yield session
    session.shut_down()


def collect(qtbot: QtBot, session: Session, token: str = "save") -> ProjectFile | None:
    with qtbot.waitSignal(session.collected) as answer:
        session.collect(token)
    assert answer.args[0] == token
    file: ProjectFile | None = answer.args[1]
    return file


def train_batches(qtbot: QtBot, session: Session, project: Project, count: int) -> None:
    session.set_device("cpu")
    for _ in range(count):
        session.step_batch(project)
        assert session.state is not PAUSED
        wait_for(qtbot, session, PAUSED, IDLE)


def same(one: ProjectFile, other: ProjectFile) -> None:
    for name in ("weights", "state"):
        ours, theirs = getattr(one, name), getattr(other, name)
        assert ours.keys() == theirs.keys()
        for key in ours:
            np.testing.assert_array_equal(ours[key], theirs[key], err_msg=f"{name} {key}")
    for name in ("steps", "loss", "accuracy", "validation_steps", "validation_loss", "validation_accuracy"):
        np.testing.assert_array_equal(getattr(one.history, name), getattr(other.history, name), err_msg=name)
    assert one.numbers == other.numbers


def test_fifty_steps_saved_and_fifty_more_are_a_hundred_bit_for_bit(
    qtbot: QtBot, session: Session, later: Session, tmp_path: Path
) -> None:
    project = digits(steps=100, validate_every=30)
    train_batches(qtbot, session, project, 50)
    half = collect(qtbot, session)
    assert half is not None
    assert half.numbers["step"] == 50
    save_project(tmp_path / "half.nnviz", half)
    train_batches(qtbot, session, project, 50)
    straight = collect(qtbot, session)

    later.set_device("cpu")
    later.resume(load_project(tmp_path / "half.nnviz"))
    assert later.state is PAUSED
    train_batches(qtbot, later, project, 1)
    later.train(project)
    wait_for(qtbot, later, IDLE)
    continued = collect(qtbot, later)

    assert straight is not None
    assert continued is not None
    assert continued.numbers["finished"] is True
    assert list(continued.history.steps) == list(range(1, 101))
    same(straight, continued)
    # And both are what training without a window gives.
    trainer = plain_trainer(project)
    for _ in trainer.steps():
        pass
    for name, tensor in trainer.model.state_dict().items():
        np.testing.assert_array_equal(continued.weights[name], tensor.numpy())


def test_collecting_does_not_disturb_a_run_under_way(qtbot: QtBot, session: Session) -> None:
    project = digits(epochs=4)
    session.set_device("cpu")
    session.train(project)
    wait_for(qtbot, session, TRAINING)
    file = collect(qtbot, session)
    assert file is not None
    assert len(file.history.steps) == file.numbers["step"]
    wait_for(qtbot, session, IDLE)
    ended = collect(qtbot, session)
    trainer = plain_trainer(project)
    for _ in trainer.steps():
        pass
    assert ended is not None
    for name, tensor in trainer.model.state_dict().items():
        np.testing.assert_array_equal(ended.weights[name], tensor.numpy())


def test_without_a_run_there_is_nothing_to_collect(qtbot: QtBot, session: Session) -> None:
    assert collect(qtbot, session) is None


def test_an_opened_run_shows_its_curves_and_answers_without_data(
    qtbot: QtBot, session: Session, later: Session
) -> None:
    project = circles(epochs=ENDLESS)
    train_batches(qtbot, session, project, 7)
    file = collect(qtbot, session)
    assert file is not None
    clock = NotingClock(later)
    notes = Notes(later)
    with qtbot.waitSignal(later.run_started):
        later.resume(file)
    assert notes.runs == [project]
    assert SessionState.LOADING not in notes.states
    np.testing.assert_array_equal(clock.history().loss, file.history.loss)
    again = collect(qtbot, later)
    assert again is not None
    same(file, again)


def test_a_network_of_a_version_1_file_answers_drawings(qtbot: QtBot, session: Session) -> None:
    file = replace(bundled_project(), title="From a file")
    with qtbot.waitSignal(session.run_started):
        session.resume(file)
    notes = Notes(session)
    number = session.read(BAR)
    qtbot.waitUntil(lambda: bool(notes.readings))
    answer = notes.readings[-1].answers[0]
    assert (notes.readings[-1].request, answer.network, answer.steps) == (number, "From a file", file.numbers["step"])


def test_weights_of_another_network_are_told_of_and_forgotten(qtbot: QtBot, session: Session) -> None:
    train_batches(qtbot, session, circles(), 1)
    file = collect(qtbot, session)
    assert file is not None
    notes = Notes(session)
    session.resume(replace(file, network=replace(file.network, layers=file.network.layers[:1])))
    qtbot.waitUntil(lambda: bool(notes.failures))
    assert "do not belong to this network" in notes.failures[0].sentence
    assert session.run_project is None
    assert session.state is IDLE
    assert collect(qtbot, session) is None


def test_loading_for_an_opened_run_can_be_given_up_and_begun_again(
    qtbot: QtBot, session: Session, later: Session
) -> None:
    project = circles(epochs=ENDLESS)
    train_batches(qtbot, session, project, 5)
    file = collect(qtbot, session)
    assert file is not None
    later.set_device("cpu")
    later.resume(file)
    later.train(project)
    later.stop()
    assert later.state is PAUSED
    train_batches(qtbot, later, project, 1)
    more = collect(qtbot, later)
    assert more is not None
    assert more.numbers["step"] == 6
