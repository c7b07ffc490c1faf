"""Numbers below 1e-38 count as zero wherever a network is trained."""

import subprocess
import sys
import threading
from collections.abc import Callable

import pytest
import torch

from nnviz.core.datasets.base import Dataset
from nnviz.core.layers.dense import Dense
from nnviz.core.network import NetworkSpec
from nnviz.core.training.denormals import flush_denormals
from nnviz.core.training.spec import TrainingSpec
from nnviz.core.training.trainer import Trainer

ON_BOTH_THREADS = """
import torch
from nnviz.core.training.denormals import flush_denormals
torch.set_num_threads(2)
assert flush_denormals()
print(int(torch.count_nonzero(torch.full((400_000,), 1e-40) * 0.5)))
"""


def test_helpers_flush_too() -> None:
    printed = subprocess.run([sys.executable, "-c", ON_BOTH_THREADS], capture_output=True, text=True, check=True).stdout
    assert int(printed) == 0


def _left_of_a_tiny_number(before: Callable[[], object]) -> float:
    """Half of 1e-40 on a thread of its own that has done this before."""
    found = []

    def compute() -> None:
        before()
        found.append(float(torch.full((4,), 1e-40)[0] * 0.5))

    torch.set_flush_denormal(False)
    thread = threading.Thread(target=compute)
    thread.start()
    thread.join()
    return found[0]


def test_a_thread_that_was_not_told_computes_with_them() -> None:
    assert _left_of_a_tiny_number(lambda: None) == pytest.approx(0.5e-40, rel=1e-3)
    assert _left_of_a_tiny_number(flush_denormals) == 0


def test_who_trains_flushes(points: Dataset) -> None:
    network = NetworkSpec(input_shape=points.spec.input_shape, layers=(Dense(units=2),))
    assert _left_of_a_tiny_number(lambda: Trainer(network, TrainingSpec(), points, "cpu")) == 0
