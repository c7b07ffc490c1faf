"""Calls as data: what they print is what they do."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from nnviz.core.call import Call, Name


def _double() -> type:
    import torch

    class Double(torch.nn.Module):
        def forward(self, x: torch.Tensor) -> torch.Tensor:
            if x.numel() == 0:
                return x
            return 2 * x

    return Double


def test_source_reads_as_python() -> None:
    inner = Call("nn.ZeroPad2d", ((1, 2, 1, 2),))
    call = Call("nn.Sequential", (inner, Call("nn.Conv2d", (1, 8, 4), {"bias": False, "padding_mode": "zeros"})))
    assert call.source() == (
        'nn.Sequential(nn.ZeroPad2d((1, 2, 1, 2)), nn.Conv2d(1, 8, 4, bias=False, padding_mode="zeros"))'
    )
    assert Call("f", ((3,), Name("model.parameters()"))).source() == "f((3,), model.parameters())"


def test_evaluate_builds_what_the_source_says() -> None:
    call = Call("nn.Sequential", (Call("nn.Conv2d", (1, 2, 3), {"padding": (1, 0)}), Call("nn.Flatten")))
    module = call.evaluate()
    assert repr(module) == repr(eval(call.source(), {"nn": nn, "torch": torch}))
    assert module(torch.zeros(2, 1, 4, 5)).shape == (2, 2 * 4 * 3)


def test_names_reach_into_modules() -> None:
    module = nn.Sequential(nn.ReLU(), nn.Linear(2, 3))
    name = Name("layer.1.weight")
    assert name.source() == "layer[1].weight"
    assert name.evaluate({"layer": module}) is module[1].weight
    assert eval(name.source(), {"layer": module}) is module[1].weight
    assert Name("layer.12").source() == "layer[12]"
    assert [p.shape for p in Name("layer.parameters()").evaluate({"layer": module})] == [(3, 2), (3,)]


def test_calls_take_variables() -> None:
    weight = torch.zeros(3)
    Call("nn.init.constant_", (Name("tensor"), 0.5)).evaluate(tensor=weight)
    assert weight.tolist() == [0.5, 0.5, 0.5]
    optimiser = Call("torch.optim.SGD", ((Name("weight"),),), {"lr": 0.25}).evaluate(
        weight=torch.zeros(1, requires_grad=True)
    )
    assert optimiser.param_groups[0]["lr"] == 0.25


def test_a_class_of_our_own_is_carried_along() -> None:
    call = Call("nn.Sequential", (Call("Double", define=_double), Call("nn.Flatten")))
    definitions = dict(call.definitions())
    assert list(definitions) == ["Double"]
    assert definitions["Double"].splitlines()[0] == "class Double(torch.nn.Module):"
    assert definitions["Double"].rstrip().endswith("return 2 * x")
    namespace = {"torch": torch, "nn": nn}
    exec(definitions["Double"], namespace)
    x = torch.arange(4.0).reshape(1, 2, 2)
    expected = torch.tensor([[0.0, 2.0, 4.0, 6.0]])
    assert torch.equal(call.evaluate()(x), expected)
    assert torch.equal(eval(call.source(), namespace)(x), expected)


def test_calls_without_own_classes_define_nothing() -> None:
    assert list(Call("nn.Linear", (1, 2)).definitions()) == []


def test_an_unknown_function_is_an_error() -> None:
    with pytest.raises(AttributeError):
        Call("nn.Lineer", (1, 2)).evaluate()
