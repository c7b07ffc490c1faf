"""What the network sees: the prepared image, so large that every pixel can be looked at."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFocusEvent, QFont, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnviz.core.ink import Picture
from nnviz.gui.style.colours import diverging
from nnviz.gui.style.theme import LIGHT, Theme

LEAST_GRID_CELL = 5.0
"""Below this size of a pixel, in device-independent pixels, a grid would hide the picture."""

_ARROWS: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


def ink_image(picture: Picture, theme: Theme) -> QImage:
    """A picture, (H, W), 0 for paper and 1 for ink, in the theme's colours of paper and ink."""
    # An index for each pixel and a table of 256 colours: a twentieth of the time that colours for each pixel take.
    share = np.nan_to_num(picture) if np.isnan(picture).any() else picture
    indices = np.ascontiguousarray((np.clip(share, 0, 1) * 255 + 0.5).astype(np.uint8))
    height, width = indices.shape
    image = QImage(indices.data, width, height, width, QImage.Format.Format_Indexed8)
    image.setColorTable(_ink_table(theme))
    # The copy owns its memory; the image made of the array would point into it.
    return image.copy()


@lru_cache(maxsize=8)
def _ink_table(theme: Theme) -> list[int]:
    paper, ink = (_rgb(theme.colour(token)) for token in ("surface", "text"))
    shares = np.linspace(0, 1, 256, dtype=np.float32)[:, None]
    rgb = (paper + shares * (ink - paper) + 0.5).astype(int)
    return [QColor(*map(int, row)).rgb() for row in rgb]


def saliency_image(saliency: NDArray[np.float32], theme: Theme) -> QImage:
    """Contributions, (H, W), in the theme's colours of negative and positive, on a scale symmetric about zero."""
    limit = float(np.abs(saliency).max(initial=0.0)) or 1.0
    # The root lets small contributions be seen beside the largest.
    share = np.sign(saliency) * np.sqrt(np.abs(np.nan_to_num(saliency)) / limit)
    rgba = np.ascontiguousarray(diverging(theme)[np.round((share + 1) / 2 * 255).astype(np.intp)])
    height, width = rgba.shape[:2]
    return QImage(rgba.data, width, height, 4 * width, QImage.Format.Format_RGBA8888).copy()


def _rgb(colour: QColor) -> NDArray[np.float32]:
    return np.array([colour.red(), colour.green(), colour.blue()], np.float32)


class SeenImage(QWidget):
    """A prepared image, pixel by pixel. Hovering, or the arrow keys, give a pixel's place and value.

    Over it can lie what each pixel did for the answer: blue where it spoke for it, orange where against.

    Attributes:
        picture: What is shown, (H, W), 0 for paper and 1 for ink, or None if nothing is.
        saliency: What each pixel contributed, (H, W), or None if that is not shown.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("seen_image")
        self.setAccessibleName(self.tr("What the network sees"))
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        # It paints its own ground: what lies under it, cards and page, need not be painted again for every answer.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._theme = LIGHT
        self._image: QImage | None = None
        self._side = 28
        self._pixel: tuple[int, int] | None = None
        self.picture: Picture | None = None
        self.saliency: NDArray[np.float32] | None = None
        self._speaks_for = ""
        self.show_picture(None)

    def set_theme(self, theme: Theme) -> None:
        """Use the colours and sizes of another theme."""
        self._theme = theme
        self._show()

    def show_picture(
        self, picture: Picture | None, saliency: NDArray[np.float32] | None = None, speaks_for: str = ""
    ) -> None:
        """Show a prepared image, or an empty grid.

        Args:
            picture: The image.
            saliency: What each pixel contributed to the answer, if that is to be shown.
            speaks_for: The class that was answered.
        """
        if picture is not None and picture is self.picture and saliency is self.saliency:
            return
        self.picture, self.saliency, self._speaks_for = picture, saliency, speaks_for
        self._show()

    def _show(self) -> None:
        picture, saliency = self.picture, self.saliency
        if picture is None:
            self._image = None
        elif saliency is None:
            self._image = ink_image(picture, self._theme)
        else:
            self._image = saliency_image(saliency, self._theme)
        if picture is not None:
            if len(picture) != self._side:
                self._pixel = None
            self._side = len(picture)
            self._describe_picture(picture)
        else:
            self.setAccessibleDescription(self.tr("Nothing drawn yet"))
        self.update()

    def frame_rect(self) -> QRectF:
        """The square that the pixels fill, each of them a whole number of the screen's pixels wide."""
        ratio = self.devicePixelRatioF()
        room = min(self.width(), self.height() - self._readout_height()) - 2
        side = max(1, int(room * ratio / self._side)) * self._side / ratio
        # On whole pixels of the screen, too.
        x = round((self.width() - side) / 2 * ratio) / ratio
        spare = self.height() - self._readout_height() - side
        return QRectF(x, max(1.0, round(spare / 2 * ratio) / ratio), side, side)

    def _readout_height(self) -> float:
        return self._theme.caption_px * 2.2

    def pixel_at(self, place: QPointF) -> tuple[int, int] | None:
        """Row and column of the pixel under a point of the widget, or None beside the picture."""
        frame = self.frame_rect()
        column, row = (place.x() - frame.x()) / frame.width(), (place.y() - frame.y()) / frame.height()
        if not (0 <= row < 1 and 0 <= column < 1):
            return None
        return int(row * self._side), int(column * self._side)

    def value_text(self, row: int, column: int) -> str:
        """A pixel's place and value for people."""
        value = 0.0 if self.picture is None else float(self.picture[row, column])
        text = self.tr("row {0}, column {1}: {2} of 255").format(row, column, round(value * 255))
        if self.saliency is not None:
            text += self.tr("; {0} for {1}").format(f"{float(self.saliency[row, column]):+.2f}", self._speaks_for)
        return text

    def _describe_picture(self, picture: Picture) -> None:
        inked = int(np.count_nonzero(picture))
        height, width = picture.shape
        self.setAccessibleDescription(self.tr("{0} by {1} pixels, {2} of them inked").format(width, height, inked))

    def _point_at(self, pixel: tuple[int, int] | None) -> None:
        if pixel != self._pixel:
            self._pixel = pixel
            self.update()

    def _readout(self) -> str:
        """The line under the picture: the pixel that is pointed at, or what can be done here."""
        if self._pixel is not None:
            return self.value_text(*self._pixel)
        if self.saliency is not None:
            return self.tr("gradient × input: blue for {0}, orange against").format(self._speaks_for)
        return self.tr("{0} × {0} pixels: point at one").format(self._side)

    def _pixel_rect(self, row: int, column: int) -> QRectF:
        frame = self.frame_rect()
        cell = frame.width() / self._side
        return QRectF(frame.x() + column * cell, frame.y() + row * cell, cell, cell)

    def sizeHint(self) -> QSize:
        return QSize(226, round(226 + self._readout_height()))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.caption_px * 13, round(114 + self._readout_height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme.colour("surface"))
        frame = self.frame_rect()
        if self._image is None:
            painter.fillRect(frame, theme.colour("surface"))
        else:
            painter.drawImage(frame, self._image)
        cell = frame.width() / self._side
        painter.setPen(QPen(theme.colour("border"), 0))
        if cell >= LEAST_GRID_CELL:
            lines = []
            for number in range(1, self._side):
                x, y = frame.x() + number * cell, frame.y() + number * cell
                lines += [QLineF(x, frame.y(), x, frame.bottom()), QLineF(frame.x(), y, frame.right(), y)]
            painter.drawLines(lines)
        painter.setPen(QPen(theme.colour("focus" if self.hasFocus() else "border_strong"), 1))
        painter.drawRect(frame)
        if self._pixel is not None:
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawRect(self._pixel_rect(*self._pixel))
        font = QFont(self.font())
        font.setPixelSize(theme.caption_px)
        painter.setFont(font)
        painter.setPen(theme.colour("text" if self._pixel is not None else "muted"))
        below = QRectF(0, frame.bottom(), self.width(), self._readout_height())
        text = painter.fontMetrics().elidedText(self._readout(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, text)
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point_at(self.pixel_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self._point_at(None)
        super().leaveEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._point_at(None)
        self.update()
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _ARROWS.get(event.key())
        if step is None:
            super().keyPressEvent(event)
            return
        middle = self._side // 2
        row, column = self._pixel or (middle, middle)
        if self._pixel is not None:
            row, column = (min(max(old + by, 0), self._side - 1) for old, by in zip((row, column), step, strict=True))
        self._point_at((row, column))
