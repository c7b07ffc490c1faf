"""Layers under the mouse: how they are packed for a drag, and unpacked where they are dropped."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QMimeData, QPoint, Qt
from PySide6.QtGui import QDrag, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from nnviz.core.layer_text import layers_from_text, layers_to_text
from nnviz.core.layers.base import LayerSpec

LAYER_MIME = "application/x-nnviz-layer"
"""MIME type of layers: the JSON text of `nnviz.core.layer_text`."""

_WIDEST = 320
_OPACITY = 0.85


def layers_to_mime(layers: Sequence[LayerSpec]) -> QMimeData:
    """Layers as data for a drag."""
    mime = QMimeData()
    mime.setData(LAYER_MIME, QByteArray(layers_to_text(layers).encode()))
    return mime


def layers_from_mime(mime: QMimeData) -> tuple[LayerSpec, ...]:
    """The layers in dragged data.

    Raises:
        LayerTextError: If they cannot be read.
    """
    return layers_from_text(bytes(mime.data(LAYER_MIME).data()).decode(errors="replace"))


def drag_layers(source: QWidget, layers: Sequence[LayerSpec], at: QPoint, actions: Qt.DropAction) -> Qt.DropAction:
    """Let layers be carried by the mouse, with a picture of their card; returns when they are dropped, or not.

    Args:
        source: The widget that is dragged, and pictured.
        layers: What it stands for.
        at: Where in the widget the mouse took hold.
        actions: What may become of them: moved, copied or both; the first is what happens without a key.

    Returns:
        What was done; `IgnoreAction` if the drag was given up.
    """
    # Of the window: a card may be gone when its drag ends.
    drag = QDrag(source.window())
    drag.setMimeData(layers_to_mime(layers))
    drag.setPixmap(_picture(source))
    drag.setHotSpot(QPoint(min(at.x(), _WIDEST // 2), at.y()))
    default = Qt.DropAction.MoveAction if actions & Qt.DropAction.MoveAction else Qt.DropAction.CopyAction
    return drag.exec(actions, default)


def _picture(widget: QWidget) -> QPixmap:
    whole = widget.grab()
    ratio = whole.devicePixelRatioF()
    part = whole.copy(0, 0, min(whole.width(), round(_WIDEST * ratio)), whole.height())
    picture = QPixmap(part.size())
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setOpacity(_OPACITY)
    painter.drawPixmap(0, 0, part)
    painter.end()
    return picture
