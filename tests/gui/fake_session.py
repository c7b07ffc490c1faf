"""A session without threads: it notes what it was told, and the test plays the answers."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject

from nnviz.core.ink import MNIST
from nnviz.core.mailbox import Mailbox
from nnviz.core.project import ProjectFile
from nnviz.core.reading import Question
from nnviz.gui.document import Project
from nnviz.gui.screen_turn import ScreenTurn
from nnviz.gui.session import Session, SessionState


class FakeSession(Session):
    def __init__(self, parent: QObject | None = None) -> None:
        # Session's own constructor would start two threads.
        QObject.__init__(self, parent)
        self.mailbox = Mailbox()
        self.screen_turn = ScreenTurn()
        self.recipe = MNIST
        self.state = SessionState.IDLE
        self.run_project = None
        self.run_number = 0
        self._wanted = None
        self._data_dir = None
        self._runs_dir = None
        self.run_folder = None
        self.follows_weights = False
        self._to_resume = None
        self.calls: list[tuple[object, ...]] = []
        self.devices = [("auto", "Automatic")]

    def become(self, state: SessionState) -> None:
        self.state = state
        self.state_changed.emit(state)

    def train(self, project: Project) -> None:
        self.calls.append(("train", project))

    def restart(self, project: Project, *, keep_learned: bool) -> None:
        self.calls.append(("restart", project, keep_learned))

    def resume(self, file: ProjectFile) -> None:
        self.calls.append(("resume", file))

    def collect(self, token: str) -> None:
        self.calls.append(("collect", token))

    def step_batch(self, project: Project) -> None:
        self.calls.append(("step_batch", project))

    def step_epoch(self, project: Project) -> None:
        self.calls.append(("step_epoch", project))

    def pause(self) -> None:
        self.calls.append(("pause",))

    def stop(self) -> None:
        self.calls.append(("stop",))

    def reset(self) -> None:
        self.calls.append(("reset",))

    def device_choices(self) -> list[tuple[str, str]]:
        return self.devices

    def set_device(self, name: str) -> None:
        self.calls.append(("set_device", name))

    def read(self, question: Question) -> int:
        self.calls.append(("read", question))
        return len(self.calls)

    def compare_with(self, file: ProjectFile | None) -> None:
        self.calls.append(("compare_with", file))

    def give_way(self) -> None:
        self.calls.append(("give_way",))

    def follow_weights(self, wanted: bool) -> None:
        self.follows_weights = wanted

    def set_data_dir(self, folder: Path | None) -> None:
        self.calls.append(("set_data_dir", folder))
