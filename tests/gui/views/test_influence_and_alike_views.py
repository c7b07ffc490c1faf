"""Which input steps an output depends on, and where else a stretch of hidden state occurs."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from nnviz.gui.style.colours import diverging_colour
from nnviz.gui.style.theme import DARK, LIGHT
from nnviz.gui.views.alike import Alike
from nnviz.gui.views.gates import Gates
from nnviz.gui.views.gradient_through_time import GradientThroughTime
from nnviz.gui.views.influence import Influence
from nnviz.gui.views.recurrent import RecurrentView
from nnviz.gui.views.unrolled import Unrolled
from tests.gui.training import circles, preset_project
from tests.gui.views.moment import Moment


@pytest.fixture(scope="module")
def switch() -> Moment:
    return Moment(preset_project("on_off_memory"), 60)


@pytest.fixture(scope="module")
def adding() -> Moment:
    return Moment(preset_project("adding_rnn"), 3)


def shown(qtbot: QtBot, kind: type[Influence | Alike], moment: Moment, size: tuple[int, int] = (800, 620)) -> object:
    return moment.seen(qtbot, kind(LIGHT), *size)


def test_influences_are_gradients_times_inputs(qtbot: QtBot, switch: Moment) -> None:
    view = shown(qtbot, Influence, switch)
    assert isinstance(view, Influence)
    view.follow_sample(4)
    arrays = switch.show(view).arrays
    x = switch.data.validation.x[4]
    length = int((~np.isnan(x[:, 0])).sum())
    assert int(arrays["length"]) == length
    assert bool(arrays["every_step"])
    assert arrays["row"].tolist() == list(range(length))
    one_hot = torch.nn.functional.one_hot(torch.from_numpy(x[:length, 0]).long(), 6).float()[None].requires_grad_()
    lstm, dense = (switch.trainer.model.get_submodule(name) for name in ("lstm_1", "dense_1"))
    outputs = dense(lstm.run(one_hot)[0])[0]
    for row in (0, 3, length - 1):
        answer = int(outputs[row].argmax())
        assert int(arrays["answer"][row]) == answer
        (gradient,) = torch.autograd.grad(outputs[row, answer], one_hot, retain_graph=True)
        expected = (gradient * one_hot).sum(2)[0].detach().numpy()
        np.testing.assert_allclose(arrays["influence"][row, :length], expected, atol=1e-5)
        # What comes later cannot have been seen.
        assert not arrays["influence"][row, row + 1 : length].any()
    assert np.isnan(arrays["influence"][:, length:]).all()


def test_one_answer_has_one_row_and_values_count_as_they_are(qtbot: QtBot, adding: Moment) -> None:
    view = shown(qtbot, Influence, adding)
    assert isinstance(view, Influence)
    arrays = adding.show(view).arrays
    x = torch.from_numpy(np.array(adding.data.validation.x[:1])).requires_grad_()
    adding.trainer.model.eval()
    (gradient,) = torch.autograd.grad(adding.trainer.model(x).sum(), x)
    adding.trainer.model.train()
    np.testing.assert_allclose(arrays["influence"], (gradient * x).sum(2).detach().numpy(), atol=1e-6)
    assert "value 1" in view.influence.text_at(view.influence.map_frame().area.center())
    assert len(view.table()) == 101


def test_the_row_under_the_mouse_is_marked_and_shown_as_bars(qtbot: QtBot, switch: Moment) -> None:
    view = shown(qtbot, Influence, switch)
    assert isinstance(view, Influence)
    canvas = view.influence
    frame = canvas.map_frame()
    at = QPointF(frame.x(3.0), frame.y(5.0))
    QTest.mouseMove(canvas, at.toPoint())
    assert canvas.row == 5
    assert "answer" in canvas.text_at(at)
    assert "at step 6" in canvas.text_at(at)
    image = canvas.grab().toImage()
    share = canvas.relative()[5]
    step = int(np.nanargmax(np.abs(share)))
    bars = canvas.bars_frame()
    middle = QPointF(bars.x(step + 1.0), float(bars.y(share[step] / 2))).toPoint()
    strong = diverging_colour(LIGHT, float(np.sign(share[step])))
    # The largest bar reaches to the end of its side, in the colour of its sign.
    colour = image.pixelColor(middle)
    assert (colour.blue() > colour.red()) == (strong.blue() > strong.red())
    assert colour != LIGHT.colour("surface")
    expected = diverging_colour(LIGHT, float(share[2]), 1.0).getRgb()
    found = image.pixelColor(QPointF(frame.x(3.0), frame.y(5.0)).toPoint()).getRgb()
    assert max(abs(a - b) for a, b in zip(found, expected, strict=True)) <= 4
    QTest.mouseMove(canvas, QPoint(2, 2))
    assert canvas.row == len(canvas.arrays["row"]) - 1
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPointF(frame.x(3.0), frame.y(2.0)).toPoint())
    QTest.mouseMove(canvas, QPoint(2, 2))
    assert canvas.row == 2
    QTest.keyClick(canvas, Qt.Key.Key_Down)
    assert canvas.row == 3
    view.set_theme(DARK)
    view.grab()


def drag(view: Alike, first: int, last: int) -> None:
    canvas = view.alike
    frame = canvas.frames()[0][1]
    y = round(frame.area.center().y())
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(round(frame.x(first + 1.0)), y))
    QTest.mouseMove(canvas, QPoint(round(frame.x((first + last) / 2 + 1.0)), y))
    QTest.mouseMove(canvas, QPoint(round(frame.x(last + 1.0)), y))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(round(frame.x(last + 1.0)), y))


def test_a_stretch_is_dragged_and_its_likes_are_found(qtbot: QtBot, switch: Moment) -> None:
    view = shown(qtbot, Alike, switch)
    assert isinstance(view, Alike)
    canvas = view.alike
    assert canvas.found == 0
    assert canvas.mark(0).isEmpty()
    with qtbot.waitSignal(view.probe_changed):
        drag(view, 4, 7)
    assert canvas.stretch == (4, 8)
    arrays = switch.show(view).arrays
    assert canvas.found == 8
    states = switch.context.activations(switch.data.validation.x[:64])["lstm_1"].astype(np.float64)
    lengths = (~np.isnan(switch.data.validation.x[:64, :, 0])).sum(1)
    pattern = states[0, 4:8]
    # The best of all windows by hand, but for the stretch itself.
    best = max(
        (
            float(
                (states[n, s : s + 4] * pattern).sum() / np.linalg.norm(states[n, s : s + 4]) / np.linalg.norm(pattern)
            ),
            n,
            s,
        )
        for n in range(64)
        for s in range(lengths[n] - 3)
        if n != 0 or abs(s - 4) >= 4
    )
    assert float(arrays["found.cosine"][0]) == pytest.approx(best[0], abs=1e-5)
    number, start = int(arrays["found.sample"][0]), int(arrays["found.start"][0])
    np.testing.assert_allclose(
        arrays["found.hidden"][0][: lengths[number]], states[number, : lengths[number]], atol=1e-5
    )
    assert (np.diff(arrays["found.cosine"]) <= 1e-9).all()
    # A frame around it, in its place.
    mark, frame = canvas.mark(1), canvas.frames()[1][1]
    assert mark.left() == pytest.approx(frame.x(start + 0.5), abs=1)
    assert mark.right() == pytest.approx(frame.x(start + 4.5), abs=1)
    image = canvas.grab().toImage()
    column = [image.pixelColor(round(mark.left()) - 1, round(y)) for y in np.arange(mark.top() + 3, mark.bottom() - 3)]
    assert column.count(LIGHT.colour("accent")) > len(column) / 2
    assert len(view.table()) == 9
    # A click on what was found follows its sample.
    with qtbot.waitSignal(view.sample_chosen) as told:
        QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=frame.area.center().toPoint())
    assert told.args == [number]
    assert int(switch.show(view).arrays["sample"]) == number
    assert canvas.stretch is None


def test_keys_choose_a_stretch_and_distance_counts_otherwise(qtbot: QtBot, switch: Moment) -> None:
    view = shown(qtbot, Alike, switch)
    assert isinstance(view, Alike)
    QTest.keyClick(view.alike, Qt.Key.Key_Right)
    assert view.alike.stretch == (0, 1)
    for _ in range(3):
        QTest.keyClick(view.alike, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(view.alike, Qt.Key.Key_Right)
    assert view.alike.stretch == (1, 5)
    view._by.setFocus()
    QTest.keyClick(view._by, Qt.Key.Key_Down)
    distances = switch.show(view).arrays["found.distance"]
    assert len(distances) == 8
    assert (np.diff(distances) >= 0).all()
    assert "distance" in view.alike.text_at(view.alike.frames()[2][1].area.center())
    view.set_theme(DARK)
    view.grab()
    QTest.keyClick(view.alike, Qt.Key.Key_Escape)
    assert view.alike.stretch is None


def test_only_recurrent_networks_have_them(switch: Moment) -> None:
    for kind in (Influence, Alike):
        assert kind.applies_to(switch.project)
        assert not kind.applies_to(circles())


@pytest.mark.filterwarnings("error::RuntimeWarning")
@pytest.mark.parametrize("weight", [float("nan"), 1e30])
@pytest.mark.parametrize("kind", [Gates, Unrolled, GradientThroughTime, Influence, Alike], ids=lambda kind: kind.name)
def test_weights_beyond_all_bounds_are_no_trouble(qtbot: QtBot, kind: type[RecurrentView], weight: float) -> None:
    moment = Moment(preset_project("on_off_memory"), 1)
    with torch.no_grad():
        for parameter in moment.trainer.model.parameters():
            parameter.fill_(weight)
    view = kind(LIGHT)  # type: ignore[call-arg]
    qtbot.addWidget(view)
    view.resize(800, 500)
    view.show()
    moment.begin(view)
    moment.show(view)
    view.grab()
    for x in range(20, 800, 60):
        QTest.mouseMove(view.canvas, QPoint(x, 200))
        view.canvas.text_at(QPointF(x, 200))
    assert len(view.table()) > 1
