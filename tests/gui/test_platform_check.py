"""Whether a window can be opened is said before Qt would abort."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from nnviz.gui import platform_check

linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has these problems")

LDD = """\
\tlinux-vdso.so.1 (0x00007ffd2d5f2000)
\tlibQt6XcbQpa.so.6 => /opt/qt/lib/libQt6XcbQpa.so.6 (0x00007f3a6c000000)
\tlibxcb-cursor.so.0 => not found
\tlibxcb-icccm.so.4 => not found
\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f3a6be1f000)
\tlibxcb-cursor.so.0 => not found
\t/lib64/ld-linux-x86-64.so.2 (0x00007f3a6c4f2000)
"""


def test_reads_what_ldd_did_not_find() -> None:
    found = platform_check.libraries_not_found(LDD)
    assert set(found) == {"libxcb-cursor.so.0", "libxcb-icccm.so.4"}


# Taken from Debian's index of package contents.
@pytest.mark.parametrize(
    ("library", "package"),
    [
        ("libxcb-cursor.so.0", "libxcb-cursor0"),
        ("libxcb-icccm.so.4", "libxcb-icccm4"),
        ("libxcb-keysyms.so.1", "libxcb-keysyms1"),
        ("libxcb-render-util.so.0", "libxcb-render-util0"),
        ("libxkbcommon.so.0", "libxkbcommon0"),
        ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
        ("libX11-xcb.so.1", "libx11-xcb1"),
        ("libEGL.so.1", "libegl1"),
        ("libGL.so.1", "libgl1"),
        ("libGLX.so.0", "libglx0"),
        ("libdbus-1.so.3", "libdbus-1-3"),
        ("libglib-2.0.so.0", "libglib2.0-0"),
        ("libgthread-2.0.so.0", "libglib2.0-0"),
        ("libfontconfig.so.1", "libfontconfig1"),
        ("libpng16.so.16", "libpng16-16"),
        ("libwayland-client.so.0", "libwayland-client0"),
        ("libz.so.1", "zlib1g"),
    ],
)
def test_knows_debians_package(library: str, package: str) -> None:
    assert platform_check.debian_package(library) == package


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, []),
        ({"DISPLAY": ""}, []),
        ({"DISPLAY": ":0"}, ["xcb"]),
        ({"WAYLAND_DISPLAY": "wayland-0"}, ["wayland"]),
        ({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, ["wayland", "xcb"]),
        ({"QT_QPA_PLATFORM": "offscreen", "DISPLAY": ":0"}, ["offscreen"]),
        ({"QT_QPA_PLATFORM": "xcb;wayland"}, ["xcb", "wayland"]),
        ({"QT_QPA_PLATFORM": "vnc:size=800x600"}, ["vnc"]),
    ],
)
def test_follows_qts_choice_of_a_platform(environment: dict[str, str], expected: list[str]) -> None:
    assert platform_check.platforms(environment) == expected


@linux_only
def test_no_screen_is_one_sentence_with_a_way_out() -> None:
    sentence = platform_check.problem({})
    assert sentence is not None
    assert "DISPLAY" in sentence
    assert "xvfb-run" in sentence
    assert "\n" not in sentence


def test_other_systems_need_no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert platform_check.problem({}) is None


@linux_only
def test_offscreen_is_always_possible() -> None:
    assert platform_check.problem({"QT_QPA_PLATFORM": "offscreen"}) is None


@linux_only
def test_missing_libraries_are_named_with_the_command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    plugin = tmp_path / "libqxcb.so"
    plugin.write_bytes(b"no library")
    monkeypatch.setattr(platform_check, "_plugins", lambda environment: [plugin])
    monkeypatch.setattr(platform_check, "missing_libraries", lambda environment: ["libxcb-cursor.so.0"])
    monkeypatch.setattr(platform_check, "advice", lambda libraries: f"get {libraries}")
    sentence = platform_check.library_problem({"DISPLAY": ":0"})
    assert sentence == (
        "Qt cannot open a window here, because the system lacks libxcb-cursor.so.0: get ['libxcb-cursor.so.0']."
    )


@linux_only
def test_one_platform_that_loads_is_enough(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = tmp_path / "libqwayland.so"
    broken.write_bytes(b"no library")
    both = [broken, *platform_check._plugins({"QT_QPA_PLATFORM": "offscreen"})]
    monkeypatch.setattr(platform_check, "_plugins", lambda environment: both)
    assert platform_check.library_problem({}) is None
    monkeypatch.setattr(platform_check, "_plugins", lambda environment: both[:1])
    assert "libqwayland.so" in (platform_check.library_problem({}) or "")


@linux_only
def test_a_screen_that_does_not_answer_is_named() -> None:
    sentence = platform_check.connection_problem({"DISPLAY": ":48217"})
    assert sentence is not None
    assert "DISPLAY=:48217" in sentence


@linux_only
def test_a_wayland_screen_is_asked_through_its_socket(tmp_path: Path) -> None:
    environment = {"XDG_RUNTIME_DIR": str(tmp_path), "WAYLAND_DISPLAY": "wayland-7"}
    assert "WAYLAND_DISPLAY=wayland-7" in (platform_check.connection_problem(environment) or "")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "wayland-7"))
        server.listen()
        assert platform_check.connection_problem(environment) is None


@linux_only
def test_finds_a_font_in_any_folder_below(tmp_path: Path) -> None:
    folders = (str(tmp_path), str(tmp_path / "absent"))
    (tmp_path / "truetype").mkdir()
    (tmp_path / "truetype" / "README.txt").touch()
    assert not platform_check.has_fonts(folders)
    (tmp_path / "truetype" / "DejaVuSans.TTF").touch()
    assert platform_check.has_fonts(folders)


def test_is_asked_without_loading_qt() -> None:
    code = "import sys; from nnviz.gui import platform_check; sys.exit('PySide6' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
