"""What the bundled network learns from, and its calibration; the training itself takes minutes and is not run here."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn

from nnviz.core.hands import as_another_hand, with_a_bar, with_a_foot, with_a_slash
from nnviz.core.strokes import Drawing
from tools.bundled.deform import deformed
from tools.bundled.pool import NO_DIGIT, Pool, made_digits, no_digits, parted, people
from tools.bundled.shapes import DIGITS
from tools.bundled.train import calibrate, outputs_of, right_share

SEVEN = (np.array([[0.0, 0.0], [60.0, 0.0], [30.0, 100.0]]),)


def test_every_fifth_drawing_is_held_back() -> None:
    drawings = [Drawing(SEVEN, number % 10) for number in range(23)]
    learned, held_back = parted(drawings)
    assert [drawing.label for drawing in held_back] == [4, 9, 4, 9]
    assert len(learned) + len(held_back) == 23


def test_pools_hold_pictures_with_their_labels() -> None:
    rng = np.random.default_rng(0)
    pool = people([Drawing(SEVEN, 7)] * 2, 3, rng)
    assert pool.images.shape == (8, 28, 28)
    assert pool.labels.tolist() == [7] * 8
    assert not np.array_equal(pool.images[1], pool.images[2])
    assert made_digits(20, rng).labels.tolist() == [*range(10), *range(10)]
    strange = no_digits(40, rng)
    assert (strange.labels == NO_DIGIT).all()
    assert (strange.images.reshape(40, -1).max(axis=1) == 255).all()


def test_every_digit_has_a_form() -> None:
    assert set(DIGITS) == set(range(10))


def test_another_hand_changes_a_drawing_and_keeps_its_strokes() -> None:
    rng = np.random.default_rng(1)
    one, other = as_another_hand(SEVEN, rng), as_another_hand(SEVEN, rng)
    assert len(one) == len(other) == 1
    assert np.abs(np.concatenate(one)).max() < 1.5
    assert not np.array_equal(one[0][:2], other[0][:2])
    for add in (with_a_bar, with_a_foot, with_a_slash):
        assert len(add(SEVEN, rng)) == 2


def test_deformed_pictures_stay_pictures() -> None:
    torch.manual_seed(0)
    images = torch.zeros(20, 1, 28, 28)
    images[:, :, 8:20, 13:15] = 1
    changed = deformed(images)
    assert changed.shape == images.shape
    assert 0 <= float(changed.min()) <= float(changed.max()) <= 1 + 1e-6
    assert not torch.allclose(changed[0], changed[1])
    # It is moved by a few pixels at most: the ink stays in the frame.
    ink = changed.sum((1, 2, 3)) / images.sum((1, 2, 3))
    assert float(ink.min()) > 0.1
    assert float(ink.max()) < 3


def test_pictures_are_deformed_less_where_that_is_wanted() -> None:
    images = torch.zeros(40, 1, 28, 28)
    images[:, :, 8:20, 13:15] = 1
    changes = []
    for strength in (1.0, 0.5, 0.0):
        torch.manual_seed(0)
        changes.append(float((deformed(images, strength) - images).abs().median(dim=0).values.sum()))
    assert changes[0] > changes[1] > changes[2]
    assert changes[2] < 1e-3


def test_the_temperature_makes_confidence_fit_accuracy() -> None:
    """Four fifths right with logits 12: the best confidence is 0.8, a difference of ln(0.8 / (0.2 / 9)) = 3.58."""
    images = np.zeros((100, 28, 28), np.uint8)
    labels = np.arange(100) % 10
    shown = np.where(np.arange(100) % 5 == 0, (labels + 1) % 10, labels)
    images[np.arange(100), 0, shown] = 255
    model = nn.Sequential(nn.Flatten(), nn.Linear(784, 10, bias=False))
    with torch.no_grad():
        model[1].weight.zero_()
        for digit in range(10):
            model[1].weight[digit, digit] = 12
    pool = Pool(images, labels)
    # The temperature that is wanted, 12 / 3.58 = 3.35, is beyond what is tried: the nearest, 2.5, is taken.
    assert calibrate(model, pool) == pytest.approx(2.5, rel=0.01)
    assert right_share(model, pool) == pytest.approx(0.8)
    with torch.no_grad():
        model[1].weight *= 5 / 4.8
    assert float(outputs_of(model, pool).max()) == pytest.approx(5, rel=0.01)
    assert calibrate(model, pool) == pytest.approx(5 / 3.58, rel=0.01)
