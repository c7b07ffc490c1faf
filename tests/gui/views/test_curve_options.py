"""Smoothing, earlier runs and events on the views of loss and accuracy, by mouse and keyboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, QSettings, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QMenu, QSlider, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from nnviz.core.earlier_runs import EarlierRun
from nnviz.core.project import ProjectFile
from nnviz.core.run_curves import RunCurves
from nnviz.core.runs import RunFolder, RunSummary
from nnviz.core.snapshot import History
from nnviz.gui.style.theme import DARK, LIGHT
from nnviz.gui.views import earlier_runs as earlier_module
from nnviz.gui.views.accuracy import Accuracy
from nnviz.gui.views.curve_plot import MOST_LINE_POINTS, validation_colour
from nnviz.gui.views.curve_view import CurveView
from nnviz.gui.views.event_marks import Mark
from nnviz.gui.views.loss import Loss
from nnviz.gui.views.workspace import LiveWorkspace
from nnviz.gui.window_context import WindowContext
from tests.gui.fake_session import FakeSession
from tests.gui.training import circles
from tests.gui.views.live_page import opened, start

PlacesOf = Callable[[QWidget, QColor], np.ndarray]


@pytest.fixture(autouse=True)
def _every_move_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(pg.CONFIG_OPTIONS, "mouseRateLimit", -1)


def show(
    qtbot: QtBot, view: CurveView, curves: RunCurves | None = None, total_steps: int = 100, **training: int
) -> None:
    qtbot.addWidget(view)
    view.resize(700, 360)
    with qtbot.waitExposed(view):
        view.show()
    view.begin(circles(**training), total_steps)
    if curves is not None:
        view.show_curves(curves)
    view.grab()


def level_history(value: float, steps: int = 100) -> History:
    """A loss and an accuracy that stay where they are."""
    values = np.full(steps, value, np.float32)
    at = np.arange(10, steps + 1, 10)
    return History(np.arange(1, steps + 1), values, values, at, values[: len(at)] + 0.1, values[: len(at)])


def level(value: float, steps: int = 100) -> RunCurves:
    """The curves of such a history."""
    curves = RunCurves()
    curves.append(level_history(value, steps))
    return curves


def with_events() -> RunCurves:
    """The rate falls at steps 30 and 60; validation is lowest at step 40."""
    steps, at = np.arange(1, 101), np.arange(10, 101, 10)
    loss = np.linspace(1, 0.2, 100).astype(np.float32)
    validation = np.array([0.9, 0.7, 0.6, 0.4, 0.5, 0.6, 0.6, 0.7, 0.7, 0.8], np.float32)
    rates = (np.array([1, 30, 60]), np.array([0.1, 0.01, 0.001], np.float32))
    curves = RunCurves()
    curves.append(History(steps, loss, 1 - loss, at, validation, 1 - validation, *rates))
    return curves


def menu_of(qtbot: QtBot, view: CurveView) -> QMenu:
    """The menu, opened by the keyboard as it is by the mouse."""
    menu = view.options.menu()
    assert isinstance(menu, QMenu)
    menu.popup(view.options.mapToGlobal(QPoint(0, view.options.height())))
    qtbot.waitUntil(menu.isVisible)
    return menu


def toggle(qtbot: QtBot, view: CurveView, name: str) -> None:
    menu = menu_of(qtbot, view)
    action = next(action for action in menu.actions() if action.objectName() == f"{view.name}_{name}")
    qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
    menu.close()


def words(view: CurveView) -> dict[int, str]:
    """What is written at which steps."""
    return {mark.step: mark.text for mark, _, room in view.plot.marks.places() if room is not None}


def test_smoothing_takes_the_noise_out_of_the_line_and_not_out_of_the_band(qtbot: QtBot) -> None:
    steps = np.arange(1, 101)
    noisy = np.where(steps % 2, 0.2, 0.8).astype(np.float32)
    curves = RunCurves()
    curves.append(History(steps, noisy, noisy))
    view = Loss(LIGHT)
    show(qtbot, view, curves)
    before = view.plot._line.y.copy()
    assert np.ptp(before) == pytest.approx(0.6, abs=1e-6)
    slider = view.options.smoothing.slider
    menu_of(qtbot, view)
    slider.setFocus()
    QTest.keyClick(slider, Qt.Key.Key_End)
    assert view.options.weight == 0.99
    after = view.plot._line.y
    # By the definition: mean of the past, each part of 200 of the axis counting 0.99 of the next.
    weights = 0.99 ** ((100 - steps) * 2.0)
    assert after[-1] == pytest.approx(float((weights * noisy).sum() / weights.sum()), rel=1e-6)
    assert np.ptp(after[50:]) < 0.05
    QTest.keyClick(slider, Qt.Key.Key_Home)
    assert np.array_equal(view.plot._line.y, before)


def test_what_is_chosen_is_remembered(qtbot: QtBot, settings: QSettings) -> None:
    view = Loss(LIGHT)
    show(qtbot, view)
    view.remember_in(settings)
    assert (view.options.weight, view.options.shows_events, view.options.shows_earlier) == (0.0, True, True)
    slider = menu_of(qtbot, view).findChild(QSlider, "loss_smoothing")
    assert slider is not None
    QTest.keyClick(slider, Qt.Key.Key_PageUp)
    toggle(qtbot, view, "events")
    toggle(qtbot, view, "earlier")
    again = Loss(DARK)
    show(qtbot, again)
    again.remember_in(settings)
    assert again.options.weight == view.options.weight > 0
    assert not again.options.shows_events
    assert not again.options.shows_earlier
    other = Accuracy(LIGHT)
    show(qtbot, other)
    other.remember_in(settings)
    assert other.options.weight == 0
    assert other.options.shows_events


def test_settings_that_make_no_sense_are_not_taken(qtbot: QtBot, settings: QSettings) -> None:
    settings.setValue("live/loss_smoothing", 400)
    view = Loss(LIGHT)
    show(qtbot, view)
    view.remember_in(settings)
    assert view.options.weight == 0


def test_events_stand_where_they_happened(qtbot: QtBot) -> None:
    view = Loss(LIGHT)
    show(qtbot, view, with_events(), early_stopping=6)
    assert words(view) == {30: "rate 0.01", 40: "best 0.4", 60: "rate 0.001", 100: "stopped early"}
    box = view.plot.plot.getViewBox()
    for mark, x, _ in view.plot.marks.places():
        assert x == pytest.approx(box.mapFromView(QPointF(mark.step, 0)).x(), abs=1)


def test_a_ring_is_around_the_best(qtbot: QtBot, places_of: PlacesOf) -> None:
    for view, value in ((Loss(LIGHT), 0.4), (Accuracy(LIGHT), 60.0)):
        show(qtbot, view, with_events())
        assert view.plot._best.x.tolist() == [40]
        assert view.plot._best.y.tolist() == pytest.approx([value])
        place = view.plot.mapFromScene(view.plot.plot.getViewBox().mapViewToScene(QPointF(40, value)))
        inked = places_of(view.plot, validation_colour(LIGHT))
        distance = np.hypot(*(inked - [place.x(), place.y()]).T)
        assert ((distance > 5.5) & (distance < 8.5)).sum() > 20


def test_the_ring_follows_the_log_scale(qtbot: QtBot) -> None:
    view = Loss(LIGHT)
    show(qtbot, view, with_events())
    box = view.findChild(QCheckBox, "loss_log_scale")
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(8, box.height() // 2))
    assert view.plot._best.y.tolist() == pytest.approx([np.log10(0.4)])


def test_events_can_be_switched_off(qtbot: QtBot) -> None:
    view = Loss(LIGHT)
    show(qtbot, view, with_events())
    assert words(view)
    toggle(qtbot, view, "events")
    assert view.plot.marks.places() == []
    assert len(view.plot._best.x) == 0
    toggle(qtbot, view, "events")
    assert words(view)


def test_a_new_run_has_no_events(qtbot: QtBot) -> None:
    view = Loss(LIGHT)
    show(qtbot, view, with_events())
    view.begin(circles(), 38)
    assert view.plot.marks.places() == []


@pytest.mark.parametrize("width", [260, 420, 700, 1400])
@pytest.mark.parametrize("theme", [LIGHT, DARK.for_projector()], ids=["light", "projector"])
def test_no_two_words_overlap_and_none_is_cut_off(qtbot: QtBot, width: int, theme: object) -> None:
    view = Loss(theme)
    show(qtbot, view)
    view.resize(width, 300)
    view.grab()
    rng = np.random.default_rng(width)
    steps = np.unique(rng.integers(0, 100, 25))
    view.plot.draw_marks([Mark(int(step), f"rate {step / 1000:g}", int(step) % 3) for step in steps])
    places = view.plot.marks.places()
    assert len(places) == len(steps)
    rooms = [room for _, _, room in places if room is not None]
    assert rooms
    area = QRectF(view.plot.plot.getViewBox().rect())
    assert all(area.contains(room) for room in rooms)
    assert not any(a.intersects(b) for i, a in enumerate(rooms) for b in rooms[:i])
    _, _, room = min(places, key=lambda place: (place[0].urgency, place[0].step))
    assert room is not None, "the most urgent one is written whatever happens"


def runs(*values: float) -> tuple[EarlierRun, ...]:
    return tuple(EarlierRun(str(n), f"Run {n}", 0.0, level(value), 0.01) for n, value in enumerate(values, start=1))


def test_earlier_runs_are_faded_behind(qtbot: QtBot) -> None:
    view = Loss(LIGHT)
    show(qtbot, view, level(0.5))
    view.show_earlier(runs(0.3, 0.8))
    lines = view.plot._other_lines
    assert [float(line.values[0]) for line in lines] == pytest.approx([0.3, 0.4, 0.8, 0.9])
    assert all(line.width == 1 and line.colour.alpha() < 150 for line in lines)
    order = view.plot._lines.series
    assert all(order.index(other) < order.index(view.plot._line) for other in view.plot._others)
    toggle(qtbot, view, "earlier")
    assert view.plot._other_lines == ()
    toggle(qtbot, view, "earlier")
    assert len(view.plot._other_lines) == 4


def test_accuracies_of_earlier_runs_are_per_cent(qtbot: QtBot) -> None:
    view = Accuracy(LIGHT)
    show(qtbot, view, level(0.5))
    view.show_earlier(runs(0.3))
    assert [float(line.values[0]) for line in view.plot._other_lines] == pytest.approx([30, 30])


def test_pointing_at_a_faded_line_names_its_run(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda place, text, widget: said.append(text))
    view = Loss(LIGHT)
    show(qtbot, view, level(0.5))
    view.show_earlier(runs(0.2, 0.8))
    view.grab()

    def point(value: float) -> None:
        box = view.plot.plot.getViewBox()
        QTest.mouseMove(view.plot.viewport(), view.plot.mapFromScene(box.mapViewToScene(QPointF(50, value))))

    point(0.8)
    point(0.65)
    point(0.3)
    assert said == ["Run 2, learning rate 0.01: training", "Run 1, learning rate 0.01: validation"]


def test_the_menu_lists_the_runs(qtbot: QtBot) -> None:
    view = Loss(LIGHT)
    show(qtbot, view)
    view.show_earlier(())
    assert menu_of(qtbot, view).actions()[-1].text().strip() == "There is none yet"
    view.show_earlier(runs(0.2, 0.8))
    names = [action.text().strip() for action in menu_of(qtbot, view).actions()[-2:]]
    assert names == ["Run 1, learning rate 0.01", "Run 2, learning rate 0.01"]


def test_the_button_is_reached_and_opened_by_the_keyboard(qtbot: QtBot) -> None:
    view = Loss(LIGHT)
    show(qtbot, view)
    assert view.options.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert view.options.accessibleName() == "Options of Loss"
    seen: list[bool] = []
    menu = view.options.menu()
    menu.aboutToShow.connect(lambda: seen.append(True))
    menu.aboutToShow.connect(menu.close, Qt.ConnectionType.QueuedConnection)
    view.options.setFocus()
    QTest.keyClick(view.options, Qt.Key.Key_Space)
    assert seen == [True]


def test_many_measurements_are_a_line_and_not_a_chain_of_dots(qtbot: QtBot) -> None:
    steps = np.arange(1, 3001)
    loss = np.full(3000, 0.5, np.float32)
    curves = RunCurves()
    curves.append(History(steps, loss, loss, steps[1::2], loss[1::2] + 0.2, loss[1::2]))
    view = Loss(LIGHT)
    show(qtbot, view, curves, total_steps=3000)
    assert len(view.plot._validation.x) <= MOST_LINE_POINTS
    assert view.plot._validation.y == pytest.approx(0.7)
    assert view.plot._markers.x.tolist() == [3000]


def test_a_logarithmic_axis_is_labelled_by_its_values(qtbot: QtBot) -> None:
    view = Loss(LIGHT)
    show(qtbot, view, level(0.01))
    box = view.findChild(QCheckBox, "loss_log_scale")
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(8, box.height() // 2))
    axis = view.plot.plot.getAxis("left")
    assert axis.tickStrings([-2.0, -1.0, 0.0], 1.0, 1.0) == ["0.01", "0.1", "1"]


@pytest.fixture
def page(qtbot: QtBot, context: WindowContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LiveWorkspace:
    monkeypatch.setattr(earlier_module, "WAIT_MS", 0)
    session = context.session
    assert isinstance(session, FakeSession)
    session.run_steps, session._runs_dir = 100, tmp_path / "runs"
    monkeypatch.setattr(session, "set_visible_probes", lambda probes: None)
    project = circles()
    for number in range(8):
        folder = RunFolder(session._runs_dir / f"run_{number}")
        folder.write_summary(RunSummary(f"Run {number}", dataset=project.dataset.display_title))
        history = level_history(number / 10)
        file = ProjectFile(project.title, project.network, project.dataset, project.training, history=history)
        folder.write_project(file)
    session.run_folder = session._runs_dir / "run_7"
    page = opened(qtbot, context, 900, 700)
    start(session, project)
    return page


def test_a_run_shows_the_five_before_it(qtbot: QtBot, page: LiveWorkspace) -> None:
    for name in ("loss", "accuracy"):
        view = page.views[name]
        assert isinstance(view, CurveView)
        qtbot.waitUntil(lambda view=view: len(view.plot._other_lines) == 10)
        assert [run.name for run in view._earlier] == ["Run 6", "Run 5", "Run 4", "Run 3", "Run 2"]
