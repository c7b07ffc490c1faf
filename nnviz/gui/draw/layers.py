"""Through the network: what every layer makes of the drawing, while it is drawn. One paint item for all of it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QHelpEvent, QImage, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from nnviz.core.layer_picture import GAP
from nnviz.core.reading import Answer, LayerOutput
from nnviz.gui.spec_text import spec_text
from nnviz.gui.style.colours import diverging
from nnviz.gui.style.theme import LIGHT, Theme

MOST_LINES = 6


class LayersView(QWidget):
    """Pictures of the outputs of all layers of one or two networks, from the first layer to the last.

    Orange is negative, blue positive; each layer has a scale of its own. Hovering says which layer it is, its shape and
    the value under the mouse.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("layers_view")
        self.setAccessibleName(self.tr("Outputs of all layers"))
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        # It paints its own ground: what lies under it, cards and page, need not be painted again for every answer.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._theme = LIGHT
        self._networks: list[tuple[str, tuple[LayerOutput, ...]]] = []
        self._images: list[list[QImage]] = []
        self._frames: tuple[object, QPixmap] | None = None
        self.show_answers(())

    def set_theme(self, theme: Theme) -> None:
        """Use the colours and sizes of another theme."""
        self._theme = theme
        self._make_images()
        self.updateGeometry()
        self.update()

    def show_answers(self, answers: Sequence[Answer]) -> None:
        """Show the layers of these networks, or that there is nothing to be seen."""
        self._networks = [(spec_text(answer.network), answer.layers) for answer in answers if answer.layers]
        self._make_images()
        parts = [
            self.tr("{0}: {1}").format(title, ", ".join(spec_text(layer.title) for layer in layers))
            for title, layers in self._networks
        ]
        self.setAccessibleDescription("; ".join(parts) or self.tr("Nothing drawn yet"))
        self.update()

    def layer_rects(self) -> list[list[QRectF]]:
        """Where the picture of each layer is, for each network."""
        return [self._grid(area, len(layers)) for area, (_, layers) in zip(self._areas(), self._networks, strict=True)]

    def _areas(self) -> list[QRectF]:
        """Where each network is: side by side, the one with more layers wider."""
        weights = [math.sqrt(len(layers)) for _, layers in self._networks]
        gap = 3.0 * self._theme.space
        room = self.width() - gap * (len(weights) - 1)
        areas, x = [], 0.0
        for weight in weights:
            width = room * weight / sum(weights)
            areas.append(QRectF(x, 0, width, self.height()))
            x += width + gap
        return areas

    def layer_at(self, place: QPointF) -> LayerOutput | None:
        """The layer whose picture is under a point, or None."""
        for (_, layers), rects in zip(self._networks, self.layer_rects(), strict=True):
            for layer, rect in zip(layers, rects, strict=True):
                if rect.contains(place):
                    return layer
        return None

    def _make_images(self) -> None:
        table = _table(self._theme)
        self._images = []
        for _, layers in self._networks:
            images = []
            for layer in layers:
                height, width = layer.picture.shape
                # Rows of an indexed image are as wide as the array's; the copy owns its memory.
                image = QImage(layer.picture.data, width, height, width, QImage.Format.Format_Indexed8)
                image.setColorTable(table)
                images.append(image.copy())
            self._images.append(images)

    def _head(self) -> float:
        """Height of a network's name; none is needed for one network alone."""
        return self._theme.caption_px * 1.6 if len(self._networks) > 1 else 0.0

    def _caption(self) -> float:
        return self._theme.caption_px * 1.35

    def _grid(self, area: QRectF, count: int) -> list[QRectF]:
        """Squares as large as they can be, in as many lines as that takes."""
        gap, caption = self._theme.space * 0.75, self._caption()
        area = area.adjusted(0, self._head(), 0, 0)
        best, lines = 0.0, 1
        for tried in range(1, MOST_LINES + 1):
            across = math.ceil(count / tried)
            side = min(area.height() / tried - caption - gap / 2, (area.width() + gap) / across - gap)
            if side > best:
                best, lines = side, tried
        side = max(4.0, math.floor(best))
        across = math.ceil(count / lines)
        step = side + gap
        if across * step > 0.8 * area.width():
            # The whole width, evenly.
            step = (area.width() - side) / max(1, across - 1)
        return [
            QRectF(
                area.x() + round((number % across) * step),
                area.y() + round((number // across) * (side + caption + gap / 2)) + caption,
                side,
                side,
            )
            for number in range(count)
        ]

    def sizeHint(self) -> QSize:
        return QSize(self._theme.font_px * 34, self._theme.font_px * 11)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.font_px * 14, self._theme.font_px * 7)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not self._networks:
            painter.fillRect(event.rect(), self._theme.colour("surface"))
            painter.setFont(self._type())
            painter.setPen(self._theme.colour("muted"))
            text = self.tr("What every layer makes of your drawing appears here while you draw.")
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, text)
            painter.end()
            return
        # Names and frames stay what they are while the pen moves: painted once, and kept as a picture.
        ratio = self.devicePixelRatioF()
        key = (self.width(), self.height(), ratio, self._theme, self._shapes())
        if self._frames is None or self._frames[0] != key:
            self._frames = key, self._painted_frames(ratio)
        painter.drawPixmap(0, 0, self._frames[1])
        for rects, images in zip(self.layer_rects(), self._images, strict=True):
            for rect, image in zip(rects, images, strict=True):
                painter.drawImage(self._image_rect(rect, image), image)
        painter.end()

    def _shapes(self) -> tuple[object, ...]:
        return tuple(
            (title, tuple((layer.title, layer.picture.shape) for layer in layers)) for title, layers in self._networks
        )

    def _type(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(self._theme.caption_px)
        return font

    def _painted_frames(self, ratio: float) -> QPixmap:
        theme = self._theme
        frames = QPixmap((self.size().toSizeF() * ratio).toSize())
        frames.setDevicePixelRatio(ratio)
        frames.fill(theme.colour("surface"))
        painter = QPainter(frames)
        painter.setFont(self._type())
        metrics = painter.fontMetrics()
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        areas = self._areas()
        for number, rects in enumerate(self.layer_rects()):
            title, layers = self._networks[number]
            if len(self._networks) > 1:
                painter.setPen(theme.colour("text"))
                head = QRectF(areas[number].x(), 0, areas[number].width(), self._head())
                title = metrics.elidedText(title, Qt.TextElideMode.ElideRight, int(head.width()))
                painter.drawText(head, left, title)
            for layer, rect, image in zip(layers, rects, self._images[number], strict=True):
                painter.setPen(theme.colour("muted"))
                above = QRectF(rect.x(), rect.y() - self._caption(), rect.width() + 2, self._caption())
                name = metrics.elidedText(spec_text(layer.title), Qt.TextElideMode.ElideRight, int(above.width()))
                # One letter and an ellipsis would tell nobody anything; the tooltip has the name.
                if len(name) > 2:
                    painter.drawText(above, left, name)
                painter.setPen(QPen(theme.colour("border"), 1))
                painter.drawRect(self._image_rect(rect, image).adjusted(-0.5, -0.5, 0.5, 0.5))
        painter.end()
        return frames

    def _image_rect(self, rect: QRectF, image: QImage) -> QRectF:
        """Where a picture is within its square: as large as fits, its proportions kept."""
        size = image.size().toSizeF().scaled(rect.size(), Qt.AspectRatioMode.KeepAspectRatio)
        width = max(size.width(), min(rect.width(), rect.height() / 6))
        return QRectF(rect.x(), rect.y(), width, size.height())

    def _explanation(self, place: QPointF) -> str:
        for number, rects in enumerate(self.layer_rects()):
            title, layers = self._networks[number]
            for layer, rect, image in zip(layers, rects, self._images[number], strict=True):
                if rect.contains(place):
                    inside = self._image_rect(rect, image)
                    shape = " × ".join(map(str, layer.values.shape))
                    text = self.tr("{0}, {1}: {2}").format(title, spec_text(layer.title), shape)
                    return text + self._value_text(layer, inside, place)
        return ""

    def _value_text(self, layer: LayerOutput, inside: QRectF, place: QPointF) -> str:
        rows, columns = layer.picture.shape
        column = int((place.x() - inside.x()) / inside.width() * columns)
        row = int((place.y() - inside.y()) / inside.height() * rows)
        if not (0 <= row < rows and 0 <= column < columns) or layer.picture[row, column] == GAP:
            return ""
        limit = float(np.abs(layer.values).max(initial=0.0))
        value = (int(layer.picture[row, column]) - 127) / 127 * limit
        return "\n" + self.tr("about {0} here; the scale goes to ±{1}").format(f"{value:.2g}", f"{limit:.3g}")

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if QToolTip.isVisible():
            QToolTip.showText(event.globalPosition().toPoint(), self._explanation(event.position()), self)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self._explanation(QPointF(event.pos())), self)
            return True
        return super().event(event)


@lru_cache(maxsize=8)
def _table(theme: Theme) -> list[int]:
    """The colours of all indices: from negative over zero to positive, and what lies between two maps."""
    colours = [QColor(*map(int, row)).rgb() for row in diverging(theme)[:255]]
    return [*colours, theme.colour("surface").rgb()]
