"""The repair view: damage by real mouse and key events, and steps that move towards the sample."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QPushButton, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from nnviz.core.rbm.repair import Repair
from nnviz.gui.style.theme import LIGHT
from nnviz.gui.views.rbm_repair import RbmRepair
from nnviz.gui.views.rbm_repair_canvas import RepairCanvas, brush_mask
from tests.gui.training import digits, preset_project
from tests.gui.views.moment import Moment

Control = TypeVar("Control", bound=QWidget)


@pytest.fixture(scope="module")
def moment() -> Moment:
    return Moment(preset_project("rbm_digits"), 600)


@pytest.fixture
def view(qtbot: QtBot, moment: Moment) -> Iterator[RbmRepair]:
    view = RbmRepair(LIGHT)
    qtbot.addWidget(view)
    view.resize(1000, 700)
    view.show()
    moment.begin(view)
    moment.show(view)
    yield view
    view.hide()


def control(view: RbmRepair, kind: type[Control], name: str) -> Control:
    found = view.findChild(kind, f"repair_{name}")
    assert found is not None
    return found


def press(qtbot: QtBot, view: RbmRepair, name: str) -> None:
    qtbot.mouseClick(control(view, QPushButton, name), Qt.MouseButton.LeftButton)


def repair_of(view: RbmRepair) -> Repair:
    assert view.repair is not None
    return view.repair


def place(canvas: RepairCanvas, row: float, column: float) -> QPoint:
    box = canvas.picture(1)
    return QPoint(round(box.x() + (column + 0.5) / 8 * box.width()), round(box.y() + (row + 0.5) / 8 * box.height()))


def test_only_projects_with_machines_that_learn_have_it(moment: Moment) -> None:
    assert RbmRepair.applies_to(moment.project)
    assert not RbmRepair.applies_to(digits())


def test_the_brush_touches_the_pixels_on_its_way() -> None:
    dot = brush_mask(5, 6, (2.5, 3.5), (2.5, 3.5), 1).reshape(5, 6)
    assert np.argwhere(dot).tolist() == [[2, 3]]
    round_one = brush_mask(5, 6, (2.5, 3.5), (2.5, 3.5), 3).reshape(5, 6)
    assert round_one.sum() == 9
    line = brush_mask(5, 6, (0.5, 0.5), (0.5, 5.5), 1).reshape(5, 6)
    assert np.argwhere(line).tolist() == [[0, column] for column in range(6)]
    corner = brush_mask(5, 6, (0.5, 0.5), (0.5, 0.5), 3).reshape(5, 6)
    assert np.argwhere(corner).tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]


def test_a_stroke_of_the_mouse_erases_what_is_under_it(qtbot: QtBot, view: RbmRepair, moment: Moment) -> None:
    canvas, repair = view.pictures, repair_of(view)
    v = moment.data.validation.x[0].ravel()
    np.testing.assert_allclose(repair.original, v)
    control(view, QSpinBox, "size").setValue(1)
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=place(canvas, 3, 1))
    for column in (3, 6):
        QTest.mouseMove(canvas, place(canvas, 3, column))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=place(canvas, 3, 6))
    assert np.flatnonzero(repair.mask).tolist() == [3 * 8 + column for column in range(1, 7)]
    assert repair.damaged[repair.mask].max() == 0
    np.testing.assert_array_equal(repair.damaged[~repair.mask], v[~repair.mask])
    # Lifted, it leaves nothing any more; and the other pictures are not painted on.
    QTest.mouseMove(canvas, place(canvas, 6, 6))
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=canvas.picture(0).center().toPoint())
    assert repair.mask.sum() == 6
    press(qtbot, view, "whole")
    assert not repair.mask.any()


def test_noise_is_left_by_the_other_brush_and_by_the_keyboard(qtbot: QtBot, view: RbmRepair) -> None:
    canvas, repair = view.pictures, repair_of(view)
    control(view, QComboBox, "brush").setCurrentIndex(1)
    control(view, QSpinBox, "size").setValue(3)
    canvas.setFocus()
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Space):
        qtbot.keyClick(canvas, key)
    rows, columns = np.divmod(np.flatnonzero(repair.mask), 8)
    assert (rows.min(), rows.max(), columns.min(), columns.max()) == (2, 4, 2, 4)
    values = repair.damaged[repair.mask]
    assert len(np.unique(values)) > 2 if repair.machine.kind == "continuous" else set(values) <= {0.0, 1.0}


@pytest.mark.parametrize(("side", "expected"), [("left", (0, 3, 0, 7)), ("bottom", (0, 7, 4, 7))])
def test_half_of_it_is_covered(view: RbmRepair, side: str, expected: tuple[int, int, int, int]) -> None:
    menu = control(view, QPushButton, "cover").menu()
    action = next(action for action in menu.actions() if action.data() == side)
    action.trigger()
    rows, columns = np.divmod(np.flatnonzero(repair_of(view).mask), 8)
    assert (columns.min(), columns.max(), rows.min(), rows.max()) == expected
    assert repair_of(view).mask.sum() == 32


def test_a_trained_machine_repairs_what_was_covered(qtbot: QtBot, view: RbmRepair) -> None:
    menu = control(view, QPushButton, "cover").menu()
    menu.actions()[0].trigger()
    repair = repair_of(view)
    before = repair.course[0]
    for _ in range(8):
        press(qtbot, view, "step")
    assert repair.steps == 8
    assert repair.course[-1].wrong < 0.8 * before.wrong
    assert repair.course[-1].free < before.free
    np.testing.assert_array_equal(repair.means[~repair.mask], repair.original[~repair.mask])
    rows = view.table()
    assert [row[0] for row in rows[1:]] == list(range(9))
    assert rows[-1][2] == repair.course[-1].free
    press(qtbot, view, "again")
    assert repair.steps == 0
    np.testing.assert_array_equal(repair.means, repair.damaged)


def test_it_runs_and_stops_and_stands_still_where_nobody_sees_it(qtbot: QtBot, view: RbmRepair) -> None:
    repair = repair_of(view)
    press(qtbot, view, "run")
    qtbot.waitUntil(lambda: repair.steps >= 3)
    press(qtbot, view, "run")
    steps = repair.steps
    qtbot.wait(200)
    assert repair.steps == steps
    press(qtbot, view, "slow")
    view.hide()
    qtbot.wait(900)
    assert repair.steps == steps


def test_stochastic_repairs_without_clamping_change_all_and_never_end_alike(qtbot: QtBot, view: RbmRepair) -> None:
    repair = repair_of(view)
    control(view, QComboBox, "way").setCurrentIndex(1)
    qtbot.mouseClick(control(view, QCheckBox, "clamp"), Qt.MouseButton.LeftButton, pos=QPoint(8, 12))
    assert not control(view, QCheckBox, "clamp").isChecked()
    ends = []
    for _ in range(2):
        press(qtbot, view, "again")
        for _ in range(3):
            press(qtbot, view, "step")
        ends.append(repair.means.copy())
    assert not np.array_equal(ends[0], ends[1])
    assert not np.array_equal(ends[0], repair.original)
    assert view.pictures.reading().startswith("Stochastic")


def test_newer_weights_and_other_samples_are_taken(view: RbmRepair) -> None:
    other = Moment(preset_project("rbm_digits"), 3)
    repair = repair_of(view)
    before = repair.course[0].free
    other.show(view)
    assert view.repair is repair
    assert repair.course[0].free != before
    view.follow_sample(6)
    assert control(view, QSpinBox, "sample").value() == 7
    np.testing.assert_allclose(repair.original, other.data.validation.x[6].ravel())
    view.follow_sample(100)
    assert control(view, QSpinBox, "sample").value() == 7
