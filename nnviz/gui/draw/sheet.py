"""What lies on the pad beside pen strokes: the sheet, a hint, a picture, a note. Painting only."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QImage, QPainter, QPen

from nnviz.core.ink import Picture
from nnviz.gui.style.theme import Theme


def paint_sheet(painter: QPainter, paper: QRectF, theme: Theme, *, wanted: bool, focused: bool) -> None:
    """The square that is drawn on; `wanted` if something hovers that can be dropped on it."""
    edge = "focus" if wanted or focused else "border_strong"
    width = 2.0 if wanted else 1.0
    inset = width / 2
    painter.setPen(QPen(theme.colour(edge), width))
    painter.setBrush(theme.colour("accent_soft" if wanted else "surface"))
    painter.drawRoundedRect(paper.adjusted(inset, inset, -inset, -inset), theme.card_radius, theme.card_radius)


def paint_hint(painter: QPainter, paper: QRectF, theme: Theme, what: str, how: str) -> None:
    """A large line in the middle of the sheet, and a small one under it."""
    font = QFont(painter.font())
    font.setPixelSize(round(theme.title_px * 1.1))
    painter.setFont(font)
    painter.setPen(theme.colour("muted"))
    painter.drawText(paper.adjusted(0, 0, 0, -theme.title_px), Qt.AlignmentFlag.AlignCenter, what)
    font.setPixelSize(theme.font_px)
    painter.setFont(font)
    painter.drawText(paper.adjusted(0, theme.title_px * 2.2, 0, 0), Qt.AlignmentFlag.AlignCenter, how)


def picture_image(picture: Picture) -> QImage:
    """A picture in grey, (H, W), 0 black to 1 white, ready to be painted."""
    shown = np.ascontiguousarray(np.clip(picture * 255, 0, 255).astype(np.uint8))
    height, width = shown.shape
    # QImage does not keep the array alive; the copy does not need it.
    return QImage(shown.data, width, height, width, QImage.Format.Format_Grayscale8).copy()


def paint_picture(painter: QPainter, paper: QRectF, theme: Theme, image: QImage) -> None:
    """A picture as large as the sheet allows, its proportions kept."""
    margin = theme.card_radius
    room = paper.adjusted(margin, margin, -margin, -margin)
    size = QSize(image.size()).scaled(room.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
    box = QRectF(QPointF(), size.toSizeF())
    box.moveCenter(room.center())
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, image.width() > box.width() / 4)
    painter.drawImage(box, image)


def paint_note(painter: QPainter, paper: QRectF, theme: Theme, text: str) -> None:
    """A line at the sheet's lower edge, over whatever is drawn there."""
    font = QFont(painter.font())
    font.setPixelSize(theme.font_px)
    painter.setFont(font)
    inset = theme.space
    height = theme.font_px + 3 * inset
    box = QRectF(paper.x() + inset, paper.bottom() - inset - height, paper.width() - 2 * inset, height)
    painter.setPen(QPen(theme.colour("border"), 1))
    painter.setBrush(theme.colour("accent_soft"))
    painter.drawRoundedRect(box, theme.card_radius / 2, theme.card_radius / 2)
    painter.setPen(theme.colour("text"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
