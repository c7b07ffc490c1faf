"""PReLU."""

from __future__ import annotations

from dataclasses import dataclass

from nnviz.core.call import Call
from nnviz.core.layers.base import LAYERS, LayerSpec
from nnviz.core.shape import Shape
from nnviz.core.spec import param


@LAYERS.register
@dataclass(frozen=True, kw_only=True)
class PReLU(LayerSpec):
    """Rectifier that learns its own leak: y = x where x > 0, a times x elsewhere, with a learned slope a.

    Input shape: any
    Output shape: the same
    Source: He, Zhang, Ren & Sun 2015, arXiv:1502.01852, eq. 1.
    """

    name = "prelu"
    category = "Activation"
    formula = "y = x if x > 0, else a x, with a learned"
    mixes = False

    shared: bool = param(True, "Whether one slope is learned for all channels or features, not one for each.")
    slope: float = param(0.25, "What the slope starts with.", ge=0, le=1)

    def output_shape(self, x: Shape) -> Shape:
        """The input's."""
        return x

    def parameter_shapes(self, x: Shape) -> dict[str, tuple[int, ...]]:
        """The slopes."""
        return {"weight": (self._slopes(x),)}

    def torch_call(self, x: Shape) -> Call:
        """`nn.PReLU`."""
        return Call("nn.PReLU", (self._slopes(x),), {"init": self.slope})

    def _slopes(self, x: Shape) -> int:
        # torch has one slope per index of the axis behind the batch.
        return 1 if self.shared else x.dims[0]
