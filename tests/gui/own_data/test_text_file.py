"""A text of one's own in the dialog for data, and the network that learns it in a real training."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractSpinBox, QTableView
from pytestqt.qtbot import QtBot

from nnviz.core.datasets.own_text import OwnText
from nnviz.core.fit_to_data import fit_to_data
from nnviz.core.layers.lstm import Lstm
from nnviz.core.suggest_preset import suggest_preset
from nnviz.core.training.optimisers.adam import Adam
from nnviz.gui.document import Project
from nnviz.gui.own_data.dialog import ImportDialog
from nnviz.gui.style.theme import LIGHT
from nnviz.gui.views.written_text import WrittenText
from tests.gui.own_data.test_dialog import dialog, find, text, type_path, use_button
from tests.gui.views.moment import Moment

__all__ = ["dialog"]

LINE = "one two three four five six seven eight nine ten "


@pytest.fixture
def counting(tmp_path: Path) -> Path:
    path = tmp_path / "counting.txt"
    path.write_text(LINE * 100)
    return path


def test_a_text_is_shown_before_it_is_used(qtbot: QtBot, dialog: ImportDialog, counting: Path) -> None:
    type_path(qtbot, dialog, counting)
    assert text(dialog, "preview_size") == (
        f"Learned: at each of 100 characters, which of {len(set(LINE))} different ones comes next."
    )
    grid = find(dialog, "preview_table")
    assert isinstance(grid, QTableView)
    assert grid.isVisible()
    assert grid.model().index(0, 0).data() == (LINE * 2)[:80]
    assert not find(dialog, "class_bars").isVisible()
    length = find(dialog, "field_length")
    assert isinstance(length, QAbstractSpinBox)
    length.setFocus()
    length.selectAll()
    with qtbot.waitSignal(dialog.examined):
        qtbot.keyClicks(length, "30")
        qtbot.keyClick(length, Qt.Key.Key_Return)
    assert "at each of 30 characters" in text(dialog, "preview_size")
    qtbot.keyClick(find(dialog, "data_path"), Qt.Key.Key_Return)
    assert isinstance(dialog.spec, OwnText)


def test_what_is_no_text_is_said_in_place(
    qtbot: QtBot,
    dialog: ImportDialog,
    tmp_path: Path,
    counting: Path,
) -> None:
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(1_000_000_000)
    wrong = {
        "latin.txt": ("é" * 3000).encode("latin-1"),
        "empty.txt": b"",
        "single.txt": b"x",
    }
    for name, content in wrong.items():
        (tmp_path / name).write_bytes(content)
    for name, words in {
        "latin.txt": "line 1: text in UTF-8 was expected; the byte e9 was found",
        "empty.txt": "is empty",
        "single.txt": "has one character only, 'x'",
        "huge.txt": "is too large: 1.0 GB",
    }.items():
        type_path(qtbot, dialog, tmp_path / name)
        assert words in text(dialog, "import_error_text")
        assert name in text(dialog, "import_error_text")
        assert not use_button(dialog).isEnabled()
    type_path(qtbot, dialog, counting)
    assert text(dialog, "import_error_text") == ""
    assert use_button(dialog).isEnabled()


def test_the_network_learns_the_text_and_writes_it(qtbot: QtBot, counting: Path) -> None:
    spec = OwnText.inspect(counting, length=40)
    preset = suggest_preset(spec)
    assert preset is not None
    small = preset.network.replace(
        layers=tuple(layer.replace(units=24) if isinstance(layer, Lstm) else layer for layer in preset.network.layers)
    )
    fast = preset.training.replace(steps=200, optimiser=Adam(learning_rate=0.03))
    network, training = fit_to_data(small, fast, spec)
    moment = Moment(Project("Counting", network, spec, training), 200)
    view = WrittenText(LIGHT)
    qtbot.addWidget(view)
    moment.begin(view)
    arrays = moment.show(view).arrays
    assert float(arrays["bits"]) < 0.25 * float(arrays["chance"])
    # Drawn, not copied; but most of the words are there.
    words = view.page.text.split()[1:-1]
    assert sum(word in LINE.split() for word in words) >= 0.7 * len(words)
