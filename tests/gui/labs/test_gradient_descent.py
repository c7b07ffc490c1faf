"""The lab on gradient descent, with the mouse and the keys."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QSlider
from pytestqt.qtbot import QtBot

from nnviz.core.errors import NnvizError
from nnviz.core.labs.loss_surface import SURFACES
from nnviz.core.labs.optimiser_race import Race
from nnviz.core.labs.state import LabStateError
from nnviz.core.training.optimisers import OPTIMISERS
from nnviz.gui.labs.gradient_descent import MOST_STEPS
from nnviz.gui.window_context import WindowContext
from tests.gui.labs.conftest import Opener

LEFT = Qt.MouseButton.LeftButton
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def page(open_lab: Opener) -> Any:
    page = open_lab("gradient_descent_lab").page
    assert page is not None
    return page


@pytest.fixture
def lab(page: Any, qtbot: QtBot) -> Any:
    settle(qtbot, page.lab)
    return page.lab


def settle(qtbot: QtBot, lab: Any) -> None:
    """Wait until the paths are those of the settings."""
    qtbot.waitUntil(lambda: not lab.waiting)


def choose(page: Any, field: str, text: str) -> None:
    box = page.findChild(QComboBox, f"lab_field_{field}")
    box.setCurrentIndex(box.findText(text))
    box.activated.emit(box.currentIndex())


def place(lab: Any, w1: float, w2: float) -> QPoint:
    return lab.canvas.axes().at(w1, w2).toPoint()


def steps(lab: Any, number: int) -> None:
    for _ in range(number):
        lab.advance("step")


def raced(lab: Any) -> dict[str, Any]:
    """The same race once more, from what the lab is set to."""
    now = lab.settings
    race = Race(
        lab.surface, lab.start, now.learning_rate, now.momentum, now.nesterov, now.batch_size, lab.seed
    )  # fmt: skip
    paths = race.run(OPTIMISERS.names(), 60)
    assert paths is not None
    return dict(paths)


def same(lab: Any, paths: dict[str, Any]) -> None:
    for name in lab.racing:
        np.testing.assert_array_equal(lab.paths[name].points[:61], paths[name].points)


def numbers_in(text: str) -> list[float]:
    """All numbers of a sentence, in their order."""
    plain = re.sub(r"<[^>]*>", "", text).replace("\N{MINUS SIGN}", "-")
    return [float(part) for part in re.findall(r"-?\d+\.?\d*(?:e-?\d+)?", plain)]


def test_every_optimiser_of_the_catalogue_races(lab: Any) -> None:
    assert sorted(lab.racers) == OPTIMISERS.names()
    assert all(lab.path(name).steps == MOST_STEPS for name in lab.racers)
    same(lab, raced(lab))


def test_the_start_is_dragged_and_all_paths_follow(qtbot: QtBot, lab: Any) -> None:
    canvas = lab.canvas
    steps(lab, 5)
    QTest.mousePress(canvas, LEFT, pos=canvas.handle().toPoint())
    QTest.mouseMove(canvas, place(lab, 0, 0))
    QTest.mouseMove(canvas, place(lab, 2, -1))
    QTest.mouseRelease(canvas, LEFT, pos=place(lab, 2, -1))
    assert lab.start == pytest.approx((2, -1), abs=0.03)
    settle(qtbot, lab)
    assert lab.step == 5
    # Gradient descent in the ravine, by hand: w1 is multiplied by 1 - eta, w2 by 1 - 25 eta.
    w1, w2 = lab.start
    expected = (w1 * 0.93**5, w2 * (-0.75) ** 5)
    np.testing.assert_allclose(lab.path("gradient_descent").points[5], expected, rtol=1e-12)
    assert canvas.ball("gradient_descent").toPoint() == place(lab, *expected)
    same(lab, raced(lab))


def test_the_start_stays_in_the_picture(lab: Any) -> None:
    canvas = lab.canvas
    QTest.mousePress(canvas, LEFT, pos=canvas.handle().toPoint())
    QTest.mouseMove(canvas, QPoint(-900, 4000))
    QTest.mouseRelease(canvas, LEFT, pos=QPoint(-900, 4000))
    assert lab.start == (-3.2, -3.2)


def test_keys_move_the_start_and_undo_puts_it_back(page: Any, lab: Any) -> None:
    canvas = lab.canvas
    for key, modifier, start in (
        (Qt.Key.Key_Up, Qt.KeyboardModifier.NoModifier, (-2.8, 1.3)),
        (Qt.Key.Key_Right, SHIFT, (-2.7, 1.3)),
        (Qt.Key.Key_Down, SHIFT, (-2.7, 1.2)),
        (Qt.Key.Key_Left, SHIFT, (-2.8, 1.2)),
        (Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier, (-2.8, 1.1)),
    ):
        QTest.keyClick(canvas, key, modifier)
        assert lab.start == pytest.approx(start)
        assert lab.step == 0
    # Without Shift the page makes steps with them.
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    assert lab.step == 1
    QTest.keyClick(canvas, Qt.Key.Key_Left)
    assert lab.step == 0
    QTest.keyClick(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert lab.start == pytest.approx((-2.8, 1.2))


def test_a_click_on_a_name_takes_it_out_of_the_race(qtbot: QtBot, page: Any, lab: Any) -> None:
    canvas = lab.canvas
    steps(lab, 20)
    row = canvas.row_of("adam")
    beside = canvas.ball("momentum")
    colour = canvas.colour_of("momentum")
    assert canvas.grab().toImage().pixelColor(beside.toPoint()) == colour
    for name in ("adam", "momentum"):
        QTest.mouseClick(canvas, LEFT, pos=canvas.row_of(name).center().toPoint())
    assert lab.hidden == {"adam", "momentum"}
    settle(qtbot, lab)
    assert canvas.grab().toImage().pixelColor(beside.toPoint()) != colour
    QTest.keyClick(canvas, Qt.Key.Key_2)
    assert lab.hidden == {"momentum"}
    settle(qtbot, lab)
    same(lab, raced(lab))
    QTest.keyClick(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert lab.hidden == {"adam", "momentum"}
    QTest.keyClick(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert lab.hidden == {"adam"}
    assert row == canvas.row_of("adam")


def test_pages_choose_who_is_followed(lab: Any) -> None:
    names = list(lab.racers)
    assert lab.followed == "gradient_descent"
    QTest.keyClick(lab.canvas, Qt.Key.Key_PageDown)
    assert lab.followed == names[names.index("gradient_descent") + 1]
    QTest.keyClick(lab.canvas, Qt.Key.Key_PageUp)
    QTest.keyClick(lab.canvas, Qt.Key.Key_PageUp)
    assert lab.followed == names[names.index("gradient_descent") - 1]
    assert lab.settings.followed in lab.what()


def test_following_somebody_who_is_hidden_shows_him(page: Any, lab: Any) -> None:
    lab.set_shown("adam", False)
    choose(page, "followed", "Adam")
    assert "adam" not in lab.hidden


def test_sliders_change_the_paths_where_one_stands(qtbot: QtBot, page: Any, lab: Any) -> None:
    steps(lab, 30)
    before = lab.path("gradient_descent").points[30]
    for name in ("learning_rate", "momentum", "batch_size"):
        slider = page.findChild(QSlider, f"lab_slider_{name}")
        slider.setFocus()
        for _ in range(4):
            QTest.keyClick(slider, Qt.Key.Key_PageDown)
    assert lab.step == 30
    assert lab.settings.learning_rate < 0.03
    assert lab.settings.momentum < 0.6
    assert lab.settings.batch_size < 30
    settle(qtbot, lab)
    assert (lab.path("gradient_descent").points[30] != before).all()
    same(lab, raced(lab))


@pytest.mark.parametrize("name", SURFACES)
def test_every_surface_begins_at_its_own_start_and_says_what_happened(
    qtbot: QtBot, page: Any, lab: Any, name: str
) -> None:
    choose(page, "surface", name)
    if name != "ravine":
        assert lab.settings.learning_rate == lab.surface.rate
        assert page.controls.spec == lab.settings
    assert lab.start == lab.surface.start
    said = page.findChild(QLabel, "lab_happened")
    beginning = [*lab.start, lab.surface.loss(*lab.start), *lab.surface.gradient(*lab.start)]
    assert numbers_in(said.text()) == pytest.approx([float(part) for part in beginning], rel=0.01)
    settle(qtbot, lab)
    path = raced(lab)["gradient_descent"]
    QTest.keyClick(page, Qt.Key.Key_Right)
    QTest.keyClick(page, Qt.Key.Key_Right)
    moved = path.points[2] - path.points[1]
    expected = [2, *path.gradients[1], *moved, *path.points[2], *path.losses[1:3]]
    assert numbers_in(said.text()) == pytest.approx(expected, rel=0.01)
    lab.canvas.grab()


def test_who_diverges_is_said_to(qtbot: QtBot, page: Any, lab: Any) -> None:
    lab.settings_wanted.emit(lab.settings.replace(learning_rate=0.09))
    settle(qtbot, lab)
    path = lab.path("gradient_descent")
    assert path.diverged is not None
    steps(lab, path.diverged - 1)
    lab.told.emit()
    said = page.findChild(QLabel, "lab_happened")
    assert "diverged" not in said.text()
    assert lab.canvas._legend.words(path) == "out of the picture"
    assert "left the picture" in said.text()
    assert lab.canvas.ball("gradient_descent") is None
    QTest.keyClick(page, Qt.Key.Key_Right)
    assert "has diverged" in said.text()
    assert lab.canvas._legend.words(path) == "diverged"
    # Numbers that overflow are painted too.
    lab.settings_wanted.emit(lab.settings.replace(learning_rate=2.0))
    settle(qtbot, lab)
    steps(lab, MOST_STEPS)
    assert not lab.can_advance()
    lab.canvas.grab()
    assert "diverged" in lab.happened()


def test_whoever_arrives_is_said_to_be_at_a_minimum(qtbot: QtBot, page: Any, lab: Any) -> None:
    choose(page, "surface", "two minima")
    settle(qtbot, lab)
    steps(lab, 300)
    assert "not the lowest" in lab.happened()
    choose(page, "followed", "Momentum")
    settle(qtbot, lab)
    assert "at the minimum" in lab.happened()


def test_pointing_says_loss_and_gradient(lab: Any) -> None:
    canvas = lab.canvas
    before = canvas.grab().toImage()
    QTest.mouseMove(canvas, place(lab, 1, 2))
    # (1 + 25 * 4) / 2, and (1, 50).
    assert canvas.pointed_lines(1.0, 2.0) == ["w = (1, 2)", "loss 50.5", "gradient (1, 50)"]
    after = canvas.grab().toImage()
    assert after != before
    # The arrow goes down from there: against the gradient.
    at = place(lab, 1, 2)
    ink = lab.theme.colour("text")

    def inked(rows: range) -> int:
        return sum(after.pixelColor(at.x() + dx, at.y() + dy) == ink for dx in range(-4, 5) for dy in rows)

    assert inked(range(6, 40)) > 20
    assert inked(range(-40, -6)) == 0


def test_colours_say_how_large_the_loss_is(lab: Any) -> None:
    image = lab.canvas.grab().toImage()
    pale, dark = (image.pixelColor(place(lab, *at)).lightness() for at in ((0.3, 0.05), (0.3, 3.0)))
    assert pale > dark + 30


def test_the_newest_of_many_changes_wins(qtbot: QtBot, page: Any, lab: Any) -> None:
    canvas = lab.canvas
    steps(lab, 3)
    QTest.mousePress(canvas, LEFT, pos=canvas.handle().toPoint())
    for number in range(25):
        QTest.mouseMove(canvas, place(lab, -2 + 0.1 * number, 1))
        qtbot.wait(5)
    QTest.mouseRelease(canvas, LEFT, pos=place(lab, 0.4, 1))
    settle(qtbot, lab)
    assert lab.path("adam").points[0].tolist() == list(lab.start)
    same(lab, raced(lab))


def test_the_network_shows_the_batch_of_the_last_step(qtbot: QtBot, page: Any, lab: Any) -> None:
    choose(page, "surface", "tiny network")
    lab.settings_wanted.emit(lab.settings.replace(batch_size=9))
    assert lab.batch is None
    settle(qtbot, lab)
    steps(lab, 12)
    assert len(lab.batch) == 1
    steps(lab, 1)
    assert len(lab.batch) == 9
    path = lab.path("gradient_descent")
    expected = lab.surface.gradient(*path.points[12].tolist(), lab.batch)
    np.testing.assert_allclose(path.gradients[12], expected, rtol=1e-12)
    assert "of its batch" in lab.happened()


def test_a_file_brings_start_racers_and_its_own_rate(qtbot: QtBot, lab: Any) -> None:
    lab.settings_wanted.emit(lab.settings.replace(surface="Beale"))
    lab.settings_wanted.emit(lab.settings.replace(learning_rate=0.002))
    lab.set_start(0.5, 0.5)
    lab.set_shown("adam", False)
    steps(lab, 40)
    state = lab.state()
    lab.settings_wanted.emit(lab.settings.replace(surface="bowl"))
    lab.take_state(state)
    assert lab.state() == state
    assert lab.settings.learning_rate == 0.002
    assert lab.surface.name == "Beale"
    settle(qtbot, lab)
    assert lab.paths["momentum"].points[0].tolist() == [0.5, 0.5]
    for damaged in ({"hidden": 3}, {"hidden": [None]}, {"start": [1]}, {"start": ["a", 2]}):
        with pytest.raises(LabStateError):
            lab.take_state(type(state)(state.lab, state.settings, 0, 0, damaged))
        assert lab.state() == state
    settle(qtbot, lab)


def test_a_race_that_fails_is_said_and_the_next_one_runs(
    qtbot: QtBot, page: Any, lab: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object) -> None:
        raise NnvizError("There is no memory left. Close other programs.")

    with monkeypatch.context() as broken:
        broken.setattr(Race, "run", fail)
        lab.set_start(1.0, 1.0)
        settle(qtbot, lab)
    assert "no memory left" in page.findChild(QLabel, "lab_happened").text()
    lab.set_start(2.0, 1.0)
    settle(qtbot, lab)
    assert "no memory left" not in page.findChild(QLabel, "lab_happened").text()
    same(lab, raced(lab))


def test_space_runs_the_race_and_the_balls_glide(qtbot: QtBot, page: Any, lab: Any) -> None:
    page.transport.set_speed(2)
    QTest.keyClick(page, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: lab.step >= 1 and lab.between > 0.2)
    path = lab.path("gradient_descent")
    first, second = (lab.canvas.axes().at(*path.points[step].tolist()) for step in (lab.step, lab.step + 1))
    glides = lab.canvas.ball("gradient_descent")
    QTest.keyClick(page, Qt.Key.Key_Space)
    assert min(first.y(), second.y()) < glides.y() < max(first.y(), second.y())
    assert lab.canvas.ball("gradient_descent") == lab.canvas.axes().at(*path.points[lab.step].tolist())


def test_a_lab_that_is_closed_while_it_computes_says_nothing(qtbot: QtBot, open_lab: Opener) -> None:
    workspace = open_lab("gradient_descent_lab")
    qtbot.wait(20)
    workspace.show_gallery()
    qtbot.wait(300)
    assert workspace.page is None


@pytest.mark.parametrize("projector", [False, True])
def test_every_name_fits_its_row(open_lab: Opener, context: WindowContext, projector: bool) -> None:
    context.appearance.set_projector(projector)
    page: Any = open_lab("gradient_descent_lab").page
    canvas = page.lab.canvas
    for name, title in page.lab.racers.items():
        row = canvas.row_of(name)
        numbers = canvas._legend._columns(row)[0][0]
        taken = (0.8 + 2 * 0.36 + 0.4) * canvas.theme.font_px
        assert canvas.width_of(title, bold=True) <= numbers - row.left() - taken, title
        assert row.bottom() < canvas.height()
    assert canvas.axes().box.width() > 200
    assert canvas.axes().box.right() + canvas._bar_width() <= canvas.panel().left()
