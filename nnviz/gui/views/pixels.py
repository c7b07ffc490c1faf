"""Arrays as pictures in colours that have a meaning, and the scale beside them that says which."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from nnviz.gui.style.colours import diverging, sequential
from nnviz.gui.style.theme import Theme
from nnviz.gui.views.canvas import write_line


def signed_image(values: NDArray[Any], limit: float, theme: Theme) -> QImage:
    """Signed values as a picture: orange at -limit, neutral at zero, blue at +limit; NaN is a gap.

    Args:
        values: (H, W).
        limit: End of the scale.
        theme: Whose colours.
    """
    share = values / (2 * limit) + 0.5 if limit > 0 else np.where(np.isnan(values), np.nan, 0.5)
    return _image(share, _diverging_words(theme))


def share_image(values: NDArray[Any], theme: Theme) -> QImage:
    """Values from 0 to 1 as a picture in the colours of probabilities, (H, W); NaN is a gap."""
    return _image(values, _sequential_words(theme))


def rgb(colour: QColor) -> NDArray[np.float32]:
    """Red, green and blue of a colour, from 0 to 255, (3,)."""
    return np.array([colour.red(), colour.green(), colour.blue()], np.float32)


def rgb_image(colours: NDArray[np.uint8]) -> QImage:
    """A picture whose colours are known, (H, W, 3)."""
    pixels = np.ascontiguousarray(colours)
    height, width = pixels.shape[:2]
    return QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()


def sample_image(x: NDArray[Any], theme: Theme) -> QImage:
    """A sample that is an image, (C, H, W): three channels in their colours, one as ink on the theme's paper."""
    values = np.nan_to_num(np.asarray(x, np.float32))
    low, high = min(0.0, float(values.min())), max(1.0, float(values.max()))
    values = (values - low) / (high - low)
    if len(values) == 3:
        return rgb_image(np.round(values.transpose(1, 2, 0) * 255).astype(np.uint8))
    paper, ink = (rgb(theme.colour(token)) for token in ("surface", "text"))
    return rgb_image((paper + values[0, ..., None] * (ink - paper) + 0.5).astype(np.uint8))


def fitted(area: QRectF, width: float, height: float, *, most: float = 1e9, step: float = 1.0) -> QRectF:
    """The largest rectangle of these proportions in the middle of `area`, enlarged by whole numbers where it is.

    Args:
        area: Where.
        width: Width of the picture, in its own pixels.
        height: Its height.
        most: How much it may be enlarged.
        step: It is enlarged by multiples of this.
    """
    scale = min(area.width() / max(width, 1e-9), area.height() / max(height, 1e-9), most)
    if scale > 1:
        scale = max(1.0, step * int(scale / step))
    size = QSizeF(width * scale, height * scale)
    # On whole pixels of the screen.
    x, y = area.x() + (area.width() - size.width()) / 2, area.y() + (area.height() - size.height()) / 2
    return QRectF(QPointF(round(x), round(y)), size)


def draw_image(painter: QPainter, area: QRectF, image: QImage) -> None:
    """Draw a picture: pixels stay pixels where it is enlarged, and are averaged where it is reduced."""
    scale = area.width() / max(1, image.width())
    # By one and a half, pixels would be of two widths.
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, scale < 2 and scale != 1)
    painter.drawImage(area, image)


def draw_scale(painter: QPainter, area: QRectF, theme: Theme, limit: float) -> None:
    """The scale of signed values: a strip from -limit to +limit with its three numbers below.

    Args:
        painter: Its font is used.
        area: As high as two lines of text.
        theme: Whose colours.
        limit: End of the scale.
    """
    strip = QRectF(area.x(), area.y(), area.width(), area.height() * 0.4)
    draw_image(painter, strip, signed_image(np.linspace(-1, 1, 128, dtype=np.float32)[None], 1.0, theme))
    painter.setPen(QPen(theme.colour("border_strong"), 1))
    painter.drawRect(strip)
    painter.setPen(theme.colour("muted"))
    below = QRectF(area.x(), strip.bottom(), area.width(), area.height() * 0.6)
    # A minus that is as wide as a plus.
    write_line(painter, below, f"−{limit:.3g}", Qt.AlignmentFlag.AlignLeft)  # noqa: RUF001
    write_line(painter, below, "0", Qt.AlignmentFlag.AlignHCenter)
    write_line(painter, below, f"{limit:.3g}", Qt.AlignmentFlag.AlignRight)


@lru_cache(maxsize=8)
def _diverging_words(theme: Theme) -> NDArray[np.uint32]:
    return _words(diverging(theme), theme)


@lru_cache(maxsize=8)
def _sequential_words(theme: Theme) -> NDArray[np.uint32]:
    return _words(sequential(theme), theme)


def _words(table: NDArray[np.uint8], theme: Theme) -> NDArray[np.uint32]:
    # As 0xffRRGGBB, which Qt draws without converting it; gaps, at the end, have the ground of cards.
    red, green, blue = (table[:, channel].astype(np.uint32) for channel in range(3))
    return np.append(0xFF000000 | red << 16 | green << 8 | blue, np.uint32(theme.colour("surface").rgb()))


def _image(share: NDArray[Any], words: NDArray[np.uint32]) -> QImage:
    with np.errstate(invalid="ignore"):
        index = np.clip(share * 255 + 0.5, 0, 255).astype(np.uint8).astype(np.intp)
    index[np.isnan(share)] = 256
    # Row after row: numpy keeps another order in memory where it finds one, and Qt would read beyond the end.
    pixels = np.ascontiguousarray(words[index], np.uint32)
    height, width = share.shape
    return QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32).copy()
