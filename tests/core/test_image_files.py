"""Image files of every kind that people have, whole and broken."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from nnviz.core.image_files import LARGEST_PIXELS, WORKING_SIDE, PictureError, read_grey

MARK = np.full((40, 60), 255, dtype=np.uint8)
MARK[5:15, 10:20] = 0
"""White with a black square in the upper left part."""

GREY = Image.fromarray(MARK)
RGB = GREY.convert("RGB")


def _in_colours(paper: tuple[int, ...], ink: tuple[int, ...]) -> Image.Image:
    values = np.where(MARK[..., None] == 0, np.array(ink), np.array(paper)).astype(np.uint8)
    return Image.fromarray(values)


SOURCES = {
    "L": GREY,
    "RGB": RGB,
    "1": GREY.convert("1"),
    "P": RGB.quantize(4),
    "P with transparency": _in_colours((0, 0, 0, 0), (20, 20, 20, 255)).quantize(4),
    "LA": GREY.convert("LA"),
    "CMYK": RGB.convert("CMYK"),
    "HSV": RGB.convert("HSV"),
    "YCbCr": RGB.convert("YCbCr"),
    "F": Image.fromarray(MARK.astype(np.float32)),
    "I": Image.fromarray(MARK.astype(np.int32) * 100),
    "I;16": Image.fromarray(MARK.astype(np.uint16) * 16),
    "black on transparent": _in_colours((0, 0, 0, 0), (0, 0, 0, 255)),
    "white on transparent": _in_colours((255, 255, 255, 0), (255, 255, 255, 255)),
    "opaque RGBA": RGB.convert("RGBA"),
    "yellow on white": _in_colours((255, 255, 255), (255, 255, 0)),
    "uint8 array": MARK,
    "RGB array": np.stack([MARK] * 3, axis=2),
    "bool array": MARK > 0,
    "float array": MARK / 255,
    "uint16 array": MARK.astype(np.uint16) * 257,
}


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES.keys())
def test_ink_is_dark_and_paper_is_light_in_every_mode(source: Image.Image | np.ndarray) -> None:
    grey = read_grey(source)
    assert grey.dtype == np.float32
    np.testing.assert_allclose(grey, MARK / 255, atol=0.1)


@pytest.mark.parametrize("suffix", ["png", "jpg", "gif", "bmp", "tif", "webp", "ppm"])
def test_every_format_is_read(tmp_path: Path, suffix: str) -> None:
    RGB.save(tmp_path / f"mark.{suffix}")
    grey = read_grey(tmp_path / f"mark.{suffix}")
    assert np.abs(grey - MARK / 255).mean() < 0.02


def test_the_content_decides_not_the_name(tmp_path: Path) -> None:
    RGB.save(tmp_path / "mark.jpg", format="PNG")
    np.testing.assert_allclose(read_grey(str(tmp_path / "mark.jpg")), MARK / 255, atol=1e-6)


def test_of_an_animation_the_first_frame(tmp_path: Path) -> None:
    GREY.save(tmp_path / "a.gif", save_all=True, append_images=[Image.new("L", GREY.size, 255)] * 3)
    np.testing.assert_allclose(read_grey(tmp_path / "a.gif"), MARK / 255, atol=0.01)


def test_a_cmyk_jpeg(tmp_path: Path) -> None:
    RGB.convert("CMYK").save(tmp_path / "a.jpg")
    assert np.abs(read_grey(tmp_path / "a.jpg") - MARK / 255).mean() < 0.02


ORIENTATIONS = {
    1: MARK,
    2: MARK[:, ::-1],
    3: MARK[::-1, ::-1],
    4: MARK[::-1],
    5: MARK.T,
    6: np.rot90(MARK, 1),
    7: MARK[::-1, ::-1].T,
    8: np.rot90(MARK, -1),
}
"""What a camera stores when it was held so: turned back by its orientation it is MARK."""


@pytest.mark.parametrize("orientation", ORIENTATIONS)
def test_photos_are_turned_as_their_exif_data_says(tmp_path: Path, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored = Image.fromarray(np.ascontiguousarray(ORIENTATIONS[orientation]))
    stored.save(tmp_path / "a.png", exif=exif)
    np.testing.assert_allclose(read_grey(tmp_path / "a.png"), MARK / 255, atol=1e-6)


@pytest.mark.parametrize("suffix", ["png", "jpg"])
def test_large_pictures_are_reduced(tmp_path: Path, suffix: str) -> None:
    large = np.full((2400, 1800), 255, dtype=np.uint8)
    large[600:1200, 450:900] = 0
    Image.fromarray(large).save(tmp_path / f"a.{suffix}")
    grey = read_grey(tmp_path / f"a.{suffix}")
    assert grey.shape == (WORKING_SIDE, WORKING_SIDE * 3 // 4)
    assert grey.mean() == pytest.approx(large.mean() / 255, abs=0.005)
    assert grey[300, 200] < 0.02


def _png_header(width: int, height: int) -> bytes:
    """A PNG that claims a size and brings no pixels."""
    chunks = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0), b"IDAT" + zlib.compress(b"")
    sized = (struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk)) for chunk in chunks)
    return b"\x89PNG\r\n\x1a\n" + b"".join(sized)


def _bytes_of(image: Image.Image, folder: Path, suffix: str) -> bytes:
    image.save(folder / f"whole.{suffix}")
    return (folder / f"whole.{suffix}").read_bytes()


def _cut(folder: Path, suffix: str) -> bytes:
    noise = Image.fromarray(np.random.default_rng(0).integers(0, 255, (200, 200), dtype=np.uint8))
    data = _bytes_of(noise, folder, suffix)
    return data[: len(data) // 2]


def _corrupt(folder: Path, suffix: str) -> bytes:
    noise = Image.fromarray(np.random.default_rng(0).integers(0, 255, (200, 200), dtype=np.uint8))
    data = bytearray(_bytes_of(noise, folder, suffix))
    data[60:200] = bytes(range(140))
    return bytes(data)


BROKEN = {
    "empty": (lambda folder: b"", "The file is empty"),
    "text": (lambda folder: b"hello, this is no image", "no image that can be read"),
    "a PDF": (lambda folder: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "no image that can be read"),
    "PostScript, which would start a program": (
        lambda folder: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
        "no image that can be read",
    ),
    "the beginning of a PNG": (lambda folder: b"\x89PNG\r\n\x1a\n", ""),
    "a PNG's header": (lambda folder: _png_header(50, 50), "damaged or cut off"),
    "half a PNG": (lambda folder: _cut(folder, "png"), "damaged or cut off"),
    "half a JPEG": (lambda folder: _cut(folder, "jpg"), "damaged or cut off"),
    "half a GIF": (lambda folder: _cut(folder, "gif"), "damaged or cut off"),
    "half a TIFF": (lambda folder: _cut(folder, "tif"), ""),
    "half a WebP": (lambda folder: _cut(folder, "webp"), ""),
    "a corrupt PNG": (lambda folder: _corrupt(folder, "png"), "damaged or cut off"),
    "a decompression bomb": (lambda folder: _png_header(60_000, 60_000), "more than 120 million pixels"),
    "one that is a little too large": (lambda folder: _png_header(12_000, 10_001), "more than 120 million pixels"),
    "a PNG of no pixels": (lambda folder: _png_header(0, 0), ""),
}


@pytest.mark.parametrize(("make", "words"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_file_is_named_with_its_fault(tmp_path: Path, make, words: str) -> None:
    path = tmp_path / "broken.img"
    path.write_bytes(make(tmp_path))
    with pytest.raises(PictureError) as caught:
        read_grey(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.path == path


def test_folders_and_missing_files(tmp_path: Path) -> None:
    with pytest.raises(PictureError, match="This is a folder"):
        read_grey(tmp_path)
    with pytest.raises(PictureError, match="no such file"):
        read_grey(tmp_path / "missing.png")


@pytest.mark.parametrize(
    "values",
    [
        np.zeros(5),
        np.zeros((3, 3, 2)),
        np.zeros((0, 4)),
        np.full((2, 2), np.nan),
        np.zeros((2, 2), dtype=complex),
        np.array([["a"]]),
    ],
)
def test_arrays_that_are_no_pictures_are_refused(values: np.ndarray) -> None:
    with pytest.raises(PictureError):
        read_grey(values)


def test_the_limit_leaves_room_for_photos() -> None:
    assert LARGEST_PIXELS >= 108_000_000
