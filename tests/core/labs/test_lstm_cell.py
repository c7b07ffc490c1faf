"""The cell of one unit against torch's, and what its behaviours promise."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from torch import nn

from nnviz.core.labs.lstm_cell import BEHAVIOURS, Cell, Gate, run, sigmoid


def torch_cell(cell: Cell) -> nn.LSTMCell:
    """The same cell of torch, whose gates stand in the order i, f, g, o."""
    made = nn.LSTMCell(1, 1, dtype=torch.float64)
    with torch.no_grad():
        for row, name in enumerate("ifgo"):
            gate = cell.gate(name)
            made.weight_ih[row, 0] = gate.w_x
            made.weight_hh[row, 0] = gate.w_h
            made.bias_ih[row] = gate.b
            made.bias_hh[row] = 0.0
    return made


@pytest.mark.parametrize("seed", range(20))
def test_every_state_and_output_is_torchs(seed: int) -> None:
    rng = np.random.default_rng(seed)
    gates = [Gate(*rng.normal(scale=3, size=3).tolist()) for _ in range(4)]
    cell, inputs = Cell(*gates), rng.normal(size=24).tolist()
    made = torch_cell(cell)
    h = c = torch.zeros(1, 1, dtype=torch.float64)
    for step, x in zip(run(cell, inputs), inputs, strict=True):
        assert step.h_before == pytest.approx(h.item(), abs=1e-9)
        assert step.c_before == pytest.approx(c.item(), abs=1e-9)
        h, c = made(torch.tensor([[x]], dtype=torch.float64), (h, c))
        assert step.c == pytest.approx(c.item(), abs=1e-9)
        assert step.h == pytest.approx(h.item(), abs=1e-9)


def test_a_sequence_is_torchs_lstm_along_time() -> None:
    rng = np.random.default_rng(1)
    cell = Cell(*(Gate(*rng.normal(size=3).tolist()) for _ in range(4)))
    one = torch_cell(cell)
    whole = nn.LSTM(1, 1, batch_first=True, dtype=torch.float64)
    whole.load_state_dict({f"{name}_l0": value for name, value in one.state_dict().items()})
    inputs = rng.normal(size=16)
    states, _ = whole(torch.tensor(inputs)[None, :, None])
    np.testing.assert_allclose([step.h for step in run(cell, inputs.tolist())], states[0, :, 0].detach(), atol=1e-9)


def test_a_held_gate_takes_no_notice_of_its_weights() -> None:
    cell = Cell(f=Gate(5, 5, 5, held=0.25), i=Gate(held=1.0), g=Gate(held=-0.5), o=Gate(held=0.0))
    first, second = run(cell, (1.0, -1.0))
    assert (first.f, first.c, first.h) == (0.25, -0.5, 0.0)
    assert second.c == 0.25 * -0.5 - 0.5


def test_sigmoid_holds_for_any_number() -> None:
    assert sigmoid(-1000.0) == 0.0
    assert sigmoid(1000.0) == 1.0
    assert sigmoid(0.7) == pytest.approx(float(torch.sigmoid(torch.tensor(0.7, dtype=torch.float64))), abs=1e-15)


def test_it_keeps() -> None:
    behaviour = BEHAVIOURS["keeps"]
    steps = run(behaviour.cell, behaviour.inputs)
    assert steps[0].c > 0.9
    assert all(abs(step.c - steps[0].c) < 0.05 for step in steps)


def test_it_forgets() -> None:
    behaviour = BEHAVIOURS["forgets"]
    steps = run(behaviour.cell, behaviour.inputs)
    for step in steps:
        assert (abs(step.c) < 0.05) if step.x == -1 else (step.x == 0 or step.c > 0.9)
    assert steps[3].c > 0.9
    assert abs(steps[6].c) < 0.05


def test_it_lets_through() -> None:
    behaviour = BEHAVIOURS["lets through"]
    for step in run(behaviour.cell, behaviour.sequence(24)):
        assert step.h == pytest.approx(math.tanh(math.tanh(step.x)), abs=0.01)


def test_it_switches_on_and_off() -> None:
    behaviour = BEHAVIOURS["on-off switch"]
    on = False
    for step in run(behaviour.cell, behaviour.sequence(24)):
        on ^= step.x == 1
        assert (step.h > 0.6) == on


def test_it_counts() -> None:
    behaviour = BEHAVIOURS["counts"]
    ones = 0
    for step in run(behaviour.cell, behaviour.sequence(24)):
        ones += step.x == 1
        assert step.c == pytest.approx(ones, abs=0.1)
