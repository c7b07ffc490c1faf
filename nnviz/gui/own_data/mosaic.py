"""Some samples that are images, side by side, each with what it shows written below."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QFont, QFontMetrics, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnviz.gui.style.appearance import Appearance


class Mosaic(QWidget):
    """Images in rows, as many beside each other as there is room for; one paint item.

    Attributes:
        labels: What is written below the images.
    """

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._images: list[QImage] = []
        self.labels: tuple[str, ...] = ()
        self.setObjectName("sample_mosaic")
        self.setAccessibleName(self.tr("Some samples"))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        appearance.theme_changed.connect(self._on_theme_changed)

    def show_samples(self, images: NDArray[np.float32], labels: Sequence[str]) -> None:
        """Show images, from black at 0 to white (or full colour) at 1.

        Args:
            images: (N, channels, height, width); one channel is grey, three are red, green and blue. Values outside
                0 to 1, after a normalisation say, are stretched so that each image fills the range.
            labels: One per image.
        """
        self._images = [_picture(image) for image in images]
        self.labels = tuple(labels)
        self.setAccessibleDescription(", ".join(self.labels))
        self.updateGeometry()
        self.update()

    def _cell(self) -> tuple[int, int]:
        theme = self._appearance.theme
        side = round(theme.font_px * 4.6)
        return side, side + round(theme.caption_px * 1.6)

    def _columns(self, width: int) -> int:
        gap = self._appearance.theme.space
        return max(1, (width + gap) // (self._cell()[0] + gap))

    def hasHeightForWidth(self) -> bool:
        """More rows where it is narrower."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of all rows at this width."""
        gap = self._appearance.theme.space
        rows = -(-len(self._images) // self._columns(width))
        return max(0, rows * (self._cell()[1] + gap) - gap)

    def sizeHint(self) -> QSize:
        """Six beside each other."""
        width = 6 * (self._cell()[0] + self._appearance.theme.space)
        return QSize(width, self.heightForWidth(max(width, self.width())))

    def minimumSizeHint(self) -> QSize:
        """At least two beside each other."""
        return QSize(2 * (self._cell()[0] + self._appearance.theme.space), 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for the height of the rows at the new width."""
        super().resizeEvent(event)
        self.setFixedHeight(self.heightForWidth(self.width()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint all images."""
        theme = self._appearance.theme
        painter = QPainter(self)
        font = QFont(self.font())
        font.setPixelSize(theme.caption_px)
        painter.setFont(font)
        metrics = QFontMetrics(font)
        side, height = self._cell()
        columns = self._columns(self.width())
        for number, image in enumerate(self._images):
            x = number % columns * (side + theme.space)
            y = number // columns * (height + theme.space)
            ratio = min(side / image.width(), side / image.height())
            width, tall = image.width() * ratio, image.height() * ratio
            area = QRectF(x + (side - width) / 2, y + (side - tall) / 2, width, tall)
            # Pixels stay pixels where they are enlarged; reduced, they must be averaged.
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, ratio < 1)
            painter.drawImage(area, image)
            painter.setPen(theme.colour("border_strong"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(area.adjusted(0, 0, -1, -1))
            painter.setPen(theme.colour("muted"))
            text = metrics.elidedText(self.labels[number], Qt.TextElideMode.ElideRight, side)
            painter.drawText(QRectF(x, y + side, side, height - side), Qt.AlignmentFlag.AlignCenter, text)

    @Slot()
    def _on_theme_changed(self) -> None:
        self.setFixedHeight(self.heightForWidth(self.width()))
        self.updateGeometry()
        self.update()


def _picture(image: NDArray[np.float32]) -> QImage:
    values = np.nan_to_num(np.asarray(image, np.float32))
    low, high = float(values.min()), float(values.max())
    if low < 0 or high > 1:
        values = (values - low) / max(high - low, 1e-12)
    channels = values.shape[0]
    # Two channels have no colour of their own: the first is shown.
    planes = values[:3] if channels >= 3 else values[:1]
    pixels = np.ascontiguousarray(np.round(planes.transpose(1, 2, 0) * 255).astype(np.uint8))
    height, width = pixels.shape[:2]
    kind = QImage.Format.Format_RGB888 if pixels.shape[2] == 3 else QImage.Format.Format_Grayscale8
    return QImage(pixels.data, width, height, width * pixels.shape[2], kind).copy()
