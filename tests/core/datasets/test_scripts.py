"""What data sets print for exported scripts loads the same arrays, bit for bit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from nnviz.core.datasets import DATASETS, DatasetSpec, LoadContext
from nnviz.core.datasets.blobs import Blobs
from nnviz.core.datasets.chapter_linear import ChapterLinear
from nnviz.core.datasets.circles import Circles
from nnviz.core.datasets.method_source import literal
from nnviz.core.datasets.moons import Moons
from nnviz.core.datasets.spiral import Spiral
from nnviz.core.datasets.xor import Xor

if TYPE_CHECKING:
    from conftest import Mirror, Tiny

CHANGED = [
    Blobs(samples=101, noise=0.3, seed=7, heaps=5),
    ChapterLinear(samples=33, seed=9),
    Circles(samples=77, inner_radius=0.25, seed=1),
    Moons(samples=53, noise=0),
    Spiral(samples=100, arms=4, turns=0.5, seed=3),
    Xor(samples=1001, seed=2**32 - 1),
]


def loaded_by_script(spec: DatasetSpec, *arguments: Any) -> list[np.ndarray[Any, Any]]:
    namespace: dict[str, Any] = {}
    exec(compile(spec.script(), "script", "exec"), namespace)
    return list(namespace["load_data"](*arguments))


def check(spec: DatasetSpec, context: LoadContext, *arguments: Any) -> None:
    data = spec.load(context)
    expected = [array for split in (data.train, data.validation, data.test) for array in (split.x, split.y)]
    found = loaded_by_script(spec, *arguments)
    assert len(found) == 6
    for array, wanted in zip(found, expected, strict=True):
        assert array.dtype == wanted.dtype
        np.testing.assert_array_equal(array, wanted)
    assert spec.train_samples() == len(data.train)


WITHOUT_FILES = [kind for kind in DATASETS if not kind.needs_download and not kind.own]


@pytest.mark.parametrize("kind", WITHOUT_FILES, ids=lambda kind: kind.name)
def test_every_data_set_that_needs_no_files(kind: type[DatasetSpec], context: LoadContext) -> None:
    check(kind(), context)


@pytest.mark.parametrize("spec", CHANGED, ids=lambda spec: spec.name)
def test_every_setting_is_in_the_script(spec: DatasetSpec, context: LoadContext) -> None:
    check(spec, context)


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("place", [".", "tiny", "Tiny/raw"])
def test_files_in_a_folder(packed: bool, place: str, tiny: Tiny, context: LoadContext, tmp_path: Path) -> None:
    tiny.write(tmp_path / "d" / place, packed=packed)
    check(tiny.spec(), replace(context, data_dir=tmp_path / "d", download=False), tmp_path / "d")


def test_missing_files_are_downloaded_from_the_first_mirror_that_has_them(
    tiny: Tiny, context: LoadContext, tmp_path: Path, mirror: Callable[[], Mirror], dead_url: str
) -> None:
    broken, good = mirror(), mirror().serve(tiny)
    spec = tiny.spec(dead_url, broken.url, good.url)
    folder = tmp_path / "new" / "data"
    loaded_by_script(spec, folder)
    assert len(good.requests) == 4
    check(spec, replace(context, data_dir=folder, download=False), folder)
    assert len(good.requests) == 4
    assert not list(folder.glob("*.part"))


def test_a_damaged_download_is_not_kept(tiny: Tiny, tmp_path: Path, mirror: Callable[[], Mirror]) -> None:
    server = mirror().serve(tiny)
    spec = tiny.spec(server.url)
    type(spec).file_set = tiny.file_set(server.url, packed_md5="0" * 32)
    with pytest.raises(SystemExit, match=r"cannot be downloaded: .*: another file than expected"):
        loaded_by_script(spec, tmp_path / "data")
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"\0\0\x08\x01\0\0\0\x04", "is damaged: remove it"), (b"", "is damaged: remove it")],
)
def test_damaged_files(content: bytes, sentence: str, tiny: Tiny, tmp_path: Path) -> None:
    spec = tiny.spec()
    tiny.write(tmp_path, packed=False)
    (tmp_path / type(spec).file_set.files[1].name).write_bytes(content)
    with pytest.raises(SystemExit, match=sentence):
        loaded_by_script(spec, tmp_path)


def test_files_of_another_set(tiny: Tiny, tmp_path: Path) -> None:
    spec = tiny.spec()
    name = type(spec).file_set.files[1].name
    tiny.write(tmp_path, packed=False)
    (tmp_path / name).write_bytes(tiny.idx_bytes(tiny.arrays[name][::-1]))
    with pytest.raises(SystemExit, match="is another file: remove it"):
        loaded_by_script(spec, tmp_path)


def test_texts_in_source_are_read_back_as_they_were() -> None:
    for value in ('a "b" \\ \n c', ("x",), (), ("é", 1.5, ("y", "z")), 3, True):
        assert eval(literal(value)) == value
