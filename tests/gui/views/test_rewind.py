"""Rewinding in a session with real threads: what is shown of a step is what was shown live, also while it goes on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QSlider, QToolButton
from pytestqt.qtbot import QtBot

from nnviz.core.probes import ProbeContext
from nnviz.core.project import ProjectFile
from nnviz.core.runs import find_runs
from nnviz.core.snapshot import Snapshot
from nnviz.gui.document import Document
from nnviz.gui.frame_clock import FrameClock
from nnviz.gui.session import Session, SessionState
from nnviz.gui.style.appearance import Appearance
from nnviz.gui.views.rewind_bar import FRAME_MS, RewindBar
from nnviz.gui.window_context import WindowContext
from tests.gui.training import ENDLESS, Notes, circles, digits

IDLE, PAUSED, TRAINING = SessionState.IDLE, SessionState.PAUSED, SessionState.TRAINING


def everything(context: ProbeContext) -> Mapping[str, np.ndarray]:
    found: dict[str, Any] = {}
    for layer in context.layer_names:
        for learned in context.learned(layer):
            for kind in ("value", "gradient", "update"):
                tensor = getattr(learned, kind)
                if tensor is not None:
                    found[f"{layer} {kind} {learned.name}"] = tensor.numpy().copy()
    for layer, value in context.activations(context.data.validation.x[:20]).items():
        found[f"{layer} activations"] = value
    return found


@pytest.fixture
def session(qapp: QApplication, tmp_path: Path) -> Iterator[Session]:
    session = Session()
    session.keep_runs(tmp_path / "runs")
    session.set_device("cpu")
    yield session
    session.shut_down()


class Seen:
    """Snapshots by step, and the newest one."""

    def __init__(self, session: Session) -> None:
        self.clock = FrameClock(session)
        self.clock.mail_arrived.connect(self._on_mail)
        self.by_step: dict[int, Snapshot] = {}
        self.steps: list[int] = []
        self.kept: tuple[int, ...] = ()
        session.steps_kept.connect(self._on_kept)

    def _on_mail(self, mail: Any) -> None:
        for snapshot in mail.snapshots.values():
            self.by_step[snapshot.step] = snapshot
            self.steps.append(snapshot.step)

    def _on_kept(self, steps: tuple[int, ...]) -> None:
        self.kept = steps


def test_an_earlier_step_looks_exactly_as_it_did_live(qtbot: QtBot, session: Session) -> None:
    seen = Seen(session)
    session.set_visible_probes({"all": everything})
    live = {}
    for step in range(1, 13):
        session.step_batch(digits(steps=60))
        qtbot.waitUntil(lambda: session.state in (PAUSED, IDLE))
        qtbot.waitUntil(lambda step=step: step in seen.by_step)
        live[step] = seen.by_step[step]
    assert set(range(1, 13)) <= set(seen.kept)
    for step in (12, 3, 7, 1):
        seen.steps.clear()
        session.rewind(step)
        qtbot.waitUntil(lambda step=step: step in seen.steps)
        again = seen.by_step[step]
        assert again is not live[step]
        assert again.arrays.keys() == live[step].arrays.keys()
        for name, value in live[step].arrays.items():
            np.testing.assert_array_equal(again.arrays[name], value, err_msg=f"step {step}: {name}")


def test_training_goes_on_while_the_views_are_in_the_past_and_ends_as_it_would_have(
    qtbot: QtBot, session: Session
) -> None:
    from tests.gui.training import plain_trainer

    seen = Seen(session)
    session.set_visible_probes({"all": everything})
    project = digits(steps=120)
    session.train(project)
    qtbot.waitUntil(lambda: len(seen.kept) > 5)
    session.rewind(seen.kept[2])
    qtbot.waitUntil(lambda: session.state is IDLE)
    with qtbot.waitSignal(session.collected) as answer:
        session.collect("end")
    trainer = plain_trainer(project)
    for _ in trainer.steps():
        pass
    for name, tensor in trainer.model.state_dict().items():
        np.testing.assert_array_equal(answer.args[1].weights[name], tensor.numpy())


def test_going_on_from_an_earlier_step_repeats_the_run(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    seen, project = Seen(session), digits(steps=30)
    session.train(project)
    qtbot.waitUntil(lambda: session.state is IDLE and bool(seen.kept))
    with qtbot.waitSignal(session.collected) as straight:
        session.collect("straight")
    with qtbot.waitSignal(session.state_found) as found:
        session.find_state(11)
    state = found.args[1]
    assert isinstance(state, ProjectFile)
    assert state.numbers["step"] == 10
    session.resume(state)
    session.train(project)
    qtbot.waitUntil(lambda: session.state is TRAINING)
    qtbot.waitUntil(lambda: session.state is IDLE)
    with qtbot.waitSignal(session.collected) as branch:
        session.collect("branch")
    for name, value in straight.args[1].weights.items():
        np.testing.assert_array_equal(branch.args[1].weights[name], value)
    session.shut_down()
    # The first one's recorder ends by itself.
    qtbot.waitUntil(lambda: all(run.state == "finished" for _, run in find_runs(tmp_path / "runs")))
    runs = list(find_runs(tmp_path / "runs"))
    assert [summary.state for _, summary in runs] == ["finished", "finished"]
    assert {summary.step for _, summary in runs} == {30}
    assert all(summary.validation_accuracy is not None for _, summary in runs)


@pytest.fixture
def bar(qtbot: QtBot, session: Session, appearance: Appearance, settings: Any) -> RewindBar:
    context = WindowContext(Document(circles()), session, FrameClock(session), appearance, settings)
    bar = RewindBar(context)
    qtbot.addWidget(bar)
    bar.resize(700, 40)
    return bar


def test_the_bar_by_keys_and_mouse(qtbot: QtBot, session: Session, bar: RewindBar) -> None:
    notes = Notes(session)
    assert not bar.isVisible()
    rewound: list[int] = []
    session.rewound.connect(rewound.append)
    session.train(circles(epochs=ENDLESS))
    qtbot.waitUntil(lambda: session.state is TRAINING and len(bar._steps) >= 8)
    session.pause()
    qtbot.waitUntil(lambda: session.state is PAUSED)
    qtbot.waitUntil(bar.isVisible)
    assert bar.step == 0
    slider = bar.findChild(QSlider, "rewind_slider")
    assert slider is not None
    qtbot.keyClick(slider, Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: rewound[-1:] == [1])
    assert bar.step == 1
    film = bar.findChild(QToolButton, "film_button")
    assert film is not None
    qtbot.mouseClick(film, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(rewound) >= 3 and rewound[-1] > 2)
    now = bar.findChild(QPushButton, "now_button")
    assert now is not None
    qtbot.mouseClick(now, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: rewound[-1] == 0)
    assert not film.isChecked()
    assert not now.isEnabled()
    qtbot.keyClick(slider, Qt.Key.Key_Left)
    branch = bar.findChild(QPushButton, "branch_button")
    assert branch is not None
    with qtbot.waitSignal(bar.branch_requested) as wanted:
        qtbot.mouseClick(branch, Qt.MouseButton.LeftButton)
    assert wanted.args[0].numbers["step"] == bar.step - 1
    assert notes.failures == []


def test_a_step_whose_file_is_gone_is_told_and_the_views_show_now(
    qtbot: QtBot, session: Session, bar: RewindBar
) -> None:
    notes = Notes(session)
    session.train(digits(steps=20))
    qtbot.waitUntil(lambda: session.state is IDLE and len(bar._steps) >= 15)
    assert session.run_folder is not None
    qtbot.waitUntil(lambda: len(list((session.run_folder / "steps").glob("*.nnviz"))) >= 15)
    next((session.run_folder / "steps").glob("*005.nnviz")).unlink()
    bar.slider.setValue(bar._steps.index(5))
    qtbot.waitUntil(lambda: bool(notes.failures))
    assert "000000005.nnviz" in notes.failures[0].sentence
    qtbot.waitUntil(lambda: bar.step == 0)


def test_a_film_waits_for_views_that_are_not_yet_drawn(
    qtbot: QtBot, session: Session, appearance: Appearance, settings: Any
) -> None:
    drawing = [True]
    context = WindowContext(Document(circles()), session, FrameClock(session), appearance, settings)
    bar = RewindBar(context, lambda: drawing[0])
    qtbot.addWidget(bar)
    bar.resize(700, 40)
    rewound: list[int] = []
    session.rewound.connect(rewound.append)
    session.train(circles(epochs=ENDLESS))
    qtbot.waitUntil(lambda: session.state is TRAINING and len(bar._steps) >= 8)
    session.pause()
    qtbot.waitUntil(lambda: session.state is PAUSED)
    film = bar.findChild(QToolButton, "film_button")
    assert film is not None
    qtbot.mouseClick(film, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: rewound == [1])
    qtbot.wait(3 * FRAME_MS)
    assert rewound == [1]
    drawing[0] = False
    qtbot.waitUntil(lambda: len(rewound) >= 3)
    assert rewound[:3] == list(bar._steps[:3])
    qtbot.mouseClick(film, Qt.MouseButton.LeftButton)
