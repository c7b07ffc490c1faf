"""Forms of a few points, and what is no digit."""

from __future__ import annotations

import numpy as np

from nnviz.core.forms import rounded
from nnviz.core.no_digits.pictures import no_digit_picture
from nnviz.core.no_digits.signs import SIGNS


def test_no_letter_looks_like_a_digit() -> None:
    assert len(SIGNS) > 30
    assert not set(SIGNS) & set("BIOQSZbgiloqsz")


def test_a_point_that_stands_twice_stays_a_corner() -> None:
    corner = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 0.0], [1.0, 1.0]])
    soft = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0]])
    nearest = [float(np.hypot(*(rounded(points) - [1.0, 0.0]).T).min()) for points in (corner, soft)]
    assert nearest[0] < 1e-9
    assert nearest[1] > 0.1


def test_pictures_of_no_digits_are_as_large_and_black_as_digits_and_differ() -> None:
    rng = np.random.default_rng(3)
    pictures = [no_digit_picture(rng) for _ in range(20)]
    for picture in pictures:
        assert picture.shape == (28, 28)
        assert picture.max() == 255
    assert len({picture.tobytes() for picture in pictures}) == len(pictures)
