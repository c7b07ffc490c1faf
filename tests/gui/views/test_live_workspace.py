"""The Live workspace with a session that the test plays, and with a view that is found because its file is there."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QSpinBox, QStackedWidget, QStyleOptionTab, QTabBar, QToolButton, QWidget
from pytestqt.qtbot import QtBot

import nnviz.gui.views as views_package
from nnviz.core.probe_schedule import FEW
from nnviz.core.probes import PacedProbe
from nnviz.core.snapshot import History, Snapshot
from nnviz.gui.session import SessionState
from nnviz.gui.style.theme import Scheme
from nnviz.gui.views.base import VIEWS, LiveView
from nnviz.gui.views.curve_view import CurveView
from nnviz.gui.views.workspace import MANY_GAP_S, LiveWorkspace
from nnviz.gui.window_context import WindowContext
from tests.gui.fake_session import FakeSession
from tests.gui.training import circles, linear, preset_project
from tests.gui.views.live_page import opened, start

TEMPORARY_VIEW = '''"""Live view: the first weights."""

from __future__ import annotations

from nnviz.gui.views.base import VIEWS, LiveView


def _first(context):
    return {"weight": context.parameters("dense_1")["weight"]}


@VIEWS.register
class TemporaryWeights(LiveView):
    """The first layer's weights."""

    title = "Temporary weights"
    order = 15
    probe = staticmethod(_first)

    def __init__(self, theme, parent=None):
        super().__init__(theme, parent)
        self.snapshots = []

    def show_snapshot(self, snapshot):
        self.snapshots.append(snapshot)
'''


class ToldSession(FakeSession):
    """Notes which views are said to be visible."""

    def __init__(self) -> None:
        super().__init__()
        self.run_steps = 38
        self.visible: list[list[str]] = []

    def set_visible_probes(self, probes: object) -> None:
        assert isinstance(probes, dict)
        self.visible.append(sorted(probes))


@pytest.fixture
def fake_session(qapp: object) -> ToldSession:
    return ToldSession()


@pytest.fixture
def one_more_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A file in a folder of the views' package, and nothing else."""
    VIEWS.discover()
    (tmp_path / "temporary_weights.py").write_text(TEMPORARY_VIEW)
    monkeypatch.setattr(views_package, "__path__", [*views_package.__path__, str(tmp_path)])
    monkeypatch.setattr(VIEWS, "_discovered", False)
    monkeypatch.setattr(VIEWS, "_classes", dict(VIEWS._classes))
    yield "temporary_weights"
    sys.modules.pop("nnviz.gui.views.temporary_weights", None)


@pytest.fixture
def page(qtbot: QtBot, context: WindowContext) -> LiveWorkspace:
    return opened(qtbot, context, 800, 600)


def post(session: ToldSession, context: WindowContext, step: int) -> None:
    session.mailbox.append(History(np.array([step]), np.array([0.5], np.float32), np.array([0.5], np.float32)))
    context.frame_clock.take_mail()


def shown_names(page: LiveWorkspace) -> list[str]:
    return [view.name for view in page.visible_views()]


def test_before_the_first_run_it_says_what_will_be_here(page: LiveWorkspace) -> None:
    assert shown_names(page) == []
    stack = page.findChild(QStackedWidget)
    assert stack is not None
    assert stack.currentIndex() == 0


def test_a_classifier_shows_loss_and_accuracy(page: LiveWorkspace, fake_session: ToldSession) -> None:
    start(fake_session, circles())
    assert {"loss", "accuracy"} <= set(shown_names(page))


def test_a_regression_has_no_accuracy(page: LiveWorkspace, fake_session: ToldSession) -> None:
    start(fake_session, linear())
    assert "loss" in shown_names(page)
    assert "accuracy" not in shown_names(page)
    start(fake_session, circles(), number=2)
    assert {"loss", "accuracy"} <= set(shown_names(page))


def test_a_run_under_way_is_there_when_the_page_is_opened_late(
    qtbot: QtBot, context: WindowContext, fake_session: ToldSession
) -> None:
    start(fake_session, circles())
    post(fake_session, context, 1)
    page = opened(qtbot, context, 800, 600)
    assert {"loss", "accuracy"} <= set(shown_names(page))
    loss = page.views["loss"]
    assert isinstance(loss, CurveView)
    qtbot.waitUntil(lambda: loss.curves.loss.last_step == 1)


def test_reset_leaves_the_empty_page(page: LiveWorkspace, fake_session: ToldSession, context: WindowContext) -> None:
    start(fake_session, circles())
    post(fake_session, context, 1)
    fake_session.run_project, fake_session.run_number = None, 0
    fake_session.run_forgotten.emit()
    assert shown_names(page) == []


def points_drawn(view: CurveView) -> int:
    return len(view.plot._line.x)


class Paints(QObject):
    """How often a widget was painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


@pytest.mark.parametrize("way", ["told", "other page"])
def test_what_is_not_seen_is_not_drawn(
    qtbot: QtBot, page: LiveWorkspace, fake_session: ToldSession, context: WindowContext, way: str
) -> None:
    start(fake_session, circles())
    loss = page.views["loss"]
    assert isinstance(loss, CurveView)
    paints = Paints(loss.plot.viewport())
    post(fake_session, context, 1)
    qtbot.waitUntil(lambda: points_drawn(loss) == 1)
    # As the window does for a page behind another one, and for a minimised window.
    page.hidden()
    if way == "other page":
        page.hide()
    qtbot.wait(0)
    before = paints.count
    for step in range(2, 20):
        post(fake_session, context, step)
        qtbot.wait(0)
    assert paints.count == before
    assert points_drawn(loss) == 1
    page.show()
    page.shown()
    qtbot.waitUntil(lambda: points_drawn(loss) == 19)
    qtbot.waitUntil(lambda: paints.count > before)


def test_a_chosen_sample_brings_its_feature_maps_to_the_front(
    qtbot: QtBot, page: LiveWorkspace, fake_session: ToldSession
) -> None:
    start(fake_session, circles())
    qtbot.waitUntil(lambda: "feature_maps" not in shown_names(page))
    page.views["confusion"].sample_chosen.emit(2)
    qtbot.waitUntil(lambda: "feature_maps" in shown_names(page))
    sample = page.findChild(QSpinBox, "feature_maps_sample")
    assert isinstance(sample, QSpinBox)
    assert sample.value() == 3


def test_what_stands_behind_another_view_is_not_probed(
    qtbot: QtBot, page: LiveWorkspace, fake_session: ToldSession
) -> None:
    start(fake_session, circles())
    qtbot.waitUntil(lambda: shown_names(page) == ["loss", "accuracy", "weights", "gradients"])
    qtbot.waitUntil(lambda: {"weights", "gradients"} <= set(fake_session.visible[-1]))
    assert not {"feature_maps", "units", "confusion", "embedding"} & set(fake_session.visible[-1])
    # Which views share a place depends on how many there are.
    together = page.area.tabifiedDockWidgets(page.area.docks["gradients"])
    name = next(name for name in ("units", "confusion", "embedding") if page.area.docks[name] in together)
    page.area.docks[name].raise_()
    qtbot.waitUntil(lambda: name in fake_session.visible[-1])
    assert "gradients" not in fake_session.visible[-1]
    assert "weights" in fake_session.visible[-1]


def test_another_theme_reaches_every_view(page: LiveWorkspace, context: WindowContext) -> None:
    context.appearance.set_scheme(Scheme.DARK)
    context.appearance.set_scheme(Scheme.LIGHT)
    assert {view.theme.name for view in page.views.values()} == {"light"}
    context.appearance.set_scheme(Scheme.DARK)
    assert {view.theme.name for view in page.views.values()} == {"dark"}


def test_a_view_in_a_file_of_its_own_is_found_probed_and_drawn(
    qtbot: QtBot, one_more_file: str, context: WindowContext, fake_session: ToldSession
) -> None:
    page = opened(qtbot, context, 800, 600)
    assert list(page.views)[:3] == ["loss", one_more_file, "accuracy"]
    assert fake_session.visible[-1:] == [[]]
    start(fake_session, circles())
    assert one_more_file in fake_session.visible[-1]
    fake_session.mailbox.replace(snapshots={one_more_file: Snapshot(3, {"weight": np.ones((8, 2))})})
    context.frame_clock.take_mail()
    view = page.views[one_more_file]
    qtbot.waitUntil(lambda: [snapshot.step for snapshot in view.snapshots] == [3])
    page.hidden()
    assert fake_session.visible[-1] == []
    page.shown()
    assert one_more_file in fake_session.visible[-1]


def test_the_temporary_view_leaves_no_trace() -> None:
    assert "temporary_weights" not in VIEWS


@pytest.mark.parametrize("kind", list(VIEWS), ids=lambda kind: kind.name)
def test_every_view_explains_itself(kind: type[LiveView]) -> None:
    assert kind.title
    assert kind.hint.endswith(".")
    assert kind.__doc__


def test_many_views_are_drawn_less_often_while_a_network_learns_and_at_once_when_it_has(
    page: LiveWorkspace, fake_session: ToldSession, context: WindowContext
) -> None:
    start(fake_session, circles())
    post(fake_session, context, 1)
    assert len(page.visible_views()) <= FEW
    assert page._turns.least_gap_s == 0
    page.area.arrange_all()
    post(fake_session, context, 2)
    assert len(page.visible_views()) > FEW
    assert page._turns.least_gap_s == MANY_GAP_S
    fake_session.become(SessionState.IDLE)
    post(fake_session, context, 3)
    assert page._turns.least_gap_s == 0


def test_views_of_recurrent_networks_are_asked_less_often_than_others(
    qtbot: QtBot, page: LiveWorkspace, fake_session: ToldSession
) -> None:
    start(fake_session, preset_project("on_off_memory"))
    page.area.arrange_all()
    qtbot.waitUntil(lambda: "gates" in (page._told or {}))
    probes = page._told or {}
    paced = {name: probe.least_s for name, probe in probes.items() if isinstance(probe, PacedProbe)}
    assert paced["gates"] == page.views["gates"].least_gap_s > 0
    assert "weights" in probes.keys() - paced.keys()


def test_a_view_is_painted_before_the_training_goes_on(
    qtbot: QtBot,
    page: LiveWorkspace,
    fake_session: ToldSession,
    context: WindowContext,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    start(fake_session, circles())
    qtbot.waitUntil(lambda: not page._turns.is_waiting)
    loss = page.views["loss"]
    order: list[str] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                order.append("painted")
            return False

    watch = Watch()
    loss.painted.installEventFilter(watch)
    end = fake_session.screen_turn.end

    def noted_end() -> None:
        order.append("over")
        end()

    monkeypatch.setattr(fake_session.screen_turn, "end", noted_end)
    order.clear()
    post(fake_session, context, 1)
    qtbot.waitUntil(lambda: fake_session.screen_turn.is_wanted)
    fake_session.turn_given.emit()
    assert order[0] == "painted"
    assert "over" in order


def test_names_of_views_behind_each_other_are_whole_in_a_window_of_1280_by_800(
    qtbot: QtBot, context: WindowContext
) -> None:
    # Without the rail at the left, the tool bar above and the line below.
    page = opened(qtbot, context, 1200, 708)
    session = page.context.session
    assert isinstance(session, ToldSession)
    start(session, preset_project("fast_cnn"))
    qtbot.wait(0)
    bars = [bar for bar in page.findChildren(QTabBar) if bar.isVisible() and bar.count()]
    assert sum(bar.count() for bar in bars) == 8
    for bar in bars:
        assert shown_texts(bar) == [bar.tabText(index) for index in range(bar.count())]
        assert bar.tabRect(bar.count() - 1).right() < bar.width()


@pytest.mark.parametrize("before", [False, True], ids=["while a network learns", "before the first run"])
def test_the_four_views_of_the_first_start_are_equally_large(
    qtbot: QtBot, context: WindowContext, before: bool
) -> None:
    page = LiveWorkspace(context)
    qtbot.addWidget(page)
    page.resize(1200, 708)
    session = page.context.session
    assert isinstance(session, ToldSession)
    if before:
        with qtbot.waitExposed(page):
            page.show()
        qtbot.wait(20)
    start(session, preset_project("fast_cnn"))
    page.show()
    page.shown()
    four = [page.area.docks[name] for name in ("loss", "accuracy", "weights", "gradients")]
    qtbot.waitUntil(lambda: max(d.width() for d in four) - min(d.width() for d in four) <= 2)
    assert abs(four[0].height() - four[1].height()) <= 2
    assert abs(four[2].height() - four[3].height()) <= 2
    # Once: what somebody makes larger stays so.
    page.area.resizeDocks([four[0]], [800], Qt.Orientation.Horizontal)
    qtbot.wait(20)
    session.become(SessionState.PAUSED)
    start(session, preset_project("fast_cnn"), 2)
    qtbot.wait(20)
    assert four[0].width() > four[2].width() + 100


def test_where_not_all_names_fit_they_are_scrolled(qtbot: QtBot, context: WindowContext) -> None:
    page = opened(qtbot, context, 700, 600)
    session = page.context.session
    assert isinstance(session, ToldSession)
    start(session, preset_project("fast_cnn"))
    qtbot.wait(0)
    bar = next(bar for bar in page.findChildren(QTabBar) if bar.isVisible() and bar.count())
    assert shown_texts(bar) == [bar.tabText(index) for index in range(bar.count())]
    assert bar.tabRect(bar.count() - 1).right() > bar.width()
    on = bar.findChild(QToolButton, "ScrollRightButton")
    back = bar.findChild(QToolButton, "ScrollLeftButton")
    # Qt lets them share their border.
    assert back.geometry().right() <= on.geometry().left()
    assert on.geometry().right() < bar.width()
    while on.isEnabled():
        qtbot.mouseClick(on, Qt.MouseButton.LeftButton)
    assert bar.tabRect(bar.count() - 1).right() < back.x()


def shown_texts(bar: QTabBar) -> list[str]:
    texts = []
    for index in range(bar.count()):
        option = QStyleOptionTab()
        bar.initStyleOption(option, index)
        texts.append(option.text)
    return texts
