"""Can a window be opened here? Asked before Qt is, because Qt answers by aborting the process.

Standard library only, no Qt: this is imported before `QApplication` is made, and by the set-up of the repository
before anything is installed. Only Linux has these problems; elsewhere every answer is "no problem".
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import re
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

# Sockets of a screen answer at once or not at all.
CONNECT_TIMEOUT_S = 2.0

# Debian's packages are named after the library by rule; these are the exceptions among the ones that Qt links.
_ODD_PACKAGES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libz.so.1": "zlib1g",
    "libstdc++.so.6": "libstdc++6",
    "libgcc_s.so.1": "libgcc-s1",
    "libGLX.so.0": "libglx0",
    "libGLdispatch.so.0": "libglvnd0",
    "libpng16.so.16": "libpng16-16",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libbrotlidec.so.1": "libbrotli1",
    "libbrotlicommon.so.1": "libbrotli1",
}

_FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")
_FONT_FILES = (".ttf", ".otf", ".ttc", ".pfb")


def problem(environment: Mapping[str, str] = os.environ) -> str | None:
    """Why no window can be opened, as one sentence that says what to do; None if nothing stands in the way."""
    return screen_problem(environment) or library_problem(environment) or connection_problem(environment)


def screen_problem(environment: Mapping[str, str] = os.environ) -> str | None:
    """The sentence for a machine without a screen, from the environment variables alone; needs nothing installed."""
    if not _is_linux() or platforms(environment):
        return None
    return (
        "There is no screen to open the window on (neither DISPLAY nor WAYLAND_DISPLAY is set): start nnviz from a "
        'desktop session, log in with "ssh -X", or put "xvfb-run -a" before the command for a virtual screen; '
        '"nnviz --help" lists what works without a window.'
    )


def library_problem(environment: Mapping[str, str] = os.environ) -> str | None:
    """The sentence for a machine that lacks shared libraries that Qt's window needs."""
    if not _is_linux():
        return None
    reports = [_load_error(plugin) for plugin in _plugins(environment)]
    if not reports or None in reports:
        return None
    missing = missing_libraries(environment)
    if not missing:
        return f"Qt cannot open a window here, because a library of this system does not fit: {reports[0]}."
    return f"Qt cannot open a window here, because the system lacks {', '.join(missing)}: {advice(missing)}."


def connection_problem(environment: Mapping[str, str] = os.environ) -> str | None:
    """The sentence for a screen that is named but does not answer. Needs the libraries, so ask for those first."""
    if not _is_linux():
        return None
    failures = []
    for platform in platforms(environment):
        if platform == "wayland" and not _wayland_answers(environment):
            failures.append(f"WAYLAND_DISPLAY={environment.get('WAYLAND_DISPLAY', '')}")
        elif platform == "xcb" and not _x11_answers(environment.get("DISPLAY", "")):
            failures.append(f"DISPLAY={environment.get('DISPLAY', '')}")
        else:
            return None
    return (
        f"The screen that {' and '.join(failures)} names does not answer: start nnviz from the desktop session itself, "
        'correct the variable, or put "xvfb-run -a" before the command for a virtual screen.'
    )


def platforms(environment: Mapping[str, str] = os.environ) -> list[str]:
    """Names of Qt's platform plugins in the order in which Qt will try them; empty without a screen."""
    chosen = environment.get("QT_QPA_PLATFORM", "")
    if chosen:
        # "wayland;xcb" is a list, "offscreen:size=800x600" a name with options.
        return [name.split(":")[0] for name in chosen.split(";")]
    found = {"wayland": environment.get("WAYLAND_DISPLAY"), "xcb": environment.get("DISPLAY")}
    return [name for name, screen in found.items() if screen]


def missing_libraries(environment: Mapping[str, str] = os.environ) -> list[str]:
    """Names of the shared libraries (such as "libxcb-cursor.so.0") that Qt needs here and the system lacks, sorted."""
    missing: set[str] = set()
    for file in [*_plugins(environment), *_modules()]:
        # ldd speaks the user's language otherwise.
        command = ["ldd", str(file)]
        try:
            done = subprocess.run(
                command, env={**os.environ, "LC_ALL": "C"}, capture_output=True, text=True, check=False
            )
        except OSError:
            return []
        missing.update(libraries_not_found(done.stdout))
    return sorted(missing)


def libraries_not_found(ldd_output: str) -> list[str]:
    """The libraries that a report of ldd calls "not found"."""
    return re.findall(r"^\s*(\S+) => not found", ldd_output, flags=re.MULTILINE)


def debian_package(library: str) -> str:
    """Debian's package for a shared library: "libxcb-cursor.so.0" comes with libxcb-cursor0.

    The name follows from the library's (Debian Policy 8.1: name and version, with a hyphen between two digits).
    """
    if library in _ODD_PACKAGES:
        return _ODD_PACKAGES[library]
    name, _, version = library.partition(".so")
    version = version.lstrip(".")
    hyphen = "-" if version and name[-1].isdigit() else ""
    return (name + hyphen + version).lower().replace("_", "-")


def advice(libraries: list[str]) -> str:
    """What to type to get `libraries`, for the kind of system this is."""
    if Path("/etc/debian_version").exists():
        return f"sudo apt-get install {' '.join(sorted({debian_package(name) for name in libraries}))}"
    if Path("/usr/bin/dnf").exists():
        suffix = "()(64bit)" if sys.maxsize > 2**32 else ""
        return "sudo dnf install " + " ".join(f"'{name}{suffix}'" for name in libraries)
    return "install the packages that contain them with the system's package manager"


def has_fonts(folders: tuple[str, ...] = _FONT_FOLDERS) -> bool:
    """Whether the system has any font; without one Qt shows a box for every letter. Always true outside Linux."""
    if not _is_linux():
        return True
    paths = (path for folder in folders for path in Path(folder).expanduser().rglob("*"))
    return any(path.suffix.lower() in _FONT_FILES for path in paths)


def _is_linux() -> bool:
    return sys.platform.startswith("linux")


def _qt_folder() -> Path | None:
    spec = importlib.util.find_spec("PySide6")
    locations = spec.submodule_search_locations if spec else None
    return Path(next(iter(locations))) if locations else None


def _plugins(environment: Mapping[str, str]) -> list[Path]:
    folder = _qt_folder()
    if folder is None:
        return []
    files = [folder / "Qt" / "plugins" / "platforms" / f"libq{name}.so" for name in platforms(environment)]
    return [file for file in files if file.exists()]


def _modules() -> list[Path]:
    folder = _qt_folder()
    if folder is None:
        return []
    files = [folder / f"{name}.abi3.so" for name in ("QtCore", "QtGui", "QtWidgets", "QtSvg", "QtTest")]
    return [file for file in files if file.exists()]


def _load_error(file: Path) -> str | None:
    """What the dynamic loader says against `file`; None if it loads. Qt loads it again in no time."""
    try:
        ctypes.CDLL(str(file))
    except OSError as error:
        return str(error)
    return None


def _x11_answers(display: str) -> bool:
    """Whether the X server accepts a connection, its password (the X authority) included."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return False
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(display.encode(), None)
    if xcb.xcb_connection_has_error(connection) != 0:
        # Even a failed connection is an object that must be freed.
        xcb.xcb_disconnect(connection)
        return False
    # A working one stays open to the end of the process: a server without other clients starts anew when the last one
    # leaves, as Xvfb does, and would turn Qt away that comes a moment later.
    return True


def _wayland_answers(environment: Mapping[str, str]) -> bool:
    # An absolute name stands for itself, another one lies in the session's folder: os.path.join does just that.
    path = os.path.join(environment.get("XDG_RUNTIME_DIR", ""), environment.get("WAYLAND_DISPLAY", ""))
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(CONNECT_TIMEOUT_S)
        try:
            client.connect(path)
        except OSError:
            return False
    return True
