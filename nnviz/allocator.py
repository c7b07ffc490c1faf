"""How the C library keeps memory that torch has freed."""

from __future__ import annotations

import ctypes
import sys

M_TRIM_THRESHOLD = -1
M_MMAP_THRESHOLD = -3
M_ARENA_MAX = -8
"""Names and numbers of glibc's malloc.h."""

LARGEST_MMAP_THRESHOLD = 32 * 1024 * 1024
"""The most that glibc takes."""

NEVER = 2**31 - 1


def keep_freed_memory() -> bool:
    """Let freed memory stay in the process, in one pool for all threads; returns whether the C library could do so.

    A training step allocates and frees the same few megabytes again and again. glibc gives them back to the system each
    time, above all those of threads other than the main one, and the system then has to clear every page anew: training
    on a thread of its own was a fifth slower. The process stays as large as it was at its largest.

    Must be called before the first thread is started. Only glibc, that is most Linux systems, needs it and has it.

    Source: mallopt(3), the manual of glibc.
    """
    if not sys.platform.startswith("linux"):
        return False
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError):
        return False
    settings = ((M_ARENA_MAX, 1), (M_MMAP_THRESHOLD, LARGEST_MMAP_THRESHOLD), (M_TRIM_THRESHOLD, NEVER))
    return all(mallopt(name, value) == 1 for name, value in settings)
