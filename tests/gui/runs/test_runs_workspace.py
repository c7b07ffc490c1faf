"""The page of runs with real folders: sorting, choosing, comparing, renaming, deleting and taking back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QSettings, Qt, QUrl
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QCheckBox, QComboBox, QLineEdit, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from nnviz.core.runs import RunFolder, find_runs
from nnviz.gui.runs.keeping import kept_settings
from nnviz.gui.runs.table import PLACES, duration_text
from nnviz.gui.runs.workspace import RunsWorkspace
from nnviz.gui.session import SessionState
from nnviz.gui.style.colours import class_colour
from nnviz.gui.window_context import WindowContext
from tests.gui.fake_session import FakeSession
from tests.gui.runs.kept import keep, opened
from tests.gui.training import circles

PlacesOf = Callable[[QWidget, QColor], np.ndarray]


@pytest.fixture
def runs(tmp_path: Path) -> Path:
    folder = tmp_path / "runs"
    keep(folder, "a", circles(), 0.8, name="Alpha", began=1.0, accuracy=0.5, seconds=100.0)
    keep(folder, "b", circles(seed=7), 0.2, name="beta", began=2.0, accuracy=0.9, seconds=9.0)
    keep(folder, "c", circles(batch_size=8), 0.4, name="Gamma", began=3.0, accuracy=None, state="training")
    return folder


@pytest.fixture
def page(qtbot: QtBot, context: WindowContext, fake_session: FakeSession, runs: Path) -> Iterator[RunsWorkspace]:
    fake_session.keep_runs(runs)
    page = opened(qtbot, context, 3)
    yield page
    page.hidden()


def names(page: RunsWorkspace) -> list[str]:
    model = page.view.model()
    return [str(model.index(row, PLACES["name"]).data()) for row in range(model.rowCount())]


def click(page: RunsWorkspace, name: str, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    row = names(page).index(name)
    place = page.view.visualRect(page.view.model().index(row, PLACES["steps"])).center()
    QTest.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, modifier, place)


def choose(qtbot: QtBot, page: RunsWorkspace, *wanted: str) -> None:
    click(page, wanted[0])
    for name in wanted[1:]:
        click(page, name, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(page.comparison_names()) == len(wanted))


def press(qtbot: QtBot, page: RunsWorkspace, name: str) -> None:
    button = page.findChild(QToolButton, f"{name}_button")
    assert button is not None
    assert button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def compared(page: RunsWorkspace) -> dict[str, list[str]]:
    model = page.comparison
    return {
        str(model.index(row, 0).data()): [
            str(model.index(row, column).data()) for column in range(1, model.columnCount())
        ]
        for row in range(model.rowCount())
    }


def test_the_newest_stands_on_top_and_one_that_nobody_trains_was_cut_off(page: RunsWorkspace) -> None:
    assert names(page) == ["Gamma", "beta", "Alpha"]
    model = page.view.model()
    assert [model.index(row, PLACES["state"]).data() for row in range(3)] == ["cut off", "finished", "finished"]
    assert model.index(1, PLACES["accuracy"]).data() == "90.00 %"
    assert model.index(2, PLACES["time"]).data() == "1:40 min"


@pytest.mark.parametrize(
    ("column", "upwards"),
    [
        ("name", ["Alpha", "beta", "Gamma"]),
        # By numbers, not by their texts: "1:40 min" would come before "9.0 s".
        ("time", ["Gamma", "beta", "Alpha"]),
        ("loss", ["beta", "Gamma", "Alpha"]),
    ],
)
def test_columns_are_sorted_by_their_values(page: RunsWorkspace, column: str, upwards: list[str]) -> None:
    header = page.view.horizontalHeader()
    at = QPoint(header.sectionViewportPosition(PLACES[column]) + 20, header.height() // 2)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    first = names(page)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert [first, names(page)] in ([upwards, upwards[::-1]], [upwards[::-1], upwards])


def test_a_run_without_accuracy_stands_below_both_ways(page: RunsWorkspace) -> None:
    for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
        page.view.sortByColumn(PLACES["accuracy"], order)
        assert names(page)[-1] == "Gamma"


def test_curves_of_chosen_runs_lie_over_one_another(qtbot: QtBot, page: RunsWorkspace, places_of: PlacesOf) -> None:
    choose(qtbot, page, "Alpha", "beta")
    theme = page.context.theme
    plot = page.curves.plot
    plot.grab()
    box = plot.plot.getViewBox()
    area = plot.mapFromScene(box.sceneBoundingRect()).boundingRect()
    (low, high) = box.viewRange()[1]
    for index, loss in enumerate((0.8, 0.2)):
        drawn = places_of(plot, class_colour(theme, index))
        y = area.bottom() - (loss - low) / (high - low) * area.height()
        assert (np.abs(drawn[:, 1] - y) <= 2).sum() > 100, f"a level line at {loss}"


def test_settings_that_differ_stand_beside_and_values_at_the_mouse(qtbot: QtBot, page: RunsWorkspace) -> None:
    choose(qtbot, page, "Alpha", "beta", "Gamma")
    rows = compared(page)
    assert rows["Seed"] == ["1", "7", "1"]
    assert rows["Batch size"] == ["32", "32", "8"]
    assert "Epochs" not in rows
    assert rows["Training, at the end"] == ["0.8", "0.2", "0.4"]
    assert rows["Validation, at the end"] == ["0.4", "0.1", "0.2"]
    page.curves.plot.hovered.emit(60.0)
    assert compared(page)["Validation, step 60"] == ["0.8", "0.2", "0.4"]
    page.curves.plot.hovered.emit(float("nan"))
    choose(qtbot, page, "beta")
    assert compared(page)["Epochs"] == ["2"], "a single run shows all that it was trained with"


def test_accuracy_and_what_is_left_out(qtbot: QtBot, page: RunsWorkspace, places_of: PlacesOf) -> None:
    choose(qtbot, page, "Alpha")
    what = page.findChild(QComboBox, "runs_quantity")
    assert what is not None
    qtbot.keyClick(what, Qt.Key.Key_Down)
    assert compared(page)["Training, at the end"] == ["50.00 %"]
    colour = class_colour(page.context.theme, 0)
    both = len(places_of(page.curves.plot, colour))
    for name in ("runs_training", "runs_validation"):
        box = page.findChild(QCheckBox, name)
        assert box is not None
        qtbot.keyClick(box, Qt.Key.Key_Space)
    assert len(places_of(page.curves.plot, colour)) == 0 < both


def test_a_name_and_notes_are_kept_on_the_disk(qtbot: QtBot, page: RunsWorkspace, runs: Path) -> None:
    choose(qtbot, page, "Alpha")
    press(qtbot, page, "rename_run")
    editor = page.view.viewport().findChild(QLineEdit)
    assert editor is not None
    qtbot.keyClicks(editor, "Mine")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: RunFolder(runs / "a").summary().name == "Mine")
    qtbot.waitUntil(lambda: "Mine" in names(page))
    notes = page.view.model().index(names(page).index("Mine"), PLACES["notes"])
    page.view.setCurrentIndex(notes)
    page.view.setFocus()
    qtbot.keyClick(page.view, Qt.Key.Key_F2)
    assert page.view.state() is QAbstractItemView.State.EditingState
    editor = page.view.viewport().findChild(QLineEdit)
    assert editor is not None
    qtbot.keyClicks(editor, "the best one")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: RunFolder(runs / "a").summary().notes == "the best one")
    assert RunFolder(runs / "a").summary().name == "Mine"


def test_the_network_s_own_title_is_no_name(qtbot: QtBot, page: RunsWorkspace, runs: Path) -> None:
    page.table.edited.emit("a", "name", "Small classifier")
    qtbot.waitUntil(lambda: RunFolder(runs / "a").summary().name == "")
    qtbot.waitUntil(lambda: "Small classifier" in names(page))


def test_deleting_by_key_can_be_undone_once(qtbot: QtBot, page: RunsWorkspace, runs: Path) -> None:
    choose(qtbot, page, "Alpha", "beta")
    said: list[str] = []
    page.said.connect(said.append)
    qtbot.keyClick(page.view, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: names(page) == ["Gamma"])
    assert [run.id for run, _ in find_runs(runs)] == ["c"]
    qtbot.waitUntil(lambda: bool(said) and page.undo.isEnabled())
    assert "2 runs" in said[0]
    press(qtbot, page, "undo_delete_runs")
    qtbot.waitUntil(lambda: sorted(names(page)) == ["Alpha", "Gamma", "beta"])
    assert RunFolder(runs / "a").project().history.loss[0] == np.float32(0.8)
    undo = page.findChild(QToolButton, "undo_delete_runs_button")
    assert undo is not None
    qtbot.waitUntil(lambda: not undo.isVisible())


def test_what_was_deleted_in_an_earlier_session_is_gone(
    qtbot: QtBot, page: RunsWorkspace, runs: Path, context: WindowContext
) -> None:
    aside = RunFolder(runs / "b").set_aside()
    assert aside.path.is_dir()
    later = RunsWorkspace(context)
    qtbot.addWidget(later)
    qtbot.waitUntil(lambda: not aside.path.exists())


def test_the_run_under_way_can_neither_be_deleted_nor_opened(
    qtbot: QtBot, page: RunsWorkspace, fake_session: FakeSession, runs: Path
) -> None:
    fake_session.run_folder = runs / "c"
    fake_session.become(SessionState.TRAINING)
    qtbot.waitUntil(lambda: page.view.model().index(0, PLACES["state"]).data() == "training")
    choose(qtbot, page, "Gamma")
    assert not page.delete.isEnabled()
    assert not page.open.isEnabled()
    choose(qtbot, page, "Gamma", "Alpha")
    qtbot.keyClick(page.view, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: "Alpha" not in names(page))
    assert "Gamma" in names(page)
    fake_session.become(SessionState.IDLE)


def test_opening_gives_all_that_was_learned(qtbot: QtBot, page: RunsWorkspace) -> None:
    choose(qtbot, page, "beta")
    with qtbot.waitSignal(page.project_requested) as wanted:
        press(qtbot, page, "open_run")
    assert wanted.args[0].training.seed == 7
    assert len(wanted.args[0].weights["w"]) == 100


def test_the_folder_is_shown_by_the_system(
    qtbot: QtBot, page: RunsWorkspace, runs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[QUrl] = []
    monkeypatch.setattr(
        "nnviz.gui.runs.workspace.QDesktopServices.openUrl", lambda url: bool(shown.append(url)) or True
    )
    choose(qtbot, page, "Alpha")
    press(qtbot, page, "open_run_folder")
    assert [Path(url.toLocalFile()) for url in shown] == [runs / "a"]


def test_searching(qtbot: QtBot, page: RunsWorkspace) -> None:
    search = page.findChild(QLineEdit, "runs_search")
    assert search is not None
    qtbot.keyClicks(search, "GAM")
    assert names(page) == ["Gamma"]
    assert page.findChild(QWidget, "runs_count").text() == "1 of 3"  # type: ignore[union-attr]


def test_a_damaged_run_is_said_and_the_others_are_drawn(qtbot: QtBot, page: RunsWorkspace, runs: Path) -> None:
    (runs / "b" / "curves.nnviz").write_bytes(b"no zip")
    said: list[str] = []
    page.said.connect(said.append)
    click(page, "beta")
    qtbot.waitUntil(lambda: bool(said))
    assert "curves.nnviz" in said[0]
    click(page, "Alpha", Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.comparison_names() == ["Alpha"])


def test_without_any_run_the_page_says_how_to_get_one(
    qtbot: QtBot, context: WindowContext, fake_session: FakeSession, tmp_path: Path
) -> None:
    fake_session.keep_runs(tmp_path / "none")
    page = RunsWorkspace(context)
    qtbot.addWidget(page)
    page.show()
    page.shown()
    assert not page.view.isVisible()
    assert not page.delete.isEnabled()


def test_how_much_is_kept_is_told_and_remembered(
    qtbot: QtBot, page: RunsWorkspace, fake_session: FakeSession, settings: QSettings, runs: Path
) -> None:
    told: list[object] = []
    fake_session.keep_runs = lambda *values, keep: told.append((values, keep))  # type: ignore[method-assign,assignment]
    page.findChild(QWidget, "keep_steps").setValue(12)  # type: ignore[union-attr]
    page.findChild(QWidget, "keep_megabytes").setValue(50)  # type: ignore[union-attr]
    page.findChild(QCheckBox, "keep_runs").setChecked(False)  # type: ignore[union-attr]
    assert told[-1] == ((runs, 12, 50), False)
    assert kept_settings(settings) == (False, 12, 50)
    settings.setValue("runs/most_steps", "many")
    assert kept_settings(settings)[1] == 80


@pytest.mark.parametrize(("seconds", "text"), [(0.04, "0.0 s"), (59.97, "1:00 min"), (3725, "1:02:05 h")])
def test_durations(seconds: float, text: str) -> None:
    assert duration_text(seconds) == text


def test_a_renamed_run_stays_chosen_while_it_is_listed_anew(qtbot: QtBot, page: RunsWorkspace, runs: Path) -> None:
    choose(qtbot, page, "Alpha")
    run = RunFolder(runs / "a")
    run.write_summary(replace(run.summary(), step=50))
    page.shelf.list_runs()
    qtbot.waitUntil(lambda: page.view.model().index(2, PLACES["steps"]).data() == "50")
    assert [entry.id for entry in page.chosen_entries()] == ["a"]
