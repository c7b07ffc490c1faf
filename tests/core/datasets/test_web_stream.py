from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from nnviz.core.datasets import web_stream
from nnviz.core.datasets.web_stream import StallError, WebStream

if TYPE_CHECKING:
    from conftest import Mirror


class Cancel(Exception):
    """What a caller raises to end the waiting."""


@pytest.fixture
def silent_url() -> Iterator[str]:
    """A server that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}/file"
    for thread in threading.enumerate():
        if thread.name == "download":
            thread.join(60)


def cancel_at(call: int) -> Callable[[], None]:
    calls = iter(range(1, call + 1))

    def check() -> None:
        if next(calls) == call:
            raise Cancel

    return check


def test_chunks_are_the_body(mirror: Callable[[], Mirror]) -> None:
    server = mirror()
    server.files["/file"] = bytes(range(256)) * 5_000
    with WebStream(f"{server.url}/file", {}, lambda: None) as stream:
        assert stream.answer().status_code == 200
        assert b"".join(stream.chunks()) == server.files["/file"]
    assert not stream._thread.is_alive()


def test_waiting_for_an_answer_can_be_ended(silent_url: str) -> None:
    with WebStream(silent_url, {}, cancel_at(3)) as stream, pytest.raises(Cancel):
        stream.answer()


def test_waiting_for_bytes_can_be_ended_and_leaves_no_thread(mirror: Callable[[], Mirror]) -> None:
    server = mirror()
    server.files["/file"] = bytes(5_000)
    server.stalls_after = 1_000
    with WebStream(f"{server.url}/file", {}, cancel_at(6)) as stream:
        stream.answer()
        with pytest.raises(Cancel):
            list(stream.chunks())
    assert not stream._thread.is_alive()


def test_caller_that_stops_reading_leaves_no_thread(mirror: Callable[[], Mirror]) -> None:
    server = mirror()
    server.files["/file"] = bytes(20_000_000)
    with WebStream(f"{server.url}/file", {}, lambda: None) as stream:
        stream.answer()
        assert len(next(stream.chunks())) > 0
    assert not stream._thread.is_alive()


def test_server_that_never_answers(silent_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_stream, "ANSWER_TIMEOUT_S", 0.1)
    with WebStream(silent_url, {}, lambda: None) as stream, pytest.raises(StallError, match=r"no answer within 0\.1 s"):
        stream.answer()
