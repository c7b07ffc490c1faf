"""An optimiser's update as the few operations that it comes down to, without the Python around them.

`torch.optim.Adam.step` spends most of its time in sorting parameters into lists, the same ones every time: for a small
network ten times as long as in computing. Its operations are recorded, tried out, and then called directly.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import torch

from nnviz.core.training.recorded_calls import Recorder

MOST_PARAMETERS = 4_000_000
"""Above it Python's share of a step cannot be seen, and to try the operations out takes three copies of everything."""

RECORDED_RATE = 0.0123456789

TRIALS = 3
"""Steps in a row that must change everything as the optimiser does: its operations may depend on their number."""


class CapturedUpdate:
    """What one step of an optimiser does.

    Args:
        optimiser: The optimiser; every parameter has a gradient, and it has made a step.
        graph: Takes the learning rate, the gradients, the parameters and the optimiser's state.
    """

    def __init__(self, optimiser: torch.optim.Optimizer, graph: Callable[..., Any]) -> None:
        self._optimiser = optimiser
        (self._group,) = optimiser.param_groups
        self._parameters: list[torch.Tensor] = self._group["params"]
        self._of = optimiser.state
        self._state = _state(optimiser)
        self._graph = graph

    def __call__(self) -> bool:
        """Change the parameters by their gradients.

        Returns:
            Whether that was done: not if a gradient is missing, or the optimiser was given another state since.
        """
        gradients = [parameter.grad for parameter in self._parameters]
        if self._optimiser.state is not self._of or any(gradient is None for gradient in gradients):
            return False
        with torch.no_grad(), torch.jit.optimized_execution(False):  # type: ignore[attr-defined]
            self._graph(self._group["lr"], gradients, self._parameters, *self._state)
        return True


def capture(optimiser: torch.optim.Optimizer) -> CapturedUpdate | None:
    """Capture a step of `optimiser`, which has made one, while every parameter has its gradient.

    Parameters and state are afterwards what they were.

    Returns:
        None if the operations do not change everything exactly as the optimiser does, or cannot be captured.
    """
    group = optimiser.param_groups[0]
    parameters = group["params"]
    gradients = [parameter.grad for parameter in parameters]
    if sum(parameter.numel() for parameter in parameters) > MOST_PARAMETERS:
        return None
    if len(optimiser.param_groups) > 1 or not isinstance(group["lr"], float) or any(g is None for g in gradients):
        return None
    tensors = [*parameters, *itertools.chain(*_state(optimiser))]
    rate = group["lr"]
    try:
        with _left_as_it_was(optimiser):
            # As unlike any other number as can be, so that it is known again among the arguments.
            group["lr"] = RECORDED_RATE
            with Recorder() as recorder:
                optimiser.step()
            inputs = [gradients, parameters, *_state(optimiser)]
            source = recorder.script(inputs, numbers={"lr": RECORDED_RATE})
            graph: Callable[..., Any] = torch.jit.CompilationUnit(source).run
        captured = CapturedUpdate(optimiser, graph)
        results = []
        for update in (optimiser.step, captured):
            with _left_as_it_was(optimiser):
                for trial in range(TRIALS):
                    # A schedule changes it, too.
                    group["lr"] = rate / (1 + trial)
                    update()
                results.append([tensor.detach().clone() for tensor in tensors])
        same = all(torch.equal(a, b) for a, b in zip(*results, strict=True))
    except (RuntimeError, ValueError, TypeError, NotImplementedError, AttributeError):
        # It reads values, or there is no way to write something down: the optimiser itself always works.
        return None
    return captured if same and not recorder.depends_on_values else None


def _state(optimiser: torch.optim.Optimizer) -> list[list[torch.Tensor]]:
    """All that it remembers: a list for each kind of thing, in the order of the parameters."""
    found: dict[str, list[torch.Tensor]] = {}
    for parameter in optimiser.param_groups[0]["params"]:
        for name, value in optimiser.state[parameter].items():
            if isinstance(value, torch.Tensor):
                found.setdefault(name, []).append(value)
    return list(found.values())


@contextmanager
def _left_as_it_was(optimiser: torch.optim.Optimizer) -> Iterator[None]:
    """Parameters, state and learning rate are behind it what they were before it."""
    (group,) = optimiser.param_groups
    rate = group["lr"]
    kept = [(tensor, tensor.detach().clone()) for tensor in (*group["params"], *itertools.chain(*_state(optimiser)))]
    try:
        yield
    finally:
        group["lr"] = rate
        with torch.no_grad():
            for tensor, was in kept:
                tensor.copy_(was)
