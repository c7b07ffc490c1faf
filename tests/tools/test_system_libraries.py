"""What Qt lacks is installed where that is allowed and named elsewhere."""

from __future__ import annotations

import sys

import pytest

from nnviz.gui import platform_check
from tools import debian, system_libraries

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has these problems")


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What would have been installed, by a root who may."""
    calls: list[list[str]] = []

    def install(packages: list[str]) -> bool:
        calls.append(packages)
        return True

    monkeypatch.setattr(debian, "may_install", lambda: True)
    monkeypatch.setattr(debian, "install", install)
    return calls


def test_installs_libraries_and_fonts_in_one_go(
    monkeypatch: pytest.MonkeyPatch, installed: list[list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    missing = ["libglib-2.0.so.0", "libgthread-2.0.so.0", "libEGL.so.1"]
    monkeypatch.setattr(platform_check, "missing_libraries", lambda environment: missing)
    monkeypatch.setattr(platform_check, "has_fonts", lambda: False)
    assert system_libraries.main([]) == 0
    assert installed == [["fonts-dejavu-core", "libegl1", "libglib2.0-0"]]
    assert "boxes" in capsys.readouterr().err


def test_a_whole_system_is_left_alone(monkeypatch: pytest.MonkeyPatch, installed: list[list[str]]) -> None:
    monkeypatch.setattr(platform_check, "missing_libraries", lambda environment: [])
    monkeypatch.setattr(platform_check, "has_fonts", lambda: True)
    assert system_libraries.main([]) == 0
    assert installed == []


def test_tests_need_no_screen_but_the_window_does(
    monkeypatch: pytest.MonkeyPatch, installed: list[list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(platform_check, "missing_libraries", lambda environment: [])
    assert system_libraries.main([]) == 0
    assert system_libraries.main(["--window"]) == 1
    assert capsys.readouterr().err.count("There is no screen") == 1
