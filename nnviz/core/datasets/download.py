"""Downloading one file: from several mirrors, with progress, resumable, and under its name only when it is right."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from http import HTTPStatus
from pathlib import Path
from typing import TypeVar

from nnviz.core.datasets.base import DataError, LoadCancelled, LoadContext
from nnviz.core.datasets.web_stream import StallError, WebStream

T = TypeVar("T")

ATTEMPTS = 10
"""How often a cut connection is taken up again at one mirror, while each time some bytes more arrive."""


class DownloadError(DataError):
    """No mirror gave the file; the sentence lists what each of them did."""


def download(
    file_name: str,
    mirrors: Sequence[str],
    folder: Path,
    check: Callable[[Path, str], T],
    *,
    what: str,
    most_bytes: int,
    context: LoadContext,
) -> tuple[T, str]:
    """Download one file into `folder`, from the first mirror that has it whole and right.

    What arrives is written to a `.part` file, one for each address, because mirrors pack differently. It stays when the
    connection breaks or the download is cancelled, and is gone on with next time (RFC 9110, section 14: Range).
    Only a file that passed `check` is renamed to its own name, after it has been forced to the disk.

    Args:
        file_name: Name of the file at the mirrors and in the folder.
        mirrors: Base addresses, tried in this order.
        folder: Where to put the file; made if it is not there.
        check: Reads the file at a path and returns what it holds; given also the address, to call the file by.
        what: The file's name for people, for progress and errors.
        most_bytes: More than this and the mirror sends something else.
        context: Progress is told, and cancelling asked, here.

    Returns:
        What `check` returned, and the base address that the file came from.

    Raises:
        LoadCancelled: If the context says so.
        DownloadError: If no mirror gave the right file.
        DataError: If the folder cannot be written or the disk is full.
    """
    failures: list[str] = []
    for base in mirrors:
        url = f"{base}/{file_name}"
        part = folder / f"{file_name}.{hashlib.sha256(url.encode()).hexdigest()[:8]}.part"
        try:
            with _disk_faults(what, folder, part):
                folder.mkdir(parents=True, exist_ok=True)
                content = _from_one_mirror(url, part, check, what, most_bytes, context)
                part.replace(folder / file_name)
                for rest in folder.glob(f"{file_name}.*.part"):
                    rest.unlink()
        except _MirrorError as error:
            failures.append(f"{base.partition('://')[2] or base}: {error}")
        else:
            return content, base
    raise DownloadError("; ".join(failures) or "there is no mirror to download it from")


class _MirrorError(Exception):
    """This mirror will not give the file; another may."""


class _CutError(Exception):
    """The connection broke; what arrived is in the part."""


def _from_one_mirror(
    url: str, part: Path, check: Callable[[Path, str], T], what: str, most_bytes: int, context: LoadContext
) -> T:
    reason = ""
    for _ in range(ATTEMPTS):
        size_before = _size(part)
        try:
            resumed = _transfer(url, part, what, most_bytes, context)
        except _CutError as error:
            if _size(part) <= size_before:
                raise _MirrorError(str(error)) from None
            reason = str(error)
            continue
        try:
            return check(part, url)
        except DataError as error:
            part.unlink(missing_ok=True)
            if not resumed:
                raise _MirrorError(str(error)) from None
            # The part may have been of an older version of the file: once more, from the start.
            reason = str(error)
    raise _MirrorError(reason)


def _transfer(url: str, part: Path, what: str, most_bytes: int, context: LoadContext) -> bool:
    """Append to the part what it lacks; True if it had something already that was kept."""
    import requests
    import urllib3

    done = _size(part)
    # Without "identity" a server may pack the packed file once more.
    headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={done}-"} if done else {})
    try:
        with WebStream(url, headers, lambda: _stop_if_cancelled(context)) as stream:
            response = stream.answer()
            if done and response.status_code == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
                return True  # There is no more: the part is whole, or wrong, which the check will see.
            if response.status_code not in (HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT):
                raise _MirrorError(f"it answered {response.status_code} {response.reason}")
            resumed = response.status_code == HTTPStatus.PARTIAL_CONTENT
            if resumed and not response.headers.get("Content-Range", "").startswith(f"bytes {done}-"):
                part.unlink(missing_ok=True)
                raise _MirrorError("it sent another part than the one that was asked for")
            done = done if resumed else 0
            length = response.headers.get("Content-Length", "")
            total = done + int(length) if length.isdigit() else 0
            with part.open("ab" if resumed else "wb") as file:
                for chunk in stream.chunks():
                    file.write(chunk)
                    done += len(chunk)
                    if done > most_bytes:
                        break
                    context.progress(what, done, total)
                file.flush()
                os.fsync(file.fileno())
    except (requests.RequestException, urllib3.exceptions.HTTPError, StallError) as error:
        raise _CutError(_in_words(error)) from None
    if done > most_bytes:
        part.unlink()
        raise _MirrorError(f"expected at most {most_bytes:,} bytes; found more")
    return resumed


def _stop_if_cancelled(context: LoadContext) -> None:
    if context.cancelled():
        raise LoadCancelled("The download was cancelled; the next one goes on where it stopped.")


@contextlib.contextmanager
def _disk_faults(what: str, folder: Path, part: Path) -> Iterator[None]:
    """Turn what the file system refuses into a sentence."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
            raise DataError(
                f"The disk is full: {what} could not be written to {folder}. Make room there, or name a folder that "
                "has the files with --data-dir."
            ) from None
        raise DataError(
            f"{what} could not be written to {folder} ({error.strerror or error}). Make that folder writable, or name "
            "a folder that has the files with --data-dir."
        ) from None


def _in_words(error: Exception) -> str:
    import requests
    import urllib3

    words: list[tuple[tuple[type[Exception], ...], str]] = [
        ((requests.ConnectTimeout,), "no answer"),
        ((requests.ReadTimeout, urllib3.exceptions.ReadTimeoutError), "it stalled"),
        ((requests.exceptions.SSLError,), "its certificate was not accepted"),
        ((requests.exceptions.ProxyError,), "the proxy could not be reached"),
        ((requests.ConnectionError,), "no connection"),
        ((urllib3.exceptions.ProtocolError,), "the connection was cut"),
    ]
    return next((text for kinds, text in words if isinstance(error, kinds)), str(error).rstrip("."))


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
