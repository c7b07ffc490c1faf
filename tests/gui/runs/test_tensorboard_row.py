"""Writing runs for TensorBoard from the page of runs: where, how far, giving it up, and without the extra."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QFileDialog, QProgressBar, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from nnviz.core.export import tensorboard
from nnviz.core.export.tensorboard import FILE
from nnviz.core.snapshot import History
from nnviz.gui.runs.workspace import RunsWorkspace
from nnviz.gui.window_context import WindowContext
from tests.core.export.test_tensorboard import events_of, scalars_of
from tests.gui.fake_session import FakeSession
from tests.gui.runs.kept import keep, opened
from tests.gui.runs.test_runs_workspace import choose
from tests.gui.training import circles

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(qtbot: QtBot, context: WindowContext, fake_session: FakeSession, tmp_path: Path) -> Iterator[RunsWorkspace]:
    runs = tmp_path / "runs"
    keep(runs, "a", circles(), 0.8, name="Alpha", began=1.0)
    keep(runs, "b", circles(seed=7), 0.2, name="beta", began=2.0)
    fake_session.keep_runs(runs)
    page = opened(qtbot, context, 2)
    yield page
    page.hidden()


@pytest.fixture
def said(page: RunsWorkspace) -> list[str]:
    sentences: list[str] = []
    page.said.connect(sentences.append)
    return sentences


def find(page: QWidget, kind: type[Any], name: str) -> Any:
    found = page.findChild(kind, name)
    assert found is not None, name
    return found


def press_and_choose(qtbot: QtBot, page: RunsWorkspace, folder: Path) -> None:
    qtbot.mouseClick(find(page, QToolButton, "tensorboard_runs_button"), LEFT)
    dialog = find(page, QFileDialog, "tensorboard_dialog")
    qtbot.waitUntil(dialog.isVisible)
    dialog.setDirectory(str(folder.parent))
    dialog.selectFile(str(folder))
    dialog.accept()


def test_two_runs_are_written_where_somebody_wants_them(
    qtbot: QtBot, page: RunsWorkspace, said: list[str], settings: QSettings, tmp_path: Path
) -> None:
    pytest.importorskip("tensorboardX", reason='the extra "tensorboard" is not installed')
    logs = tmp_path / "my logs"
    logs.mkdir()
    choose(qtbot, page, "Alpha", "beta")
    press_and_choose(qtbot, page, logs)
    qtbot.waitUntil(lambda: bool(said))
    assert said == [f'Wrote 2 runs. To look at them: tensorboard --logdir "{logs}"']
    assert sorted(path.name for path in logs.iterdir()) == ["Alpha_a", "beta_b"]
    for name, loss in (("Alpha_a", 0.8), ("beta_b", 0.2)):
        scalars = scalars_of(events_of(logs / name / FILE))
        assert scalars["loss/training"] == [(step, float(np.float32(loss))) for step in range(1, 101)]
        assert scalars["accuracy/validation"] == [(50, 0.5), (100, 0.75)]
    row = find(page, QWidget, "tensorboard_row")
    assert row.isHidden()
    assert page.tensorboard.isEnabled()
    # The next time it begins there.
    qtbot.mouseClick(find(page, QToolButton, "tensorboard_runs_button"), LEFT)
    dialogs = [dialog for dialog in page.findChildren(QFileDialog) if dialog.isVisible()]
    assert Path(dialogs[-1].directory().absolutePath()) == logs
    dialogs[-1].reject()
    assert settings.value("runs/tensorboard") == str(logs)


def test_it_says_how_far_it_is_and_can_be_given_up(
    qtbot: QtBot, page: RunsWorkspace, said: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("tensorboardX", reason='the extra "tensorboard" is not installed')
    go_on = threading.Event()
    rows_of = tensorboard._rows

    def slow_rows(history: History, *others: Any) -> dict[int, dict[str, float]]:
        rows = rows_of(history, *others)
        if history.loss[0] < 0.5:
            # The second run waits for the button.
            go_on.wait(30)
        return rows

    monkeypatch.setattr(tensorboard, "_rows", slow_rows)
    choose(qtbot, page, "Alpha")
    choose(qtbot, page, "Alpha", "beta")
    entries = page.chosen_entries()
    assert [entry.name for entry in entries] == ["Alpha", "beta"]
    press_and_choose(qtbot, page, tmp_path)
    row = find(page, QWidget, "tensorboard_row")
    qtbot.waitUntil(row.isVisible)
    bar = find(row, QProgressBar, "tensorboard_bar")
    qtbot.waitUntil(lambda: bar.value() == 500)
    assert not page.tensorboard.isEnabled()
    qtbot.mouseClick(find(row, QPushButton, "tensorboard_cancel"), LEFT)
    go_on.set()
    qtbot.waitUntil(lambda: bool(said))
    assert said == ["Given up: 1 of 2 runs were written."]
    assert (tmp_path / "Alpha_a" / FILE).is_file()
    assert not (tmp_path / "beta_b").exists()
    assert row.isHidden()
    assert page.tensorboard.isEnabled()


def test_without_the_extra_it_says_how_to_get_it(
    qtbot: QtBot, page: RunsWorkspace, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nnviz.gui.runs.tensorboard.find_spec", lambda name: None)
    choose(qtbot, page, "Alpha")
    qtbot.mouseClick(find(page, QToolButton, "tensorboard_runs_button"), LEFT)
    assert said == [
        "Writing for TensorBoard needs one more package: install it with "
        'pip install "nnviz[tensorboard]", and start nnviz again.'
    ]
    assert page.findChild(QFileDialog) is None


def test_nothing_chosen_is_nothing_to_write(qtbot: QtBot, page: RunsWorkspace) -> None:
    page.view.clearSelection()
    assert not page.tensorboard.isEnabled()
