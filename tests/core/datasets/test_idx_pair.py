"""Pairs of IDX files, as people have them and as they go wrong."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest

from nnviz.core.datasets import DataError, LoadContext
from nnviz.core.datasets import idx_pair as module
from nnviz.core.datasets.idx_pair import IdxPair
from nnviz.core.ink import MNIST
from tests.core.datasets.own_files import check_script, idx_file, idx_files


def pack(path: Path) -> Path:
    packed = path.with_name(path.name + ".gz")
    packed.write_bytes(gzip.compress(path.read_bytes()))
    path.unlink()
    return packed


def test_images_and_labels_find_each_other(tmp_path: Path) -> None:
    images = idx_files(tmp_path)
    spec = IdxPair.inspect(images)
    assert spec.input_shape.dims == (1, 28, 28)
    assert spec.classes == tuple("0123456789")
    assert IdxPair.inspect(tmp_path / "train-labels-idx1-ubyte") == spec
    data = spec.load(LoadContext())
    assert (len(data.train), len(data.validation), len(data.test)) == (28, 4, 8)
    assert data.train.x.max() == 1


@pytest.mark.parametrize("which", ["both", "images", "labels"])
def test_packed_files_are_found_too(which: str, tmp_path: Path) -> None:
    images = idx_files(tmp_path)
    if which in ("both", "labels"):
        pack(tmp_path / "train-labels-idx1-ubyte")
    if which in ("both", "images"):
        images = pack(images)
    spec = IdxPair.inspect(images)
    assert spec.samples == 40
    check_script(spec)


@pytest.mark.parametrize("word", ["t10k", "test"])
def test_files_for_the_test_are_the_test_split(word: str, tmp_path: Path) -> None:
    idx_files(tmp_path, word, count=20)
    spec = IdxPair.inspect(idx_files(tmp_path))
    data = spec.load(LoadContext())
    assert (len(data.train), len(data.validation), len(data.test)) == (36, 4, 20)
    assert list(data.test.y) == [n % 10 for n in range(20)]
    assert spec.preview(LoadContext()).notes == (f"The test split is {word}-images-idx3-ubyte.",)
    check_script(spec)
    alone = spec.again(test_files=False)
    assert alone.samples == 40
    check_script(alone)


def test_drawings_are_prepared_for_digits_of_that_size_only(tmp_path: Path) -> None:
    assert IdxPair.inspect(idx_files(tmp_path)).ink == MNIST
    assert IdxPair.inspect(idx_files(tmp_path, side=20)).ink is None
    idx_file(tmp_path / "train-labels-idx1-ubyte", np.arange(40) % 9)
    assert IdxPair.inspect(idx_files(tmp_path, count=9)).ink is None
    assert IdxPair().ink is None


def test_other_names_can_be_said(tmp_path: Path) -> None:
    images = idx_file(tmp_path / "pics", np.zeros((6, 3, 4)))
    labels = idx_file(tmp_path / "answers", np.array([3, 7, 3, 7, 7, 7]))
    with pytest.raises(DataError, match="pics needs a file with labels, and none was found beside it"):
        IdxPair.inspect(images)
    spec = IdxPair.inspect(images, labels=str(labels))
    assert spec.classes == ("3", "7")
    check_script(spec)
    with pytest.raises(DataError, match="answers holds labels, and no images were found beside it"):
        IdxPair.inspect(labels)
    with pytest.raises(DataError, match=r"nowhere cannot be read \(No such file"):
        IdxPair.inspect(images, labels=str(tmp_path / "nowhere"))


def test_vectors_are_read_too(tmp_path: Path) -> None:
    path = idx_file(tmp_path / "v", np.arange(24).reshape(6, 4))
    spec = IdxPair.inspect(path, labels=str(idx_file(tmp_path / "l", np.arange(6) % 2)))
    assert spec.input_shape.dims == (4,)
    check_script(spec)


def test_pairs_that_do_not_match_are_refused(tmp_path: Path) -> None:
    images = idx_files(tmp_path)
    idx_file(tmp_path / "train-labels-idx1-ubyte", np.arange(39) % 10)
    with pytest.raises(DataError, match=r"one label for each of the 40 images in train-images-idx3-ubyte; .* \(39,\)"):
        IdxPair.inspect(images)
    idx_file(tmp_path / "train-labels-idx1-ubyte", np.zeros(40))
    with pytest.raises(DataError, match="one class only: '0'"):
        IdxPair.inspect(images)
    idx_files(tmp_path, "t10k", side=20)
    idx_files(tmp_path)
    with pytest.raises(
        DataError, match=r"images of the same size as train-images.*\(28, 28\) was expected; \(20, 20\)"
    ):
        IdxPair.inspect(images)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "expected an IDX file; found an empty file"),
        (b"PK\x03\x04", "begins with the bytes 00 00 08"),
        (b"\0\0\x0d\x03" + b"\0" * 12, "32-bit floats"),
        (b"\0\0\x08\x03" + b"\0\0\0\x05" * 3 + b"x" * 9, r"only 9 \(truncated\)"),
        (b"\0\0\x08\x03\xff\xff", r"only 6 \(truncated\)"),
        (b"\0\0\x08\x03" + b"\xff" * 12, "expected at most 400,000,000 values"),
    ],
)
def test_damaged_files_are_named(content: bytes, sentence: str, tmp_path: Path) -> None:
    images = idx_files(tmp_path)
    images.write_bytes(content)
    with pytest.raises(DataError, match=rf"^train-images-idx3-ubyte is wrong: .*{sentence}.* Choose another file"):
        IdxPair.inspect(images)


def test_truncated_gzip_is_named(tmp_path: Path) -> None:
    images = pack(idx_files(tmp_path))
    images.write_bytes(images.read_bytes()[:-500])
    with pytest.raises(DataError, match=r"train-images-idx3-ubyte\.gz is wrong: .*truncated"):
        IdxPair.inspect(images)


def test_bombs_are_refused_before_they_are_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_VALUES", 1000)
    with pytest.raises(DataError, match=r"expected at most 1,000 values; found 31,360"):
        IdxPair.inspect(idx_files(tmp_path))
