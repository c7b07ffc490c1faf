"""Who answers drawings, before, during and after a training."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from nnviz.core.ink import DIGITS_8X8, MNIST
from nnviz.core.reader import bundled_project
from nnviz.gui.session import Session, SessionState
from tests.gui.real_session import ask, some_steps, train, wait_for
from tests.gui.training import BAR, ENDLESS, Notes, NotingClock, circles, digits

STARTING, IDLE, LOADING, TRAINING, PAUSED = SessionState


def test_the_bundled_network_answers_before_any_run(qtbot: QtBot, session: Session, notes: Notes) -> None:
    session.warm_up()
    answer = ask(qtbot, session, notes)
    assert answer.classes[answer.best] == "1"
    assert answer.digits[0].sum() == pytest.approx(1)
    assert answer.bundled
    assert answer.steps > 0


def test_a_drawing_is_answered_while_training_is_under_way(
    qtbot: QtBot, session: Session, notes: Notes, clock: NotingClock
) -> None:
    session.train(digits(epochs=ENDLESS))
    some_steps(qtbot, clock)
    assert session.recipe == DIGITS_8X8
    first, second = (ask(qtbot, session, notes) for _ in range(2))
    assert session.state is TRAINING
    assert first.network == "Small digit reader"
    assert 0 < first.steps <= second.steps


def test_of_many_drawings_the_newest_is_answered_and_few_others(
    qtbot: QtBot, session: Session, notes: Notes, clock: NotingClock
) -> None:
    session.train(digits(epochs=ENDLESS))
    some_steps(qtbot, clock)
    numbers = [session.read(BAR) for _ in range(20)]
    qtbot.waitUntil(lambda: bool(notes.readings) and notes.readings[-1].request == numbers[-1])
    assert session.state is TRAINING
    # Those that the desk had begun with before the next one was asked.
    assert len(notes.readings) < len(numbers)


def test_a_network_that_learns_answers_with_what_it_has_learned_by_now(
    qtbot: QtBot, session: Session, notes: Notes, clock: NotingClock
) -> None:
    session.follow_weights(True)
    session.train(digits(epochs=ENDLESS))
    some_steps(qtbot, clock)
    first = ask(qtbot, session, notes).steps
    qtbot.waitUntil(lambda: ask(qtbot, session, notes).steps > first)
    session.pause()
    wait_for(qtbot, session, PAUSED)
    assert ask(qtbot, session, notes).steps == session._worker._trainer.step  # type: ignore[union-attr]


def test_two_networks_read_the_same_drawing(qtbot: QtBot, session: Session, notes: Notes) -> None:
    train(qtbot, session, digits())
    session.compare_with(bundled_project())
    session.read(BAR)
    qtbot.waitUntil(lambda: bool(notes.readings))
    first, second = notes.readings[-1].answers
    assert (first.network, first.bundled) == ("Small digit reader", False)
    assert second.network == bundled_project().title
    session.compare_with(None)
    number = session.read(BAR)
    qtbot.waitUntil(lambda: notes.readings[-1].request == number)
    assert len(notes.readings[-1].answers) == 1


def test_points_leave_drawings_to_the_bundled_network(
    qtbot: QtBot, session: Session, notes: Notes, clock: NotingClock
) -> None:
    session.warm_up()
    session.train(circles(epochs=ENDLESS))
    some_steps(qtbot, clock)
    assert session.recipe == MNIST
    answer = ask(qtbot, session, notes)
    assert answer.classes[answer.best] == "1"
    assert answer.network != "Small classifier"


def test_everyone_hears_when_another_network_answers(qtbot: QtBot, session: Session) -> None:
    recipes: list[object] = []
    session.recipe_changed.connect(recipes.append)
    session.step_batch(digits())
    wait_for(qtbot, session, PAUSED)
    assert recipes == [DIGITS_8X8]
    session.reset()
    assert recipes == [DIGITS_8X8, MNIST]
