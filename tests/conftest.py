"""What every test gets: folders of its own, no network but this machine, and a check that no thread is left behind."""

from __future__ import annotations

import socket
import sys
import threading
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

LONGEST_END_S = 10
"""Seconds that a thread which is about to end may take for it."""

HERE = {"localhost", "127.0.0.1", "::1", "", None}


@pytest.fixture(autouse=True)
def _own_folders(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Settings, caches and data of the user who runs the tests are neither read nor changed."""
    for variable in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(variable, str(tmp_path / "home" / variable.lower()))


@pytest.fixture(autouse=True)
def _all_digits() -> Iterator[None]:
    """Who trains on this thread takes numbers below 1e-38 as zero from then on; the next test shall not."""
    yield
    if "torch" in sys.modules:
        sys.modules["torch"].set_flush_denormal(False)


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection to another machine fails the test, also where the code would take it for being offline."""
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def checked_connect(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and address[0] not in HERE:
            pytest.fail(f"The test wants to reach {address[0]}; no test may need a network.")
        connect(self, address)

    def checked_look_up(host: Any, *args: Any, **kwargs: Any) -> Any:
        if host not in HERE:
            pytest.fail(f"The test asks for the address of {host}; no test may need a network.")
        return look_up(host, *args, **kwargs)

    monkeypatch.setattr(socket.socket, "connect", checked_connect)
    monkeypatch.setattr(socket, "getaddrinfo", checked_look_up)


@pytest.fixture(autouse=True)
def _no_leaked_threads(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A test that leaves a thread or a QThread running fails, with the thread's name."""
    before = set(threading.enumerate())
    started = _started_qthreads(monkeypatch) if "PySide6.QtCore" in sys.modules else weakref.WeakSet()
    yield
    leaked = []
    for thread in set(threading.enumerate()) - before:
        # What runs on a QThread shows up here too, and stays listed when it has ended.
        if isinstance(thread, threading._DummyThread):
            continue
        thread.join(timeout=LONGEST_END_S)
        if thread.is_alive():
            leaked.append(thread.name)
    leaked += [thread.objectName() or type(thread).__name__ for thread in started if _still_runs(thread)]
    assert not leaked, f"The test left threads running: {', '.join(sorted(leaked))}."


def _started_qthreads(monkeypatch: pytest.MonkeyPatch) -> weakref.WeakSet[Any]:
    from PySide6.QtCore import QThread

    started: weakref.WeakSet[Any] = weakref.WeakSet()
    start = QThread.start

    def noted_start(self: QThread, *args: Any) -> None:
        started.add(self)
        start(self, *args)

    monkeypatch.setattr(QThread, "start", noted_start)
    return started


def _still_runs(thread: Any) -> bool:
    import shiboken6

    return shiboken6.isValid(thread) and thread.isRunning() and not thread.wait(1000 * LONGEST_END_S)
