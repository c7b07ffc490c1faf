from __future__ import annotations

import numpy as np
import pytest

from nnviz.core.calibration import calibration_error


def test_a_case_worked_by_hand() -> None:
    # Confidences 0.95, 0.95 (one right of two), 0.6 (right): (2/3) |1/2 - 0.95| + (1/3) |1 - 0.6| = 0.3 + 0.1333
    p = np.array([[0.95, 0.05], [0.95, 0.05], [0.4, 0.6]])
    assert calibration_error(p, np.array([0, 1, 1])) == pytest.approx(0.3 + 0.4 / 3)


def test_who_is_always_sure_and_right_has_no_error() -> None:
    assert calibration_error(np.eye(4), np.arange(4)) == 0
    assert calibration_error(np.eye(4), np.array([1, 2, 3, 0])) == 1


def test_nothing_measured_is_no_number() -> None:
    assert np.isnan(calibration_error(np.empty((0, 3)), np.empty(0, np.int64)))
