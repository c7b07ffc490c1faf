"""The ground that views paint once and keep."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QColor, QImage, QPainter

from nnviz.gui.views.ground import Ground

SIZE = QSize(40, 30)


class Painting:
    """A ground with one slanted line, and how often it was painted."""

    def __init__(self) -> None:
        self.ground = Ground()
        self.count = 0

    def paint(self, painter: QPainter) -> None:
        self.count += 1
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawLine(QPointF(3, 2), QPointF(35, 27))

    def drawn(self, key: object = "a", size: QSize = SIZE, colour: str = "#ffffff", ratio: float = 1) -> np.ndarray:
        """The pixels of a device that is so sharp, (height, width), as brightness."""
        image = QImage(round(size.width() * ratio), round(size.height() * ratio), QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(ratio)
        painter = QPainter(image)
        self.ground.draw(painter, size, QColor(colour), key, self.paint)
        painter.end()
        pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
        return pixels[:, :, 1].astype(float)


@pytest.fixture
def painting(qapp: object) -> Painting:
    return Painting()


def test_it_is_painted_once_while_nothing_changes(painting: Painting) -> None:
    first, second = painting.drawn(), painting.drawn()
    assert painting.count == 1
    assert np.array_equal(first, second)
    assert first.min() < 100 < first.max()


@pytest.mark.parametrize("change", [{"key": "b"}, {"size": QSize(41, 30)}, {"colour": "#eeeeee"}, {"ratio": 1.5}])
def test_it_is_painted_anew_where_something_is_another(painting: Painting, change: dict[str, object]) -> None:
    painting.drawn()
    painting.drawn(**change)
    assert painting.count == 2


def test_it_is_painted_anew_when_it_was_forgotten(painting: Painting) -> None:
    painting.drawn()
    painting.ground.forget()
    painting.drawn()
    assert painting.count == 2


def test_it_is_as_sharp_as_what_it_is_painted_on(painting: Painting) -> None:
    painting.drawn()
    kept = painting.drawn(ratio=2)
    image = QImage(80, 60, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(2)
    image.fill(QColor("#ffffff"))
    painter = QPainter(image)
    painting.paint(painter)
    painter.end()
    directly = np.frombuffer(image.constBits(), np.uint8).reshape(60, 80, 4)[:, :, 1].astype(float)
    assert np.array_equal(kept, directly)
