"""How much memory this computer has left, so that too large a wish is answered with a sentence and not with its end."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

_MEMINFO = Path("/proc/meminfo")


def available_memory() -> int | None:
    """Bytes that can still be taken without pushing others out; None where the system does not say.

    Linux grants more than there is and ends the process later, so that nothing could be said any more: who is about to
    take much asks before.
    """
    if _MEMINFO.exists():
        lines = dict(line.split(":", 1) for line in _MEMINFO.read_text().splitlines() if ":" in line)
        return int(lines["MemAvailable"].split()[0]) * 1024 if "MemAvailable" in lines else None
    if sys.platform == "win32":
        return _windows()
    try:
        # macOS tells the whole of it only, and makes room by itself.
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (ValueError, OSError):
        return None


def memory_text(size: float) -> str:
    """A number of bytes for people: "1.5 GB"."""
    return f"{size / 1e9:,.1f} GB" if size >= 1e9 else f"{size / 1e6:,.0f} MB"


def _windows() -> int | None:
    class Status(ctypes.Structure):
        _fields_ = (
            ("length", ctypes.c_ulong),
            ("load", ctypes.c_ulong),
            ("total", ctypes.c_ulonglong),
            ("available", ctypes.c_ulonglong),
            ("more", ctypes.c_ulonglong * 5),
        )

    status = Status()
    status.length = ctypes.sizeof(status)
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 (mypy knows it on Windows only)
    return int(status.available) if kernel.GlobalMemoryStatusEx(ctypes.byref(status)) else None
