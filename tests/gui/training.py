"""Small projects that train in milliseconds, and a session whose words are noted."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np
from PySide6.QtCore import QObject, Slot

from nnviz.core.datasets.base import Dataset, DatasetSpec, LoadCancelled, LoadContext
from nnviz.core.datasets.chapter_linear import ChapterLinear
from nnviz.core.datasets.circles import Circles
from nnviz.core.datasets.digits import Digits
from nnviz.core.layers._recurrent import RecurrentSpec
from nnviz.core.layers.dense import Dense
from nnviz.core.layers.dropout import Dropout
from nnviz.core.layers.flatten import Flatten
from nnviz.core.layers.relu import ReLU
from nnviz.core.layers.tanh import Tanh
from nnviz.core.mailbox import Mail
from nnviz.core.network import NetworkSpec
from nnviz.core.presets import PRESETS
from nnviz.core.reading import Question, Reading
from nnviz.core.shape import Shape
from nnviz.core.snapshot import Failure, History
from nnviz.core.training.losses.mean_squared_error import MeanSquaredError
from nnviz.core.training.optimisers.adam import Adam
from nnviz.core.training.optimisers.gradient_descent import GradientDescent
from nnviz.core.training.spec import TrainingSpec
from nnviz.gui.document import Project
from nnviz.gui.frame_clock import FrameClock
from nnviz.gui.session import Session, SessionState

ENDLESS = 100_000
"""Epochs that no test waits for."""

BAR = Question(strokes=(np.array([[200.0, 60.0], [200.0, 340.0]]),))
"""A one."""

CIRCLES_PER_EPOCH = 19
"""600 training points in batches of 32."""


def circles(**training: Any) -> Project:
    """2-8-2 on two circles."""
    settings = {"optimiser": Adam(learning_rate=0.01), "batch_size": 32, "epochs": 2}
    network = NetworkSpec(input_shape=Shape((2,)), layers=(Dense(units=8), Tanh(), Dense(units=2)))
    return Project("Small classifier", network, Circles(), TrainingSpec(**(settings | training)))


def digits(**training: Any) -> Project:
    """64-32-10 with dropout on the scanned digits: its result depends on every random number that is drawn."""
    settings = {"optimiser": Adam(learning_rate=0.005), "batch_size": 64, "epochs": 2}
    layers = (Flatten(), Dense(units=32), ReLU(), Dropout(rate=0.2), Dense(units=10))
    network = NetworkSpec(input_shape=Shape((1, 8, 8)), layers=layers)
    return Project("Small digit reader", network, Digits(), TrainingSpec(**(settings | training)))


def linear(learning_rate: float = 0.01, **training: Any) -> Project:
    """2-5-1 without any sigmoid on the chapter's linear function."""
    settings = {
        "optimiser": GradientDescent(learning_rate=learning_rate),
        "loss": MeanSquaredError(),
        "batch_size": 100,
    }
    network = NetworkSpec(input_shape=Shape((2,)), layers=(Dense(units=5), Dense(units=1)))
    return Project("Small regression", network, ChapterLinear(), TrainingSpec(**(settings | {"steps": 300} | training)))


def diverging(**training: Any) -> Project:
    """A run whose loss soon is no finite number, and that would go on for ever."""
    return linear(learning_rate=10.0, steps=10**8, **training)


@dataclass(frozen=True, kw_only=True)
class NeverLoaded(DatasetSpec):
    """Loads until it is told to give up. Not registered: no other test can meet it."""

    title = "Never loaded"
    entered: ClassVar[threading.Event] = threading.Event()
    left: ClassVar[threading.Event] = threading.Event()

    @property
    def classes(self) -> tuple[str, ...]:
        return ("orange", "blue")

    @property
    def input_shape(self) -> Shape:
        return Shape((2,))

    def load(self, context: LoadContext) -> Dataset:
        self.left.clear()
        self.entered.set()
        pulse = threading.Event()
        while not context.cancelled():
            context.progress("Waiting", 1, 2)
            pulse.wait(0.002)
        self.left.set()
        raise LoadCancelled("given up")


def never_loaded() -> Project:
    NeverLoaded.entered.clear()
    return replace(circles(), title="Never loaded", dataset=NeverLoaded())


def plain_history(project: Project) -> History:
    """The curves that training without any window gives."""
    trainer = plain_trainer(project)
    for _ in trainer.steps():
        pass
    return trainer.take_history()


def plain_trainer(project: Project) -> Any:
    from nnviz.core.training.trainer import Trainer

    return Trainer(project.network, project.training, project.dataset.load(LoadContext()), "cpu")


class NotingClock(FrameClock):
    """Keeps all that reached the window of the run that is shown."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._noted = History()
        self.mail_arrived.connect(self._on_mail_noted)
        self.curves_cleared.connect(self._on_cleared)

    def history(self) -> History:
        return self._noted

    @Slot(object)
    def _on_mail_noted(self, mail: Mail) -> None:
        self._noted += mail.history

    @Slot()
    def _on_cleared(self) -> None:
        self._noted = History()


class Notes(QObject):
    """What a session said, in order."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.states: list[SessionState] = []
        self.sentences: list[str] = []
        self.failures: list[Failure] = []
        self.data_failures: list[Failure] = []
        self.readings: list[Reading] = []
        self.runs: list[Project] = []
        session.state_changed.connect(self._on_state_changed)
        session.said.connect(self._on_said)
        session.failed.connect(self._on_failed)
        session.data_failed.connect(self._on_data_failed)
        session.reading_ready.connect(self._on_reading_ready)
        session.run_started.connect(self._on_run_started)

    @Slot(object)
    def _on_state_changed(self, state: SessionState) -> None:
        self.states.append(state)

    @Slot(str)
    def _on_said(self, sentence: str) -> None:
        self.sentences.append(sentence)

    @Slot(object)
    def _on_failed(self, failure: Failure) -> None:
        self.failures.append(failure)

    @Slot(object)
    def _on_data_failed(self, failure: Failure) -> None:
        self.data_failures.append(failure)

    @Slot(object)
    def _on_reading_ready(self, reading: Reading) -> None:
        self.readings.append(reading)

    @Slot(object)
    def _on_run_started(self, project: Project) -> None:
        self.runs.append(project)


def preset_project(name: str) -> Project:
    """A preset as a project."""
    preset = PRESETS[name]
    return Project(preset.title, preset.network, preset.dataset, preset.training)


def switch_with(layer: RecurrentSpec) -> Project:
    """The on-off switch with another recurrent layer."""
    project = preset_project("on_off_memory")
    layers = (project.network.layers[0], layer, project.network.layers[2])
    return replace(project, title="Switch", network=project.network.replace(layers=layers))
