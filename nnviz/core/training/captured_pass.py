"""Forward pass, loss and backward pass of one batch as one graph, which runs without Python and without autograd.

A small network's step is mostly waiting for Python. Here the operations of one step are recorded, and then played back
by PyTorch's own interpreter; meanwhile other threads, such as the one that draws, can have Python. Every operation is
the one that the model calls itself, so results are the same bit for bit: that is tried out before a graph is used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import torch
from torch import nn

from nnviz.core.training.recorded_calls import Recorder

TRIALS = 3
"""Times that a graph must give what the model gives; the interpreter rewrites it in the first two."""


class CapturedPass:
    """The pass of one model and loss for batches of one shape.

    Attributes:
        parameters: What gets a gradient, in the order of the model.

    Args:
        model: The model, in training mode.
        graph: Takes batch, targets, parameters and buffers; gives loss, outputs and gradients.
    """

    def __init__(self, model: nn.Module, graph: Callable[..., Any]) -> None:
        self.parameters = [parameter for parameter in model.parameters() if parameter.requires_grad]
        self._tensors = [*model.parameters(), *model.buffers()]
        self._graph = graph

    def __call__(self, x: torch.Tensor, y: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Loss and outputs; every parameter has its gradient then."""
        # What the interpreter would make faster it would also compute otherwise: addmm, for example, as mm and add.
        with torch.no_grad(), torch.jit.optimized_execution(False):  # type: ignore[attr-defined]
            loss, outputs, *gradients = self._graph([x, y], self._tensors)
        for parameter, gradient in zip(self.parameters, gradients, strict=True):
            parameter.grad = gradient
        return loss, outputs


def in_training_order(model: nn.Sequential) -> list[nn.Module]:
    """The layers in an order that gives the same with less work.

    ReLU keeps the order of its inputs, so the largest of a window is the same before and behind it; behind max pooling
    there are fewer values. Gradients are the same too: a window of which ReLU leaves only zeros passes none on.
    """
    layers = list(model)
    for index in range(len(layers) - 1):
        if type(layers[index]) is nn.ReLU and type(layers[index + 1]) is nn.MaxPool2d:
            layers[index : index + 2] = reversed(layers[index : index + 2])
    return layers


def capture(
    model: nn.Sequential, loss_function: Callable[..., torch.Tensor], x: torch.Tensor, y: torch.Tensor
) -> CapturedPass | None:
    """Capture the pass of `model` for batches of the shapes of `x` and `y`, which are an example.

    Weights, buffers, gradients and torch's random state are afterwards what they were.

    Returns:
        None if the graph does not give exactly what the model gives, or there can be none.
    """
    parameters = [parameter for parameter in model.parameters() if parameter.requires_grad]
    tensors = [*model.parameters(), *model.buffers()]
    with _left_as_it_was(model):
        try:
            graph = _graph(in_training_order(model), loss_function, x, y, tensors, parameters)
            if graph is None:
                return None
            captured = CapturedPass(model, graph)
            # In another order the batch is another one to everything that a graph might have taken for constant.
            examples = [(x, y), (x.flip(0), y.flip(0))]
            if all(_same(model, loss_function, captured, *examples[trial % 2]) for trial in range(TRIALS)):
                return captured
        except (RuntimeError, ValueError, TypeError, NotImplementedError, AttributeError):
            # Some operation cannot be recorded or played back: the model itself always can.
            pass
    return None


def _graph(
    layers: Sequence[nn.Module],
    loss_function: Callable[..., torch.Tensor],
    x: torch.Tensor,
    y: torch.Tensor,
    tensors: Sequence[torch.Tensor],
    parameters: Sequence[nn.Parameter],
) -> Callable[..., Any] | None:
    with Recorder() as recorder:
        outputs = x
        for layer in layers:
            outputs = layer(outputs)
        loss = loss_function(outputs, y)
        # Not backward(): that would copy each gradient while the recorder holds it.
        gradients = torch.autograd.grad(loss, parameters)
    if recorder.depends_on_values:
        return None
    source = recorder.script([[x, y], tensors], [loss, outputs, *gradients])
    graph: Callable[..., Any] = torch.jit.CompilationUnit(source).run
    return graph


def _same(
    model: nn.Sequential,
    loss_function: Callable[..., torch.Tensor],
    captured: CapturedPass,
    x: torch.Tensor,
    y: torch.Tensor,
) -> bool:
    """Whether loss, outputs, gradients and buffers are exactly those of the model."""
    results = []
    for captures in (False, True):
        with _left_as_it_was(model):
            for parameter in captured.parameters:
                parameter.grad = None
            if captures:
                loss, outputs = captured(x, y)
            else:
                outputs = model(x)
                loss = loss_function(outputs, y)
                loss.backward()  # type: ignore[no-untyped-call]
            gradients = [parameter.grad for parameter in captured.parameters]
            results.append([loss.detach(), outputs.detach(), *gradients, *[b.clone() for b in model.buffers()]])
    return all(
        a is not None and b is not None and torch.equal(a, b) and a.stride() == b.stride()
        for a, b in zip(*results, strict=True)
    )


@contextmanager
def _left_as_it_was(model: nn.Module) -> Iterator[None]:
    """Buffers, gradients and torch's random state are behind it what they were before it."""
    state = torch.get_rng_state()
    buffers = [(buffer, buffer.clone()) for buffer in model.buffers()]
    gradients = [(parameter, parameter.grad) for parameter in model.parameters()]
    try:
        yield
    finally:
        torch.set_rng_state(state)
        with torch.no_grad():
            for buffer, was in buffers:
                buffer.copy_(was)
        for parameter, gradient in gradients:
            parameter.grad = gradient
