"""The same round as PyTorch source, by hand and in the chapter's names, and which line an operation belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nnviz.core.labs.backprop.program import Kind, Net, Op
from nnviz.core.labs.backprop.values import Start


@dataclass(frozen=True)
class Listing:
    """A script that runs by itself.

    Attributes:
        lines: Its lines.
        marks: Line numbers from 0 by what they compute: "z1", "delta2", "W1" ...
    """

    lines: tuple[str, ...]
    marks: dict[str, int]

    @property
    def text(self) -> str:
        """The whole script."""
        return "\n".join(self.lines) + "\n"

    def line_of(self, op: Op) -> int:
        """The line that computes what an operation computes."""
        letters = {
            Kind.PRODUCT: f"z{op.layer}",
            Kind.BIAS: f"z{op.layer}",
            Kind.ACTIVATE: f"a{op.layer}",
            Kind.ERROR: "e",
            Kind.LOSS: "loss",
            Kind.LOSS_SLOPE: f"da{op.layer}",
            Kind.BACK_PRODUCT: f"da{op.layer}",
            Kind.DELTA: f"delta{op.layer}",
            Kind.BIAS_GRADIENT: f"db{op.layer}",
            Kind.WEIGHT_GRADIENT: f"dW{op.layer}",
            Kind.UPDATE_WEIGHT: f"W{op.layer}",
            Kind.UPDATE_BIAS: f"b{op.layer}",
            Kind.CHECK: "check",
        }
        return self.marks[letters[op.kind]]


def listing(net: Net, start: Start) -> Listing:
    """The script of one round from `start`.

    Running it leaves every number under its name, the new weights in W1, b1 ..., and in `grads` what autograd says
    of the old ones.
    """
    lines: list[str] = []
    marks: dict[str, int] = {}

    def add(line: str, mark: str = "") -> None:
        if mark:
            marks[mark] = len(lines)
        lines.append(line)

    last = net.layers
    add("import torch")
    add("")
    add("torch.set_default_dtype(torch.float64)")
    add(f"a0 = torch.tensor({_row(start.x)})")
    add(f"y = torch.tensor({_row(start.y)})")
    for layer in range(1, last + 1):
        add(f"W{layer} = torch.tensor([")
        for row in start.weights[layer - 1]:
            add(f"    {_row(row)},")
        add("], requires_grad=True)")
        add(f"b{layer} = torch.tensor({_row(start.biases[layer - 1])}, requires_grad=True)")
    add(f"eta = {start.eta!r}")
    add("")
    add("# forward")
    for layer in range(1, last + 1):
        add(f"z{layer} = a{layer - 1} @ W{layer} + b{layer}", f"z{layer}")
        add(f"a{layer} = {_named(net.activation(layer).torch, layer)}", f"a{layer}")
    add(f"e = a{last} - y", "e")
    add(f"loss = {_named(net.loss_function.torch, last)}", "loss")
    add("")
    add("# backward: the chain rule by hand")
    for layer in range(last, 0, -1):
        activation, loss = net.activation(layer), net.loss_function
        if layer < last:
            add(f"da{layer} = W{layer + 1} @ delta{layer + 1}", f"da{layer}")
        elif not loss.fused:
            add(f"da{layer} = {_named(loss.torch_slope, layer)}", f"da{layer}")
        if activation.together:
            product = f"a{layer} * (da{layer} - (a{layer} * da{layer}).sum())"
            add(f"delta{layer} = " + (f"a{layer} * y.sum() - y" if loss.fused else product), f"delta{layer}")
        else:
            slope = _named(activation.torch_slope, layer)
            add(f"delta{layer} = da{layer}" + (f" * {slope}" if slope else ""), f"delta{layer}")
        add(f"db{layer} = delta{layer}", f"db{layer}")
        add(f"dW{layer} = torch.outer(a{layer - 1}, delta{layer})", f"dW{layer}")
    add("")
    add("# the same by autograd")
    everything = ", ".join(f"W{layer}, b{layer}" for layer in range(1, last + 1))
    add(f"grads = torch.autograd.grad(loss, [{everything}])")
    add("")
    add("# update")
    for layer in range(1, last + 1):
        add(f"W{layer} = W{layer} - eta * dW{layer}", f"W{layer}")
        add(f"b{layer} = b{layer} - eta * db{layer}", f"b{layer}")
    add("# forward again: has the loss fallen?", "check")
    return Listing(tuple(lines), marks)


def _row(values: tuple[float, ...]) -> str:
    return "[" + ", ".join(repr(float(value)) for value in values) + "]"


def _named(source: str, layer: int) -> str:
    # z and a stand alone in the sources of functions.py; here they have the layer's number.
    return re.sub(r"\b([za])\b(?!\w*\()", rf"\g<1>{layer}", source)
