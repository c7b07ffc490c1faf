"""The order in which a network's numbers are computed: forwards, the loss, backwards, the update."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from nnviz.core.errors import NnvizError
from nnviz.core.labs.backprop.functions import ACTIVATIONS, HIDDEN, LOSSES, OUTPUT, Activation, Loss

MOST_UNITS = 8
MOST_HIDDEN = 3


class NetError(NnvizError, ValueError):
    """A small network that cannot be: the sentence says why."""


@dataclass(frozen=True)
class Net:
    """A small fully connected network and its loss.

    Attributes:
        sizes: Units per layer, the inputs first: (2, 5, 1).
        hidden: Name of the hidden layers' activation.
        output: Name of the last layer's.
        loss: Name of the loss.
    """

    sizes: tuple[int, ...] = (2, 5, 1)
    hidden: str = "sigmoid"
    output: str = "sigmoid"
    loss: str = "half squared error"

    def __post_init__(self) -> None:
        """Refuse what cannot be computed."""
        if not 2 <= len(self.sizes) <= MOST_HIDDEN + 2 or not all(1 <= size <= MOST_UNITS for size in self.sizes):
            raise NetError(
                f"A network for the lab has up to {MOST_HIDDEN} hidden layers of 1 to {MOST_UNITS} units; "
                f"{self.sizes} is not one."
            )
        if self.hidden not in HIDDEN or self.output not in OUTPUT or self.loss not in LOSSES:
            raise NetError(f"There is no network with {self.hidden!r}, {self.output!r} and {self.loss!r}.")
        if self.output == "softmax" and self.sizes[-1] < 2:
            raise NetError("Softmax shares 1 among the outputs: it needs at least two of them.")
        if self.output not in LOSSES[self.loss].outputs:
            allowed = " or ".join(LOSSES[self.loss].outputs)
            raise NetError(f"The {self.loss} needs {allowed} at the output; {self.output} is there.")

    @property
    def layers(self) -> int:
        """Number of layers with weights."""
        return len(self.sizes) - 1

    def activation(self, layer: int) -> Activation:
        """The activation of a layer, counted from 1."""
        return ACTIVATIONS[self.output if layer == self.layers else self.hidden]

    @property
    def loss_function(self) -> Loss:
        """The loss."""
        return LOSSES[self.loss]


class Kind(Enum):
    """What one operation does."""

    PRODUCT = "product"
    """z += a_i W_ij."""
    BIAS = "bias"
    """z += b_j."""
    ACTIVATE = "activate"
    """a = f(z)."""
    ERROR = "error"
    """e = a - y."""
    LOSS = "loss"
    """L."""
    LOSS_SLOPE = "loss slope"
    """da = dL/da at the output."""
    BACK_PRODUCT = "back product"
    """da += W_jk delta_k, of a hidden unit."""
    DELTA = "delta"
    """delta = da f'(z)."""
    BIAS_GRADIENT = "bias gradient"
    """db = delta."""
    WEIGHT_GRADIENT = "weight gradient"
    """dW_ij = a_i delta_j."""
    UPDATE_WEIGHT = "update weight"
    """W <- W - eta dW."""
    UPDATE_BIAS = "update bias"
    """b <- b - eta db."""
    CHECK = "check"
    """The loss with the new weights."""


class Phase(Enum):
    """The passes of one round."""

    FORWARD = "forward"
    BACKWARD = "backward"
    UPDATE = "update"


@dataclass(frozen=True)
class Op:
    """One operation.

    Attributes:
        kind: What it does.
        phase: Which pass it belongs to.
        layer: Layer of the unit, from 1; the number of layers for the loss.
        unit: Index of the unit in its layer, from 0; -1 for the loss as a whole.
        other: Index of the unit at the other end of the weight (before it; for BACK_PRODUCT behind it), or -1.
    """

    kind: Kind
    phase: Phase
    layer: int
    unit: int
    other: int = -1


STRIDES = ("multiplication", "neuron", "layer", "pass", "update")


def group(op: Op, stride: str) -> tuple[object, ...]:
    """What operations of one step of this length have in common."""
    judged = op.kind in (Kind.ERROR, Kind.LOSS)
    if stride == "neuron":
        return (op.phase, op.layer, judged, op.unit, op.kind is Kind.CHECK)
    if stride == "layer":
        return (op.phase, op.layer, judged, op.kind is Kind.CHECK)
    if stride == "pass":
        return (op.phase,)
    return ()


@lru_cache(maxsize=64)
def program(net: Net) -> tuple[Op, ...]:
    """Every operation of one round, in order."""
    return (*_forward(net), *_backward(net), *_update(net))


def _forward(net: Net) -> Iterator[Op]:
    for layer in range(1, net.layers + 1):
        together = net.activation(layer).together
        for unit in range(net.sizes[layer]):
            for other in range(net.sizes[layer - 1]):
                yield Op(Kind.PRODUCT, Phase.FORWARD, layer, unit, other)
            yield Op(Kind.BIAS, Phase.FORWARD, layer, unit)
            if not together:
                yield Op(Kind.ACTIVATE, Phase.FORWARD, layer, unit)
        if together:
            for unit in range(net.sizes[layer]):
                yield Op(Kind.ACTIVATE, Phase.FORWARD, layer, unit)
    for unit in range(net.sizes[-1]):
        yield Op(Kind.ERROR, Phase.FORWARD, net.layers, unit)
    yield Op(Kind.LOSS, Phase.FORWARD, net.layers, -1)


def _backward(net: Net) -> Iterator[Op]:
    for layer in range(net.layers, 0, -1):
        last = layer == net.layers
        units = range(net.sizes[layer])
        first = last and net.activation(layer).together and not net.loss_function.fused
        if first:
            # Softmax needs every dL/da of the layer for each delta.
            for unit in units:
                yield Op(Kind.LOSS_SLOPE, Phase.BACKWARD, layer, unit)
        for unit in units:
            if last and not first and not net.loss_function.fused:
                yield Op(Kind.LOSS_SLOPE, Phase.BACKWARD, layer, unit)
            if not last:
                for other in range(net.sizes[layer + 1]):
                    yield Op(Kind.BACK_PRODUCT, Phase.BACKWARD, layer, unit, other)
            yield Op(Kind.DELTA, Phase.BACKWARD, layer, unit)
            yield Op(Kind.BIAS_GRADIENT, Phase.BACKWARD, layer, unit)
            for other in range(net.sizes[layer - 1]):
                yield Op(Kind.WEIGHT_GRADIENT, Phase.BACKWARD, layer, unit, other)


def _update(net: Net) -> Iterator[Op]:
    for layer in range(1, net.layers + 1):
        for unit in range(net.sizes[layer]):
            for other in range(net.sizes[layer - 1]):
                yield Op(Kind.UPDATE_WEIGHT, Phase.UPDATE, layer, unit, other)
            yield Op(Kind.UPDATE_BIAS, Phase.UPDATE, layer, unit)
    yield Op(Kind.CHECK, Phase.UPDATE, net.layers, -1)
