from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from nnviz.core.datasets import DataError, LoadContext
from nnviz.core.datasets.files import MIRROR_VARIABLE, cache_folder
from nnviz.core.datasets.mnist import Mnist

if TYPE_CHECKING:
    from conftest import Tiny

NAMES = tuple(file.name for file in Mnist.file_set.files)


@pytest.mark.parametrize("folder", ["", "tiny", "Tiny/raw"])
@pytest.mark.parametrize("packed", [True, False])
def test_finds_files_in_the_users_folder(
    tiny: Tiny, context: LoadContext, tmp_path: Path, folder: str, packed: bool
) -> None:
    tiny.write(tmp_path / "data" / folder, packed=packed)
    arrays = tiny.file_set().read(replace(context, data_dir=tmp_path / "data", download=False))
    for name, values in zip(NAMES, arrays, strict=True):
        assert np.array_equal(values, tiny.arrays[name])
    assert not (tmp_path / "cache").exists()


def test_finds_files_that_write_a_dot_before_idx(tiny: Tiny, context: LoadContext, tmp_path: Path) -> None:
    for name, values in tiny.arrays.items():
        (tmp_path / name.replace("-idx", ".idx")).write_bytes(tiny.idx_bytes(values))
    arrays = tiny.file_set().read(replace(context, data_dir=tmp_path, download=False))
    assert np.array_equal(arrays[1], tiny.arrays[NAMES[1]])


def test_own_folder_goes_before_the_folder_itself(tiny: Tiny, context: LoadContext, tmp_path: Path) -> None:
    tiny.write(tmp_path / "tiny")
    for name in NAMES:
        (tmp_path / name).write_bytes(b"of another data set")
    tiny.file_set().read(replace(context, data_dir=tmp_path, download=False))


def test_finds_files_in_the_cache(tiny: Tiny, context: LoadContext, tmp_path: Path) -> None:
    tiny.write(tmp_path / "cache" / "tiny", packed=False)
    (tmp_path / "elsewhere").mkdir()
    arrays = tiny.file_set().read(replace(context, data_dir=tmp_path / "elsewhere", download=False))
    assert np.array_equal(arrays[0], tiny.arrays[NAMES[0]])


def test_cache_is_the_users_unless_one_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import platformdirs

    monkeypatch.setattr(platformdirs, "user_cache_dir", lambda name, **_: str(tmp_path / "caches" / name))
    assert cache_folder(LoadContext()) == tmp_path / "caches" / "nnviz"
    assert cache_folder(LoadContext(cache_dir=tmp_path)) == tmp_path


def test_folder_that_does_not_exist_is_an_error(tiny: Tiny, context: LoadContext, tmp_path: Path) -> None:
    tiny.write(tmp_path / "cache" / "tiny")
    with pytest.raises(DataError, match=r"data folder .*mistyped does not exist\. Choose a folder with Tiny\."):
        tiny.file_set().read(replace(context, data_dir=tmp_path / "mistyped"))


def test_nothing_anywhere_says_what_to_do(tiny: Tiny, context: LoadContext, tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        tiny.file_set().read(replace(context, data_dir=tmp_path, download=False))
    text = str(caught.value)
    cache = tmp_path / "cache" / "tiny"
    assert text.startswith(f"Tiny needs the file {NAMES[0]}, which was expected in {tmp_path} or {cache}")
    assert "Downloading is switched off. " in text
    assert f"Copy Tiny's 4 files into {cache}" in text
    assert text.endswith("--data-dir; or choose the built-in digits, which need no download.")


DAMAGES: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "truncated": (lambda packed: packed[:-100], "truncated"),
    "empty": (lambda packed: b"", "an empty file"),
    "a web page": (lambda packed: b"<html>", "'<htm'"),
    "other values": (
        lambda packed: gzip.compress(gzip.decompress(packed)[:-1] + b"\x07"),
        "expected content with the SHA-256",
    ),
    "fewer images": (
        lambda packed: gzip.compress(gzip.decompress(packed).replace(b"\x28", b"\x27", 1)),
        "expected values of shape 40 x 20 x 20; found 39 x 20 x 20",
    ),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_file_of_the_users_is_an_error_even_if_the_cache_is_good(
    tiny: Tiny, context: LoadContext, tmp_path: Path, damage: str
) -> None:
    change, expected = DAMAGES[damage]
    tiny.write(tmp_path / "cache" / "tiny")
    path = tiny.write(tmp_path / "data") / f"{NAMES[0]}.gz"
    path.write_bytes(change(path.read_bytes()))
    with pytest.raises(DataError) as caught:
        tiny.file_set().read(replace(context, data_dir=tmp_path / "data"))
    assert str(caught.value).startswith(f"{path} is wrong: ")
    assert expected in str(caught.value)
    assert str(caught.value).endswith("Put a good copy of Tiny there, or take this one away.")


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_file_in_the_cache_is_told_when_it_cannot_be_fetched_again(
    tiny: Tiny, context: LoadContext, tmp_path: Path, damage: str
) -> None:
    change, expected = DAMAGES[damage]
    path = tiny.write(tmp_path / "cache" / "tiny") / f"{NAMES[0]}.gz"
    path.write_bytes(change(path.read_bytes()))
    with pytest.raises(DataError) as caught:
        tiny.file_set().read(replace(context, download=False))
    assert str(path) in str(caught.value)
    assert expected in str(caught.value)


def test_damaged_file_in_the_cache_does_not_hide_a_good_one(tiny: Tiny, context: LoadContext, tmp_path: Path) -> None:
    folder = tiny.write(tmp_path / "cache" / "tiny")
    (folder / NAMES[0]).write_bytes(b"damaged")
    tiny.file_set().read(replace(context, download=False))


def test_files_of_another_data_set_are_passed_over(tiny: Tiny, context: LoadContext, tmp_path: Path) -> None:
    others = dict.fromkeys(tiny.sums.values(), "Other")
    files = tiny.file_set(sha256="", others=others)
    tiny.write(tmp_path / "data")
    with pytest.raises(DataError, match=rf"{NAMES[0]}\.gz belongs to Other\. Downloading is switched off\."):
        files.read(replace(context, data_dir=tmp_path / "data", download=False))


def test_without_a_known_sum_the_axes_are_checked(tiny: Tiny, context: LoadContext, tmp_path: Path) -> None:
    files = tiny.file_set(sha256="")
    tiny.write(tmp_path)
    files.read(replace(context, data_dir=tmp_path))
    (tmp_path / f"{NAMES[3]}.gz").write_bytes(tiny.packed(NAMES[2]))
    with pytest.raises(DataError, match="expected values of shape 20; found 20 x 20 x 20"):
        files.read(replace(context, data_dir=tmp_path))


def test_mirrors_can_be_replaced(tiny: Tiny, monkeypatch: pytest.MonkeyPatch) -> None:
    files = tiny.file_set("https://own/a/", "https://own/b")
    assert files.addresses(LoadContext()) == ["https://own/a", "https://own/b"]
    monkeypatch.setenv(MIRROR_VARIABLE, " http://one/ http://two ")
    from_variable = ["http://one/tiny", "http://one", "http://two/tiny", "http://two"]
    assert files.addresses(LoadContext()) == from_variable
    assert files.addresses(LoadContext(mirrors=("http://three/x/",))) == ["http://three/x/tiny", "http://three/x"]
    monkeypatch.setenv(MIRROR_VARIABLE, " ")
    assert files.addresses(LoadContext()) == ["https://own/a", "https://own/b"]
