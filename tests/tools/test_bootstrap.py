"""The first step runs on whatever Python there is."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

from tools import bootstrap


def script(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(["#!/bin/sh", *lines, ""]))
    path.chmod(0o755)
    return path


def test_can_be_read_by_python_3_6() -> None:
    source = Path(bootstrap.__file__).read_text(encoding="utf-8")
    tree = ast.parse(source, feature_version=(3, 6))
    at_start = {alias.name for node in tree.body if isinstance(node, ast.Import) for alias in node.names}
    assert at_start == {"os", "subprocess", "sys"}
    assert not any(isinstance(node, ast.ImportFrom) for node in tree.body)


def test_a_python_must_start_and_be_new(tmp_path: Path) -> None:
    assert bootstrap.runs(sys.executable)
    assert not bootstrap.runs(str(tmp_path / "python3.12"))
    # A version manager's stand-in for a version that is not installed.
    assert not bootstrap.runs(str(script(tmp_path / "python3.13", "echo 'not installed' >&2; exit 127")))


def test_an_old_python_alone_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2, "final", 0))
    monkeypatch.setattr(sys, "executable", "/usr/bin/python3")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert bootstrap.main([]) == 1
    message = capfd.readouterr().err
    assert message.startswith("nnviz needs Python 3.11 or newer, but /usr/bin/python3 is Python 3.9")
    assert message.count("\n") == 1


def test_an_old_python_hands_over_to_a_newer_one(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    script(tmp_path / "python3.12", 'test "$1" = -c && exit 0', 'echo "took over: $2"', "exit 5")
    monkeypatch.setattr(sys, "version_info", (3, 9, 2, "final", 0))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert bootstrap.main(["--window"]) == 5
    assert capfd.readouterr().out == "took over: --window\n"
