"""Fully connected layer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.core.call import Call
from nnviz.core.initialisers.base import INITIALISERS, InitialiserSpec
from nnviz.core.initialisers.fan_in_uniform import FanInUniform
from nnviz.core.layers.base import LAYERS, LayerSpec
from nnviz.core.shape import Shape
from nnviz.core.spec import param
from nnviz.core.terms import Terms


@LAYERS.register
@dataclass(frozen=True, kw_only=True)
class Dense(LayerSpec):
    """Fully connected layer: y = x W + b, every output unit sees every input.

    Of a sequence it sees one step at a time, with the same weights at every step.

    Input shape: (F,) or (T, F)
    Output shape: (units,) or (T, units)
    Source: Rumelhart, Hinton & Williams 1986, Learning representations by back-propagating errors, eq. 1. PyTorch keeps
        W transposed, as (units, F).
    """

    category = "Layer"
    formula = "y = x W + b"

    units: int = param(64, "Number of output values, each a weighted sum of all inputs.", ge=1, le=65536)
    bias: bool = param(True, "Whether a learned constant is added to each sum.")
    weight_initialiser: InitialiserSpec = param(FanInUniform(), "How the weights start.", registry=INITIALISERS)
    bias_initialiser: InitialiserSpec = param(
        FanInUniform(), "How the biases start.", registry=INITIALISERS, only_if=("bias", (True,))
    )

    def output_shape(self, x: Shape) -> Shape:
        """(units,), at every step of a sequence."""
        if not x.is_sequence:
            self.need_vector(x)
        return Shape((*x.dims[:-1], self.units))

    def parameter_shapes(self, x: Shape) -> dict[str, tuple[int, ...]]:
        """Weight (units, F) and bias (units,)."""
        shapes: dict[str, tuple[int, ...]] = {"weight": (self.units, x.dims[-1])}
        if self.bias:
            shapes["bias"] = (self.units,)
        return shapes

    def parameter_formula(self, x: Shape) -> str:
        """Inputs x units + units, in the order in which people read a layer."""
        bias = f" + {self.units}" if self.bias else ""
        return f"{x.dims[-1]}x{self.units}{bias} = {self.parameter_count(x)}"

    def operations(self, x: Shape) -> int:
        """One multiplication per weight, at every step of a sequence."""
        return x.size * self.units

    def initialisers(self) -> Iterator[tuple[str, InitialiserSpec]]:
        """Weight, then bias."""
        yield "weight", self.weight_initialiser
        if self.bias:
            yield "bias", self.bias_initialiser

    def terms(self, x: NDArray[Any], index: tuple[int, ...], parameters: Mapping[str, NDArray[Any]]) -> Terms:
        """All inputs and the unit's weights."""
        *step, unit = index
        inputs = x[tuple(step)].astype(np.float32).reshape(1, 1, -1)
        bias = float(parameters["bias"][unit]) if self.bias else 0.0
        return Terms("weighted sum", inputs, parameters["weight"][unit].reshape(inputs.shape), bias, (0, 0), (0, 1))

    def torch_call(self, x: Shape) -> Call:
        """`nn.Linear`."""
        kwargs = {} if self.bias else {"bias": False}
        return Call("nn.Linear", (x.dims[-1], self.units), kwargs)
