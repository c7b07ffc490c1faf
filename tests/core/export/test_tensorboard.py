"""Event files, read back record by record with their checksums, as TensorBoard does."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnviz.core.export import tensorboard
from nnviz.core.export.tensorboard import FILE, TELL_EVERY, ExportCancelledError, write_events, write_run
from nnviz.core.export.writing import ExportError
from nnviz.core.presets import PRESETS
from nnviz.core.project import ProjectFile
from nnviz.core.runs import RunFolder, RunSummary
from nnviz.core.snapshot import History
from nnviz.core.training.schedules.one_cycle import OneCycle

pytest.importorskip("tensorboardX", reason='the extra "tensorboard" is not installed')

NAN = np.nan

HISTORY = History(
    steps=np.array([1, 2, 3, 4], np.int64),
    loss=np.array([2.5, 0.1, NAN, 1e-7], np.float32),
    accuracy=np.array([0.25, NAN, NAN, 1.0], np.float32),
    validation_steps=np.array([2, 4], np.int64),
    validation_loss=np.array([0.5, 0.125], np.float32),
    validation_accuracy=np.array([0.75, 1.0], np.float32),
)


def project(history: History = HISTORY, **training: Any) -> ProjectFile:
    preset = PRESETS["2d_classifier"]
    return ProjectFile(
        "A | network", preset.network, preset.dataset, preset.training.replace(**training), {}, {}, {}, history
    )


def events_of(path: Path) -> list[Any]:
    """The events of a file: length, its checksum, the message, its checksum."""
    from tensorboardX.proto.event_pb2 import Event
    from tensorboardX.record_writer import masked_crc32c

    found, content = [], path.read_bytes()
    while content:
        (length,) = struct.unpack("<Q", content[:8])
        message = content[12 : 12 + length]
        assert struct.unpack("<I", content[8:12])[0] == masked_crc32c(content[:8])
        assert struct.unpack("<I", content[12 + length : 16 + length])[0] == masked_crc32c(message)
        found.append(Event.FromString(message))
        content = content[16 + length :]
    return found


def scalars_of(events: list[Any]) -> dict[str, list[tuple[int, float]]]:
    found: dict[str, list[tuple[int, float]]] = {}
    for event in events:
        for value in event.summary.value:
            if value.WhichOneof("value") == "simple_value":
                found.setdefault(value.tag, []).append((event.step, value.simple_value))
    return found


def plugin_values(events: list[Any], plugin: str) -> Iterator[Any]:
    for event in events:
        for value in event.summary.value:
            if value.metadata.plugin_data.plugin_name == plugin:
                yield value


def exactly(values: Any) -> list[float]:
    """As numbers of single precision."""
    return np.array(values, np.float32).tolist()


def test_what_was_measured_stands_at_its_step(tmp_path: Path) -> None:
    path = tmp_path / "run.tfevents"
    write_events(path, project())
    events = events_of(path)
    assert events[0].file_version == "brain.Event:2"
    found = scalars_of(events)
    assert found == {
        "loss/training": list(zip([1, 2, 4], exactly([2.5, 0.1, 1e-7]), strict=True)),
        "accuracy/training": [(1, 0.25), (4, 1.0)],
        "loss/validation": [(2, 0.5), (4, 0.125)],
        "accuracy/validation": [(2, 0.75), (4, 1.0)],
        "learning_rate": list(zip([1, 4], exactly([0.01, 0.01]), strict=True)),
    }
    steps = [event.step for event in events]
    assert steps == sorted(steps)
    assert [file.name for file in tmp_path.iterdir()] == ["run.tfevents"]


def test_a_rate_that_leaps_is_level_between_its_leaps(tmp_path: Path) -> None:
    history = replace(HISTORY, rate_steps=np.array([1, 3, 4], np.int64), rates=np.array([0.5, 0.25, 0.125], np.float32))
    write_events(tmp_path / "run.tfevents", project(history))
    rates = scalars_of(events_of(tmp_path / "run.tfevents"))["learning_rate"]
    assert rates == [(1, 0.5), (2, 0.5), (3, 0.25), (4, 0.125)]


def test_a_rate_that_is_not_known_is_not_written(tmp_path: Path) -> None:
    write_events(tmp_path / "run.tfevents", project(schedule=OneCycle()))
    assert "learning_rate" not in scalars_of(events_of(tmp_path / "run.tfevents"))


def test_settings_are_a_table_and_hyperparameters(tmp_path: Path) -> None:
    from tensorboardX.proto.plugin_hparams_pb2 import HParamsPluginData

    summary = RunSummary("A | network", name="best\nof all", device="cpu", began=1000.0, seconds=8.0)
    write_events(tmp_path / "run.tfevents", project(batch_size=17), summary)
    events = events_of(tmp_path / "run.tfevents")
    (text,) = plugin_values(events, "text")
    lines = text.tensor.string_val[0].decode().splitlines()
    assert lines[:4] == ["| Setting | Value |", "|---|---|", "| Network | A \\| network |", "| Run | best of all |"]
    assert "| Training: Batch size | 17 |" in lines
    assert "| Device | cpu |" in lines
    parts = [
        HParamsPluginData.FromString(value.metadata.plugin_data.content) for value in plugin_values(events, "hparams")
    ]
    (start,) = (part.session_start_info for part in parts if part.HasField("session_start_info"))
    assert start.hparams["Training: Batch size"].number_value == 17
    assert start.hparams["Optimiser: Learning rate"].number_value == 0.01
    assert start.hparams["Optimiser: Kind"].string_value == "Adam"
    (experiment,) = (part.experiment for part in parts if part.HasField("experiment"))
    tags = {metric.name.tag for metric in experiment.metric_infos}
    assert tags == {"loss/training", "accuracy/training", "loss/validation", "accuracy/validation"}
    # Four steps in eight seconds.
    assert {event.step: event.wall_time for event in events} == {0: 1000.0, 1: 1002.0, 2: 1004.0, 4: 1008.0}


def kept_run(folder: Path, history: History = HISTORY, **summary: Any) -> RunFolder:
    run = RunFolder(folder / "2026-01-02_03-04-05_abcdef")
    run.write_summary(RunSummary("A | network", **summary))
    file = project(history)
    weights = {name: tensor.numpy() for name, tensor in file.network.build(0).state_dict().items()}
    run.write_project(replace(file, weights=weights))
    return run


def test_a_kept_run_gets_a_folder_of_its_own_and_is_replaced(tmp_path: Path) -> None:
    run = kept_run(tmp_path / "runs", name="First / try")
    logs = tmp_path / "logs"
    target = write_run(run, logs)
    assert target == logs / "First-try_2026-01-02_03-04-05_abcdef"
    assert write_run(run, logs) == target
    assert [file.name for file in target.iterdir()] == [FILE]
    assert len(scalars_of(events_of(target / FILE))["loss/training"]) == 3


def test_it_tells_how_far_it_is_and_can_be_given_up(tmp_path: Path) -> None:
    count = 2 * TELL_EVERY + 7
    steps = np.arange(1, count + 1)
    none = np.empty(0, np.float32)
    values = np.full(count, 0.5, np.float32)
    long = History(steps, values, values, np.empty(0, np.int64), none, none)
    told: list[tuple[int, int]] = []
    run, logs = kept_run(tmp_path / "runs", long), tmp_path / "logs"
    target = write_run(run, logs, lambda done, total: told.append((done, total)))
    assert told == [(0, count), (TELL_EVERY, count), (2 * TELL_EVERY, count), (count, count)]
    assert len(scalars_of(events_of(target / FILE))["accuracy/training"]) == count
    before = (target / FILE).read_bytes()
    told.clear()
    with pytest.raises(ExportCancelledError):
        write_run(run, logs, lambda done, total: told.append((done, total)), lambda: len(told) == 2)
    assert told == [(0, count), (TELL_EVERY, count)]
    assert [file.name for file in target.iterdir()] == [FILE]
    assert (target / FILE).read_bytes() == before
    with pytest.raises(ExportCancelledError):
        write_run(run, tmp_path / "others", cancelled=lambda: True)
    assert list((tmp_path / "others").iterdir()) == []


def test_what_cannot_be_written_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ExportError, match="was never trained, so there are no curves to write: train it first"):
        write_events(tmp_path / "run.tfevents", project(History()))
    with pytest.raises(ExportError, match=r"run\.tfevents cannot be written: No such file or directory"):
        write_events(tmp_path / "nowhere" / "run.tfevents", project())
    (tmp_path / "file").write_text("")
    with pytest.raises(ExportError, match="cannot be made"):
        write_run(kept_run(tmp_path / "runs"), tmp_path / "file")
    monkeypatch.setattr(tensorboard, "PACKAGE", "tensorboard_of_nobody")
    with pytest.raises(ExportError, match=r'install it with pip install "nnviz\[tensorboard\]"'):
        write_events(tmp_path / "run.tfevents", project())
    assert not list(tmp_path.glob("*.tfevents"))


def test_from_the_command_line(nnviz: Any, tmp_path: Path) -> None:
    run = kept_run(tmp_path / "runs")
    path = tmp_path / "curves.tfevents"
    done = nnviz("export", run.path, "--to", path)
    assert (done.code, done.err) == (0, f"Wrote {path}.\n")
    assert scalars_of(events_of(path))["loss/validation"] == [(2, 0.5), (4, 0.125)]
