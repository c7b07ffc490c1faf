"""Where live views stand: opened, closed, enlarged, floated, remembered and saved, by mouse and keys."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QAction, QImage, QPainter
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from nnviz.gui.style.theme import Theme
from nnviz.gui.views.base import LiveView
from nnviz.gui.views.docks import DockArea
from nnviz.gui.window_context import WindowContext

LEFT = Qt.MouseButton.LeftButton


class Plain(LiveView):
    """A view that is all of one colour, with a heading in its bar."""

    hint = "Nothing but a colour."

    def __init__(self, name: str, theme: Theme) -> None:
        type(self).name, type(self).title = name, name.title()
        super().__init__(theme)
        self.bar = QLabel(name)

    def table(self) -> list[Sequence[object]]:
        return [("step", "value"), (1, 0.5)] if self.objectName() == "one" else []

    def paintEvent(self, event: object) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.red)


NAMES = ("one", "two", "three", "four", "five", "six")


def make(context: WindowContext) -> DockArea:
    views = []
    for name in NAMES:
        kind = type(name, (Plain,), {})
        views.append(kind(name, context.theme))
    return DockArea(views, context)


@pytest.fixture
def area(qtbot: QtBot, context: WindowContext) -> DockArea:
    return shown(qtbot, make(context))


def shown(qtbot: QtBot, area: DockArea) -> DockArea:
    qtbot.addWidget(area)
    area.resize(1000, 700)
    area.set_applicable(set(NAMES))
    with qtbot.waitExposed(area):
        area.show()
    qtbot.wait(0)
    return area


def visible(area: DockArea) -> list[str]:
    QApplication.processEvents()
    return [name for name, dock in area.docks.items() if dock.view.isVisible() and dock.view.visibleRegion()]


def click(qtbot: QtBot, area: QWidget, name: str) -> None:
    button = area.findChild(QToolButton, name)
    assert button is not None
    qtbot.mouseClick(button, LEFT)


def action(area: DockArea, name: str) -> QAction:
    found = area.findChild(QAction, name)
    assert found is not None
    return found


def test_four_are_side_by_side_and_equally_large(qtbot: QtBot, area: DockArea) -> None:
    area.arrange_four()
    qtbot.waitUntil(lambda: len(visible(area)) == 4)
    assert visible(area) == ["one", "two", "three", "four"]
    sizes = [(area.docks[name].width(), area.docks[name].height()) for name in visible(area)]
    qtbot.waitUntil(lambda: max(w for w, _ in sizes) - min(w for w, _ in sizes) <= 2)
    assert area.tabifiedDockWidgets(area.docks["three"])


def test_all_side_by_side_overlap_nowhere(qtbot: QtBot, area: DockArea) -> None:
    area.arrange_all()
    qtbot.waitUntil(lambda: visible(area) == list(NAMES))
    places = [dock.geometry() for dock in area.docks.values()]
    assert not any(a.intersects(b) for a in places for b in places if a is not b and a != b)
    assert len({(place.x(), place.y()) for place in places}) == len(NAMES)


def test_one_is_shown_alone_and_all_come_back_to_their_places(qtbot: QtBot, area: DockArea) -> None:
    area.arrange_all()
    qtbot.waitUntil(lambda: visible(area) == list(NAMES))
    before = {name: dock.geometry() for name, dock in area.docks.items()}
    click(qtbot, area, "two_enlarge_button")
    assert visible(area) == ["two"]
    assert area.docks["two"].width() > 0.95 * area.width()
    area.leave_alone()
    assert visible(area) == list(NAMES)
    assert {name: dock.geometry() for name, dock in area.docks.items()} == before


def test_a_double_click_on_the_title_enlarges(qtbot: QtBot, area: DockArea) -> None:
    title = area.docks["one"].titleBarWidget()
    qtbot.mouseDClick(title, LEFT, pos=QPoint(title.width() // 2, title.height() // 2))
    assert visible(area) == ["one"]
    assert not area.docks["one"].isFloating()


def test_closed_and_opened_again(qtbot: QtBot, area: DockArea) -> None:
    heard: list[bool] = []
    area.arranged.connect(lambda: heard.append(True))
    action(area, "one_close").trigger()
    assert "one" not in visible(area)
    assert not area.is_open("one")
    area.set_open("one", True)
    assert "one" in visible(area)
    assert len(heard) == 2


def test_what_does_not_suit_the_run_is_not_offered(qtbot: QtBot, area: DockArea) -> None:
    area.set_applicable({"two", "five"})
    assert [dock.view.name for dock in area.offered()] == ["two", "five"]
    assert set(visible(area)) <= {"two", "five"}
    area.set_applicable(set(NAMES))
    assert "one" in visible(area)


def test_a_window_of_its_own_and_back(qtbot: QtBot, area: DockArea) -> None:
    floating = action(area, "one_float")
    floating.trigger()
    assert area.docks["one"].isFloating()
    assert area.docks["one"].view.isVisible()
    floating.trigger()
    assert not area.docks["one"].isFloating()


def test_the_arrangement_is_remembered(
    qtbot: QtBot, area: DockArea, context: WindowContext, settings: QSettings
) -> None:
    area.arrange_all()
    qtbot.waitUntil(lambda: visible(area) == list(NAMES))
    area.set_open("four", False)
    qtbot.waitUntil(lambda: area.docks["one"].height() == area.height())
    places = {name: dock.geometry() for name, dock in area.docks.items() if name != "four"}
    again = shown(qtbot, make(context))
    again.set_applicable(set(NAMES))
    qtbot.waitUntil(lambda: visible(again) == [name for name in NAMES if name != "four"])
    assert {name: dock.geometry() for name, dock in again.docks.items() if name != "four"} == places
    assert settings.value("live/closed") == "four"


@pytest.mark.parametrize("suffix", ["png", "svg", "csv"])
def test_a_view_is_saved_through_the_dialog(qtbot: QtBot, area: DockArea, tmp_path: Path, suffix: str) -> None:
    said: list[str] = []
    area.docks["one"].said.connect(said.append)
    action(area, f"one_{suffix}").trigger()
    dialog = area.findChild(QFileDialog, "save_view_dialog")
    assert dialog is not None
    path = tmp_path / f"view.{suffix}"
    dialog.selectFile(str(path))
    dialog.accept()
    assert said == [f"Saved {path}."]
    if suffix == "png":
        image = QImage(str(path))
        assert image.width() == 2 * area.docks["one"].view.width()
        assert image.pixelColor(image.width() // 2, image.height() // 2) == Qt.GlobalColor.red
    elif suffix == "svg":
        root = ElementTree.parse(path).getroot()
        assert root.tag.endswith("svg")
        assert "#ff0000" in path.read_text()
    else:
        assert list(csv.reader(path.read_text().splitlines())) == [["step", "value"], ["1", "0.5"]]


def test_what_cannot_be_written_is_said(area: DockArea, tmp_path: Path) -> None:
    said: list[str] = []
    area.docks["one"].said.connect(said.append)
    area.docks["one"].save(tmp_path / "nowhere" / "x.png")
    assert "cannot be written" in said[0]


def test_numbers_are_offered_where_there_are_some(qtbot: QtBot, area: DockArea) -> None:
    for name, there in (("one", True), ("two", False)):
        menu = area.docks[name].findChild(QToolButton, f"{name}_more_button").menu()
        menu.aboutToShow.emit()
        assert action(area, f"{name}_csv").isEnabled() is there
