"""Softmax."""

from __future__ import annotations

from dataclasses import dataclass

from nnviz.core.call import Call
from nnviz.core.layers.base import LAYERS, LayerSpec
from nnviz.core.shape import Shape


@LAYERS.register
@dataclass(frozen=True, kw_only=True)
class Softmax(LayerSpec):
    """Turns scores into probabilities: y_i = e^x_i / sum over j of e^x_j; all are positive and their sum is 1.

    Images are normalised over their channels at every pixel, sequences over their features at every step. The loss
    cross-entropy contains a softmax of its own, so that a network for it ends without this layer.

    Input shape: any
    Output shape: the same
    Source: Bridle 1990, Probabilistic interpretation of feedforward classification network outputs, eq. 3.
    """

    category = "Activation"
    formula = "y[i] = e^x[i] / sum over j of e^x[j]"
    gives = "probabilities"

    def output_shape(self, x: Shape) -> Shape:
        """The input's."""
        return x

    def torch_call(self, x: Shape) -> Call:
        """`nn.Softmax` over features or channels."""
        return Call("nn.Softmax", (), {"dim": -1 if x.is_sequence else 1})
