"""The IDX format: a header and unsigned bytes, packed with gzip or not. MNIST and its relatives are kept in it.

Layout: two zero bytes, the type of the values (0x08: unsigned bytes), the number of axes; then the length of each axis
as a big-endian 32-bit number; then the values, last axis fastest. Source: LeCun, Cortes & Burges, THE MNIST DATABASE.
"""

from __future__ import annotations

import gzip
import hashlib
import math
import struct
import zlib
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

from nnviz.core.datasets.base import DataError

GZIP_MAGIC = b"\x1f\x8b"
UNSIGNED_BYTE = 0x08
OTHER_TYPES = {
    0x09: "signed bytes",
    0x0B: "16-bit numbers",
    0x0C: "32-bit numbers",
    0x0D: "32-bit floats",
    0x0E: "64-bit floats",
}
_CHUNK = 1 << 20


def read_idx(
    path: Path, dims: tuple[int, ...] | None = None, *, called: str = "", most_bytes: int | None = None
) -> NDArray[np.uint8]:
    """The array in an IDX file; whether it is packed is seen from its content, not from its name.

    Memory is taken as values arrive, never on the word of the header.

    Args:
        path: The file.
        dims: The lengths of the axes that the file must have, or None for any.
        called: What error messages call the file; its path by default.
        most_bytes: Number of values that may be read at most, or None for any.

    Raises:
        DataError: If the file cannot be read, is no IDX file of unsigned bytes, is damaged, or has other axes. It says
            what was expected and found; what to do depends on where the file came from, and the caller adds it.
    """
    called = called or str(path)
    try:
        with path.open("rb") as file:
            packed = file.read(2) == GZIP_MAGIC
            file.seek(0)
            if not packed:
                return _read(file, dims, called, most_bytes)
            with gzip.GzipFile(fileobj=file) as unpacked:
                return _read(unpacked, dims, called, most_bytes)
    except EOFError:
        raise _fault(called, "a complete gzip file", "one that ends too early (truncated)") from None
    except (gzip.BadGzipFile, zlib.error) as error:
        raise _fault(called, "an intact gzip file", f"damaged data ({error})") from None
    except OSError as error:
        raise DataError(f"{called} cannot be read ({error.strerror or error}).") from None


def idx_sha256(values: NDArray[np.uint8]) -> str:
    """SHA-256, in hexadecimal, of the unpacked IDX file that holds these values."""
    digest = hashlib.sha256(idx_header(values.shape))
    digest.update(np.ascontiguousarray(values).data)
    return digest.hexdigest()


def idx_header(dims: tuple[int, ...]) -> bytes:
    """The bytes that an IDX file of unsigned bytes with these axes begins with."""
    return struct.pack(f">HBB{len(dims)}I", 0, UNSIGNED_BYTE, len(dims), *dims)


def _read(
    file: IO[bytes] | gzip.GzipFile, dims: tuple[int, ...] | None, called: str, most_bytes: int | None
) -> NDArray[np.uint8]:
    found = _read_header(file, called)
    if dims is not None and found != dims:
        raise _fault(called, f"values of shape {_shape(dims)}", _shape(found))
    size = math.prod(found)
    if most_bytes is not None and size > most_bytes:
        raise _fault(called, f"at most {most_bytes:,} values", f"{size:,} ({_shape(found)})")
    values = bytearray()
    # One byte more is asked for than there should be: that shows a file which is too long, and lets gzip check its sum.
    while len(values) <= size and (chunk := file.read(min(_CHUNK, size + 1 - len(values)))):
        values += chunk
    if len(values) != size:
        amount = "more than that" if len(values) > size else f"only {len(values):,} (truncated)"
        raise _fault(called, f"{size:,} bytes after its header ({_shape(found)})", amount)
    return np.frombuffer(values, dtype=np.uint8).reshape(found)


def _read_header(file: IO[bytes] | gzip.GzipFile, called: str) -> tuple[int, ...]:
    magic = file.read(4)
    if not magic:
        raise _fault(called, "an IDX file", "an empty file")
    if len(magic) < 4 or magic[:2] != b"\0\0" or not magic[3]:
        raise _fault(called, "an IDX file, which begins with the bytes 00 00 08", _bytes(magic))
    if magic[2] != UNSIGNED_BYTE:
        kind = OTHER_TYPES.get(magic[2], "an unknown type of values")
        raise _fault(called, "unsigned bytes (type 0x08)", f"{kind} (type 0x{magic[2]:02x})")
    rank = magic[3]
    lengths = file.read(4 * rank)
    if len(lengths) < 4 * rank:
        raise _fault(called, f"a header of {4 + 4 * rank} bytes", f"only {4 + len(lengths)} (truncated)")
    return struct.unpack(f">{rank}I", lengths)


def _fault(called: str, expected: str, found: str) -> DataError:
    return DataError(f"{called} is wrong: expected {expected}; found {found}.")


def _shape(dims: tuple[int, ...]) -> str:
    return " x ".join(f"{length:,}" for length in dims)


def _bytes(start: bytes) -> str:
    text = start.decode("ascii", errors="replace")
    readable = f" ({text!r})" if text.isprintable() and text.isascii() else ""
    return f"{start.hex(' ')}{readable}"
