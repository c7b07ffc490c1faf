"""Bars as one area: the same pixels as one rectangle for each."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from nnviz.gui.views.axes import bars

SIDE = 60


def painted(draw: object) -> np.ndarray:
    image = QImage(SIDE, SIDE, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    assert callable(draw)
    draw(painter)
    painter.end()
    return np.frombuffer(image.constBits(), np.uint32).reshape(SIDE, SIDE) == QColor("black").rgb()


@pytest.mark.parametrize("upright", [True, False])
def test_bars_cover_what_single_rectangles_cover(upright: bool) -> None:
    rng = np.random.default_rng(0)
    edges = np.array([np.r_[3, 3 + np.cumsum(rng.integers(1, 5, 9))], np.r_[5, 5 + np.cumsum(rng.integers(1, 5, 9))]])
    lengths = rng.integers(0, 20, (2, 9))
    bases = np.array([28, 55]) if upright else np.array([2, 31])

    def one_by_one(painter: QPainter) -> None:
        for row, base in enumerate(bases):
            for number, length in enumerate(lengths[row]):
                start, wide = int(edges[row, number]), int(edges[row, number + 1] - edges[row, number])
                if upright:
                    painter.fillRect(start, int(base - length), wide, int(length), QColor("black"))
                else:
                    painter.fillRect(int(base), start, int(length), wide, QColor("black"))

    together = painted(lambda painter: painter.fillPath(bars(edges, lengths, bases, upright=upright), QColor("black")))
    np.testing.assert_array_equal(together, painted(one_by_one))
    assert 0 < together.sum() < SIDE * SIDE / 2


def test_a_row_within_one_pixel_is_as_long_as_its_longest_bar() -> None:
    edges, lengths = np.full((1, 4), 7), np.array([[3, 9, 0]])
    seen = painted(lambda painter: painter.fillPath(bars(edges, lengths, np.array([40])), QColor("black")))
    assert np.argwhere(seen).tolist() == [[y, 7] for y in range(31, 40)]
