"""Pictures from outside, files and clipboard, as greys for the pad. Pillow is loaded when the first one comes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage

from nnviz.core.ink import Picture
from nnviz.gui.own_data.files import is_data


def first_file(mime: QMimeData) -> Path | None:
    """The first file of this machine that is dragged or was copied, or None."""
    return next((Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()), None)


def has_picture(mime: QMimeData) -> bool:
    """Whether there may be a picture in what is dragged or was copied; data is for the window."""
    path = first_file(mime)
    return mime.hasImage() if path is None else not is_data(path) and path.suffix != ".nnviz"


def read_picture(mime: QMimeData) -> Picture | None:
    """The picture that is dragged or was copied, (H, W), 0 black to 1 white; None if there is none.

    Raises:
        PictureError: If there is a file that is no picture that can be read.
    """
    path = first_file(mime)
    if path is not None:
        return read_picture_file(path)
    if not mime.hasImage():
        return None
    from nnviz.core.image_files import read_grey

    return read_grey(_array(QImage(mime.imageData())))


def read_picture_file(path: Path) -> Picture:
    """The picture in a file, (H, W), 0 black to 1 white.

    Raises:
        PictureError: If the file is no picture that can be read.
    """
    from nnviz.core.image_files import read_grey

    return read_grey(path)


def _array(image: QImage) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """Colours and opacity, (H, W, 4)."""
    rgba = image.convertToFormat(QImage.Format.Format_RGBA8888)
    rows = np.frombuffer(rgba.constBits(), np.uint8).reshape(rgba.height(), rgba.bytesPerLine())
    return rows[:, : rgba.width() * 4].reshape(rgba.height(), rgba.width(), 4).copy()
