from __future__ import annotations

import threading

import torch

from nnviz.core.one_thread import compute_alone


def test_only_the_calling_thread_computes_alone() -> None:
    before = torch.get_num_threads()
    torch.set_num_threads(2)
    seen: dict[str, int] = {}

    def alone() -> None:
        compute_alone()
        seen["alone"] = torch.get_num_threads()

    def later() -> None:
        seen["later"] = torch.get_num_threads()

    try:
        for work in (alone, later):
            thread = threading.Thread(target=work)
            thread.start()
            thread.join()
        assert seen == {"alone": 1, "later": 2}
        assert torch.get_num_threads() == 2
    finally:
        torch.set_num_threads(before)
