from __future__ import annotations

import errno
import gzip
import hashlib
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from nnviz.core.datasets import DataError, LoadCancelled, LoadContext, download, web_stream
from nnviz.core.datasets.files import MIRROR_VARIABLE
from nnviz.core.datasets.mnist import Mnist

if TYPE_CHECKING:
    from conftest import Mirror, Tiny

NAMES = tuple(file.name for file in Mnist.file_set.files)

FIRST = f"/{NAMES[0]}.gz"


@pytest.fixture
def good(mirror: Callable[[], Mirror], tiny: Tiny) -> Mirror:
    return mirror().serve(tiny)


def check(arrays: list[np.ndarray], tiny: Tiny) -> None:
    for name, values in zip(NAMES, arrays, strict=True):
        assert np.array_equal(values, tiny.arrays[name])


def kept(context: LoadContext) -> list[str]:
    assert context.cache_dir is not None
    return sorted(path.name for path in (context.cache_dir / "tiny").glob("*"))


WHOLE = sorted(f"{name}.gz" for name in NAMES)


def test_downloads_into_the_cache_once(good: Mirror, tiny: Tiny, context: LoadContext) -> None:
    told: list[tuple[str, int, int]] = []
    context = replace(context, progress=lambda *step: told.append(step))
    files = tiny.file_set(good.url)
    check(files.read(context), tiny)
    assert kept(context) == WHOLE
    assert good.requests == [(f"/{name}.gz", None) for name in NAMES]
    for name in NAMES:
        steps = [(done, total) for what, done, total in told if what == f"Tiny: {name}"]
        size = len(tiny.packed(name))
        assert steps == sorted(steps)
        assert steps[-1] == (size, size)
    check(files.read(context), tiny)
    assert len(good.requests) == len(NAMES)


def test_length_may_be_unknown(good: Mirror, tiny: Tiny, context: LoadContext) -> None:
    good.says_length = False
    totals: set[int] = set()
    check(tiny.file_set(good.url).read(replace(context, progress=lambda _, __, total: totals.add(total))), tiny)
    assert totals == {0}


def test_packed_bytes_stay_packed_when_the_server_calls_them_encoded(
    good: Mirror, tiny: Tiny, context: LoadContext, tmp_path: Path
) -> None:
    good.headers = {"Content-Encoding": "gzip"}
    check(tiny.file_set(good.url).read(context), tiny)
    assert (tmp_path / "cache" / "tiny" / FIRST[1:]).read_bytes() == tiny.packed(NAMES[0])


def test_cut_connection_is_taken_up_where_it_broke(good: Mirror, tiny: Tiny, context: LoadContext) -> None:
    good.cuts = [5000, 3000]
    check(tiny.file_set(good.url).read(context), tiny)
    assert good.requests[:3] == [(FIRST, None), (FIRST, "bytes=5000-"), (FIRST, "bytes=8000-")]
    assert kept(context) == WHOLE


def test_server_without_range_starts_again(good: Mirror, tiny: Tiny, context: LoadContext) -> None:
    good.ranges = False
    good.cuts = [5000]
    check(tiny.file_set(good.url).read(context), tiny)
    assert good.requests[1] == (FIRST, "bytes=5000-")


def test_part_stays_when_the_connection_is_lost_and_is_gone_on_with(
    good: Mirror, tiny: Tiny, context: LoadContext
) -> None:
    good.cuts = [5000, 0]
    with pytest.raises(DataError, match=r"could not be downloaded \(127\.0\.0\.1:\d+: the connection was cut\)"):
        tiny.file_set(good.url).read(context)
    (part,) = kept(context)
    assert part.endswith(".part")
    check(tiny.file_set(good.url).read(context), tiny)
    assert good.requests[2] == (FIRST, "bytes=5000-")
    assert kept(context) == WHOLE


def test_cancelled_download_keeps_its_part_and_is_gone_on_with(good: Mirror, tiny: Tiny, context: LoadContext) -> None:
    good.stalls_after = 7000
    done = 0

    def progress(_: str, now: int, __: int) -> None:
        nonlocal done
        done = now

    files = tiny.file_set(good.url)
    with pytest.raises(LoadCancelled, match="goes on where it stopped"):
        files.read(replace(context, progress=progress, cancelled=lambda: done >= 7000))
    (part,) = kept(context)
    assert part.endswith(".part")
    good.stalls_after = None
    check(files.read(context), tiny)
    assert good.requests[1] == (FIRST, "bytes=7000-")


def test_cancelled_before_it_began_asks_nobody(good: Mirror, tiny: Tiny, context: LoadContext) -> None:
    with pytest.raises(LoadCancelled):
        tiny.file_set(good.url).read(replace(context, cancelled=lambda: True))
    assert good.requests == []


def put_part(good: Mirror, tiny: Tiny, context: LoadContext, content: bytes) -> None:
    """Leave a part with this content behind."""
    good.cuts = [10, 0]
    with pytest.raises(DataError):
        tiny.file_set(good.url).read(context)
    assert context.cache_dir is not None
    (part,) = (context.cache_dir / "tiny").glob("*.part")
    part.write_bytes(content)
    good.requests.clear()


def test_part_that_does_not_fit_is_thrown_away(good: Mirror, tiny: Tiny, context: LoadContext) -> None:
    put_part(good, tiny, context, b"from an older version of the file")
    check(tiny.file_set(good.url).read(context), tiny)
    assert good.requests[:2] == [(FIRST, "bytes=33-"), (FIRST, None)]


def test_part_that_is_whole_already_is_used(good: Mirror, tiny: Tiny, context: LoadContext) -> None:
    put_part(good, tiny, context, tiny.packed(NAMES[0]))
    check(tiny.file_set(good.url).read(context), tiny)
    assert [path for path, _ in good.requests].count(FIRST) == 1


def test_part_that_is_longer_than_the_file_is_thrown_away(good: Mirror, tiny: Tiny, context: LoadContext) -> None:
    put_part(good, tiny, context, tiny.packed(NAMES[0]) + b"more")
    check(tiny.file_set(good.url).read(context), tiny)
    assert good.requests[1] == (FIRST, None)


def test_wrong_range_is_not_taken(good: Mirror, tiny: Tiny, context: LoadContext) -> None:
    good.cuts = [5000]
    good.headers = {"Content-Range": "bytes 4000-9999/16000"}
    with pytest.raises(DataError, match="another part than the one that was asked for"):
        tiny.file_set(good.url).read(context)
    assert kept(context) == []


def test_next_mirror_is_tried_and_then_asked_first(
    good: Mirror, mirror: Callable[[], Mirror], tiny: Tiny, context: LoadContext, dead_url: str
) -> None:
    empty = mirror()
    check(tiny.file_set(dead_url, empty.url, good.url).read(context), tiny)
    assert len(empty.requests) == 1
    assert len(good.requests) == len(NAMES)


def test_parts_of_mirrors_are_kept_apart_and_cleared_away(
    good: Mirror, mirror: Callable[[], Mirror], tiny: Tiny, context: LoadContext
) -> None:
    failing = mirror().serve(tiny)
    failing.files = {FIRST: gzip.compress(tiny.idx_bytes(tiny.arrays[NAMES[0]]), compresslevel=1, mtime=7)}
    failing.cuts = [5000, 0]
    check(tiny.file_set(failing.url, good.url).read(context), tiny)
    assert good.requests[0] == (FIRST, None)
    assert kept(context) == WHOLE


def test_damaged_file_in_the_cache_is_fetched_again(good: Mirror, tiny: Tiny, context: LoadContext) -> None:
    files = tiny.file_set(good.url)
    files.read(context)
    assert context.cache_dir is not None
    (context.cache_dir / "tiny" / f"{NAMES[2]}.gz").write_bytes(b"damaged")
    check(files.read(context), tiny)
    assert good.requests[len(NAMES) :] == [(f"/{NAMES[2]}.gz", None)]


def test_one_server_can_hold_several_data_sets(
    mirror: Callable[[], Mirror], tiny: Tiny, context: LoadContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    school = mirror()
    school.files = {f"/data/tiny/{name}.gz": tiny.packed(name) for name in NAMES}
    monkeypatch.setenv(MIRROR_VARIABLE, f"{school.url}/data")
    check(tiny.file_set("http://not.asked.invalid").read(context), tiny)
    assert len(school.requests) == len(NAMES)


WRONG = {
    "404": ({"status": 404}, "it answered 404 Not Found"),
    "500": ({"status": 500}, "it answered 500 Internal Server Error"),
    "403": ({"status": 403}, "it answered 403 Forbidden"),
    "a log-in page": ({"files": {FIRST: b"<html>Log in</html>"}}, "is wrong: expected an IDX file"),
    "nothing": ({"files": {FIRST: b""}}, "found an empty file"),
    "endless": ({"files": {FIRST: bytes(100_000)}}, "expected at most 20,256 bytes; found more"),
    "truncated": ({"says_length": False, "cuts": [5000] * 20}, "truncated"),
    "always cut": ({"cuts": [0] * 20}, "the connection was cut"),
    "not the length it said": ({"cuts": [5000, 0] * 10}, "the connection was cut"),
    "stalled at once": ({"stalls_after": 0}, "it stalled"),
    "stalled in the middle": ({"stalls_after": 5000}, "it stalled"),
}


@pytest.mark.parametrize("case", WRONG)
def test_mirror_that_gives_no_good_file(
    mirror: Callable[[], Mirror], tiny: Tiny, context: LoadContext, monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    monkeypatch.setattr(web_stream, "STALL_TIMEOUT_S", 0.2)
    monkeypatch.setattr(download, "ATTEMPTS", 3)
    changes, expected = WRONG[case]
    bad = mirror().serve(tiny)
    for name, value in changes.items():
        setattr(bad, name, value)
    with pytest.raises(DataError) as caught:
        tiny.file_set(bad.url).read(context)
    text = str(caught.value)
    assert expected in text
    assert NAMES[0] in text
    assert bad.url.removeprefix("http://") in text
    assert str(context.cache_dir) in text
    assert text.endswith("or choose the built-in digits, which need no download.")
    assert f"{NAMES[0]}.gz" not in kept(context)
    # The bad mirror is no obstacle where there is a good one.
    good = mirror().serve(tiny)
    check(tiny.file_set(bad.url, good.url).read(context), tiny)
    assert kept(context) == WHOLE


def test_file_with_other_content_is_refused(mirror: Callable[[], Mirror], tiny: Tiny, context: LoadContext) -> None:
    bad = mirror().serve(tiny)
    values = tiny.arrays[NAMES[0]].copy()
    values[-1, -1, -1] ^= 1
    bad.files[FIRST] = gzip.compress(tiny.idx_bytes(values))
    with pytest.raises(DataError, match=f"SHA-256 {tiny.sums[NAMES[0]][:12]}"):
        tiny.file_set(bad.url).read(context)
    assert kept(context) == []


def test_published_md5_is_held_against_downloads_only(good: Mirror, tiny: Tiny, context: LoadContext) -> None:
    name, packed = NAMES[1], tiny.packed(NAMES[1])
    right = tiny.file_set(good.url, sha256="")
    files = (replace(right.files[1], packed_md5=hashlib.md5(packed).hexdigest()),)
    assert np.array_equal(replace(right, files=files).read(context)[0], tiny.arrays[name])
    wrong = replace(right, name="wrong", files=(replace(right.files[1], packed_md5="0" * 32),))
    with pytest.raises(DataError, match=f"expected the MD5 {'0' * 32}; found {hashlib.md5(packed).hexdigest()}"):
        wrong.read(context)
    assert context.cache_dir is not None
    wrong.read(replace(context, data_dir=context.cache_dir / "tiny"))


def test_offline(tiny: Tiny, context: LoadContext, dead_url: str) -> None:
    with pytest.raises(DataError, match=r"\(127\.0\.0\.1:\d+: no connection\)"):
        tiny.file_set(dead_url).read(context)


def test_address_that_is_none(tiny: Tiny, context: LoadContext) -> None:
    with pytest.raises(DataError, match=r"somewhere/tiny: Invalid URL .*; somewhere: Invalid URL"):
        tiny.file_set().read(replace(context, mirrors=("somewhere",)))


def test_no_mirror(tiny: Tiny, context: LoadContext) -> None:
    with pytest.raises(DataError, match="there is no mirror"):
        tiny.file_set().read(context)


def test_full_disk(good: Mirror, tiny: Tiny, context: LoadContext, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(DataError) as caught:
            tiny.file_set(good.url, "http://not.asked.invalid").read(context)
    text = str(caught.value)
    assert text.startswith(f"The disk is full: Tiny: {NAMES[0]} could not be written to {context.cache_dir}")
    assert "Make room there" in text
    assert kept(context) == []


def test_cache_that_cannot_be_made(good: Mirror, tiny: Tiny, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file where the folder should be")
    with pytest.raises(DataError, match=r"could not be written to .*file/tiny \(.+\)\. Make that folder writable"):
        tiny.file_set(good.url).read(LoadContext(cache_dir=tmp_path / "file"))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_cache_that_is_read_only(good: Mirror, tiny: Tiny, context: LoadContext, tmp_path: Path) -> None:
    (tmp_path / "cache").mkdir(mode=0o500)
    with pytest.raises(DataError, match="Permission denied"):
        tiny.file_set(good.url).read(context)
