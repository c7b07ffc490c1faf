from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget

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


@pytest.fixture
def places_of() -> Callable[[QWidget, QColor], np.ndarray]:
    """Where a widget shows a colour, as rows of (x, y); lines of the grid may tint it."""

    def find(widget: QWidget, colour: QColor) -> np.ndarray:
        image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)[..., 2::-1]
        wanted = np.array([colour.red(), colour.green(), colour.blue()])
        near = np.abs(pixels.astype(int) - wanted).max(axis=2) <= 12
        return np.argwhere(near)[:, ::-1]

    return find
