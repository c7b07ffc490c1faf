"""The lab on softmax and loss, with the mouse and the keys."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.gui.labs.conftest import Opener


@pytest.fixture
def lab(open_lab: Opener) -> Any:
    page = open_lab("softmax_lab").page
    assert page is not None
    return page.lab


def drag(lab: Any, index: int, change: int) -> None:
    canvas = lab.canvas
    start = canvas.handle_at(index).toPoint()
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(canvas, start + QPoint(change // 2, 0))
    QTest.mouseMove(canvas, start + QPoint(change, 0))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=start + QPoint(change, 0))


def test_a_logit_is_dragged_and_the_probabilities_follow(lab: Any) -> None:
    before = lab.probabilities.copy()
    others = np.delete(lab.logits, 1)
    drag(lab, 1, 40)
    assert lab.logits[1] > 0.5
    np.testing.assert_array_equal(np.delete(lab.logits, 1), others)
    np.testing.assert_allclose(lab.probabilities, torch.softmax(torch.tensor(lab.logits), 0).numpy())
    assert lab.probabilities[1] > before[1]
    drag(lab, 1, 4000)
    assert lab.logits[1] == 6.0


def test_a_click_on_a_class_makes_it_right(lab: Any) -> None:
    place = QPoint(int(lab.canvas.columns()[0].center().x()), lab.canvas.handle_at(0).toPoint().y())
    QTest.mouseClick(lab.canvas, Qt.MouseButton.LeftButton, pos=place)
    assert lab.right == 0
    assert "Class 1" in lab.happened()


def test_keys_choose_a_row_change_it_and_make_it_right(lab: Any) -> None:
    QTest.keyClick(lab.canvas, Qt.Key.Key_Down)
    QTest.keyClick(lab.canvas, Qt.Key.Key_Plus)
    assert lab.logits[1] == pytest.approx(0.6)
    QTest.keyClick(lab.canvas, Qt.Key.Key_Minus)
    assert lab.logits[1] == pytest.approx(0.5)
    QTest.keyClick(lab.canvas, Qt.Key.Key_Return)
    assert lab.right == 1


@pytest.mark.parametrize("loss", ["cross-entropy", "mean squared error"])
def test_steps_are_those_of_torchs_gradient_descent(lab: Any, loss: str) -> None:
    lab.apply(lab.settings.replace(steps_follow=loss, temperature=0.7))
    z = torch.tensor(lab.logits, requires_grad=True)
    descent = torch.optim.SGD([z], lr=lab.settings.learning_rate)
    for _ in range(20):
        lab.advance("step")
        descent.zero_grad()
        if loss == "cross-entropy":
            torch.nn.functional.cross_entropy(z / 0.7, torch.tensor(lab.right)).backward()
        else:
            torch.nn.functional.mse_loss(torch.softmax(z / 0.7, 0), torch.eye(4, dtype=z.dtype)[lab.right]).backward()
        descent.step()
    np.testing.assert_allclose(lab.logits, z.detach().numpy(), atol=1e-9)
    assert lab.ahead()[lab.followed][20] == pytest.approx(float(lab.probabilities[lab.right]))


def test_a_confident_mistake_learns_from_cross_entropy_only(lab: Any) -> None:
    lab.set_logit(2, -6.0)
    lab.set_logit(0, 6.0)
    cross_entropy, squared = lab.gradients(lab.logits)
    assert abs(cross_entropy[2]) > 0.99
    assert abs(squared[2]) < 1e-4
