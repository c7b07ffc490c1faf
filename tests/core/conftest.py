"""The core's tests use small networks: one thread is faster for them, and leaves the other cores alone."""

from __future__ import annotations

import pytest
import torch


@pytest.fixture(scope="session", autouse=True)
def _one_thread() -> None:
    torch.set_num_threads(1)
