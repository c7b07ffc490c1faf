"""Drawing with the mouse's own events, and a session that notes what it is asked."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from nnviz.core.ink import MNIST, InkRecipe
from nnviz.core.project import ProjectFile
from nnviz.core.reading import Answer, Question, Reading, preparations
from nnviz.core.snapshot import read_only
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


def image_of(question: Question, recipe: InkRecipe = MNIST) -> NDArray[np.float32]:
    """What a network is shown of a drawing, taken as one digit."""
    (whole,), _ = preparations(question, recipe)
    return whole.image


class AskedSession(FakeSession):
    """Notes the questions and the images that they lead to; `answer` plays the network."""

    def __init__(self) -> None:
        super().__init__()
        self.questions: list[Question] = []
        self.images: list[NDArray[np.float32]] = []
        self.compared: list[ProjectFile | None] = []

    @property
    def request(self) -> int:
        """Number of the newest request; 0 before the first."""
        return len(self.images)

    def read(self, question: Question) -> int:
        self.questions.append(question)
        self.images.append(image_of(question, self.recipe))
        return self.request

    def compare_with(self, file: ProjectFile | None) -> None:
        self.compared.append(file)

    def answer(
        self,
        *digits: int,
        request: int | None = None,
        probability: float = 0.96,
        steps: int = 430,
        rival: int = -1,
        complete: bool = True,
        saliency: NDArray[np.float32] | None = None,
    ) -> None:
        number = self.request if request is None else request
        (whole,), _ = preparations(self.questions[number - 1], self.recipe)
        bundled = self.run_project is None or self.run_project.dataset.ink is None
        certain = tuple(_certain(digit, probability) for digit in digits)
        answers = [Answer("Fast CNN", bundled, steps, DIGITS, certain, saliency=saliency)]
        if rival >= 0:
            answers.append(Answer("Linear", True, 10, DIGITS, (_certain(rival, probability),)))
        self.reading_ready.emit(Reading(number, whole, () if whole.blank else tuple(answers), complete=complete))


def _certain(digit: int, probability: float) -> NDArray[np.float64]:
    p = np.full(10, (1 - probability) / 9)
    p[digit] = probability
    return read_only(p)
