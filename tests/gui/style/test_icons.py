from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon, QImage, QPixmap

from nnviz.gui.style.icons import icon, icon_names, pixmap
from nnviz.gui.style.theme import DARK, LIGHT
from nnviz.resource_path import resource_path

pytestmark = pytest.mark.usefixtures("qapp")

LINE_ICONS = [name for name in icon_names() if name != "nnviz"]


def inks(picture: QPixmap) -> set[str]:
    """Colours of the fully opaque pixels."""
    image = picture.toImage().convertToFormat(QImage.Format.Format_ARGB32)
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return {pixel.name() for pixel in pixels if pixel.alpha() == 255}


@pytest.mark.parametrize("name", LINE_ICONS)
def test_every_icon_is_drawn_in_the_colour_asked_for(name: str) -> None:
    assert inks(pixmap(name, "#ff0000", 48)) == {"#ff0000"}


@pytest.mark.parametrize("name", LINE_ICONS)
def test_every_file_is_a_line_icon_of_24_pixels(name: str) -> None:
    source = resource_path("icons", f"{name}.svg").read_text(encoding="utf-8")
    assert 'viewBox="0 0 24 24"' in source
    assert 'stroke="currentColor"' in source
    assert 'stroke-width="1.75"' in source


def test_dense_screens_get_dense_pictures() -> None:
    picture = pixmap("train", "#000000", 20, ratio=2.0)
    assert picture.size() == QSize(40, 40)
    assert picture.deviceIndependentSize().toSize() == QSize(20, 20)


def test_icons_know_their_states() -> None:
    made = icon("train", DARK, "muted", on="accent_text", size=48)
    size = QSize(48, 48)
    assert inks(made.pixmap(size)) == {DARK.muted}
    assert inks(made.pixmap(size, QIcon.Mode.Disabled)) == {DARK.disabled}
    assert inks(made.pixmap(size, QIcon.Mode.Normal, QIcon.State.On)) == {DARK.accent_text}


def test_icons_have_the_size_of_the_theme() -> None:
    assert icon("stop", LIGHT).availableSizes()[0].width() == LIGHT.icon_px
