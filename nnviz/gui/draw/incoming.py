"""Pictures from outside, files and clipboard, as greys for the pad. Pillow is loaded when the first one comes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
from PySide6.QtCore import QMimeData, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QImage

from nnviz.core.ink import Picture
from nnviz.core.labs.state import SUFFIX as LAB_SUFFIX
from nnviz.core.snapshot import Failure
from nnviz.gui.background import Background
from nnviz.gui.files.drop import SUFFIX as PROJECT_SUFFIX
from nnviz.gui.own_data.files import is_data

WAIT_MS = 200
"""What is read within this time is not worth a word."""

ENCODED = ("image/png", "image/jpeg", "image/bmp", "image/tiff", "image/webp", "image/gif")
"""Kinds of picture that are unpacked away from the window's thread if the clipboard has them as they were saved."""


class IncomingPicture(QObject):
    """Reads one picture in the background: a large photo takes its time.

    Signals:
        arrived(Picture): It is read: (H, W), 0 black to 1 white.
        refused(str): It cannot be read; the sentence says why.
        waiting_changed(bool): Somebody waits for it, or does no longer.
    """

    arrived = Signal(object)
    refused = Signal(str)
    waiting_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._number = 0
        """Number of the picture that is read at the moment; earlier ones are stale."""
        self._is_reading = False
        self._is_waited_for = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self._on_wait_noticed)
        self._background = Background(self)
        self._background.done.connect(self._on_read)
        self._background.failed.connect(self._on_failed)

    @property
    def is_waited_for(self) -> bool:
        """Whether it takes so long that somebody waits."""
        return self._is_waited_for

    def take(self, source: QMimeData | Path) -> None:
        """Read the picture in a file, or what was dragged or copied, in place of what is read at the moment."""
        read = picture_reader(source)
        if read is None:
            self.refused.emit(self.tr("There is no picture on the clipboard: copy one first."))
            return
        self._number += 1
        self._is_reading = True
        self._timer.start()
        self._background.start(str(self._number), read)

    def give_up(self) -> None:
        """Forget the picture that is read at the moment."""
        self._number += 1
        self._end()

    def _end(self) -> None:
        self._is_reading = False
        self._timer.stop()
        if self._is_waited_for:
            self._is_waited_for = False
            self.waiting_changed.emit(False)

    @Slot()
    def _on_wait_noticed(self) -> None:
        if self._is_reading:
            self._is_waited_for = True
            self.waiting_changed.emit(True)

    @Slot(str, object)
    def _on_read(self, token: str, picture: Picture) -> None:
        if token == str(self._number):
            self._end()
            self.arrived.emit(picture)

    @Slot(str, object)
    def _on_failed(self, token: str, failure: Failure) -> None:
        if token == str(self._number):
            self._end()
            self.refused.emit(failure.sentence)


def first_file(mime: QMimeData) -> Path | None:
    """The first file of this machine that is dragged or was copied, or None."""
    return next((Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()), None)


def has_picture(mime: QMimeData) -> bool:
    """Whether there may be a picture in what is dragged or was copied; data, projects and lessons are for others."""
    path = first_file(mime)
    return (
        mime.hasImage() or any(map(mime.hasFormat, ENCODED))
        if path is None
        else not is_data(path) and path.suffix.lower() not in (PROJECT_SUFFIX, LAB_SUFFIX)
    )


def picture_reader(source: QMimeData | Path) -> Callable[[], Picture] | None:
    """What reads the picture that is dragged, was copied, or is in a file: to be called on another thread.

    It gives (H, W), 0 black to 1 white, or raises a `PictureError` if that is no picture that can be read. None if
    there is none.
    """
    path = source if isinstance(source, Path) else first_file(source)
    if path is not None:
        return partial(_read_file, path)
    assert isinstance(source, QMimeData)
    saved = next((kind for kind in ENCODED if source.hasFormat(kind)), None)
    if saved is not None:
        return partial(_read_saved, bytes(source.data(saved).data()))
    if not source.hasImage():
        return None
    # The clipboard belongs to the window's thread; its picture is taken here, and unpacked there.
    return partial(_read_image, QImage(source.imageData()))


def _read_file(path: Path) -> Picture:
    from nnviz.core.image_files import read_grey

    return read_grey(path)


def _read_saved(content: bytes) -> Picture:
    from nnviz.core.image_files import read_grey

    return read_grey(content)


def _read_image(image: QImage) -> Picture:
    from nnviz.core.image_files import read_grey

    return read_grey(_array(image))


def _array(image: QImage) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """Colours and opacity, (H, W, 4)."""
    rgba = image.convertToFormat(QImage.Format.Format_RGBA8888)
    rows = np.frombuffer(rgba.constBits(), np.uint8).reshape(rgba.height(), rgba.bytesPerLine())
    return rows[:, : rgba.width() * 4].reshape(rgba.height(), rgba.width(), 4).copy()
