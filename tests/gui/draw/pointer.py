"""Drawing with the mouse's own events, and a session that notes what it is asked."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from nnviz.core.snapshot import Prediction, read_only
from nnviz.gui.draw.pad import DrawingPad
from tests.gui.fake_session import FakeSession

DIGITS = tuple("0123456789")

SEVEN = [(90, 100), (150, 96), (240, 95), (300, 98), (280, 150), (240, 220), (205, 290), (190, 340)]


def draw(pad: DrawingPad, points: list[tuple[int, int]] = SEVEN, *, release: bool = True) -> None:
    """Press, move and release; the points are device-independent pixels of the pad."""
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(*points[0]))
    for point in points[1:]:
        QTest.mouseMove(pad, QPoint(*point))
    if release:
        QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(*points[-1]))


class AskedSession(FakeSession):
    """Notes the images that it is asked about; `answer` plays the network."""

    def __init__(self) -> None:
        super().__init__()
        self.images: list[NDArray[np.float32]] = []

    @property
    def request(self) -> int:
        """Number of the newest request; 0 before the first."""
        return len(self.images)

    def classify(self, image: NDArray[np.float32]) -> int:
        self.images.append(image)
        return self.request

    def answer(self, digit: int, request: int | None = None, probability: float = 0.96, steps: int = 430) -> None:
        p = np.full(10, (1 - probability) / 9)
        p[digit] = probability
        number = self.request if request is None else request
        self.prediction_ready.emit(Prediction(number, DIGITS, read_only(p), "Fast CNN", steps))
