"""Mean squared error."""

from __future__ import annotations

from dataclasses import dataclass

from nnviz.core.call import Call
from nnviz.core.datasets.base import Task
from nnviz.core.training.losses.base import LOSSES, LossSpec


@LOSSES.register
@dataclass(frozen=True, kw_only=True)
class MeanSquaredError(LossSpec):
    """Mean of (output - target)^2 over all outputs and samples.

    Source: Rumelhart, Hinton & Williams 1986, eq. 3, without its factor 1/2 and averaged instead of summed.
    """

    title = "Mean squared error"
    tasks = ("regression",)
    formula = "mean of (output - target)^2"

    def torch_call(self, task: Task) -> Call:
        """`nn.MSELoss`."""
        return Call("nn.MSELoss")
