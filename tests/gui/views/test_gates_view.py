"""The view of gates over time: values, colours, formulas under the mouse, and a unit that is followed."""

from __future__ import annotations

import re

import numpy as np
import pytest
import torch
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QSpinBox
from pytestqt.qtbot import QtBot

from nnviz.core.layers.gru import Gru
from nnviz.core.layers.lstm import Lstm
from nnviz.core.layers.rnn import Rnn
from nnviz.gui.style.colours import diverging_colour, sequential_colour
from nnviz.gui.style.theme import DARK, LIGHT
from nnviz.gui.views.gates import CURVES, Gates
from tests.gui.training import circles, preset_project, switch_with
from tests.gui.views.moment import Moment


@pytest.fixture(scope="module")
def moment() -> Moment:
    return Moment(preset_project("on_off_memory"), 30)


def shown(qtbot: QtBot, moment: Moment, size: tuple[int, int] = (1100, 640)) -> Gates:
    view = Gates(LIGHT)
    qtbot.addWidget(view)
    view.resize(*size)
    view.show()
    moment.begin(view)
    moment.show(view)
    return view


@pytest.fixture
def view(qtbot: QtBot, moment: Moment) -> Gates:
    return shown(qtbot, moment)


def place_of(view: Gates, part: str, unit: int, step: int) -> QPointF:
    """Middle of a value on the canvas."""
    panel = view.gates.panel(part)
    frame = view.gates.frame(panel)
    return QPointF(frame.x(step + 1.0), frame.y(unit + 1.0))


def test_only_recurrent_networks_have_it(moment: Moment) -> None:
    assert Gates.applies_to(moment.project)
    assert not Gates.applies_to(circles())


def test_gates_and_states_are_those_of_torchs_single_cell(qtbot: QtBot, moment: Moment, view: Gates) -> None:
    box = view.bar.findChild(QSpinBox, "gates_sample") if view.bar is not None else None
    assert box is not None
    with qtbot.waitSignal(view.sample_chosen) as told:
        box.setFocus()
        QTest.keyClick(box, Qt.Key.Key_Up)
    assert told.args == [1]
    arrays = moment.show(view).arrays
    x = moment.data.validation.x[1]
    length = int((~np.isnan(x[:, 0])).sum())
    cell = torch.nn.LSTMCell(6, 8)
    cell.load_state_dict(
        {name: moment.parameter(f"lstm_1.cell.{name}_l0").detach() for name in cell.state_dict()}, assign=True
    )
    h = c = torch.zeros(1, 8)
    for step in range(length):
        letter = torch.nn.functional.one_hot(torch.tensor([int(x[step, 0])]), 6).float()
        sums = letter @ cell.weight_ih.T + cell.bias_ih + h @ cell.weight_hh.T + cell.bias_hh
        i, f, _, o = (part.sigmoid().detach().numpy()[0] for part in sums.chunk(4, 1))
        with torch.no_grad():
            h, c = cell(letter, (h, c))
        for name, expected in (("input", i), ("forget", f), ("output", o), ("cell", c[0]), ("hidden", h[0])):
            np.testing.assert_allclose(arrays[f"part.{name}"][step], expected, atol=1e-5)
    assert np.isnan(arrays["part.hidden"][length:]).all()


def test_values_have_their_colours_and_behind_the_end_is_nothing(view: Gates) -> None:
    arrays = view.gates.arrays
    image = view.gates.grab().toImage()
    for part, unit, step in (("forget", 0, 2), ("output", 7, 5), ("cell", 3, 9), ("candidate", 5, 0)):
        value = float(arrays[f"part.{part}"][step, unit])
        if part in ("forget", "output"):
            expected = sequential_colour(LIGHT, value)
        else:
            expected = diverging_colour(LIGHT, value, view.gates.limit(part))
        colour = image.pixelColor(place_of(view, part, unit, step).toPoint())
        assert max(abs(a - b) for a, b in zip(colour.getRgb(), expected.getRgb(), strict=True)) <= 4, part
    length = int(arrays["length"])
    assert length < view.gates.steps
    behind = place_of(view, "forget", 4, length)
    assert image.pixelColor(behind.toPoint()) == LIGHT.colour("surface")
    assert "is over" in view.gates.text_at(behind)


def numbers(text: str) -> list[float]:
    return [float(found) for found in re.findall(r"-?\d+(?:\.\d+)?(?:e-?\d+)?", text.replace("−", "-"))]  # noqa: RUF001


def sigmoid(x: float) -> float:
    return float(1 / (1 + np.exp(-x)))


def test_the_mouse_tells_the_formula_with_its_numbers(view: Gates) -> None:
    arrays, unit, step = view.gates.arrays, 3, 9
    text = view.gates.text_at(place_of(view, "forget", unit, step))
    assert text.startswith("Forget gate f, unit 4, step 10\nf[10] = sigmoid(W x[10] + U h[9] + b) = sigmoid(")
    of_input, sign, of_state, value = re.findall(r"sigmoid\((\S+) (\S) (\S+)\) = (\S+)$", text.replace("−", "-"))[0]  # noqa: RUF001
    total = float(of_input) + (-1 if sign == "-" else 1) * float(of_state)
    assert sigmoid(total) == pytest.approx(float(value), abs=1e-3)
    assert float(value) == pytest.approx(float(arrays["part.forget"][step, unit]), abs=1e-3)
    text = view.gates.text_at(place_of(view, "cell", unit, step)).split("\n")[1]
    assert text.startswith("c[10] = f c[9] + i g = ")
    f, before, i, g, value = numbers(text.split("= ", 2)[2])
    assert f * before + i * g == pytest.approx(value, abs=2e-3)
    assert before == pytest.approx(float(arrays["part.cell"][step - 1, unit]), rel=1e-3)
    text = view.gates.text_at(place_of(view, "hidden", unit, step)).split("\n")[1]
    o, c, value = numbers(text.split("= ", 2)[2])
    assert o * np.tanh(c) == pytest.approx(value, abs=2e-3)


def test_a_click_follows_a_unit_and_keys_move_on(view: Gates) -> None:
    assert CURVES not in [panel.name for panel in view.gates.panels()]
    QTest.mouseClick(view.gates, Qt.MouseButton.LeftButton, pos=place_of(view, "cell", 2, 6).toPoint())
    assert view.gates.chosen == (2, 6)
    image = view.gates.grab().toImage()
    panel = next(p for p in view.gates.panels() if p.name == CURVES and p.column == 1)
    frame = view.gates.frame(panel)
    # The curve of the hidden state goes through its values, in the colour of type.
    for step in (3, 12):
        value = float(view.gates.arrays["part.hidden"][step, 2])
        at = QPointF(frame.x(step + 1.0), frame.y(value)).toPoint()
        near = [image.pixelColor(at.x(), at.y() + dy).lightness() for dy in (-2, -1, 0, 1, 2)]
        assert min(near) < 120
    QTest.keyClick(view.gates, Qt.Key.Key_Down)
    QTest.keyClick(view.gates, Qt.Key.Key_Right)
    assert view.gates.chosen == (3, 7)
    assert "Unit 4, step 8" in view.gates.text_at(QPointF(frame.x(8.0), frame.area.center().y()))
    QTest.keyClick(view.gates, Qt.Key.Key_Escape)
    assert view.gates.chosen is None
    assert CURVES not in [panel.name for panel in view.gates.panels()]


def test_pointing_marks_the_step_in_every_picture(view: Gates) -> None:
    at = place_of(view, "forget", 0, 4)
    QTest.mouseMove(view.gates, at.toPoint())
    image = view.gates.grab().toImage()
    other = place_of(view, "hidden", 0, 4)
    column = [image.pixelColor(round(other.x()), y) for y in range(round(other.y()) - 3, round(other.y()) + 3)]
    assert LIGHT.colour("text") in column


@pytest.mark.parametrize(
    ("layer", "parts"),
    [
        (Gru(units=5, passes_on="every step"), ("reset", "update", "candidate", "hidden")),
        (Rnn(units=5, activation="relu", passes_on="every step"), ("hidden",)),
    ],
)
def test_other_cells_show_what_they_have(qtbot: QtBot, layer: Gru | Rnn, parts: tuple[str, ...]) -> None:
    view = shown(qtbot, Moment(switch_with(layer), 5))
    assert tuple(panel.name for panel in view.gates.panels() if panel.name not in ("x", "answer")) == parts
    arrays, unit, step = view.gates.arrays, 1, 7
    text = view.gates.text_at(place_of(view, "hidden", unit, step)).split("\n")[1]
    value = float(arrays["part.hidden"][step, unit])
    if layer.name == "gru":
        one, z, n, again, before, result = numbers(text.split("= ", 2)[2])
        assert (one, again) == (1, z)
        assert (1 - z) * n + z * before == pytest.approx(result, abs=2e-3)
        text = view.gates.text_at(place_of(view, "candidate", unit, step)).split("\n")[1]
        x, r, h, result = numbers(text.split("= ", 2)[2])
        assert np.tanh(x + r * h) == pytest.approx(result, abs=2e-3)
    else:
        assert "relu(W x[8] + U h[7] + b)" in text
        assert numbers(text)[-1] == pytest.approx(value, abs=1e-3)
    QTest.mouseClick(view.gates, Qt.MouseButton.LeftButton, pos=place_of(view, "hidden", unit, step).toPoint())
    view.set_theme(DARK)
    view.grab()


def test_every_cell_of_a_stack_can_be_looked_into(qtbot: QtBot) -> None:
    moment = Moment(switch_with(Lstm(units=4, layers=2, bidirectional=True, passes_on="every step")), 2)
    view = shown(qtbot, moment)
    box = view.bar.findChild(QComboBox, "gates_cell") if view.bar is not None else None
    assert box is not None
    assert [box.itemText(i) for i in range(box.count())] == [
        "lstm_1, cell 1, forwards",
        "lstm_1, cell 1, backwards",
        "lstm_1, cell 2, forwards",
        "lstm_1, cell 2, backwards",
    ]
    with qtbot.waitSignal(view.probe_changed):
        box.setFocus()
        QTest.keyClick(box, Qt.Key.Key_End)
    arrays = moment.show(view).arrays
    outputs = moment.trainer.model
    outputs.eval()
    x = torch.from_numpy(np.array(moment.data.validation.x[:1]))
    with torch.no_grad():
        value, lengths = outputs.without_padding(x)  # type: ignore[operator]
        states = outputs[1](outputs[0](value), lengths)[0].numpy()
    length = int(arrays["length"])
    np.testing.assert_allclose(arrays["part.hidden"][:length], states[:length, 4:], atol=1e-5)
    # It reads from the end: what was before is the step behind.
    assert "f c[11]" in view.gates.text_at(place_of(view, "cell", 0, 9))


def test_narrow_views_put_everything_into_one_column(qtbot: QtBot, moment: Moment) -> None:
    view = shown(qtbot, moment, (380, 420))
    assert {panel.column for panel in view.gates.panels()} == {0}
    assert view.gates.height() > view.height()
    assert len(view.table()) == 1 + 8 * int(view.gates.arrays["length"])
