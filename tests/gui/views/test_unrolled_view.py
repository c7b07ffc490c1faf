"""The unrolled view: bars of the right length, moment by moment, by keys, buttons and in slow motion."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QSpinBox
from pytestqt.qtbot import QtBot

from nnviz.core.layers.gru import Gru
from nnviz.core.layers.lstm import Lstm
from nnviz.core.layers.rnn import Rnn
from nnviz.gui.style.colours import positive
from nnviz.gui.style.theme import LIGHT
from nnviz.gui.views.cell_parts import part_colour
from nnviz.gui.views.unrolled import SLOW_MS, Unrolled
from tests.gui.training import circles, preset_project, switch_with
from tests.gui.views.moment import Moment


@pytest.fixture(scope="module")
def moment() -> Moment:
    return Moment(preset_project("on_off_memory"), 30)


def shown(qtbot: QtBot, moment: Moment, size: tuple[int, int] = (1100, 460)) -> Unrolled:
    return moment.seen(qtbot, Unrolled(LIGHT), *size)


@pytest.fixture
def view(qtbot: QtBot, moment: Moment) -> Unrolled:
    return shown(qtbot, moment)


def press(view: Unrolled, name: str) -> None:
    assert view.bar is not None
    button = view.bar.findChild(QPushButton, f"unrolled_{name}")
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_parts_come_about_one_after_the_other(view: Unrolled) -> None:
    canvas = view.unrolled
    assert (canvas.turn, canvas.part) == (0, "forget")
    seen = [canvas.part]
    for _ in range(6):
        press(view, "next")
        seen.append(canvas.part)
    assert seen == ["forget", "input", "candidate", "cell", "output", "hidden", "forget"]
    assert canvas.turn == 1
    press(view, "back")
    assert (canvas.turn, canvas.part) == (0, "hidden")


def coloured(view: Unrolled, part: str, turn: int) -> int:
    """Pixels of a part's own colour in its bar's line."""
    canvas = view.unrolled
    slot = next(slot for slot in canvas.slots() if slot.turn == turn)
    bar, image = canvas.bar(slot, part), canvas.grab().toImage()
    y = round(bar.center().y())
    pixels = [image.pixelColor(x, y) for x in range(round(bar.left()), round(bar.right()))]
    return pixels.count(part_colour(LIGHT, part))


def test_bars_are_as_long_as_the_gates_are_open_and_empty_before(view: Unrolled) -> None:
    canvas = view.unrolled
    for unit in (0, 5):
        canvas.choose_unit(unit)
        canvas.go_to(4, 1)
        slot = next(slot for slot in canvas.slots() if slot.turn == 4)
        for part in ("forget", "input"):
            value = float(canvas.arrays[f"part.{part}"][4, unit])
            assert coloured(view, part, 4) == pytest.approx(value * canvas.bar(slot, part).width(), abs=2)
        assert coloured(view, "output", 4) == 0
        assert coloured(view, "forget", 5) == 0
        assert coloured(view, "output", 3) > 0
    # A value with a sign lies on its side of the middle.
    hidden = canvas.arrays["part.hidden"][: canvas.length]
    turn, unit = np.unravel_index(int(hidden.argmax()), hidden.shape)
    canvas.choose_unit(int(unit))
    canvas.go_to(int(turn), 5)
    slot = next(slot for slot in canvas.slots() if slot.turn == turn)
    bar, image = canvas.bar(slot, "hidden"), canvas.grab().toImage()
    right = bar.center().x() + float(hidden.max()) * bar.width() / 4
    assert image.pixelColor(round(right), round(bar.center().y())) == positive(LIGHT)


def test_states_between_cells_have_their_colour(view: Unrolled) -> None:
    canvas = view.unrolled
    canvas.go_to(3, 5)
    slot = next(slot for slot in canvas.slots() if slot.turn == 2)
    image = canvas.grab().toImage()
    expected = canvas.state_colour("hidden", 2).getRgb()
    x = round(slot.between.center().x())
    colours = [image.pixelColor(x, y).getRgb() for y in range(round(slot.between.top()), round(slot.between.bottom()))]
    assert any(max(abs(a - b) for a, b in zip(c, expected, strict=True)) <= 3 for c in colours)


def test_keys_move_by_moments_steps_and_units(view: Unrolled) -> None:
    canvas = view.unrolled
    QTest.keyClick(canvas, Qt.Key.Key_PageDown)
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    assert (canvas.turn, canvas.part) == (1, "input")
    QTest.keyClick(canvas, Qt.Key.Key_Left)
    QTest.keyClick(canvas, Qt.Key.Key_Down)
    assert (canvas.part, canvas.unit) == ("forget", 1)
    box = view.bar.findChild(QSpinBox, "unrolled_unit") if view.bar is not None else None
    assert box is not None
    assert box.value() == 2
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Up)
    assert canvas.unit == 2
    QTest.keyClick(canvas, Qt.Key.Key_End)
    assert (canvas.turn, canvas.part) == (canvas.length - 1, "hidden")
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    assert canvas.turn == canvas.length - 1
    QTest.keyClick(canvas, Qt.Key.Key_Home)
    assert (canvas.turn, canvas.part) == (0, "forget")


def test_a_click_goes_to_a_part_and_the_mouse_tells_its_formula(view: Unrolled) -> None:
    canvas = view.unrolled
    slot = canvas.slots()[2]
    at = canvas.row(slot, "cell").center()
    assert canvas.text_at(at) == ""
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=at.toPoint())
    assert (canvas.turn, canvas.part) == (2, "cell")
    slot = next(slot for slot in canvas.slots() if slot.turn == 2)
    text = canvas.text_at(canvas.row(slot, "cell").center())
    f, c, i, g = (
        float(canvas.arrays[f"part.{name}"][step, 0])
        for name, step in (("forget", 2), ("cell", 1), ("input", 2), ("candidate", 2))
    )
    assert text.startswith("Cell state c\nc[3] = f c[2] + i g = ")
    assert float(text.rsplit("= ", 1)[1].replace("−", "-")) == pytest.approx(f * c + i * g, abs=1e-3)  # noqa: RUF001
    assert canvas.text_at(QPointF(slot.below.center())) in ("X", "A", "B", "C", "D", "E")


def test_slow_motion_moves_by_itself_until_it_is_hidden(qtbot: QtBot, view: Unrolled) -> None:
    press(view, "play")
    assert view.plays
    with qtbot.waitSignals([view.unrolled.moved] * 2):
        pass
    assert view.unrolled.moment >= 1
    view.hide()
    assert not view.plays
    with qtbot.assertNotEmitted(view.unrolled.moved, wait=int(1.5 * SLOW_MS)):
        pass
    view.show()
    # At the end it begins anew, and stops when it is there again.
    QTest.keyClick(view.unrolled, Qt.Key.Key_End)
    press(view, "play")
    assert (view.unrolled.turn, view.unrolled.moment) == (0, 0)
    QTest.keyClick(view.unrolled, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: not view.plays)


@pytest.mark.parametrize("layer", [Gru(units=5), Rnn(units=5, activation="relu"), Lstm(units=5, bidirectional=True)])
def test_other_cells_and_the_way_back(qtbot: QtBot, layer: Gru | Rnn | Lstm) -> None:
    moment = Moment(switch_with(layer.replace(passes_on="every step")), 3)
    view = shown(qtbot, moment, (420, 400))
    if layer.bidirectional:
        view._cell.setCurrentIndex(1)
        moment.show(view)
        # The first that it reads is the last step.
        assert view.unrolled.step_of(0) == view.unrolled.length - 1
        view.unrolled.go_to(1, 3)
        assert f"f c[{view.unrolled.length}]" in view.unrolled.formula("cell", 1)
    for _ in range(8):
        QTest.keyClick(view.unrolled, Qt.Key.Key_Right)
        view.grab()
    assert len(view.table()) == view.unrolled.length + 1
    assert not Unrolled.applies_to(circles())
