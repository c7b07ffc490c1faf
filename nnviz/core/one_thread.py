"""A thread that computes alone, without torch's helpers."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager


def compute_alone() -> None:
    """Let torch use one thread only for what the calling thread computes; all other threads keep theirs.

    A single drawing is too little work to share: beside a training on the same cores it then waits for the helpers,
    30 ms in place of 4 (measured on two cores).
    """
    import torch

    before = torch.get_num_threads()
    # It holds for the calling thread, and for threads that have not computed yet ...
    torch.set_num_threads(1)
    done = threading.Event()

    def restore() -> None:
        torch.set_num_threads(before)
        done.set()

    # ... to which a thread that ends at once gives the old number back. Neither an inherited daemon flag nor join():
    # both would leave a record of a thread of Qt's, for ever, in Python's list.
    threading.Thread(target=restore, name="restore torch's threads", daemon=True).start()
    done.wait()


@contextmanager
def briefly_alone() -> Iterator[None]:
    """Let torch use one thread only for what the calling thread computes meanwhile.

    For work of less than a millisecond: on cores that are busy, waiting for helpers took ten times as long.
    """
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)
