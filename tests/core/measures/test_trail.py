"""A trail stays small, keeps its newest row, and lies evenly over the run."""

from __future__ import annotations

import numpy as np

from nnviz.core.measures.trail import MOST_ROWS, Trail


def test_a_long_run_is_kept_evenly_in_bounded_memory() -> None:
    trail = Trail()
    for step in range(1, 200_001, 20):
        trail.append(step, np.array([step, -step], np.float32))
        assert len(trail) <= MOST_ROWS
    steps, rows = trail.steps(), trail.rows()
    assert steps[-1] == trail.last_step == 199_981
    np.testing.assert_array_equal(rows, np.stack([steps, -steps], axis=1).astype(np.float32))
    gaps = np.diff(steps[:-1])
    assert len(steps) > MOST_ROWS // 3
    assert gaps.max() <= 4 * np.median(gaps)
    assert steps[0] == 1


def test_the_newest_row_is_there_although_it_is_near_the_one_before() -> None:
    trail = Trail()
    for step in range(MOST_ROWS * 3):
        trail.append(step, np.array([step], np.float32))
        assert trail.rows()[-1, 0] == step


def test_an_earlier_step_changes_nothing() -> None:
    trail = Trail()
    for step in (5, 9, 7, 9):
        trail.append(step, np.array([step * 10.0]))
    assert trail.steps().tolist() == [5, 9]
    assert trail.rows().tolist() == [[50.0], [90.0]]


def test_rows_of_another_length_begin_anew() -> None:
    trail = Trail()
    trail.append(5, np.array([1.0]))
    trail.append(2, np.array([1.0, 2.0]))
    assert trail.steps().tolist() == [2]
    assert Trail().rows().shape[0] == 0
    assert Trail().last_step == -1
