"""What a live view shows, as a file: PNG, SVG or CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPixmap

from nnviz.core.export.writing import write_bytes, write_text
from nnviz.gui.views.base import LiveView

SHARPNESS = 2
"""Pixels of a PNG per pixel of the screen: sharp on paper and on a projector."""


def png_bytes(view: LiveView) -> bytes:
    """The view as a PNG, on the ground of the theme."""
    picture = QPixmap(view.size() * SHARPNESS)
    picture.setDevicePixelRatio(SHARPNESS)
    picture.fill(view.theme.colour("surface"))
    painter = QPainter(picture)
    view.render(painter, QPoint())
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")
    return bytes(buffer.data().data())


def svg_bytes(view: LiveView) -> bytes:
    """The view as an SVG, on the ground of the theme."""
    # Imported when it is asked for: few people ever write one.
    from PySide6.QtSvg import QSvgGenerator

    buffer = QBuffer()
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(view.size())
    generator.setViewBox(QRect(0, 0, view.width(), view.height()))
    generator.setTitle(view.heading())
    # One unit of the file is one pixel of the screen.
    generator.setResolution(96)
    painter = QPainter(generator)
    painter.fillRect(QRect(0, 0, view.width(), view.height()), view.theme.colour("surface"))
    painter.setPen(Qt.PenStyle.NoPen)
    view.draw_into(painter)
    painter.end()
    return bytes(buffer.data().data())


def csv_text(rows: Sequence[Sequence[object]]) -> str:
    """A table as comma-separated values."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def write_view(view: LiveView, path: Path) -> None:
    """Write a view to a file; its ending says as what.

    Raises:
        ExportError: If the file cannot be written.
    """
    if path.suffix.lower() == ".csv":
        write_text(path, csv_text(view.table()))
        return
    write_bytes(path, svg_bytes(view) if path.suffix.lower() == ".svg" else png_bytes(view))
