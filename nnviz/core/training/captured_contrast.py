"""A step of contrastive divergence as one graph, which runs without Python.

It is some fifty operations, of which most take a few microseconds: as long as Python needs to call them. They are
recorded after some steps and played back; other threads can have Python meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import torch

from nnviz.core.rbm.learning import Gradients, Phases, contrast
from nnviz.core.rbm.machine import Machine
from nnviz.core.training.recorded_calls import Recorder

CAPTURE_AFTER = 20
"""Batches of one shape that are computed as they are written."""

TRIALS = 3
"""Times that a graph must give what the step gives; the interpreter rewrites it in the first two."""


class CapturedContrast:
    """Steps of contrastive divergence of one machine; they are captured after some of them.

    Attributes:
        machine: The machine.
        gradients: Where the gradients go.

    Args:
        steps: k.
        chains: Visible states that persist, or None.
        captures: Whether steps may be captured.
    """

    def __init__(
        self, machine: Machine, gradients: Gradients, steps: int, chains: torch.Tensor | None, *, captures: bool
    ) -> None:
        self.machine = machine
        self.gradients = gradients
        self._steps = steps
        self._chains = chains
        self._captures = captures
        self._seen: dict[torch.Size, int] = {}
        self._graphs: dict[torch.Size, Callable[..., Any] | None] = {}

    @property
    def captured_shapes(self) -> list[tuple[int, ...]]:
        """Shapes of the batches whose step is captured."""
        return [tuple(shape) for shape, graph in self._graphs.items() if graph is not None]

    def __call__(self, v: torch.Tensor) -> Phases:
        """As `contrast` does it, to the last bit."""
        graph = self._graphs.get(v.shape)
        if graph is not None:
            return self._played(graph, v)
        if self._captures and v.shape not in self._graphs:
            self._seen[v.shape] = self._seen.get(v.shape, 0) + 1
            if self._seen[v.shape] > CAPTURE_AFTER:
                self._graphs[v.shape] = self._capture(v)
        return self._computed(v)

    def _computed(self, v: torch.Tensor) -> Phases:
        return contrast(self.machine, v, self.gradients, self._steps, self._chains)

    def _played(self, graph: Callable[..., Any], v: torch.Tensor) -> Phases:
        # Optimised, addmm would become mm and add, with other last digits.
        with torch.no_grad(), torch.jit.optimized_execution(False):  # type: ignore[attr-defined]
            return Phases(*graph([v], *self._fixed()))

    def _fixed(self) -> list[list[torch.Tensor]]:
        machine, gradients = self.machine, self.gradients
        lists = [
            [machine.weight, machine.hidden_bias, machine.visible_bias],
            [gradients.weight, gradients.hidden_bias, gradients.visible_bias],
        ]
        return lists if self._chains is None else [*lists, [self._chains]]

    def _capture(self, v: torch.Tensor) -> Callable[..., Any] | None:
        """The graph; None if it does not give exactly what the step gives, or there can be none."""
        try:
            with self._left_as_it_was(), Recorder() as recorder:
                phases = self._computed(v)
            if recorder.depends_on_values:
                return None
            source = recorder.script([[v], *self._fixed()], list(vars(phases).values()))
            graph: Callable[..., Any] = torch.jit.CompilationUnit(source).run
            # In another order the batch is another one to everything that a graph might have taken for constant.
            same = all(self._is_same(graph, (v, v.flip(0))[trial % 2]) for trial in range(TRIALS))
        except (RuntimeError, ValueError, TypeError, NotImplementedError, AttributeError):
            # Some operation cannot be recorded or played back.
            return None
        return graph if same else None

    def _is_same(self, graph: Callable[..., Any], v: torch.Tensor) -> bool:
        results = []
        for step in (self._computed, lambda v: self._played(graph, v)):
            with self._left_as_it_was():
                phases = step(v)
                changed = [*vars(self.gradients).values(), *([] if self._chains is None else [self._chains])]
                results.append([*vars(phases).values(), *(tensor.clone() for tensor in changed)])
        return all(torch.equal(a, b) and a.stride() == b.stride() for a, b in zip(*results, strict=True))

    @contextmanager
    def _left_as_it_was(self) -> Iterator[None]:
        """Chains and torch's random state are behind it what they were before it."""
        state = torch.get_rng_state()
        chains = None if self._chains is None else self._chains.clone()
        try:
            yield
        finally:
            torch.set_rng_state(state)
            if self._chains is not None and chains is not None:
                self._chains.copy_(chains)
