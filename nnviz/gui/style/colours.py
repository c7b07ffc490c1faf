"""What colours mean in every view: negative orange, zero neutral, positive blue; one map for probabilities; classes.

Maps are made in Oklab, where equal steps look equal (Ottosson 2020, https://bottosson.github.io/posts/oklab/). Red
never stands against green. All of it comes as numpy arrays for pictures and as QColor for painters.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray
from PySide6.QtGui import QColor

from nnviz.gui.style.theme import Theme

NEGATIVE = {"light": "#d2720a", "dark": "#f5923e"}
"""Orange, where one colour stands for all negative values, per theme."""
POSITIVE = {"light": "#2563eb", "dark": "#5b9bff"}
"""Blue, where one colour stands for all positive values, per theme."""

# At least 0.1 apart in Oklab for normal, protan and deutan sight; the first two go with negative and positive.
_CLASSES = {
    "light": "#d2720a #2563eb #2f7768 #ec1aa2 #eab400 #5300a7 #52a4fc #8b0003 #c3aebe #004c5a",
    "dark": "#f5923e #5b9bff #7dd4ab #f458ba #ffea3a #8a4fe7 #bbfaff #ae3123 #b7bdff #1c9279",
}

# Lightness, chroma and hue (degrees) in Oklab, from the lowest value to the highest. The two arms of a diverging map
# have the same lightness, so that neither sign looks larger.
_DIVERGING = {
    "light": ((0.50, 0.125, 48), (0.74, 0.155, 58), (0.965, 0.0, 0), (0.74, 0.120, 256), (0.50, 0.205, 262)),
    "dark": ((0.84, 0.135, 66), (0.60, 0.140, 54), (0.255, 0.0, 0), (0.60, 0.160, 260), (0.84, 0.095, 252)),
}
_SEQUENTIAL = {
    "light": ((0.965, 0.012, 295), (0.80, 0.105, 293), (0.56, 0.185, 288), (0.32, 0.150, 284)),
    "dark": ((0.245, 0.020, 285), (0.44, 0.150, 285), (0.66, 0.165, 290), (0.93, 0.050, 300)),
}

# From the layer at the input to the one at the output: a hue each and ever further from the ground.
_DEPTH = {
    "light": ((0.70, 0.10, 195), (0.58, 0.13, 240), (0.50, 0.20, 300), (0.42, 0.19, 345), (0.30, 0.11, 350)),
    "dark": ((0.50, 0.09, 195), (0.60, 0.11, 240), (0.66, 0.17, 300), (0.76, 0.16, 345), (0.90, 0.07, 350)),
}


@lru_cache(maxsize=8)
def diverging(theme: Theme) -> NDArray[np.uint8]:
    """Look-up table for values from -limit to +limit: orange, neutral, blue; RGBA, (256, 4), read-only."""
    return _table(_DIVERGING[theme.name])


@lru_cache(maxsize=8)
def sequential(theme: Theme) -> NDArray[np.uint8]:
    """Look-up table for probabilities from 0 (near the ground) to 1 (far from it); RGBA, (256, 4), read-only."""
    return _table(_SEQUENTIAL[theme.name])


def depth_colour(theme: Theme, index: int, layers: int) -> QColor:
    """Colour of one of several layers, in their order from input to output."""
    place = index / (layers - 1) if layers > 1 else 0.5
    return QColor(_depth(theme)[_place(place)])


@lru_cache(maxsize=8)
def _depth(theme: Theme) -> tuple[QColor, ...]:
    return _as_colours(_table(_DEPTH[theme.name]))


def diverging_colour(theme: Theme, value: float, limit: float = 1.0) -> QColor:
    """Colour of a signed value on a scale from -limit to +limit; values beyond take the end's colour."""
    position = 0.0 if limit <= 0 or not math.isfinite(value) else value / limit
    return QColor(_diverging_colours(theme)[_place((position + 1) / 2)])


@lru_cache(maxsize=8)
def _diverging_colours(theme: Theme) -> tuple[QColor, ...]:
    return _as_colours(diverging(theme))


def sequential_colour(theme: Theme, probability: float) -> QColor:
    """Colour of a probability."""
    return QColor(_sequential_colours(theme)[_place(0.0 if math.isnan(probability) else probability)])


@lru_cache(maxsize=8)
def _sequential_colours(theme: Theme) -> tuple[QColor, ...]:
    return _as_colours(sequential(theme))


def _place(share: float) -> int:
    # By hand: numpy takes thirty times as long for a single number.
    return round(min(1.0, max(0.0, share)) * 255)


def _as_colours(table: NDArray[np.uint8]) -> tuple[QColor, ...]:
    return tuple(QColor(*row) for row in table.tolist())


def negative(theme: Theme) -> QColor:
    """The one colour of negative values, for lines and bars."""
    return QColor(NEGATIVE[theme.name])


def positive(theme: Theme) -> QColor:
    """The one colour of positive values, for lines and bars."""
    return QColor(POSITIVE[theme.name])


def class_colour(theme: Theme, index: int) -> QColor:
    """Colour of a class; the ten colours repeat."""
    colours = _CLASSES[theme.name].split()
    return QColor(colours[index % len(colours)])


@lru_cache(maxsize=8)
def classes(theme: Theme) -> NDArray[np.uint8]:
    """The colours of ten classes; RGB, (10, 3), read-only."""
    table = np.array([_rgb(class_colour(theme, index)) for index in range(10)], np.uint8)
    table.flags.writeable = False
    return table


def mixed(one: QColor, other: QColor, share: float) -> QColor:
    """`share` of one colour over another one: opaque, which paints several times faster than an opacity."""
    rest = 1 - share
    return QColor(
        round(share * one.red() + rest * other.red()),
        round(share * one.green() + rest * other.green()),
        round(share * one.blue() + rest * other.blue()),
    )


def text_on(colour: QColor) -> QColor:
    """Near-black or white, whichever is read better on `colour`."""
    return QColor(_text_on(colour.rgb()))


@lru_cache(maxsize=4096)
def _text_on(rgb: int) -> str:
    ground = QColor.fromRgb(rgb).name()
    dark, light = "#141418", "#ffffff"
    return dark if contrast(dark, ground) >= contrast(light, ground) else light


def contrast(one: str, other: str) -> float:
    """Contrast of two colours "#rrggbb", from 1 to 21.

    Source: WCAG 2.2, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio; text needs 4.5.
    """
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def oklab(rgb: ArrayLike) -> NDArray[np.float64]:
    """Oklab coordinates of linear RGB in [0, 1], (..., 3); distances there are distances to the eye."""
    to_lms = np.array(
        [
            [0.4122214708, 0.5363325363, 0.0514459929],
            [0.2119034982, 0.6806995451, 0.1073969566],
            [0.0883024619, 0.2817188376, 0.6299787005],
        ]
    )
    to_lab = np.array(
        [
            [0.2104542553, 0.7936177850, -0.0040720468],
            [1.9779984951, -2.4285922050, 0.4505937099],
            [0.0259040371, 0.7827717662, -0.8086757660],
        ]
    )
    return np.asarray(np.cbrt(np.asarray(rgb, np.float64) @ to_lms.T) @ to_lab.T)


def linear(srgb: ArrayLike) -> NDArray[np.float64]:
    """Linear RGB of sRGB in [0, 1]."""
    srgb = np.asarray(srgb, np.float64)
    return np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)


def _luminance(colour: str) -> float:
    # By hand: numpy takes ten times as long for three numbers.
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
        for share in (channel / 255 for channel in _rgb(QColor(colour)))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _rgb(colour: QColor) -> tuple[int, int, int]:
    return colour.red(), colour.green(), colour.blue()


def _table(stops: tuple[tuple[float, float, float], ...]) -> NDArray[np.uint8]:
    lightness, chroma, hue = np.array(stops, np.float64).T
    lab = np.stack([lightness, chroma * np.cos(np.deg2rad(hue)), chroma * np.sin(np.deg2rad(hue))], axis=1)
    at = np.linspace(0, 1, 256)
    places = np.linspace(0, 1, len(stops))
    smooth = np.stack([np.interp(at, places, lab[:, axis]) for axis in range(3)], axis=1)
    rgba = np.concatenate([_srgb(smooth), np.ones((256, 1))], axis=1)
    table = np.round(rgba * 255).astype(np.uint8)
    table.flags.writeable = False
    return table


def _srgb(lab: NDArray[np.float64]) -> NDArray[np.float64]:
    # The inverses of the two matrices of oklab().
    to_lms = np.array(
        [
            [1.0, 0.3963377774, 0.2158037573],
            [1.0, -0.1055613458, -0.0638541728],
            [1.0, -0.0894841775, -1.2914855480],
        ]
    )
    to_rgb = np.array(
        [
            [4.0767416621, -3.3077115913, 0.2309699292],
            [-1.2684380046, 2.6097574011, -0.3413193965],
            [-0.0041960863, -0.7034186147, 1.7076147010],
        ]
    )
    rgb = np.clip((lab @ to_lms.T) ** 3 @ to_rgb.T, 0, 1)
    return np.asarray(np.where(rgb <= 0.0031308, rgb * 12.92, 1.055 * rgb ** (1 / 2.4) - 0.055))
