"""A folder of images, with one folder within it for each class."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nnviz.core.datasets.base import DATASETS, DataError, LoadCancelled, LoadContext
from nnviz.core.datasets.method_source import function_source
from nnviz.core.datasets.own_data import Contents, OwnData, check_size
from nnviz.core.datasets.own_preview import names_in_short
from nnviz.core.spec import param

SUFFIXES = (".png", ".jpg", ".jpeg", ".bmp", ".gif", ".tif", ".tiff", ".webp", ".ppm", ".pgm")

FORMATS = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP", "PPM")
"""What is read, whatever the file is called; none of them starts another program, as EPS would."""

MOST_PIXELS = 100_000_000
"""Images with more pixels are refused: unpacked they would fill the memory of a small computer."""

LONGEST_SIDE = 128
"""The most common size is reduced to this, unless a size is asked for: photographs have millions of pixels."""

MOST_CLASSES = 1_000

GREY_MODES = ("1", "L", "LA", "La", "I", "I;16", "I;16B", "I;16L")
"""Pillow's names of kinds of images that have no colours."""

LISTED = 5


@DATASETS.register
@dataclass(frozen=True, kw_only=True)
class ImageFolder(OwnData):
    """A folder of images: each folder within it is a class of that name, and the images in that are its samples.

    Images are turned as their EXIF data says, laid on white where they are transparent, and stretched or shrunk to one
    size. Of an animation the first frame is taken. Hidden files, and files that are no images by their names, are
    skipped.

    Input shape: (C, H, W), float32 in [0, 1], C = 1 for grey and 3 for red, green and blue
    """

    title = "Folder of images"
    opens = "folder"

    path: str = param("", "The folder that has a folder for each class.", path="folder")
    width: int = param(0, "Width of every sample; 0 for the most common one.", ge=0, le=1024, unit="pixels")
    height: int = param(0, "Height of every sample; 0 for the most common one.", ge=0, le=1024, unit="pixels")
    colours: str = param(
        "automatic",
        "Grey or colour; automatically, colour if one of the images has colours.",
        choices=("automatic", "grey", "colour"),
    )

    @classmethod
    def suits(cls, path: Path) -> bool:
        """A folder that has a folder with an image."""
        try:
            return path.is_dir() and any(
                is_image(file) for folder in path.iterdir() if is_class(folder) for file in folder.iterdir()
            )
        except OSError:
            return False

    def files(self, path: Path) -> list[Path]:
        """All images."""
        return [file for file, _ in image_list(path)[0]]

    def read(self, path: Path, context: LoadContext) -> Contents:
        """Every image, unpacked; damaged ones are named."""
        found, names = image_list(path)
        if not found:
            raise DataError(
                f"{path.name} has no images: expected a folder for each class, with images in it "
                f"({', '.join(SUFFIXES[:5])}, ...). Choose the folder that has the classes' folders."
            )
        if len(names) > MOST_CLASSES:
            raise DataError(
                f"{path.name} has {len(names):,} folders with images; at most {MOST_CLASSES:,} can be told "
                "apart. Choose another folder."
            )
        sizes: Counter[tuple[int, int]] = Counter()
        modes: set[str] = set()

        def look(index: int) -> None:
            size, mode = image_header(found[index][0])
            if size[0] * size[1] > MOST_PIXELS:
                raise ValueError(f"more than {MOST_PIXELS // 10**6} million pixels")
            sizes[size] += 1
            modes.add(mode)

        _each(found, look, path, context)
        (width, height), notes = self._size(sizes)
        grey = self.colours == "grey" or (self.colours == "automatic" and modes <= set(GREY_MODES))
        dims = (1 if grey else 3, height, width)
        check_size(path.name, len(found), dims)
        x = np.empty((len(found), *dims), np.uint8)

        def unpack(index: int) -> None:
            x[index] = read_image(found[index][0], width, height, grey)

        _each(found, unpack, path, context)
        return Contents(
            x=x,
            y=np.array([label for _, label in found], np.int64),
            class_names=names,
            notes=(*notes, *_skipped(path)),
            constants={"SUFFIXES": SUFFIXES, "FORMATS": FORMATS, "WIDTH": width, "HEIGHT": height, "GREY": grey},
        )

    def reading_script(self) -> tuple[tuple[str, ...], str]:
        """Pillow, and the list of files and the reading of one as they are done here."""
        parts = [function_source(is_class), function_source(is_image), function_source(image_list)]
        parts += [function_source(read_image), _READ_SAMPLES.lstrip()]
        return ("from pathlib import Path",), "\n\n".join(parts)

    def _size(self, sizes: Counter[tuple[int, int]]) -> tuple[tuple[int, int], list[str]]:
        """Width and height of the samples, and what to say of them."""
        # Of sizes that are equally common the smallest, so that no order of files decides.
        common = min(sizes, key=lambda size: (-sizes[size], size))
        factor = min(1.0, LONGEST_SIDE / max(common))
        width = self.width or max(1, round(common[0] * factor))
        height = self.height or max(1, round(common[1] * factor))
        if set(sizes) == {(width, height)}:
            return (width, height), []
        stretched = sum(n for size, n in sizes.items() if abs(size[0] * height - size[1] * width) > max(size))
        notes = [f"{sizes.total() - sizes[width, height]:,} images are resized to {width} x {height} pixels."]
        if stretched:
            notes.append(f"{stretched:,} of them have other proportions and are stretched.")
        return (width, height), notes


def is_class(path: Path) -> bool:
    """Whether this is a folder that stands for a class: not a hidden one, nor one that systems leave behind."""
    return path.is_dir() and not path.name.startswith((".", "__"))


def is_image(path: Path) -> bool:
    """Whether this is an image by its name, and not hidden."""
    return path.suffix.lower() in SUFFIXES and not path.name.startswith(".") and path.is_file()


def image_list(folder: Path) -> tuple[list[tuple[Path, int]], tuple[str, ...]]:
    """Each image with the index of its class, and the names of the classes: the folders that hold images, by name."""
    found: list[tuple[Path, int]] = []
    names: list[str] = []
    for place in sorted(place for place in folder.iterdir() if is_class(place)):
        images = sorted(file for file in place.iterdir() if is_image(file))
        found += [(file, len(names)) for file in images]
        names += [place.name] if images else []
    return found, tuple(names)


def image_header(path: Path) -> tuple[tuple[int, int], str]:
    """Width and height, as it is to be looked at, and Pillow's mode of an image; its pixels are not unpacked."""
    from PIL import Image

    with Image.open(path, formats=FORMATS) as image:
        turned = image.getexif().get(0x0112, 1) in (5, 6, 7, 8)
        return (image.size[::-1] if turned else image.size), image.mode


def read_image(path: Path, width: int, height: int, grey: bool) -> NDArray[np.uint8]:
    """An image as bytes, (C, height, width): turned as its EXIF data says, laid on white, resized."""
    from PIL import Image, ImageOps

    with Image.open(path, formats=FORMATS) as file:
        image = ImageOps.exif_transpose(file)
    if image.mode.startswith("I"):
        # 16 bits, of which the upper eight are kept.
        deep = np.asarray(image).astype(np.int64) >> 8
        image = Image.fromarray(np.clip(deep, 0, 255).astype(np.uint8))
    if image.has_transparency_data:
        image = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image)
    image = image.convert("L" if grey else "RGB")
    if image.size != (width, height):
        image = image.resize((width, height), Image.Resampling.BILINEAR)
    pixels = np.asarray(image).reshape(height, width, 1 if grey else 3)
    return np.ascontiguousarray(pixels.transpose(2, 0, 1))


_READ_SAMPLES = '''
def read_samples():
    """Bytes, (N, C, H, W), and class indices, (N,), of all images."""
    found, _ = image_list(Path(PATH))
    x = np.stack([read_image(path, WIDTH, HEIGHT, GREY) for path, _ in found])
    return x, np.array([label for _, label in found], np.int64)
'''


def _each(found: list[tuple[Path, int]], do: Callable[[int], None], folder: Path, context: LoadContext) -> None:
    """Do something with every image; those with which it fails are named together."""
    from PIL import Image

    bad: list[str] = []
    for index, (path, _) in enumerate(found):
        if index % 50 == 0:
            context.progress(folder.name, index, len(found))
            if context.cancelled():
                raise LoadCancelled(f"Reading {folder.name} was cancelled.")
        try:
            do(index)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            bad.append(f"{path.relative_to(folder)} (more than {MOST_PIXELS // 10**6} million pixels)")
        except MemoryError:
            raise
        except Exception as error:
            # Decoders meet damaged data in many ways: OSError, ValueError, SyntaxError, struct.error, EOFError ...
            reason = "no image that can be read" if type(error).__name__ == "UnidentifiedImageError" else str(error)
            bad.append(f"{path.relative_to(folder)} ({getattr(error, 'strerror', None) or reason})")
    if bad:
        more = f" and {len(bad) - LISTED:,} more" if len(bad) > LISTED else ""
        raise DataError(
            f"{folder.name}: {len(bad):,} of {len(found):,} images cannot be used: {', '.join(bad[:LISTED])}{more}. "
            "Replace them, or take them away."
        )


def _skipped(folder: Path) -> list[str]:
    """What in the folder is not used, in sentences."""
    notes = []
    others = [place for place in folder.iterdir() if not is_class(place) and not place.name.startswith(".")]
    empty = []
    for place in sorted(place for place in folder.iterdir() if is_class(place)):
        inside = list(place.iterdir())
        others += [file for file in inside if not is_image(file) and not file.name.startswith(".")]
        if not any(map(is_image, inside)):
            empty.append(place.name)
    if empty:
        notes.append(f"Folders without images are no classes: {names_in_short(empty)}.")
    if others:
        names = sorted(str(path.relative_to(folder)) for path in others)
        notes.append(f"{len(names):,} skipped, for they are no images: {names_in_short(names)}.")
    return notes
