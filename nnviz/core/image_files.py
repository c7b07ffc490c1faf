"""Image files as greys, whatever their size, kind, colours and orientation. What they show is none of this module's."""

from __future__ import annotations

import io
import warnings
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from nnviz.core.errors import NnvizError
from nnviz.core.resample import shrunk

Picture = NDArray[np.float32]

FORMATS = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP", "PPM")
"""Formats that are read; none of them starts another program, as EPS would."""

LARGEST_PIXELS = 120_000_000
"""Pictures with more pixels are refused: unpacked they would fill the memory of a small computer."""

WORKING_SIDE = 768
"""Longest side that a picture is reduced to before anything is looked for on it."""

PNG_BLOCK = 8192
"""Bytes of a PNG that are unpacked at a time: at most eight megabytes of pixels, some hundredths of a second."""

_EXIF_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

_LUMINANCE = np.array([0.299, 0.587, 0.114], dtype=np.float32)
"""Weights of red, green and blue in lightness, ITU-R BT.601."""


class PictureError(NnvizError, ValueError):
    """A picture that cannot be read.

    Attributes:
        path: The file, or None if the picture came from memory.
    """

    def __init__(self, message: str, path: Path | None = None) -> None:
        self.path = path
        super().__init__(message if path is None else f"{path}: {message}")


def read_grey(source: Path | str | bytes | Image.Image | NDArray[Any]) -> Picture:
    """A picture as greys from 0 black to 1 white, (H, W), its longest side at most `WORKING_SIDE`.

    Of an animation the first frame. Transparency shows white paper, unless ink is told from paper by transparency
    alone. Of a coloured picture the channel in which it varies most, if it hardly varies in lightness. Turned as its
    EXIF data says.

    Args:
        source: An image file, its content, a Pillow image, or an array (H, W), (H, W, 3) or (H, W, 4): bool, uint8,
            uint16, or floats from 0 black to 1 white.

    Raises:
        PictureError: If it is missing, a folder, empty, damaged, too large or of an unknown kind.
    """
    if isinstance(source, np.ndarray):
        return _decoded(_from_array(source), None)
    if isinstance(source, Image.Image):
        return _decoded(source, None)
    if isinstance(source, bytes):
        return _read_file(io.BytesIO(source), None)
    path = Path(source)
    if path.is_dir():
        raise PictureError("This is a folder; an image file is needed.", path)
    if not path.exists():
        raise PictureError("There is no such file.", path)
    return _read_file(path, path)


def _read_file(file: Path | io.BytesIO, path: Path | None) -> Picture:
    try:
        if path is not None and path.stat().st_size == 0:
            raise PictureError("The file is empty; an image is needed.", path)
        with warnings.catch_warnings():
            # Pillow warns of sizes that are allowed here, and of oddities that do not keep it from reading.
            warnings.simplefilter("ignore")
            with Image.open(file, formats=FORMATS) as image:
                if image.format == "PNG":
                    # Pillow unpacks a block without letting other threads run, and a block of an empty page is large.
                    image.decodermaxblock = PNG_BLOCK
                return _decoded(image, path)
    except UnidentifiedImageError:
        kinds = "PNG, JPEG, GIF, BMP, TIFF or WebP"
        raise PictureError(f"This is no image that can be read; {kinds} is needed.", path) from None
    except Image.DecompressionBombError:
        raise PictureError(_too_large(), path) from None
    except OSError as error:
        raise PictureError(f"The file cannot be read: {error.strerror or error}.", path) from error
    except PictureError:
        raise
    except Exception as error:
        # Pillow's plugins meet damaged headers in many ways: SyntaxError, struct.error, EOFError ...
        raise PictureError(f"The image is damaged or cut off ({error}); export it again.", path) from error


def _decoded(image: Image.Image, path: Path | None) -> Picture:
    if image.width * image.height > LARGEST_PIXELS:
        raise PictureError(_too_large(), path)
    if not image.width * image.height:
        raise PictureError("The image has no pixels.", path)
    try:
        # A JPEG is decoded at a half, a quarter or an eighth of its size in as much less time; others ignore it.
        image.draft(None, (WORKING_SIDE, WORKING_SIDE))
        image.load()
        turn = _TURNS.get(image.getexif().get(_EXIF_ORIENTATION, 1))
        grey = _grey(image)
    except Exception as error:
        # Decoders, too, meet damaged data in many ways: OSError, zlib.error, IndexError ...
        raise PictureError(f"The image is damaged or cut off ({error}); export it again.", path) from error
    grey = shrunk(grey, WORKING_SIDE)
    if turn is not None:
        grey = np.asarray(Image.fromarray(grey).transpose(turn), dtype=np.float32)
    return grey


def _grey(image: Image.Image) -> Picture:
    # Reduced by a whole factor first: what follows then works on a small picture.
    factor = max(1, max(image.size) // WORKING_SIDE)
    if image.mode == "F" or image.mode.startswith("I"):
        return _deep(np.asarray(image), factor)
    if image.has_transparency_data:
        premultiplied = image.convert("RGBA").convert("RGBa").reduce(factor)
        return _from_transparent(_fraction(premultiplied))
    if image.mode in ("1", "L"):
        return _fraction(image.convert("L").reduce(factor))
    return _one_channel(_fraction(image.convert("RGB").reduce(factor)))


def _fraction(image: Image.Image) -> Picture:
    return np.asarray(image, dtype=np.float32) / np.float32(255)


def _deep(values: NDArray[Any], factor: int) -> Picture:
    """Greys of a picture of 16 or 32 bits, whose white is whatever its largest value is."""
    height, width = (max(1, side // factor) for side in values.shape)
    rows, columns = min(factor, values.shape[0]), min(factor, values.shape[1])
    blocks = values[: height * rows, : width * columns].reshape(height, rows, width, columns)
    grey = np.nan_to_num(blocks.mean(axis=(1, 3), dtype=np.float64), nan=0.0, posinf=0.0, neginf=0.0)
    low, high = min(0.0, float(grey.min())), float(grey.max())
    return np.asarray((grey - low) / ((high - low) or 1.0), dtype=np.float32)


def _from_transparent(premultiplied: Picture) -> Picture:
    """White paper under the picture, or the picture's opacity as ink if that paper would hide it."""
    alpha = premultiplied[..., 3]
    on_white = _one_channel(premultiplied[..., :3] + (1 - alpha[..., None]))
    if np.ptp(on_white) < 0.1 and np.ptp(alpha) > 0.5:
        return np.asarray(1 - alpha, dtype=np.float32)
    return on_white


def _one_channel(colours: Picture) -> Picture:
    """Lightness, or the channel that varies most where lightness hides the ink, as with yellow on white."""
    lightness = np.asarray(colours @ _LUMINANCE, dtype=np.float32)
    spreads = np.ptp(colours.reshape(-1, 3), axis=0)
    best = int(np.argmax(spreads))
    return colours[..., best] if spreads[best] > 2 * np.ptp(lightness) else lightness


def _from_array(values: NDArray[Any]) -> Image.Image:
    if values.ndim not in (2, 3) or (values.ndim == 3 and values.shape[2] not in (3, 4)) or not values.size:
        raise PictureError(f"A picture has the shape (H, W), (H, W, 3) or (H, W, 4); {values.shape} is no such shape.")
    if values.dtype == np.uint8:
        return Image.fromarray(np.ascontiguousarray(values))
    if values.dtype.kind not in "bufi":
        raise PictureError(f"A picture is made of numbers; {values.dtype} was given.")
    scaled = values.astype(np.float32) / np.float32(65535 if values.dtype == np.uint16 else 1)
    if not np.isfinite(scaled).all():
        raise PictureError("A picture has finite values only.")
    return Image.fromarray(np.round(np.clip(scaled, 0, 1) * 255).astype(np.uint8))


def _too_large() -> str:
    return f"The image has more than {LARGEST_PIXELS // 10**6} million pixels; make it smaller first."
