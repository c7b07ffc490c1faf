"""What is counted as right, where a model is computed, and losses by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch

from nnviz.core.training.asked import asks_everywhere
from nnviz.core.training.device import DeviceError, available_devices, choose_device
from nnviz.core.training.losses.cross_entropy import CrossEntropy
from nnviz.core.training.losses.mean_squared_error import MeanSquaredError
from nnviz.core.training.metrics import correct


def test_the_largest_output_must_be_the_right_class() -> None:
    outputs = torch.tensor([[0.1, 0.9, 0.0], [5.0, -1.0, 2.0], [0.0, 0.0, 1e-6]])
    right = correct(outputs, torch.tensor([1, 2, 2]), "classification")
    assert right is not None
    assert int(right) == 2
    assert correct(outputs, torch.zeros(3, 3), "regression") is None


def test_cross_entropy_by_hand() -> None:
    loss = CrossEntropy().torch_call("classification").evaluate()
    outputs = torch.tensor([[0.0, math.log(3.0)], [2.0, 2.0]])
    expected = (-math.log(3 / 4) - math.log(1 / 2)) / 2
    assert float(loss(outputs, torch.tensor([1, 0]))) == pytest.approx(expected, rel=1e-6)
    assert float(loss(torch.tensor([[2000.0, 0.0]]), torch.tensor([1]))) == 2000.0


def test_mean_squared_error_by_hand() -> None:
    loss = MeanSquaredError().torch_call("regression").evaluate()
    outputs, targets = torch.tensor([[1.0, 2.0], [0.0, -1.0]]), torch.tensor([[0.0, 2.0], [3.0, 1.0]])
    assert float(loss(outputs, targets)) == (1 + 0 + 9 + 4) / 4


def test_the_processor_is_always_there_and_auto_takes_the_first() -> None:
    names = [name for name, _ in available_devices()]
    assert names[-1] == "cpu"
    assert choose_device("auto") == names[0]
    assert choose_device("cpu") == "cpu"


def test_choosing_a_device_wakes_none_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 2)
    # To be asked for its name, a card must be started, which takes seconds and memory.
    monkeypatch.setattr(torch.cuda, "get_device_name", lambda name: pytest.fail(f"{name} was asked for its name"))
    assert [choose_device(name) for name in ("cpu", "auto", "cuda", "cuda:1")] == ["cpu", "cuda:0", "cuda:0", "cuda:1"]
    monkeypatch.setattr(torch.cuda, "get_device_name", lambda name: f"Card {name}")
    assert available_devices()[:2] == [("cuda:0", "Card cuda:0"), ("cuda:1", "Card cuda:1")]


def test_a_card_that_cannot_be_used_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 1)
    assert not any(name.startswith("cuda") for name, _ in available_devices())


def test_where_nothing_is_asked_it_is_seen() -> None:
    classes = np.array([[1, 0], [2, 1]])
    assert asks_everywhere(classes)
    assert not asks_everywhere(np.where(classes == 2, -100, classes))
    values = np.zeros((2, 3, 2), np.float32)
    assert asks_everywhere(values)
    values[1, 2, 0] = np.nan
    assert not asks_everywhere(values)


@pytest.mark.parametrize("name", ["cuda:99", "toaster", "", "CPU"])
def test_a_device_that_is_not_there_is_a_sentence(name: str) -> None:
    with pytest.raises(DeviceError, match=f"no device called '{name}'. It has: .*cpu; 'auto' takes the first"):
        choose_device(name)
