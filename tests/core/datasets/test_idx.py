from __future__ import annotations

import gzip
import hashlib
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.core.datasets import DataError
from nnviz.core.datasets.idx import idx_sha256, read_idx

# Two images of 3 x 2 pixels, written out by hand.
HEADER = bytes.fromhex("00000803 00000002 00000003 00000002")
PIXELS = bytes(range(240, 252))
GOOD = HEADER + PIXELS
IMAGES = np.arange(240, 252, dtype=np.uint8).reshape(2, 3, 2)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plain", GOOD),
        ("packed.gz", gzip.compress(GOOD)),
        ("plain but called.gz", GOOD),
        ("packed but not called so", gzip.compress(GOOD)),
        ("packed in two members.gz", gzip.compress(GOOD[:20]) + gzip.compress(GOOD[20:])),
    ],
)
def test_reads_packed_and_plain_whatever_the_name(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    values = read_idx(path, (2, 3, 2))
    assert values.dtype == np.uint8
    assert np.array_equal(values, IMAGES)
    assert np.array_equal(read_idx(path), IMAGES)


def test_sum_is_that_of_the_unpacked_file() -> None:
    assert idx_sha256(IMAGES) == hashlib.sha256(GOOD).hexdigest()
    turned = np.ascontiguousarray(IMAGES.transpose(2, 1, 0)).transpose(2, 1, 0)
    assert idx_sha256(turned) == hashlib.sha256(GOOD).hexdigest()


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(1, 5), min_size=1, max_size=4), st.booleans(), st.integers(0, 2**32 - 1))
def test_reads_any_shape(tmp_path_factory: pytest.TempPathFactory, dims: list[int], packed: bool, seed: int) -> None:
    values = np.random.default_rng(seed).integers(0, 256, dims, dtype=np.uint8)
    content = bytes([0, 0, 8, len(dims)]) + b"".join(d.to_bytes(4, "big") for d in dims) + values.tobytes()
    path = tmp_path_factory.mktemp("idx") / "file"
    path.write_bytes(gzip.compress(content) if packed else content)
    assert np.array_equal(read_idx(path), values)


def _with_wrong_crc() -> bytes:
    packed = bytearray(gzip.compress(GOOD))
    packed[-8] ^= 0xFF
    return bytes(packed)


def _with_flipped_byte() -> bytes:
    packed = bytearray(gzip.compress(bytes(HEADER) + bytes(PIXELS)))
    packed[14] ^= 0xFF
    return bytes(packed)


BROKEN = {
    "empty": (b"", "an empty file"),
    "empty, packed": (gzip.compress(b""), "an empty file"),
    "one byte": (b"\0", "begins with the bytes 00 00 08"),
    "a web page": (b"<html><body>Please log in</body></html>", "3c 68 74 6d ('<htm')"),
    "a web page, packed": (gzip.compress(b"<html>"), "'<htm'"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(100), "89 50 4e 47"),
    "floats": (b"\0\0\x0d\x03" + GOOD[4:], "32-bit floats (type 0x0d)"),
    "signed bytes": (b"\0\0\x09\x03" + GOOD[4:], "signed bytes (type 0x09)"),
    "unknown type": (b"\0\0\x42\x03" + GOOD[4:], "an unknown type of values (type 0x42)"),
    "no axes": (b"\0\0\x08\0" + GOOD[4:], "00 00 08 00"),
    "half a header": (GOOD[:9], "expected a header of 16 bytes; found only 9 (truncated)"),
    "too few values": (GOOD[:-5], "expected 12 bytes after its header (2 x 3 x 2); found only 7 (truncated)"),
    "no values": (HEADER, "found only 0 (truncated)"),
    "too many values": (GOOD + b"\0", "found more than that"),
    "too many values, packed": (gzip.compress(GOOD + bytes(5_000_000)), "found more than that"),
    "too few values, packed": (gzip.compress(GOOD[:-5]), "found only 7 (truncated)"),
    "cut gzip": (gzip.compress(GOOD)[:-9], "expected a complete gzip file; found one that ends too early"),
    "only gzip's first bytes": (b"\x1f\x8b", "gzip file"),
    "gzip with a wrong sum": (_with_wrong_crc(), "expected an intact gzip file; found damaged data"),
    "gzip with a flipped byte": (_with_flipped_byte(), "expected an intact gzip file; found damaged data"),
    "gzip and rubbish": (gzip.compress(GOOD) + b"rubbish", "expected an intact gzip file"),
    "other count": (b"\0\0\x08\x03\0\0\0\x01\0\0\0\x03\0\0\0\x02" + PIXELS[:6], "shape 2 x 3 x 2; found 1 x 3 x 2"),
    "other size": (b"\0\0\x08\x03\0\0\0\x02\0\0\0\x02\0\0\0\x03" + PIXELS, "shape 2 x 3 x 2; found 2 x 2 x 3"),
    "labels for images": (b"\0\0\x08\x01\0\0\0\x0c" + PIXELS, "shape 2 x 3 x 2; found 12"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_broken_file_gives_a_sentence(tmp_path: Path, case: str) -> None:
    content, expected = BROKEN[case]
    path = tmp_path / "images-idx3-ubyte"
    path.write_bytes(content)
    with pytest.raises(DataError) as caught:
        read_idx(path, (2, 3, 2))
    assert expected in str(caught.value)
    assert str(path) in str(caught.value)
    assert str(caught.value).endswith(".")


def test_missing_file_and_folder_give_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="absent cannot be read"):
        read_idx(tmp_path / "absent")
    with pytest.raises(DataError, match="cannot be read"):
        read_idx(tmp_path)


def test_error_calls_the_file_as_told(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"")
    with pytest.raises(DataError, match=r"^the third file is wrong: .* found an empty file\.$"):
        read_idx(tmp_path / "x", called="the third file")


@pytest.mark.parametrize("packed", [False, True])
def test_header_that_claims_billions_takes_no_memory(tmp_path: Path, packed: bool) -> None:
    content = bytes.fromhex("00000803 ffffffff 0000001c 0000001c") + bytes(1000)
    path = tmp_path / "boast"
    path.write_bytes(gzip.compress(content) if packed else content)
    tracemalloc.start()
    with pytest.raises(DataError, match="found only 1,000"):
        read_idx(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4_000_000


def test_packed_file_that_never_ends_takes_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "bomb.gz"
    with gzip.open(path, "wb", compresslevel=1) as file:
        file.write(GOOD)
        for _ in range(64):
            file.write(bytes(1 << 20))
    tracemalloc.start()
    with pytest.raises(DataError, match="found more than that"):
        read_idx(path, (2, 3, 2))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4_000_000
