"""What RBMs make of a drawing, beside the strip: from the mouse to the real desk and back."""

from __future__ import annotations

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from nnviz.core.asked import Weights
from nnviz.core.datasets.base import LoadContext
from nnviz.core.project import ProjectFile
from nnviz.core.rbm.memory import Memory
from nnviz.core.reading import Question, Reading, preparations
from nnviz.core.snapshot import Failure
from nnviz.core.training.checkpoint import save_checkpoint
from nnviz.core.training.make_trainer import make_trainer
from nnviz.gui.document import Project
from nnviz.gui.draw.remembered import RememberedDrawing
from nnviz.gui.draw.workspace import DrawWorkspace
from nnviz.gui.reading_desk import ReadingDesk, RunNetwork, RunWeights
from nnviz.gui.style.theme import DARK, LIGHT
from tests.gui.draw.pointer import AskedSession, draw
from tests.gui.training import BAR, preset_project

FULL = Question(strokes=BAR.strokes, layers=True, stages=True)


def memory(**changes: object) -> Memory:
    rng = np.random.default_rng(1)
    found: dict[str, object] = {
        "network": "RBM 784-256",
        "steps": 1200,
        "machines": 1,
        "seen": np.ones((28, 28), np.float32),
        "reconstruction": rng.random((28, 28)).astype(np.float32),
        "free_energy": -116.42,
        "shuffled": -30.1,
    }
    return Memory(**(found | changes))  # type: ignore[arg-type]


def test_it_says_how_probable_the_drawing_is(qtbot: QtBot) -> None:
    view = RememberedDrawing()
    qtbot.addWidget(view)
    view.show_memory(memory())
    assert view.lines() == (
        "Reconstruction",
        "free energy −116.4 nats",  # noqa: RUF001
        "86.3 nats more probable than its pixels shuffled",
        "RBM 784-256, after 1,200 steps",
    )
    view.show_memory(memory(machines=3, shuffled=-120.0))
    assert view.lines()[0] == "Reconstruction through 3 RBMs"
    assert view.lines()[2] == "3.6 nats less probable than its pixels shuffled"
    assert "free energy" in view.accessibleDescription()


@pytest.mark.parametrize("theme", [LIGHT, DARK, LIGHT.for_projector()], ids=["light", "dark", "projector"])
def test_it_paints_the_reconstruction(qtbot: QtBot, theme: object) -> None:
    view = RememberedDrawing()
    qtbot.addWidget(view)
    view.set_theme(theme)  # type: ignore[arg-type]
    view.resize(300, 130)
    empty = view.grab().toImage()
    picture = np.zeros((2, 2), np.float32)
    picture[0, 0] = 1
    view.show_memory(memory(reconstruction=picture))
    painted = view.grab().toImage()
    assert painted != empty
    box = view.picture_rect()
    quarter = box.width() / 4
    ink, paper = (painted.pixelColor(round(x), round(quarter)) for x in (quarter, 3 * quarter))
    assert abs(ink.lightness() - paper.lightness()) > 150


def run_of(project: Project, steps: int) -> RunNetwork:
    trainer = make_trainer(project.network, project.training, project.dataset.load(LoadContext(download=False)), "cpu")
    going = trainer.steps()
    for _ in range(steps):
        next(going)
    weights = save_checkpoint(trainer).weights
    file = ProjectFile(
        project.title, project.network, project.dataset, project.training, weights, numbers={"step": steps}
    )
    return RunNetwork(1, file)


def test_the_desk_asks_the_runs_machines_though_the_bundled_network_answers(qtbot: QtBot) -> None:
    desk = ReadingDesk()
    readings: list[Reading] = []
    failures: list[Failure] = []
    desk.answered.connect(readings.append)
    desk.failed.connect(failures.append)
    desk.warm_up()
    desk.read(1, FULL)
    assert readings[-1].memory is None
    run = run_of(preset_project("rbm_digits"), 20)
    desk.take_run(run)
    desk.read(2, FULL)
    found = readings[-1].memory
    assert found is not None
    assert found.reconstruction.shape == (8, 8)
    assert readings[-1].answers[0].bundled
    # The pen moves: only the answer is wanted.
    desk.read(3, BAR)
    assert readings[-1].memory is None
    newer = {name: array * 0.5 for name, array in run.file.weights.items()}
    desk.take_weights(RunWeights(1, Weights(50, newer)))
    desk.read(4, FULL)
    later = readings[-1].memory
    assert later is not None
    assert later.steps == 50
    assert later.free_energy != found.free_energy
    desk.forget_run(1)
    desk.read(5, FULL)
    assert readings[-1].memory is None
    assert failures == []


def test_it_stands_beside_the_strip_while_a_machine_is_there(
    qtbot: QtBot, workspace: DrawWorkspace, fake_session: AskedSession
) -> None:
    assert workspace.remembered.isHidden()
    fake_session.run_project = preset_project("rbm_784_256")
    fake_session.run_started.emit(fake_session.run_project)
    assert workspace.remembered.isVisible()
    draw(workspace.pad)
    qtbot.waitUntil(lambda: any(question.stages for question in fake_session.questions))
    number = next(n for n, question in enumerate(fake_session.questions, start=1) if question.stages)
    (whole,), _ = preparations(fake_session.questions[number - 1])
    fake_session.reading_ready.emit(Reading(number, whole, (), memory=memory()))
    assert workspace.remembered.memory is not None
    assert workspace.strip.geometry().right() < workspace.remembered.geometry().left()
    workspace.pad.clear()
    assert workspace.remembered.memory is None
    fake_session.run_project = None
    fake_session.run_forgotten.emit()
    assert workspace.remembered.isHidden()
