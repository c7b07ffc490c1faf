from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from nnviz.core import fine_tune, my_digits
from nnviz.core.datasets import my_digits as my_digits_data
from nnviz.core.datasets.base import Dataset, Split
from nnviz.core.datasets.mnist import Mnist
from nnviz.core.fine_tune import FineTuned
from nnviz.core.project import ProjectFile
from nnviz.core.reader import bundled_project
from nnviz.core.strokes import read_strokes
from nnviz.gui.draw.workspace import DrawWorkspace
from nnviz.gui.session import SessionState
from nnviz.gui.window_context import WindowContext
from tests.gui.draw.pointer import AskedSession, draw


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(my_digits, "default_folder", lambda: tmp_path / "My digits")
    return tmp_path


def press(workspace: DrawWorkspace, name: str) -> None:
    button = workspace.teach.findChild(QAbstractButton, name)
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def count(workspace: DrawWorkspace) -> str:
    label = workspace.teach.findChild(QLabel, "my_digits_count")
    assert label is not None
    return label.text()


def test_a_drawing_is_named_by_a_click_and_kept(workspace: DrawWorkspace) -> None:
    seven = workspace.teach.findChild(QToolButton, "teach_7")
    assert seven is not None
    assert not seven.isEnabled()
    draw(workspace.pad)
    press(workspace, "teach_7")
    assert seven.isChecked()
    assert count(workspace) == "My digits: 1"
    (kept,) = workspace.teach.store.drawings()
    assert kept.label == 7
    np.testing.assert_array_equal(kept.strokes[0], workspace.pad.sketch.strokes[0])


def test_naming_it_otherwise_corrects_and_pressing_again_takes_back(workspace: DrawWorkspace) -> None:
    draw(workspace.pad)
    press(workspace, "teach_7")
    press(workspace, "teach_1")
    assert workspace.teach.store.counts() == [0, 1, 0, 0, 0, 0, 0, 0, 0, 0]
    press(workspace, "teach_1")
    assert count(workspace) == "My digits: 0"
    assert workspace.teach.store.drawings() == []


def test_the_next_drawing_is_named_by_itself(workspace: DrawWorkspace) -> None:
    draw(workspace.pad)
    press(workspace, "teach_7")
    workspace.pad.clear()
    draw(workspace.pad, [(100, 100), (110, 300)])
    press(workspace, "teach_1")
    assert workspace.teach.store.counts()[1] == workspace.teach.store.counts()[7] == 1


def test_drawings_are_exported_and_merged(qtbot: QtBot, workspace: DrawWorkspace, folder: Path) -> None:
    draw(workspace.pad)
    press(workspace, "teach_7")
    with qtbot.waitSignal(workspace.said) as said:
        workspace.teach.export_strokes(folder / "mine.jsonl")
    assert said.args[0].startswith("1 drawing")
    (kept,) = read_strokes(folder / "mine.jsonl")
    assert kept.label == 7
    with qtbot.waitSignal(workspace.said):
        workspace.teach.export_pictures(folder / "out")
    assert len(list((folder / "out" / "7").glob("*.png"))) == 1
    with qtbot.waitSignal(workspace.said) as said:
        workspace.teach.merge(folder / "mine.jsonl")
    assert said.args[0].startswith("0 new")


def test_a_file_that_is_no_drawings_is_told(qtbot: QtBot, workspace: DrawWorkspace, folder: Path) -> None:
    (folder / "letter.jsonl").write_text("Dear all\n")
    with qtbot.waitSignal(workspace.teach.refused) as refused:
        workspace.teach.merge(folder / "letter.jsonl")
    assert "letter.jsonl" in refused.args[0]


def test_learning_needs_drawings_and_a_training_that_rests(
    workspace: DrawWorkspace, fake_session: AskedSession
) -> None:
    learn = workspace.teach.findChild(QPushButton, "learn_button")
    assert learn is not None
    assert not learn.isEnabled()
    draw(workspace.pad)
    press(workspace, "teach_7")
    assert learn.isEnabled()
    fake_session.become(SessionState.TRAINING)
    assert not learn.isEnabled()
    fake_session.become(SessionState.IDLE)
    assert learn.isEnabled()


def test_before_and_after_are_shown_and_the_taught_network_is_used(
    qtbot: QtBot,
    workspace: DrawWorkspace,
    fake_session: AskedSession,
    context: WindowContext,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[ProjectFile] = []

    def taught(file: ProjectFile, *arguments: object, **more: object) -> FineTuned:
        asked.append(file)
        return FineTuned(replace(file, numbers={"step": 99}), (0.25, 1.0), (0.996, 0.995))

    nothing = Split(np.empty((0, 1, 28, 28), np.float32), np.empty(0, np.int64))
    monkeypatch.setattr(fine_tune, "fine_tune", taught)
    monkeypatch.setattr(Mnist, "load", lambda spec, context: Dataset(spec, nothing, nothing, nothing))
    draw(workspace.pad)
    press(workspace, "teach_7")
    press(workspace, "learn_button")
    result = workspace.teach.findChild(QLabel, "learning_result")
    assert result is not None
    qtbot.waitUntil(result.isVisible)
    assert result.text() == (
        "Your digits: 25.0 % read rightly before, 100.0 % now. MNIST's test: 99.6 % before, 99.5 % now."
    )
    assert asked[0].title == bundled_project().title
    press(workspace, "use_taught")
    assert not result.isVisible()
    name, file = fake_session.calls[-1]
    assert (name, file.numbers) == ("resume", {"step": 99})  # type: ignore[attr-defined]
    assert context.document.project.title == f"{bundled_project().title}, taught"


def test_what_is_kept_is_a_data_set(qtbot: QtBot, workspace: DrawWorkspace) -> None:
    for points in ([(100, 100), (110, 300)], [(150, 100), (140, 300)], [(200, 90), (210, 320)]):
        workspace.pad.clear()
        draw(workspace.pad, points)
        press(workspace, "teach_1")
    with qtbot.waitSignal(workspace.preview_requested) as wanted:
        workspace.teach._on_open()
    spec = wanted.args[0]
    assert isinstance(spec, my_digits_data.MyDigits)
    assert spec.samples == 3
    assert spec.classes == tuple("0123456789")
