"""The lab on the smallest RBM, with the mouse and the keys."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.gui.labs.conftest import Opener


@pytest.fixture
def lab(open_lab: Opener) -> Any:
    page = open_lab("small_rbm_lab").page
    assert page is not None
    return page.lab


def test_dragging_a_weight_changes_the_energies_it_takes_part_in(lab: Any) -> None:
    canvas = lab.canvas
    before = lab.machine
    start = canvas.handle(("w", (0, 0))).toPoint()
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(canvas, start - QPoint(0, 40))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=start - QPoint(0, 40))
    after = lab.machine
    assert after.w[0, 0] > before.w[0, 0] + 0.5
    # States with v1 and h1 on: a quarter of the 32.
    changed = np.abs(after.energies() - before.energies()) > 1e-9
    assert changed.sum() == 8
    np.testing.assert_allclose(after.energies()[changed], before.energies()[changed] - (after.w - before.w)[0, 0])
    assert "the energy of 8 of the 32 states changed" in lab.happened()


def test_keys_choose_a_value_and_change_it(lab: Any) -> None:
    QTest.keyClick(lab.canvas, Qt.Key.Key_Right)
    before = lab.machine.w[0, 1]
    QTest.keyClick(lab.canvas, Qt.Key.Key_Plus)
    assert lab.machine.w[0, 1] == pytest.approx(before + 0.1)
    QTest.keyClick(lab.canvas, Qt.Key.Key_Minus)
    assert lab.machine.w[0, 1] == pytest.approx(before)


def test_lines_and_steps_go_and_come_back(lab: Any) -> None:
    start = lab.machine
    assert lab.advance("line")
    assert "v0 = (1, 1, 0)" in lab.happened()
    assert lab.advance("step")
    assert (lab.machine.step, lab.machine.line) == (1, 0)
    assert "W += alpha" in lab.happened()
    assert lab.retreat("step")
    assert lab.machine is start
    assert not lab.retreat("line")


def test_pointing_at_a_state_says_how_its_energy_arises(lab: Any) -> None:
    canvas = lab.canvas
    QTest.mouseMove(canvas, canvas.cell(6, 2).center().toPoint())
    # v = 110, h = 10: -(w11 + w21) = -(1 + 0.5).
    assert canvas._foot().endswith("\N{MINUS SIGN}1.50 (W) = \N{MINUS SIGN}1.50")
    shown = canvas.grab().toImage()
    QTest.mouseMove(canvas, QPoint(2, 2))
    assert canvas.grab().toImage() != shown


def test_likely_states_are_darker(lab: Any) -> None:
    canvas = lab.canvas
    lab.set_value("a", (0,), 8.0)
    image = canvas.grab().toImage()
    p = lab.machine.probabilities()
    likely, unlikely = (np.unravel_index(pick, p.shape) for pick in (p.argmax(), p.argmin()))
    colours = []
    for row, column in (likely, unlikely):
        cell = canvas.cell(int(row), int(column))
        colours.append(image.pixelColor(int(cell.left()) + 4, int(cell.top()) + 6).lightness())
    assert colours[0] != colours[1]
