"""Runs on the disk: kept while they are trained, thinned, read with mistrust, and taken back exactly."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from nnviz.core.probes import ProbeContext
from nnviz.core.project import ProjectFile
from nnviz.core.run_recorder import RunRecorder
from nnviz.core.runs import RunError, RunFolder, RunSummary, find_runs, new_run, wanted_steps
from nnviz.core.snapshot import History
from nnviz.core.training.checkpoint import save_checkpoint
from nnviz.core.training.rewind import Rewinder
from nnviz.core.training.trainer import Trainer
from tests.gui.training import circles, digits, plain_trainer


@given(st.integers(1, 10**7), st.integers(1, 120))
def test_wanted_steps_are_few_ordered_and_reach_the_end(total: int, most: int) -> None:
    steps = wanted_steps(total, most)
    assert len(steps) == min(total, most)
    assert all(earlier < later for earlier, later in pairwise(steps))
    assert steps[-1] == total
    assert steps[0] == 1 or most == 1
    assert all(1 <= step <= total for step in steps)


def test_dense_at_first_and_thinner_later() -> None:
    gaps = np.diff(wanted_steps(20_000, 60))
    assert gaps[0] == 1
    assert (np.diff(gaps) >= -1).all()
    assert gaps[-1] > 1000


def state_of(trainer: Trainer) -> ProjectFile:
    project = digits()
    checkpoint = save_checkpoint(trainer)
    return ProjectFile(
        "T",
        project.network,
        project.dataset,
        project.training,
        checkpoint.weights,
        checkpoint.state,
        checkpoint.numbers,
    )


def read(trainer: Trainer) -> dict[str, np.ndarray]:
    context = ProbeContext(trainer, None)  # type: ignore[arg-type]
    found = {}
    for layer in context.layer_names:
        for learned in context.learned(layer):
            for kind in ("value", "gradient", "update"):
                found[f"{layer} {learned.name} {kind}"] = getattr(learned, kind).numpy().copy()
    return found


def test_a_step_is_made_again_exactly_as_it_was(tmp_path: Path) -> None:
    # With dropout, shuffling and Adam: all that could go another way.
    project = digits(steps=60, validate_every=7)
    trainer = plain_trainer(project)
    trainer.keeps_weights = True
    folder, seen = RunFolder(tmp_path / "run"), {}
    for step in trainer.steps():
        if step.phase == "train" and step.number in (1, 2, 8, 22, 45):
            seen[step.number] = read(trainer)
        if trainer.step + 1 in (1, 2, 8, 22, 45) and not trainer.validation_is_due:
            folder.write_before_step(trainer.step + 1, state_of(trainer))
    # Step 1 is before the first one that was seen.
    first = plain_trainer(project)
    folder.write_before_step(1, state_of(first))
    assert folder.steps() == [1, 2, 8, 22, 45]
    rewinder = Rewinder(replace(state_of(trainer), training=project.training), trainer_data(project), "cpu")
    before = torch.get_rng_state()
    for step in (45, 2, 22, 1, 8):
        again = read(rewinder.make_again(folder.before_step(step)))
        assert again.keys() == seen[step].keys()
        for name, value in seen[step].items():
            np.testing.assert_array_equal(again[name], value, err_msg=f"step {step}: {name}")
    assert torch.equal(torch.get_rng_state(), before), "the training that goes on keeps its random numbers"


def trainer_data(project: object) -> object:
    from nnviz.core.datasets.base import LoadContext

    return project.dataset.load(LoadContext())  # type: ignore[attr-defined]


def small_state(step: int) -> ProjectFile:
    project = circles()
    weights = {"w": np.full(1000, step, np.float32)}
    return ProjectFile("T", project.network, project.dataset, project.training, weights, numbers={"step": step - 1})


def test_a_recorder_keeps_states_within_bounds(tmp_path: Path) -> None:
    folder = new_run(tmp_path)
    recorder = RunRecorder(folder, RunSummary("T", total_steps=500, began=1.0), most_steps=10)
    kept = []
    step = 0
    while (wanted := recorder.next_wanted(step + 1)) != -1:
        step = wanted
        recorder.keep_before(step, small_state(step))
        kept.append(step)
        assert step in recorder.steps()
        assert recorder.before_step(step).weights["w"][0] == step
    recorder.end("finished", small_state(500))
    recorder.close(wait=True)
    assert recorder.failure == ""
    assert set(folder.steps()) <= set(kept)
    assert len(folder.steps()) <= 10
    assert folder.summary().state == "finished"
    ((found, summary),) = find_runs(tmp_path)
    assert (found.id, summary.title, summary.total_steps) == (folder.id, "T", 500)


def test_on_a_slow_disk_states_are_left_out_before_they_fill_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nnviz.core.run_recorder.WAITING_BYTES", 3 * 4000)
    folder, may_go_on = new_run(tmp_path), threading.Event()
    monkeypatch.setattr(RunFolder, "write_summary", lambda self, summary: may_go_on.wait(30))
    recorder = RunRecorder(folder, RunSummary("T", total_steps=50))
    for step in range(1, 11):
        recorder.keep_before(step, small_state(step))
    assert recorder.steps() == (1, 2, 3)
    may_go_on.set()
    recorder.close(wait=True)
    assert folder.steps() == [1, 2, 3]


def test_thinning_keeps_the_ends_and_the_bytes(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path / "run")
    for step in range(1, 13):
        folder.write_before_step(step, small_state(step))
    size = (tmp_path / "run" / "steps" / "000000001.nnviz").stat().st_size
    folder.thin(100, int(6.5 * size))
    assert len(folder.steps()) == 6
    assert folder.steps()[0] == 1
    assert folder.steps()[-1] == 12
    gaps = np.diff(np.log(folder.steps()))
    assert gaps.max() / gaps.min() < 4, "the crowded ones went"


def test_name_and_notes_survive_a_run_that_is_under_way(tmp_path: Path) -> None:
    folder = new_run(tmp_path)
    recorder = RunRecorder(folder, RunSummary("T"))
    recorder.close(wait=True)
    folder.write_summary(replace(folder.summary(), name="Mine", notes="better"))
    recorder = RunRecorder(folder, RunSummary("T", step=5))
    recorder.close(wait=True)
    assert (folder.summary().name, folder.summary().notes, folder.summary().step) == ("Mine", "better", 5)


def test_a_disk_that_cannot_be_written_is_said_and_nothing_else_happens(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    recorder = RunRecorder(RunFolder(tmp_path / "file" / "run"), RunSummary("T"))
    recorder.keep_before(1, small_state(1))
    recorder.close(wait=True)
    assert "run" in recorder.failure
    assert "Errno" not in recorder.failure


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"title": 3}', "not json", '{"title": "T", "step": -5, "state": 7, "began": "x", "loss": NaN}'],
)
def test_a_damaged_summary_is_an_error_or_what_can_be_read(tmp_path: Path, text: str) -> None:
    folder = tmp_path / "run"
    folder.mkdir()
    (folder / "run.json").write_text(text)
    if "T" in text:
        assert RunFolder(folder).summary() == RunSummary("T")
        return
    with pytest.raises(RunError, match=r"run\.json"):
        RunFolder(folder).summary()
    assert list(find_runs(tmp_path)) == []


def test_what_the_curves_say() -> None:
    nan = np.float32(np.nan)
    history = History(
        np.array([1, 2]),
        np.array([2.0, 1.5], np.float32),
        np.array([0.1, nan], np.float32),
        np.array([1, 2]),
        np.array([1.0, 1.25], np.float32),
        np.array([0.5, 0.75], np.float32),
    )
    summary = RunSummary("T").with_history(history)
    assert (summary.step, summary.loss, summary.validation_loss, summary.validation_accuracy) == (2, 1.5, 1.0, 0.75)
    assert RunSummary("T").with_history(History()).validation_loss is None


def test_a_run_is_deleted_whole(tmp_path: Path) -> None:
    folder = new_run(tmp_path)
    folder.write_summary(RunSummary("T"))
    folder.write_before_step(1, small_state(1))
    assert folder.size_bytes() > 4000
    folder.delete()
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(RunError, match="cannot be deleted"):
        folder.delete()


def test_the_summary_is_plain_json(tmp_path: Path) -> None:
    folder = new_run(tmp_path, began=0.0)
    folder.write_summary(RunSummary("T", validation_accuracy=0.5))
    assert json.loads((folder.path / "run.json").read_text())["validation_accuracy"] == 0.5
    assert folder.id[:10] in ("1970-01-01", "1969-12-31")
