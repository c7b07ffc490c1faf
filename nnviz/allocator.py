"""How the C library keeps memory that torch has freed."""

from __future__ import annotations

import ctypes
import sys

M_TRIM_THRESHOLD = -1
M_TOP_PAD = -2
M_MMAP_THRESHOLD = -3
M_ARENA_MAX = -8
"""Names and numbers of glibc's malloc.h."""

MADV_HUGEPAGE = 14
"""Of Linux's mman.h."""

LARGEST_MMAP_THRESHOLD = 32 * 1024 * 1024
"""The most that glibc takes."""

NEVER = 2**31 - 1

USUAL_TOP_PAD = 128 * 1024
"""By how much glibc lets the heap grow beyond what is asked for."""

RESERVED = 1024 * 1024 * 1024
"""Addresses that the heap may grow into on large pages; no memory before something is written there."""

LARGE_PAGE = 2 * 1024 * 1024
"""Bytes, on most processors; elsewhere the system takes the part that suits it."""


def keep_freed_memory() -> bool:
    """Let freed memory stay in the process, in one pool for all threads; returns whether the C library could do so.

    A training step allocates and frees the same few megabytes again and again. glibc gives them back to the system each
    time, above all those of threads other than the main one, and the system then has to clear every page anew: training
    on a thread of its own was a fifth slower. The process stays as large as it was at its largest.

    The pool is on large pages where the system has them for those who ask. Processors remember where a few thousand
    pages are; a large one is 512 of the usual ones.

    Must be called before the first thread is started. Only glibc, that is most Linux systems, needs it and has it.

    Source: mallopt(3), madvise(2), the manuals of glibc and Linux.
    """
    if not sys.platform.startswith("linux"):
        return False
    try:
        libc = ctypes.CDLL(None)
        mallopt = libc.mallopt
    except (AttributeError, OSError):
        return False
    settings = ((M_ARENA_MAX, 1), (M_MMAP_THRESHOLD, LARGEST_MMAP_THRESHOLD), (M_TRIM_THRESHOLD, NEVER))
    kept = all(mallopt(name, value) == 1 for name, value in settings)
    if kept:
        _ask_for_large_pages(libc)
    return kept


def _ask_for_large_pages(libc: ctypes.CDLL) -> None:
    """Let the heap grow at once, and ask for large pages there; nothing happens if the system has none."""
    libc.malloc.argtypes, libc.malloc.restype = [ctypes.c_size_t], ctypes.c_void_p
    libc.free.argtypes = [ctypes.c_void_p]
    libc.sbrk.argtypes, libc.sbrk.restype = [ctypes.c_ssize_t], ctypes.c_void_p
    libc.madvise.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
    libc.mallopt(M_TOP_PAD, RESERVED)
    block = libc.malloc(LARGEST_MMAP_THRESHOLD // 2)
    libc.free(block)
    libc.mallopt(M_TOP_PAD, USUAL_TOP_PAD)
    if not block:
        return
    begin = -(-block // LARGE_PAGE) * LARGE_PAGE
    end = libc.sbrk(0) // LARGE_PAGE * LARGE_PAGE
    # Under another allocator, and where memory is limited, the block is not on the heap and there is no such stretch.
    if 0 < end - begin <= 2 * RESERVED:
        libc.madvise(begin, end - begin, MADV_HUGEPAGE)
