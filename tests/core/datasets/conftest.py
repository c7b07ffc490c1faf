"""A data set of a few hand-made images, and mirrors on this machine that misbehave on demand."""

from __future__ import annotations

import gzip
import hashlib
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from nnviz.core.datasets import LoadContext
from nnviz.core.datasets.files import MIRROR_VARIABLE, FileSet, IdxFile
from nnviz.core.datasets.idx_images import IdxImages
from nnviz.core.datasets.mnist import Mnist

NAMES = tuple(file.name for file in Mnist.file_set.files)


@dataclass(frozen=True)
class Tiny:
    """A data set like MNIST with 40 images of 20 x 20 pixels; incompressible, so that parts have some length."""

    arrays: dict[str, NDArray[np.uint8]]
    sums: dict[str, str]

    @staticmethod
    def idx_bytes(values: NDArray[np.uint8]) -> bytes:
        """An IDX file's bytes, spelled out here once more, independently of the reader."""
        lengths = b"".join(struct.pack(">I", length) for length in values.shape)
        return bytes([0, 0, 8, values.ndim]) + lengths + values.tobytes()

    def packed(self, name: str) -> bytes:
        return gzip.compress(self.idx_bytes(self.arrays[name]), mtime=0)

    def write(self, folder: Path, *, packed: bool = True) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        for name, values in self.arrays.items():
            path = folder / (f"{name}.gz" if packed else name)
            path.write_bytes(self.packed(name) if packed else self.idx_bytes(values))
        return folder

    def file_set(self, *mirrors: str, **changes: Any) -> FileSet:
        files = tuple(replace(IdxFile(name, self.arrays[name].shape, self.sums[name]), **changes) for name in NAMES)
        return FileSet(name="tiny", title="Tiny", files=files, mirrors=mirrors, folders=("Tiny/raw",))

    def spec(self, *mirrors: str) -> IdxImages:
        class TinyImages(IdxImages):
            title = "Tiny"
            file_set = self.file_set(*mirrors)
            validation_size = 10

            @property
            def classes(self) -> tuple[str, ...]:
                return tuple("0123456789")

        return TinyImages()


@pytest.fixture(scope="session")
def tiny() -> Tiny:
    rng = np.random.default_rng(1)
    arrays = {
        NAMES[0]: rng.integers(0, 256, (40, 20, 20), dtype=np.uint8),
        NAMES[1]: (np.arange(40) % 10).astype(np.uint8),
        NAMES[2]: rng.integers(0, 256, (20, 20, 20), dtype=np.uint8),
        NAMES[3]: (np.arange(20) % 10).astype(np.uint8),
    }
    sums = {name: hashlib.sha256(Tiny.idx_bytes(values)).hexdigest() for name, values in arrays.items()}
    return Tiny(arrays, sums)


@pytest.fixture
def context(tmp_path: Path) -> LoadContext:
    return LoadContext(cache_dir=tmp_path / "cache")


@pytest.fixture(autouse=True)
def _no_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No proxy between us and our mirrors, no mirrors of the machine, and never the user's own cache."""
    for variable in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(variable, raising=False)
        monkeypatch.delenv(variable.upper(), raising=False)
    monkeypatch.delenv(MIRROR_VARIABLE, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))


@dataclass
class Mirror:
    """A web server on this machine.

    Attributes:
        files: What it has, by path.
        requests: Path and Range header of every request, in order.
        ranges: Whether it understands Range.
        status: A status to answer everything with, or None.
        cuts: For the coming requests in turn: after how many bytes the connection is cut; None for not at all.
        stalls_after: After how many bytes nothing more comes, or None.
        says_length: Whether it says how long its answers are.
        headers: More headers of its answers.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    requests: list[tuple[str, str | None]] = field(default_factory=list)
    ranges: bool = True
    status: int | None = None
    cuts: list[int | None] = field(default_factory=list)
    stalls_after: int | None = None
    says_length: bool = True
    headers: dict[str, str] = field(default_factory=dict)
    url: str = ""
    closing: threading.Event = field(default_factory=threading.Event)

    def serve(self, tiny: Tiny) -> Mirror:
        self.files |= {f"/{name}.gz": tiny.packed(name) for name in NAMES}
        return self

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        wanted = handler.headers.get("Range")
        self.requests.append((handler.path, wanted))
        body = self.files.get(handler.path)
        if self.status is not None or body is None:
            handler.send_error(self.status or 404)
            return
        start = int(wanted.removeprefix("bytes=").removesuffix("-")) if wanted and self.ranges else 0
        if start and start >= len(body):
            handler.send_error(416)
            return
        handler.send_response(206 if start else 200)
        headers = {"Content-Range": f"bytes {start}-{len(body) - 1}/{len(body)}"} if start else {}
        if self.says_length:
            headers["Content-Length"] = str(len(body) - start)
        for name, value in (headers | self.headers).items():
            handler.send_header(name, value)
        handler.end_headers()
        cut = self.cuts.pop(0) if self.cuts else None
        if self.stalls_after is not None:
            handler.wfile.write(body[start : start + self.stalls_after])
            handler.wfile.flush()
            self.closing.wait(30)
            return
        handler.wfile.write(body[start:] if cut is None else body[start : start + cut])
        handler.wfile.flush()
        if cut is not None:
            handler.connection.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def mirror() -> Iterator[Callable[[], Mirror]]:
    """Make as many mirrors as a test needs."""
    started: list[tuple[Mirror, ThreadingHTTPServer, threading.Thread]] = []

    def start() -> Mirror:
        new = Mirror()

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                new.answer(self)

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
                """Keep quiet."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = False  # Closing then waits for the handlers: no thread outlives its test.
        new.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        started.append((new, server, thread))
        return new

    yield start
    for made, server, thread in started:
        made.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def dead_url() -> str:
    """An address at which nothing listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}"
