"""The command `nnviz` and `python -m nnviz`: which of window and command line is opened."""

from __future__ import annotations

import runpy
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from nnviz import __version__


def by_command() -> None:
    (command,) = entry_points(group="console_scripts", name="nnviz")
    command.load()()


def by_module() -> None:
    runpy.run_module("nnviz", run_name="__main__")


HOW = {"nnviz": by_command, "python -m nnviz": by_module}

Opened = list[tuple[Path | None, Path | None]]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Opened:
    """Every window that would have been opened: its data folder and its file. Its exit code is 7."""
    windows: Opened = []

    def window_main(data_dir: Path | None = None, file: Path | None = None) -> int:
        windows.append((data_dir, file))
        return 7

    monkeypatch.setattr("nnviz.launch.window_main", window_main)
    return windows


def start(how: str, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """Start nnviz in this process; returns its exit code."""
    monkeypatch.setattr(sys, "argv", ["nnviz", *arguments])
    with pytest.raises(SystemExit) as ended:
        HOW[how]()
    return int(ended.value.code or 0)


@pytest.mark.parametrize("how", HOW)
class TestStart:
    def test_opens_the_window(self, how: str, monkeypatch: pytest.MonkeyPatch, opened: Opened) -> None:
        assert start(how, monkeypatch) == 7
        assert opened == [(None, None)]

    def test_opens_the_window_on_a_project(self, how: str, monkeypatch: pytest.MonkeyPatch, opened: Opened) -> None:
        assert start(how, monkeypatch, "Mine.NNVIZ") == 7
        assert opened == [(None, Path("Mine.NNVIZ"))]

    def test_opens_the_window_on_a_lesson(self, how: str, monkeypatch: pytest.MonkeyPatch, opened: Opened) -> None:
        assert start(how, monkeypatch, "lesson.nnlab") == 7
        assert opened == [(None, Path("lesson.nnlab"))]

    def test_runs_a_command_without_a_window(
        self, how: str, monkeypatch: pytest.MonkeyPatch, opened: Opened, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert start(how, monkeypatch, "--version") == 0
        assert __version__ in capsys.readouterr().out
        assert opened == []
