"""The real views of the real window, taken back: what they show of a step is what they showed live at that step.

Every view that paints itself is compared pixel by pixel, but for two. "Weights" and "Gradients" draw the whole run over
the steps, on axes that have room for what came later, and mark the step; of these the parts that show the moment alone
are compared, where the axis has not moved since. "Loss" and "Accuracy" mark the step and say its values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QRect, QSettings, Qt
from PySide6.QtGui import QAction, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QSlider, QStyle, QStyleOptionSlider, QToolButton
from pytestqt.qtbot import QtBot

from nnviz.core.datasets.image_folder import ImageFolder
from nnviz.core.layers.conv2d import Conv2d
from nnviz.core.layers.dense import Dense
from nnviz.core.layers.dropout import Dropout
from nnviz.core.layers.flatten import Flatten
from nnviz.core.layers.max_pool2d import MaxPool2d
from nnviz.core.layers.relu import ReLU
from nnviz.core.network import NetworkSpec
from nnviz.core.shape import Shape
from nnviz.core.training.optimisers.adam import Adam
from nnviz.core.training.spec import TrainingSpec
from nnviz.gui.app import Application
from nnviz.gui.document import Project
from nnviz.gui.session import SessionState
from nnviz.gui.views.axes import Frame
from nnviz.gui.views.canvas_view import CanvasView
from nnviz.gui.views.gradients import Gradients
from nnviz.gui.views.weights import Weights
from nnviz.gui.views.workspace import LiveWorkspace
from tests.gui.training import preset_project
from tests.gui.views.moment import Moment

LEFT = Qt.MouseButton.LeftButton
LIVE_STEPS = 9
STEPS = 20
"""Of the whole run: so few that every one is kept."""

OPENED_LATE = "units"
"""A view that is closed while it is trained."""

TRAILS = ("weights", "gradients")


def picture_project(folder: Path) -> Project:
    """A small convolutional network with dropout on 3 x 20 coloured images of our own."""
    rng = np.random.default_rng(5)
    for number, name in enumerate(("down", "up", "wide")):
        (folder / name).mkdir(parents=True)
        for n in range(20):
            pixels = rng.integers(0, 90, (10, 12, 3), dtype=np.uint8)
            pixels[2 + n % 5 : 5 + n % 5, :, number] += 150
            Image.fromarray(pixels).save(folder / name / f"{n}.png")
    layers = (
        Conv2d(filters=4, kernel_size=3),
        ReLU(),
        MaxPool2d(),
        Flatten(),
        Dropout(rate=0.2),
        Dense(units=12),
        ReLU(),
        Dense(units=3),
    )
    network = NetworkSpec(input_shape=Shape((3, 10, 12)), layers=layers)
    training = TrainingSpec(optimiser=Adam(learning_rate=0.03), batch_size=8, steps=STEPS)
    return Project("Small CNN", network, ImageFolder.inspect(folder), training)


def points_project(folder: Path) -> Project:
    preset = preset_project("2d_classifier")
    training = preset.training.replace(optimiser=Adam(learning_rate=0.05), steps=STEPS)
    return Project(preset.title, preset.network, preset.dataset, training)


@dataclass(frozen=True)
class Seen:
    """What one view showed at one step."""

    arrays: dict[str, np.ndarray]
    picture: QImage
    axis: object


class Person:
    """Somebody who trains step by step, takes the views back, and looks at all of them."""

    def __init__(self, qtbot: QtBot, application: Application) -> None:
        self.qtbot = qtbot
        self.application = application
        self.window, self.session = application.window, application.session
        QTest.keyClick(self.window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
        live = self.window.workspace
        assert isinstance(live, LiveWorkspace)
        self.live = live
        self.failures: list[str] = []
        self.session.failed.connect(lambda failure: self.failures.append(failure.sentence))

    def train_one(self) -> None:
        wanted = self.application.frame_clock.curves.loss.last_step + 1
        QTest.keyClick(self.window, Qt.Key.Key_F10)

        def is_done() -> bool:
            # Another run brings other curves.
            step = self.application.frame_clock.curves.loss.last_step
            return self.session.state is SessionState.PAUSED and step == wanted

        self.qtbot.waitUntil(is_done)

    def train_to_the_end(self) -> None:
        QTest.keyClick(self.window, Qt.Key.Key_F5)
        self.qtbot.waitUntil(lambda: self.session.state is SessionState.IDLE)

    def arrange_all(self) -> None:
        action = self.live.findChild(QAction, "arrange_all")
        assert action is not None
        action.trigger()
        offered = [dock.view for dock in self.live.area.offered() if self.live.area.is_open(dock.view.name)]
        self.qtbot.waitUntil(lambda: self.live.visible_views() == offered)
        self.settle()

    def settle(self) -> None:
        """Let what is arranged come to rest."""
        for _ in range(5):
            QApplication.processEvents()

    def canvases(self) -> dict[str, CanvasView]:
        return {view.name: view for view in self.live.visible_views() if isinstance(view, CanvasView)}

    def wait_for(self, step: int) -> None:
        """Until every view on the screen shows this step."""

        def all_there() -> bool:
            return all(view.snapshot is not None and view.snapshot.step == step for view in self.canvases().values())

        self.qtbot.waitUntil(all_there)
        self.settle()

    def look(self) -> dict[str, Seen]:
        seen = {}
        for name, view in self.canvases().items():
            assert view.snapshot is not None
            arrays = {key: np.array(value) for key, value in view.snapshot.arrays.items()}
            seen[name] = Seen(arrays, view.canvas.grab().toImage(), axis_of(view))
        return seen

    def slider(self) -> QSlider:
        slider = self.live.rewind.findChild(QSlider, "rewind_slider")
        assert slider is not None
        return slider

    def go_to_by_keys(self, step: int) -> None:
        self.slider().setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(self.slider(), Qt.Key.Key_Home)
        for _ in range(step - 1):
            QTest.keyClick(self.slider(), Qt.Key.Key_Right)
        self.wait_for(step)

    def go_to_by_mouse(self, step: int) -> None:
        """Drag the handle there."""
        slider = self.slider()
        QTest.mousePress(slider, LEFT, pos=self._handle(slider.value()))
        for place in (self._handle((slider.value() + step - 1) // 2), self._handle(step - 1)):
            QTest.mouseMove(slider, place)
            QApplication.processEvents()
        QTest.mouseRelease(slider, LEFT, pos=self._handle(step - 1))
        assert self.live.rewind.step == step
        self.wait_for(step)

    def _handle(self, value: int) -> QPoint:
        slider, option = self.slider(), QStyleOptionSlider()
        slider.initStyleOption(option)
        option.sliderPosition = value
        part = QStyle.SubControl.SC_SliderHandle
        return slider.style().subControlRect(QStyle.ComplexControl.CC_Slider, option, part, slider).center()

    def press(self, kind: type[Any], name: str) -> Any:
        button = self.live.rewind.findChild(kind, name)
        assert button is not None
        QTest.mouseClick(button, LEFT)
        return button

    def texts(self) -> list[str]:
        """What the headings of the curves say."""
        labels = (self.live.findChild(QLabel, f"{name}_training_value") for name in ("loss", "accuracy"))
        return [label.text() for label in labels if label is not None]


def axis_of(view: CanvasView) -> object:
    """The ends of the axes on which a view with a trail shows the moment."""
    if isinstance(view, Weights):
        return [(row.name, now.bottom, now.top) for row, _, now in view.spreads.frames()]
    if isinstance(view, Gradients):
        canvas = view.gradients
        return [(range_.low, range_.high) for range_ in (canvas._decades, canvas._update_decades)]
    return None


def trail_frames(view: CanvasView) -> list[Frame]:
    """Where a view draws the whole run."""
    if isinstance(view, Weights):
        return [over for _, over, _ in view.spreads.frames()]
    assert isinstance(view, Gradients)
    return [view.gradients.lines_frame()]


def moment_parts(view: CanvasView) -> list[QRect]:
    """Where it draws the moment alone."""
    if isinstance(view, Weights):
        # Without the upright line at its left, in which the last pixel of the bands may end.
        return [now.area.toRect().adjusted(2, 1, 0, -1) for _, _, now in view.spreads.frames()]
    assert isinstance(view, Gradients)
    return [view.gradients.row_rect(index).toRect() for index in range(len(view.gradients._layers))]


def assert_same_arrays(now: dict[str, np.ndarray], then: dict[str, np.ndarray], what: str) -> None:
    assert now.keys() == then.keys(), what
    for key, value in then.items():
        np.testing.assert_array_equal(now[key], value, err_msg=f"{what}: {key}")


def compare(person: Person, step: int, live: dict[str, Seen]) -> set[str]:
    """Compare what is shown with what was; the names of the views of which a picture was compared."""
    compared = set()
    for name, seen in person.look().items():
        if name == OPENED_LATE:
            continue
        then, what = live[name], f"{name} at step {step}"
        assert_same_arrays(seen.arrays, then.arrays, what)
        assert seen.picture.size() == then.picture.size(), what
        if name not in TRAILS:
            assert seen.picture == then.picture, what
            compared.add(name)
            continue
        view = person.canvases()[name]
        if seen.axis == then.axis:
            for part in moment_parts(view):
                assert seen.picture.copy(part) == then.picture.copy(part), what
            compared.add(name)
        for frame in trail_frames(view):
            assert is_marked(seen.picture, frame, step, view), what
    return compared


def is_marked(picture: QImage, frame: Frame, step: int, view: CanvasView) -> bool:
    """Whether an upright line in the colour of text stands at the step, from top to bottom."""
    x = float(frame.x(step))
    colour = view.theme.colour("text")
    rows = range(round(frame.area.top()) + 2, round(frame.area.bottom()) - 2)
    columns = range(int(x) - 1, int(x) + 2)
    return any(all(picture.pixelColor(column, row) == colour for row in rows) for column in columns)


@pytest.fixture
def application(qtbot: QtBot, qapp: QApplication, settings: QSettings, tmp_path: Path) -> Iterator[Application]:
    application = Application(qapp, settings, runs_dir=tmp_path / "runs")
    application.session.set_device("cpu")
    application.window.resize(1500, 1000)
    with qtbot.waitExposed(application.window):
        application.show()
    application.window.activateWindow()
    qtbot.waitUntil(application.window.isActiveWindow)
    qtbot.waitUntil(lambda: application.session.state is SessionState.IDLE)
    yield application
    application.window.close()
    application.shut_down()
    application.window.deleteLater()
    qapp.setStyleSheet("")


@pytest.mark.timeout(300)
@pytest.mark.parametrize("make", [picture_project, points_project], ids=["cnn", "points"])
def test_every_view_shows_of_a_step_what_it_showed_live(
    qtbot: QtBot, application: Application, tmp_path: Path, make: Callable[[Path], Project]
) -> None:
    project = make(tmp_path / "pictures")
    person = Person(qtbot, application)
    application.document.replace(project, "Take another project")
    # Before anything is trained: torch has one random state for all threads.
    replay = Moment(project)
    late: dict[int, dict[str, np.ndarray]] = {}
    late_view = person.live.views[OPENED_LATE]
    assert late_view.probe is not None
    for step in range(1, STEPS + 1):
        replay.train(1)
        if step in (1, 6):
            late[step] = {key: np.array(value) for key, value in late_view.probe(replay.context).items()}
    for _ in replay.trainer.steps():
        # The last measurement of the validation data.
        pass
    history = replay.trainer.take_history()

    person.train_one()
    person.live.area.set_open(OPENED_LATE, False)
    person.arrange_all()
    assert len(person.canvases()) >= 7
    assert OPENED_LATE not in person.canvases()
    live: dict[int, dict[str, Seen]] = {}
    for step in range(1, LIVE_STEPS + 1):
        person.wait_for(step)
        live[step] = person.look()
        person.train_one()
    assert person.live.in_words.isHidden(), "it takes room from the views: their pictures could not be compared"
    person.wait_for(LIVE_STEPS + 1)
    newest, newest_texts = person.look(), person.texts()

    # Back by mouse and by keys, in no order.
    compared: dict[int, set[str]] = {}
    person.go_to_by_mouse(LIVE_STEPS)
    compared[LIVE_STEPS] = compare(person, LIVE_STEPS, live[LIVE_STEPS])
    assert compared[LIVE_STEPS] == set(person.canvases()), "no axis moves in the last step"
    for step in (4, 7, 1, 6):
        person.go_to_by_keys(step)
        compared[step] = compare(person, step, live[step])
        assert compared[step] >= set(person.canvases()) - set(TRAILS)
        assert f"step {step}: {history.loss[step - 1]:.4g}" in person.texts()[0]

    # A view that was closed then is opened in the past.
    person.live.area.set_open(OPENED_LATE, True)
    qtbot.waitUntil(lambda: OPENED_LATE in person.canvases())
    person.wait_for(6)
    assert_same_arrays(person.look()[OPENED_LATE].arrays, late[6], "opened in the past")
    person.live.area.set_open(OPENED_LATE, False)
    person.settle()
    person.arrange_all()
    compare(person, 6, live[6])

    # Now is now, as if nobody had been in the past.
    person.press(QPushButton, "now_button")
    person.wait_for(LIVE_STEPS + 1)
    assert person.look().keys() == newest.keys()
    for name, seen in person.look().items():
        assert_same_arrays(seen.arrays, newest[name].arrays, name)
        assert seen.picture == newest[name].picture, name
    assert person.texts() == newest_texts

    # Training goes on while the past is shown; the film then shows all of it, and ends with now.
    person.go_to_by_keys(4)
    person.train_to_the_end()
    person.settle()
    compare(person, 4, live[4])
    person.press(QPushButton, "now_button")
    person.wait_for(STEPS)
    shown: list[int] = []
    person.go_to_by_keys(STEPS - 5)
    film = person.press(QToolButton, "film_button")

    def is_over() -> bool:
        steps = {view.snapshot.step for view in person.canvases().values() if view.snapshot is not None}
        if len(steps) == 1 and steps != set(shown[-1:]):
            shown.extend(steps)
        return not film.isChecked()

    qtbot.waitUntil(is_over)
    assert shown == sorted(set(shown))
    assert shown[0] == STEPS - 5
    assert len(shown) >= 3, "a film waits for the views, however slow they are"
    person.wait_for(STEPS)
    assert person.live.rewind.step == 0
    final = {name: view.probe(replay.context) for name, view in person.canvases().items() if view.probe is not None}
    for name, seen in person.look().items():
        assert_same_arrays(seen.arrays, {key: np.asarray(value) for key, value in final[name].items()}, name)

    # And the training never noticed.
    with qtbot.waitSignal(application.session.collected) as answer:
        application.session.collect("end")
    file = answer.args[1]
    for name, tensor in replay.trainer.model.state_dict().items():
        np.testing.assert_array_equal(file.weights[name], tensor.numpy(), err_msg=name)
    np.testing.assert_array_equal(file.history.loss, history.loss)
    np.testing.assert_array_equal(file.history.validation_loss, history.validation_loss)
    assert person.failures == []
