from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from nnviz import allocator

# In a process of its own: the settings cannot be taken back.
FREE_A_GREAT_DEAL = """
import ctypes, resource, sys, threading
from nnviz.allocator import keep_freed_memory

if sys.argv[1] == "keep":
    assert keep_freed_memory()
libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
libc.free.argtypes = [ctypes.c_void_p]

def work():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(10):
        blocks = [libc.malloc(4_000_000) for _ in range(6)]
        for block in blocks:
            ctypes.memset(block, 1, 4_000_000)
        for block in blocks:
            libc.free(block)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)

thread = threading.Thread(target=work)
thread.start()
thread.join()
"""


# Of the part of the heap that is asked about, "hg" among the flags, more than half must lie on large pages.
WRITE_A_GREAT_DEAL = """
import ctypes, re
from nnviz.allocator import keep_freed_memory

assert keep_freed_memory()
libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
for _ in range(4):
    ctypes.memset(libc.malloc(16_000_000), 1, 16_000_000)
areas = re.split(r"\\n(?=[0-9a-f]+-[0-9a-f]+ )", open("/proc/self/smaps").read())
heap = [area for area in areas if "[heap]" in area and re.search(r"^VmFlags:.* hg", area, re.MULTILINE)]
print(sum(int(re.search(r"^AnonHugePages: +(\\d+)", area, re.MULTILINE)[1]) for area in heap))
"""

WITH_LITTLE_MEMORY = """
import resource
resource.setrlimit(resource.RLIMIT_DATA, (300_000_000, 300_000_000))
from nnviz.allocator import keep_freed_memory

assert keep_freed_memory()
print(len(bytes(50_000_000)))
"""

LARGE_PAGES = Path("/sys/kernel/mm/transparent_hugepage/enabled")


def page_faults(mode: str) -> int:
    done = subprocess.run([sys.executable, "-c", FREE_A_GREAT_DEAL, mode], capture_output=True, text=True, check=True)
    return int(done.stdout)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="glibc's malloc is Linux's")
def test_memory_that_a_thread_frees_is_used_again_and_not_fetched_anew() -> None:
    # 24 MB are about 6,000 pages, fetched once or ten times.
    assert page_faults("keep") < 9_000


def test_the_heap_is_on_large_pages_where_the_system_has_them() -> None:
    if not LARGE_PAGES.exists() or "[never]" in LARGE_PAGES.read_text():
        pytest.skip("this system has no large pages")
    command = [sys.executable, "-c", WRITE_A_GREAT_DEAL]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert int(done.stdout) > 32_000  # kB of 64,000


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="glibc's malloc is Linux's")
def test_where_memory_is_limited_there_is_no_reserve_and_all_else_goes_on() -> None:
    command = [sys.executable, "-c", WITH_LITTLE_MEMORY]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == "50000000\n"


def test_other_systems_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(allocator.sys, "platform", "darwin")
    assert not allocator.keep_freed_memory()
