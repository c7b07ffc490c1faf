"""Folders of images, as people have them and as they go wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from nnviz.core.datasets import DataError, LoadContext
from nnviz.core.datasets import image_folder as module
from nnviz.core.datasets.image_folder import ImageFolder, read_image
from tests.core.datasets.own_files import check_script, pictures


def save(path: Path, values: np.ndarray[Any, Any], **options: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(values).save(path, **options)
    return path


def test_each_folder_is_a_class(tmp_path: Path) -> None:
    spec = ImageFolder.inspect(pictures(tmp_path))
    assert spec.classes == ("cat", "ähre")
    assert spec.input_shape.dims == (3, 5, 6)
    assert spec.samples == 16
    data = spec.load(LoadContext())
    expected = np.asarray(Image.open(tmp_path / "pictures" / "cat" / "0.png")).transpose(2, 0, 1) / np.float32(255)
    found = [x for split in (data.train, data.validation, data.test) for x in split.x[split.y == 0]]
    assert any(np.array_equal(x, expected) for x in found)


def test_grey_images_have_one_channel(tmp_path: Path) -> None:
    for n in range(6):
        save(tmp_path / "d" / "ab"[n % 2] / f"{n}.png", np.full((4, 4), n, np.uint8))
    spec = ImageFolder.inspect(tmp_path / "d")
    assert spec.input_shape.dims == (1, 4, 4)
    assert spec.again(colours="colour").input_shape.dims == (3, 4, 4)
    check_script(spec)


def test_colours_can_be_made_grey(tmp_path: Path) -> None:
    spec = ImageFolder.inspect(pictures(tmp_path), colours="grey")
    assert spec.input_shape.dims == (1, 5, 6)
    check_script(spec)


def test_the_most_common_size_is_taken_and_others_resized(tmp_path: Path) -> None:
    root = pictures(tmp_path)
    save(root / "cat" / "wide.png", np.zeros((5, 12, 3), np.uint8))
    spec = ImageFolder.inspect(root)
    assert spec.input_shape.dims == (3, 5, 6)
    notes = spec.preview(LoadContext()).notes
    assert "1 images are resized to 6 x 5 pixels." in notes
    assert "1 of them have other proportions and are stretched." in notes
    check_script(spec)


def test_a_size_can_be_asked_for_and_photographs_are_made_small(tmp_path: Path) -> None:
    root = pictures(tmp_path, size=(400, 200), per_class=2)
    assert ImageFolder.inspect(root).input_shape.dims == (3, 64, 128)
    spec = ImageFolder.inspect(root, width=20, height=30)
    assert spec.input_shape.dims == (3, 30, 20)
    check_script(spec)


def test_images_are_turned_as_exif_says(tmp_path: Path) -> None:
    values = np.zeros((20, 40, 3), np.uint8)
    values[:, :20] = 255  # White on the left; turned by 90 degrees clockwise, on top.
    exif = Image.Exif()
    exif[0x0112] = 6
    path = save(tmp_path / "turned.png", values, exif=exif)
    pixels = read_image(path, 20, 40, True)
    assert pixels.shape == (1, 40, 20)
    assert pixels[0, 5, 10] == 255
    assert pixels[0, 35, 10] == 0
    for n in range(4):
        save(tmp_path / "d" / "ab"[n % 2] / f"{n}.png", values, exif=exif)
    assert ImageFolder.inspect(tmp_path / "d").input_shape.dims == (3, 40, 20)


def test_transparency_is_laid_on_white_and_sixteen_bits_are_kept(tmp_path: Path) -> None:
    clear = np.zeros((3, 3, 4), np.uint8)
    assert (read_image(save(tmp_path / "clear.png", clear), 3, 3, False) == 255).all()
    deep = np.full((3, 3), 0x80FF, np.uint16)
    assert (read_image(save(tmp_path / "deep.png", deep), 3, 3, True) == 0x80).all()


def test_what_is_no_image_is_skipped_and_noted(tmp_path: Path) -> None:
    root = pictures(tmp_path)
    (root / "cat" / ".hidden.png").write_bytes(b"junk")
    (root / ".git").mkdir()
    (root / "__MACOSX").mkdir()
    (root / "cat" / "notes.txt").write_text("cats")
    (root / "README").write_text("cats")
    (root / "dog").mkdir()
    spec = ImageFolder.inspect(root)
    assert spec.classes == ("cat", "ähre")
    assert spec.samples == 16
    notes = " ".join(spec.preview(LoadContext()).notes)
    assert "Folders without images are no classes: 'dog'." in notes
    assert "'README'" in notes
    assert "notes.txt" in notes
    assert "hidden" not in notes
    check_script(spec)


def test_damaged_images_are_named_together(tmp_path: Path) -> None:
    root = pictures(tmp_path)
    whole = (root / "cat" / "0.png").read_bytes()
    (root / "cat" / "text.png").write_text("no image")
    (root / "cat" / "empty.png").write_bytes(b"")
    (root / "ähre" / "cut.png").write_bytes(whole[:60])
    with pytest.raises(DataError) as refusal:
        ImageFolder.inspect(root)
    said = str(refusal.value)
    assert said.startswith("pictures: ")
    for name in ("text.png", "empty.png"):
        assert name in said
    assert "no image that can be read" in said
    assert said.endswith("Replace them, or take them away.")
    (root / "cat" / "text.png").unlink()
    (root / "cat" / "empty.png").unlink()
    with pytest.raises(DataError, match=r"1 of 17 images cannot be used: .*cut\.png \("):
        ImageFolder.inspect(root)


def test_too_large_images_are_refused_before_they_are_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_PIXELS", 20)
    with pytest.raises(DataError, match="more than 0 million pixels"):
        ImageFolder.inspect(pictures(tmp_path))


def test_bombs_are_refused(tmp_path: Path) -> None:
    root = pictures(tmp_path)
    Image.new("1", (20_000, 20_000)).save(root / "cat" / "bomb.png")
    with pytest.raises(DataError, match=r"1 of 17 .*bomb\.png \(more than 100 million pixels\)"):
        ImageFolder.inspect(root)


def test_one_class_and_no_images_are_refused(tmp_path: Path) -> None:
    root = pictures(tmp_path)
    for path in (root / "ähre").iterdir():
        path.unlink()
    with pytest.raises(DataError, match="one class only: 'cat'"):
        ImageFolder.inspect(root)
    for path in (root / "cat").iterdir():
        path.unlink()
    with pytest.raises(DataError, match="has no images: expected a folder for each class"):
        ImageFolder.inspect(root)
    assert not ImageFolder.suits(root)


def test_another_image_of_the_same_size_is_noticed(tmp_path: Path) -> None:
    root = pictures(tmp_path)
    spec = ImageFolder.inspect(root)
    save(root / "cat" / "0.png", np.zeros((5, 6, 3), np.uint8))
    with pytest.raises(DataError, match="has changed since it was opened"):
        spec.load(LoadContext())
