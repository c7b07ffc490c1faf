"""Icons by name, drawn from `resources/icons/NAME.svg` in the theme's colours.

The files draw with `currentColor`; that word is replaced before Qt sees them.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from nnviz.gui.style.theme import Theme
from nnviz.resource_path import resource_path


def icon(name: str, theme: Theme, colour: str = "text", on: str = "", size: int = 0) -> QIcon:
    """The icon called `name`, grey where its button is disabled, crisp on every screen that is there now.

    An icon keeps the colours of the theme that it was made with: make it again when the theme changes.

    Args:
        name: Name of a file in `resources/icons`, without ".svg".
        theme: Whose colours to draw with.
        colour: Token of the theme for the ordinary state: "text", "muted", "on_accent" and so on.
        on: Token for a button that is checked; empty for the same colour.
        size: Side in device-independent pixels; 0 for the theme's `icon_px`.
    """
    side = size or theme.icon_px
    states = [
        (getattr(theme, colour), QIcon.Mode.Normal, QIcon.State.Off),
        (theme.disabled, QIcon.Mode.Disabled, QIcon.State.Off),
    ]
    if on:
        states.append((getattr(theme, on), QIcon.Mode.Normal, QIcon.State.On))
    # A QIconEngine in Python would draw at any density, but PySide6 deletes its clones too early.
    ratios = {1.0, *(screen.devicePixelRatio() for screen in QGuiApplication.screens())}
    result = QIcon()
    for ink, mode, state in states:
        for ratio in sorted(ratios):
            result.addPixmap(pixmap(name, ink, side, ratio), mode, state)
    return result


def pixmap(name: str, colour: str, size: int, ratio: float = 1.0) -> QPixmap:
    """The icon as a picture, for a label or a painter.

    Args:
        name: Name of a file in `resources/icons`, without ".svg".
        colour: "#rrggbb".
        size: Side in device-independent pixels.
        ratio: The screen's pixels per device-independent pixel: `widget.devicePixelRatioF()`.
    """
    picture = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    _renderer(name, colour).render(painter, QRectF(picture.rect()))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def icon_names() -> list[str]:
    """Names of all icons, sorted."""
    return sorted(path.stem for path in resource_path("icons").glob("*.svg"))


@lru_cache(maxsize=256)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    source = resource_path("icons", f"{name}.svg").read_text(encoding="utf-8")
    return QSvgRenderer(QByteArray(source.replace("currentColor", colour).encode()))
