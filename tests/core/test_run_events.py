"""What is marked on the curves of real small trainings, against what the trainer itself knows."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import load, save

from nnviz.core.datasets.base import LoadContext
from nnviz.core.earlier_runs import earlier_runs
from nnviz.core.kept_history import KeptHistory
from nnviz.core.presets import PRESETS
from nnviz.core.project import ProjectError, ProjectFile, load_project, save_project
from nnviz.core.rate_watch import MOST, RateWatch
from nnviz.core.run_curves import RunCurves
from nnviz.core.run_events import EventKind, RunEvent, run_events
from nnviz.core.runs import RunFolder, RunSummary
from nnviz.core.snapshot import History
from nnviz.core.training.losses.mean_squared_error import MeanSquaredError
from nnviz.core.training.optimisers.adam import Adam
from nnviz.core.training.schedules.constant_rate import ConstantRate
from nnviz.core.training.schedules.cosine import Cosine
from nnviz.core.training.schedules.one_cycle import OneCycle
from nnviz.core.training.schedules.step_decay import StepDecay
from nnviz.core.training.spec import TrainingSpec
from nnviz.core.training.trainer import Trainer

PRESET = PRESETS["2d_classifier"]
DATA = PRESET.dataset.load(LoadContext(download=False))


def trained(**training: Any) -> tuple[Trainer, RunCurves, History]:
    settings = {"optimiser": Adam(learning_rate=0.02), "batch_size": 32, "epochs": 4}
    trainer = Trainer(PRESET.network, TrainingSpec(**(settings | training)), DATA, "cpu")
    curves, kept = RunCurves(), KeptHistory()

    def take() -> None:
        stretch = trainer.take_history()
        curves.append(stretch)
        kept.append(stretch)

    for step in trainer.steps():
        if step.number % 7 == 0:
            take()
    take()
    return trainer, curves, kept.history()


def of_kind(events: tuple[RunEvent, ...], kind: EventKind) -> list[tuple[int, float]]:
    return [(event.step, pytest.approx(event.value, rel=1e-5)) for event in events if event.kind is kind]


def test_a_rate_that_falls_by_steps_leaps() -> None:
    trainer, curves, _ = trained(schedule=StepDecay(stages=4, factor=0.5))
    length = trainer.total_steps // 4
    assert trainer.total_steps == 76
    events = run_events(curves, trainer.training)
    # The scheduler is stepped behind each batch: the first step of stage n is number n * length + 1.
    assert of_kind(events, EventKind.RATE_CHANGED) == [
        (length + 1, 0.01),
        (2 * length + 1, 0.005),
        (3 * length + 1, 0.0025),
    ]


@pytest.mark.parametrize("schedule", [ConstantRate(), Cosine()])
def test_a_rate_that_stays_or_glides_does_not_leap(schedule: object) -> None:
    trainer, curves, _ = trained(schedule=schedule)
    kinds = {event.kind for event in run_events(curves, trainer.training)}
    assert kinds == {EventKind.BEST}


def test_one_cycle_is_highest_where_it_turns() -> None:
    trainer, curves, history = trained(schedule=OneCycle())
    assert len(history.rates) == trainer.total_steps
    highest = int(history.rate_steps[np.argmax(history.rates)])
    events = run_events(curves, trainer.training)
    assert [event.step for event in events if event.kind is EventKind.RATE_HIGHEST] == [highest]
    assert of_kind(events, EventKind.RATE_CHANGED) == []


def test_best_and_early_stop_are_those_of_the_trainer() -> None:
    trainer, curves, _ = trained(epochs=200, validate_every=10, early_stopping=4, optimiser=Adam(learning_rate=0.1))
    assert trainer.stopped_early
    events = run_events(curves, trainer.training)
    assert of_kind(events, EventKind.BEST) == [(trainer.best.step, trainer.best.loss)]
    assert [event.step for event in events if event.kind is EventKind.STOPPED_EARLY] == [trainer.step]
    assert [event.step for event in events] == sorted(event.step for event in events)


def test_without_patience_nothing_stops_early() -> None:
    curves = RunCurves()
    steps, losses = np.arange(1, 6), np.array([1.0, 0.5, 0.6, 0.7, 0.8], np.float32)
    empty = History()
    curves.append(History(empty.steps, empty.loss, empty.accuracy, steps, losses, losses))
    kinds = [event.kind for event in run_events(curves, TrainingSpec())]
    assert kinds == [EventKind.BEST]
    stopped = run_events(curves, TrainingSpec(early_stopping=3))
    assert [event.step for event in stopped if event.kind is EventKind.STOPPED_EARLY] == [5]
    assert len(run_events(curves, TrainingSpec(early_stopping=4))) == 1


def test_no_curves_no_events() -> None:
    assert run_events(RunCurves(), TrainingSpec(early_stopping=1)) == ()


def test_a_run_that_goes_on_says_its_rate_again_and_a_rate_by_hand_is_a_leap() -> None:
    watch = RateWatch()
    watch.append(np.array([1]), np.array([0.1], np.float32))
    watch.append(np.array([50]), np.array([0.1], np.float32))
    assert watch.leaps == []
    watch.append(np.array([80]), np.array([0.01], np.float32))
    assert [(leap.step, leap.before, leap.after) for leap in watch.leaps] == [
        (80, pytest.approx(0.1), pytest.approx(0.01))
    ]


def test_leaps_are_kept_in_bounded_memory() -> None:
    watch = RateWatch()
    steps = np.arange(1, 10_000, 10)
    watch.append(steps, np.linspace(1, 2, len(steps)).astype(np.float32))
    assert len(watch.leaps) == MOST


def test_rates_are_kept_in_the_file_and_may_be_missing_there(tmp_path: Path) -> None:
    trainer, _, history = trained(schedule=StepDecay(stages=2))
    project = ProjectFile("Run", PRESET.network, PRESET.dataset, trainer.training, history=history)
    path = tmp_path / "run.nnviz"
    save_project(path, project)
    history = load_project(path).history
    assert history.rate_steps.tolist() == [1, 39]
    assert history.rates.tolist() == pytest.approx([0.02, 0.002])

    def rewritten(change: Any) -> None:
        import zipfile

        with zipfile.ZipFile(path) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
        arrays = load(members["history.safetensors"])
        change(arrays)
        members["history.safetensors"] = save(arrays)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
            for name, content in members.items():
                archive.writestr(name, content)

    rewritten(lambda arrays: arrays.update(rates=arrays["rates"][:1]))
    with pytest.raises(ProjectError, match="learning rates have different lengths"):
        load_project(path)
    rewritten(lambda arrays: [arrays.pop(name) for name in ("rates", "rate_steps")])
    old = load_project(path).history
    assert len(old.rates) == len(old.rate_steps) == 0
    assert old.steps.tolist() == history.steps.tolist()


def keep(folder: Path, id_: str, project: ProjectFile, **summary: Any) -> None:
    run = RunFolder(folder / id_)
    values = {"title": project.title, "dataset": project.dataset.display_title, "learning_rate": 0.02}
    run.write_summary(RunSummary(**(values | summary)))
    run.write_project(project)


def test_earlier_runs_are_the_newest_ones_of_the_same_kind(tmp_path: Path) -> None:
    trainer, curves, history = trained()
    like = ProjectFile("Run", PRESET.network, PRESET.dataset, trainer.training, history=history)
    other_data = replace(like, dataset=PRESETS["few_points"].dataset)
    other_loss = replace(like, training=trainer.training.replace(loss=MeanSquaredError()))
    keep(tmp_path, "1", like, name="The first")
    keep(tmp_path, "2", other_data)
    keep(tmp_path, "3", other_loss)
    keep(tmp_path, "4", replace(like, history=History()))
    keep(tmp_path, "5", like)
    keep(tmp_path, "6", like)
    (tmp_path / "7").mkdir()
    (tmp_path / "7" / "run.json").write_text((tmp_path / "6" / "run.json").read_text())
    assert [(run.id, run.name) for run in earlier_runs(tmp_path, like, 5)] == [
        ("6", "Run"),
        ("5", "Run"),
        ("1", "The first"),
    ]
    assert [run.id for run in earlier_runs(tmp_path, like, 1)] == ["6"]
    assert [run.id for run in earlier_runs(tmp_path, like, 2, without="6")] == ["5", "1"]
    (run,) = earlier_runs(tmp_path, like, 1)
    assert run.curves.loss.last_step == curves.loss.last_step
    assert run.learning_rate == 0.02
    assert earlier_runs(tmp_path / "nowhere", like, 5) == ()


def test_curves_are_read_without_weights(tmp_path: Path) -> None:
    trainer, _, history = trained()
    weights = {name: tensor.detach().numpy() for name, tensor in trainer.model.state_dict().items()}
    project = ProjectFile("Run", PRESET.network, PRESET.dataset, trainer.training, weights, history=history)
    run = RunFolder(tmp_path / "run")
    run.write_project(project)
    assert run.project().weights.keys() == weights.keys()
    assert run.curves().weights == {}
    assert run.curves().history.loss.tolist() == history.loss.tolist()
