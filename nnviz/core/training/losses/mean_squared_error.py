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

    For classes, the target is 1 for the right one and 0 for all others.

    Source: Rumelhart, Hinton & Williams 1986, eq. 3, without its factor 1/2 and averaged instead of summed.
    """

    title = "Mean squared error"
    tasks = ("regression", "classification")
    formula = "mean of (output - target)^2"
    probabilities = "normalise"

    def torch_call(self, task: Task) -> Call:
        """`nn.MSELoss`; for class indices a class that makes them targets of 0 and 1 first."""
        if task == "classification":
            return Call("OneHotMSELoss", define=_define)
        return Call("nn.MSELoss")


def _define() -> type:
    import torch
    from torch import nn

    class OneHotMSELoss(nn.Module):
        """Mean of (output - target)^2, where the target is 1 for the right class and 0 for all others."""

        def forward(self, outputs: torch.Tensor, classes: torch.Tensor) -> torch.Tensor:
            targets = nn.functional.one_hot(classes, outputs.shape[1]).to(outputs.dtype)
            return nn.functional.mse_loss(outputs, targets)

    return OneHotMSELoss
