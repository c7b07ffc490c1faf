"""The numbers of one round, and how each operation computes the next of them."""

from __future__ import annotations

from dataclasses import dataclass

from nnviz.core.labs.backprop.functions import softmax
from nnviz.core.labs.backprop.program import Kind, Net, Op

Row = tuple[float, ...]
Matrix = tuple[Row, ...]


@dataclass(frozen=True)
class Start:
    """What a round begins with.

    Attributes:
        weights: W of each layer, (before, behind): z = a W + b.
        biases: b of each layer.
        x: The inputs.
        y: The targets.
        eta: The learning rate.
    """

    weights: tuple[Matrix, ...]
    biases: tuple[Row, ...]
    x: Row
    y: Row
    eta: float


class Values:
    """Every number of a round; None for what has not been computed yet.

    Lists are by layer, the inputs being layer 0, so that z[1][j] is the chapter's z1 of unit j.

    Attributes:
        net: The network.
        w: Weights, w[l][i][j] from unit i of layer l - 1 to unit j of layer l; w[0] is empty.
        b: Biases.
        a: Activations; a[0] are the inputs.
        z: Weighted sums; while a sum grows, `growing` holds it.
        growing: Sums that are not finished: forwards of z, backwards of da.
        e: Errors a - y.
        loss: L, or None.
        da: dL/da.
        delta: dL/dz.
        dw: dL/dW.
        db: dL/db.
        loss_after: L with the new weights, or None.
        y: Targets.
        eta: Learning rate.
    """

    def __init__(self, net: Net, start: Start) -> None:
        self.net = net
        self.w: list[list[list[float]]] = [[], *([list(row) for row in matrix] for matrix in start.weights)]
        self.b: list[list[float]] = [[], *(list(row) for row in start.biases)]
        self.y = list(start.y)
        self.eta = start.eta
        self.a: list[list[float | None]] = [list(start.x), *self._unknown()]
        self.z: list[list[float | None]] = [[], *self._unknown()]
        self.growing: list[list[float | None]] = [[], *self._unknown()]
        self.da: list[list[float | None]] = [[], *self._unknown()]
        self.delta: list[list[float | None]] = [[], *self._unknown()]
        self.db: list[list[float | None]] = [[], *self._unknown()]
        self.dw: list[list[list[float | None]]] = [
            [],
            *(self._grid(layer) for layer in range(1, net.layers + 1)),
        ]
        self.e: list[float | None] = [None] * net.sizes[-1]
        self.loss: float | None = None
        self.loss_after: float | None = None

    def _unknown(self) -> list[list[float | None]]:
        return [[None] * size for size in self.net.sizes[1:]]

    def _grid(self, layer: int) -> list[list[float | None]]:
        return [[None] * self.net.sizes[layer] for _ in range(self.net.sizes[layer - 1])]

    def run(self, op: Op) -> None:
        """Compute the number of one operation; the ones that it needs are there."""
        layer, unit, other = op.layer, op.unit, op.other
        match op.kind:
            case Kind.PRODUCT:
                product = _known(self.a[layer - 1][other]) * self.w[layer][other][unit]
                self.growing[layer][unit] = product + (self.growing[layer][unit] or 0.0 if other else 0.0)
            case Kind.BIAS:
                self.z[layer][unit] = _known(self.growing[layer][unit]) + self.b[layer][unit]
                self.growing[layer][unit] = None
            case Kind.ACTIVATE:
                self.a[layer][unit] = self._activation(layer, unit)
            case Kind.ERROR:
                self.e[unit] = _known(self.a[layer][unit]) - self.y[unit]
            case Kind.LOSS:
                self.loss = self.net.loss_function.value(*self._ends(), self.y)
            case Kind.LOSS_SLOPE:
                a = _known(self.a[layer][unit])
                self.da[layer][unit] = self.net.loss_function.slope(a, self.y[unit], len(self.y))
            case Kind.BACK_PRODUCT:
                product = self.w[layer + 1][unit][other] * _known(self.delta[layer + 1][other])
                total = product + (self.growing[layer][unit] or 0.0 if other else 0.0)
                finished = other == self.net.sizes[layer + 1] - 1
                self.growing[layer][unit] = None if finished else total
                self.da[layer][unit] = total if finished else None
            case Kind.DELTA:
                self.delta[layer][unit] = self._delta(layer, unit)
            case Kind.BIAS_GRADIENT:
                self.db[layer][unit] = self.delta[layer][unit]
            case Kind.WEIGHT_GRADIENT:
                self.dw[layer][other][unit] = _known(self.a[layer - 1][other]) * _known(self.delta[layer][unit])
            case Kind.UPDATE_WEIGHT:
                self.w[layer][other][unit] -= self.eta * _known(self.dw[layer][other][unit])
            case Kind.UPDATE_BIAS:
                self.b[layer][unit] -= self.eta * _known(self.db[layer][unit])
            case Kind.CHECK:
                self.loss_after = self.loss_now()

    def number(self, op: Op) -> float:
        """The number that an operation has computed.

        Raises:
            KeyError: If it has not run.
        """
        layer, unit, other = op.layer, op.unit, op.other
        match op.kind:
            case Kind.PRODUCT:
                found: float | None = _known(self.a[layer - 1][other]) * self.w[layer][other][unit]
            case Kind.BACK_PRODUCT:
                found = self.w[layer + 1][unit][other] * _known(self.delta[layer + 1][other])
            case Kind.BIAS:
                found = self.z[layer][unit]
            case Kind.ACTIVATE:
                found = self.a[layer][unit]
            case Kind.ERROR:
                found = self.e[unit]
            case Kind.LOSS:
                found = self.loss
            case Kind.LOSS_SLOPE:
                found = self.da[layer][unit]
            case Kind.DELTA:
                found = self.delta[layer][unit]
            case Kind.BIAS_GRADIENT:
                found = self.db[layer][unit]
            case Kind.WEIGHT_GRADIENT:
                found = self.dw[layer][other][unit]
            case Kind.UPDATE_WEIGHT:
                found = self.w[layer][other][unit]
            case Kind.UPDATE_BIAS:
                found = self.b[layer][unit]
            case Kind.CHECK:
                found = self.loss_after
        return _known(found)

    def loss_now(self) -> float:
        """L of a whole forward pass with the weights as they are now; nothing is kept of it."""
        fresh = Values(self.net, self.as_start())
        for layer in range(1, self.net.layers + 1):
            for unit in range(self.net.sizes[layer]):
                # In the order of the operations, so that the same weights give the same number to the last digit.
                total = 0.0
                for other in range(self.net.sizes[layer - 1]):
                    total = _known(fresh.a[layer - 1][other]) * fresh.w[layer][other][unit] + total
                fresh.z[layer][unit] = total + fresh.b[layer][unit]
            for unit in range(self.net.sizes[layer]):
                fresh.a[layer][unit] = fresh._activation(layer, unit)
        return self.net.loss_function.value(*fresh._ends(), self.y)

    def as_start(self) -> Start:
        """Weights, inputs and targets as they are now: what the next round begins with."""
        return Start(
            tuple(tuple(tuple(row) for row in matrix) for matrix in self.w[1:]),
            tuple(tuple(row) for row in self.b[1:]),
            tuple(_known(value) for value in self.a[0]),
            tuple(self.y),
            self.eta,
        )

    def slope(self, layer: int, unit: int) -> float:
        """f'(z) of a unit whose z is known; not for softmax."""
        z, a = _known(self.z[layer][unit]), _known(self.a[layer][unit])
        return self.net.activation(layer).slope(z, a)

    def _activation(self, layer: int, unit: int) -> float:
        activation = self.net.activation(layer)
        if activation.together:
            return softmax([_known(z) for z in self.z[layer]])[unit]
        return activation.value(_known(self.z[layer][unit]))

    def _ends(self) -> tuple[list[float], list[float]]:
        return [_known(z) for z in self.z[-1]], [_known(a) for a in self.a[-1]]

    def _delta(self, layer: int, unit: int) -> float:
        if not self.net.activation(layer).together:
            return _known(self.da[layer][unit]) * self.slope(layer, unit)
        a = [_known(value) for value in self.a[layer]]
        if self.net.loss_function.fused:
            return a[unit] * sum(self.y) - self.y[unit]
        g = [_known(value) for value in self.da[layer]]
        return a[unit] * (g[unit] - sum(p * slope for p, slope in zip(a, g, strict=True)))


def _known(value: float | None) -> float:
    if value is None:
        raise KeyError("The number has not been computed yet.")
    return value
