from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from nnviz.core.errors import NnvizError
from nnviz.core.ink import prepare_strokes
from nnviz.core.my_digits import MyDigits
from nnviz.core.strokes import Drawing, read_strokes, write_strokes

SEVEN = Drawing((np.array([[0.0, 0.0], [60.0, 0.0], [30.0, 100.0]]),), 7)
ONE = Drawing((np.array([[5.0, 0.0], [5.0, 90.0]]),), 1)


@pytest.fixture
def store(tmp_path: Path) -> MyDigits:
    return MyDigits(tmp_path / "My digits")


def test_nothing_is_written_before_there_is_a_drawing(store: MyDigits) -> None:
    assert len(store) == 0
    assert store.drawings() == []
    assert store.pictures()[0].shape == (0, 28, 28)
    assert not store.folder.exists()


def test_a_drawing_is_kept_with_its_picture(store: MyDigits) -> None:
    path = store.keep(SEVEN)
    assert path is not None
    assert path.parent.name == "7"
    with Image.open(path) as image:
        np.testing.assert_allclose(np.asarray(image) / 255, prepare_strokes(SEVEN).image, atol=1e-6)
    assert MyDigits(store.folder).drawings() == [SEVEN]
    assert store.counts() == [0, 0, 0, 0, 0, 0, 0, 1, 0, 0]


def test_the_same_drawing_is_kept_once(store: MyDigits) -> None:
    store.keep(SEVEN)
    assert store.keep(SEVEN) is None
    assert len(store) == len(store.drawings()) == 1


def test_a_drawing_can_be_forgotten(store: MyDigits) -> None:
    path = store.keep(SEVEN)
    store.keep(ONE)
    assert path is not None
    store.forget(path)
    assert store.drawings() == [ONE]
    assert len(store) == 1


def test_a_picture_is_kept_without_strokes(store: MyDigits) -> None:
    image = prepare_strokes(SEVEN).image
    assert store.keep_picture(image, 7) is not None
    images, labels = store.pictures()
    np.testing.assert_allclose(images[0] / 255, image, atol=1e-6)
    assert labels.tolist() == [7]
    assert store.drawings() == []


def test_others_drawings_are_added_once(store: MyDigits, tmp_path: Path) -> None:
    store.keep(SEVEN)
    unnamed = Drawing(ONE.strokes)
    write_strokes(tmp_path / "others.jsonl.gz", [SEVEN, ONE, ONE, unnamed])
    assert store.merge(tmp_path / "others.jsonl.gz") == 1
    assert store.merge(tmp_path / "others.jsonl.gz") == 0
    assert store.drawings() == [SEVEN, ONE]
    assert len(store) == 2


def test_a_whole_folder_is_added_with_its_pictures(store: MyDigits, tmp_path: Path) -> None:
    other = MyDigits(tmp_path / "other")
    other.keep(ONE)
    other.keep_picture(prepare_strokes(SEVEN).image, 7)
    assert store.merge(other.folder) == 2
    assert store.merge(other.folder) == 0
    assert store.counts()[1] == store.counts()[7] == 1


def test_what_says_no_digit_cannot_be_added(store: MyDigits, tmp_path: Path) -> None:
    write_strokes(tmp_path / "unnamed.jsonl", [Drawing(ONE.strokes)])
    with pytest.raises(NnvizError, match="no drawings that say which digit they are"):
        store.merge(tmp_path / "unnamed.jsonl")
    with pytest.raises(NnvizError, match="together with the digit"):
        store.keep(Drawing(ONE.strokes))


def test_drawings_and_pictures_are_exported(store: MyDigits, tmp_path: Path) -> None:
    for export in (lambda: store.export_strokes(tmp_path / "a.jsonl"), lambda: store.export_pictures(tmp_path / "p")):
        with pytest.raises(NnvizError, match="no drawings yet"):
            export()
    store.keep(SEVEN)
    store.keep(ONE)
    assert store.export_strokes(tmp_path / "all.jsonl") == 2
    assert list(read_strokes(tmp_path / "all.jsonl")) == [SEVEN, ONE]
    assert store.export_pictures(tmp_path / "out") == 2
    assert sorted(path.parent.name for path in (tmp_path / "out").rglob("*.png")) == ["1", "7"]


def test_a_damaged_picture_is_named(store: MyDigits) -> None:
    path = store.keep(SEVEN)
    assert path is not None
    path.write_bytes(b"\x89PNG\r\n")
    with pytest.raises(NnvizError, match="is damaged"):
        store.pictures()
