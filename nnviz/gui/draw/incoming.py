"""Pictures from outside, files and clipboard, as greys for the pad. Pillow is loaded when the first one comes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
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


def picture_reader(source: QMimeData | Path) -> Callable[[], Picture] | None:
    """What reads the picture that is dragged, was copied, or is in a file: to be called on another thread.

    It gives (H, W), 0 black to 1 white, or raises a `PictureError` if that is no picture that can be read. None if
    there is none.
    """
    path = source if isinstance(source, Path) else first_file(source)
    if path is not None:
        return partial(_read_file, path)
    assert isinstance(source, QMimeData)
    if not source.hasImage():
        return None
    # The clipboard belongs to the window's thread; its picture is taken here, and unpacked there.
    return partial(_read_image, QImage(source.imageData()))


def _read_file(path: Path) -> Picture:
    from nnviz.core.image_files import read_grey

    return read_grey(path)


def _read_image(image: QImage) -> Picture:
    from nnviz.core.image_files import read_grey

    return read_grey(_array(image))


def _array(image: QImage) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """Colours and opacity, (H, W, 4)."""
    rgba = image.convertToFormat(QImage.Format.Format_RGBA8888)
    rows = np.frombuffer(rgba.constBits(), np.uint8).reshape(rgba.height(), rgba.bytesPerLine())
    return rows[:, : rgba.width() * 4].reshape(rgba.height(), rgba.width(), 4).copy()
