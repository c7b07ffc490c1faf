"""The machine of the lab, against the machines that are trained and against the likelihood's own gradient."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
import torch

from nnviz.core.labs.tiny_rbm import LINES, TinyRbm, sigmoid, states
from nnviz.core.rbm.machine import Machine

DATA = np.array([[1.0, 1, 0], [0, 1, 1]])


@pytest.fixture
def tiny() -> TinyRbm:
    rng = np.random.default_rng(3)
    return TinyRbm(rng.normal(size=(3, 2)), rng.normal(size=3), rng.normal(size=2))


def test_the_table_is_that_of_the_machine(tiny: TinyRbm) -> None:
    machine = Machine(torch.tensor(tiny.w.T), torch.tensor(tiny.b), torch.tensor(tiny.a))
    expected = np.empty((8, 4))
    for i, v in enumerate(itertools.product((0.0, 1.0), repeat=3)):
        for j, h in enumerate(itertools.product((0.0, 1.0), repeat=2)):
            both = torch.tensor([v], dtype=torch.float64), torch.tensor([h], dtype=torch.float64)
            expected[i, j] = float(machine.energy(*both))
    np.testing.assert_allclose(tiny.energies(), expected, atol=1e-9)
    np.testing.assert_allclose(tiny.probabilities(), np.exp(-expected - machine.log_z()), atol=1e-9)
    likelihood = machine.log_likelihood(torch.tensor(DATA), machine.log_z()).mean()
    assert tiny.log_likelihood(DATA) == pytest.approx(float(likelihood), abs=1e-9)


def test_seven_lines_are_one_step_of_the_chapter(tiny: TinyRbm) -> None:
    machine = tiny
    for number in range(len(LINES)):
        assert machine.line == number
        machine = machine.next_line(DATA, 5, 0.2)
    s = machine.seen
    assert (machine.line, machine.step) == (0, 1)
    assert set(s["h0"]) | set(s["v1"]) <= {0.0, 1.0}
    np.testing.assert_array_equal(s["v0"], DATA[0])
    np.testing.assert_allclose(s["p0"], sigmoid(DATA[0] @ tiny.w + tiny.b))
    np.testing.assert_allclose(s["p1"], sigmoid(s["v1"] @ tiny.w + tiny.b))
    change = np.outer(s["v0"], s["h0"]) - np.outer(s["v1"], s["p1"])
    np.testing.assert_allclose(machine.w, tiny.w + 0.2 * change)
    np.testing.assert_allclose(machine.a, tiny.a + 0.2 * (s["v0"] - s["v1"]))
    np.testing.assert_allclose(machine.b, tiny.b + 0.2 * (s["h0"] - s["p1"]))
    assert machine.next_line(DATA, 5, 0.2).seen["v0"].tolist() == DATA[1].tolist()


def test_it_learns_its_patterns_and_the_same_seed_learns_the_same(tiny: TinyRbm) -> None:
    ends = []
    for _ in range(2):
        machine = tiny
        for _ in range(7 * 1000):
            machine = machine.next_line(DATA, 1, 0.1)
        ends.append(machine)
    assert ends[0].log_likelihood(DATA) > np.log(0.3) > tiny.log_likelihood(DATA)
    np.testing.assert_array_equal(ends[0].w, ends[1].w)
    assert ends[0].log_likelihood(DATA) <= np.log(0.5)


def test_states_count_upwards() -> None:
    assert states(2).tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]
