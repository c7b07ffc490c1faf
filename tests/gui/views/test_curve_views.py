"""The views of loss and accuracy: are the curves where they belong, and does the mouse read them rightly?"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from nnviz.core.run_curves import RunCurves
from nnviz.core.snapshot import History
from nnviz.gui.style.theme import DARK, LIGHT
from nnviz.gui.views.accuracy import Accuracy
from nnviz.gui.views.curve_plot import RING_PX, training_colour, validation_colour
from nnviz.gui.views.curve_view import CurveView
from nnviz.gui.views.loss import Loss
from tests.gui.training import circles

PlacesOf = Callable[[QWidget, QColor], np.ndarray]


@pytest.fixture(autouse=True)
def _every_move_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    # Else pyqtgraph drops moves that come within a hundredth of a second, as a person's do not.
    monkeypatch.setitem(pg.CONFIG_OPTIONS, "mouseRateLimit", -1)


def show(qtbot: QtBot, view: CurveView, curves: RunCurves | None = None, total_steps: int = 100) -> CurveView:
    qtbot.addWidget(view)
    view.resize(700, 360)
    with qtbot.waitExposed(view):
        view.show()
    view.begin(circles(), total_steps)
    if curves is not None:
        view.show_curves(curves)
    # Axes find their place when they are painted.
    view.grab()
    return view


@pytest.fixture
def loss(qtbot: QtBot, falling: RunCurves) -> Loss:
    view = Loss(LIGHT)
    show(qtbot, view, falling)
    return view


class Paintings(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def test_what_was_drawn_is_painted_at_once_and_once(qtbot: QtBot, loss: Loss, falling: RunCurves) -> None:
    qtbot.wait(50)
    paintings = Paintings(loss.painted)
    for step in (101, 102):
        painted = paintings.count
        values = np.array([0.5], np.float32)
        falling.append(History(np.array([step]), values, values))
        loss.show_curves(falling)
        loss.paint_now()
        assert paintings.count == painted + 1
        qtbot.wait(50)
        assert paintings.count == painted + 1


def test_the_values_in_the_heading_change_no_faster_than_they_can_be_read(
    qtbot: QtBot, loss: Loss, falling: RunCurves
) -> None:
    heading = loss.findChild(QLabel, "loss_training_value")
    texts = []
    loss.set_learning(True)
    loss.show_curves(falling)
    for step in range(101, 104):
        values = np.array([step / 1000], np.float32)
        falling.append(History(np.array([step]), values, values))
        loss.show_curves(falling)
        texts.append(heading.text())
    assert texts[0] == texts[1] == texts[2] != ""
    # The last one is not forgotten.
    newest = f"━ Training {falling.loss.newest:.4g}"
    assert newest != texts[-1]
    qtbot.waitUntil(lambda: heading.text() == newest)


def place(view: CurveView, step: float, value: float) -> QPoint:
    """Where the plot must show a value, from its own axes."""
    box = view.plot.plot.getViewBox()
    (x0, x1), (y0, y1) = box.viewRange()
    area = view.plot.mapFromScene(box.sceneBoundingRect()).boundingRect()
    x = area.left() + (step - x0) / (x1 - x0) * area.width()
    y = area.bottom() - (value - y0) / (y1 - y0) * area.height()
    return QPointF(x, y).toPoint()


def is_near(places: np.ndarray, point: QPoint, by: int = 3) -> bool:
    return bool((np.abs(places - [point.x(), point.y()]).max(axis=1) <= by).any())


def text(view: CurveView, which: str) -> str:
    label = view.findChild(QLabel, f"{view.name}_{which}_value")
    assert label is not None
    # Without the sign in front, which shows how the curve is drawn.
    return label.text().lstrip("━● ")


def axis_range(view: CurveView, axis: str) -> object:
    """What the axis shows; a margin of 2 % is nobody's business."""
    start, end = view.plot.plot.getViewBox().viewRange()["xy".index(axis)]
    return pytest.approx([start, end], abs=0.02 * (end - start))


def hover(view: CurveView, point: QPoint) -> None:
    QTest.mouseMove(view.plot.viewport(), point)


def test_the_training_curve_is_where_its_values_are(loss: Loss, places_of: PlacesOf) -> None:
    drawn = places_of(loss.plot, training_colour(LIGHT))
    for step in (2, 5, 20, 90):
        assert is_near(drawn, place(loss, step, 1 / step)), step
    assert not is_near(drawn, place(loss, 50, 0.8))


def test_validation_is_a_line_with_markers(loss: Loss, places_of: PlacesOf) -> None:
    drawn = places_of(loss.plot, validation_colour(LIGHT))
    for step, value in ((50, 0.6), (75, 0.5), (100, 0.4)):
        assert is_near(drawn, place(loss, step, value)), step

    def inked(step: float, value: float) -> int:
        point = place(loss, step, value)
        return int((np.abs(drawn - [point.x(), point.y()]).max(axis=1) <= 3).sum())

    assert inked(50, 0.6) > 2 * inked(75, 0.5), "a marker is more than the line"


def test_log_scale_puts_powers_of_ten_at_equal_distances(qtbot: QtBot, loss: Loss, places_of: PlacesOf) -> None:
    box = loss.findChild(QCheckBox, "loss_log_scale")
    assert box is not None
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(8, box.height() // 2))
    assert box.isChecked()
    assert axis_range(loss, "y") == [-2, 0]
    drawn = places_of(loss.plot, training_colour(LIGHT))
    for step in (5, 10, 50, 90):
        assert is_near(drawn, place(loss, step, -np.log10(step))), step
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(8, box.height() // 2))
    assert is_near(places_of(loss.plot, training_colour(LIGHT)), place(loss, 5, 0.2))


def test_accuracy_has_the_whole_range_in_per_cent(qtbot: QtBot, falling: RunCurves, places_of: PlacesOf) -> None:
    view = show(qtbot, Accuracy(LIGHT), falling)
    assert axis_range(view, "y") == [0, 100]
    drawn = places_of(view.plot, training_colour(LIGHT))
    for step in (2, 10, 80):
        assert is_near(drawn, place(view, step, 100 * (1 - 1 / step))), step
    assert text(view, "validation") == "Validation 70.00 %"


def test_the_heading_tells_the_newest_values(loss: Loss) -> None:
    newest = np.mean(1 / np.arange(81, 101))
    assert text(loss, "training") == f"Training {newest:.4g}"
    assert text(loss, "validation") == "Validation 0.4"


@pytest.mark.parametrize(
    ("step", "training", "validation"),
    [
        (4, "Training, step 4: 0.25", ""),
        (10, "Training, step 10: 0.1", ""),
        (50, "Training, step 50: 0.02", "Validation 0.6"),
        (80, "Training, step 80: 0.0125", "Validation 0.6"),
    ],
)
def test_pointing_tells_the_values_of_that_step(loss: Loss, step: int, training: str, validation: str) -> None:
    hover(loss, place(loss, step, 0.5))
    assert text(loss, "training") == training
    assert text(loss, "validation") == validation


def test_pointing_draws_a_line_and_leaving_takes_all_back(loss: Loss, places_of: PlacesOf) -> None:
    before = text(loss, "training")
    hover(loss, place(loss, 30, 0.5))
    dashes = places_of(loss.plot, LIGHT.colour("muted"))
    assert is_near(dashes, place(loss, 30, 0.9), by=8)
    hover(loss, QPoint(3, 3))
    assert text(loss, "training") == before
    assert not is_near(places_of(loss.plot, LIGHT.colour("muted")), place(loss, 30, 0.9), by=8)


def test_values_under_a_resting_mouse_follow_the_run(loss: Loss) -> None:
    hover(loss, place(loss, 90, 0.5))
    more = RunCurves()
    more.append(History(np.arange(1, 101), np.full(100, 0.5, np.float32), np.full(100, np.nan, np.float32)))
    loss.show_curves(more)
    assert text(loss, "training") == "Training, step 90: 0.5"


def test_a_long_run_shows_means_with_their_noise_behind(qtbot: QtBot, places_of: PlacesOf) -> None:
    steps = np.arange(1, 20_001)
    noisy = np.where(steps % 2, 0.2, 0.8).astype(np.float32)
    curves = RunCurves()
    curves.append(History(steps, noisy, noisy))
    view = show(qtbot, Loss(LIGHT), curves, total_steps=20_000)
    assert axis_range(view, "x") == [0, 20_000]
    drawn = places_of(view.plot, training_colour(LIGHT))
    assert is_near(drawn, place(view, 10_000, 0.5))
    assert not is_near(drawn, place(view, 10_000, 0.75), by=1)
    image = view.plot.grab().toImage()

    def colours(value: float) -> set[str]:
        point = place(view, 10_000, value)
        return {image.pixelColor(point.x() + by, point.y()).name() for by in range(-4, 5)}

    assert len(colours(0.93)) == 1
    assert len(colours(0.73)) > 1


def test_another_theme_recolours_everything(loss: Loss, places_of: PlacesOf) -> None:
    loss.set_theme(DARK)
    for colour in (training_colour, validation_colour):
        assert len(places_of(loss.plot, colour(DARK))) > 50
    assert len(places_of(loss.plot, training_colour(LIGHT))) == 0
    ground = loss.plot.grab().toImage().pixelColor(place(loss, 63, 0.93))
    assert ground == DARK.colour("surface")


def test_a_new_run_clears_the_plot(loss: Loss, places_of: PlacesOf) -> None:
    loss.begin(circles(), 38)
    assert len(places_of(loss.plot, training_colour(LIGHT))) == 0
    assert text(loss, "training") == text(loss, "validation") == ""
    assert axis_range(loss, "x") == [0, 38]
    assert axis_range(loss, "y") == [0, 1]


def test_a_loss_of_nothing_is_drawn_on_a_log_scale_too(qtbot: QtBot) -> None:
    curves = RunCurves()
    curves.append(History(np.arange(1, 4), np.array([1e-3, 0, 0], np.float32), np.full(3, np.nan, np.float32)))
    view = show(qtbot, Loss(LIGHT), curves)
    qtbot.keyClick(view.findChild(QCheckBox, "loss_log_scale"), Qt.Key.Key_Space)
    assert axis_range(view, "y") == [-6, -3]


@pytest.mark.parametrize("width", [220, 300, 420, 900])
def test_the_heading_has_its_room_before_the_values(qtbot: QtBot, falling: RunCurves, width: int) -> None:
    view = Accuracy(LIGHT)
    qtbot.addWidget(view)
    assert view.bar is not None
    view.bar.setParent(None)
    qtbot.addWidget(view.bar)
    view.begin(circles(), 100)
    view.show_curves(falling)
    view.bar.resize(width, 40)
    with qtbot.waitExposed(view.bar):
        view.bar.show()
    title = view._row.title
    assert title.width() >= title.sizeHint().width()


@pytest.mark.parametrize("width", [190, 240, 320, 700])
def test_numbers_of_steps_do_not_run_into_each_other(qtbot: QtBot, falling: RunCurves, width: int) -> None:
    view = show(qtbot, Loss(LIGHT), falling, total_steps=12_000)
    view.resize(width, 300)
    view.plot.set_x_range(12_000)
    view.grab()
    axis = view.plot.plot.getAxis("bottom")
    long = axis.size().width()
    spacing, places = axis.tickValues(0, 12_000, long)[0]
    texts = axis.tickStrings(places, 1, spacing)
    metrics = QFontMetricsF(axis.style["tickFont"])
    for one, other, text, next_text in zip(places, places[1:], texts, texts[1:], strict=False):
        apart = (other - one) / 12_000 * long
        assert apart > (metrics.horizontalAdvance(text) + metrics.horizontalAdvance(next_text)) / 2


@pytest.mark.parametrize("width", [320, 700])
def test_the_ring_around_the_last_measurement_is_whole(qtbot: QtBot, places_of: PlacesOf, width: int) -> None:
    view = Loss(LIGHT)
    curves, steps = RunCurves(), np.arange(1, 101)
    validation = (np.array([50, 100]), np.array([0.6, 0.4], np.float32), np.array([0.3, 0.7], np.float32))
    curves.append(History(steps, np.full(100, 0.5, np.float32), np.full(100, 0.5, np.float32), *validation))
    show(qtbot, view, curves)
    view.resize(width, 360)
    qtbot.wait(20)
    view.plot.draw_best(100, 0.4)
    view.grab()
    box = view.plot.plot.getViewBox()
    centre = box.mapViewToScene(QPointF(100, 0.4))
    assert box.sceneBoundingRect().right() - centre.x() < RING_PX / 2
    seen = places_of(view.plot.viewport(), validation_colour(LIGHT))
    right_of_it = seen[seen[:, 0] > centre.x()]
    assert right_of_it[:, 0].max() >= centre.x() + RING_PX / 2 - 1.5
