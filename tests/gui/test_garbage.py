"""Cyclic garbage is collected on the GUI thread, and on no other."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnviz.gui import garbage
from nnviz.gui.garbage import GarbageCollector


class Loop:
    """Refers to itself, and notes the thread on which it is finalised."""

    def __init__(self, ended_on: set[str]) -> None:
        self.ended_on = ended_on
        self.me = self

    def __del__(self) -> None:
        self.ended_on.add(threading.current_thread().name)


@pytest.fixture
def collector(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[GarbageCollector]:
    monkeypatch.setattr(garbage, "COLLECT_EVERY_MS", 10)
    parent = QObject()
    collector = GarbageCollector(parent)
    yield collector
    collector.stop()


def test_what_another_thread_leaves_is_collected_on_this_one(qtbot: QtBot, collector: GarbageCollector) -> None:
    ended_on: set[str] = set()

    def litter() -> None:
        for _ in range(5000):
            Loop(ended_on)

    thread = threading.Thread(target=litter, name="littering")
    thread.start()
    thread.join()
    assert ended_on == set(), "collected while Python's own collection should be off"
    qtbot.waitUntil(lambda: bool(ended_on))
    assert ended_on == {threading.main_thread().name}


def test_python_collects_again_afterwards(collector: GarbageCollector) -> None:
    assert not gc.isenabled()
    collector.stop()
    assert gc.isenabled()
