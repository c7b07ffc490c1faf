"""Images to begin with: digits, patterns, an empty one to draw on, and picture files made small."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np

from nnviz.core.ink import prepare_strokes
from nnviz.core.labs.convolution.stage import Array
from nnviz.core.rasterise import pen_coverage
from nnviz.core.resample import shrunk

LARGEST_SIDE = 28
"""No image of the lab is larger: every cell is to be seen."""
OWN = "my own"
DECIMALS = 3
"""To so many decimals images are rounded: a saved one comes back exactly."""
PEN_WIDTH = 2.4
"""Width of the pen on a large image, in pixels: about that of MNIST's strokes."""
SOFT_FROM = 16
"""On images of at least this side the pen is round and soft; on smaller ones it fills whole cells."""

# The first scan of each digit in scikit-learn's copy of Alpaydin & Kaynak 1998, Optical recognition of handwritten
# digits, UCI (CC BY 4.0): inked ones of 16 pixels, written with 17 signs. As text, for loading scikit-learn takes
# longer than the whole lab may.
_SIGNS = "0123456789abcdefg"
_DIGITS = (
    "005d9100 00dfaf50 03f20b80 04c00880 05800980 04b01c70 02e5ac00 006da000",
    "000cd500 000bg900 003fg600 07fgg200 001gg300 001gg600 001gg600 000bga00",
    "0004fc00 003gfe00 008d8g00 0016fb00 018df100 09gg5000 03dggb50 0003bg90",
    "007fd100 08d6f400 021dd000 002fb100 0001cc10 00001a80 00845e90 007dd900",
    "0001b000 00078000 001d6220 007f0980 05ga0g60 04fgdg10 0003fa00 0002g400",
    "00ca0000 00egge00 00dgfa10 00bgg700 00047g70 00004g90 0054cg40 009gga00",
    "000cd000 005g8000 00dg3000 00ed0000 00fc7200 00dgdg30 007gbf80 0019fb30",
    "0078dgf1 00774bc0 00008d10 0488ff60 02bff400 000g5000 009f1000 00d50000",
    "009e8100 00ceec00 009a0f40 003gce20 004gg200 03g8ad20 01f13g80 00bgfb10",
    "00bc0000 02gggd00 03gcae00 01g1cf00 00dg9f20 000309b0 00009f40 009cd300",
)

# A crossed seven of two strokes, at any scale.
_SEVEN = (
    np.array([(20.0, 22.0), (50.0, 20.0), (80.0, 22.0), (62.0, 52.0), (45.0, 88.0)]),
    np.array([(38.0, 56.0), (72.0, 54.0)]),
)


def _digit(number: int) -> Array:
    rows = _DIGITS[number].split()
    return np.array([[_SIGNS.index(sign) / 16 for sign in row] for row in rows])


def _drawn_seven() -> Array:
    # Prepared by the steps by which MNIST's makers prepared theirs.
    return np.asarray(prepare_strokes(_SEVEN).image, np.float64)


def _cross() -> Array:
    image = np.zeros((7, 7))
    image[3, 1:6] = image[1:6, 3] = 1.0
    return image


def _square() -> Array:
    image = np.zeros((8, 8))
    image[2:6, 2:6] = 1.0
    return image


def _diagonals() -> Array:
    row, column = np.indices((9, 9))
    return np.asarray(((row + column) % 4 < 2) * 1.0)


def _empty(side: int) -> Array:
    return np.zeros((side, side))


IMAGES: dict[str, Callable[[], Array]] = {
    "digit 7": partial(_digit, 7),
    **{f"digit {number}": partial(_digit, number) for number in range(10) if number != 7},
    "seven, 28 x 28": _drawn_seven,
    "cross": _cross,
    "square": _square,
    "diagonals": _diagonals,
    "empty, 8 x 8": partial(_empty, 8),
    "empty, 28 x 28": partial(_empty, 28),
}
"""Names and what they give: (H, W), 0 to 1; digits of 8 x 8 pixels are scans."""


def make_image(name: str) -> Array:
    """The image of that name, (H, W) in [0, 1], rounded as all images of the lab are."""
    return np.round(IMAGES[name](), DECIMALS)


def read_picture(path: Path) -> Array:
    """A picture file as an image of the lab: greys, 0 black and 1 white, at most 28 pixels long.

    Raises:
        PictureError: If it cannot be read; the sentence names the file.
    """
    # Not at the top: Pillow is loaded when the first picture comes.
    from nnviz.core.image_files import read_grey

    grey: Array = np.clip(shrunk(read_grey(path), LARGEST_SIDE), 0, 1).astype(np.float64)
    return np.round(grey, DECIMALS)


def drawn(image: Array, start: tuple[float, float], end: tuple[float, float], *, erase: bool) -> Array:
    """The image after a stroke of the pen from one place to another.

    Args:
        image: (H, W).
        start: x and y in pixels; pixel i covers [i, i + 1].
        end: The same where the stroke ends.
        erase: Whether the stroke takes ink away.
    """
    height, width = image.shape
    if min(height, width) >= SOFT_FROM:
        ink = pen_coverage([np.array([start, end])], PEN_WIDTH, height, width).astype(np.float64)
    else:
        ink = np.zeros_like(image)
        # Close enough that no cell on the way is jumped over.
        steps = 1 + 4 * int(np.ceil(np.hypot(end[0] - start[0], end[1] - start[1])))
        for share in np.linspace(0, 1, steps + 1):
            column, row = (int(np.floor(a + share * (b - a))) for a, b in zip(start, end, strict=True))
            if 0 <= row < height and 0 <= column < width:
                ink[row, column] = 1.0
    return np.round(image * (1 - ink) if erase else np.maximum(image, ink), DECIMALS)
