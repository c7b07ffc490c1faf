from __future__ import annotations

import numpy as np
import pytest

from nnviz.core.run_curves import RunCurves
from nnviz.core.snapshot import History


@pytest.fixture
def falling() -> RunCurves:
    """Loss 1/step and accuracy 1 - 1/step over 100 steps; validation at 50 and 100."""
    steps = np.arange(1, 101)
    loss = (1 / steps).astype(np.float32)
    curves = RunCurves()
    curves.append(
        History(
            steps,
            loss,
            1 - loss,
            np.array([50, 100]),
            np.array([0.6, 0.4], np.float32),
            np.array([0.3, 0.7], np.float32),
        )
    )
    return curves
